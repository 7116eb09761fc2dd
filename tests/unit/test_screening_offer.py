"""The five steps of restriction, on small drills made for the purpose and on the whole catalogue."""

import pytest

from screening_cast import MORNING, after, cleared, screened
from triplane.body import Direction
from triplane.catalogue import Drill, Verdict, load
from triplane.screening import (
    Limits,
    allowance_of,
    allowed_tests,
    exceeds,
    offer,
    screen,
    within,
)

POSE = {
    "key": "start", "pelvis_height": 0.5, "hip_right_deg": [0, 0, 0], "hip_left_deg": [0, 0, 0],
    "knee_deg": [0, 0], "ankle_deg": [0, 0], "shoulder_right_deg": [0, 0, 0],
    "shoulder_left_deg": [0, 0, 0], "elbow_deg": [0, 0],
}  # fmt: skip


def stretch(direction, **more):
    return {
        "leg": "working",
        "direction": direction,
        "kind": "stretch",
        "share": 0.5,
        "primary": True,
        **more,
    }


def drill(drill_id="made_up", stage=2, exposure=(), restriction=(), **more):
    pose = {**POSE, **more.pop("pose", {})}
    fields = {
        "schema": "drill/1", "id": drill_id, "name": "Made up", "origin": "library", "stage": stage,
        "position": "supine", "muscles": ["hamstrings"], "contexts": ["rest_day"], "fatigue": 1,
        "setup": ["Lie down."], "steps": ["Move."], "cues": ["Breathe."],
        "fault": [{"happens": "Too fast.", "say": "Slowly."}], "feel": "Calm.", "stop": ["Pain."],
        "dose": {"sets": [1, 2], "hold_s": [20, 30], "setup_s": 10, "source": "coach_default"},
        "exposure": list(exposure), "restriction": list(restriction),
        "source": [{"key": "coach_default", "claim": "It is made up."}], "pose": [pose], **more,
    }  # fmt: skip
    return Drill.model_validate(fields)


def word_on(made, answers, *more):
    return allowance_of(made, screen(screened(answers, *more), after(hours=1)))


FLEXED = {"hip_right_deg": [110, 0, 0], "knee_deg": [90, 0]}
MILD_PINCH = {"H09": True, "H09.since_weeks": 2, "H09.giving_way": False}
OUTER_HIP = {"H10": True}
SHALLOW = {"P06": True}


def test_without_tags_everything_is_allowed_as_it_is():
    assert word_on(drill(), {}).verdict is Verdict.ALLOW


def test_the_strictest_entry_wins():
    entries = [
        {"tag": "gt", "verdict": "modify", "how": "Keep it small."},
        {"tag": "fai", "verdict": "exclude"},
    ]
    made = drill(stage=4, restriction=entries)

    assert word_on(made, OUTER_HIP).how[0] == "Keep it small."
    assert word_on(made, {**OUTER_HIP, **MILD_PINCH}).verdict is Verdict.EXCLUDE


def test_a_whitelist_tag_takes_away_what_nobody_has_looked_at():
    looked_at = drill(stage=4, restriction=[{"tag": "dyspl", "verdict": "allow"}])

    assert word_on(drill(stage=4), SHALLOW).verdict is Verdict.EXCLUDE
    assert word_on(looked_at, SHALLOW).is_allowed


def test_a_professional_may_add_a_drill_to_a_whitelist():
    added = cleared("dyspl:made_up", role="physiotherapist")

    assert word_on(drill(stage=4), SHALLOW, added).is_allowed
    assert not word_on(drill(stage=4), SHALLOW, cleared("dyspl:another")).is_allowed


def test_a_missing_entry_means_allowed_for_other_tags():
    assert word_on(drill(stage=4), OUTER_HIP).verdict is Verdict.ALLOW


def test_end_range_of_stage_two_is_taken_away_by_direction():
    assert not word_on(drill(exposure=[stretch("internal_rotation")]), MILD_PINCH).is_allowed
    assert word_on(drill(exposure=[stretch("extension")]), MILD_PINCH).is_allowed
    assert word_on(drill(stage=3, exposure=[stretch("internal_rotation")]), MILD_PINCH).is_allowed


def test_the_exceptions_of_a_tag_are_kept():
    kept = drill("mob_st3d_transverse", exposure=[stretch("internal_rotation")])

    assert word_on(kept, MILD_PINCH).is_allowed


