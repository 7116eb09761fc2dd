"""Reading and appending facts over any DB-API connection."""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from types import TracebackType
from typing import Any

from triplane.errors import JournalError
from triplane.history import Fact, History, RunnerErased, record
from triplane.store.rows import fact_from_row, row_from_fact
from triplane.store.schema import COLUMNS

_INSERT = (
    f"INSERT INTO facts ({', '.join(COLUMNS[1:])}) VALUES ({', '.join('?' * (len(COLUMNS) - 1))}) "
    "ON CONFLICT (runner, origin_key) DO NOTHING RETURNING seq"
)
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM facts"


class JournalMoved(JournalError):
    """Someone else appended since this history was read; read again and decide again."""


class Journal:
    """The facts of all runners in one file. Facts are only ever added."""

    def __init__(self, connection: sqlite3.Connection, place: str) -> None:
        self._connection = connection
        self.place = place

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._connection.close()

    def runners(self) -> tuple[str, ...]:
        """Return the runners that have facts here, sorted."""
        rows = self._read("SELECT DISTINCT runner FROM facts ORDER BY runner", ())
        return tuple(row[0] for row in rows)

    def history(self, runner: str, since: Mapping[str, date | None] | None = None) -> History:
        """Return a runner's history.

        Parameters
        ----------
        since : mapping of kind to date, optional
            Read only these kinds, each from its local date on (``None``: from the beginning).
            Left out, everything is read.
        """
        if since is None:
            rows = self._read(f"{_SELECT} WHERE runner = ? ORDER BY seq", (runner,))
        else:
            wanted = " OR ".join("(kind = ? AND local_date >= ?)" for _ in since)
            named = [word for kind, day in since.items() for word in (kind, day.isoformat() if day else "")]
            rows = self._read(f"{_SELECT} WHERE runner = ? AND ({wanted}) ORDER BY seq", (runner, *named))
        return History(runner, tuple(fact_from_row(row) for row in rows))

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
        JournalError
            When the journal is locked, read-only, full or damaged; then nothing was added.
        """
        added = []
        with self._transaction():
            if expected_last is not None and facts and self.last_seq(facts[0].runner) != expected_last:
                raise JournalMoved("the journal was changed meanwhile by another window; please try again")
            for fact in facts:
                checked = Fact.model_validate(fact.model_dump())
                rows = self._connection.execute(_INSERT, row_from_fact(checked)).fetchall()
                added += [fact.model_copy(update={"seq": seq}) for (seq,) in rows]
        return tuple(added)

    def erase(self, runner: str, now: datetime) -> Fact:
        """Remove all of a runner's facts for good and leave one receipt without content."""
        with self._transaction():
            gone = self._connection.execute("DELETE FROM facts WHERE runner = ?", (runner,)).rowcount
            receipt = record(RunnerErased(facts=gone), runner, now)
            [(seq,)] = self._connection.execute(_INSERT, row_from_fact(receipt)).fetchall()
        with explained(self.place):
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return receipt.model_copy(update={"seq": seq})

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with explained(self.place):
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._connection.rollback()
                raise
            self._connection.commit()

    def _read(self, query: str, values: Iterable[Any]) -> list[Any]:
        with explained(self.place):
            return self._connection.execute(query, tuple(values)).fetchall()


@contextmanager
def explained(place: str) -> Iterator[None]:
    """Turn the database's complaints into sentences a person can act on."""
    try:
        yield
    except sqlite3.OperationalError as error:
        raise JournalError(_sentence(place, str(error))) from error
    except sqlite3.DatabaseError as error:
        raise JournalError(
            f"the journal {place} is damaged ({error}). It was left as it is; "
            "start with another one (--journal) and import your last export."
        ) from error


def _sentence(place: str, said: str) -> str:
    if "locked" in said or "busy" in said:
        return f"the journal {place} is in use by another program; nothing was changed, try again in a moment"
    if "readonly" in said or "read-only" in said:
        return f"the journal {place} cannot be written to (read-only); nothing was changed"
    if "full" in said:
        return f"the disk of the journal {place} is full; nothing was changed"
    if "unable to open" in said:
        return f"the journal {place} cannot be opened; check the folder and its permissions"
    return f"the journal {place} could not be used ({said}); nothing was changed"
