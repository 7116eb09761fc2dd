"""A runner puts a session elsewhere: what the coach says first, and what the week makes of it."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import pytest

from cast import MONDAY
from triplane import coach, planning
from triplane.coach.current import current_plan
from triplane.coach.situation import Situation
from triplane.errors import Blocked, UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    DayChanged,
    DayPattern,
    History,
    Plan,
    PlannedRun,
    PreferencesChosen,
    RaceEntered,
    ScreeningAnswered,
    SlotMoved,
    record,
)
from triplane.planning import Schedule
from triplane.planning.board import Board, placement_of
from triplane.planning.problem import Waiver
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)
SUNDAY = "2026-11-29-full_session-1"
FRIDAY = "2026-11-27-full_session-1"


@dataclass
class Marathoner:
    """The sample marathoner on Monday with a plan; facts come in one after the other."""

    history: History
    now: datetime = NOW

    def tell(self, body: Value) -> Plan:
        self.history = self.history.plus(record(body, "anna", self.now))
        return self.plan()

    def plan(self) -> Plan:
        found = current_plan(self.history, self.now)
        assert found.plan, found.clashes
        self.history = self.history.plus(*found.proposed)
        return found.plan

    def moved(self, slot: str, by: timedelta) -> "coach.Move":
        lies = next(one for one in self.plan().slots if one.id == slot)
        return coach.moved(self.history, slot, lies.starts_at + by, self.now)

    def drills_in(self, slot: str) -> set[str]:
        return {item.drill for item in self.plan().items if item.slot == slot}


@pytest.fixture
def runner() -> Marathoner:
    told = sample_runner("marathoner", NOW.date()).bodies(coach.first_questions(), coach.disclaimer().version)
    found = Marathoner(History("anna", tuple(record(body, "anna", NOW) for body in told)))
    found.plan()
    return found


def test_a_place_that_suits_breaks_nothing_and_later_plans_keep_it(runner) -> None:
    move = runner.moved(SUNDAY, timedelta(hours=1))
    assert move.breaks == ()

    plan = runner.tell(move.body)
    assert next(slot.starts_at for slot in plan.slots if slot.id == SUNDAY) == move.slot.starts_at
    held = runner.drills_in(SUNDAY)
    assert held == set(move.drills)
    again = runner.tell(RaceEntered(date=NOW.date() + timedelta(days=80), distance_m=10_000))
    assert next(slot.starts_at for slot in again.slots if slot.id == SUNDAY) == move.slot.starts_at


def test_the_day_before_a_long_run_what_tires_is_named_with_its_rule_and_leaves(runner) -> None:
    move = runner.moved(SUNDAY, timedelta(days=-1))
    (found,) = move.breaks
    assert found.drills == ("Step-down to the side",)
    assert (found.reason.rule, found.is_preference) == ("E72", True)
    assert found.reason.sources

    runner.tell(move.body)
    assert "str_step_down" not in runner.drills_in(SUNDAY)


def test_asking_where_it_could_lie_records_nothing(runner) -> None:
    before = runner.history
    runner.moved(SUNDAY, timedelta(days=-1))
    assert runner.history == before


def test_fresh_legs_may_be_given_up_with_open_eyes_and_only_for_these_drills(runner) -> None:
    move = runner.moved(SUNDAY, timedelta(days=-1))
    plan = runner.tell(move.insisting(move.preferences))

    assert "str_step_down" in runner.drills_in(SUNDAY)
    problem = Situation(runner.history, runner.now).problem
    laid = Schedule(placements=tuple(placement_of(item) for item in plan.items))
    assert planning.check(problem, laid) == ()
    strict = planning.check(problem.model_copy(update={"waived": frozenset()}), laid)
    assert {one.rule for one in strict} == {"key_run"}, "nothing else was let through"


def test_insisting_keeps_off_no_rule_that_protects_the_body(runner) -> None:
    """A fact that names other rules, whoever wrote it, is not listened to."""
    problem = Situation(runner.history, runner.now).problem
    waived = frozenset(
        Waiver(rule=rule.name, drill=candidate.drill, slot=slot.id)
        for rule in planning.all_rules()
        for candidate in problem.candidates
        for slot in problem.slots
    )
    strict, loose = Board(problem), Board(problem.model_copy(update={"waived": waived}))
    held, bent = set(), set()
    for rule in planning.all_rules():
        for candidate in problem.candidates:
            for slot in problem.slots:
                if rule.forbids(strict, candidate, slot):
                    (held if rule.forbids(loose, candidate, slot) else bent).add(rule.name)

    assert bent == {"key_run", "run_first"}
    assert {"context", "before_run"} <= held


def test_a_session_gets_no_place_in_a_run_on_an_away_day_next_week_or_in_the_past(runner) -> None:
    runner.tell(DayChanged(date=NOW.date() + timedelta(days=5), away=True))
    for by, says in (
        (timedelta(hours=-10, minutes=-30), "your run"),
        (timedelta(days=-1), "away on Saturday"),
        (timedelta(days=1), "stays in its week"),
        (timedelta(days=-7), "that time is over"),
    ):
        with pytest.raises(UserError, match=says):
            runner.moved(SUNDAY, by)


def test_two_sessions_do_not_lie_at_one_time(runner) -> None:
    runner.now = NOW + timedelta(minutes=1)
    with pytest.raises(UserError, match="already"):
        runner.moved(FRIDAY, timedelta(days=2))


def test_what_lies_beside_a_run_moves_with_the_run(runner) -> None:
    with pytest.raises(UserError, match="belongs to your run"):
        runner.moved("2026-11-25-pre_run-1", timedelta(hours=5))


def test_what_is_over_is_not_moved_to_be_made_up_for(runner) -> None:
    runner.now = NOW + timedelta(days=5)
    with pytest.raises(UserError, match="is over"):
        runner.moved(FRIDAY, timedelta(days=1))


def test_a_move_can_be_taken_back(runner) -> None:
    usual = next(slot.starts_at for slot in runner.plan().slots if slot.id == SUNDAY)
    runner.tell(runner.moved(SUNDAY, timedelta(hours=1)).body)
    plan = runner.tell(coach.moved_back(runner.history, SUNDAY, runner.now))

    assert next(slot.starts_at for slot in plan.slots if slot.id == SUNDAY) == usual
    with pytest.raises(UserError, match="usually"):
        coach.moved_back(runner.history, SUNDAY, runner.now)


def moved_by_coach(runner, by: timedelta) -> str:
    """Move Sunday's session as a coach does; return the id of that fact."""
    fact = record(runner.moved(SUNDAY, by).body, "anna", runner.now, author=coach.author_of("r-coach"))
    runner.history = runner.history.plus(fact)
    return fact.id


