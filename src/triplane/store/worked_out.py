"""What was worked out of runners' facts and may be thrown away: beside the journal, never instead of it.

A row names the last fact that it followed from. It is found only while that fact is the runner's last but for
those of kinds from which it never follows, so that it is never older than the facts, whoever wrote it and
whenever. One that is missing is worked out anew.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, LiteralString

from triplane.history import Fact

CREATE: LiteralString = """
    CREATE UNLOGGED TABLE IF NOT EXISTS worked_out (
      runner   TEXT COLLATE "C" NOT NULL,
      name     TEXT COLLATE "C" NOT NULL,
      made_by  TEXT COLLATE "C" NOT NULL,
      last_seq BIGINT NOT NULL,
      last_id  TEXT COLLATE "C" NOT NULL,
      body     TEXT COLLATE "C" NOT NULL,
      PRIMARY KEY (runner, name)
    )
"""
"""A table that PostgreSQL empties by itself after a crash: nothing is lost with it."""

FIND: LiteralString = """
    SELECT asked.runner, kept.body
    FROM unnest(%s::text[]) AS asked (runner)
    CROSS JOIN LATERAL (
      SELECT seq, id FROM facts
      WHERE facts.runner = asked.runner AND (facts.kind <> ALL (%s::text[]) OR facts.supersedes IS NOT NULL)
      ORDER BY seq DESC LIMIT 1
    ) AS last
    JOIN worked_out AS kept ON kept.runner = asked.runner AND kept.name = %s AND kept.made_by = %s
      AND kept.last_seq = last.seq AND kept.last_id = last.id
"""

KEEP: LiteralString = """
    INSERT INTO worked_out (runner, name, made_by, last_seq, last_id, body)
    SELECT %(runner)s, %(name)s, %(made_by)s, %(seq)s, %(id)s, %(body)s
    WHERE EXISTS (SELECT 1 FROM facts WHERE runner = %(runner)s AND seq = %(seq)s AND id = %(id)s)
    ON CONFLICT (runner, name) DO UPDATE SET
      made_by = excluded.made_by, body = excluded.body,
      last_seq = excluded.last_seq, last_id = excluded.last_id
"""
"""What followed from facts that were erased meanwhile is not kept."""

FORGET: LiteralString = "DELETE FROM worked_out WHERE runner = ?"
"""Erasing a runner's facts removes what followed from them in the same transaction."""


@dataclass(frozen=True)
class Followed:
    """What followed from a runner's facts up to the last one."""

    runner: str
    last: Fact
    body: str


def find(
    connection: Any, name: str, made_by: str, runners: Sequence[str], beside: Sequence[str]
) -> Mapping[str, str]:
    """Return what is kept under a name and follows from the facts as they are now, by runner."""
    return dict(connection.execute(FIND, (list(runners), list(beside), name, made_by)).fetchall())


def keep(connection: Any, lock: str, name: str, made_by: str, followed: Followed) -> None:
    """Keep what followed, in the place of what was kept before, while nobody else writes of this runner."""
    values = {"runner": followed.runner, "name": name, "made_by": made_by, "body": followed.body}
    with connection.transaction():
        connection.execute(lock, (followed.runner,))
        connection.execute(KEEP, {**values, "seq": followed.last.seq, "id": followed.last.id})
