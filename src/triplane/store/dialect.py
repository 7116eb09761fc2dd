"""All that one database says otherwise than another, as one value."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

from triplane.errors import JournalError


class Cursor(Protocol):
    """The answer to a statement."""

    @property
    def rowcount(self) -> int: ...
    def fetchall(self) -> list[Any]: ...


class Connection(Protocol):
    """An open database that begins no transaction by itself."""

    def execute(self, query: str, values: tuple[Any, ...] = (), /) -> Cursor: ...
    def commit(self) -> None: ...
    def rollback(self) -> None: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class Dialect:
    """How one database is spoken to; the journal itself knows none.

    Parameters
    ----------
    placeholder : stands for a value in a statement.
    begin : begins a transaction that may write.
    lock : holds one runner, the statement's only value, until the transaction ends; empty where ``begin``
        already keeps all other writers out.
    leaves_no_trace : wipes removed rows off the disk, outside a transaction; whether nothing of them is left.
    errors : what the database raises.
    sentence : says in words a person can act on what an error at a place means, or ``None`` where the
        mistake is the program's own and is to be seen as it is.
    alone : keeps all other writers out until the transaction ends; empty where ``begin`` does.
    numbers_on : lets numbers go on behind those that were brought along; empty where they do by themselves.
    forget : removes what was worked out of the facts of a runner, the statement's only value; empty where
        nothing is kept of it.
    """

    placeholder: str
    begin: str
    lock: str
    leaves_no_trace: Callable[[Connection], bool]
    errors: type[Exception]
    sentence: Callable[[str, Exception], str | None]
    alone: str = ""
    numbers_on: str = ""
    forget: str = ""

    @contextmanager
    def explained(self, place: str) -> Iterator[None]:
        """Turn the database's complaints into ``JournalError``; mistakes of the program pass as they are."""
        try:
            yield
        except self.errors as error:
            said = self.sentence(place, error)
            if said is None:
                raise
            raise JournalError(said) from error
