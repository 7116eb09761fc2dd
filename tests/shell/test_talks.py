"""The talks at the keyboard: questions, measuring, clearances, changes, and a session that is played."""

# ruff: noqa: F811  (a fixture is asked for by the name it is imported under)

import json
import os
import select
import signal
import sys
import time
from pathlib import Path

import pytest

from keyboard import planned, planned_journal, talk  # noqa: F401
from triplane import coach

CTRL_C = "\x03"

SILENT_S = 60
"""A program that says nothing for so long at a terminal is stuck."""

SAMPLE = Path(__file__).parents[2] / "src/triplane/formats/samples/marathoner.toml"


def in_json(told, *words, **how):
    code, said = told(*words, "--json", **how)
    assert code == 0, said
    return json.loads(said)


def first_slot(told):
    return next(slot for day in in_json(told, "week")["days"] for slot in day["slots"])


def told_with(talk, tmp_path, answers):
    file = tmp_path / "runner.toml"
    file.write_text(SAMPLE.read_text().replace("[screening]", f"[screening]\n{answers}"))
    return talk("start", "--from", str(file))


def test_the_whole_first_talk_ends_in_a_plan(talk):
    answers = "n\n" * 34
    about = "41\nmale\n180\n72\n8\n"
    week = "60\n25\n18:00\n" + "n\nn\n" * 6 + "n\ny\n09:00\n90\nlong\n"
    code, said = talk("start", typed=f"y\n{answers}{about}mat, wall, chair\n{week}")

    assert code == 0, said
    assert in_json(talk, "today")["state"] not in ("unscreened", "blocked", "week_unknown")
    assert in_json(talk, "week")["days"][6]["anchors"]


def test_a_week_without_a_run_is_asked_about_and_told_anew_where_that_was_not_meant(talk):
    about = "41\nmale\n180\n72\n8\n"
    none, sundays = "n\nn\n" * 7, "n\nn\n" * 6 + "n\ny\n09:00\n90\nlong\n"
    week = f"60\n25\n18:00\n{none}n\n{sundays}"
    code, said = talk("start", typed="y\n" + "n\n" * 34 + f"{about}mat\n{week}")

    assert code == 0, said
    assert said.count("No run told: is that right?") == 1
    assert in_json(talk, "week")["days"][6]["anchors"]


def test_a_red_flag_ends_the_talk_with_the_stop_page(talk):
    first = coach.first_questions().index("H07")
    code, said = talk("start", typed="y\n" + "n\n" * first + "y\n" * 12)

    assert code == 0
    assert "This is not a diagnosis." in said
    assert in_json(talk, "today")["state"] == "blocked"


def test_without_the_disclaimer_nothing_is_recorded(talk):
    code, said = talk("start", typed="n\n")

    assert (code, "Nothing was recorded" in said) == (0, True)
    assert in_json(talk, "facts") == []


def test_follow_ups_left_open_by_a_runner_file_are_asked(talk, tmp_path):
    told_with(talk, tmp_path, "H09 = true")
    before = in_json(talk, "clearance")["unanswered_follow_ups"]
    code, said = talk("start", "--safety", typed="2\nn\n" * len(before))

    assert before == ["H09.since_weeks", "H09.giving_way"]
    assert "You said yes to" in said
    assert code == 0, said
    assert in_json(talk, "clearance")["unanswered_follow_ups"] == []


@pytest.mark.parametrize(("where", "typed"), [("nowhere", "nowhere\n"), ("outer_knee", "outer_knee\n7\n")])
def test_the_outer_knee_is_asked_about_only_where_it_was_named(talk, tmp_path, where, typed):
    told_with(talk, tmp_path, "Q06 = true")
    code, said = talk("start", "--safety", typed=typed)

    assert code == 0, said
    assert ("outer side of the knee hurt" in " ".join(said.split())) is (where == "outer_knee")
    assert in_json(talk, "clearance")["unanswered_follow_ups"] == []


