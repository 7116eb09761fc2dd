"""Every drill file keeps its contract, and what it claims is borne out by its poses."""

import pytest

from triplane.body import Direction, Leg, Pose, Side, beyond_limits, contact_errors, reached_deg
from triplane.catalogue import (
    Drill,
    Exposure,
    ExposureKind,
    LungeDirection,
    Reach,
    Stage,
    catalogue_version,
    drills_folder,
    load,
    load_one,
    prescribe,
    units_range,
)
from triplane.catalogue.linting import RULES, lint
from triplane.catalogue.lunges import poses_of
from triplane.evidence import sources
from triplane.history import LungeVector

DRILLS = load()

FULL_RANGE_DEG = {
    Direction.FLEXION: 120.3,
    Direction.EXTENSION: 9.4,
    Direction.ABDUCTION: 38.8,
    Direction.ADDUCTION: 30.5,
    Direction.INTERNAL_ROTATION: 32.6,
    Direction.EXTERNAL_ROTATION: 33.6,
}
"""Mean passive range of adults; roaas_andersson_1982."""

CONTACT = 0.025 / 1.75
"""2.5 cm of a stature of 1.75 m."""

GOOD_PART = 0.4
TRAVEL_DEG = 8
"""Share of the range that a stretch or hold reaches, and the least way that work goes (triplane_calc)."""


def angle_deg(pose: Pose, exposure: Exposure) -> float:
    """How far the leg of an exposure is in its direction; poses show the right side working."""
    return reached_deg(pose, exposure.leg.on(Side.RIGHT))[exposure.direction]


def is_borne_out(exposure: Exposure, poses: tuple[Pose, ...]) -> bool:
    angles = [angle_deg(pose, exposure) for pose in poses]
    if exposure.isometric:
        return True
    if exposure.kind is ExposureKind.WORK:
        return max(angles) - min(angles) >= TRAVEL_DEG
    return max(angles) >= GOOD_PART * FULL_RANGE_DEG[exposure.direction]


EXPOSURES = [
    pytest.param(drill, exposure, id=f"{drill.id}-{exposure.leg}-{exposure.direction}-{exposure.kind}")
    for drill in DRILLS.values()
    if drill.stage > Stage.RELEASE
    for exposure in drill.exposure
]


def test_no_drill_file_breaks_a_rule_of_the_house() -> None:
    assert [str(problem) for problem in lint(sources())] == []


def test_every_lint_rule_says_why_it_is_there() -> None:
    assert all(rule.__doc__ for rule in RULES)


def test_the_handbooks_sixty_five_drills_are_all_there() -> None:
    assert len(DRILLS) >= 65


@pytest.mark.parametrize(("drill", "exposure"), EXPOSURES)
def test_a_leg_truly_gets_what_the_drill_claims_for_it(drill: Drill, exposure: Exposure) -> None:
    assert is_borne_out(exposure, drill.pose)


def test_a_claim_that_no_pose_bears_out_is_noticed() -> None:
    lunge = load_one("lm_anterior")
    for leg, kind, direction in (
        (Leg.WORKING, ExposureKind.STRETCH, Direction.EXTENSION),
        (Leg.OTHER, ExposureKind.STRETCH, Direction.INTERNAL_ROTATION),
        (Leg.WORKING, ExposureKind.WORK, Direction.ABDUCTION),
    ):
        claim = Exposure(leg=leg, direction=direction, kind=kind, share=0.5)
        assert not is_borne_out(claim, lunge.pose)


def test_extension_of_a_lunge_belongs_to_the_back_leg() -> None:
    for drill in DRILLS.values():
        if drill.lunge_direction:
            stretched = {
                e.leg
                for e in drill.exposure
                if e.direction is Direction.EXTENSION and e.kind is not ExposureKind.WORK
            }
            assert stretched <= {Leg.OTHER}, drill.id


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
def test_every_dose_can_be_prescribed_over_its_own_range(drill: Drill) -> None:
    fewest, most = units_range(drill)
    assert 1 <= fewest <= most <= 20
    for units in range(fewest, most + 1):
        dose = prescribe(drill, units)
        assert drill.dose.sets[0] <= dose.sets <= drill.dose.sets[1] * (drill.dose.spots or (1, 1))[1]
        assert drill.dose.reps[0] <= (dose.reps or 0) <= drill.dose.reps[1]


@pytest.mark.parametrize("direction", LungeDirection)
def test_every_lunge_direction_has_its_plain_cell(direction: LungeDirection) -> None:
    drill = load_one(f"lm_{direction}")
    assert (drill.lunge_direction, drill.lunge_reach) == (direction, Reach.NONE)


@pytest.mark.parametrize("direction", LungeDirection)
def test_every_cell_of_the_matrix_has_a_pose_that_stands_and_keeps_joint_limits(
    direction: LungeDirection,
) -> None:
    for reach in Reach:
        bottom = poses_of(LungeVector(direction=direction, reach=reach, range=1))[-1]
        assert beyond_limits(bottom) == {}, reach
        assert max(map(abs, contact_errors(bottom).values())) <= CONTACT, reach


def test_a_long_step_is_longer_than_a_short_one() -> None:
    short, long = (poses_of(LungeVector(direction="anterior", range=step))[-1] for step in (0, 2))
    assert long.hip_right_deg[0] > short.hip_right_deg[0]


def test_a_kneeling_drill_names_its_standing_version() -> None:
    for plane in ("sagittal", "frontal", "transverse"):
        assert DRILLS[f"mob_kn3d_{plane}"].standing_version == f"mob_st3d_{plane}"


def test_one_file_reads_the_same_alone_and_among_the_others() -> None:
    assert all(load_one(stem) == drill for stem, drill in DRILLS.items())


def test_the_catalogues_version_is_stable_and_short() -> None:
    version = catalogue_version()
    catalogue_version.cache_clear()
    assert version == catalogue_version()
    assert len(version) == 12


def test_the_content_licence_lies_beside_the_drills() -> None:
    assert "CC BY 4.0" in drills_folder().joinpath("LICENSE.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("drill", DRILLS.values(), ids=lambda drill: drill.id)
def test_no_pose_is_called_after_a_side_that_is_mirrored(drill: Drill) -> None:
    sided = [pose.key for pose in drill.pose if {"left", "right", "l", "r"} & set(pose.key.split("_"))]
    assert not sided, "what is written below a drawing stands below the mirrored one, too"
