"""What a restriction promises in words is true of every drill that its runner is given, by its poses."""

import re

import pytest

from screening_cast import MORNING, restricted
from triplane.body import Landmark, Pose, PropKind
from triplane.catalogue import Drill, Position, Tag, Verdict, load
from triplane.screening import Allowance, allowance_of, offer, screen, tag_rules

DRILLS = load()
LYING_OR_SITTING = {
    Landmark.ISCHIUM, Landmark.SACRUM, Landmark.PELVIS, Landmark.ASIS, Landmark.MIDBACK, Landmark.CHEST,
    Landmark.TROCHANTER, Landmark.SHOULDER, Landmark.ELBOW,
}  # fmt: skip
"""With one of these on the floor the knees that touch it carry little."""

STANDS = {Position.STANDING, Position.SPLIT_STANCE, Position.SINGLE_LEG_STANDING}
OVERHEAD_DEG = 150
ELSEWHERE = re.compile(
    r"\bversion\b|\bdo it (standing|sitting|seated|lying|kneeling|on hands and knees)|^standing"
    r"|standing in|, or do it|sit on a (high )?chair|squeeze a ball",
    re.IGNORECASE,
)
"""Words that put the body somewhere else than where a drill's figure has it."""

TRAINING = [tag for tag in Tag if not tag_rules()[tag].blocks]


def touching(pose: Pose) -> set[Landmark]:
    return {contact.landmark for contact in pose.floor}


def kneels(drill: Drill) -> bool:
    """Whether a knee carries the body in one of its poses."""
    on_the_floor = [touching(pose) for pose in drill.pose]
    return any(Landmark.KNEE in found and not found & LYING_OR_SITTING for found in on_the_floor)


def reaches_overhead(drill: Drill) -> bool:
    arms = [angle for pose in drill.pose for angle in (pose.shoulder_right_deg, pose.shoulder_left_deg)]
    return drill.position is not Position.PRONE and any(max(arm[:2]) >= OVERHEAD_DEG for arm in arms)


def given(*tags: Tag) -> list[tuple[Drill, Allowance]]:
    """The drills that a runner with these tags and nothing else is given."""
    said = offer(screen(restricted(*tags), MORNING), DRILLS.values())
    return [(DRILLS[one.drill], one) for one in said.allowed]


def same_work(drill: Drill, other: Drill) -> bool:
    shared = set(drill.primary_directions) & set(other.primary_directions)
    return drill.stage is other.stage and bool(shared)


def test_the_poses_tell_who_kneels() -> None:
    found = {drill.id for drill in DRILLS.values() if kneels(drill)}

    assert {"mob_kn3d_sagittal", "mob_quadruped_rock", "own_ext_halfkneel", "mob_glute_band_pigeon"} <= found
    assert not found & {
        "mob_st3d_sagittal",
        "own_9090_front_er",
        "str_band_er",
        "own_ext_prone_lift",
        "lm_lateral",
    }


def test_a_sore_knee_kneels_nowhere_that_a_standing_drill_serves_and_else_on_a_pad() -> None:
    offered = given(Tag.KNEE)
    kneeling = [(drill, one) for drill, one in offered if kneels(drill)]
    standing = [drill for drill, _ in offered if drill.position in STANDS]

    for drill, one in kneeling:
        assert not [other.id for other in standing if same_work(drill, other)], drill.id
        assert any("thick pad" in how for how in one.how), drill.id
        assert not re.search("standing", " ".join(one.how)), drill.id
    assert {drill.id for drill, _ in kneeling} == set(tag_rules()[Tag.KNEE].keep)


@pytest.mark.parametrize("drill", [d for d in DRILLS.values() if kneels(d)], ids=lambda d: d.id)
def test_what_comes_in_a_kneeling_drills_place_does_not_kneel_and_is_offered(drill: Drill) -> None:
    word = allowance_of(drill, screen(restricted(Tag.KNEE), MORNING))
    if word.is_allowed:
        return

    assert word.instead
    other = DRILLS[word.instead]
    assert not kneels(other)
    assert same_work(drill, other)
    assert allowance_of(other, screen(restricted(Tag.KNEE), MORNING)).is_allowed


def test_no_direction_of_a_stage_is_lost_with_the_kneeling_drills() -> None:
    assert offer(screen(restricted(Tag.KNEE), MORNING), DRILLS.values()).gaps == ()


@pytest.mark.parametrize("tag", TRAINING)
def test_no_drill_is_given_that_is_to_be_done_in_another_position_than_it_is_shown(tag: Tag) -> None:
    elsewhere = {
        drill.id: how
        for drill in DRILLS.values()
        for how in allowance_of(drill, screen(restricted(tag), MORNING)).how
        if ELSEWHERE.search(how)
    }

    assert elsewhere == {}


def test_what_another_drill_replaces_is_left_out() -> None:
    for drill in DRILLS.values():
        for entry in drill.restriction:
            assert entry.verdict is Verdict.EXCLUDE or not entry.instead, (drill.id, entry.tag)


def test_the_easier_way_of_a_drill_that_does_not_kneel_does_not_kneel_either() -> None:
    for drill in DRILLS.values():
        first = next((link.say for link in drill.easier if link.say), "")
        kneeling = re.search(r"kneel|on hands and knees|one knee|on the knees", first, re.IGNORECASE)
        assert kneels(drill) or not kneeling, drill.id


@pytest.mark.parametrize("tag", [Tag.SHOULDER, Tag.LBP_EXT])
def test_no_arm_goes_overhead_unsaid(tag: Tag) -> None:
    said = {drill.id: " ".join(one.how) for drill, one in given(tag) if reaches_overhead(drill)}

    assert said
    assert [name for name, how in said.items() if not re.search(r"\b(arms?|hands)\b", how)] == []


def test_a_sore_shoulder_lies_in_no_side_plank_and_a_sore_wrist_bears_no_flat_hand_unsaid() -> None:
    assert not [drill.id for drill, _ in given(Tag.SHOULDER) if drill.position is Position.SIDE_PLANK]
    for drill, one in given(Tag.WRIST):
        if Landmark.HAND in set().union(*map(touching, drill.pose)) and drill.position is Position.QUADRUPED:
            assert re.search("forearms|fists", " ".join(one.how)), drill.id


def test_nobody_pregnant_lies_on_the_front_and_nobody_who_bruises_on_a_ball() -> None:
    assert not [drill.id for drill, _ in given(Tag.PREG) if drill.position is Position.PRONE]
    pressing = {PropKind.MASSAGE_BALL, PropKind.ROLLER}
    for drill, _ in given(Tag.ACOAG):
        held = {prop.kind for pose in drill.pose for prop in pose.props}
        assert drill.id in tag_rules()[Tag.ACOAG].keep or not held & pressing, drill.id


@pytest.mark.parametrize("other", [tag for tag in TRAINING if tag is not Tag.KNEE])
def test_no_other_restriction_brings_kneeling_back(other: Tag) -> None:
    kept = set(tag_rules()[Tag.KNEE].keep)
    for drill, one in given(Tag.KNEE, other):
        assert not kneels(drill) or drill.id in kept, drill.id
        assert not re.search(r"hands and knees|half.kneel", " ".join(one.how)), drill.id
