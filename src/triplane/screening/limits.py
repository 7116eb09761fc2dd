"""Limits on dose and pose: how two add up, which poses go beyond them, and their words."""

from typing import Annotated

from pydantic import Field

from triplane.body import Direction, Pose
from triplane.catalogue import Drill, ExposureKind, Position, Stage
from triplane.value import Value

STRAIGHT_KNEE_DEG = 30
"""Knee bend below which a leg counts as straight for the hamstring limit; coach's default."""

COMBINED_FLEXION_DEG = 60
"""Hip flexion from which it may not come together with what ``no_combined`` names; coach's default."""

TOLERANCE_DEG = 1
"""Degrees by which a pose may pass a limit before it counts; coach's default."""

Triple = tuple[float, float, float]
DegreeLimit = Annotated[float, Field(ge=0, le=180)]


class Limits(Value):
    """Numbers and switches that bound a dose or a pose; missing means no limit.

    Angles are degrees of the direction named, counted from standing straight, on either hip.
    ``no_combined`` are directions that must not come together. ``slow_only``, ``shallow_only`` and
    ``no_step_environment`` bound the lunge variables; ``bodyweight_only`` keeps added load away.
    """

    hold_max_s: Annotated[float, Field(ge=1, le=600)] | None = None
    effort_max_pct: Annotated[float, Field(ge=5, le=100)] | None = None
    fatigue_max: Annotated[int, Field(ge=0, le=5)] | None = None
    hip_flexion_max_deg: DegreeLimit | None = None
    hip_flexion_with_straight_knee_max_deg: DegreeLimit | None = None
    hip_extension_max_deg: DegreeLimit | None = None
    adduction_max_deg: DegreeLimit | None = None
    internal_rotation_max_deg: DegreeLimit | None = None
    extension_with_external_rotation_max_deg: DegreeLimit | None = None
    no_combined: tuple[Direction, ...] = ()
    slow_only: bool = False
    no_step_environment: bool = False
    support_required: bool = False
    bodyweight_only: bool = False
    shallow_only: bool = False

    def and_(self, other: "Limits") -> "Limits":
        """Return the limits that keep both: the lower number, either switch, all combinations."""
        kept: dict[str, object] = {}
        for name in type(self).model_fields:
            mine, theirs = getattr(self, name), getattr(other, name)
            if name == "no_combined":
                kept[name] = tuple(d for d in Direction if d in (*mine, *theirs))
            elif isinstance(mine, bool):
                kept[name] = mine or theirs
            else:
                kept[name] = min((v for v in (mine, theirs) if v is not None), default=None)
        return Limits.model_validate(kept)


def exceeds(pose: Pose, limits: Limits) -> bool:
    """Whether either hip of a pose goes beyond a limit by more than a degree."""
    held = within(pose, limits)
    pairs = ((pose.hip_right_deg, held.hip_right_deg), (pose.hip_left_deg, held.hip_left_deg))
    return any(
        abs(a - b) > TOLERANCE_DEG for before, after in pairs for a, b in zip(before, after, strict=True)
    )


def within(pose: Pose, limits: Limits) -> Pose:
    """Return the pose with both hips held at the limits (degrees); ``body`` solves the contacts again."""
    right = _hip_within(pose.hip_right_deg, pose.knee_deg[0], limits)
    left = _hip_within(pose.hip_left_deg, pose.knee_deg[1], limits)
    return pose.model_copy(update={"hip_right_deg": right, "hip_left_deg": left})


def nothing_is_left(drill: Drill, limits: Limits) -> bool:
    """Whether every primary end-range direction of a drill is capped at zero degrees."""
    closed = {
        Direction.EXTENSION: limits.hip_extension_max_deg,
        Direction.ADDUCTION: limits.adduction_max_deg,
        Direction.INTERNAL_ROTATION: limits.internal_rotation_max_deg,
        Direction.FLEXION: limits.hip_flexion_max_deg,
    }
    primary = {e.direction for e in drill.exposure if e.primary and e.kind is not ExposureKind.WORK}
    return bool(primary) and all(closed.get(direction) == 0 for direction in primary)


