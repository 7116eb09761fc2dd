"""Reading short answers: feelings as REGION:SCORE[:KIND[:SIDE]], drill values as DRILL=VALUE."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import date, time
from enum import StrEnum
from typing import Any, TypeVar

import click

from triplane.coach import Side
from triplane.errors import UnknownName, UserError
from triplane.history import EARLIEST, LATEST, BodyRegion, Feeling, FeelingKind, PlannedRun, RunKind, Sign

Word = TypeVar("Word", bound=StrEnum)
Number = TypeVar("Number", int, float)

MOST = 300
"""Repetitions of a drill, or kilograms, that a log takes."""

MOST_RUN_MIN = 24 * 60
"""Minutes of the longest run that is planned."""

FEELING = "REGION:SCORE[:KIND[:SIDE]]"


class FiniteRange(click.FloatRange):
    """A number between two others; "nan" and "inf" are words, not numbers."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        found = super().convert(value, param, ctx)
        if not math.isfinite(found):
            self.fail(f"{value!r} is not a number.", param, ctx)
        return found


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


def read_feeling(text: str, taken_for: FeelingKind) -> Feeling:
    """Read ``groin:3:joint:left``; where they are left out, the kind is the one given and the side both."""
    parts = text.split(":")
    if not 2 <= len(parts) <= 4:
        raise UserError(f"{text!r} is not a feeling; write {FEELING}, as front_thigh:3:muscle:left")
    return Feeling(
        region=one_of(BodyRegion, parts[0], "body region"),
        score=read_score(parts[1]),
        kind=one_of(FeelingKind, parts[2], "kind of feeling") if len(parts) > 2 else taken_for,
        side=_read_side(parts[3]) if len(parts) > 3 else None,
    )


def _read_side(text: str) -> Side | None:
    """Read a side; both is the same as none named."""
    if text.strip().lower() == "both":
        return None
    try:
        return one_of(Side, text, "side")
    except UnknownName as error:
        raise UserError(f"{text!r} is not a side; write left, right or both") from error


def read_score(text: str) -> int:
    """Read a whole number from 0 (nothing) to 10 (worst)."""
    try:
        score = int(text)
    except ValueError:
        score = -1
    if not 0 <= score <= 10:
        raise UserError(f"{text!r} is not a score; give a whole number from 0 to 10")
    return score


def read_date(text: str) -> date:
    """Read ``2026-11-24``, in the years that can be reckoned with."""
    try:
        found = date.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is not a date; write it as 2026-11-24") from error
    if not EARLIEST <= found.year <= LATEST:
        raise UserError(f"{text} cannot be meant; a date lies from {EARLIEST} on and before {LATEST + 1}")
    return found


def read_time(text: str) -> time:
    """Read ``07:30``; a local time carries no zone."""
    try:
        found = time.fromisoformat(text)
    except ValueError as error:
        raise UserError(f"{text!r} is not a time; write it as 07:30") from error
    if found.tzinfo:
        raise UserError(f"{text!r} names a zone; write it as 07:30")
    return found


def read_planned_run(text: str) -> PlannedRun:
    """Read ``06:30=60:interval``; the kind may be left out."""
    at, equals, rest = text.partition("=")
    minutes, _, kind = rest.partition(":")
    try:
        length = float(minutes)
    except ValueError:
        length = 0
    if not equals or not 0 < length <= MOST_RUN_MIN:
        raise UserError(f"{text!r} is not a run; write HH:MM=MINUTES[:KIND], as 06:30=60:interval")
    named = one_of(RunKind, kind, "kind of run") if kind else None
    return PlannedRun(at=read_time(at), minutes=length, kind=named)


def read_pairs(
    pairs: Iterable[str], read: Callable[[str], Number], most: float = MOST
) -> Mapping[str, Number]:
    """Read ``drill=value`` pairs; a value lies between 0 and ``most``."""
    found = {}
    for pair in pairs:
        drill, equals, text = pair.partition("=")
        try:
            value = read(text)
        except ValueError:
            value = read("-1")
        if not (equals and 0 <= value <= most):
            raise UserError(f"{pair!r} is not DRILL=NUMBER with a number from 0 to {most:g}")
        found[drill] = value
    return found


def ask_score(question: str, default: int = 0) -> int:
    """Ask for a score until it is one."""
    return int(click.prompt(question, type=click.IntRange(0, 10), default=default))


def ask_feelings(question: str, taken_for: FeelingKind) -> tuple[Feeling, ...]:
    """Ask for feelings one at a time until there is no more; enter takes the kind that is given."""
    found: list[Feeling] = []
    while click.confirm(question if not found else "Anything else?", default=False):
        region = click.prompt("Where", type=click.Choice([str(word) for word in BodyRegion]))
        side = click.prompt("Side", type=click.Choice(["left", "right", "both"]), default="both")
        kinds = click.Choice([str(word) for word in FeelingKind])
        kind = click.prompt("Kind", type=kinds, default=str(taken_for))
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