@pytest.mark.parametrize(
    ("quiet", "begins", "is_refused"),
    [
        (None, "02:30", True),
        (None, "21:55", True),
        (None, "04:59", True),
        (None, "05:00", False),
        (None, "20:00", False),
        (("12:00", "16:00"), "13:00", True),
        (("12:00", "16:00"), "02:30", False),
        (("20:00", "07:00"), "19:50", True),
        (("20:00", "07:00"), "17:00", False),
        (("13:00", "13:05"), "12:55", True),
        (("13:00", "13:05"), "13:04", True),
        (("13:00", "13:05"), "13:05", False),
        (("13:00", "13:05"), "12:20", False),
        (("00:05", "00:10"), "23:55", True),
        (("00:10", "00:05"), "00:00", True),
    ],
)
def test_nobody_but_the_runner_puts_a_session_into_the_quiet_hours(
    runner, quiet: tuple[str, str] | None, begins: str, is_refused: bool
) -> None:
    """Where none were chosen that is the night.

    What would still run when they begin lies in them, too, and so does what begins before and ends after.
    """
    if quiet:
        first, last = map(time.fromisoformat, quiet)
        runner.tell(PreferencesChosen(quiet_from=first, quiet_until=last))
    to = datetime.combine(NOW.date() + timedelta(days=5), time.fromisoformat(begins), NOW.tzinfo)
    if is_refused:
        with pytest.raises(UserError, match="only the runner puts a session there"):
            coach.moved_by_another(runner.history, SUNDAY, to, NOW)
    else:
        assert coach.moved_by_another(runner.history, SUNDAY, to, NOW).to == to
    assert coach.moved(runner.history, SUNDAY, to, NOW).body.to == to, "the runner may"