def test_a_clearance_without_effect_is_not_recorded_and_one_that_counts_says_until_when(talk, tmp_path):
    told_with(talk, tmp_path, "H01 = true")
    common = ("--who", "A. Example", "--until", "2027-01-31")
    code, said = talk("clearance", "H01", "--role", "physiotherapist", *common)

    assert (code, "it takes one of: physician, surgeon" in " ".join(said.split())) == (2, True)
    code, said = talk("clearance", "H09", "--role", "physician", *common)
    assert (code, "nothing is held back now" in " ".join(said.split())) == (2, True)
    assert "clearance_recorded" not in talk("facts", "--json")[1]

    talk("clearance", "H01", "--role", "physician", *common)
    _, said = talk("clearance")
    assert "holds until 31 January 2027" in " ".join(said.split())
    assert "unanswered they stop the plan from" in " ".join(said.split())


def test_the_battery_is_guided_and_a_bad_value_does_not_end_it(planned):
    typed = "y\n\nabc\n900\n5,6,5\n0\nstretch\n" + "\n" * 3 + "n\n" * 60
    code, said = planned("measure", typed=typed)
    at_once, _, after = said.partition("Pain, 0 to 10")

    assert "not numbers" in at_once, said
    assert "is not possible" in " ".join(at_once.split()), said
    assert "left: 5 reps" in after, said
    assert code in (0, 1)


def test_a_day_away_is_a_day_without_sessions_and_usual_brings_them_back(planned):
    day = first_slot(planned)["slot"]["starts_at"][:10]
    assert planned("change", "day", day, "--away")[0] == 0
    there = next(one for one in in_json(planned, "week")["days"] if one["date"] == day)
    assert (there["away"], there["slots"]) == (True, [])

    assert planned("change", "day", day, "--usual")[0] == 0
    assert not next(one for one in in_json(planned, "week")["days"] if one["date"] == day)["away"]


def test_a_moved_run_and_a_race_stand_in_the_week(planned):
    assert planned("change", "day", "2026-11-25", "--run", "07:00=80:tempo", "--minutes", "10")[0] == 0
    assert planned("change", "race", "2026-11-29", "--km", "21.1", "--called", "City [half]")[0] == 0
    days = {day["date"]: day for day in in_json(planned, "week")["days"]}

    assert [a["minutes"] for a in days["2026-11-25"]["anchors"] if a["kind"] == "tempo"] == [80]
    assert "race" in [anchor["kind"] for anchor in days["2026-11-29"]["anchors"]]
    assert planned("change", "race", "2026-11-29", "--cancelled")[0] == 0
    days = {day["date"]: day for day in in_json(planned, "week")["days"]}
    assert "race" not in [anchor["kind"] for anchor in days["2026-11-29"]["anchors"]]


def test_a_session_is_moved_says_what_it_meets_there_and_goes_back(planned):
    def session():
        slots = [slot for day in in_json(planned, "week")["days"] for slot in day["slots"]]
        return next(one["slot"] for one in slots if one["slot"]["context"] in ("full_session", "rest_day"))

    usual = session()
    code, said = planned("change", "slot", usual["id"], "--at", "20:30")
    assert code == 0, said
    assert session()["starts_at"][11:16] == "20:30"
    assert planned("change", "slot", usual["id"], "--usual")[0] == 0
    assert session()["starts_at"] == usual["starts_at"]


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        ("change slot", "name the session"),
        ("change slot 2026-11-25-nothing-1 --at 20:00", "no session of this week"),
        ("change slot 2026-11-25-nothing-1 --away", "does not belong"),
        ("change day 2026-11-22 --away", "is over"),
        ("change day 2026-11-25", "say what is different"),
        ("change day 2026-11-25 --away --minutes 5", "say what is different"),
        ("change day 2026-11-25 --km 5", "does not belong"),
        ("change race 2026-12-25", "how long the race is"),
        ("change race 2026-12-25 --cancelled", "no race"),
        ("change default caps.new_drill 2", "caps.new_drills"),
        ("change default caps.new_drills 2.5", "cannot be 2.5"),
        ("change default caps.new_drills", "--restore"),
        ("correct 00000000 --withdraw", "no fact"),
        ("facts --kind run_record", "run_recorded"),
    ],
)
def test_a_change_that_cannot_be_is_one_sentence(planned, words, hint):
    code, said = planned(*words.split())

    assert (code, hint in " ".join(said.split())) == (2, True), said


