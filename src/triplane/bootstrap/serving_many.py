"""Many runners in one journal: how a server opens the practice of each, and how a journal gets there."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from time import perf_counter

from triplane import coach
from triplane.bootstrap.caseload import Caseload
from triplane.bootstrap.kept import Histories
from triplane.bootstrap.planning import AT_ONCE, Lane
from triplane.bootstrap.practice import Practice
from triplane.bootstrap.settings import default_journal, runners_clock
from triplane.bootstrap.working_out import WorkingOut
from triplane.history import Deed
from triplane.store import Moved, move, open_journal, served_journals


@dataclass(frozen=True)
class ToHandOn:
    """What is to leave of one runner: their line, two dates compared, and the last fact it all rests on."""

    line: "coach.RunnersLine"
    taken: "coach.HandedOn"
    last_seq: int


WAITS_S = 0.1
"""How long a coach's table waits for lines that are missing before it shows the others. Ours."""


class Practices:
    """The practices of all runners of a server; connections and histories are kept between requests.

    ``address`` is that of its PostgreSQL database, ``now`` an instant to take for this one, for trials,
    and ``lane`` gives what is held while a week is planned.
    """

    def __init__(self, address: str, now: str | None = None, lane: Lane = AT_ONCE) -> None:
        self._journals = served_journals(address)
        self._now = now
        self._lane = lane
        self._kept = Histories()
        self._caseload = Caseload(self._journals, lambda zone: runners_clock(zone, now)())
        self._behind = WorkingOut(self._caseload.line)

    @property
    def place(self) -> str:
        """Where the journal is, without its password."""
        return self._journals.place

    def prepare(self) -> None:
        """Make the journal's table where it is not there; JournalError where that cannot be."""
        self._journals.prepare()

    def answers(self) -> None:
        """Ask the journal for anything; JournalError where it does not answer."""
        with self._journals.open() as journal:
            journal.last_seq("")

    def of(self, runner: str, zone: str) -> Practice:
        """Open the practice of one runner, in the runner's own zone.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        clock = runners_clock(zone, self._now)
        return Practice(self._journals.open(), runner, clock, self._kept, self._lane)

    def lets_look(self, who: str, runner: str) -> bool:
        """Whether a runner's own facts let somebody look now; see ``Caseload``."""
        return self._caseload.lets_look(who, runner)

    def let_in(self, who: str, runners: Iterable[str], deed: Deed = Deed.LOOK) -> frozenset[str]:
        """Return those of some runners whose own facts let somebody do something now; see ``Caseload``."""
        return self._caseload.let_in(who, runners, deed)

    def lines(self, who: str, zones: Mapping[str, str]) -> "Mapping[str, coach.RunnersLine]":
        """Return the lines of a coach's table, of those runners who let the coach look; see ``Caseload``."""
        return self._caseload.lines(who, zones)

    def lines_so_far(self, who: str, zones: Mapping[str, str]) -> "Mapping[str, coach.RunnersLine | None]":
        """Return the lines of a coach's table as ``lines`` does; nothing where it would be waited for.

        The few that came to be missing since are worked out at once, ``WAITS_S`` long, all others behind.
        """
        found, began = dict(self._caseload.lines_kept(who, zones)), perf_counter()
        for runner in [runner for runner, line in found.items() if line is None]:
            if perf_counter() - began < WAITS_S:
                found[runner] = self._caseload.line(runner, zones[runner])
            else:
                self._behind.ask(runner, zones[runner])
        return found

    def to_hand_on(self, who: str, runner: str, zone: str, before: date, after: date) -> ToHandOn | None:
        """Return what somebody takes along of a runner who lets them now; nothing is recorded yet.

        It is read past the histories in memory: a whole group would leave nobody else's there.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        with self.of(runner, zone).journal as journal:
            now = runners_clock(zone, self._now)()
            last = journal.last_seq(runner)
            history = journal.history(runner, coach.comparison_needs(before, now))
        taken = coach.hand_on(history, who, before, after, now)
        line = self.lines(who, {runner: zone}).get(runner) if taken else None
        return ToHandOn(line, taken, last) if taken and line else None

    def handed_on(self, who: str, runner: str, zone: str, made: ToHandOn, origin: str) -> None:
        """Record that something leaves, once for an ``origin``, while it rests on the runner's last fact.

        Raises
        ------
        Overtaken
            When something was told since: a consent may have ended, so that it is to be made anew.
        JournalError
            When the journal cannot be reached.
        """
        practice = self.of(runner, zone)
        with practice.journal as journal:
            following = replace(practice, journal=journal.following(runner, (made.last_seq,)))
            following.record(made.taken.body, author=coach.author_of(who), origin_key=origin)

    @property
    def keeps_lines(self) -> bool:
        """Whether lines that are worked out behind come into the table: the last one could be kept."""
        return self._caseload.keeping.works

    def told(self, runner: str, zone: str) -> None:
        """Work out the line of a runner to whose facts something came, before anybody asks for it.

        Raises
        ------
        JournalError
            When the journal cannot be reached.
        """
        self._caseload.line(runner, zone)


def move_journal(source: Path | str | None, target: Path | str) -> Moved:
    """Bring the whole journal from a file or an address to another one; see ``store.move``.

    ``source`` is the journal in the user's data folder when missing. It stays as it is.

    Raises
    ------
    UserError
        As ``store.move``, and where there is no such file.
    """
    place = source or default_journal()
    with open_journal(place, make=False) as one, open_journal(target) as other:
        return move(one, other)
