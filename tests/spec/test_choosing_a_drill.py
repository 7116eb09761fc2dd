"""A runner or a coach wants a drill or leaves one out: what comes of it, and what never does."""

from datetime import date, datetime, timedelta

import pytest

from cast import MONDAY
from small_weeks import BECAUSE, at, both, drill, schedule, slot, target, week
from triplane import coach
from triplane.body import Direction, Side
from triplane.catalogue import load
from triplane.coach import choosing
from triplane.coach.issued import issued_plan
from triplane.coach.situation import Situation
from triplane.errors import Blocked, UnknownName, UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    ConsentGiven,
    DrillChosen,
    EquipmentListed,
    History,
    Plan,
    PlanItem,
    RestrictionTightened,
    SharedAs,
    record,
)
from triplane.planning import Board, Solved, WeekProblem, check, choices_of, contexts_of, plan, solve
from triplane.planning.objectives import WANTED_WEIGHT, wanted
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)
LATER = NOW + timedelta(minutes=5)
COACH = "r-coach"
LET_IN = ConsentGiven(
    to=COACH, called="Cara Coach", role=SharedAs.COACH, deeds=coach.asked_for(SharedAs.COACH)
)
SLOTS = (slot(0, 18), slot(2, 18), slot(4, 18))
NEEDED, IDLE = drill("mob_quad_band"), drill("str_sl_bridge", 4, exposures=(), sets_per_unit=1)
WANTED = {"wanted": (IDLE.drill,), "to_begin": (IDLE.drill,)}


def tell(history: History, *bodies: Value, at: datetime, author: str = "runner") -> History:
    facts = (
        record(body, "me", at + timedelta(seconds=number), author=author, reason="")
        for number, body in enumerate(bodies)
    )
    return history.plus(*facts)


