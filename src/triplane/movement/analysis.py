"""A recording in, the angles of pelvis and hips out: by the best way its points allow, and says which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.movement import axis_points, calibrated, direct, plugin_gait
from triplane.movement.anatomy import Hips
from triplane.movement.cycles import Cycles, cut
from triplane.movement.feet import NO_GAIT, Gait, foot_events
from triplane.movement.filtering import fill_gaps, low_pass
from triplane.movement.functional import swung_hips
from triplane.movement.hip_centre import Regression
from triplane.movement.markers import Roles
from triplane.movement.plausible import doubt, no_pelvis, within_a_hip
from triplane.movement.recording import Angles, Recording, Segments
from triplane.movement.segments import axis_ahead, hip_angles_deg, pelvis_angles_deg

Array = NDArray[np.float64]


class Method(StrEnum):
    """How angles were come by, best first: the lab's own, its axes, clusters, knees, wands, turns."""

    LAB = "lab"
    AXES = "axes"
    CALIBRATED = "calibrated"
    KNEES = "knees"
    PLUG_IN_GAIT = "plug_in_gait"
    TURNS = "turns"

    @property
    def says(self) -> str:
        """What the angles were made from, in words."""
        return _SAYS[self]


_SAYS = {
    Method.LAB: "the laboratory's own angles",
    Method.AXES: "the ends of the segments' axes",
    Method.CALIBRATED: "clusters of markers with a standing calibration (ISB axes)",
    Method.KNEES: "markers of the pelvis and of both sides of the knee (ISB axes)",
    Method.PLUG_IN_GAIT: "markers by the Plug-in Gait model",
    Method.TURNS: "how the file's skeleton turned; its hips are no anatomical ones",
}


FROM_MARKERS = (Method.CALIBRATED, Method.KNEES, Method.PLUG_IN_GAIT)
"""The ways that ask where the centre of a hip lies."""


@dataclass(frozen=True)
class HipMotion:
    """What a recording says of pelvis and hips.

    Attributes
    ----------
    method : the way that ``angles`` were come by
    angles : see ``Angles``; not a number where not measured
    agreement_deg : root mean square difference of ``angles`` to each other way that could be gone, for each
        side, array of shape (3,)
    gait, cycles, pelvis_cycles : foot events (the file's own where it names some) and the cycles of each hip,
        and of the pelvis, cut at that side's strikes
    missing : why something is not measured, as sentences
    notes : what was decided on the way, as sentences
    """

    method: Method | None
    times_s: Array
    angles: Angles | None
    agreement_deg: Mapping[Method, Mapping[Side, Array]] = field(default_factory=dict)
    gait: Gait = NO_GAIT
    cycles: Mapping[Side, Cycles] = field(default_factory=dict)
    pelvis_cycles: Mapping[Side, Cycles] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Wish:
    """What was asked for, and what the ways from markers need beside the recording."""

    standing: Recording | None
    method: Method | None
    regression: Regression | None
    hips: Hips

    @property
    def order(self) -> tuple[Method, ...]:
        """The ways to go, best first. Who chooses a hip's centre wants angles that follow from it."""
        if self.method is not None:
            return (self.method,)
        if self.regression is None and not self.hips:
            return tuple(Method)
        return tuple(sorted(Method, key=lambda one: one not in FROM_MARKERS))


def analyse(
    recording: Recording,
    standing: Recording | None = None,
    *,
    functional: Sequence[Recording] = (),
    method: Method | None = None,
    regression: Regression | None = None,
    cut_hz: float | None = None,
) -> HipMotion:
    """Return the angles of pelvis and hips over time, events and cycles.

    Parameters
    ----------
    standing : a calibration trial of the same person, for clusters
    functional : trials in which a leg is swung, one for each side; the hip's centre is found from them
    method : the only way to go; missing: the best that the recording allows
    regression : where the hip lies in the pelvis; missing: the model's own
    cut_hz : low-pass of markers; missing: none, as laboratories filter before they export

    Gaps up to a tenth of a second are filled; longer ones are not measured.

    Raises
    ------
    ValueError
        Half a sentence, where a trial of swinging does not say where a hip is.
    """
    hips, how = swung_hips(functional)
    points = fill_gaps(recording.points_m, recording.rate_hz)
    smooth = replace(recording, points_m=low_pass(points, recording.rate_hz, cut_hz) if cut_hz else points)
    wish = _Wish(standing, method, regression, hips)
    ways, why_not = _ways(smooth, wish)
    if not ways:
        missing = tuple(why_not.values()) or (_why_nothing(smooth),)
        return HipMotion(None, recording.times_s, None, missing=missing, notes=recording.notes)
    chosen = next(one for one in wish.order if one in ways)
    angles, beyond = ways[chosen]
    others = {one: _apart(angles, found) for one, (found, _) in ways.items() if one is not chosen}
    found = foot_events(smooth)
    gait = replace(found, events=recording.events or found.events)
    rate = recording.rate_hz
    cycles = {side: cut(hip, gait.events, side, rate) for side, hip in angles.hip_deg.items()}
    pelvis = {side: cut(angles.pelvis_deg, gait.events, side, rate) for side in angles.hip_deg}
    missing = _missing_sides(angles, beyond)
    if method:
        missing = (*why_not.values(), *missing)
    doubted = doubt(Roles(smooth)) if chosen in FROM_MARKERS else ""
    notes = (*recording.notes, *how, *beyond.values(), *([doubted] if doubted else []))
    return HipMotion(chosen, recording.times_s, angles, others, gait, cycles, pelvis, missing, notes)


