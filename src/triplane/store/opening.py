"""Which database a journal lies in: a file by default, a server's where its address is named."""

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from triplane.errors import UserError
from triplane.store.journal import Journal
from triplane.store.sqlite import open_file

if TYPE_CHECKING:
    from triplane.store.postgresql import ServedJournals

ADDRESSES = ("postgresql://", "postgres://")


def is_address(place: Path | str) -> bool:
    """Whether a place is the address of a server's database, and no file."""
    return isinstance(place, str) and place.startswith(ADDRESSES)


def open_journal(place: Path | str, *, make: bool = True) -> Journal:
    """Open the journal in a file, or in the PostgreSQL database of an address; make it where it is not there.

    ``make=False`` refuses a file that is not there.

    Raises
    ------
    JournalError
        When the place cannot be used, or what lies there is not a journal, damaged or from a newer version.
    UserError
        When an address is named and what speaks to PostgreSQL is not installed.
    """
    if isinstance(place, str) and is_address(place):
        _needs_driver()
        from triplane.store.postgresql import open_database

        return open_database(place)
    if not make and not Path(place).exists():
        raise UserError(f"there is no journal at {place}")
    return open_file(Path(place))


def served_journals(address: str) -> "ServedJournals":
    """Return the journal at an address for whoever opens it many times; see ``ServedJournals``."""
    _needs_driver()
    from triplane.store.postgresql import ServedJournals

    return ServedJournals(address)


def _needs_driver() -> None:
    try:
        import_module("psycopg_pool")
    except ImportError as error:
        raise UserError("a journal in PostgreSQL needs the packages of the extra called server") from error
