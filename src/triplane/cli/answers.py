"""Reading short answers: feelings as REGION:SCORE[:KIND[:SIDE]], drill values as DRILL=VALUE."""

from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import TypeVar

import click

from triplane.coach import Side
from triplane.errors import UnknownName, UserError
from triplane.history import BodyRegion, Feeling, FeelingKind, Sign

Word = TypeVar("Word", bound=StrEnum)
Number = TypeVar("Number", int, float)

FEELING = "REGION:SCORE[:KIND[:SIDE]]"


def one_of(words: type[Word], value: str, kind: str) -> Word:
    """Return the word of a closed list.

    Raises
    ------
    UnknownName
        With the nearest words.
    """
    wanted = value.strip().lower().replace("-", "_").replace(" ", "_")
    try:
        return words(wanted)
    except ValueError:
        raise UnknownName(kind, value, [str(word) for word in words]) from None


def read_feeling(text: str) -> Feeling:
    """Read ``groin:3:joint:left``; kind is muscle and the side both where they are left out."""
    parts = text.split(":")
    if not 2 <= len(parts) <= 4:
        raise UserError(f"{text!r} is not a feeling; write {FEELING}, as front_thigh:3:muscle:left")
    return Feeling(
        region=one_of(BodyRegion, parts[0], "body region"),
        score=read_score(parts[1]),
        kind=one_of(FeelingKind, parts[2], "kind of feeling") if len(parts) > 2 else FeelingKind.MUSCLE,
        side=one_of(Side, parts[3], "side") if len(parts) > 3 else None,
    )


def read_score(text: str) -> int:
    """Read a whole number from 0 (nothing) to 10 (worst)."""
    try:
        score = int(text)
    except ValueError:
        score = -1
    if not 0 <= score <= 10:
        raise UserError(f"{text!r} is not a score; give a whole number from 0 to 10")
    return score


def read_pairs(pairs: Iterable[str], read: Callable[[str], Number]) -> Mapping[str, Number]:
    """Read ``drill=value`` pairs; a value must not be negative."""
    found = {}
    for pair in pairs:
        drill, equals, text = pair.partition("=")
        try:
            value = read(text)
        except ValueError:
            value = read("-1")
        if not equals or value < 0:
            raise UserError(f"{pair!r} is not DRILL=NUMBER")
        found[drill] = value
    return found


def ask_score(question: str, default: int = 0) -> int:
    """Ask for a score until it is one."""
    return int(click.prompt(question, type=click.IntRange(0, 10), default=default))


def ask_feelings(question: str) -> tuple[Feeling, ...]:
    """Ask for feelings one at a time until there is no more."""
    found: list[Feeling] = []
    while click.confirm(question if not found else "Anything else?", default=False):
        region = click.prompt("Where", type=click.Choice([str(word) for word in BodyRegion]))
        side = click.prompt("Side", type=click.Choice(["left", "right", "both"]), default="both")
        kind = click.prompt("Kind", type=click.Choice([str(word) for word in FeelingKind]), default="muscle")
        score = ask_score("How much, 0 to 10", 2)
        found.append(Feeling(region=region, side=None if side == "both" else side, kind=kind, score=score))
    return tuple(found)


def ask_signs() -> tuple[Sign, ...]:
    """Ask whether one of the stop signs was there, by number or by name; enter for none."""
    signs = list(Sign)
    numbers = [str(n) for n in range(1, len(signs) + 1)]
    click.echo("Was one of these there?")
    click.echo("  ".join(f"{n} {sign.replace('_', ' ')}" for n, sign in enumerate(signs, start=1)))
    text = click.prompt("Numbers or names with commas (enter for none)", default="", show_default=False)
    try:
        parts = [part.strip() for part in text.split(",") if part.strip()]
        return tuple(
            signs[int(part) - 1] if part in numbers else one_of(Sign, part, "stop sign") for part in parts
        )
    except UnknownName as error:
        click.echo(f"{error}; please once more.")
        return ask_signs()