def _ways(
    recording: Recording, wish: _Wish
) -> tuple[dict[Method, tuple[Angles, dict[Side, str]]], dict[Method, str]]:
    """Return the angles by every way that can be gone, and why the others cannot."""
    found: dict[Method, tuple[Angles, dict[Side, str]]] = {}
    why_not: dict[Method, str] = {}
    roles = Roles(recording)
    for one in wish.order:
        try:
            angles = _go(one, recording, roles, wish)
        except ValueError as error:
            why_not[one] = f"by {one.replace('_', ' ')}: {error}"
            continue
        if angles is not None:
            # What a laboratory printed is its word; what we compute has to be possible.
            found[one] = (angles, {}) if one is Method.LAB else within_a_hip(angles)
        elif wish.method:
            why_not[one] = f"by {one.replace('_', ' ')}: the recording does not hold what it asks for"
    return found, why_not


def _go(method: Method, recording: Recording, roles: Roles, wish: _Wish) -> Angles | None:
    if method is Method.LAB:
        return recording.given
    found: Segments | None = None
    isb = wish.regression or Regression.HARRINGTON_WIDTH
    if method in FROM_MARKERS and (why := no_pelvis(roles)):
        raise ValueError(why)
    if method is Method.AXES and axis_points.has_axes(recording):
        found = axis_points.segments(recording)
    elif method is Method.CALIBRATED and wish.standing is not None:
        found = calibrated.segments(wish.standing, recording, isb, wish.hips)
    elif method is Method.KNEES and direct.sides_with_markers(roles):
        found = direct.segments(roles, isb, wish.hips)
    elif method is Method.PLUG_IN_GAIT and plugin_gait.sides_with_markers(roles):
        found = plugin_gait.segments(roles, wish.regression or Regression.DAVIS, wish.hips)
    elif method is Method.TURNS:
        found = recording.segments
    return _angles(found) if found is not None else None


def _angles(segments: Segments) -> Angles | None:
    """Return the angles of segments; none where no frame shows the pelvis and a thigh."""
    if not np.isfinite(segments.pelvis).all(axis=(1, 2)).any():
        return None
    ahead = axis_ahead(segments.pelvis, segments.pelvis_at)
    hips = {side: hip_angles_deg(segments.pelvis, thigh, side) for side, thigh in segments.thigh.items()}
    return Angles(pelvis_angles_deg(segments.pelvis, ahead), hips)


def _why_nothing(recording: Recording) -> str:
    if any(Roles(recording).cluster(f"{side}_thigh") for side in Side):
        return "clusters of markers were found; they ask for a calibration trial beside the recording"
    return "no markers of pelvis and thighs were found under names we know"


def _apart(one: Angles, other: Angles) -> dict[Side, Array]:
    """Return root mean square differences over the frames that both show."""
    found = {}
    for side in one.hip_deg:
        if side in other.hip_deg:
            gaps = one.hip_deg[side] - other.hip_deg[side]
            both = gaps[np.isfinite(gaps).all(axis=1)]
            if len(both):
                found[side] = np.sqrt(np.mean(both**2, axis=0))
    return found


def _missing_sides(angles: Angles, beyond: Mapping[Side, str]) -> tuple[str, ...]:
    names = "no hip turns so far as its markers say; look at their names"
    return tuple(
        f"the {side} hip is not measured: {names if side in beyond else 'its markers were not seen'}"
        for side in Side
        if side not in angles.hip_deg or not np.isfinite(angles.hip_deg[side]).any()
    )
