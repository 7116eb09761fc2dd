"""One runner's coach at work: facts are read, a use case decides, new facts are appended."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplane import coach
from triplane.body import Side
from triplane.errors import UserError
from triplane.history import Fact, History, Method, ScreeningAnswered, SessionLogged, record
from triplane.store import Journal, JournalMoved
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.bootstrap.importing import ImportReport
    from triplane.formats.runner_file import RunnerFile

TRIES = 3
"""How often a decision is taken anew when the journal moved underneath it."""

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Practice:
    """One runner's coach at work: facts are read, a use case decides, new facts are appended."""

    journal: Journal
    runner: str
    clock: Clock

    @property
    def now(self) -> datetime:
        """This instant in the runner's own zone."""
        return self.clock()

    def as_of(self, instant: datetime) -> "Practice":
        """Return the same practice at another instant, for samples and pictures."""
        return replace(self, clock=lambda: instant)

    def record(self, *bodies: Value, reason: str = "", author: str = "runner") -> tuple[Fact, ...]:
        """Append what happened, now."""
        facts = [record(body, self.runner, self.now, reason=reason, author=author) for body in bodies]
        return self.journal.append(facts)

    @property
    def yesterday(self) -> date:
        """The runner's local date before today's."""
        return self.now.date() - timedelta(days=1)

    def next_slot(self) -> str:
        """Return the id of the slot that comes next today.

        Raises
        ------
        UserError
            When today holds no session that is not done yet.
        """
        slot = self.day().next_slot
        if slot is None:
            raise UserError("no session is left for today; triplane week shows the others")
        return slot

    def drills_of(self, slot: str) -> tuple[str, ...]:
        """Return the drill ids planned in a slot, in order."""
        return coach.drills_of(self.history(), slot, self.now)

    def start_from(self, file: Path) -> tuple[Fact, ...]:
        """Record everything a runner file says.

        Raises
        ------
        UnreadableFile
            Where the file cannot be understood; then nothing is recorded.
        """
        from triplane.bootstrap.importing import read_file
        from triplane.formats.runner_file import read_runner_file

        return self.tell(read_runner_file(read_file(file), file.name, self.now.date()))

    def tell(self, runner_file: "RunnerFile") -> tuple[Fact, ...]:
        """Record everything an already read runner file says, all or nothing."""
        told = runner_file.bodies(coach.first_questions(), coach.disclaimer().version)
        for body in told:
            if isinstance(body, ScreeningAnswered):
                coach.screening_answers(body.answers)
        return self.record(*told)

    def measure(
        self, test: str, side: Side, readings: Sequence[float], method: Method, **how: Any
    ) -> "coach.HipReading":
        """Check readings and record them; see ``coach.take_reading`` for ``how``."""
        reading = coach.take_reading(self.history(), test, side, readings, method, self.now, **how)
        self.record(reading.body)
        return reading

    def week(self) -> "coach.Week":
        """Return this week, keeping a new plan when something happened."""
        history = self.history()
        week = coach.week(history, self.now)
        self.journal.append(week.proposed, expected_last=history.last_seq)
        return week

    def session(self, item: str) -> "coach.Session":
        """Return the session planned under a slot's or an item's id."""
        self.day()
        return coach.session_of(self.history(), item, self.now)

    def log_played(
        self, session: "coach.Session", played: "coach.Played", effort: int, discomfort: int
    ) -> tuple[Fact, ...]:
        """Record a session as the player counted it."""
        drills = coach.drills_done(session, played, discomfort)
        minutes = sum(played.seconds) / 60
        plan = coach.issued_plan(self.history(), self.now)
        body = SessionLogged(
            slot=session.slot, plan=plan.id if plan else None, minutes=minutes, effort=effort, drills=drills
        )
        return self.record(body)

    def bring_in(self, files: Sequence[Path], *, assume_run: bool = False) -> "ImportReport":
        """Import runs and archives; what cannot be read is named and the rest still comes in."""
        from triplane.bootstrap.importing import import_files

        return import_files(files, self.journal, self.runner, self.now, assume_run=assume_run)

    def log(self, slot: str, answers: "coach.SessionAnswers") -> tuple[Fact, ...]:
        """Record how a planned session was."""
        return self.record(coach.log(self.history(), slot, answers, self.now))

    def history(self) -> History:
        """Return all facts as they are in the journal now."""
        return self.journal.history(self.runner)

    def append(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Append facts that a use case proposed or a file brought."""
        return self.journal.append(facts)

    def day(self) -> "coach.Day":
        """Return today, replanning and keeping the new plan only when something happened.

        A journal whose plan is current is read in part: the facts of ``coach.DAY_NEEDS``.
        """
        for _ in range(TRIES):
            try:
                return self._day()
            except JournalMoved:
                continue
        return self._day()

    def _day(self) -> "coach.Day":
        now = self.now
        recent = self.journal.history(self.runner, coach.day_needs(now))
        if coach.plan_is_current(recent, now):
            return coach.day(recent, now)
        whole = self.journal.history(self.runner)
        day = coach.day(whole, now)
        self.journal.append(day.proposed, expected_last=whole.last_seq)
        return day
