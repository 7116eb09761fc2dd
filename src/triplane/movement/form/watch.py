"""Watching one set: frames in, repetitions, holds, faults, cues and the end of the set out.

A watch keeps little and grows with nothing: an endless stream costs what its last frame costs.
"""

from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

from triplane.body import Leg, Side
from triplane.movement.form.counting import GAP_S, HALFWAY, LEFT, HoldClock, OwnWay, Repetition, Repetitions
from triplane.movement.form.faults import FaultEye, Judge
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.framing import PATIENCE_S, Framing, Wanted, judge
from triplane.movement.form.glimpse import Glimpse
from triplane.movement.form.learning import Learnt
from triplane.movement.form.one_euro import QUICKER, OneEuro
from triplane.movement.form.rules import PACES, Signal
from triplane.movement.form.signals import READINGS, read
from triplane.movement.form.swaps import Swaps

CALMED_S = 0.25
"""How long the direction to the camera is smoothed over; the model's depth is its worst number."""

LIKE_DEG = 60.0
"""The counting signal is filtered as if its whole way were so many degrees."""

UNREADABLE = (Framing.NOBODY, Framing.TWO_PEOPLE, Framing.TURN, Framing.TURN_PHONE)
"""What is wrong so that nothing is measured; the rest makes it worse only."""


