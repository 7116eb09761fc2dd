"""The embedded journal: one SQLite file in WAL mode, and how SQLite is spoken to."""

import os
import sqlite3
from pathlib import Path

from triplane.errors import JournalError
from triplane.store.dialect import Connection, Dialect
from triplane.store.journal import Journal
from triplane.store.schema import SCHEMA_VERSION

BUSY_S = 5.0
"""How long a writer waits for another one before it gives up. Ours."""

APPLICATION_ID = 0x54524950
"""Marks an SQLite file as ours ("TRIP")."""

CREATE = """
CREATE TABLE IF NOT EXISTS facts (
  seq         INTEGER PRIMARY KEY AUTOINCREMENT,
  id          TEXT NOT NULL UNIQUE,
  runner      TEXT NOT NULL,
  kind        TEXT NOT NULL,
  version     INTEGER NOT NULL,
  occurred_at TEXT NOT NULL,
  recorded_at TEXT NOT NULL,
  local_date  TEXT NOT NULL,
  zone        TEXT NOT NULL,
  author      TEXT NOT NULL,
  reason      TEXT NOT NULL,
  supersedes  TEXT,
  origin_key  TEXT NOT NULL,
  body        TEXT NOT NULL,
  UNIQUE (runner, origin_key)
);
CREATE INDEX IF NOT EXISTS facts_by_kind ON facts (runner, kind, local_date);
CREATE TRIGGER IF NOT EXISTS facts_never_change BEFORE UPDATE ON facts
BEGIN SELECT RAISE(ABORT, 'facts are never changed'); END;
"""

DAMAGED = (sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT)
IN_USE = "is in use by another program, try again in a moment"
MEANS = {
    sqlite3.SQLITE_BUSY: IN_USE,
    sqlite3.SQLITE_LOCKED: IN_USE,
    sqlite3.SQLITE_READONLY: "cannot be written to (read-only)",
    sqlite3.SQLITE_FULL: "does not fit on its disk any more",
    sqlite3.SQLITE_CANTOPEN: "cannot be opened; check the folder and its permissions",
}


def open_file(path: Path) -> Journal:
    """Open the journal at ``path``, making it when it is not there.

    Raises
    ------
    JournalError
        When the place cannot be used, or the file is not a journal, damaged or from a newer version.
    """
    _make_room(path)
    with SQLITE.explained(str(path)):
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
    return Journal(connection, str(path), SQLITE)


def _make_room(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise JournalError(f"the folder {path.parent} cannot be made: {error.strerror}") from error
    try:
        is_folder = path.is_dir()
    except OSError as error:
        raise JournalError(f"{path} cannot be the journal: {error.strerror}") from error
    if is_folder:
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
    # In WAL mode anything less may lose the last commands when the power goes.
    connection.execute("PRAGMA synchronous = FULL")
    if not tables:
        connection.executescript(
            f"BEGIN IMMEDIATE; {CREATE} PRAGMA application_id = {APPLICATION_ID}; "
            f"PRAGMA user_version = {SCHEMA_VERSION}; COMMIT;"
        )


def _sentence(place: str, error: Exception) -> str | None:
    """Say what an error means by its number; errors without one are mistakes in how SQLite was called."""
    code = getattr(error, "sqlite_errorcode", None)
    if code is None or isinstance(error, sqlite3.IntegrityError):
        return None
    primary = code & 0xFF
    if primary in DAMAGED:
        return (
            f"the journal {place} is damaged ({error}). It was left as it is; "
            "start with another one and import your last export."
        )
    means = MEANS.get(primary, f"could not be used ({error})")
    return f"the journal {place} {means}; nothing was changed"


def _leaves_no_trace(connection: Connection) -> bool:
    """Rewrite the file without what was removed, and empty the log beside it; not while others read it."""
    try:
        connection.execute("VACUUM")
        [(busy, _, _)] = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    except sqlite3.OperationalError:
        return False
    return not busy


SQLITE = Dialect(
    placeholder="?",
    begin="BEGIN IMMEDIATE",
    lock="",
    leaves_no_trace=_leaves_no_trace,
    errors=sqlite3.Error,
    sentence=_sentence,
)
