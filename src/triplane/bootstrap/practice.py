"""One runner's coach at work: facts are read, a use case decides, new facts are appended."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplane import coach
from triplane.body import Side
from triplane.bootstrap import planning
from triplane.bootstrap.deciding import decided
from triplane.bootstrap.kept import Histories
from triplane.bootstrap.unread import log_unread
from triplane.errors import Action, SaidSince, UserError
from triplane.history import (
    CalendarEntry,
    Fact,
    History,
    Method,
    RunnerErased,
    ScreeningAnswered,
    record,
)
from triplane.store import Journal
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.bootstrap.importing import ImportReport
    from triplane.formats.runner_file import RunnerFile

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Practice:
    """One runner's coach at work: facts are read, a use case decides, new facts are appended."""

    journal: Journal
    runner: str
    clock: Clock
    kept: Histories | None = None
    lane: planning.Lane = planning.AT_ONCE

    @property
    def now(self) -> datetime:
        """This instant in the runner's own zone."""
        return self.clock()

    def as_of(self, instant: datetime) -> "Practice":
        """Return the same practice at another instant, for samples and pictures."""
        return replace(self, clock=lambda: instant)

    def record(
        self,
        *bodies: Value,
        reason: str = "",
        author: str = "runner",
        origin_key: str = "",
        occurred_at: datetime | None = None,
    ) -> tuple[Fact, ...]:
        """Append what happened, now or at ``occurred_at``.

        ``origin_key`` names what was handed in: the same key twice is recorded once. Where several bodies
        are handed in under one key, each but the first gets its number behind it.

        Raises
        ------
        UserError
            When ``occurred_at`` lies ahead.
        """
        now = self.now
        when = self._when(occurred_at, now)
        facts = [
            record(
                body,
                self.runner,
                now,
                occurred_at=when,
                reason=reason,
                author=author,
                origin_key=f"{origin_key}:{number}" if origin_key and number else origin_key,
            )
            for number, body in enumerate(bodies)
        ]
        return self.journal.append(facts)

    def decide(
        self,
        told: Callable[[History, datetime], Sequence[Value]],
        *,
        reason: str = "",
        origin_key: str = "",
        author: str = "runner",
        for_good: bool = False,
    ) -> tuple[Fact, ...]:
        """Record what a use case makes of the facts as they are now, and return the facts that say so.

        What was handed in before under ``origin_key``, and what is the last word of today already
        (``coach.told_before``), is not recorded again: the fact that says it is returned in its place.
        ``for_good`` lets a key name what was told under it whatever was said since: a program asks again
        for an answer that was lost. A page that is sent again means what it says.

        Raises
        ------
        SaidSince
            When what was handed in under the key gave way to something else: then nothing is recorded.
        """

        def append() -> tuple[Fact, ...]:
            history, now = self.history(), self.now
            handed_in = {fact.origin_key: fact for fact in history.facts}
            said = []
            for number, body in enumerate(told(history, now)):
                key = f"{origin_key}:{number}" if origin_key and number else origin_key
                fact = record(body, self.runner, now, reason=reason, author=author, origin_key=key)
                before = handed_in.get(fact.origin_key)
                if before and not for_good and coach.gave_way(history, before):
                    raise SaidSince
                said.append(before or coach.told_before(history, body, now, author) or fact)
            new = self.journal.append([one for one in said if not one.seq], history.last_seq)
            numbered = {fact.id: fact for fact in new}
            return tuple(numbered.get(fact.id, fact) for fact in said)

        return decided(append)

    @property
    def yesterday(self) -> date:
        """The runner's local date before today's."""
        return self.now.date() - timedelta(days=1)

    def next_slot(self) -> str:
        """Return the id of the slot that comes next today.

        Raises
        ------
        Blocked
            When safety lets no session be.
        UserError
            When today holds no session that is not done yet.
        """
        slot = self.day().next_slot
        if slot is None:
            coach.refuse_if_paused(self.history(), self.now)
            raise UserError("no session is left for today", action=Action.WEEK)
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
        """Record everything an already read runner file says, all or nothing.

        Only a first screening takes questions that the file does not name as answered with no; later a
        file answers what it names, so that a question that was opened again is not closed unasked.
        """

        def append() -> tuple[Fact, ...]:
            history, now = self.history(), self.now
            asked = () if history.facts_of(ScreeningAnswered) else coach.first_questions()
            told = runner_file.bodies(asked, coach.disclaimer().version)
            for body in told:
                if isinstance(body, ScreeningAnswered):
                    coach.screening_answers(body.answers)
            facts = [record(body, self.runner, now) for body in told]
            return self.journal.append(facts, expected_last=history.last_seq)

        return decided(append)

    def measure(
        self, test: str, sides: Mapping[Side, Sequence[float]], method: Method, **how: Any
    ) -> tuple["coach.HipMeasurement", ...]:
        """Check all sides' readings, then record them together; ``how`` as in ``coach.take_measurement``."""
        told = {side: {"readings": readings, **how} for side, readings in sides.items()}
        return self._measure(test, told, method, as_they_are=True)

    def measure_sides(
        self,
        test: str,
        sides: Mapping[Side, "coach.SideReadings"],
        method: Method,
        *,
        active: bool = False,
        as_they_are: bool = False,
    ) -> tuple["coach.HipMeasurement", ...]:
        """Check all sides' readings, then record those that stand; readings that ask for two more wait.

        ``as_they_are`` records those too. The very same readings twice on a day are recorded once.
        """
        told = {
            side: {"readings": one.readings, "active": active, "pain": one.pain, "end_feel": one.end_feel}
            for side, one in sides.items()
        }
        return self._measure(test, told, method, as_they_are=as_they_are, once=True)

    def _measure(
        self,
        test: str,
        sides: Mapping[Side, Mapping[str, Any]],
        method: Method,
        *,
        as_they_are: bool,
        once: bool = False,
    ) -> tuple["coach.HipMeasurement", ...]:
        """Check all sides' readings on the facts as they are, and append those that stand in one go."""

        def append() -> tuple["coach.HipMeasurement", ...]:
            history, now = self.history(), self.now
            taken = tuple(
                coach.take_measurement(history, test, side, method=method, now=now, **told)
                for side, told in sides.items()
            )
            facts = [
                record(one.body, self.runner, now, origin_key=f"{now.date()}:{one.key}" if once else "")
                for one in taken
                if as_they_are or not one.verdict.repeat
            ]
            self.journal.append(facts, expected_last=history.last_seq)
            return taken

        return decided(append)

    def week(self) -> "coach.Week":
        """Return this week, keeping a new plan when something happened.

        Raises
        ------
        Later
            As ``day``.
        """
        return decided(lambda: planning.week_of(self))

    def begin(self, slot: str) -> "coach.Session":
        """Return the session planned under a slot's or an item's id, to whoever may begin it now.

        Raises
        ------
        Blocked, UnknownName, NotReady
            As ``coach.begin``: no one is handed a session to play before what is asked before it.
        """
        return coach.begin(self.history(), slot, self.now)

    def bundle(self, slot: str) -> "coach.Bundle":
        """Return the session planned under a slot's or an item's id, with the questions before it."""
        return coach.bundle(self.history(), slot, self.now)

    def answer_readiness(self, answers: "Mapping[str, coach.Answer]") -> "coach.Readiness":
        """Record the answers before a session and return what they amount to."""

        def answer() -> "coach.Readiness":
            history, now = self.history(), self.now
            found = coach.readiness(history, answers, now)
            fact = record(coach.readiness_answers(answers), self.runner, now)
            self.journal.append((fact,), expected_last=history.last_seq)
            return found

        return decided(answer)

    def refuse_to_log(self, name: str) -> None:
        """Stop whoever would do a slot or an item of it too early or a second time; see ``coach``."""
        coach.refuse_to_log(self.history(), name, self.now)

    def hand_in(self, told: "coach.HandIn") -> "coach.HandedIn":
        """Record what was played, here or elsewhere, once, from however many windows and devices it comes."""

        def append() -> "coach.HandedIn":
            history = self.history()
            found = coach.hand_in(history, told, self.now)
            self.journal.append(found.facts, expected_last=history.last_seq)
            return found

        return log_unread(decided(append))

    def bring_in(self, files: Sequence[Path], **how: Any) -> "ImportReport":
        """Import files, what cannot be read is named; ``how`` as in ``importing.import_files``."""
        from triplane.bootstrap import importing

        here = (self.journal, self.runner, self.now)
        return importing.import_files(files, *here, hand_in=self.hand_in, **how)

    def bring_from(self, address: str, *, asks: bool = False) -> "ImportReport":
        """Fetch a calendar from its address and import it; ``asks`` as in ``importing.import_files``."""
        from triplane.bootstrap import importing

        return importing.import_address(address, self.journal, self.runner, self.now, asks=asks)

    def go_by_calendar(self, source: str, entries: Sequence[CalendarEntry]) -> tuple[Fact, ...]:
        """Let the weeks go by a calendar that was read and waited to be asked about."""
        return self.correct(lambda history, now: coach.calendar_read(history, source, entries, now))

    def forget_calendar(self, source: str) -> tuple[Fact, ...]:
        """Let a calendar no longer speak about the week; its races to come are cancelled."""
        return self.correct(lambda history, now: coach.calendar_forgotten(history, source, now))

    def log(
        self,
        slot: str,
        answers: "coach.SessionAnswers",
        *,
        origin_key: str = "",
        occurred_at: datetime | None = None,
    ) -> tuple[Fact, ...]:
        """Record how a planned session was, once, from however many windows it is handed in.

        Parameters
        ----------
        origin_key : names what was handed in; the same key again is harmless and returns no fact.
        occurred_at : when it was (handed in late); missing: now, or the end of a slot of an earlier day.

        Raises
        ------
        UserError
            As ``coach.log``, or when ``occurred_at`` lies ahead.
        """

        def append() -> tuple[Fact, ...]:
            history, now = self.history(), self.now
            when = self._when(occurred_at or coach.when_done(history, slot, now), now)
            if origin_key and any(fact.origin_key == origin_key for fact in history.facts):
                return ()
            body = coach.log(history, slot, answers, when)
            key = origin_key or coach.origin_of(history, body, when)
            fact = coach.session_fact(history, body, when, now, key)
            return self.journal.append((fact,), expected_last=history.last_seq)

        return decided(append)

    def history(self) -> History:
        """Return all facts as they are in the journal now."""
        return (
            self.kept.history(self.journal, self.runner) if self.kept else self.journal.history(self.runner)
        )

    def recent(self) -> History:
        """Return what a look is made from, which is a part of the facts; planning and doses need all."""
        return (self.kept or Histories()).for_a_look(self.journal, self.runner, self.now)

    def append(self, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """Append facts that a use case proposed or a file brought."""
        return self.journal.append(facts)

    def correct(self, correction: Callable[[History, datetime], Sequence[Fact]]) -> tuple[Fact, ...]:
        """Append what a use case makes of the facts as they are now, such as ``coach.withdrawal``."""

        def append() -> tuple[Fact, ...]:
            history = self.history()
            return self.journal.append(correction(history, self.now), expected_last=history.last_seq)

        return decided(append)

    def erase(self) -> int:
        """Remove all of the runner's facts for good, leaving one receipt; return how many there were."""
        receipt = self.journal.erase(self.runner, self.now)
        assert isinstance(receipt.body, RunnerErased)
        return receipt.body.facts

    def day(self) -> "coach.Day":
        """Return today, replanning and keeping the new plan only when something happened.

        A journal whose plan is current is read in part: the facts that ``coach.look_needs`` names.

        Raises
        ------
        Later
            Where it is to be planned and no lane is free for that; what is recorded stays.
        """
        return decided(lambda: planning.day_of(self))

    def look(self) -> "coach.Day | None":
        """Return today from the plan that stands, or ``None`` where it is first to be made or looked at.

        Only looks: nothing is planned and nothing is recorded. ``day`` does both.
        """
        return coach.look(self.recent(), self.now)

    @staticmethod
    def _when(occurred_at: datetime | None, now: datetime) -> datetime:
        when = (occurred_at or now).astimezone(now.tzinfo)
        if when > now:
            raise UserError(f"{when:%d %B %Y %H:%M} lies ahead; what happened is recorded afterwards")
        return when
