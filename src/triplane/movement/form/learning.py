"""What a drill's own poses teach the eye: how far its signals go, how fast, how the runner stands to it.

The key poses are stood up, seen by a perfect camera of the declared view, and every rule gets its numbers
from that. Nothing of it is written down anywhere: change a pose, and the eye follows.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from triplane.body import Frames, Pose, Side, place
from triplane.body import motion as move
from triplane.movement.form.camera import camera_for, frames_of_picture, landmarks_of, seen_by
from triplane.movement.form.counting import Pace, Repetitions, Way
from triplane.movement.form.framing import nearest, size_in_picture, trunk_in_picture
from triplane.movement.form.glimpse import Glimpse
from triplane.movement.form.rules import PACES, Form, SeenBy, View
from triplane.movement.form.signals import read_signal

Array = NDArray[np.float64]
Direction = TypeVar("Direction", bound=tuple[float, ...])

FRAMES_PER_S = 5.0
"""Enough to learn from: nothing is drawn."""

BINS = 10
"""Parts of the way from the first pose to the farthest, in each of which a rule knows what is usual."""

APART = 0.966
"""The cosine of fifteen degrees."""


@dataclass(frozen=True)
class Usual:
    """What a signal does in a clean repetition: lowest and highest in every part of the way."""

    low: tuple[float, ...]
    high: tuple[float, ...]

    def beyond(self, value: float, share: float, over: float, either: bool = False) -> float:
        """Return how far a value lies beyond what is usual there, positive in the direction of ``over``."""
        part = min(BINS - 1, max(0, int(share * BINS)))
        above, below = value - self.high[part], self.low[part] - value
        return max(above, below) if either else above if over > 0 else below


@dataclass(frozen=True)
class Learnt:
    """All that a watch needs of a drill: its rules with their numbers, right side working.

    ``toward`` are directions to the camera as the trunk has them on a clean way, ``trunk`` those of the trunk
    in the picture, ``size`` how small the runner gets in it, ``pace`` the seconds of the drill's own tempo.
    """

    form: Form
    way: Way
    usual: Mapping[int, Usual]
    toward: tuple[tuple[float, float, float], ...]
    trunk: tuple[tuple[float, float], ...]
    size: float
    pace: Pace
    held_far: bool = True
    seen: Mapping[int, SeenBy] = field(default_factory=dict)


def learn(
    form: Form,
    poses: Sequence[Pose],
    faults: Mapping[int, SeenBy],
    tempo_s: tuple[float, float, float, float] = (0, 0, 0, 0),
    stands_on: Side | None = None,
) -> Learnt:
    """Learn a drill from its key poses, right side working.

    Parameters
    ----------
    faults : the faults that a camera sees, by their number in the drill's file
    tempo_s : seconds out, pause, back, pause, as the dose has them
    stands_on : the foot that stays while the other steps (lunges)

    Raises
    ------
    ValueError
        Where no camera sees the drill, or where its counting signal does not move or is not seen.
    """
    if form.camera is None or form.count is None:
        raise ValueError(form.unseen or "no camera sees this drill")
    moved = move(poses, (2, 0.4, 2, 0.4), stands_on=stands_on, frames_per_s=FRAMES_PER_S)
    glimpses = _glimpses(moved.frames, form.camera)
    counted = [read_signal(one, form.count.signal, form.count.leg) for one in glimpses]
    values = np.array([np.nan if value is None else value for value in counted])
    way = _way(values, form)
    shares = np.array([way.share(value) for value in values])
    times = _times(moved.key, tempo_s)
    return Learnt(
        form,
        way,
        {number: _usual(glimpses, shares, one) for number, one in faults.items() if one.signal not in PACES},
        _directions([one.toward for one in glimpses]),
        _directions([found for one in glimpses if (found := trunk_in_picture(one))]) or ((0.0, -1.0),),
        min(size_in_picture(one) for one in glimpses),
        _paced(shares, times),
        held_far=form.hold is None or form.hold.pose != poses[0].key,
        seen=dict(faults),
    )


def _glimpses(frames: Frames, view: View) -> list[Glimpse]:
    placed = place(frames)
    camera = camera_for(placed, view)
    image, world = seen_by(camera, landmarks_of(placed))
    pictures = frames_of_picture(image, world, [n / FRAMES_PER_S for n in range(len(image))], camera.aspect)
    return [Glimpse(one, Side.RIGHT) for one in pictures]


def _way(values: Array, form: Form) -> Way:
    if not np.isfinite(values[0]):
        raise ValueError("the counting signal is not seen in the first pose")
    far = float(values[int(np.nanargmax(np.abs(values - values[0])))])
    if abs(far - float(values[0])) < 1e-6:
        raise ValueError("the counting signal does not move between the poses")
    return Way(float(values[0]), far)


def _times(key: Array, tempo_s: tuple[float, float, float, float]) -> Array:
    """When each frame is at the tempo asked for: moves were all made in two seconds."""
    out_s, _, back_s, _ = tempo_s
    steps = np.full(len(key), 1 / FRAMES_PER_S)
    moving = np.flatnonzero(key >= 0)
    last = int(moving[-1]) + 1
    steps[:last][key[:last] < 0] *= (out_s or 2) / 2
    steps[last:] *= (back_s or 2) / 2
    return np.concatenate([[0.0], np.cumsum(steps)[:-1]])


def _usual(glimpses: Sequence[Glimpse], shares: Array, fault: SeenBy) -> Usual:
    """The lowest and highest in every part of the way and the parts beside it."""
    values = [read_signal(one, fault.signal, fault.leg) for one in glimpses]
    parts = np.clip((shares * BINS), 0, BINS - 1)
    known = [
        (float(part), value)
        for part, value in zip(parts, values, strict=True)
        if value is not None and np.isfinite(part)
    ]
    if not known:
        raise ValueError(f"{fault.signal} is not seen in any pose")
    low, high = [], []
    for part in range(BINS):
        near = [value for where, value in known if abs(where - part - 0.5) <= 1.5]
        near = near or [min(known, key=lambda one: abs(one[0] - part - 0.5))[1]]
        low.append(min(near))
        high.append(max(near))
    return Usual(tuple(low), tuple(high))


def _directions(found: Sequence[Direction]) -> tuple[Direction, ...]:
    """Directions that occur on the way, none within fifteen degrees of another."""
    kept: list[Direction] = []
    for one in found:
        if nearest(one, tuple(kept)) < APART:
            kept.append(one)
    return tuple(kept)


def _paced(shares: Array, times: Array) -> Pace:
    counter = Repetitions(0.0)
    for share, at_s in [*zip(shares, times, strict=True), (0.0, float(times[-1]) + 1 / FRAMES_PER_S)]:
        if np.isfinite(share) and (whole := counter.step(float(share), float(at_s))):
            return whole.pace
    return Pace()
