"""A whole set that a camera watched: what was counted and held, what went wrong when, what was not seen."""

from collections import Counter

from triplane.body import Side
from triplane.coach.watching import DrillEye
from triplane.movement import Framing, LandmarkFrame, Seen, What
from triplane.value import Value

CURVE_HZ = 10.0
"""So often a second the way is kept, to be drawn; a set of an hour stays small. Ours."""

LEAST_UNSEEN_S = 0.5
"""What was in the way for less is not worth a sentence. Ours."""


class RepetitionDone(Value):
    """One repetition: when it was, how far it went (1 as far as the figure), and the seconds of each way.

    A way is timed in its middle, where it is clear; its seconds are those of the whole at that speed.
    """

    number: int
    start_s: float
    end_s: float
    reached: float
    out_s: float | None
    back_s: float | None
    faults: tuple[int, ...]


class HoldDone(Value):
    """One hold: when it ended, and how long it was."""

    end_s: float
    seconds: float


class FaultSeen(Value):
    """One time that a fault began: which of the drill's file, what happens, what a coach says then."""

    fault: int
    at_s: float
    happens: str
    say: str


class InTheWay(Value):
    """What kept the camera from seeing, for how many seconds, and what to do about it."""

    says: str
    seconds: float


class SetWatched(Value):
    """What a set came to.

    Attributes
    ----------
    place : where the camera should stand
    clean : repetitions without a fault that was seen, while the set went on
    tempo_s : seconds out and back as the drill has them, None where it names none
    ended_s, ended_by : when form had broken for good, and what was wrong
    in_the_way : the longest first
    ask : what no camera sees: questions to the runner
    curve : instants and shares of the way, None where it was not measured
    """

    drill: str
    side: Side
    place: str
    seconds: float
    frames: int
    measured: float
    repetitions: tuple[RepetitionDone, ...]
    clean: int
    holds: tuple[HoldDone, ...]
    tempo_s: tuple[float | None, float | None]
    faults: tuple[FaultSeen, ...]
    ended_s: float | None
    ended_by: str
    in_the_way: tuple[InTheWay, ...]
    ask: tuple[str, ...]
    curve: tuple[tuple[float, float | None], ...]


class SetBook:
    """Keeps what happens in a set; ``take`` frame by frame, then ``whole``."""

    def __init__(self, eye: DrillEye) -> None:
        self._eye, self._watch = eye, eye.watch()
        self._repetitions: list[RepetitionDone] = []
        self._holds: list[HoldDone] = []
        self._faults: list[FaultSeen] = []
        self._curve: list[tuple[float, float | None]] = []
        self._in_the_way: Counter[Framing] = Counter()
        self._ended: tuple[float, str] | None = None
        self._last: Seen | None = None
        self._frames = self._measured = 0
        self._first_s = 0.0

    def take(self, frame: LandmarkFrame) -> Seen:
        """Take one frame; return what is known after it."""
        seen, before = self._watch.see(frame), self._last
        if before is not None and seen.at_s <= before.at_s:
            return seen
        self._first_s = seen.at_s if before is None else self._first_s
        self._frames += 1
        self._measured += seen.share is not None
        if seen.framing and before is not None:
            self._in_the_way[seen.framing] += round(1000 * (seen.at_s - before.at_s))
        if not self._curve or seen.at_s - self._curve[-1][0] >= 0.99 / CURVE_HZ:
            share = None if seen.share is None else round(seen.share, 3)
            self._curve.append((round(seen.at_s, 3), share))
        self._note(seen)
        self._last = seen
        return seen

    def whole(self) -> SetWatched:
        """Return what the set came to until now."""
        last = self._last
        seconds = last.at_s - self._first_s if last else 0.0
        holds = list(self._holds)
        if last is not None and last.held_s > 0:
            holds.append(HoldDone(end_s=last.at_s, seconds=last.held_s))
        return SetWatched(
            drill=self._eye.drill.name,
            side=self._eye.side,
            place=self._eye.place,
            seconds=round(seconds, 2),
            frames=self._frames,
            measured=self._measured / self._frames if self._frames else 0.0,
            repetitions=tuple(self._repetitions),
            clean=last.clean if last else 0,
            holds=tuple(one for one in holds if one.seconds >= LEAST_UNSEEN_S),
            tempo_s=self._tempo_s,
            faults=tuple(self._faults),
            ended_s=self._ended[0] if self._ended else None,
            ended_by=self._ended[1] if self._ended else "",
            in_the_way=tuple(
                InTheWay(says=self._eye.help(why), seconds=millis / 1000)
                for why, millis in self._in_the_way.most_common()
                if millis >= 1000 * LEAST_UNSEEN_S
            ),
            ask=tuple(question for _, question in self._eye.asks),
            curve=tuple(self._curve),
        )

    @property
    def _tempo_s(self) -> tuple[float | None, float | None]:
        out_s, _, back_s, _ = self._eye.drill.dose.tempo_s
        return out_s or None, back_s or None

    def _note(self, seen: Seen) -> None:
        shown, (out_s, back_s) = self._eye.learnt.pace, self._tempo_s
        for one in seen.happened:
            if one.what is What.REPETITION and one.repetition is not None:
                done = one.repetition
                self._repetitions.append(
                    RepetitionDone(
                        number=done.number,
                        start_s=done.start_s,
                        end_s=done.end_s,
                        reached=done.reached,
                        out_s=_whole_s(done.pace.out_s, shown.out_s, out_s),
                        back_s=_whole_s(done.pace.back_s, shown.back_s, back_s),
                        faults=done.faults,
                    )
                )
            elif one.what is What.HOLD:
                self._holds.append(HoldDone(end_s=one.at_s, seconds=one.seconds))
            elif one.what is What.FAULT and one.fault is not None:
                self._faults.append(
                    FaultSeen(
                        fault=one.fault,
                        at_s=one.at_s,
                        happens=self._eye.happens(one.fault),
                        say=self._eye.say(one.fault),
                    )
                )
            elif one.what is What.SET_ENDED and one.fault is not None:
                self._ended = one.at_s, self._eye.happens(one.fault)


def _whole_s(part_s: float | None, shown_s: float | None, whole_s: float | None) -> float | None:
    """Return a whole way's seconds by those of its middle, as these are to what the drill shows there."""
    return None if not (part_s and shown_s and whole_s) else whole_s * part_s / shown_s
