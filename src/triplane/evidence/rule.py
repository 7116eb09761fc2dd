"""A rule of the book: what we hold to when planning and progressing, and on what ground."""

from typing import Annotated, Literal

from pydantic import Field

from triplane.evidence.reason import Strength
from triplane.value import Value


class Rule(Value):
    """One rule: ``R`` from the articles, ``E`` programming, ``B`` measuring.

    ``says`` is the rule in our own words; ``strength`` how sure we are; ``sources`` what it leans on.
    """

    id: Annotated[str, Field(pattern=r"^[REB]\d\d$")]
    says: Annotated[str, Field(min_length=10, max_length=400)]
    strength: Strength
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class Chapter(Value):
    """One file of the rule book."""

    schema_: Annotated[Literal["rules/1"], Field(alias="schema")] = "rules/1"
    id: str
    title: str
    rule: Annotated[tuple[Rule, ...], Field(min_length=1)]


class Background(Value):
    """Something that was found and shapes our numbers or words; ``we_say`` is how the product puts it."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)]
    found: Annotated[str, Field(min_length=10, max_length=500)]
    we_say: str = ""
    sources: Annotated[tuple[str, ...], Field(min_length=1)]


class BackgroundChapter(Value):
    """One file of background."""

    schema_: Annotated[Literal["background/1"], Field(alias="schema")] = "background/1"
    id: str
    title: str
    background: Annotated[tuple[Background, ...], Field(min_length=1)]
