"""P1, the desk beginner: what is expected of the coach, line by line."""

from datetime import timedelta

from persona_lives import NOW, all_that_is_said, history, life
from plan_reading import DRILLS, drill_of, local, sessions, slot_of
from triplane import coach
from triplane.body import Direction, Side
from triplane.catalogue import UNIT_S, dose_shape
from triplane.history import Context

F, E, AB, AD, IR, ER = Direction
LEFT, RIGHT = Side
CLAIMS = ("posture", "running form")


def test_extension_comes_first_on_both_sides_and_control_second_not_more_stretching() -> None:
    first, second, third = coach.hip_map(history("P1"), NOW).top_priorities[:3]

    assert {(first.what, first.side), (second.what, second.side)} == {(E, LEFT), (E, RIGHT)}
    assert third.what == "control"


def test_the_first_week_has_at_most_three_new_drills() -> None:
    new = {item.drill for item in life("P1")[0].plan.items if item.first_exposure}
    planned = {item.drill for item in life("P1")[0].plan.items}

    assert 1 <= len(new) <= 3
    assert planned == new, "nothing is familiar to a beginner yet"


def test_all_drills_of_the_first_week_are_at_half_dose() -> None:
    for item in life("P1")[0].plan.items:
        most_s = dose_shape(drill_of(item)).max_units * UNIT_S
        for dose in (item.left, item.right):
            assert dose is None or dose.work_s <= max(UNIT_S, most_s / 2) + UNIT_S / 2, item.drill


def test_lunges_of_the_first_week_are_bodyweight_only() -> None:
    for item in life("P1")[0].plan.items:
        assert item.lunge is None or item.lunge.load == 0
        assert not any(" kg" in how for how in item.how)


def test_what_opens_extension_is_also_held() -> None:
    """With a band: in the same session or within 48 hours; moving: in the same week (decision 3)."""
    for week in life("P1"):
        owned = [*week.placed("own_ext_halfkneel"), *week.placed("own_ext_prone_lift")]
        for item in week.placed("mob_quad_band"):
            gaps = [local(week.plan, own) - local(week.plan, item) for own in owned]
            assert any(timedelta() <= gap <= timedelta(hours=48) for gap in gaps), item.id
        for item in week.placed("mob_kn3d_sagittal"):
            warm_up = slot_of(week.plan, item).context is Context.PRE_RUN
            assert owned or warm_up, item.id


def test_desk_breaks_are_offered() -> None:
    offered = [
        item.drill
        for week in life("P1")
        for items in sessions(week.plan, Context.DESK_BREAK).values()
        for item in items
    ]

    assert offered, "desk breaks are used"
    assert not any(DRILLS[drill].position.is_on_the_floor for drill in offered)
    for week in life("P1"):
        may_come = {c.drill for c in week.problem.candidates if Context.DESK_BREAK in c.contexts}
        assert {"mob_st3d_sagittal", "own_flex_hover"} <= may_come


def test_there_are_two_strength_or_integrate_sessions_a_week_by_week_three() -> None:
    third = life("P1")[2].plan
    strong = [items for items in sessions(third).values() if any(drill_of(i).stage >= 4 for i in items)]

    assert len(strong) >= 2


def test_nobody_claims_that_posture_or_form_will_change() -> None:
    said = all_that_is_said("P1")
    assert [claim for claim in CLAIMS if claim in said] == []


def test_the_dead_bug_starts_at_a_regression_because_clean_reps_are_three() -> None:
    placed = [item for week in life("P1") for item in week.placed("str_sb_dead_bug")]
    easier = {link.say for link in DRILLS["str_sb_dead_bug"].easier}

    assert placed, "control is the second priority, so the dead bug comes in these weeks"
    assert set(placed[0].how) & easier
    assert any("3 reps" in reason.says for reason in placed[0].reasons)
