"""A virtual runner who lives by the plan: week after week it is issued, done clean and slept on well.

Everything goes through the coach, as it would for a runner with the program. Sessions are logged as
planned at the end of their slot, every morning after is checked in with nothing sore, and the short safety
questions are answered again, unchanged, when they are due.
"""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from time import process_time

from triplane import coach
from triplane.coach.situation import Situation
from triplane.history import (
    CheckinAnswered,
    Fact,
    History,
    Plan,
    PlanIssued,
    PlanItem,
    ScreeningAnswered,
    record,
)
from triplane.planning import Anchor, Infeasible, WeekProblem, week_of
from triplane.value import Value

EFFORT = 6
"""How hard every session is, 0 to 10: clean and easy enough to go on."""

AWAKE_AT = time(5, 0)
CHECKIN_AT = time(5, 30)
"""Before any run of the standing cast: plans are issued on Monday, mornings are answered every day."""


class Stopped(AssertionError):
    """The life could not go on: no plan kept all rules, or safety stopped it."""


@dataclass(frozen=True)
class LivedWeek:
    """One week as it was planned, with what was known then and the seconds it took to plan."""

    number: int
    plan: Plan
    known: History
    now: datetime
    seconds: float

    @property
    def problem(self) -> WeekProblem:
        """The week as it was put to the planner."""
        return Situation(self.known, self.now).problem

    @property
    def anchors(self) -> tuple[Anchor, ...]:
        """Runs, gym visits and races of the week."""
        return week_of(self.known, self.now).anchors

    def placed(self, drill: str) -> tuple[PlanItem, ...]:
        """Return where a drill stands in this week."""
        return tuple(item for item in self.plan.items if item.drill == drill)


@dataclass
class Life:
    """A runner's weeks from a Monday on; ``history`` holds everything up to the last Sunday night."""

    history: History
    monday: datetime
    weeks: list[LivedWeek] = field(default_factory=list)

    def live(self, weeks: int) -> "Life":
        """Go on for so many weeks."""
        for _ in range(weeks):
            self._live_a_week()
        return self

    def _live_a_week(self) -> None:
        number = len(self.weeks) + 1
        first = self.monday + timedelta(weeks=number - 1)
        now = datetime.combine(first.date(), AWAKE_AT, first.tzinfo)
        if number == 1:
            now = max(now, first + timedelta(minutes=30))
        self._answer_what_is_due(now)
        plan, seconds = self._issue(number, now)
        self.weeks.append(LivedWeek(number, plan, self.history, now, seconds))
        self._tell(PlanIssued(plan=plan), now)
        for day in range(7):
            self._live_a_day(plan, datetime.combine(first.date() + timedelta(days=day), time(), first.tzinfo))

    def _issue(self, number: int, now: datetime) -> tuple[Plan, float]:
        if coach.clearance(self.history, now).is_blocked:
            raise Stopped(f"safety stops week {number}: {coach.stop_page(self.history, now).says}")
        began = process_time()
        plan = coach.issue_plan(self.history, now)
        if isinstance(plan, Infeasible):
            clashes = "; ".join(f"{clash.rule} {clash.says}" for clash in plan.clashes)
            raise Stopped(f"week {number} has no plan: {clashes}")
        return plan, process_time() - began

    def _live_a_day(self, plan: Plan, day: datetime) -> None:
        yesterday = day.date() - timedelta(days=1)
        if any(fact.local_date == yesterday for fact in self.history.facts if fact.kind == "session_logged"):
            self._tell(CheckinAnswered(about=yesterday), datetime.combine(day, CHECKIN_AT, day.tzinfo))
        for slot in sorted(plan.slots, key=lambda slot: slot.starts_at):
            here = [item for item in plan.items if item.slot == slot.id]
            if here and slot.starts_at.astimezone(day.tzinfo).date() == day.date():
                ends_at = slot.starts_at + timedelta(minutes=slot.minutes)
                answers = coach.SessionAnswers(effort=EFFORT)
                self._tell(coach.logged_session(plan, slot.id, answers), ends_at)

    def _answer_what_is_due(self, now: datetime) -> None:
        """Answer the short questions as they were answered before."""
        due = coach.questions_due(self.history, now).should
        before: dict[str, object] = {}
        for _, told in self.history.all(ScreeningAnswered):
            before |= told.answers
        again = {name: answer for name, answer in before.items() if name.split(".")[0] in due}
        if not due:
            return
        again = {**dict.fromkeys(due, False), **again}
        self._tell(ScreeningAnswered.model_validate({"answers": again, "short": True}), now)

    def _tell(self, body: Value, at: datetime) -> None:
        fact = record(body, self.history.runner, at.astimezone(self.monday.tzinfo))
        self.history = self.history.plus(_with_seq(fact, self.history))


def _with_seq(fact: Fact, history: History) -> Fact:
    return fact.model_copy(update={"seq": history.last_seq + 1})
