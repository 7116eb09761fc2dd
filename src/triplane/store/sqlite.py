"""Open the embedded journal: one SQLite file in WAL mode."""

import os
import sqlite3
from pathlib import Path

from triplane.errors import JournalError
from triplane.store.journal import Journal, explained
from triplane.store.schema import APPLICATION_ID, CREATE, SCHEMA_VERSION

BUSY_S = 5.0
"""How long a writer waits for another one before it gives up. Ours."""


def open_journal(path: Path) -> Journal:
    """Open the journal at ``path``, making it when it is not there.

    Raises
    ------
    JournalError
        When the place cannot be used, or the file is not a journal, damaged or from a newer version.
    """
    _make_room(path)
    with explained(str(path)):
        writable = not path.exists() or os.access(path, os.W_OK)
        mode = "rwc" if writable else "ro"
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=BUSY_S, isolation_level=None
        )
        try:
            _prepare(connection, path, writable)
        except BaseException:
            connection.close()
            raise
    return Journal(connection, str(path))


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    if path.is_dir():
        raise JournalError(f"{path} is a folder; name a file for the journal")


def _prepare(connection: sqlite3.Connection, path: Path, writable: bool) -> None:
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (tables,) = connection.execute("SELECT COUNT(*) FROM sqlite_schema").fetchone()
    if tables and application != APPLICATION_ID:
        raise JournalError(f"{path} is a database of another program; name another file for the journal")
    if version > SCHEMA_VERSION:
        raise JournalError(
            f"the journal {path} was written by a newer Triplane (version {version}, this one knows "
            f"{SCHEMA_VERSION}); update Triplane. Nothing was changed."
        )
    if not writable:
        return
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    if not tables:
        connection.executescript(
            f"BEGIN IMMEDIATE; {CREATE} PRAGMA application_id = {APPLICATION_ID}; "
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )
