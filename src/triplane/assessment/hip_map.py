"""Draw the hip map from a runner's history: pure, the same facts give the same map."""

from datetime import datetime

from triplane.assessment.control import ankle, control_findings, is_hypermobile_by_score, lunge_passes
from triplane.assessment.finding import (
    VERY_MOBILE_Z,
    Asymmetry,
    asymmetry,
    judge,
    owned_gap_line,
    owned_ratio,
)
from triplane.assessment.load import battery, find_test, same_way
from triplane.assessment.map_values import DirectionMap, HipMap
from triplane.assessment.measurements import Measurements, measurements
from triplane.assessment.priority import priority_of, top_priorities
from triplane.assessment.protocol import Role
from triplane.assessment.track import Track, Tracks, all_tracks
from triplane.body import Direction, Plane, Side
from triplane.evidence import Reason, reason
from triplane.history import AboutRunner, History

BONE_SHAPE_DEG = 20.0
"""Difference of the two rotations that suggests bone shape (rule B07; uding_2019)."""
VERY_MOBILE_DIRECTIONS = 3
"""Directions two standard deviations above the reference that make a runner hypermobile (rule B10)."""


def hip_map(history: History, now: datetime, excluded: frozenset[Direction] = frozenset()) -> HipMap:
    """Return both hips in six directions as known at ``now``.

    Parameters
    ----------
    excluded
        Directions that screening leaves out; they are shown with priority 0 and say why.
    """
    known = history.until(now)
    about = known.latest(AboutRunner)
    taken = measurements(known)
    tracks = all_tracks(taken, now, about)
    drawn = [_direction(tracks, direction, side) for direction in Direction for side in Side]
    mobile = _mobile_directions(drawn, about)
    stiff = frozenset(about.stiff_when_running if about else ())
    ranked = tuple(
        _ranked(_with_bone_shape(one, tracks), tracks, one.direction in excluded, stiff) for one in drawn
    )
    control = tuple(control_findings(taken))
    tags, notes = _pinches(taken)
    return HipMap(
        at=now,
        directions=ranked,
        hypermobile=bool(mobile),
        mobile=mobile,
        control=control,
        ankle=ankle(taken),
        lunges=tuple(lunge_passes(taken)),
        tags=tags,
        notes=(*notes, *_mobile_notes(mobile)),
        top_priorities=top_priorities(ranked, control),
    )


def _positions(direction: Direction) -> list[str]:
    """Return the tests that can give a direction its finding, the primary one first."""
    roles = (Role.PRIMARY, Role.ALTERNATIVE)
    return [test.id for test in battery().values() if test.direction is direction and test.role in roles]


def _direction(tracks: Tracks, direction: Direction, side: Side) -> DirectionMap:
    positions = _positions(direction)
    passive = [tracks[test, side, False] for test in positions if (test, side, False) in tracks]
    owned = [tracks[test, side, True] for test in positions if (test, side, True) in tracks]
    if not (passive or owned):
        return DirectionMap(side=side, direction=direction)
    basis = (passive or owned)[0]
    judged = judge(basis.estimate.value, basis.estimate.sd, basis.norm, basis.mdc)
    drawn = DirectionMap(
        side=side,
        direction=direction,
        test=basis.test,
        passive=passive[0].estimate if passive else None,
        norm=basis.norm,
        finding=judged.finding,
        z=judged.z,
        probability=judged.probability,
        asymmetry=_side_difference(tracks, basis),
        very_mobile=judged.z is not None and judged.z >= VERY_MOBILE_Z,
        measured_on=basis.on,
        methods=basis.estimate.methods,
    )
    return drawn.model_copy(update=_ownership(passive, owned))


def _ownership(passive: list[Track], owned: list[Track]) -> dict[str, object]:
    """Return the owned range, and its gap to the passive one where both were taken in one position."""
    if not owned:
        return {}
    pairs = [(full, own) for full in passive for own in owned if full.test == own.test]
    if not pairs:
        return {"owned": owned[0].estimate, "owned_test": owned[0].test}
    full, own = pairs[0]
    gap = full.estimate.value - own.estimate.value
    line = owned_gap_line(find_test(own.test), max(full.mdc, own.mdc))
    return {
        "owned": own.estimate,
        "owned_test": own.test,
        "owned_gap": gap,
        "owned_gap_counts": line is not None and gap > line,
        "owned_ratio": owned_ratio(full.estimate.value, own.estimate.value),
    }


def _side_difference(tracks: Tracks, basis: Track) -> Asymmetry | None:
    """Compare the sides in one position, mode and method; otherwise they are not compared."""
    left, right = (tracks.get((basis.test, side, basis.active)) for side in Side)
    if not left or not right or left.estimate.scale is not right.estimate.scale:
        return None
    if (left.norm is None) is not (right.norm is None):
        return None
    mdc = max(left.mdc, right.mdc)
    return asymmetry(find_test(basis.test), left.estimate.value, right.estimate.value, mdc)


def _with_bone_shape(one: DirectionMap, tracks: Tracks) -> DirectionMap:
    """Mark the lesser rotation where the two differ by 20 degrees or more in one position."""
    if one.direction.plane is not Plane.TRANSVERSE or one.passive is None or one.test is None:
        return one
    partner = same_way(find_test(one.test), one.direction.opposite)
    other = tracks.get((partner.id, one.side, False)) if partner else None
    if other is None or other.estimate.value - one.passive.value < BONE_SHAPE_DEG:
        return one
    return one.model_copy(update={"bone_shape": True})


def _ranked(
    one: DirectionMap, tracks: Tracks, excluded: bool, stiff: frozenset[tuple[Direction, Side]]
) -> DirectionMap:
    used = [(one.test, False), (one.test, True), (one.owned_test, True)]
    mdcs = [
        tracks[test, one.side, mode].mdc for test, mode in used if test and (test, one.side, mode) in tracks
    ]
    marked = one.model_copy(update={"excluded": excluded})
    score, reasons = priority_of(marked, max(mdcs, default=0.0), (one.direction, one.side) in stiff)
    return marked.model_copy(update={"priority": score, "reasons": reasons})


def _mobile_directions(drawn: list[DirectionMap], about: AboutRunner | None) -> tuple[Direction, ...]:
    """Return the directions that get no more range: all by score, else the very mobile ones if three."""
    if about and is_hypermobile_by_score(about.beighton, about.age_years):
        return tuple(Direction)
    found = {one.direction for one in drawn if one.very_mobile}
    return tuple(d for d in Direction if d in found) if len(found) >= VERY_MOBILE_DIRECTIONS else ()


def _mobile_notes(mobile: tuple[Direction, ...]) -> tuple[Reason, ...]:
    if not mobile:
        return ()
    says = (
        "Your hips move a lot. More range is not the goal; we work on holding and controlling what you have."
    )
    return (reason("B10", says),)


def _pinches(taken: Measurements) -> tuple[tuple[str, ...], tuple[Reason, ...]]:
    """Return tags and notes of pinches that no later sound reading of the same test has replaced."""
    tags = sorted({tag for tag, _ in taken.pinches.values()})
    says = dict.fromkeys(says for _, says in taken.pinches.values())
    return tuple(tags), tuple(reason("B02", one) for one in says)
