"""A source: where something we rely on was said, and how far it was checked."""

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from triplane.value import Value


class Status(StrEnum):
    """How far a source was checked.

    ``found``: seen, mostly as an abstract or a copy. ``known``: from memory, to be checked before a
    release relies on it. ``calculated``: our own arithmetic. ``default``: a choice of ours.
    """

    FOUND = "found"
    KNOWN = "known"
    CALCULATED = "calculated"
    DEFAULT = "default"


class Source(Value):
    """One entry of the bibliography; the file stem is the key that everything else cites.

    ``where`` names the journal or site with the identifiers that are known (DOI, PMID, PMC number,
    page). ``note`` says what is known of it and what must still be checked.
    """

    schema_: Annotated[Literal["source/1"], Field(alias="schema")] = "source/1"
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    title: Annotated[str, Field(min_length=3, max_length=240)]
    authors: str = ""
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    where: Annotated[str, Field(min_length=3)]
    status: Status
    note: Annotated[str, Field(min_length=3)]
