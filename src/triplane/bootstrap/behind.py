"""The weeks a sample runner has behind: planned, done, run, slept on and, at their end, measured again.

Everything goes through the coach, day after day, as for a runner with the program; what is felt and read is
as invented as the runner. So what a page shows follows from facts, and nothing is a made-up result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from triplane import coach
from triplane.body import Side
from triplane.history import (
    Fact,
    Feeling,
    FeelingKind,
    History,
    Plan,
    PlanIssued,
    RunRecorded,
    SorenessCourse,
    Weekday,
    record,
)
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.formats.runner_file import RunnerFile

WEEKS = 3
"""Enough for a second reading to mean something; each costs about a second of planning."""

RUNS_WEEKS = 6
"""Weeks of runs on record: a watch knows more than the coach."""

EFFORTS = (4, 6, 5, 5, 7)
SORE_AFTER = 5
"""The session after which a buttock is sore for a morning."""

MIN_PER_KM = 5.6

FREER: Mapping[tuple[str, Side | None, bool], float] = {
    ("internal_rotation_prone", Side.LEFT, False): 7,
    ("internal_rotation_prone", Side.LEFT, True): 6,
    ("internal_rotation_prone", Side.RIGHT, False): 1,
    ("extension_thomas", Side.LEFT, False): 3,
    ("extension_thomas", Side.RIGHT, False): 2,
    ("knee_to_wall", Side.LEFT, True): 0.4,
}
"""How much more was read at the end than at the beginning, by test, side and whether by oneself."""


@lru_cache(maxsize=2)
def lived(sample: str, runner: str, until: datetime) -> tuple[Fact, ...]:
    """Return all facts of a sample up to a Monday morning. It always lives the same life, so that is kept."""
    from triplane.formats.runner_file import sample_runner

    file = sample_runner(sample, until.date())
    begins_at = until - timedelta(weeks=WEEKS)
    told = file.bodies(coach.first_questions(), coach.disclaimer().version)
    facts = (record(body, runner, begins_at) for body in told)
    behind = Behind(History(runner), until)
    behind.keep(*facts)
    return behind.live(file)


@dataclass
class Behind:
    """A life up to ``until``: begin with what was told, then live week after week."""

    history: History
    until: datetime
    sessions: int = 0

    def live(self, file: "RunnerFile") -> tuple[Fact, ...]:
        """Live the weeks up to the last one and return all facts."""
        for week in range(RUNS_WEEKS, 0, -1):
            monday = self.until - timedelta(weeks=week)
            if week <= WEEKS:
                self._week(monday)
            self._runs(file, monday)
        self._measured_again(file)
        return self.history.facts

    def _tell(self, body: Value, at: datetime) -> None:
        self.keep(record(body, self.history.runner, at))

    def keep(self, *facts: Fact) -> None:
        """Add facts as a journal numbers them."""
        for fact in facts:
            self.history = self.history.plus(fact.model_copy(update={"seq": self.history.last_seq + 1}))

    def _week(self, monday: datetime) -> None:
        self._answer_what_is_due(monday)
        self.keep(*coach.week(self.history, monday).proposed)
        issued = self.history.latest(PlanIssued)
        assert issued is not None
        for days in range(7):
            self._day(issued.plan, monday + timedelta(days=days))

    def _day(self, plan: Plan, morning: datetime) -> None:
        """Answer how the night was after a session, and do what is planned."""
        for slot in sorted(plan.slots, key=lambda slot: slot.starts_at):
            ends_at = slot.starts_at.astimezone(morning.tzinfo) + timedelta(minutes=slot.minutes)
            if ends_at.date() == morning.date() and any(item.slot == slot.id for item in plan.items):
                effort = EFFORTS[self.sessions % len(EFFORTS)]
                told = coach.SessionAnswers(effort=effort, discomfort=effort // 3)
                body = coach.log(self.history, slot.id, told, ends_at)
                self.keep(coach.session_fact(self.history, body, ends_at, ends_at))
                self.sessions += 1
                self._morning_after(morning)

    def _morning_after(self, day: datetime) -> None:
        at = day + timedelta(days=1)
        if any(fact.occurred_at == at for fact in self.history.facts) or at > self.until:
            return
        sore = Feeling(region="buttock", side=Side.LEFT, kind=FeelingKind.MUSCLE, score=2)
        is_sore = self.sessions == SORE_AFTER
        course = SorenessCourse.GOES_AWAY if is_sore else None
        self._tell(coach.check_in(day.date(), (sore,) if is_sore else (), course, at), at)

    def _answer_what_is_due(self, at: datetime) -> None:
        due = coach.questions_due(self.history, at)
        if names := (*due.must, *due.should):
            self._tell(coach.screening_answers(dict.fromkeys(names, False), short=True), at)

    def _runs(self, file: "RunnerFile", monday: datetime) -> None:
        days = file.week.days if file.week else {}
        for number, pattern in enumerate(days.get(name) for name in Weekday):
            for run in pattern.runs if pattern else ():
                at = datetime.combine(monday.date() + timedelta(days=number), run.at, monday.tzinfo)
                body = RunRecorded(
                    started_at=at,
                    duration_s=run.minutes * 60,
                    distance_m=round(run.minutes / MIN_PER_KM * 1000, -2),
                    kind=run.kind,
                )
                self.keep(record(body, self.history.runner, self.until, occurred_at=at, author="import"))

    def _measured_again(self, file: "RunnerFile") -> None:
        """Take each test again that was told, the short questions before."""
        asked = {
            one.question.id
            for told in file.measurement
            for one in coach.questions_before_test(self.history, told.test, self.until)
        }
        if asked:
            self._tell(coach.screening_answers(dict.fromkeys(asked, False), short=True), self.until)
        for told in file.measurement:
            more = FREER.get((told.test, told.side, told.active), 0.0)
            taken = coach.take_measurement(
                self.history,
                told.test,
                told.side,
                [round(reading + more, 1) for reading in told.readings],
                told.method,
                self.until,
                active=told.active,
                end_feel=told.end_feel,
            )
            self._tell(taken.body, self.until)
