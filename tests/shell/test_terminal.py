"""What reaches the terminal: whole words on narrow ones, letters on old ones, nothing that steers it."""

# ruff: noqa: F811  (a fixture is asked for by the name it is imported under)

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from rich.console import Console

from keyboard import MONDAY, planned, planned_journal, talk  # noqa: F401
from night import WIDE, every
from triplane.cli import shell
from triplane.cli.terminal import tame

HOSTILE = "a\x1b[31mred\x1b[0m\nforged\u202eright\x9b31m"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="there are no such files and streams there")


def command(journal: Path, *words: str, redirected: str = "", **environment: str):
    """Run the command as a program of its own; ``redirected`` as a shell writes it."""
    environment = {"TRIPLANE_ZONE": "Europe/Berlin", "TRIPLANE_NOW": MONDAY, **environment}
    call = [sys.executable, "-m", "triplane.cli", "--journal", str(journal), *words]
    return subprocess.run(
        ["bash", "-c", f'set -o pipefail; "$0" "$@" {redirected}', *call],
        capture_output=True,
        check=False,
        timeout=60,
        env={**{k: v for k, v in os.environ.items() if k != "COLUMNS"}, **environment},
    )


def test_what_came_from_outside_stays_words():
    assert tame(HOSTILE) == "a?[31mred?[0m forged?right?31m"
    assert tame("half \udcff of a sign, \0 and nothing") == "half ? of a sign, ? and nothing"
    assert tame("Zürich 19° ±4, 次") == "Zürich 19° ±4, 次"


def test_a_hostile_name_never_steers_the_terminal(planned, tmp_path, monkeypatch):
    # Wide enough that nothing is folded: a line may then begin only where one was written.
    monkeypatch.setattr(shell, "_console", lambda: Console(width=2000))
    file = tmp_path / f"{HOSTILE.replace('/', '')}.fit"
    told = [
        planned("checkin", "--none", "--note", HOSTILE),
        planned("facts"),
        planned("import", str(file)),
        planned("export", str(file)),
        planned("facts", HOSTILE),
        planned("--runner", HOSTILE, "erase", typed="me\n"),
        planned("--runner", HOSTILE, "erase", "--yes"),
        planned("--journal", str(file), "--runner", HOSTILE, "demo"),
        planned("facts", "--json"),
    ]

    said = "".join(said for _, said in told)
    assert "red" in said
    assert not {"\x1b", "\u202e", "\x9b"} & set(said)
    assert not [line for line in said.splitlines() if line.startswith("forged")]


def test_json_is_plain_letters_and_says_the_same(planned):
    planned("checkin", "--none", "--note", "Ü°\u202e")
    _, said = planned("facts", "--last", "1", "--json")

    assert said.isascii()
    assert json.loads(said)[0]["says"].endswith("Ü°\u202e")


@POSIX
@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize("words", ["map", "lunges", "progress", "drill mob_quad_band"])
def test_a_terminal_without_our_signs_gets_letters_for_them(planned_journal, words, encoding):
    done = command(planned_journal, *words.split(), PYTHONIOENCODING=encoding)

    assert (done.returncode, done.stderr) == (0, b"")
    assert b"?" not in done.stdout
    if words == "lunges":
        assert b"x done   o open" in done.stdout


@POSIX
def test_words_that_no_text_can_keep_are_refused_but_files_may_be_named_so(planned_journal, tmp_path):
    bad = os.fsdecode(b"\xff")
    for words in (["checkin", "--none", "--note", bad], ["why", bad]):
        done = command(planned_journal, *words)
        assert (done.returncode, b"no letters" in done.stderr) == (2, True)
    assert command(planned_journal, "--runner", bad, "today").returncode == 2

    assert command(planned_journal, "export", str(tmp_path / bad)).returncode == 0
    assert command(tmp_path / "new", "import", str(tmp_path / bad)).returncode == 0


@POSIX
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
@pytest.mark.parametrize("words", ["today", "map --json"])
def test_where_the_answer_does_not_fit_it_is_said(planned_journal, words):
    done = command(planned_journal, *words.split(), redirected=">/dev/full")

    assert done.returncode == 3
    assert b"the answer cannot be written" in done.stderr
    assert done.stderr.count(b"\n") == 1


@POSIX
def test_a_fault_that_nobody_can_be_told_keeps_its_code(planned_journal):
    for redirected in ("2>/dev/full", "2>&-"):
        assert command(planned_journal, "--bad", redirected=redirected).returncode == 2
        assert command(planned_journal, "why", "E99", redirected=redirected).returncode == 2


@POSIX
@pytest.mark.parametrize("words", ["drill mob_quad_band", "drills --json", "week"])
def test_a_reader_who_leaves_early_is_no_fault(planned_journal, words):
    done = command(planned_journal, *words.split(), redirected="| head -1")

    assert (done.returncode, done.stderr) == (0, b"")


@WIDE
@POSIX
@pytest.mark.parametrize("words", ["start", "measure", "checkin", "erase"])
def test_without_a_keyboard_a_talk_stops(planned_journal, words):
    for redirected in ("<&-", "</dev/null"):
        done = command(planned_journal, words, redirected=redirected)

        assert done.returncode == 1
        assert done.stderr.endswith(b"Stopped. Nothing else was recorded.\n")
        assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("words", ["start", "measure", "checkin", "erase"])
def test_with_json_nothing_is_asked(planned, words):
    before = planned("facts", "--json")
    code, said = planned(words, "--json", typed="y\n" * 9)

    assert (code, "with --json nothing is asked" in said) == (2, True)
    assert planned("facts", "--json") == before


@WIDE
@POSIX
@pytest.mark.parametrize("words", every(3, ["map", "facts", "drills", "lunges", "week", "progress"]))
def test_no_word_is_broken_or_lost_on_a_narrow_terminal(planned_journal, words):
    wide, *narrower = (
        command(planned_journal, words, COLUMNS=str(width)).stdout.decode() for width in (300, 20, 60)
    )
    for narrow, columns in zip(narrower, (20, 60), strict=True):
        kept = {word for word in wide.split() if len(word) <= columns - 4 and "─" not in word}

        assert not kept - {*narrow.split()}
        assert all(len(line.rstrip()) <= columns for line in narrow.splitlines())


def test_drills_and_lunges_are_read_at_a_glance_on_a_usual_terminal(planned_journal: Path) -> None:
    matrix = command(planned_journal, "lunges", COLUMNS="80").stdout.decode()
    rows = [line for line in matrix.splitlines() if re.search(r"[●○·]", line) and "done" not in line]
    listed = command(planned_journal, "drills", COLUMNS="80").stdout.decode().splitlines()
    heads = next(line for line in listed if line.split() == ["id", "name", "stage", "for"])

    assert rows and all(len(re.findall(r"[●○·]\d+", row)) == 9 for row in rows), "no mark without its number"
    assert heads.index("stage") - heads.index("name") > 20, "a name stands on a line or two"


def test_what_is_folded_goes_on_below_where_it_began(planned_journal: Path) -> None:
    lines = command(planned_journal, "week", COLUMNS="60").stdout.decode().splitlines()
    folded = [below for above, below in pairwise(lines) if re.match(r"   \d\d:\d\d", above)]
    assert any(below.startswith(" " * 32) and below.strip() for below in folded)
    assert not [line for line in folded if re.match(r"[a-z]", line)]
