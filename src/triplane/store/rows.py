"""Facts to rows and back, validated both ways."""

import json
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from pydantic import ValidationError

from triplane.errors import JournalError
from triplane.history import Fact
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
        named["body"] = json.loads(named["body"])
        return Fact.model_validate(named)
    except ValueError as error:
        detail = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise JournalError(
            f"fact {named['seq']} of the journal ({named['kind']}) cannot be read: {detail}. "
            "The journal was left as it is; a backup or an export can stand in for it."
        ) from error
