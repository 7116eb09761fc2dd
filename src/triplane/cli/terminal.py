"""What reaches the terminal: signs that it can show, and nothing that steers it."""

import codecs
import io
import os
import shlex
import shutil
import sys
from contextlib import suppress
from pathlib import Path

import click

STAND_INS = {
    "°": " deg",
    "±": "+-",
    "·": ".",
    "●": "x",
    "○": "o",
    "“": '"',
    "”": '"',
    "—": "-",
    "…": "...",
    **{bar: str(height) for height, bar in enumerate("▁▂▃▄▅▆▇█", start=1)},
}
"""Our signs in plain letters, for a terminal that cannot show them."""


def use_terminal() -> None:
    """Make the streams take every sign; closed ones stand for a keyboard with nobody at it."""
    codecs.register_error("triplane", _stand_in)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="triplane")
    if sys.stdin is None:
        sys.stdin = open(os.devnull, encoding="utf-8")  # noqa: SIM115  # it stays open as long as we run


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    signs = error.object[error.start : error.end]
    return "".join(STAND_INS.get(sign, "?") for sign in signs), error.end


def tame(text: str) -> str:
    """Return a line without anything that steers a terminal: what came from outside stays words.

    Line ends become blanks; what cannot be seen (escape sequences, marks that turn the direction of
    writing, halves of signs) becomes a question mark.
    """
    if text.isprintable():
        return text
    return "".join(sign if sign.isprintable() else " " if sign.isspace() else "?" for sign in text)


def show_line(text: str) -> None:
    """Print one line as it is, without folding it."""
    click.echo(tame(text))


def called() -> str:
    """Return how this program is called here: by its name where the terminal finds it so, else as it was."""
    here, named = Path(sys.argv[0]), shutil.which("triplane")
    is_found = named is not None and here.exists() and here.samefile(named)
    return "triplane" if is_found or here.stem != "triplane" else shlex.quote(sys.argv[0])


def to_type(words: str) -> str:
    """Return a command as it is typed here, by the words behind the program's name."""
    return f"{called()} {words}"


def complain(*lines: str) -> None:
    """Print lines where faults are told; a place that takes none changes no exit code."""
    with suppress(OSError):
        for line in lines:
            click.echo(tame(line), err=True)