def test_a_default_is_listed_set_and_restored(planned):
    def new_drills():
        return next(d for d in in_json(planned, "change", "default") if d["key"] == "caps.new_drills")

    assert planned("change", "default", "caps.new_drills", "1")[0] == 0
    assert (new_drills()["value"], new_drills()["ours"]) == (1, 3)
    assert planned("change", "default", "caps.new_drills", "--restore")[0] == 0
    assert new_drills()["value"] == 3
    assert "caps.new_drills" in planned("change", "default")[1]


def test_a_fact_is_withdrawn_once_and_stays_on_record(planned):
    measured = ("measure", "internal_rotation", "--left", "30", "--method", "phone_helper")
    planned(*measured)
    wrong = in_json(planned, "facts", "--kind", "measurement_taken", "--last", "1")[0]["id"]

    assert planned("correct", wrong[:8], "--withdraw", "--reason", "wrong leg")[0] == 0
    listed = {fact["id"]: fact for fact in in_json(planned, "facts", "--last", "1000")}
    assert listed[wrong]["corrected"]
    code, said = planned("correct", wrong, "--withdraw")
    assert (code, "corrected before" in said) == (2, True)


def test_pain_that_was_told_is_not_taken_back(planned):
    planned("measure", "internal_rotation", "--left", "30", "--method", "phone_helper", "--end-feel", "pinch")
    pinch = in_json(planned, "facts", "--last", "1")[0]["id"]
    planned("checkin", "--sore", "groin:5:joint:left")
    sore = in_json(planned, "facts", "--kind", "checkin_answered", "--last", "1")[0]["id"]

    for fact, why in ((pinch, "Safety rests on this"), (sore, "It told of something that hurt")):
        code, said = planned("correct", fact, "--withdraw")
        assert (code, why in said) == (5, True)


def test_a_session_with_mistyped_pain_is_told_anew_after_the_questions_before_a_session(planned):
    slot = next(s for day in in_json(planned, "week")["days"] for s in day["slots"])
    at, drill = slot["slot"]["starts_at"][:16], slot["items"][0]["item"]["drill"]
    hurt = ("--effort", "4", "--discomfort", "7", "--pain", f"{drill}@groin:6:joint:left")
    assert planned("log", slot["slot"]["id"], *hurt, now=at)[0] == 0
    [fact] = in_json(planned, "facts", "--kind", "session_logged", now=at)
    assert (fact["may_be_told_anew"], "stays" in fact["stays"]) == (True, True)

    no = "\n".join("n" for _ in coach.asked_before_a_session())
    code, said = planned("correct", fact["id"], "--anew", typed=f"4\n1\n1\nn\n\nn\n{no}\n", now=at)
    assert code == 0, said
    anew, before = in_json(planned, "facts", "--kind", "session_logged", now=at)
    assert before["corrected"] and not anew["corrected"]
    assert in_json(planned, "today", now=at)["state"] == "unscreened", "what was asked again stays asked"