def test_work_is_not_end_range():
    works = drill(exposure=[{**stretch("flexion"), "kind": "work"}])

    assert word_on(works, MILD_PINCH).is_allowed


def test_the_other_leg_counts_where_the_drill_is_for_it():
    behind = stretch("flexion", leg="other")

    assert not word_on(drill(exposure=[behind]), MILD_PINCH).is_allowed
    assert word_on(drill(exposure=[{**behind, "primary": False}]), MILD_PINCH).is_allowed


def test_half_a_drill_is_left_out_and_the_other_half_stays():
    half = {"tag": "gt", "verdict": "exclude", "direction": "adduction", "how": "Only away from the knee."}
    made = drill(exposure=[stretch("adduction"), stretch("abduction")], restriction=[half])
    word = word_on(made, OUTER_HIP)

    assert word.verdict is Verdict.MODIFY
    assert word.left_out == (Direction.ADDUCTION,)
    assert [exposure.direction for exposure in word.exposures] == ["abduction"]


def test_a_drill_of_which_every_half_is_left_out_goes():
    half = {"tag": "gt", "verdict": "exclude", "direction": "adduction"}

    assert not word_on(drill(exposure=[stretch("adduction")], restriction=[half]), OUTER_HIP).is_allowed
    made = drill(stage=3, exposure=[stretch("adduction")], restriction=[half])
    assert not word_on(made, OUTER_HIP).is_allowed


def test_named_drills_and_whole_stages_are_taken_away():
    assert not word_on(drill("mob_cross_sidebend"), OUTER_HIP).is_allowed
    assert not word_on(drill(), {"P05": True}).is_allowed
    assert word_on(drill("mob_ankle_wall"), {"P05": True}).is_allowed
    assert not word_on(drill(stage=1), {"P08": True}).is_allowed


def test_impact_waits_with_a_risk_of_bone_stress():
    assert not word_on(drill(stage=5, impact=True), {"H05": True}).is_allowed
    assert word_on(drill(stage=5), {"H05": True}).is_allowed


def test_the_strained_muscle_rests_and_others_do_not():
    strain = {"H16": True, "H16.bruise_or_cannot_walk": False, "H16.muscle": ("hamstrings",)}

    assert not word_on(drill(stage=3), strain).is_allowed
    assert word_on(drill(stage=3, muscles=["adductors"]), strain).is_allowed
    assert not word_on(drill(stage=3, muscles=["adductors"], stretched=["hamstrings"]), strain).is_allowed


def test_after_birth_tiring_drills_wait_three_weeks():
    birth = screened({"P03": True, "P03.weeks": 20, "P03.symptoms": False})
    tiring = drill(stage=4, fatigue=3)

    assert not allowance_of(tiring, screen(birth, after(days=20))).is_allowed
    assert allowance_of(tiring, screen(birth, after(days=22))).is_allowed


def test_limits_come_with_words_and_numbers():
    word = word_on(drill(stage=4, pose=FLEXED), MILD_PINCH)

    assert word.limits.hip_flexion_max_deg == 90
    assert "Keep the hip bent no further than 90 degrees." in word.how
    assert word_on(drill(stage=4), MILD_PINCH).how == ()


def test_two_tags_keep_the_lower_limit():
    both = Limits(hip_flexion_max_deg=90, hold_max_s=10).and_(Limits(hip_flexion_max_deg=60, slow_only=True))

    assert both == Limits(hip_flexion_max_deg=60, hold_max_s=10, slow_only=True)


@pytest.mark.parametrize("right_side", [True, False])
def test_a_pose_is_held_at_the_limits_on_either_side(right_side):
    asked = [100, -20, -30]
    hips = {"hip_right_deg": asked} if right_side else {"hip_left_deg": asked}
    pose = drill(pose=hips).pose[0]
    limits = Limits(hip_flexion_max_deg=90, adduction_max_deg=0, internal_rotation_max_deg=0)
    held = within(pose, limits)

    assert exceeds(pose, limits)
    assert (held.hip_right_deg if right_side else held.hip_left_deg) == (90, 0, 0)
    assert not exceeds(held, limits)


