"""Every command is wired: it answers in words and in JSON, explains itself, and exits by kind of error."""

import ast
import json
import os
import pkgutil
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from triplane import coach
from triplane.bootstrap import open_practice
from triplane.cli import commands
from triplane.cli.actions import in_words
from triplane.cli.app import main
from triplane.cli.terminal import called
from triplane.errors import Action, UserError
from triplane.history import DrillChosen, DrillDone, SessionLogged

NAMES = sorted(module.name.removeprefix("cmd_") for module in pkgutil.iter_modules(commands.__path__))
SAMPLE = Path(__file__).parents[2] / "src/triplane/formats/samples/marathoner.toml"
MONDAY = "2026-11-23T05:30"

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command on a journal of its own, on a fixed Monday morning; return code, out and err."""

    def run_command(*words: str, now: str = MONDAY) -> tuple[int, str, str]:
        common = ["--journal", str(tmp_path / "test.journal"), "--zone", "Europe/Berlin", "--now", now]
        code = main([*common, *words])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


@pytest.fixture(scope="session")
def told_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal in which the sample runner was told and the week planned, made once."""
    place = tmp_path_factory.mktemp("told") / "test.journal"
    common = ["--journal", str(place), "--zone", "Europe/Berlin", "--now", MONDAY]
    assert main([*common, "start", "--from", str(SAMPLE)]) == 0
    return place


@pytest.fixture
def started(run: Run, told_journal: Path, tmp_path: Path) -> Run:
    """The same, with the sample runner told."""
    shutil.copy(told_journal, tmp_path / "test.journal")
    return run


@pytest.mark.parametrize("name", NAMES)
def test_every_command_explains_itself_on_one_screen_with_an_example(run: Run, name: str) -> None:
    code, said, _ = run(name, "--help")

    assert code == 0
    assert f"Example: triplane {name}" in said
    assert "--json" in said
    assert len(said.splitlines()) <= 40


ASKED = [
    ["today"],
    ["week"],
    ["map"],
    ["drills"],
    ["drill", "mob_quad_band"],
    ["lunges"],
    ["progress"],
    ["why", "internal_rotation"],
    ["why", "E72"],
    ["measure", "internal_rotation", "--left", "18,17,19", "--method", "phone_helper"],
    ["checkin", "--none"],
    ["lint"],
    ["demo"],
]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_every_answer_comes_in_words_and_in_json(started: Run, words: list[str]) -> None:
    code, said, errors = started(*words)
    assert (code, errors) == (0, "")
    assert said.strip()

    code, said, errors = started(*words, "--json")
    assert (code, errors) == (0, "")
    assert json.loads(said) is not None


def test_a_drill_is_left_out_and_chosen_and_says_what_became_of_it(started: Run) -> None:
    code, said, errors = started("drill", "own_hip_cars", "--choose", "left-out", "--until", "2026-12-24")
    assert (code, errors) == (0, "")
    assert "Left out by you until 2026-12-24." in said
    assert "Left out by you" in started("drill", "own_hip_cars")[1]
    assert "own_hip_cars" not in started("week", "--json")[1]
    for wrong in (["--until", "2026-12-24"], ["--choose", "wanted", "--until", "2027-06-01"]):
        assert started("drill", "own_hip_cars", *wrong)[0] == 2
    started("drill", "own_hip_cars", "--choose", "neither")
    assert "In your weeks" not in started("drill", "own_hip_cars")[1]


def test_a_drill_that_the_runner_leaves_out_here_stays_out_whatever_a_coach_recorded(
    started: Run, tmp_path: Path
) -> None:
    assert started("drill", "own_hip_cars", "--choose", "left-out")[0] == 0
    practice = open_practice(tmp_path / "test.journal", "me", "Europe/Berlin", "2026-11-23T05:40")
    with practice.journal:
        for wanted in (False, True):
            body = DrillChosen(drill="own_hip_cars", wanted=wanted, until=date(2026, 12, 24))
            practice.record(body, author=coach.author_of("r-coach"))

    assert "Left out by you" in started("drill", "own_hip_cars", now="2026-11-23T05:45")[1]
    assert "own_hip_cars" not in started("week", "--json", now="2026-11-23T05:45")[1]


