"""Facts to rows and back, validated both ways."""

import json
import sys
from collections.abc import Sequence
from datetime import UTC
from typing import Any, TypeVar

from pydantic import ValidationError

from triplane.errors import JournalError
from triplane.history import KIND_VERSION, KINDS, Fact
from triplane.store.schema import COLUMNS
from triplane.value import Value

Read = TypeVar("Read", bound=Value)

SAID_OFTEN = ("runner", "kind", "zone", "author", "reason")
"""Columns whose words come back in row after row; one copy of each is kept."""

_fields_told: dict[frozenset[str], set[str]] = {}


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
        named["body"] = _body(named["kind"], named["version"], named["body"])
        named |= {word: sys.intern(named[word]) for word in SAID_OFTEN if isinstance(named[word], str)}
        return _lean(Fact.model_validate(named))
    except ValueError as error:
        detail = error.errors()[0]["msg"] if isinstance(error, ValidationError) else error
        raise JournalError(
            f"fact {named['seq']} of the journal ({named['kind']}) cannot be read: {detail}. "
            "The journal was left as it is; a backup or an export can stand in for it."
        ) from error


def _body(kind: str, version: int, text: str) -> Any:
    """Read a body of today's shape straight from its text, which takes a third of the time.

    Any other one, and one that cannot be read, is left to the fact, which brings it up to date or says why.
    """
    if kind in KINDS and version == KIND_VERSION.get(kind, 1):
        try:
            return _lean(KINDS[kind].model_validate_json(text))
        except ValidationError:
            pass
    return json.loads(text)


def _lean(value: Read) -> Read:
    """Let values that were told the same fields share the set that says which; a server keeps thousands."""
    told = value.__pydantic_fields_set__
    object.__setattr__(value, "__pydantic_fields_set__", _fields_told.setdefault(frozenset(told), told))
    return value
