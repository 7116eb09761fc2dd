"""Facts to rows and back, validated both ways and upgraded when they are older."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from pydantic import ValidationError

from triplane.errors import JournalError
from triplane.history import KIND_VERSION, KINDS, UPGRADES, Fact
from triplane.store.schema import COLUMNS


def row_from_fact(fact: Fact) -> tuple[Any, ...]:
    """Return the row of a fact, without ``seq``. Instants are written in UTC so that text sorts as time."""
    return (
        fact.id,
        fact.runner,
        fact.kind,
        fact.version,
        fact.occurred_at.astimezone(UTC).isoformat(),
        fact.recorded_at.astimezone(UTC).isoformat(),
        fact.local_date.isoformat(),
        fact.zone,
        fact.author,
        fact.reason,
        fact.supersedes,
        fact.origin_key,
        fact.body.model_dump_json(),
    )


def fact_from_row(row: Sequence[Any]) -> Fact:
    """Return the validated fact of a row.

    Raises
    ------
    JournalError
        Where the row is newer than the program or does not hold what its kind promises.
    """
    named = dict(zip(COLUMNS, row, strict=True))
    try:
        named["body"] = upgraded(named["kind"], named["version"], json.loads(named["body"]))
        named["version"] = KIND_VERSION.get(named["kind"], 1)
        return Fact.model_validate(named)
    except (ValidationError, ValueError) as error:
        detail = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise JournalError(
            f"fact {named['seq']} of the journal ({named['kind']}) cannot be read: {detail}. "
            "The journal was left as it is; restore a backup or an export."
        ) from error


def upgraded(kind: str, version: int, body: dict[str, Any]) -> dict[str, Any]:
    """Bring the body of an older version of a kind up to date, one small step at a time."""
    current = KIND_VERSION.get(kind, 1)
    if kind not in KINDS or version > current:
        raise JournalError(
            f"the journal holds a fact ({kind}, version {version}) from a newer Triplane; "
            "update Triplane to read it. Nothing was changed."
        )
    for step in range(version, current):
        body = UPGRADES[kind, step](body)
    return body
