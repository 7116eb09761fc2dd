"""The weeks a sample runner has behind: planned, done, run, slept on and, at their end, measured again.

Everything goes through the coach, day after day, as for a runner with the program; what is felt and read is
as invented as the runner. So what a page shows follows from facts, and nothing is a made-up result.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from triplane import coach
from triplane.body import Side
from triplane.history import (
    CheckinAnswered,
    DayPattern,
    Fact,
    Feeling,
    FeelingKind,
    GymVisit,
    History,
    Plan,
    PlanIssued,
    RunRecorded,
    SessionLogged,
    SorenessCourse,
    Weekday,
    record,
)
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.formats.runner_file import RunnerFile

BEGINS_AT = time(5, 30)
"""When the days of samples begin: before their first run, and when a morning is told."""

WEEKS = 3
"""Enough for a second reading to mean something; each costs about a second of planning."""

RUNS_WEEKS = 6
"""Weeks of runs on record: a watch knows more than the coach."""

ALSO: Mapping[str, Mapping[Weekday, DayPattern]] = {
    "marathoner": {Weekday.MON: DayPattern(gym=(GymVisit(at=time(18), minutes=45),), desk=True)}
}
"""What a sample's week holds beside what its file says: who looks on a Monday is to see a session too."""

EFFORTS = (4, 6, 5, 5, 7)
SORE_AFTER = 5
"""The session after which a buttock is sore for a morning."""

LEFT_OUT = 2
"""Which session of the present week was not done, counted from 0, once its day is over: nobody does all."""

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
    file = _runner(sample, until.date())
    begins_at = until - timedelta(weeks=WEEKS)
    told = file.bodies(coach.first_questions(), coach.disclaimer().version)
    facts = (record(body, runner, begins_at) for body in told)
    behind = Behind(History(runner), until)
    behind.keep(*facts)
    return behind.live(file)


def lived_since(sample: str, history: History, now: datetime) -> tuple[Fact, ...]:
    """Return what a sample did, ran and told this week up to ``now``, by the plan issued on its Monday.

    Most of what was planned was done; what ends after ``now`` is still to be done.
    """
    issued = history.latest(PlanIssued)
    if issued is None:
        return ()
    behind = Behind(history, now, len(history.facts_of(SessionLogged)))
    monday = datetime.combine(coach.monday_of(now.date()), BEGINS_AT, now.tzinfo)
    left_out = _left_out(issued.plan, now)
    for days in range((now.date() - monday.date()).days + 1):
        behind.live_day(issued.plan, monday + timedelta(days=days), left_out)
    behind.record_runs(_runner(sample, now.date()), monday)
    return behind.history.facts[len(history.facts) :]


def _runner(sample: str, day: date) -> "RunnerFile":
    """Return a sample runner as of a day, with the whole of its week."""
    from triplane.formats.runner_file import sample_runner

    file = sample_runner(sample, day)
    if sample not in ALSO or file.week is None:
        return file
    week = file.week.model_copy(update={"days": {**file.week.days, **ALSO[sample]}})
    return file.model_copy(update={"week": week})


def _left_out(plan: Plan, now: datetime) -> str:
    slots = sorted(plan.slots, key=lambda slot: slot.starts_at)
    filled = [slot for slot in slots if any(item.slot == slot.id for item in plan.items)]
    past = [slot.id for slot in filled if slot.starts_at.astimezone(now.tzinfo).date() < now.date()]
    return past[LEFT_OUT] if len(past) > LEFT_OUT else ""


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
            self.record_runs(file, monday)
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
            self.live_day(issued.plan, monday + timedelta(days=days))

    def live_day(self, plan: Plan, morning: datetime, left_out: str = "") -> None:
        """Do what is planned and over by then, and answer how the night after it was."""
        for slot in sorted(plan.slots, key=lambda slot: slot.starts_at):
            ends_at = slot.starts_at.astimezone(morning.tzinfo) + timedelta(minutes=slot.minutes)
            filled = any(item.slot == slot.id for item in plan.items) and slot.id != left_out
            if filled and ends_at.date() == morning.date() and ends_at <= self.until:
                effort = EFFORTS[self.sessions % len(EFFORTS)]
                told = coach.SessionAnswers(effort=effort, discomfort=effort // 3)
                body = coach.log(self.history, slot.id, told, ends_at)
                self.keep(coach.session_fact(self.history, body, ends_at, ends_at))
                self.sessions += 1
                self._morning_after(morning)

    def _morning_after(self, day: datetime) -> None:
        at = day + timedelta(days=1)
        known = self.history.facts_of(CheckinAnswered)
        if any(fact.occurred_at == at for fact in known) or at > self.until:
            return
        sore = Feeling(region="buttock", side=Side.LEFT, kind=FeelingKind.MUSCLE, score=2)
        is_sore = self.sessions == SORE_AFTER
        course = SorenessCourse.GOES_AWAY if is_sore else None
        self._tell(coach.check_in(day.date(), (sore,) if is_sore else (), course, at), at)

    def _answer_what_is_due(self, at: datetime) -> None:
        due = coach.questions_due(self.history, at)
        if names := (*due.must, *due.should):
            self._tell(coach.screening_answers(dict.fromkeys(names, False), short=True), at)

    def record_runs(self, file: "RunnerFile", monday: datetime) -> None:
        """Bring in the runs of a week that are over by then."""
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
                if at + timedelta(minutes=run.minutes) <= self.until:
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
