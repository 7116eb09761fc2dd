"""A whole set that a camera watched: what was counted and held, what went wrong when, what was not seen."""

from triplane.body import Leg, Side
from triplane.coach.eye import DrillEye
from triplane.movement import LandmarkFrame, Range, Reader, Repetition, Seen, Signal, Watch, What, WholeSet
from triplane.value import Value

CURVE_HZ = 10.0
"""So often a second the way is kept, to be drawn; a set of an hour stays small. Ours."""

LEAST_UNSEEN_S = 0.5
"""What was in the way for less is not worth a sentence. Ours."""


NAMES = {
    Signal.KNEE_BEND: "knee bend",
    Signal.HIP_BEND: "hip bend, thigh against trunk",
    Signal.THIGH_LIFT: "thigh above level",
    Signal.THIGH_SWING: "thigh ahead of upright",
    Signal.SHANK_LEAN: "shin forward",
    Signal.TRUNK_LEAN: "trunk forward",
    Signal.HEEL_UP: "heel lift",
    Signal.HIP_SAG: "hips below the line from shoulders to feet",
    Signal.HIP_HEIGHT: "height of the hips",
    Signal.HIP_FORWARD: "hips ahead of the knee",
    Signal.HIP_SHIFT: "hips to the side",
    Signal.FOOT_HEIGHT: "foot above the other",
    Signal.KNEE_RISE: "knee above the other",
    Signal.KNEES_APART: "knees apart",
    Signal.ANKLES_APART: "ankles apart",
    Signal.LEG_OUT: "thigh out from the trunk",
    Signal.THIGH_OUT: "thigh out from upright",
    Signal.SHANK_OUT: "shin out from upright",
    Signal.KNEE_IN: "knee inward",
    Signal.KNEE_LINE: "knee off the line of hip and ankle",
    Signal.BELT: "other side of the pelvis down",
    Signal.TRUNK_SIDE: "trunk to the side",
    Signal.TRUNK_TURN: "shoulders turned",
    Signal.PELVIS_TURN: "hips turned",
}
"""What is read off a picture, as a runner would say it."""


class RepetitionDone(Value):
    """One repetition: when it was, how far it went (1 as far as the figure), and the seconds of each way.

    A way is timed in its middle, where it is clear; its seconds are those of the whole at that speed.
    ``happens`` says of each fault what happens then: one of pace is known only when the repetition is over.
    """

    number: int
    start_s: float
    end_s: float
    reached: float
    out_s: float | None
    back_s: float | None
    faults: tuple[int, ...]
    happens: tuple[str, ...]


class HoldDone(Value):
    """One hold: when it ended, and how long it was."""

    end_s: float
    seconds: float


class FaultSeen(Value):
    """One time that a fault was seen: which of the drill's file, what happens, what a coach says then.

    ``at_s`` is when it began; of a fault of pace, when its repetition was over.
    """

    fault: int
    at_s: float
    happens: str
    say: str


class InTheWay(Value):
    """What kept the camera from seeing, for how many seconds, and what to do about it."""

    says: str
    seconds: float


class SignalRead(Value):
    """How far something that was needed went, with one standard error; or None, with why it was not read."""

    what: str
    low: float | None
    high: float | None
    error: float
    unit: str
    why_not: str


