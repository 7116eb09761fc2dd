"""Odd words and odd numbers end in one clear sentence, never in a traceback, and change nothing."""

# ruff: noqa: F811  (a fixture is asked for by the name it is imported under)

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from keyboard import planned, planned_journal, talk  # noqa: F401
from triplane.cli.app import main
from triplane.cli.shell import say

MEASURE = ["measure", "internal_rotation", "--method", "phone_helper"]
ODD = [
    ([*MEASURE, "--left", ","], 2, "not numbers"),
    ([*MEASURE, "--left", "nan"], 2, "not numbers"),
    ([*MEASURE, "--left", "inf"], 2, "not numbers"),
    ([*MEASURE, "--left", "1,2,3,4,5,6,7,8,9,10"], 2, "too many"),
    ([*MEASURE, "--left", "18,17,19", "--right", "bad"], 2, "not numbers"),
    ([*MEASURE, "--left", "18,17,19", "--right", "900"], 2, "not possible"),
    (["checkin", "--sore", "groin:1", "--hours", "nan"], 2, "not a number"),
    (["checkin", "--none", "--day", "1900-01-01"], 2, "too long ago"),
    (["drill", "mob_quad_band", "--figure", "/nonexistent/a.svg"], 2, "cannot be written"),
    (["progress", "--html", "/nonexistent/a.html"], 2, "cannot be written"),
    (["log", "x", "--effort", "3", "--load", "x=nan"], 2, "DRILL=NUMBER"),
    (["log", "x", "--effort", "3", "--clean", "x=400"], 2, "DRILL=NUMBER"),
    (["log", "x", "--effort", "3", "--minutes", "nan"], 2, "not a number"),
    (["clearance", "--who", "A. Example"], 2, "name what is cleared"),
    (["clearance", "fai:mob_quad_bnd", "--who", "A", "--role", "physician"], 2, "mean mob_quad_band"),
    (["clearance", "fai:", "--who", "A", "--role", "physician"], 2, "no drill"),
    (["clearance", "H09:mob_quad_band", "--who", "A", "--role", "physician"], 2, "no question, tag"),
    (["change", "default", "caps.transition_s", "1e308"], 2, "cannot be"),
    (["--now", "0001-01-01T00:00", "today"], 2, "outside the years"),
    (["--now", "9999-12-31T23:59", "today"], 2, "outside the years"),
    (["--zone", "Europe", "today"], 2, "no time zone"),
    (["--zone", "a" * 5000, "today"], 2, "no time zone"),
    (["--zone", "../../etc/passwd", "today"], 2, "no time zone"),
    (["--journal", "a" * 300, "today"], 4, "cannot be the journal"),
]


@pytest.mark.parametrize(("words", "code", "hint"), ODD, ids=lambda value: str(value)[:60])
def test_an_odd_value_is_one_clear_sentence_and_records_nothing(planned, words, code, hint):
    before = len(json.loads(planned("facts", "--last", "1000", "--json")[1]))
    found, said = planned(*words)

    assert (found, hint in " ".join(said.split())) == (code, True), said
    assert "Traceback" not in said
    assert len(json.loads(planned("facts", "--last", "1000", "--json")[1])) == before


def test_what_a_person_wrote_is_shown_as_it_stands(planned, tmp_path: Path):
    for name in ("y[red].jsonl", "y[bold].jsonl", "y[.jsonl", "y:smile:.jsonl"):
        code, said = planned("export", str(tmp_path / name))

        assert code == 0
        assert name in said.replace("\n", "")


def test_no_file_is_written_over_the_journal(planned, tmp_path: Path):
    journal = tmp_path / "talk.journal"
    before = len(json.loads(planned("facts", "--last", "1000", "--json")[1]))
    for words in (["export", "--force"], ["progress", "--html"], ["drill", "mob_quad_band", "--figure"]):
        code, said = planned(*words, str(journal))
        assert (code, "is your journal" in " ".join(said.split())) == (2, True)

    assert len(json.loads(planned("facts", "--last", "1000", "--json")[1])) == before


