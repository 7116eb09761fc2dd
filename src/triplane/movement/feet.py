"""Foot events of a recording: which feet it shows, and whether someone walks or runs."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement.events import cadence_spm, is_running, running_strikes, walking_events
from triplane.movement.filtering import fill_gaps, low_pass
from triplane.movement.markers import Roles
from triplane.movement.recording import Event, EventKind, Recording

Array = NDArray[np.float64]

FOOT_CUT_HZ = 10.0
"""Low-pass of feet before events are looked for (RBDS; Sports2D uses 6 Hz)."""

LEAST_STEP_M = 0.15
"""A foot that moves less than this along the way takes no steps. Ours."""


@dataclass(frozen=True)
class Gait:
    """The events of both feet, whether they run, and steps a minute."""

    events: tuple[Event, ...]
    is_running: bool
    cadence_spm: float | None


NO_GAIT = Gait((), False, None)


def foot_events(recording: Recording) -> Gait:
    """Return foot strikes and offs; none where nobody walks or no foot is shown."""
    roles = Roles(recording)
    if not roles.has_pelvis and not roles.cluster("pelvis"):
        return NO_GAIT
    middle = _pelvis_middle(recording, roles)
    feet = {side: foot for side in Side if (foot := _foot(recording, roles, side)) is not None}
    ahead = {
        side: line
        for side, (heel, _) in feet.items()
        if (line := _ahead(heel, middle, recording.rate_hz)) is not None
    }
    if not feet or len(ahead) < len(feet) or not _take_turns(feet, ahead, middle):
        return NO_GAIT
    events: list[Event] = []
    runs, cadences = [], []
    for side, (heel, toe) in feet.items():
        found = running_strikes(heel, toe, middle, ahead[side], recording.rate_hz, side)
        runs.append(is_running(heel, toe, found))
        if not runs[-1]:
            found = walking_events(heel, toe, middle, ahead[side], recording.rate_hz, side)
        events += found
        cadences.append(cadence_spm([one for one in found if one.kind is EventKind.STRIKE]))
    told = [cadence for cadence in cadences if cadence]
    in_order = tuple(sorted(events, key=lambda event: event.at_s))
    return Gait(in_order, all(runs), float(np.mean(told)) if told else None)


def _take_turns(feet: Mapping[Side, tuple[Array, Array]], ahead: Mapping[Side, Array], middle: Array) -> bool:
    """Whether one foot goes ahead as the other stays behind: swinging one leg about is no gait."""
    if len(feet) < 2:
        return True
    ways = [(feet[side][0] - middle) @ ahead[side] for side in Side]
    whole = np.isfinite(ways[0]) & np.isfinite(ways[1])
    spans = [np.ptp(way[whole]) for way in ways]
    if min(spans) < 0.5 * max(spans):
        return False
    return bool(np.corrcoef(ways[0][whole], ways[1][whole])[0, 1] < -0.3)


def _pelvis_middle(recording: Recording, roles: Roles) -> Array:
    if roles.has_pelvis:
        return roles.back_of_pelvis
    middle: Array = np.mean([recording.point(name) for name in roles.cluster("pelvis")], axis=0)
    return middle


def _foot(recording: Recording, roles: Roles, side: Side) -> tuple[Array, Array] | None:
    """Return heel and toe of a foot, filtered; from its cluster where the places have no markers."""
    if roles.has(f"{side}_heel"):
        heel = roles.point(f"{side}_heel")
        toe = roles.point(f"{side}_toe") if roles.has(f"{side}_toe") else heel
    elif roles.cluster(f"{side}_foot"):
        cluster = [recording.point(name) for name in roles.cluster(f"{side}_foot")]
        heel = toe = np.mean(cluster, axis=0)
    else:
        return None
    both = fill_gaps(np.stack([heel, toe], axis=1), recording.rate_hz)
    smooth = low_pass(both, recording.rate_hz, FOOT_CUT_HZ)
    return smooth[:, 0], smooth[:, 1]


def _ahead(heel: Array, middle: Array, rate_hz: float) -> Array | None:
    """Return the level line along which a foot swings against the pelvis; none where it does not.

    Its sense is the pelvis's way through the room, on a treadmill against the way a foot goes while down.
    """
    swing = (heel - middle)[:, [0, 2]]
    swing = swing[np.isfinite(swing).all(axis=1)]
    if len(swing) < rate_hz / 2:
        return None
    _, _, axes = np.linalg.svd(swing - swing.mean(axis=0), full_matrices=False)
    line: Array = np.array([axes[0][0], 0.0, axes[0][1]])
    along = swing @ axes[0]
    if np.percentile(along, 95) - np.percentile(along, 5) < LEAST_STEP_M:
        return None
    seen = middle[np.isfinite(middle).all(axis=1)]
    gone = float((seen[-1] - seen[0]) @ line)
    if abs(gone) > 0.5:
        return line * (1.0 if gone > 0 else -1.0)
    down = heel[:, 1] < np.nanpercentile(heel[:, 1], 25)
    speed = np.gradient(heel @ line)
    return line * (1.0 if np.nanmedian(speed[down]) < 0 else -1.0)