def test_a_coachs_move_taken_back_leaves_the_runners_own(runner) -> None:
    own = runner.moved(SUNDAY, timedelta(hours=1)).body
    runner.tell(own)
    runner.now += timedelta(minutes=5)
    theirs = moved_by_coach(runner, timedelta(hours=2))
    [shown] = coach.done_by_others(runner.history, runner.now)
    assert (shown.fact.id, shown.puts_back, shown.may_go) == (theirs, True, False)
    runner.now += timedelta(minutes=5)
    plan = runner.tell(coach.move_taken_back(runner.history, theirs, runner.now))

    assert next(slot.starts_at for slot in plan.slots if slot.id == SUNDAY) == own.to
    [shown] = coach.done_by_others(runner.history, runner.now)
    assert not shown.puts_back, "it is not the last word any more"


def test_a_coachs_move_taken_back_leads_to_the_usual_place_where_there_was_no_other(runner) -> None:
    usual = next(slot.starts_at for slot in runner.plan().slots if slot.id == SUNDAY)
    theirs = moved_by_coach(runner, timedelta(hours=2))
    runner.now += timedelta(minutes=5)
    plan = runner.tell(coach.move_taken_back(runner.history, theirs, runner.now))
    assert next(slot.starts_at for slot in plan.slots if slot.id == SUNDAY) == usual


def test_a_session_is_offered_for_moving_where_it_lies_also_when_it_was_put_back(runner) -> None:
    def lies() -> datetime:
        [found] = (one for one in coach.movable_slots(runner.history, runner.now) if one.id == SUNDAY)
        return found.starts_at

    usual = lies()
    moved = runner.moved(SUNDAY, timedelta(hours=1)).body
    runner.tell(moved)
    assert lies() == moved.to
    runner.tell(coach.moved_back(runner.history, SUNDAY, runner.now))
    assert lies() == usual


def test_a_run_that_comes_to_lie_there_takes_its_place_back(runner) -> None:
    move = runner.moved(SUNDAY, timedelta(hours=1))
    runner.tell(move.body)
    at = move.slot.starts_at.astimezone(NOW.tzinfo).time()
    plan = runner.tell(
        DayChanged(
            date=NOW.date() + timedelta(days=6), pattern=DayPattern(runs=(PlannedRun(at=at, minutes=60),))
        )
    )

    assert next(slot.starts_at for slot in plan.slots if slot.id == SUNDAY) != move.slot.starts_at


def test_a_blocked_runner_is_told_the_stop_page_and_moves_nothing(runner) -> None:
    told = ScreeningAnswered(answers={"H01": True, "H01.deformed_or_stuck": True})
    runner.history = runner.history.plus(record(told, "anna", runner.now))
    with pytest.raises(Blocked):
        coach.moved(runner.history, SUNDAY, NOW + timedelta(days=5), runner.now)
    with pytest.raises(Blocked):
        coach.moved_back(runner.history, SUNDAY, runner.now)


def test_a_fact_of_another_week_or_without_a_slot_says_nothing(runner) -> None:
    plan = runner.plan()
    runner.tell(SlotMoved(slot="2020-01-01-rest_day-1", to=NOW + timedelta(days=1)))
    assert runner.plan().slots == plan.slots