def test_brackets_in_our_own_sentences_are_no_markup(capsys):
    say("[bold]Next[/] City [red] race [x")

    assert capsys.readouterr().out == "Next City [red] race [x\n"


def test_a_value_that_no_guard_caught_is_still_one_sentence(planned):
    code, said = planned("clearance", "H09", "--role", "physician", "--who", "A" * 130)

    assert (code, "who" in said, "Traceback" in said) == (2, True, False)


WORDS = st.sampled_from(
    [
        "",
        " ",
        "[red]",
        "[/]",
        "\x01",
        "a\u202eb",
        "9" * 30,
        *[
            "nan",
            "-inf",
            "1e999",
            "-1",
            "0",
            "10",
            "11",
            "3.5",
            "[bold]",
            "@",
            ",",
            ":",
            "=",
            ".",
            "a=b",
            "x=nan",
            "x=-1",
            "groin",
            "groin:3",
            "groin:3:joint",
            "groin:99",
            "groin:3:joint:left:x",
            "left",
            "flexion",
            "internal_rotation",
            "phone_helper",
            "goniometer",
            "mob_quad_band",
            "E72",
            "R16",
            "day",
            "race",
            "2026-11-23",
            "2026-11-24",
            "1900-01-01",
            "9999-12-31",
            "2026-02-30",
            "06:30=60:interval",
            "25:00=1",
            "06:00+01:00=5",
            "default",
            "caps.new_drills",
            "/nonexistent/x",
            "H09",
            "fai",
            "fai:mob_quad_band",
            "E52",
            "physician",
            "--json",
            "--help",
            "--withdraw",
        ],
    ]
)
COMMANDS = st.sampled_from(
    [
        line.split()
        for line in """measure
        measure internal_rotation --method phone_helper --left
        measure internal_rotation --method phone_helper --left 18 --right
        measure flexion --left 1 --method
        checkin --sore
        checkin --none --hours
        checkin --none --day
        checkin --none --note
        clearance
        clearance H09 --who A --role physician --until
        clearance H09 --who A --role physician --given
        clearance --who A --role
        do --show
        drill
        drill mob_quad_band --side
        drill mob_quad_band --figure
        drills
        drills --stage
        drills --with
        import
        log --effort 3
        log --effort
        log --effort 3 --load
        log --effort 3 --reps
        log --effort 3 --pain
        log --effort 3 --sign
        lunges --direction
        progress --weeks
        start --from
        why
        change
        change day
        change race
        change race --km 10
        change default
        change default caps.new_drills
        change day 2026-11-25 --minutes
        change day 2026-11-25 --run
        change race 2026-12-25 --km
        change race 2026-12-25 --km 10 --at
        erase
        facts
        facts --kind
        facts --last
        correct
        correct 1 --kind
        --zone
        --now
        --runner
        export
        today
        week
        map""".splitlines()
    ]
)


@settings(max_examples=200)
@given(command=COMMANDS, words=st.lists(WORDS, max_size=3))
def test_no_word_ever_ends_in_a_traceback(tmp_path_factory, planned_journal: Path, command, words):
    """``main`` returns a code for whatever is typed; anything it raises would be a traceback."""
    place = tmp_path_factory.mktemp("odd")
    journal = place / "odd.journal"
    journal.write_bytes(planned_journal.read_bytes())
    common = ["--journal", str(journal), "--zone", "Europe/Berlin", "--now", "2026-11-23T05:30"]
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(place)
        patch.setattr("sys.stdin", open("/dev/null", encoding="utf-8"))  # noqa: SIM115
        code = main([*common, *command, *words])

    assert code in range(8)


@pytest.mark.parametrize("option", ["--journal", "--runner", "--zone"])
def test_an_option_of_every_command_given_behind_one_is_told_where_it_stands(option, capsys) -> None:
    assert main(["week", option, "x"]) == 2

    assert f"{option} stands before the command, as: triplane {option} ... week" in capsys.readouterr().err
