"""Reading and appending facts over any database connection; what databases say differently is a dialect."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Any, NoReturn

from triplane.errors import JournalError, Overtaken
from triplane.history import Fact, History, Part, RunnerErased, record
from triplane.store.dialect import Connection, Cursor, Dialect
from triplane.store.parts import condition_of
from triplane.store.rows import fact_from_row, row_from_fact
from triplane.store.schema import COLUMNS

_SELECT = f"SELECT {', '.join(COLUMNS)} FROM facts"

Row = tuple[Any, ...]


class JournalMoved(JournalError):
    """Someone else appended since this history was read; read again and decide again."""


class Journal:
    """The facts of all runners in one table. Facts are only ever added."""

    def __init__(self, connection: Connection, place: str, dialect: Dialect) -> None:
        self._connection = connection
        self._dialect = dialect
        self.place = place

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def history(
        self,
        runner: str,
        since: Mapping[str, date | None] | Part | None = None,
        *,
        with_first: bool = False,
    ) -> History:
        """Return a runner's history.

        Parameters
        ----------
        since : mapping of kind to date, optional
            Read only these kinds, each from its local date on (``None``: from the beginning).
            Left out, everything is read. A ``Part`` says more, and always reads the first fact, too.
        with_first : bool
            Read the first fact of all whatever it is: the runner's mark follows from it.
        """
        if since is None:
            rows = self._read(f"{_SELECT} WHERE runner = ? ORDER BY seq", (runner,))
        elif isinstance(since, Part):
            wanted, values = condition_of(since, runner)
            rows = self._read(f"{_SELECT} WHERE runner = ? AND ({wanted}) ORDER BY seq", (runner, *values))
        else:
            wanted = " OR ".join("(kind = ? AND local_date >= ?)" for _ in since)
            named = [word for kind, day in since.items() for word in (kind, day.isoformat() if day else "")]
            if with_first:
                wanted += " OR seq = (SELECT MIN(seq) FROM facts WHERE runner = ?)"
                named.append(runner)
            rows = self._read(f"{_SELECT} WHERE runner = ? AND ({wanted}) ORDER BY seq", (runner, *named))
        return History(runner, tuple(fact_from_row(row) for row in rows))

    def histories(self, runners: Sequence[str], kinds: Sequence[str]) -> dict[str, History]:
        """Return the facts of a few kinds of many runners, read in one go."""
        if not runners or not kinds:
            return {runner: History(runner) for runner in runners}
        ours, wanted = (", ".join("?" for _ in one) for one in (runners, kinds))
        query = f"{_SELECT} WHERE runner IN ({ours}) AND kind IN ({wanted}) ORDER BY seq"
        found: dict[str, list[Fact]] = {runner: [] for runner in runners}
        for row in self._read(query, (*runners, *kinds)):
            fact = fact_from_row(row)
            found[fact.runner].append(fact)
        return {runner: History(runner, tuple(facts)) for runner, facts in found.items()}

    def history_from(self, runner: str, seq: int) -> tuple[Fact, ...]:
        """Return a runner's facts from a number on."""
        rows = self._read(f"{_SELECT} WHERE runner = ? AND seq >= ? ORDER BY seq", (runner, seq))
        return tuple(fact_from_row(row) for row in rows)

    def last_seq(self, runner: str) -> int:
        """Return the number of the runner's newest fact, 0 when there is none."""
        [(seq,)] = self._read("SELECT COALESCE(MAX(seq), 0) FROM facts WHERE runner = ?", (runner,))
        return int(seq)

    def append(self, facts: Sequence[Fact], expected_last: int | None = None) -> tuple[Fact, ...]:
        """Add facts in one transaction and return those that were new, numbered.

        A fact whose ``origin_key`` the runner already has is left out: handing in twice is once.

        Raises
        ------
        JournalMoved
            When ``expected_last`` is given and the runner's newest fact is another one.
        ValueError
            When ``expected_last`` is given for facts of several runners.
        JournalError
            When the journal is locked, read-only, full or damaged; then nothing was added.
        """
        runners = sorted({fact.runner for fact in facts})
        if expected_last is not None and len(runners) > 1:
            raise ValueError("facts of several runners cannot follow one number")
        added = []
        with self._transaction(runners):
            if expected_last is not None and runners and self.last_seq(runners[0]) != expected_last:
                raise JournalMoved("the journal was changed meanwhile by another window; please try again")
            for fact in facts:
                checked = Fact.model_validate(fact.model_dump())
                added += [fact.model_copy(update={"seq": seq}) for seq in self._insert(checked)]
        return tuple(added)

    def following(self, runner: str, seen: Collection[int]) -> "Journal":
        """Return this journal for whoever looked when a runner's newest fact was one of these.

        Raises
        ------
        Overtaken
            When the newest is another one by now.
        """
        last = self.last_seq(runner)
        if last not in seen:
            _refuse()
        return _Following(self._connection, self.place, self._dialect, last)

    def runners(self) -> tuple[str, ...]:
        """Return who has facts, in order of their names."""
        return tuple(name for (name,) in self._read("SELECT DISTINCT runner FROM facts ORDER BY runner", ()))

    def rows_after(self, seq: int, most: int) -> list[Row]:
        """Return the next rows of all runners behind a number as they are written, ``most`` at a time."""
        return [
            tuple(row) for row in self._read(f"{_SELECT} WHERE seq > ? ORDER BY seq LIMIT ?", (seq, most))
        ]

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep all other writers out; what is brought in meanwhile is kept as a whole or not at all."""
        with self._transaction(()):
            if self._dialect.alone:
                self._connection.execute(self._dialect.alone)
            yield

    def bring(self, rows: Sequence[Row]) -> None:
        """Add rows of another journal as they stand there, their numbers too; only while ``held``."""
        marks = ", ".join("?" for _ in COLUMNS)
        for row in rows:
            self._execute(f"INSERT INTO facts ({', '.join(COLUMNS)}) VALUES ({marks})", row)
        if rows and self._dialect.numbers_on:
            self._connection.execute(self._dialect.numbers_on)

    def erase(self, runner: str, now: datetime) -> Fact:
        """Remove all of a runner's facts for good and leave one receipt without content.

        Raises
        ------
        JournalError
            When the journal is locked, read-only or damaged; then nothing was removed. Or when the facts
            are removed and traces of them stay on disk, because another program has the journal open.
        """
        with self._transaction([runner]):
            gone = self._execute("DELETE FROM facts WHERE runner = ?", (runner,)).rowcount
            if self._dialect.forget:
                self._execute(self._dialect.forget, (runner,))
            receipt = record(RunnerErased(facts=gone), runner, now)
            [seq] = self._insert(receipt)
        if not self._dialect.leaves_no_trace(self._connection):
            raise JournalError(
                f"{self.place}: your facts are removed, but another program has the journal open, so that "
                "traces of them stay on the disk; close it there, then erase once more"
            )
        return receipt.model_copy(update={"seq": seq})

    def _insert(self, fact: Fact) -> list[int]:
        """Add one fact and return its number, or nothing where it is known."""
        marks = ", ".join("?" for _ in COLUMNS[1:])
        query = (
            f"INSERT INTO facts ({', '.join(COLUMNS[1:])}) VALUES ({marks}) "
            "ON CONFLICT (runner, origin_key) DO NOTHING RETURNING seq"
        )
        return [seq for (seq,) in self._execute(query, row_from_fact(fact)).fetchall()]

    @contextmanager
    def _transaction(self, runners: Iterable[str]) -> Iterator[None]:
        """Hold the runners, in one order everywhere so that two writers never wait for each other."""
        with self._dialect.explained(self.place):
            self._connection.execute(self._dialect.begin)
            try:
                for runner in runners if self._dialect.lock else ():
                    self._connection.execute(self._dialect.lock, (runner,))
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    def _read(self, query: str, values: Iterable[Any]) -> list[Any]:
        with self._dialect.explained(self.place):
            return self._execute(query, tuple(values)).fetchall()

    def _execute(self, query: str, values: tuple[Any, ...]) -> Cursor:
        """Run a statement written with ``?``, which no text of ours holds otherwise."""
        return self._connection.execute(query.replace("?", self._dialect.placeholder), values)


class _Following(Journal):
    """A journal in which a runner's facts only follow what was looked at, and what was added here since."""

    def __init__(self, connection: Connection, place: str, dialect: Dialect, seq: int) -> None:
        super().__init__(connection, place, dialect)
        self._seen = seq

    def append(self, facts: Sequence[Fact], expected_last: int | None = None) -> tuple[Fact, ...]:
        """As ``Journal.append``.

        Raises
        ------
        Overtaken
            When somebody else added something since; no second look at the history makes that good.
        """
        if facts and expected_last not in (None, self._seen):
            _refuse()
        try:
            added = super().append(facts, self._seen)
        except JournalMoved:
            _refuse()
        self._seen = max((fact.seq for fact in added), default=self._seen)
        return added


def _refuse() -> NoReturn:
    raise Overtaken("something was recorded since you looked; look again before you tell this")
