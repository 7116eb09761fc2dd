"""What every command is handed: where the facts are, and how to show an answer."""

import functools
import json
import os
import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from difflib import get_close_matches
from enum import Enum
from pathlib import Path
from typing import Any

import click
from pydantic import BaseModel

from triplane.bootstrap import (
    Histories,
    Practice,
    default_journal,
    is_sample_journal,
    open_practice,
    refuse_sample,
    sample_journal,
    sample_of_week,
)
from triplane.cli.terminal import called, tame
from triplane.coach import Day
from triplane.errors import UserError
from triplane.history import Change

DEFAULT_RUNNER = "me"


class Shell:
    """The common options of one run; opens the practice when a command first needs it."""

    def __init__(self, journal: Path | None, runner: str, zone: str | None, now: str | None) -> None:
        self._where = (journal, runner, zone, now)
        self._kept = Histories()

    def __enter__(self) -> "Shell":
        return self

    def __exit__(self, *_: object) -> None:
        if "practice" in self.__dict__:
            self.practice.journal.close()

    def on(self, journal: Path) -> "Shell":
        """Return the same shell on the journal that a command names by itself."""
        return Shell(journal, *self._where[1:])

    def beside(self, journal: Path, sample: str) -> "Shell":
        """Return the same shell on another journal; in one named for this run, as a runner of its own.

        So no sample's answers ever stand for those of the runner who keeps the named journal.
        """
        named, runner, zone, now = self._where
        return Shell(named, sample, zone, now) if named else Shell(journal, runner, zone, now)

    @functools.cached_property
    def practice(self) -> Practice:
        """The practice of the runner that is named; whom safety stops is shown no sample's either."""
        named, _, zone, now = self._where
        if named and is_sample_journal(named):
            with Shell(None, DEFAULT_RUNNER, zone, now) as own:
                refuse_sample(own.practice)
        return open_practice(*self._where)

    @property
    def named_journal(self) -> Path | None:
        """The file that was named for this run, if one was."""
        return self._where[0]

    def open_practice(self) -> Practice:
        """Open the practice once more, for a request of its own; what was read of the journal is kept."""
        return open_practice(*self._where, kept=self._kept)

    def open_sample(self, monday: date) -> Practice:
        """Open the practice of the sample runner of a week, in a journal beside the runner's own."""
        named, _, zone, now = self._where
        place = sample_journal(named or default_journal())
        return open_practice(place, sample_of_week(monday), zone, now, self._kept)

    def write(self, file: Path, content: bytes) -> None:
        """Write a file that was asked for.

        Raises
        ------
        UserError
            Where it cannot be written, or is the journal itself.
        """
        own = [Path(f"{self.practice.journal.place}{end}") for end in ("", "-wal", "-shm")]
        try:
            if file.exists() and any(place.exists() and file.samefile(place) for place in own):
                raise UserError(f"{file} is your journal; name another file")
            file.write_bytes(content)
        except OSError as error:
            raise UserError(f"{file} cannot be written: {error.strerror}") from error


def triplane_command(example: str) -> Callable[[Callable[..., Any]], click.Command]:
    """Make a command that takes ``--json``, shows an example in its help and is handed the shell."""

    def wrap(function: Callable[..., Any]) -> click.Command:
        wanted = click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
        name = function.__module__.rpartition("cmd_")[2]
        made = click.command(
            name, cls=_Command, epilog=f"\b\nExample: {called()}{example.removeprefix('triplane')}"
        )
        return made(wanted(click.pass_obj(function)))

    return wrap


class _Command(click.Command):
    def invoke(self, ctx: click.Context) -> Any:
        refuse_broken_words(ctx.params)
        return super().invoke(ctx)


def refuse_broken_words(told: Mapping[str, Any]) -> None:
    """Stop at words that hold bytes which are no letters: nothing could keep them. Names of files may.

    Raises
    ------
    UserError
        Showing the first of them.
    """
    for value in told.values():
        for word in value if isinstance(value, tuple) else (value,):
            if isinstance(word, str) and word != word.encode(errors="replace").decode():
                raise UserError(f"{word!r:.60} holds bytes that are no letters; write it in UTF-8")


