"""Bring files in: runs become facts, archives give theirs back; one bad file never stops the rest."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import ValidationError

from triplane import coach
from triplane.bootstrap.taking_over import as_own, refuse_made_up
from triplane.errors import JournalError, UnreadableFile, UserError
from triplane.formats import read_each
from triplane.formats.archive import is_archive, is_packed, read_archive, unpack
from triplane.formats.calendar import is_calendar
from triplane.formats.fhir import Brought, clinic_key, is_bundle
from triplane.formats.played_file import is_played, read_played
from triplane.history import (
    CalendarEntry,
    CalendarWords,
    Fact,
    MeasurementTaken,
    RunRecorded,
    RunsMet,
    cannot_join,
    distinct_runs,
    is_empty,
    record,
)
from triplane.store import Journal, JournalMoved
from triplane.value import Value

if TYPE_CHECKING:
    from triplane.formats.calendar import CalendarFound

LARGEST_FILE = 256 * 2**20
"""Bytes of a file that is read at all; a day of running at one record a second is about 5 MB. Ours."""

AT_A_TIME = 50
"""Runs that are kept together while a large archive is read. Ours."""

MOST_RUNS = 20_000
"""New runs that are taken from one file or archive: fifty years of one a day. Ours."""

MOVED = "something else was recorded at the same moment; bring it in again"

Told = Callable[[int], None]
HandsIn = Callable[["coach.HandIn"], "coach.HandedIn"]


class FileReport(Value):
    """What became of one file. ``skipped`` names what is no run, and why; ``unread`` of it is damaged.

    ``played`` says what was made of a session played from its own file. ``calendar`` is what a calendar is
    called, ``entries`` how many runs, gym visits and races it holds for the weeks ahead, ``thinned`` the
    weeks that hold less by it than usual. Where that waits to be asked about, ``held`` is what it holds.
    ``is_clinic`` says that the facts are measurements out of a bundle of a clinic.
    """

    file: str
    runs_new: int = 0
    runs_known: int = 0
    facts_new: int = 0
    facts_known: int = 0
    played: str = ""
    calendar: str = ""
    entries: int = 0
    thinned: tuple["coach.CalendarWeek", ...] = ()
    held: tuple[CalendarEntry, ...] = ()
    is_clinic: bool = False
    skipped: tuple[tuple[str, str], ...] = ()
    unread: int = 0
    problem: str = ""


class ImportReport(Value):
    """What became of all files, in the order they were named."""

    files: tuple[FileReport, ...]

    @property
    def is_partial(self) -> bool:
        """Whether some of it could not be read while the rest came in."""
        return any(file.problem or file.unread for file in self.files)

    @property
    def has_nothing(self) -> bool:
        """Whether nothing at all could be read."""
        return all(file.problem for file in self.files)


def import_files(
    files: Sequence[Path],
    journal: Journal,
    runner: str,
    now: datetime,
    *,
    hand_in: HandsIn,
    assume_run: bool = False,
    asks: bool = False,
    mine: bool = False,
    told: Told = lambda number: None,
) -> ImportReport:
    """Import files one after the other; what is read is kept even where a later file is bad.

    ``hand_in`` records what was played from a session's own file. With ``asks`` a calendar that would thin
    the usual week out is read and not recorded: somebody is asked first. With ``mine`` an archive of another
    name is the runner's own, from another machine (``taking_over.as_own``).
    """
    coming = Coming(journal, runner, now, hand_in, assume_run, asks, mine, told)
    return ImportReport(files=tuple(coming.take(file) for file in files))


def is_zip(file: Path) -> bool:
    """Whether a file is an archive of files, which is read where it lies."""
    try:
        with file.open("rb") as opened:
            return opened.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def refuse_no_file(file: Path) -> None:
    """Refuse what nothing may be read from; a pipe would be waited for for ever.

    Raises
    ------
    UnreadableFile
        In one sentence, where it is a folder, a pipe or a device.
    """
    if file.is_dir():
        raise UnreadableFile(f"{file}: this is a folder; name the files in it")
    if file.exists() and not file.is_file():
        raise UnreadableFile(f"{file}: this is a pipe or a device; save it as a file first")


def read_file(file: Path) -> bytes:
    """Return a file's bytes.

    Raises
    ------
    UnreadableFile
        In one sentence, where it is missing, a folder, a pipe or device, not ours to read, or too large.
    """
    try:
        refuse_no_file(file)
        if file.stat().st_size > LARGEST_FILE:
            raise UnreadableFile(f"{file}: larger than {LARGEST_FILE // 2**20} MB; no run is that long")
        return file.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{file}: cannot be read ({error.strerror})") from error


@dataclass(frozen=True)
class Coming:
    """Files that come in: whose journal they are for, and how what is in them is taken."""

    journal: Journal
    runner: str
    now: datetime
    hand_in: HandsIn
    assume_run: bool
    asks: bool
    mine: bool
    told: Told

    def take(self, file: Path) -> FileReport:
        """Take one file in; what cannot be is its problem in words, and never that of the next."""
        try:
            refuse_no_file(file)
            return self._packed(file) if is_zip(file) else self._plain(file, read_file(file))
        except UnreadableFile as error:
            return FileReport(file=str(file), problem=str(error))
        except JournalMoved:
            return FileReport(file=str(file), problem=f"{file.name}: {MOVED}")

    def _packed(self, file: Path) -> FileReport:
        if is_packed(file):
            return self._archive(file, unpack(file, file.name, self.now))
        return self._runs(file, file)

    def _plain(self, file: Path, content: bytes) -> FileReport:
        if is_archive(content):
            return self._archive(file, read_archive(content, file.name, self.now))
        if is_calendar(content):
            return bring_calendar(str(file), content, self.journal, self.runner, self.now, asks=self.asks)
        if is_bundle(content):
            return self._clinic(file, content)
        if is_played(content):
            return self._played(file, content)
        return self._runs(file, content)

    def _archive(self, file: Path, facts: tuple[Fact, ...]) -> FileReport:
        """Take a runner's own archive in whole, or not at all where it could loosen what is known of them."""
        if not facts:
            return FileReport(file=str(file))
        known = self.journal.history(self.runner)
        if facts[0].runner != self.runner:
            facts = as_own(known, facts, self.now, file.name, mine=self.mine)
        refuse_made_up(known, facts, file.name)
        unknown = coach.unknown_restriction(facts)
        if unknown is not None:
            raise UnreadableFile(
                f"{file.name}: it holds a restriction ({unknown!r:.60}) that this Triplane does not know and "
                "that would stop all training; update Triplane. Nothing was changed"
            )
        foreign = None if is_empty(known) else cannot_join(known, facts)
        if foreign is not None:
            raise UnreadableFile(
                f"{file.name}: it holds a fact ({foreign.kind}, {foreign.local_date:%d %B %Y}) that this "
                "journal does not have and that could lift a block; import it into a new journal, or say "
                "here what it says. Nothing was changed"
            )
        new = self.journal.append(facts, expected_last=known.last_seq)
        return FileReport(file=str(file), facts_new=len(new), facts_known=len(facts) - len(new))

    def _clinic(self, file: Path, content: bytes) -> FileReport:
        """Take what was measured out of a bundle; it can tighten what safety says, never loosen it."""
        from triplane.formats.fhir import read_bundle

        found = read_bundle(content, file.name, self.now)
        if found.runner not in ("", self.runner):
            raise UnreadableFile(
                f"{file.name}: this is the record of another runner; nobody's record is brought in as "
                "somebody else's. Nothing was changed"
            )
        known = self.journal.history(self.runner)
        there = {
            (fact.occurred_at, fact.body) for fact in known.facts if isinstance(fact.body, MeasurementTaken)
        }
        coming = [one for one in found.measurements if (one.occurred_at, one.body) not in there]
        facts = [
            coach.brought_measurement(
                known, one.body, one.occurred_at, self.now, self._measured(one, file.name)
            )
            for one in coming
        ]
        new = self.journal.append(facts, expected_last=known.last_seq)
        return FileReport(
            file=str(file),
            facts_new=len(new),
            facts_known=len(found.measurements) - len(new),
            is_clinic=True,
            skipped=found.skipped,
        )

    def _measured(self, one: Brought, name: str) -> Fact:
        """Return the very fact that a bundle of ours was made of; else one of today that says where from."""
        if one.recorded_at is None:
            key = clinic_key(one.body, one.occurred_at)
            told = {"author": "import", "reason": _read_from(name), "origin_key": key}
        else:
            told = {"author": one.author, "reason": one.reason, "origin_key": one.origin_key}
        return record(one.body, self.runner, one.recorded_at or self.now, occurred_at=one.occurred_at, **told)

    def _played(self, file: Path, content: bytes) -> FileReport:
        """Record what was played from a session's own file, once."""
        try:
            found = self.hand_in(read_played(content, file.name))
        except (UnreadableFile, JournalError):
            raise
        except UserError as error:
            raise UnreadableFile(f"{file.name}: {error}") from error
        except (ValueError, LookupError, ArithmeticError) as error:
            raise UnreadableFile(f"{file.name}: {_of_no_session(error)}") from error
        return FileReport(file=str(file), facts_new=len(found.facts), played=found.says)

    def _runs(self, file: Path, source: Path | bytes) -> FileReport:
        """Keep runs as they are read, some at a time: what was read stays where the rest is never reached.

        ``told`` hears how many files within were looked at.
        """
        zone = self.now.tzinfo or UTC
        each = read_each(source, file.name, assume_run=self.assume_run, zone=zone)
        known = RunsMet(run for _, run in distinct_runs(self.journal.history(self.runner)))
        waiting: list[Fact] = []
        skipped: list[tuple[str, str]] = []
        added = met = unread = 0
        for number, part in enumerate(each, start=1):
            if added + len(waiting) >= MOST_RUNS:
                why = f"{MOST_RUNS:,} new runs are taken at once; bring it in again for the rest"
                skipped.append(("the rest", why))
                unread += 1
                break
            self.told(number)
            unread += part.unread
            skipped += part.skipped
            for run in part.runs:
                if run.started_at > self.now:
                    when = f"{run.started_at:%d %B %Y}"
                    skipped.append((f"run, {when}", "lies ahead of today; the watch's clock was wrong"))
                elif known.place_of(run) is not None:
                    met += 1
                else:
                    waiting.append(self._run(run, file.name))
                    known.add(run)
            if len(waiting) >= AT_A_TIME:
                added += len(self.journal.append(waiting))
                waiting = []
        added += len(self.journal.append(waiting))
        return FileReport(
            file=str(file), runs_new=added, runs_known=met, skipped=tuple(skipped), unread=unread
        )

    def _run(self, run: RunRecorded, name: str) -> Fact:
        """A run's fact carries its start as its instant, and that start as its origin."""
        key = f"run:{run.started_at.timestamp():.0f}:{run.duration_s:.0f}"
        return record(
            run,
            self.runner,
            self.now,
            occurred_at=run.started_at,
            author="import",
            reason=_read_from(name),
            origin_key=key,
        )


