"""What the tests of control choose: drills of stages 3 to 5 for the pelvis and trunk, no stretching (B12)."""

from triplane.assessment import ControlFinding, Finding, HipMap
from triplane.catalogue import Aim, Drill, Muscle, Stage
from triplane.evidence import Reason

TRAINED_BY: dict[str, tuple[frozenset[Aim], frozenset[Muscle]]] = {
    "dead_bug": (frozenset({Aim.CORE_ANTI_EXTENSION}), frozenset()),
    "leg_lowering": (frozenset({Aim.CORE_ANTI_EXTENSION}), frozenset()),
    "single_leg_stance": (frozenset({Aim.CORE_FRONTAL_CONTROL}), frozenset({Muscle.GLUTEUS_MEDIUS})),
    "single_leg_stance_time": (frozenset({Aim.CORE_FRONTAL_CONTROL}), frozenset({Muscle.GLUTEUS_MEDIUS})),
    "step_down": (frozenset({Aim.CORE_FRONTAL_CONTROL}), frozenset({Muscle.GLUTEUS_MEDIUS})),
    "side_plank": (frozenset({Aim.CORE_FRONTAL_CONTROL}), frozenset()),
}
"""Which drills a test of control speaks for: by aim, or by first muscle (coach's default)."""

TRUNK_TESTS = frozenset(test for test, (aims, _) in TRAINED_BY.items() if Aim.CORE_ANTI_EXTENSION in aims)
"""Tests of holding the trunk still; the others are of the pelvis on one leg."""


def answering(hip_map: HipMap, drill: Drill) -> tuple[ControlFinding, ...]:
    """Return the findings of control that a drill of stages 3 to 5 trains."""
    if drill.stage < Stage.OWN:
        return ()
    return tuple(
        found for found in hip_map.control if found.finding.is_limited and _trains(drill, found.test)
    )


def control_reasons(hip_map: HipMap, drill: Drill) -> tuple[Reason, ...]:
    """Return why a drill is chosen for control, each finding once."""
    return tuple(dict.fromkeys(found.reason for found in answering(hip_map, drill)))


def easier_for_control(hip_map: HipMap, drill: Drill) -> tuple[str, ...]:
    """Return the easier way in which a drill begins when the test it trains was clearly limited."""
    clear = [found for found in answering(hip_map, drill) if found.finding is Finding.CLEARLY_LIMITED]
    words = [link.say for link in drill.easier if link.say]
    return tuple(words[:1]) if clear and set(drill.aims) else ()


def _trains(drill: Drill, test: str) -> bool:
    aims, muscles = TRAINED_BY.get(test, (frozenset(), frozenset()))
    return bool(aims & set(drill.aims)) or bool(muscles & set(drill.muscles[:1]))
