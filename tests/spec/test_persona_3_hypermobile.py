"""P3, the hypermobile trail runner: what is expected of the coach, line by line."""

import pytest

from persona_lives import NOW, history, life
from plan_reading import DRILLS, drill_of, work_s
from triplane import coach
from triplane.body import Direction, Side
from triplane.errors import Blocked
from triplane.history import Method

F, E, AB, AD, IR, ER = Direction
LEFT, RIGHT = Side


def test_no_passive_end_range_and_no_bands() -> None:
    for week in life("P3"):
        for item in week.plan.items:
            drill = drill_of(item)
            assert drill.stage != 2 or (drill.dynamic and not drill.banded and not drill.held), item.id


def test_no_retest_to_the_passive_maximum() -> None:
    with pytest.raises(Blocked, match="not measured again"):
        coach.take_measurement(
            history("P3"), "internal_rotation_prone", LEFT, (58, 58, 58), Method.PHONE_HELPER, NOW
        )
    owned = coach.take_measurement(
        history("P3"),
        "internal_rotation_prone",
        LEFT,
        (36, 36, 37),
        Method.PHONE_HELPER,
        NOW,
        active=True,
    )
    assert owned.verdict.valid


def test_the_plan_is_stages_three_to_five_in_the_middle_of_the_range() -> None:
    plans = [week.plan for week in life("P3")]
    later = [item for plan in plans for item in plan.items if drill_of(item).stage >= 3]
    share = sum(work_s(plan, 3, 4, 5) for plan in plans) / sum(work_s(p, 1, 2, 3, 4, 5) for p in plans)

    assert share >= 0.75
    assert all(any("middle of the range" in how for how in item.how) for item in later)


def test_the_plan_holds_balance_and_lateral_work() -> None:
    drills = {item.drill for week in life("P3") for item in week.plan.items}
    standing_on_one = {d for d in drills if DRILLS[d].position in ("single_leg_standing", "split_stance")}
    sideways = {d for d in drills if AB in DRILLS[d].primary_directions or d == "lm_lateral"}

    assert standing_on_one
    assert sideways


def test_the_owned_ratio_is_what_progress_is_read_from() -> None:
    drawn = coach.hip_map(history("P3"), NOW)

    for direction in (F, AB, IR, ER):
        for side in Side:
            one = drawn.on(direction, side)
            assert one.owned_ratio == pytest.approx(0.6, abs=0.06)
            assert one.owned_gap_counts


def test_the_message_explains_that_more_range_is_not_the_goal() -> None:
    said = [message.says for message in coach.clearance(history("P3"), NOW).messages]
    noted = [note.says for note in life("P3")[0].plan.notes]

    assert any("more range is not the goal" in words for words in said)
    assert any("more range is not the goal" in words.lower() for words in noted)