def limit_sentences(drill: Drill, limits: Limits) -> list[str]:
    """Return one instruction for each limit that touches this drill, in a fixed order."""
    said = [
        _filled(says, getattr(limits, name)) for name, says in _POSE_WORDS if _touches(drill, limits, name)
    ]
    longest = max([drill.dose.hold_s[1], *(p.s[1] for p in drill.dose.phases if not p.stretch)])
    if limits.hold_max_s is not None and longest > limits.hold_max_s:
        said.append(f"Hold for {limits.hold_max_s:g} seconds at most, and keep breathing.")
    tense = drill.dose.effort_pct is not None or drill.stage is Stage.OWN
    if limits.effort_max_pct is not None and tense:
        said.append(f"Use {limits.effort_max_pct:g} percent of your strength at most, and keep breathing.")
    if limits.support_required and drill.position not in _SUPPORTED:
        said.append("Hold on to something firm.")
    if drill.lunge_direction is not None:
        said += [says for name, says in _LUNGE_WORDS if getattr(limits, name)]
    if limits.bodyweight_only and drill.stage >= Stage.STRENGTHEN:
        said.append("Body weight only.")
    return said


def _touches(drill: Drill, limits: Limits, name: str) -> bool:
    """Whether one limit alone changes a pose of the drill."""
    value = getattr(limits, name)
    if value is None or value == ():
        return False
    alone = Limits.model_validate({name: value})
    return any(exceeds(pose, alone) for pose in drill.pose)


def _hip_within(hip: Triple, knee_deg: float, limits: Limits) -> Triple:
    flexion, abduction, external = hip
    flexion = _at_most(flexion, limits.hip_flexion_max_deg)
    if knee_deg < STRAIGHT_KNEE_DEG:
        flexion = _at_most(flexion, limits.hip_flexion_with_straight_knee_max_deg)
    flexion = -_at_most(-flexion, limits.hip_extension_max_deg)
    abduction = -_at_most(-abduction, limits.adduction_max_deg)
    external = -_at_most(-external, limits.internal_rotation_max_deg)
    if flexion < 0:
        external = _at_most(external, limits.extension_with_external_rotation_max_deg)
    if limits.no_combined and flexion >= COMBINED_FLEXION_DEG and abduction < 0 and external < 0:
        abduction, external = 0, 0
    return flexion, abduction, external


def _filled(says: str, limit: object) -> str:
    return says.format(limit) if isinstance(limit, (int, float)) else says


def _at_most(angle: float, limit: float | None) -> float:
    return angle if limit is None else min(angle, limit)


_POSE_WORDS = (
    ("hip_flexion_max_deg", "Keep the hip bent no further than {:g} degrees."),
    (
        "hip_flexion_with_straight_knee_max_deg",
        "With a straight knee, bend the hip no further than {:g} degrees.",
    ),
    ("hip_extension_max_deg", "Do not take the leg behind the line of the body."),
    ("adduction_max_deg", "Do not let the leg cross the midline."),
    ("internal_rotation_max_deg", "Do not turn the leg in."),
    ("extension_with_external_rotation_max_deg", "With the leg back, do not turn it out."),
    ("no_combined", "Do not bend, cross over and turn in at the same time."),
)
_SUPPORTED = (
    Position.PRONE, Position.SUPINE, Position.HOOK_LYING, Position.SIDE_LYING, Position.FLOOR_SEATED,
    Position.CHAIR_SEATED, Position.QUADRUPED, Position.PIGEON, Position.SIDE_PLANK,
)  # fmt: skip
_LUNGE_WORDS = (
    ("slow_only", "Slowly."),
    ("no_step_environment", "On level ground, without a step."),
)