def test_a_samples_answers_never_stand_for_yours(run: Run) -> None:
    code, said, _ = run("demo")
    assert code == 0
    assert "--runner marathoner" in said

    _, said, _ = run("today", "--json")
    assert json.loads(said)["state"] == "unscreened"

    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    quoted = " ".join(re.findall(r"```text\n(Turn in.*?)```", readme, re.DOTALL)[0].split())
    _, said, _ = run("--runner", "marathoner", "why", "internal_rotation")
    sentences = re.split(r"(?<=[a-z])\.? (?=[A-Z])", quoted)
    assert len(sentences) > 3
    assert [one for one in sentences if one not in " ".join(said.split())] == [], (
        "what the README quotes is said"
    )


def test_what_is_to_be_typed_next_is_found_where_it_is_typed(tmp_path, monkeypatch) -> None:
    program = tmp_path / "bin" / "triplane"
    program.parent.mkdir()
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(program), "demo"])

    monkeypatch.setenv("PATH", str(tmp_path))
    assert called() == str(program)
    assert f"({program} start)" in in_words(UserError("nothing is told yet", action=Action.BEGIN))
    monkeypatch.setenv("PATH", str(program.parent))
    assert called() == "triplane"


def test_no_sentence_of_the_terminal_names_a_command_as_if_it_were_found_everywhere() -> None:
    bare = re.compile(rf"\btriplane (?:--[a-z]|(?:{'|'.join(NAMES)})\b)")
    found = []
    for file in Path(commands.__file__).parents[1].rglob("*.py"):
        tree = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
        papers = {id(getattr(one.body[0], "value", one)) for one in tree if _is_for_readers(one)}
        told = {id(word) for one in tree if isinstance(one, ast.Call) for word in _examples(one)}
        words = (one for one in tree if isinstance(one, ast.Constant) and id(one) not in papers | told)
        found += [one.value for one in words if isinstance(one.value, str) and bare.search(one.value)]

    assert found == []


def _is_for_readers(part: ast.AST) -> bool:
    """Whether a part of the code says of itself what a terminal never shows; of a command it is the help."""
    is_shown = isinstance(part, ast.FunctionDef) and part.name in ("command", "app")
    return isinstance(part, ast.Module | ast.ClassDef | ast.FunctionDef) and bool(part.body) and not is_shown


def _examples(call: ast.Call) -> list[ast.expr]:
    """Return the example of a command, which is shown as it is typed here."""
    return call.args if getattr(call.func, "id", "") == "triplane_command" else []


@pytest.mark.parametrize("is_named", [True, False])
def test_whom_safety_stops_still_tells_in_the_line_what_hurt_and_is_named_no_drill(
    started: Run, tmp_path: Path, is_named: bool
) -> None:
    code, said, errors = started("week", "--json")
    slot = next(slot for day in json.loads(said)["days"] for slot in day["slots"])
    at, drills = slot["slot"]["starts_at"][:16], [one["item"]["drill"] for one in slot["items"]]
    practice = open_practice(tmp_path / "test.journal", "me", "Europe/Berlin", at)
    practice.record(coach.screening_answers({"Q07": True}, short=True))
    named = [slot["slot"]["id"]] if is_named else []

    code, said, errors = started("log", *named, "--pain", f"{drills[0]}@groin:8:joint:left", now=at)
    [(_, logged)] = practice.history().all(SessionLogged)

    assert (code, errors) == (0, "")
    assert {felt.score for done in logged.drills for felt in done.pain} == {8}
    assert not any(drill in said for drill in drills)
    assert started("log", *named, now=at)[0] == 5


def planned_slot(started: Run) -> str:
    _, said, _ = started("week", "--json")
    return next(slot["slot"]["id"] for day in json.loads(said)["days"] for slot in day["slots"])