def test_a_drill_that_is_not_told_anew_stays_as_it_was_and_each_is_asked_for_pain_and_too_much(planned):
    slot = next(s for day in in_json(planned, "week")["days"] for s in day["slots"] if len(s["items"]) > 1)
    at = slot["slot"]["starts_at"][:16]
    first, second = list(dict.fromkeys(item["item"]["drill"] for item in slot["items"]))[:2]
    hurt = ("--pain", f"{first}@groin:6:joint:left", "--too-much", second)
    assert planned("log", slot["slot"]["id"], "--effort", "4", "--discomfort", "7", *hurt, now=at)[0] == 0
    [fact] = in_json(planned, "facts", "--kind", "session_logged", now=at)

    no = "\n".join("n" for _ in coach.asked_before_a_session())
    typed = f"4\n1\n99\n1\ny\ngroin\nleft\njoint\n2\nn\n\ny\n{no}\n"
    code, said = planned("correct", fact["id"], "--anew", typed=typed, now=at)
    assert (code, "no such number" in said, "too much" in said) == (0, True, True), said
    anew = in_json(planned, "facts", "--kind", "session_logged", now=at)[0]
    assert "left groin at 2 of 10" in anew["says"]
    code, said = planned("correct", anew["id"], "--withdraw", now=at)
    assert (code, "hurt" in said) == (5, True)
    code, said = planned("correct", anew["id"], "--anew", typed="4\n1\n", now=at)
    assert " ".join(said.split()).count("It was too much.") == 2, (
        "the one told now and the one that was left as it was"
    )


def test_answers_are_told_anew_not_withdrawn(planned):
    answers = in_json(planned, "facts", "--kind", "screening_answered")[0]["id"]

    assert planned("correct", answers, "--withdraw")[0] == 2


def test_a_run_is_put_right(planned, tmp_path):
    points = "".join(
        f'<trkpt lat="52.5" lon="13.{400 + n:03d}"><time>2026-11-20T07:{n:02d}:00Z</time></trkpt>'
        for n in range(30)
    )
    run = tmp_path / "run.gpx"
    run.write_text(
        '<gpx version="1.1" creator="t" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>'
        f"<trkseg>{points}</trkseg></trk></gpx>"
    )
    planned("import", str(run))
    wrong = in_json(planned, "facts", "--kind", "run_recorded")[0]["id"]

    assert planned("correct", wrong, "--kind", "tempo", "--key")[0] == 0
    right, before = in_json(planned, "facts", "--kind", "run_recorded")
    assert (before["id"], before["corrected"]) == (wrong, True)
    assert "tempo, a key run" in right["says"]
    assert planned("correct", right["id"])[0] == 2


def sparse_calendar(folder):
    """A calendar with one run in a week that usually has more."""
    event = "BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:Easy run\r\nDTSTART:20261126T170000Z\r\nDURATION:PT1H\r\n"
    file = folder / "club.ics"
    file.write_text(f"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Club\r\n{event}END:VEVENT\r\nEND:VCALENDAR\r\n")
    return file


def week_by(told):
    return [day["anchors"] for day in in_json(told, "week")["days"]]


@pytest.mark.parametrize("words", [(), ("--json",)])
def test_where_nobody_is_asked_a_sparse_calendar_takes_no_run_out_of_the_week(planned, tmp_path, words):
    usual, file = week_by(planned), sparse_calendar(tmp_path)
    code, said = planned("import", str(file), *words)

    assert code != 0
    assert "1 week would hold fewer runs or gym visits than usual" in said
    assert "with --fewer you agree. Nothing was changed" in said
    assert week_by(planned) == usual

    code, said = planned("import", str(file), "--fewer", *words)
    assert code == 0, said
    assert week_by(planned) != usual


def test_at_a_terminal_it_is_asked_whether_the_week_goes_by_a_sparse_calendar(planned, tmp_path, monkeypatch):
    monkeypatch.setattr("click.testing._NamedTextIOWrapper.isatty", lambda self: True, raising=False)
    usual, file = week_by(planned), sparse_calendar(tmp_path)
    code, said = planned("import", str(file), typed="n\n")
    assert (code, "your usual week stays" in said) == (0, True), said
    assert "week of 23 November: " in said
    assert week_by(planned) == usual

    code, said = planned("import", str(file), typed="y\n")
    assert (code, "your weeks follow it" in said) == (0, True), said
    assert week_by(planned) != usual
    assert "nothing has changed in it" in planned("import", str(file))[1]


def test_erasing_asks_for_the_name_and_then_nothing_is_left(planned):
    code, said = planned("erase", typed="you\n")
    assert (code, "nothing was erased" in said) == (2, True)
    assert in_json(planned, "facts")

    code, _ = planned("erase", typed="me\n")
    assert (code, in_json(planned, "facts")) == (0, [])
    assert in_json(planned, "erase", "--yes")["facts"] == 1