def import_address(
    address: str, journal: Journal, runner: str, now: datetime, *, asks: bool = False
) -> ImportReport:
    """Fetch a calendar from its address and import it, ``asks`` as in ``import_files``; the address is kept
    nowhere.
    """
    from triplane.bootstrap.fetching import Fetching

    host = urlsplit(address).hostname or "the calendar"
    try:
        report = bring_calendar(host, Fetching().fetch(address), journal, runner, now, asks=asks)
    except UnreadableFile as error:
        report = FileReport(file=host, problem=str(error))
    except JournalMoved:
        report = FileReport(file=host, problem=f"{host}: {MOVED}")
    except JournalError:
        raise  # it is no fault of the calendar's
    except UserError as error:
        report = FileReport(file=host, problem=f"{host}: {error}")
    return ImportReport(files=(report,))


def bring_calendar(
    file: str, content: bytes, journal: Journal, runner: str, now: datetime, *, asks: bool = False
) -> FileReport:
    """Let a calendar say what the weeks ahead hold, in place of what it said before.

    ``asks`` as in ``import_files``.

    Raises
    ------
    UnreadableFile, JournalMoved
        Where it cannot be read, or something else was recorded meanwhile.
    """
    history, name = journal.history(runner), Path(file).name
    found = calendar_seen(content, name, coach.calendar_words(history), now)
    called = found.called or Path(name).stem[:80] or name[:80]
    facts = coach.calendar_read(history, called, found.entries, now)
    thinned = coach.weeks_thinned(history, facts, now)
    waits = asks and bool(thinned)
    if not waits:
        journal.append(facts, expected_last=history.last_seq)
    return FileReport(
        file=file,
        facts_new=0 if waits else len(facts),
        calendar=called,
        entries=len(found.entries),
        thinned=thinned,
        held=tuple(found.entries) if waits else (),
        skipped=found.skipped,
        unread=found.unread,
    )


def calendar_seen(content: bytes, name: str, words: CalendarWords, now: datetime) -> "CalendarFound":
    """Return what a calendar holds for the weeks ahead by these words; nothing is recorded.

    Raises
    ------
    UnreadableFile
        As ``formats.calendar.read_calendar``.
    """
    from triplane.formats.calendar import read_calendar

    zone = now.tzinfo if isinstance(now.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    return read_calendar(content, name, words, zone, *coach.calendar_window(now))


def _of_no_session(error: Exception) -> str:
    """Say that what was told can be of no session, and which part of it; what was expected is no runner's."""
    fault = error.errors()[0]["loc"] if isinstance(error, ValidationError) else ()
    place = f" ({'.'.join(str(part) for part in fault)})" if fault else ""
    said = f"this can be of no session{place}; nothing of it was recorded"
    return f"{said}. Tell in words how it was and what hurt"


def _read_from(name: str) -> str:
    """A reason with a file's name, whose bytes that are no letters become question marks."""
    return f"read from {name}".encode(errors="replace").decode()