@pytest.mark.parametrize("day", ["9999-12-31", "2201-01-01", "0001-01-01"])
@pytest.mark.parametrize(
    "words",
    [
        "change race {day} --km 10",
        "change day {day} --away",
        "change slot {slot} --on {day} --at 07:00",
        "checkin --none --day {day}",
        "clearance H09 --who A --role physician --given {day}",
        "clearance H09 --who A --role physician --until {day}",
        "drill mob_quad_band --choose wanted --until {day}",
    ],
)
def test_a_date_beyond_all_calendars_is_a_sentence_about_the_date(started: Run, words: str, day: str) -> None:
    slot = planned_slot(started) if "{slot}" in words else ""
    code, said, errors = started(*words.format(day=day, slot=slot).split())

    assert code != 0
    assert "datetime" not in said + errors
    assert "a date lies from 1900 on and before 2201" in errors


def test_a_day_of_the_sample_runner_from_plan_to_log_to_check_in(started: Run) -> None:
    _, said, _ = started("week", "--json")
    slot = next(slot for day in json.loads(said)["days"] for slot in day["slots"])
    at = slot["slot"]["starts_at"][:16]
    morning_after = f"{datetime.fromisoformat(at).date() + timedelta(days=1)}T06:00"

    code, said, _ = started("do", slot["slot"]["id"], "--show", now=at)
    assert code == 0
    assert "get_ready" in said

    code, _, errors = started("log", slot["slot"]["id"], "--effort", "5", "--discomfort", "1", now=at)
    assert (code, errors) == (0, "")

    code, _, errors = started("log", slot["slot"]["id"], "--effort", "5", now=at)
    assert code == 2
    assert "logged before" in errors

    code, said, _ = started("checkin", "--sore", "groin:4:joint:left", now=morning_after)
    assert code == 0
    assert "Recorded" in said


def test_a_blocked_runner_gets_no_drill_by_any_command(run: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked.toml"
    blocked.write_text(SAMPLE.read_text().replace("[screening]", "[screening]\nH07 = true"))
    run("start", "--from", str(blocked))

    code, said, _ = run("today", "--json")
    day = json.loads(said)
    assert code == 0
    assert day["state"] == "blocked"
    assert day["slots"] == []
    for words in (
        ["week"],
        ["map"],
        ["lunges"],
        ["do"],
        ["do", "x"],
        ["measure", "flexion", "--left", "9", "--method", "phone_self"],
        ["drills"],
        ["drill", "mob_quad_band"],
        ["why", "own_ext_halfkneel"],
    ):
        code, said, errors = run(*words)
        assert code == 5, words
        assert "No session" not in errors, words
        assert "rel_" not in said + errors
        assert "mob_" not in said + errors


def test_the_journal_goes_out_and_comes_back_without_loss(started: Run, tmp_path: Path) -> None:
    started("today")
    first, second = tmp_path / "one.jsonl", tmp_path / "two.jsonl.gz"
    started("export", str(first))
    other = ["--journal", str(tmp_path / "other.journal"), "--now", MONDAY, "--zone", "Europe/Berlin"]

    assert main([*other, "import", str(first)]) == 0
    assert main([*other, "import", str(first)]) == 0
    assert main([*other, "export", str(tmp_path / "back.jsonl")]) == 0
    assert first.read_bytes() == (tmp_path / "back.jsonl").read_bytes()
    assert started("export", str(second))[0] == 0
    assert started("export", str(first))[0] == 2


WRONG = [
    (["drills", "--stage", "wn"], 2, "did you mean own"),
    (["drill", "mob_quad_bnd"], 2, "mob_quad_band"),
    (["todya"], 2, "today"),
    (["why", "E99"], 2, "E9"),
    (["measure", "flexion", "--left", "900", "--method", "phone_helper"], 2, "not possible"),
    (["measure", "flexion", "--left", "abc", "--method", "phone_helper"], 2, "not numbers"),
    (["measure", "flexion"], 2, "--method"),
    (["measure", "flexon", "--left", "9", "--method", "phone_helper"], 2, "flexion"),
    (["checkin", "--sore", "groin:14"], 2, "0 to 10"),
    (["checkin", "--sore", "grion:4"], 2, "groin"),
    (["checkin", "--none", "--sore", "groin:4"], 2, "not both"),
    (["checkin", "--none", "--day", "2087-01-01"], 2, "lies ahead"),
    (["log", "no-such-slot", "--effort", "3"], 2, "no planned session"),
    (["log", "--minutes", "-5"], 2, "range"),
    (["import", "no-such.fit"], 3, "cannot be read"),
    (["start", "--from", "no-such.toml"], 3, "cannot be read"),
    (["--now", "2026-13-45", "today"], 2, "not an instant"),
    (["--zone", "Mars/Olympus", "today"], 2, "no time zone"),
]


@pytest.mark.parametrize(("words", "code", "hint"), WRONG, ids=lambda value: str(value)[:40])
def test_what_a_person_gets_wrong_is_one_clear_sentence(
    started: Run, words: list[str], code: int, hint: str
) -> None:
    started("today")
    found, _, errors = started(*words)

    assert code == found
    assert hint in errors
    assert "Traceback" not in errors


def test_one_bad_file_does_not_stop_the_rest(started: Run, tmp_path: Path) -> None:
    good, bad = tmp_path / "run.gpx", tmp_path / "bad.fit"
    bad.write_bytes(b"\x0e\x10nonsense")
    points = "".join(
        f'<trkpt lat="52.5" lon="13.{400 + n:03d}"><time>2026-11-20T07:{n:02d}:00Z</time></trkpt>'
        for n in range(30)
    )
    good.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    )

    code, said, errors = started("import", str(bad), str(good))
    assert code == 7
    assert "1 new run," in said
    assert "bad.fit" in errors

    code, said, _ = started("import", str(good))
    assert (code, "0 new runs, 1 known before" in said) == (0, True)