def test_a_straight_knee_and_a_leg_behind_have_limits_of_their_own():
    straight = drill(pose={"hip_right_deg": [80, 0, 0]}).pose[0]
    bent = drill(pose={"hip_right_deg": [80, 0, 0], "knee_deg": [90, 0]}).pose[0]
    behind = drill(pose={"hip_left_deg": [-15, 0, 20]}).pose[0]

    assert exceeds(straight, Limits(hip_flexion_with_straight_knee_max_deg=60))
    assert not exceeds(bent, Limits(hip_flexion_with_straight_knee_max_deg=60))
    assert exceeds(behind, Limits(hip_extension_max_deg=0))
    assert within(behind, Limits(extension_with_external_rotation_max_deg=0)).hip_left_deg == (-15, 0, 0)


def test_a_lunge_must_not_grow_into_what_a_tag_refuses():
    lunge = drill("lm_lateral", stage=5, lunge_direction="lateral", lunge_reach="none")
    reaching = drill("lm_reach", stage=5, lunge_direction="lateral", lunge_reach="both_floor")

    assert "both_floor" in word_on(lunge, MILD_PINCH).refused_reaches
    assert word_on(lunge, MILD_PINCH).limits.shallow_only
    assert "both_floor" not in word_on(reaching, MILD_PINCH).refused_reaches
    assert word_on(lunge, {}).refused_reaches == ()
    assert word_on(drill(), MILD_PINCH).refused_reaches == ()


def test_a_direction_that_has_lost_all_drills_is_said():
    turn_in, back = (
        drill("turn_in", exposure=[stretch("internal_rotation")]),
        drill("back", exposure=[stretch("extension")]),
    )
    given = offer(screen(screened(MILD_PINCH), MORNING), [turn_in, back])

    assert [(gap.direction, gap.stage) for gap in given.gaps] == [("internal_rotation", 2)]
    assert "professional" in given.gaps[0].says
    assert [allowance.drill for allowance in given.allowed] == ["back"]


def test_a_blocked_runner_gets_nothing():
    given = offer(screen(screened({"H07": True}), MORNING), load().values())

    assert given.blocked
    assert given.allowances == ()
    assert not given.allows("str_sl_bridge")
    assert given.messages


KNEELING_HURTS = {"H15": True, "H15.when": ("kneeling",)}


@pytest.mark.parametrize("position", ["half_kneeling", "quadruped", "pigeon"])
def test_what_begins_in_a_refused_position_is_left_out_also_where_its_file_says_nothing(position):
    word = word_on(drill(position=position), KNEELING_HURTS)

    assert not word.is_allowed
    assert word.why == ("It begins in a position that waits with a knee that dislikes kneeling.",)
    assert word_on(drill(position="standing"), KNEELING_HURTS).is_allowed
    assert word_on(drill(position=position), {}).is_allowed


def test_a_kneeling_drill_that_is_left_out_names_the_standing_one():
    word = word_on(load()["mob_kn3d_sagittal"], KNEELING_HURTS)

    assert not word.is_allowed
    assert word.instead == "mob_st3d_sagittal"


def test_what_serves_in_a_drills_place_goes_only_with_a_drill_that_is_left_out():
    changed = {"tag": "knee", "verdict": "modify", "how": "Do that one.", "instead": "mob_st3d_sagittal"}

    with pytest.raises(ValueError, match="excluded as a whole"):
        drill(restriction=[changed])


def test_tests_are_refused_where_they_would_provoke():
    def refusal(answers, test, *more, **how):
        return allowed_tests(screen(screened(answers, *more), MORNING)).refusal(test, **how)

    assert refusal({}, "T05_ir_prone") == ""
    assert refusal({"H02": True}, "T12_side_plank")
    assert refusal({"P05": True}, "T05_ir_prone") == ""
    assert refusal({"P05": True}, "T05_ir_prone", measured_before=True)
    assert refusal({"P05": True}, "T05_ir_prone", measured_before=True, active=True) == ""
    assert refusal({"P05": True}, "seated_internal_rotation", measured_before=True)
    assert refusal({"P01": True}, "T01_flexion_supine", cleared("P01"))
    assert refusal({"P01": True}, "flexion_supine", cleared("P01"))
    assert refusal({"P01": True}, "leg_lowering", cleared("P01")) == ""
    assert refusal({"P01": True}, "T13_knee_to_wall", cleared("P01")) == ""
    assert refusal(OUTER_HIP, "T04_adduction_ober")
