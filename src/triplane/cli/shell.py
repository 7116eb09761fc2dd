"""What every command is handed: where the facts are, and how to show an answer."""

import functools
import json
import os
import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from triplane.bootstrap import Practice, open_practice
from triplane.coach import Day

DEFAULT_RUNNER = "me"


class Shell:
    """The common options of one run; opens the practice when a command first needs it."""

    def __init__(self, journal: Path | None, runner: str, zone: str | None, now: str | None) -> None:
        self._where = (journal, runner, zone, now)

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_: object) -> None:
        if "practice" in self.__dict__:
            self.practice.journal.close()

    def beside(self, journal: Path, sample: str) -> "Shell":
        """Return the same shell on another journal; in one named for this run, as a runner of its own.

        So no sample's answers ever stand for those of the runner who keeps the named journal.
        """
        named, runner, zone, now = self._where
        return Shell(named, sample, zone, now) if named else Shell(journal, runner, zone, now)

    @functools.cached_property
    def practice(self) -> Practice:
        return open_practice(*self._where)


def triplane_command(example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command that takes ``--json``, shows an example in its help and is handed the shell."""

    def wrap(function: Callable[..., Any]) -> click.Command:
        wanted = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
        name = function.__module__.rpartition("cmd_")[2]
        return click.command(name, epilog=f"\b\nExample: {example}")(wanted(click.pass_obj(function)))

    return wrap


def show_json(value: Any) -> None:
    """Print any of our values as JSON, sorted by nothing: fields stand as they are declared."""
    click.echo(json.dumps(_plain(value), ensure_ascii=False, indent=2))


def _plain(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, dict):
        return {str(key): _plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [_plain(entry) for entry in value]
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)


MARKS = re.compile(r"(?<!\\)\[(?!(?:bold|dim|/)\])")
"""A bracket that is none of our marks ([bold], [dim], [/]) and not escaped: it is shown as it stands."""


def plain(text: object) -> str:
    """Return words of a person or a file so that they are shown as they stand, brackets and all."""
    from rich.markup import escape

    return escape(str(text))


def say(*lines: str) -> None:
    """Print sentences, folded to the width of the terminal; what a person wrote goes through ``plain``."""
    console = _console()
    for line in lines:
        console.print(MARKS.sub(r"\\[", line), highlight=False, markup=True, emoji=False)


def say_changes(day: Day, as_json: bool) -> None:
    """Say what is different now and why, after something was recorded."""
    if as_json:
        show_json(day.model_dump(mode="json", exclude={"proposed"}))
        return
    say("Recorded. Thank you.")
    said = [change.says for change in day.changes]
    say(*(said or ["Nothing changes: the plan stays as it is."]))
    if day.state.is_stop:
        say(f"[bold]{day.headline}[/]", *day.says)


def show_table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table that stays readable without colour and without a terminal."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE, title_style="bold", pad_edge=False)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


@functools.cache
def _console() -> Any:
    from rich.console import Console

    console = Console(soft_wrap=False)
    return console if console.is_terminal or "COLUMNS" in os.environ else Console(width=100)


def choices(words: type[Enum]) -> "click.ParamType[Any]":
    """Return an option type that takes the words of a closed list, in lower case."""
    return _ClosedList(words)


class _ClosedList(click.ParamType[Any]):
    def __init__(self, words: type[Enum]) -> None:
        self.words = {entry.name.lower(): entry for entry in words}
        plain = {getattr(entry, "plain_name", entry.name): entry for entry in words}
        self.words |= {name.lower().replace(" ", "_"): entry for name, entry in plain.items()}
        self.name = "word"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if isinstance(value, Enum):
            return value
        wanted = str(value).lower().replace("-", "_").replace(" ", "_")
        if wanted not in self.words:
            near = get_close_matches(wanted, self.words, n=3, cutoff=0.4) or list(self.words)
            self.fail(f"{value!r} is not known; did you mean {' or '.join(near)}?", param, ctx)
        return self.words[wanted]