def zipped(place: Path, **members: bytes) -> str:
    with zipfile.ZipFile(place, "w") as packed:
        for name, content in members.items():
            packed.writestr(name.replace("_", "."), content)
    return str(place)


def test_a_zip_is_read_whole_in_part_or_not_and_the_code_says_which(started: Run, tmp_path: Path) -> None:
    ride = (
        b'<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>cycling</type>'
        b'<trkseg><trkpt lat="52.5" lon="13"><time>2026-11-20T07:00:00Z</time></trkpt></trkseg></trk></gpx>'
    )
    nothing = zipped(tmp_path / "nothing.zip", a_fit=b"bad", b_gpx=b"bad")
    partly = zipped(tmp_path / "partly.zip", a_fit=b"bad", b_gpx=ride)
    whole = zipped(tmp_path / "whole.zip", b_gpx=ride)

    code, said, errors = started("import", nothing)
    assert (code, said) == (3, "")
    assert "nothing.zip: nothing in it can be read" in errors
    code, said, _ = started("import", partly)
    assert (code, "left out: partly.zip/a.fit" in said) == (7, True)
    assert started("import", whole)[0] == 0
    assert started("import", whole, nothing)[0] == 7


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pipes among the files there")
@pytest.mark.parametrize("words", [["import"], ["start", "--from"]])
def test_a_pipe_or_a_device_is_not_waited_for(started: Run, tmp_path: Path, words: list[str]) -> None:
    os.mkfifo(tmp_path / "pipe.fit")
    for file in (str(tmp_path / "pipe.fit"), "/dev/zero"):
        code, _, errors = started(*words, file)
        assert (code, "a pipe or a device" in errors) == (3, True)


@pytest.mark.skipif(not hasattr(os, "getuid") or os.getuid() == 0, reason="root may read everything")
def test_a_file_that_is_not_ours_to_read_does_not_stop_the_rest(started: Run, tmp_path: Path) -> None:
    closed, other = tmp_path / "closed.fit", tmp_path / "other.fit"
    closed.touch(0o000)

    code, _, errors = started("import", str(closed), str(other))
    assert code == 3
    assert [line.split()[2] for line in errors.splitlines()] == [f"{closed}:", f"{other}:"]


