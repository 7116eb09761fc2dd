"""Plans as they are issued: reasons, replanning, what is pinned, and plans for weeks that cannot be."""

from datetime import timedelta

from small_weeks import BECAUSE, at, both, drill, gives, mirrored, placed, run, slot, strength, target, week
from triplane import catalogue
from triplane.body import Direction, Side
from triplane.catalogue import ExposureKind
from triplane.history import Context, Plan, RunKind
from triplane.planning import Candidate, Infeasible, Solved, WeekProblem, plan, solve

HOLD = gives(Direction.EXTENSION, ExposureKind.HOLD)
SLOTS = (slot(0, 18), slot(2, 18), slot(4, 18))
CARED_FOR = "own_ext_halfkneel"


def _drills() -> tuple[Candidate, ...]:
    opened = drill("mob_quad_band", banded=True, held=True, reasons=(BECAUSE,))
    return (
        opened,
        drill(CARED_FOR, 3, exposures=(HOLD,)),
        drill("str_sl_bridge", 4, exposures=(), sets_per_unit=1),
    )


def _planned(problem: WeekProblem) -> Plan:
    made = plan(problem, catalogue.load())
    assert isinstance(made, Plan)
    return made


def _usual(**more) -> WeekProblem:
    return week(SLOTS, _drills(), strength=(strength("bridge", 2, "str_sl_bridge"),), **more)


def test_every_item_says_why_it_is_there() -> None:
    made = _planned(_usual())
    assert made.items
    for item in made.items:
        assert item.reasons
        assert item.left is not None
        assert item.minutes > 0
    assert any(r.rule == "R02" for i in made.items if i.drill == CARED_FOR for r in i.reasons) or not any(
        i.drill == "mob_quad_band" for i in made.items
    )


def test_the_same_problem_gives_the_same_plan_to_the_byte() -> None:
    assert _planned(_usual()).model_dump_json() == _planned(_usual()).model_dump_json()


def test_sessions_run_in_the_order_of_stages() -> None:
    made = _planned(_usual())
    stage = {c.drill: c.stage for c in _drills()}
    for where in made.slots:
        items = sorted((i for i in made.items if i.slot == where.id), key=lambda i: i.order)
        assert [stage[i.drill] for i in items] == sorted(stage[i.drill] for i in items)


def test_replanning_when_nothing_happened_changes_nothing() -> None:
    first = _planned(_usual())
    again = _planned(_usual(previous=first))
    assert again.changes == ()
    assert {i.id for i in again.items} == {i.id for i in first.items}


def test_what_has_been_stays_word_for_word_and_the_rest_is_planned_around_it() -> None:
    first = _planned(_usual())
    later = _planned(_usual(previous=first, now=at(1, 0)))
    assert [i for i in later.items if i.slot == SLOTS[0].id] == [
        i for i in first.items if i.slot == SLOTS[0].id
    ]


def test_a_drill_that_may_no_longer_be_done_leaves_with_its_cause() -> None:
    first = _planned(_usual())
    fewer = tuple(c for c in _drills() if c.drill != CARED_FOR)
    later = _planned(_usual(previous=first).model_copy(update={"candidates": fewer}))
    gone = [c for c in later.changes if CARED_FOR in c.item]
    assert gone
    assert all("not on offer" in c.cause for c in gone)


def test_something_pinned_against_a_rule_is_infeasible_and_the_rule_is_named() -> None:
    tiring = drill("str_copenhagen", 4, fatigue=3)
    pinned = placed("str_copenhagen", SLOTS[0])
    found = plan(
        week(SLOTS, (tiring,), fixed=(pinned,), anchors=(run(1, 7, RunKind.LONG),)), catalogue.load()
    )
    assert isinstance(found, Infeasible)
    assert [reason.rule for reason in found.clashes] == ["E72"]
    assert "str_copenhagen" in found.clashes[0].says


def test_something_pinned_that_keeps_the_rules_stays_pinned() -> None:
    pinned = placed("str_sl_bridge", SLOTS[2], 2)
    made = solve(_usual(fixed=(pinned,)))
    assert isinstance(made, Solved)
    assert pinned in made.schedule.placements


def test_the_side_that_needs_more_gets_more() -> None:
    targets = (target(Direction.EXTENSION, Side.LEFT, 6), target(Direction.EXTENSION, Side.RIGHT, 2))
    for problem, side in (
        (_usual(targets=targets), Side.LEFT),
        (mirrored(_usual(targets=targets)), Side.RIGHT),
    ):
        made = solve(problem)
        assert isinstance(made, Solved)
        given = {s: sum(p.units(s) for p in made.schedule.placements) for s in Side}
        assert given[side] > given[side.other]


def test_a_direction_that_falls_short_says_because_of_what() -> None:
    made = _planned(_usual(targets=both(Direction.FLEXION, 3, floor_minutes=1)))
    assert {s.direction for s in made.shortfalls} == {Direction.FLEXION}
    assert all("no drill" in s.because for s in made.shortfalls)
    assert [c.rule for c in made.clashes] == ["", ""]


def test_days_are_the_runners_own_and_hours_are_elapsed_when_the_clock_changes() -> None:
    from zoneinfo import ZoneInfo

    zone = ZoneInfo("Europe/Berlin")
    before = at(26, 18).replace(tzinfo=zone)
    saturday = slot(0, 18).model_copy(update={"id": "sat", "starts_at": before})
    monday = saturday.model_copy(update={"id": "mon", "starts_at": before + timedelta(days=2)})
    from triplane.planning.board import Board

    board = Board(week((saturday, monday), ()))
    assert board.hours("sat", "mon") == 47


def test_a_desk_break_holds_one_drill() -> None:
    made = solve(
        week(
            (slot(0, 9, Context.DESK_BREAK, 3),),
            (drill("one", 3), drill("two", 3)),
            both(Direction.EXTENSION, 9),
        )
    )
    assert isinstance(made, Solved)
    assert len(made.schedule.placements) == 1