def test_log_asks_what_hurt_and_keeps_reps_apart_from_clean(planned):
    slot = first_slot(planned)["slot"]
    at = slot["starts_at"][:16]
    drill = in_json(planned, "do", slot["id"], now=at)["session"]["items"][0]["drill"]
    told = (f"{drill}=4", f"{drill}=2")
    hurt = f"y\nknee\nleft\njoint\n2\nn\n{drill}\n"
    code, said = planned(
        "log",
        slot["id"],
        "--reps",
        told[0],
        "--clean",
        told[1],
        typed=f"5\n2\n{hurt}",
        now=at,
    )

    assert (code, "Recorded" in said) == (0, True), said


def played_at_a_terminal(tmp_path, slot, talk):
    """Play a slot's session at a real terminal, typing when a word is seen; return the code and all said."""
    import pty

    words = ["--journal", str(tmp_path / "talk.journal"), "--zone", "Europe/Berlin", "--now"]
    child, terminal = pty.fork()
    if child == 0:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # ctrl-c counts, however these tests were started
        command = [*words, slot["starts_at"][:16], "do", slot["id"], "--pace", "20"]
        os.execv(sys.executable, [sys.executable, "-m", "triplane.cli", *command])
    said = ""
    for wait_for, typed in talk.items():
        while wait_for not in said:
            said += heard(terminal, child, f"waiting for {wait_for!r} after {said!r}")
        if typed == CTRL_C:
            time.sleep(0.5)  # a person is slower than the gap between a prompt's words and its reading
        os.write(terminal, typed.encode())
    while more := heard(terminal, child, f"waiting for the end after {said!r}"):
        said += more
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


def heard(terminal, child, where):
    """Return what the program says next, nothing when it has ended; a stuck one is stopped."""
    ready, _, _ = select.select([terminal], [], [], SILENT_S)
    if not ready:
        os.kill(child, signal.SIGKILL)
        raise AssertionError(f"silent for {SILENT_S} s, {where}")
    try:
        return os.read(terminal, 4096).decode(errors="replace")
    except OSError:
        return ""


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are opened otherwise there")
def test_a_session_is_played_at_a_terminal_and_a_stop_sign_ends_it(planned, tmp_path):
    """A real terminal: the short questions, the stop words, a sign told in the first drill, then the end."""
    slot = first_slot(planned)["slot"]
    talk = {
        "Before we begin": "n\n" * 5,
        "When to stop": "",
        "q stop here": "p",
        "Is there a place": "n\n",
        "one of these there": "giving way\n",
        "We stop here": "",
        "Most discomfort": "3\n",
        "Effort": "4\n",
        "Recorded": "",
    }
    code, said = played_at_a_terminal(tmp_path, slot, talk)

    assert code == 0, said
    assert "giving way" in said
    logged = in_json(planned, "facts", "--kind", "session_logged", now=slot["starts_at"][:16])
    assert len(logged) == 1
    assert in_json(planned, "today", now=slot["starts_at"][:16])["state"] == "unscreened"


@pytest.mark.skipif(sys.platform == "win32", reason="terminals are opened otherwise there")
@pytest.mark.parametrize("given_up_at", ["Most discomfort", "Effort"])
def test_a_session_whose_scores_are_given_up_is_logged_as_it_was_played(planned, tmp_path, given_up_at):
    slot = first_slot(planned)["slot"]
    begun = {"Before we begin": "n\n" * 5, "q stop here": "q"}
    scores = {"Most discomfort": "3\n", "Effort": "4\n", given_up_at: CTRL_C}
    asked = dict(list(scores.items())[: list(scores).index(given_up_at) + 1])
    code, said = played_at_a_terminal(tmp_path, slot, {**begun, **asked, "without your scores": ""})

    assert code == 0, said
    [logged] = in_json(planned, "facts", "--kind", "session_logged", now=slot["starts_at"][:16])
    assert "effort" not in logged["says"]