def test_a_file_with_a_name_of_no_letters_comes_in(started: Run, tmp_path: Path) -> None:
    name = os.fsdecode(b"run\xff.gpx")
    points = "".join(
        f'<trkpt lat="52.5" lon="13.{400 + n:03d}"><time>2026-11-20T07:{n:02d}:00Z</time></trkpt>'
        for n in range(30)
    )
    (tmp_path / name).write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    )

    code, said, _ = started("import", str(tmp_path / name))
    assert (code, "1 new run," in said) == (0, True)


def test_the_installed_command_works_without_colour_and_without_a_terminal(tmp_path: Path) -> None:
    plain = {**os.environ, "NO_COLOR": "1", "TERM": "dumb", "TRIPLANE_JOURNAL": str(tmp_path / "j")}
    done = subprocess.run(
        [sys.executable, "-m", "triplane.cli", "today"],
        capture_output=True,
        text=True,
        env=plain,
        check=False,
    )

    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "Traceback" not in done.stderr


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    command = f"{sys.executable} -m triplane.cli --journal {tmp_path}/j drills --json | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)

    assert "Traceback" not in done.stderr


def test_the_words_of_a_calendar_are_changed_tried_and_made_ours_again(run: Run, tmp_path: Path) -> None:
    club = tmp_path / "club.ics"
    entry = "BEGIN:VEVENT\nUID:k\nSUMMARY:Kermesse\nDTSTART:20261206T100000Z\nEND:VEVENT\n"
    club.write_text(f"BEGIN:VCALENDAR\nVERSION:2.0\n{entry}END:VCALENDAR\n")

    assert "left out: Kermesse" in run("words", "--try", str(club))[1]
    code, said, _ = run("words", "race", "--add", "Kermesse", "--remove", "10k", "--json")
    (race,) = json.loads(said)
    assert (code, race["own"], race["out"]) == (0, ["kermesse"], ["10k"])
    tried = json.loads(run("words", "--try", str(club), "--json")[1])
    assert [one["run"] for one in tried["entries"]] == ["race"]
    assert run("facts")[1].count("calendar_words") == 1, "nothing that is tried is recorded"

    run("words", "--restore")
    assert json.loads(run("words", "race", "--json")[1])[0]["own"] == []


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["sprint", "--add", "kermesse"], "there is no list of words called 'sprint'"),
        (["race", "--add", ""], "write a word; an empty one would find every entry"),
        (["race", "--add", "run"], "“run” is in two lists"),
        (["race", "--remove", "kermesse"], "“kermesse” is not in this list"),
        (["--add", "kermesse"], "name one list"),
    ],
)
def test_words_of_a_calendar_that_cannot_be_are_refused(run: Run, words: list[str], says: str) -> None:
    code, _, problem = run("words", *words)

    assert code != 0
    assert says in problem
    assert "calendar_words" not in run("facts")[1]


def test_a_sore_morning_is_answered_as_the_week_says_it(started: Run) -> None:
    """Sore stays sore, and what is held back until a calm morning is not called nothing."""
    _, said, _ = started("checkin", "--sore", "front_thigh:3:muscle:left", "--course", "goes_away")
    _, week, _ = started("week")

    for shown in (" ".join(said.split()), " ".join(week.split())):
        assert "Your left front thigh was sore on Monday: until a calm morning, no drill gets more" in shown
        assert "Nothing changes" not in shown


def test_one_drill_of_two_is_called_a_part_in_the_terminal(started: Run, tmp_path: Path) -> None:
    days = json.loads(started("week", "--json")[1])["days"]
    slot = next(slot for day in days for slot in day["slots"] if len(slot["items"]) == 2)
    begins = datetime.fromisoformat(slot["slot"]["starts_at"])
    item = slot["items"][0]["item"]
    practice = open_practice(tmp_path / "test.journal", "me", "Europe/Berlin", slot["slot"]["starts_at"])
    practice.record(SessionLogged(slot=item["id"], minutes=5, drills=(DrillDone(drill=item["drill"]),)))
    evening = f"{begins + timedelta(hours=4):%Y-%m-%dT%H:%M}"

    today, week = (" ".join(started(name, now=evening)[1].split()) for name in ("today", "week"))
    assert f"5 of {slot['minutes']:.0f} min partly done" in today
    assert "Nothing more today." in today
    assert "partly done, 5 min" in week
