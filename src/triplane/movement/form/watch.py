"""Watching one set live: a frame in, all that is known after it out.

A watch keeps little and grows with nothing: an endless stream costs what its last frame costs.
"""

from dataclasses import dataclass

from triplane.body import Side
from triplane.movement.form.frame import LandmarkFrame
from triplane.movement.form.framing import Framing
from triplane.movement.form.learning import Learnt
from triplane.movement.form.one_euro import QUICKER, OneEuro
from triplane.movement.form.reading import Key, Read, Reader, Shown, shown
from triplane.movement.form.signals import READINGS
from triplane.movement.form.tally import Happened, Tally

LIKE_DEG = 60.0
"""The counting signal is filtered as if its whole way were so many degrees, a leg's length as if a radian."""


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
    faults: tuple[int, ...] = ()
    framing: Framing | None = None
    shown: tuple[Shown, ...] = ()
    happened: tuple[Happened, ...] = ()
    ended_by: int | None = None


class Watch:
    """Judges one set of one drill on one side, frame by frame."""

    def __init__(self, learnt: Learnt, side: Side, reader: Reader | None = None) -> None:
        self.learnt, self.side = learnt, side
        self._reader = reader or Reader(learnt, side)
        self._tally = Tally(learnt, self._reader.counted)
        self._filters = {key: OneEuro(_quicker(key)) for key in self._reader.keys}
        way = abs(learnt.way.far - learnt.way.home)
        self._filters[self._reader.counted] = OneEuro(QUICKER * LIKE_DEG / way)
        self._seen = Seen(float("-inf"))

    @property
    def swaps(self) -> int:
        """How often left and right legs were found mixed up, and put right."""
        return self._reader.swaps.times

    def see(self, frame: LandmarkFrame) -> Seen:
        """Take one frame; frames that do not go on in time change nothing."""
        read = self._reader.read(frame)
        return self._seen if read is None else self.judge(read)

    def judge(self, read: Read) -> Seen:
        """Take what this watch's reader read of one frame."""
        at_s, framing = read.at_s, read.framing
        values: dict[Key, float | None] = {}
        for key in self._reader.keys:
            value = read.values[key] if read.values else None
            values[key] = None if value is None else self._filters[key].take(value, at_s)
        share, happened = self._tally.step(values, at_s)
        tally = self._tally
        self._seen = Seen(
            at_s,
            tally.repetitions,
            tally.clean,
            share,
            tally.held_s,
            tally.faults,
            framing,
            tuple([shown(key, value, framing) for key, value in values.items()]),
            tuple(happened),
            tally.ended_by,
        )
        return self._seen


def _quicker(key: Key) -> float:
    return QUICKER if READINGS[key[0]].unit == "deg" else QUICKER * 57.3