@pytest.fixture(scope="module")
def told() -> History:
    bodies = sample_runner("marathoner", NOW.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    return tell(History("me"), *bodies, at=NOW - timedelta(minutes=10))


@pytest.fixture(scope="module")
def planned(told: History) -> History:
    return told.plus(*coach.day(told, NOW).proposed)


def plan_of(history: History, now: datetime) -> Plan:
    found = issued_plan(history, now)
    assert found is not None
    return found


def chosen(history: History, word: str, *, wanted: bool, now: datetime = LATER) -> History:
    return tell(history, coach.chosen_drill(history, word, now, wanted), at=now)


def says(history: History, word: str, now: datetime = LATER) -> str:
    found = coach.drill_choice(history, word, now + timedelta(minutes=1))
    assert found is not None
    return found.says


def unplanned(history: History) -> str:
    """Return a drill that may be placed this week and is not in the plan."""
    in_plan = {item.drill for item in plan_of(history, NOW).items}
    problem = Situation(history, NOW).problem
    return next(c.drill for c in problem.candidates if c.drill not in in_plan and c.stage == 1)


def ahead(history: History, now: datetime) -> set[str]:
    found = plan_of(history, now)
    later = {one.id for one in found.slots if one.starts_at >= now}
    return {item.drill for item in found.items if item.slot in later}


def items_of(problem: WeekProblem, name: str) -> list[PlanItem]:
    made = plan(problem, load())
    assert isinstance(made, Plan)
    return [item for item in made.items if item.drill == name]


def test_what_only_a_choice_brings_comes_once_and_at_its_least_dose() -> None:
    problem = week(SLOTS, (NEEDED, IDLE))
    wanted = problem.model_copy(update=WANTED)
    assert items_of(problem, IDLE.drill) == []
    [item] = items_of(wanted, IDLE.drill)
    assert {item.left_units, item.right_units} <= {0, IDLE.min_units}
    assert any("chosen for your weeks" in one.says for one in item.reasons)


def test_what_a_choice_begins_works_both_sides_where_one_needs_more() -> None:
    """The side that needs more may be worked alone; whoever wants a drill wants both."""
    targets = (target(Direction.EXTENSION, Side.LEFT, 2), target(Direction.EXTENSION, Side.RIGHT, 0))
    other = drill("str_sl_bridge", 4)
    problem = week((slot(0, 18, minutes=3), slot(2, 18)), (NEEDED, other), targets)
    for name in (NEEDED.drill, other.drill):
        chosen_one = problem.model_copy(update={"wanted": (name,), "to_begin": (name,)})
        assert all(item.left_units and item.right_units for item in items_of(chosen_one, name))
        assert items_of(chosen_one, name)


def test_what_no_plan_held_is_begun_once_also_where_it_could_stand_for_what_is_planned() -> None:
    """Two drills do the same: the one that is wanted comes in beside the other, not in place of all of it."""
    same = drill("mob_kn3d_sagittal")
    problem = week(SLOTS, (NEEDED, same), both(Direction.EXTENSION, 4))
    before = {one.slot for one in items_of(problem, NEEDED.drill)} | {
        one.slot for one in items_of(problem, same.drill)
    }
    assert len(before) > 1
    brought = problem.model_copy(update={"wanted": (same.drill,), "to_begin": (same.drill,)})
    [item] = items_of(brought, same.drill)
    assert (item.left_units, item.right_units) == (same.min_units, same.min_units)


def test_what_the_week_holds_anyway_gets_no_more_for_being_wanted() -> None:
    problem = week(SLOTS, (NEEDED, IDLE))
    wanted = problem.model_copy(update={"wanted": (NEEDED.drill,)})
    doses = [
        [(one.slot, one.left_units, one.right_units) for one in items_of(asked, NEEDED.drill)]
        for asked in (problem, wanted)
    ]
    assert doses[0] == doses[1]
    assert doses[0]


def test_what_nobody_chose_leaves_every_plan_as_it_was_to_the_byte() -> None:
    problem = week(SLOTS, (NEEDED, IDLE))
    made = plan(problem, load())
    assert isinstance(made, Plan)
    names = [level.name for level in made.levels]
    assert names == ["floors missed", "shortfall", "changes", "neatness", "tidiness of these drills"]
    assert made.id == "2026-03-02-0fa88a44", "it is called as before there were choices"


def test_a_wanted_drill_never_takes_what_a_floor_or_a_target_needs() -> None:
    short = (slot(0, 18, minutes=2),)
    problem = week(short, (NEEDED, IDLE))
    before, after = solve(problem), solve(problem.model_copy(update=WANTED))
    assert isinstance(before, Solved)
    assert isinstance(after, Solved)
    assert [level.value for level in after.levels[:2]] == [level.value for level in before.levels[:2]]


def test_while_something_hurts_a_wanted_drill_does_not_come_in() -> None:
    problem = week(SLOTS, (NEEDED, IDLE))
    before = plan(problem, load())
    assert isinstance(before, Plan)
    sore = {"previous": before, "held_to": before, "no_more": BECAUSE, "now": at(1, 0)}
    hurt = problem.model_copy(update=WANTED | sore)
    solved = solve(hurt)
    assert isinstance(solved, Solved)
    assert IDLE.drill not in {one.drill for one in solved.schedule.placements}
    assert check(hurt, solved.schedule) == ()


def test_a_wanted_drill_without_a_slot_stays_missing_and_the_week_is_planned_all_the_same() -> None:
    nowhere = IDLE.model_copy(update={"contexts": ()})
    problem = week(SLOTS, (NEEDED, nowhere), wanted=(IDLE.drill,))
    solved = solve(problem)
    assert isinstance(solved, Solved)
    assert next(level.value for level in solved.levels if level.name == "wanted drills") == WANTED_WEIGHT
    assert wanted(Board(problem), schedule()) == WANTED_WEIGHT


def test_what_was_done_of_a_left_out_drill_stays_and_counts_and_nothing_of_it_comes(planned: History) -> None:
    before = plan_of(planned, NOW)
    starts = {one.id: one.starts_at for one in before.slots}
    thursday = NOW + timedelta(days=3)
    behind = {i.drill for i in before.items if starts[i.slot] < thursday}
    name = sorted(behind & ahead(planned, thursday))[0]
    history = chosen(planned, name, wanted=False, now=thursday)
    assert says(history, name, thursday) == choosing.STILL_PLANNED
    after = coach.issue_plan(history, thursday + timedelta(minutes=1))
    assert isinstance(after, Plan)
    been = [i for i in before.items if starts[i.slot] < thursday]
    assert [i for i in after.items if i.slot in starts and starts[i.slot] < thursday] == been
    assert not [i for i in after.items if i.drill == name and i not in been]
    assert [c.cause for c in after.changes if c.says.startswith(load()[name].name)] == [
        "It was left out of your weeks."
    ]


def test_a_left_out_drill_is_no_candidate_and_comes_back_with_the_last_word(planned: History) -> None:
    name = sorted(ahead(planned, NOW))[0]
    history = chosen(planned, name, wanted=False)
    now = LATER + timedelta(minutes=1)
    assert name not in {c.drill for c in Situation(history, now).problem.candidates}
    again = tell(history, coach.chosen_drill(history, name, now, None), at=now)
    later = now + timedelta(minutes=1)
    assert name in {c.drill for c in Situation(again, later).problem.candidates}
    assert coach.drill_choice(again, name, later) is None


def test_a_wanted_drill_makes_the_week_be_looked_at_again_and_comes_in_once(planned: History) -> None:
    name = unplanned(planned)
    roomy = tell(planned, coach.changed_default("caps.new_drills", 12), at=NOW + timedelta(minutes=1))
    history = chosen(roomy, name, wanted=True)
    assert says(history, name) == choosing.STILL_TO_COME
    later = LATER + timedelta(minutes=1)
    after = history.plus(*coach.day(history, later).proposed)
    assert says(after, name) == choosing.IN_THE_WEEK
    [item] = [one for one in plan_of(after, later).items if one.drill == name]
    assert any("chosen for your weeks" in one.says for one in item.reasons)
    assert [one.cause for one in plan_of(after, later).changes if one.item == item.id] == [
        "It was chosen for your weeks."
    ]


def test_a_wanted_drill_that_a_short_day_cannot_hold_comes_elsewhere_because_of_that_day(
    planned: History,
) -> None:
    """It was in the week already: nobody's choice brings it to Friday, Tuesday's missing time does."""
    tuesday = (NOW + timedelta(days=1)).date()
    here = next(i for i in plan_of(planned, NOW).items if i.slot.startswith(f"{tuesday}-full_session")).drill
    history = chosen(planned, here, wanted=True)
    later = LATER + timedelta(minutes=1)
    history = history.plus(*coach.day(history, later).proposed)
    history = tell(history, coach.changed_day(history, tuesday, later, minutes=0), at=later)
    later += timedelta(minutes=5)
    after = history.plus(*coach.day(history, later).proposed)
    came = [one for one in plan_of(after, later).changes if one.says.startswith(f"{load()[here].name} comes")]
    assert came
    assert {one.cause for one in came} == {
        "It gives here what does not fit on Tuesday, where you have no time at home."
    }


def test_a_wanted_drill_comes_again_in_every_week_it_is_wanted_for() -> None:
    """Only its beginning is at the least dose and once; the wish asks for it week after week."""
    problem = week(SLOTS, (NEEDED, IDLE))
    weeks_later = problem.model_copy(update={"wanted": (IDLE.drill,)})
    assert items_of(problem, IDLE.drill) == []
    assert len(items_of(weeks_later, IDLE.drill)) >= 1


def test_a_wanted_drill_waits_where_the_weeks_new_drills_are_spent_and_says_so(planned: History) -> None:
    name = unplanned(planned)
    history = chosen(planned, name, wanted=True)
    later = LATER + timedelta(minutes=1)
    after = history.plus(*coach.day(history, later).proposed)
    assert name not in {item.drill for item in plan_of(after, later).items}
    assert len({item.drill for item in plan_of(after, later).items}) <= 3
    assert says(after, name) == choosing.NEW_ONES_ARE_SPENT


def test_all_that_was_chosen_is_told_as_each_drills_own_page_tells_it(planned: History) -> None:
    stays, leaves, waits = sorted(ahead(planned, NOW))[0], sorted(ahead(planned, NOW))[1], unplanned(planned)
    history = chosen(chosen(planned, stays, wanted=True), leaves, wanted=False)
    history = chosen(chosen(history, waits, wanted=True), "own_hip_cars", wanted=False)
    now = LATER + timedelta(minutes=1)
    taken_back = tell(history, coach.chosen_drill(history, "own_hip_cars", now, None), at=now)
    gone = tell(taken_back, DrillChosen(drill="gone_drill", wanted=True, until=NOW.date()), at=now)

    found = coach.drill_choices(gone, now + timedelta(minutes=1))

    assert [one.drill for one in found] == sorted({stays, leaves, waits}), "nothing that this release lacks"
    assert all(one == coach.drill_choice(gone, one.drill, now + timedelta(minutes=1)) for one in found)
    told = {one.drill: one for one in found}
    held = [{item.slot for item in plan_of(planned, NOW).items if item.drill == name} for name in told]
    assert [one.sessions for one in found] == [len(slots) for slots in held]
    assert told[stays].sessions > 0
    assert told[waits].sessions == 0
    assert told[leaves].says == choosing.STILL_PLANNED


@pytest.mark.parametrize("wanted", [True, False])
def test_a_choice_ends_with_the_week_of_its_day_and_after_twelve_weeks_whatever_it_says(
    told: History, wanted: bool
) -> None:
    for until in (NOW.date() + timedelta(weeks=12), date(2099, 1, 1)):
        history = tell(told, DrillChosen(drill="own_hip_cars", wanted=wanted, until=until), at=NOW)
        for weeks, holds in ((0, True), (12, True), (13, False)):
            monday = NOW.date() + timedelta(weeks=weeks)
            assert bool(choices_of(history, monday)) is holds


def test_what_safety_excludes_is_not_placed_and_says_why(planned: History) -> None:
    careful = tell(planned, RestrictionTightened(tag="fai"), at=NOW + timedelta(minutes=1))
    offer = Situation(careful, LATER).offer
    name = next(one.drill for one in offer.allowances if not one.is_allowed)
    history = chosen(careful, name, wanted=True)
    problem = Situation(history, LATER + timedelta(minutes=1)).problem
    assert name not in problem.wanted
    assert name not in {c.drill for c in problem.candidates}
    allowance = offer.of(name)
    assert allowance is not None
    assert says(history, name) == " ".join(allowance.why)


def test_what_is_not_at_hand_is_not_placed_and_says_so(planned: History) -> None:
    bare = tell(planned, EquipmentListed(equipment=frozenset()), at=NOW + timedelta(minutes=1))
    name = next(one.id for one in load().values() if not contexts_of(one, frozenset()))
    history = chosen(bare, name, wanted=True)
    assert Situation(history, LATER + timedelta(minutes=1)).problem.wanted == ()
    assert says(history, name) == choosing.NOT_AT_HAND


def test_a_blocked_runner_is_neither_asked_nor_told(told: History) -> None:
    blocked = tell(told, coach.screening_answers({"Q07": True}), at=NOW)
    with pytest.raises(Blocked):
        coach.chosen_drill(blocked, "own_hip_cars", LATER, True)
    wanted = tell(blocked, DrillChosen(drill="own_hip_cars", wanted=True, until=NOW.date()), at=NOW)
    with pytest.raises(Blocked):
        coach.drill_choice(wanted, "own_hip_cars", LATER)
    with pytest.raises(Blocked):
        coach.drill_choices(wanted, LATER)


@pytest.mark.parametrize("days", [-1, 85])
def test_the_last_day_lies_within_twelve_weeks(told: History, days: int) -> None:
    with pytest.raises(UserError):
        coach.chosen_drill(told, "own_hip_cars", NOW, True, NOW.date() + timedelta(days=days))
    with pytest.raises(UnknownName):
        coach.chosen_drill(told, "no_such_drill", NOW, True)


def test_a_coach_does_not_overrule_what_the_runner_left_out(told: History) -> None:
    shared = tell(told, LET_IN, at=NOW)
    name = "own_hip_cars"
    own = chosen(shared, name, wanted=False)
    now = LATER + timedelta(minutes=1)
    for other in (True, None):
        with pytest.raises(UserError, match="only the runner"):
            coach.chosen_drill(own, name, now, other, by_runner=False)
    body = coach.chosen_drill(shared, name, now, False, by_runner=False)
    [act] = coach.act(shared, COACH, body)
    theirs = tell(shared, act, at=now, author=coach.author_of(COACH))
    found = coach.drill_choice(theirs, name, now)
    assert found is not None
    assert (found.wanted, found.set_by) == (False, "Cara Coach")
    assert coach.chosen_drill(theirs, name, now, None, by_runner=False).wanted is None
    [taken] = [fact for fact in theirs.facts if fact.body == act]
    later = now + timedelta(minutes=1)
    back = theirs.plus(coach.withdrawal(theirs, taken.id, later))
    assert coach.drill_choice(back, name, later) is None


UNTIL = {"sooner": NOW.date() + timedelta(days=8), "later": NOW.date() + timedelta(days=80)}


@pytest.mark.parametrize("until", UNTIL.values(), ids=UNTIL)
def test_what_the_runner_left_out_stays_so_though_a_coach_left_it_out_since(
    told: History, until: date
) -> None:
    name, now = "own_hip_cars", LATER + timedelta(minutes=5)
    own = chosen(tell(told, LET_IN, at=NOW), name, wanted=False)
    [theirs] = coach.act(own, COACH, coach.chosen_drill(own, name, now, False, until, by_runner=False))
    both_left_out = tell(own, theirs, at=now, author=coach.author_of(COACH))
    for other in (True, None):
        with pytest.raises(UserError, match="only the runner"):
            coach.chosen_drill(both_left_out, name, now + timedelta(minutes=1), other, by_runner=False)

    found = coach.drill_choice(both_left_out, name, now + timedelta(minutes=1))
    assert found is not None
    assert (found.wanted, found.set_by, found.until) == (False, "", LATER.date() + timedelta(weeks=12))
    after_theirs = MONDAY.date() + timedelta(weeks=3)
    [(fact, _)] = choices_of(both_left_out, after_theirs).values()
    assert not fact.is_by_another


@pytest.mark.parametrize("said", [True, None])
def test_a_journal_in_which_a_coach_overruled_the_runner_goes_by_the_runner(
    told: History, said: bool | None
) -> None:
    name, now = "own_hip_cars", LATER + timedelta(minutes=5)
    own = chosen(tell(told, LET_IN, at=NOW), name, wanted=False)
    overruled = DrillChosen(drill=name, wanted=said, until=NOW.date() + timedelta(weeks=4))
    history = tell(own, overruled, at=now, author=coach.author_of(COACH))

    [(_, choice)] = choices_of(history, MONDAY.date()).values()
    assert choice.wanted is False
    assert all(item.drill != name for item in _planned_now(history, now + timedelta(minutes=1)).items)


def _planned_now(history: History, now: datetime) -> Plan:
    return plan_of(history.plus(*coach.day(history, now).proposed), now)


def test_once_the_runner_takes_it_back_or_it_is_over_a_coach_may_want_it(told: History) -> None:
    name, now = "own_hip_cars", LATER + timedelta(minutes=5)
    shared = tell(told, LET_IN, at=NOW)
    taken_back = tell(chosen(shared, name, wanted=False), coach.chosen_drill(shared, name, now, None), at=now)
    assert coach.chosen_drill(taken_back, name, now, True, by_runner=False).wanted
    soon = coach.chosen_drill(shared, name, LATER, False, MONDAY.date() + timedelta(days=2))
    over = tell(shared, soon, at=LATER)
    assert coach.chosen_drill(over, name, NOW + timedelta(weeks=1), True, by_runner=False).wanted


def test_a_runner_who_says_what_the_coach_said_today_has_a_word_of_their_own(told: History) -> None:
    shared = tell(told, LET_IN, at=NOW)
    body = coach.chosen_drill(shared, "own_hip_cars", LATER, False)
    theirs = tell(shared, body, at=LATER, author=coach.author_of(COACH))
    now = LATER + timedelta(minutes=1)

    assert coach.told_before(theirs, body, now, "runner") is None
    assert coach.told_before(theirs, body, now, coach.author_of(COACH)) == theirs.facts[-1]
