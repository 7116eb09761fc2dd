"""The one table, and the numbers that say which program wrote it."""

APPLICATION_ID = 0x54524950
"""Marks an SQLite file as ours ("TRIP")."""

SCHEMA_VERSION = 1
"""Version of the table; a file with a higher one is refused."""

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

COLUMNS = (
    "seq", "id", "runner", "kind", "version", "occurred_at", "recorded_at", "local_date", "zone",
    "author", "reason", "supersedes", "origin_key", "body",
)  # fmt: skip