class SetWatched(Value):
    """What a set came to.

    Attributes
    ----------
    place : where the camera should stand
    clean : repetitions without a fault that was seen, while the set went on
    tempo_s : seconds out and back as the drill has them, None where it names none
    ended_s, ended_by : when form had broken for good, and what was wrong
    read : the signals that the drill's rules need, the counting one first
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
    read: tuple[SignalRead, ...]
    in_the_way: tuple[InTheWay, ...]
    ask: tuple[str, ...]
    curve: tuple[tuple[float, float | None], ...]


class SetBook:
    """Keeps a set: ``take`` shows it live, frame by frame; ``whole`` judges all of it, without lag."""

    def __init__(self, eye: DrillEye) -> None:
        self._eye, self._reader = eye, Reader(eye.learnt, eye.side)
        self._watch = Watch(eye.learnt, eye.side, self._reader)
        self._seen = Seen(float("-inf"))
        self._set = WholeSet(eye.learnt, eye.side, self._reader)

    def take(self, frame: LandmarkFrame) -> Seen:
        """Take one frame; return what is known after it."""
        read = self._reader.read(frame)
        if read is not None:
            self._set.keep(read)
            self._seen = self._watch.judge(read)
        return self._seen

    def whole(self) -> SetWatched:
        """Return what the set came to until now."""
        found, eye = self._set.report(), self._eye
        measured = sum(1 for share in found.shares if share is not None)
        in_the_way = sorted(found.framing_s.items(), key=lambda one: -one[1])
        return SetWatched(
            drill=eye.drill.name,
            side=eye.side,
            place=eye.place,
            seconds=round(found.seconds, 2),
            frames=found.frames,
            measured=measured / found.frames if found.frames else 0.0,
            repetitions=tuple(self._done(one) for one in found.repetitions),
            clean=found.clean,
            holds=tuple(
                HoldDone(end_s=one.at_s, seconds=one.seconds)
                for one in found.happened
                if one.what is What.HOLD
            ),
            tempo_s=self._tempo_s,
            faults=tuple(
                FaultSeen(
                    fault=one.fault, at_s=one.at_s, happens=eye.happens(one.fault), say=eye.say(one.fault)
                )
                for one in found.happened
                if one.what is What.FAULT and one.fault is not None
            ),
            ended_s=found.ended_s,
            ended_by="" if found.ended_by is None else eye.happens(found.ended_by),
            read=tuple(_signal_read(one) for one in found.ranges),
            in_the_way=tuple(
                InTheWay(says=eye.help(why), seconds=round(seconds, 3))
                for why, seconds in in_the_way
                if seconds >= LEAST_UNSEEN_S
            ),
            ask=tuple(question for _, question in eye.asks),
            curve=_thinned(found.times_s, found.shares),
        )

    def _done(self, done: Repetition) -> RepetitionDone:
        shown, (out_s, back_s) = self._eye.learnt.pace, self._tempo_s
        return RepetitionDone(
            number=done.number,
            start_s=done.start_s,
            end_s=done.end_s,
            reached=done.reached,
            out_s=_whole_s(done.pace.out_s, shown.out_s, out_s),
            back_s=_whole_s(done.pace.back_s, shown.back_s, back_s),
            faults=done.faults,
            happens=tuple(self._eye.happens(fault) for fault in done.faults),
        )

    @property
    def _tempo_s(self) -> tuple[float | None, float | None]:
        out_s, _, back_s, _ = self._eye.drill.dose.tempo_s
        return out_s or None, back_s or None


def _signal_read(one: Range) -> SignalRead:
    """Say what was read in words: of which leg, in degrees or leg lengths."""
    of = "" if one.leg is Leg.WORKING else ", other leg"
    return SignalRead(
        what=NAMES[one.signal] + of,
        low=one.low,
        high=one.high,
        error=one.error,
        unit="degrees" if one.unit == "deg" else "leg lengths",
        why_not=one.why_not,
    )


def _thinned(
    times_s: tuple[float, ...], shares: tuple[float | None, ...]
) -> tuple[tuple[float, float | None], ...]:
    kept: list[tuple[float, float | None]] = []
    for at_s, share in zip(times_s, shares, strict=True):
        if not kept or at_s - kept[-1][0] >= 0.99 / CURVE_HZ:
            kept.append((round(at_s, 3), None if share is None else round(share, 3)))
    return tuple(kept)


def _whole_s(part_s: float | None, shown_s: float | None, whole_s: float | None) -> float | None:
    """Return a whole way's seconds by those of its middle, as these are to what the drill shows there."""
    return None if not (part_s and shown_s and whole_s) else whole_s * part_s / shown_s