class What(StrEnum):
    """What happened."""

    REPETITION = "repetition"
    HOLD = "hold"
    FAULT = "fault"
    CUE = "cue"
    SET_ENDED = "set_ended"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. ``fault`` is its number in the drill's file, ``seconds`` those of a hold."""

    what: What
    at_s: float
    repetition: Repetition | None = None
    fault: int | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """One signal as it is shown live, with one standard error; or None with why it is not measured."""

    signal: Signal
    leg: Leg
    value: float | None
    error: float
    unit: str
    why_not: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known after a frame.

    ``share`` is how much of the way is done (None while nothing is measured), ``held_s`` the hold that goes
    on, ``faults`` those there are now, ``framing`` advice on the picture, ``ended_by`` what ended the set.
    """

    at_s: float
    repetitions: int = 0
    clean: int = 0
    share: float | None = None
    held_s: float = 0.0
    held_in_all_s: float = 0.0
    faults: tuple[int, ...] = ()
    framing: Framing | None = None
    shown: tuple[Shown, ...] = ()
    happened: tuple[Happened, ...] = ()
    ended_by: int | None = None

    @property
    def has_ended(self) -> bool:
        """Whether form has broken for good: the set is over."""
        return self.ended_by is not None


class Watch:
    """Judges one set of one drill on one side, frame by frame."""

    def __init__(self, learnt: Learnt, side: Side) -> None:
        self.learnt, self.side = learnt, side
        count = learnt.form.count
        assert count is not None  # a drill that is learnt is counted
        self._signal, self._leg = count.signal, count.leg
        self._wanted = Wanted(learnt.toward, learnt.trunk, learnt.size)
        self._way = OwnWay(learnt.way)
        self._swaps = Swaps()
        self._repetitions = Repetitions(count.least_s)
        hold = learnt.form.hold
        deeper = 1.0 if (learnt.way.far > learnt.way.home) is learnt.held_far else -1.0
        self._hold = HoldClock(hold.within, deeper) if hold else None
        self._judge = Judge(
            tuple(
                FaultEye(number, rule, learnt.usual.get(number))
                for number, rule in sorted(learnt.seen.items())
            )
        )
        read_live = {(self._signal, self._leg): None}
        read_live |= {
            (eye.rule.signal, eye.rule.leg): None for eye in self._judge.eyes if eye.rule.signal not in PACES
        }
        self._filters = {key: OneEuro(_quicker(key[0])) for key in read_live}
        self._filters[self._signal, self._leg] = OneEuro(
            QUICKER * LIKE_DEG / abs(learnt.way.far - learnt.way.home)
        )
        self._toward = (0.0, 0.0, 0.0)
        self._advice: tuple[Framing | None, float] = (None, 0.0)
        self._seen = Seen(float("-inf"))
        self._clean = 0
        self._ended_by: int | None = None

    @property
    def swaps(self) -> int:
        """How often left and right legs were found mixed up, and put right."""
        return self._swaps.times

    def see(self, frame: LandmarkFrame) -> Seen:
        """Take one frame; frames that do not go on in time change nothing."""
        if not (isfinite(frame.at_s) and frame.at_s > self._seen.at_s):
            return self._seen
        since_s = frame.at_s - self._seen.at_s
        glimpse = self._glimpse(frame)
        framing = self._framing(frame, glimpse, since_s)
        happened: list[Happened] = []
        share: float | None = None
        shown: tuple[Shown, ...] = ()
        if glimpse is None or framing in UNREADABLE:
            if self._hold and since_s > GAP_S:
                self._hold_ended(self._hold.let_go(), frame.at_s, happened)
        else:
            values = {key: self._read(glimpse, key, frame.at_s) for key in self._filters}
            shown = tuple(_shown(key, value) for key, value in values.items())
            value = values[self._signal, self._leg]
            if value is not None:
                share = self._way.share(value)
                self._step(value, share, values, frame.at_s, happened)
        self._seen = Seen(
            frame.at_s,
            self._repetitions.count,
            self._clean,
            share,
            self._hold.held_s if self._hold else 0.0,
            self._hold.total_s + self._hold.held_s if self._hold else 0.0,
            self._judge.there(),
            framing,
            shown,
            tuple(happened),
            self._ended_by,
        )
        return self._seen

    def _glimpse(self, frame: LandmarkFrame) -> Glimpse | None:
        if not frame.shows_somebody:
            return None
        glimpse = Glimpse(frame, self.side, self._swaps.look(frame))
        return glimpse if glimpse.leg > 0 else None

    def _framing(self, frame: LandmarkFrame, glimpse: Glimpse | None, since_s: float) -> Framing | None:
        if glimpse is not None:
            new = 1.0 if since_s > GAP_S else since_s / (CALMED_S + since_s)
            mixed = [old + new * (now - old) for old, now in zip(self._toward, glimpse.toward, strict=True)]
            size = sum(part * part for part in mixed) ** 0.5
            self._toward = (mixed[0], mixed[1], mixed[2])
            unit = (mixed[0] / size, mixed[1] / size, mixed[2] / size) if size > 0 else self._toward
            found = judge(frame, glimpse, self._wanted, unit)
        else:
            found = Framing.NOBODY
        if found is not self._advice[0]:
            self._advice = (found, frame.at_s)
        patient = found in (None, Framing.NOBODY) or self._seen.at_s == float("-inf")
        return found if patient or frame.at_s - self._advice[1] >= PATIENCE_S else self._seen.framing

    def _read(self, glimpse: Glimpse, key: tuple[Signal, Leg], at_s: float) -> float | None:
        value = read(glimpse, *key)
        return None if value is None else self._filters[key].take(value, at_s)

    def _step(
        self,
        value: float,
        share: float,
        values: dict[tuple[Signal, Leg], float | None],
        at_s: float,
        happened: list[Happened],
    ) -> None:
        """Count, hold and judge by the values of one frame."""
        if self._hold:
            in_place = share > HALFWAY if self.learnt.held_far else share < LEFT
            self._hold_ended(self._hold.step(value, at_s, in_place), at_s, happened)
        whole = self._repetitions.step(share, at_s)
        for eye in self._judge.eyes:
            if eye.usual is None:
                continue
            found = values[eye.rule.signal, eye.rule.leg]
            if found is None:
                eye.missed()
                continue
            if eye.step(found, share, at_s, not self._way.has_left and abs(share) < LEFT):
                self._judge.note(eye)
                happened.append(Happened(What.FAULT, at_s, fault=eye.number))
            elif eye.is_there and self._repetitions.is_away:
                self._judge.note(eye)
        if whole is not None:
            self._end_repetition(whole, happened)
        self._speak(at_s, happened)

    def _end_repetition(self, whole: Repetition, happened: list[Happened]) -> None:
        pace = self.learnt.pace
        faults = self._judge.end_repetition(whole, pace.out_s, pace.back_s)
        self._clean += not faults and self._ended_by is None
        done = Repetition(whole.number, whole.start_s, whole.end_s, whole.reached, whole.pace, faults)
        happened.append(Happened(What.REPETITION, whole.end_s, done))

    def _speak(self, at_s: float, happened: list[Happened]) -> None:
        if self._ended_by is not None:
            return
        broken = self._judge.broken(at_s)
        if broken is not None:
            self._ended_by = broken.number
            happened.append(Happened(What.SET_ENDED, at_s, fault=broken.number))
            return
        spoken = self._judge.cue(at_s)
        if spoken is not None:
            happened.append(Happened(What.CUE, at_s, fault=spoken.number))

    def _hold_ended(self, seconds: float | None, at_s: float, happened: list[Happened]) -> None:
        if seconds is not None:
            happened.append(Happened(What.HOLD, at_s, seconds=seconds))


def _quicker(signal: Signal) -> float:
    """One filter for degrees, and the same for lengths, of which one is about a radian."""
    return QUICKER if READINGS[signal].unit == "deg" else QUICKER * 57.3


def _shown(key: tuple[Signal, Leg], value: float | None) -> Shown:
    reading = READINGS[key[0]]
    return Shown(*key, value, reading.error, reading.unit, "" if value is not None else NOT_SEEN)


NOT_SEEN = "its points are hidden, or the limb points at the camera"
