"""A coach's table of many runners, read in two questions however long it is.

Each line is kept beside the journal (``coach.lines_ahead``) under the last fact that it may follow from, the
zone that its days begin in and the very program that worked it out. Where any of them is another now, or its
days are over, it is worked out anew. Who may look is read from the facts themselves, each time.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from hashlib import sha256
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

from pydantic import ValidationError

from triplane import coach
from triplane.errors import JournalError
from triplane.history import KIND_OF, Deed, History
from triplane.store import Followed

if TYPE_CHECKING:
    from triplane.store import ServedJournals

NAME = "line of a coach's table"
DAYS = 3
"""Days for which a line is worked out: for so long nobody reads the facts of who tells nothing. Ours."""

CONSENTS = tuple(KIND_OF[body] for body in coach.SAYS_WHO)
ONLY_SHOW = ("web", "cli")
"""Rooms that show what is worked out and have no part in it."""

Zones = Mapping[str, str]
"""Runners, each with the zone that their days begin in."""


@dataclass
class Keeping:
    """Whether the last line that was worked out could be kept."""

    works: bool = True


@dataclass(frozen=True)
class Caseload:
    """The lines of many runners; ``now`` tells the time in a zone."""

    journals: "ServedJournals"
    now: Callable[[str], datetime]
    keeping: Keeping = field(default_factory=Keeping)

    def lets_look(self, who: str, runner: str) -> bool:
        """Whether a runner's own facts let somebody look now; nothing else of them is read.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        return runner in self.let_in(who, (runner,))

    def let_in(self, who: str, runners: Iterable[str], deed: "coach.Deed" = Deed.LOOK) -> frozenset[str]:
        """Return those of some runners whose own facts let somebody do something now.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        with self.journals.open() as journal:
            told = journal.histories(tuple(runners), CONSENTS)
            return frozenset(one for one in told if coach.may(told[one], who, deed))

    def lines(self, who: str, zones: Zones) -> "Mapping[str, coach.RunnersLine]":
        """Return the lines of those of some runners who let somebody look now.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        found = self.lines_kept(who, zones)
        return {runner: line or self.line(runner, zones[runner]) for runner, line in found.items()}

    def lines_kept(self, who: str, zones: Zones) -> "Mapping[str, coach.RunnersLine | None]":
        """Return the lines that are kept of those who let somebody look now; nothing where one is missing.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        with self.journals.open() as journal:
            told = journal.histories(tuple(zones), CONSENTS)
        shown = [runner for runner in zones if coach.may(told[runner], who, coach.Deed.LOOK)]
        kept = self._kept(shown) if shown else {}
        return {runner: self._read(kept.get(runner, ""), zones[runner]) for runner in shown}

    def line(self, runner: str, zone: str) -> "coach.RunnersLine":
        """Return a runner's line, worked out where it is not kept; whoever asks may look.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        kept = self._kept((runner,))  # another process may have been at it meanwhile
        line = self._read(kept.get(runner, ""), zone)
        if line is not None:
            return line
        with self.journals.open() as journal:
            needs = coach.day_needs(self.now(zone))
            history = journal.history(runner, needs, with_first=True)
        return self.work_out(history, zone)

    def work_out(self, history: History, zone: str) -> "coach.RunnersLine":
        """Work out a runner's line, keep it for the days to come and return it.

        Where it cannot be kept it is worked out again when it is next asked for.
        """
        at = self.now(zone)
        ahead = coach.lines_ahead(history, at, DAYS)
        body = f"{zone}\n{ahead.model_dump_json()}"
        told = [fact for fact in history.facts if coach.moves_line(fact)]
        followed = [Followed(history.runner, last, body) for last in told[-1:]]
        try:
            self.journals.keep(NAME, made_by(), followed)
            self.keeping.works = True
        except JournalError:
            self.keeping.works = False
        return ahead.at(at) or coach.line_of_day(history, at)

    def _kept(self, runners: Sequence[str]) -> Mapping[str, str]:
        return self.journals.kept(NAME, made_by(), runners, beside=coach.LEAVES_LINES)

    def _read(self, body: str, zone: str) -> "coach.RunnersLine | None":
        told, _, ahead = body.partition("\n")
        if told != zone:
            return None
        try:
            return coach.LinesAhead.model_validate_json(ahead).at(self.now(zone))
        except ValidationError:
            return None


@cache
def made_by() -> str:
    """Return what names this program: one with another rule or another drill may say another thing."""
    digest = sha256()
    for file in _files(files("triplane")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _files(folder: Traversable) -> Iterator[Traversable]:
    """Yield every module and every file of data that a line may follow from, in the order of their names."""
    inside: Iterable[Traversable] = sorted(folder.iterdir(), key=lambda one: one.name)
    for one in inside:
        if one.is_dir() and one.name not in ONLY_SHOW:
            yield from _files(one)
        elif one.name.endswith((".py", ".toml")):
            yield one
