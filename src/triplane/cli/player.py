"""Play a session in the terminal: cues by the clock, keys for pause, skip, too much and pain."""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TextIO

from triplane.coach import Cue, CueKind, Interruption, Played, Session, stops_session

TICK_S = 0.1
"""How often the countdown looks at the clock; the time itself is read, never summed."""

QUIET = (CueKind.SET_UP, CueKind.STEP, CueKind.FEELING)
"""Cues that are read or listened to, without a word for their kind."""

CLOCK_WIDTH = 20
"""Signs that the countdown takes before the keys."""

KEYS = "space pause · n next · t too much · p pain · q stop here"


@dataclass
class Player:
    """Plays one session. Clock, sleep and keys come from outside, so that a test can be the room.

    A stop sign or joint pain above 3 of 10 ends the session, whatever is still to come.

    ``pace`` stretches (below 1) or shrinks (above 1) the seconds on the clock. Where the keys do not fit
    beside the clock in ``columns``, they are named once at the beginning.
    """

    session: Session
    clock: Callable[[], float]
    sleep: Callable[[float], None]
    read_key: Callable[[], str]
    out: TextIO
    ask_pain: Callable[[Cue], Interruption]
    pace: float = 1.0
    is_live: bool = True
    columns: int = 80
    _seconds: list[float] = field(default_factory=list)
    _stops: list[Interruption] = field(default_factory=list)

    def play(self) -> Played:
        """Play to the end or to the stop; return what was played."""
        left: set[tuple[str, object]] = set()
        stopped = False
        if self.is_live and not self._has_room:
            self._line(KEYS)
        for cue in self.session.cues:
            if stopped or (cue.item, None) in left or (cue.side and (cue.item, cue.side) in left):
                self._seconds.append(0.0)
                continue
            self._announce(cue)
            played, key = self._count(cue)
            self._seconds.append(played)
            if key in ("t", "p"):
                self._stops.append(self._interruption(cue, key))
                left.add((cue.item, None))
                stopped = stops_session(self._stops[-1])
            elif key == "n" and cue.set:
                left.add((cue.item, cue.side))
            elif key == "q":
                stopped = True
        return Played(seconds=tuple(self._seconds), interruptions=tuple(self._stops))

    def _interruption(self, cue: Cue, key: str) -> Interruption:
        if key == "t":
            self._line("Too much: we leave this drill and lower the dose.")
            return Interruption(item=cue.item, side=cue.side, too_much=True)
        return self.ask_pain(cue)

    def _announce(self, cue: Cue) -> None:
        if cue.kind is CueKind.ANNOUNCE:
            self._line("")
        side = cue.side or cue.turn
        where = f" [{side}]" if side else ""
        count = f" set {cue.set}/{cue.sets}" if cue.kind is CueKind.GET_READY and cue.sets > 1 else ""
        rep = f" {cue.rep}/{cue.reps}" if cue.is_work and cue.reps > 1 else ""
        label = "" if cue.kind in QUIET else "WORK" if cue.is_work else cue.kind.upper()
        self._line(f"{label.replace('_', ' '):>9}{where}{count}{rep}  {cue.says}")

    def _count(self, cue: Cue) -> tuple[float, str]:
        """Count a cue's seconds by the clock; return the seconds counted and the key that ended it."""
        started, paused = self.clock(), 0.0
        while (passed := (self.clock() - started - paused) * self.pace) < cue.seconds:
            key = self.read_key()
            if key == " ":
                paused += self._wait_out_pause()
            elif key in ("n", "t", "p", "q"):
                self._clear()
                return passed, key
            self._show(cue.seconds - passed)
            self.sleep(TICK_S / self.pace)
        self._clear()
        return cue.seconds, ""

    def _wait_out_pause(self) -> float:
        began = self.clock()
        self._line("  paused: space goes on")
        while self.read_key() != " ":
            self.sleep(TICK_S)
        return self.clock() - began

    def _show(self, seconds: float) -> None:
        if self.is_live:
            keys = f"{KEYS} " if self._has_room else ""
            self.out.write(f"\r{seconds:14.0f} s   {keys}")
            self.out.flush()

    def _clear(self) -> None:
        if self.is_live:
            self.out.write("\r" + " " * min(78, self.columns - 1) + "\r")

    @property
    def _has_room(self) -> bool:
        return self.columns > CLOCK_WIDTH + len(KEYS)

    def _line(self, text: str) -> None:
        self.out.write(text + "\n")
        self.out.flush()


class Keyboard:
    """Keys one by one, as they are pressed; ``lines`` gives whole lines back while something is asked."""

    def read(self) -> str:
        """Return the key just pressed, or nothing."""
        return ""

    @contextmanager
    def lines(self) -> Iterator[None]:
        """Within it, what is typed is seen and ends with enter."""
        yield


@contextmanager
def keys_at_once() -> Iterator[Keyboard]:
    """Hand over the keyboard; needs a terminal, without one no key is ever pressed."""
    if not sys.stdin.isatty():
        yield Keyboard()
    elif sys.platform == "win32":
        yield _WindowsKeyboard()
    else:
        keyboard = _TerminalKeyboard()
        try:
            yield keyboard
        finally:
            keyboard.restore()


class _WindowsKeyboard(Keyboard):
    def read(self) -> str:
        import msvcrt

        return str(msvcrt.getwch()) if msvcrt.kbhit() else ""  # type: ignore[attr-defined,unused-ignore]  # on Windows alone


class _TerminalKeyboard(Keyboard):
    def __init__(self) -> None:
        import termios

        self._file = sys.stdin.fileno()
        self._before = termios.tcgetattr(self._file)
        self._at_once()

    def read(self) -> str:
        import select

        ready = select.select([self._file], [], [], 0)[0]
        return os.read(self._file, 1).decode(errors="ignore") if ready else ""

    @contextmanager
    def lines(self) -> Iterator[None]:
        self.restore()
        try:
            yield
        finally:
            self._at_once()

    def restore(self) -> None:
        import termios

        termios.tcsetattr(self._file, termios.TCSADRAIN, self._before)

    def _at_once(self) -> None:
        import tty

        tty.setcbreak(self._file)