def ask_nothing_in_json(as_json: bool, instead: str) -> None:
    """With ``--json`` a program reads the answer, and nobody answers questions.

    Raises
    ------
    UserError
        Saying what to give instead.
    """
    if as_json:
        raise UserError(f"with --json nothing is asked; {instead}")


def show_json(value: Any) -> None:
    """Print any of our values as JSON, sorted by nothing: fields stand as they are declared.

    All other signs than ASCII are escaped, so that no terminal and no pipe can mistake them.
    """
    click.echo(json.dumps(_plain(value), indent=2))


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


NARROWEST = 24
"""Signs that are left of a line at least, where what is folded is set in."""


def say(*lines: str, hang: int = 0) -> None:
    """Print sentences, folded to the width of the terminal; what a person wrote goes through ``plain``.

    What is folded goes on below where its line began, or ``hang`` signs from the left.
    """
    from rich.text import Text

    console = _console()
    for line in lines:
        told = Text.from_markup(MARKS.sub(r"\\[", tame(line)), emoji=False)
        start = hang or len(told.plain) - len(told.plain.lstrip(" "))
        head, rest, room = told[:start], told[start:], console.width - start
        longest = max(map(len, rest.plain.split()), default=0)
        if not start or told.cell_len <= console.width or room < max(NARROWEST, longest):
            console.print(told, highlight=False)
            continue
        for piece in rest.wrap(console, room):
            piece.rstrip()
            console.print(Text.assemble(head, piece), highlight=False)
            head = Text(" " * start)


def say_changes(day: Day, as_json: bool) -> None:
    """Say what is different now and why, after something was recorded."""
    if as_json:
        show_json(day.model_dump(mode="json", exclude={"proposed"}))
        return
    say("Recorded. Thank you.")
    say(*(change_in_words(change) for change in day.changes))
    if day.state.is_stop or day.says:
        say(f"[bold]{day.headline}[/]", *day.says)
    elif not day.changes:
        # Until a calm morning no drill grows: the drills of today stay, and yet that is no "nothing".
        held = [note.says for note in day.notes if note.rule == "E52"]
        say(*(held or ["Nothing changes: the plan stays as it is."]))


def change_in_words(change: Change) -> str:
    """Say what is different and why: a rule's number goes behind its words."""
    rule, colon, words = change.cause.partition(": ")
    if colon and rule[1:].isdigit():
        return f"{change.says} {words} ({rule})"
    return f"{change.says} {change.cause}".strip()


def show_table(title: str, heads: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    """Print a table that stays readable without colour and without a terminal.

    Where its words do not fit beside each other, each row stands as lines of its own.
    """
    heads, shown = tuple(heads), [tuple(tame(cell) for cell in row) for row in rows]
    widths = _widths((heads, *shown), _console().width)
    if not widths:
        _show_rows(title, heads, shown)
        return
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", box=box.SIMPLE, title_style="bold", pad_edge=False)
    for head, width in zip(heads, widths, strict=True):
        table.add_column(head, width=width)
    for row in shown:
        table.add_row(*(Text(cell) for cell in row))
    _console().print(table)


def _widths(lines: Iterable[tuple[str, ...]], room: int) -> list[int]:
    """Return how wide each column is so that no word breaks, or nothing where that is too much.

    Three signs stand between two columns. What room is left goes first to the column that lacks least.
    """
    columns = list(zip(*lines, strict=True))
    widths = [max(len(word) for cell in column for word in ("", *cell.split())) for column in columns]
    wanted = [max(len(cell) for cell in column) for column in columns]
    left = room - sum(widths) - 3 * len(widths) + 1
    if left < 0:
        return []
    for column in sorted(range(len(widths)), key=lambda n: wanted[n] - widths[n]):
        given = min(left, wanted[column] - widths[column])
        widths[column] += given
        left -= given
    return widths


def _show_rows(title: str, heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Show what is too wide for a table: the first cell of each row, and beneath it the others."""
    say(f"[bold]{title}[/] · by {heads[0]}")
    for first, *others in rows:
        say(plain(first))
        told = zip(heads[1:], others, strict=True)
        say(*("  " + f"{head} {plain(cell)}".strip() for head, cell in told if cell.strip()))


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
