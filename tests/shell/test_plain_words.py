"""What the commands say is true, complete and in plain words, for someone who meets them first."""

# ruff: noqa: F811  (a fixture is asked for by the name it is imported under)

import re
from pathlib import Path

import pytest

from keyboard import planned, planned_journal, talk  # noqa: F401
from triplane import coach
from triplane.cli.answers import read_feeling
from triplane.cli.commands.cmd_import import _counted
from triplane.cli.shell import change_in_words
from triplane.history import Change, FeelingKind

SAMPLE = Path(__file__).parents[2] / "src/triplane/formats/samples/desk_beginner.toml"
WEDNESDAY = "2026-11-25T05:30"


def flat(said: str) -> str:
    return " ".join(said.split())


@pytest.fixture
def pinched(talk, tmp_path):
    """A runner with a pinch in the front of the hip, planned within its limits."""
    file = tmp_path / "pinched.toml"
    answers = '[screening]\nH09 = true\n"H09.since_weeks" = 2\n"H09.giving_way" = false\n'
    file.write_text(SAMPLE.read_text().replace("[screening]", answers + "# "))
    assert talk("start", "--from", str(file))[0] == 0
    return talk


def test_the_safety_talk_says_how_long_it_really_is(talk):
    said = flat(talk("today")[1])

    assert "34 short ones" in said
    assert str(len(coach.first_questions())) in said
    assert "A few questions first. We plan nothing" in flat(talk("week")[1])


def test_a_stop_page_stands_alone(planned, talk, tmp_path):
    stopped = tmp_path / "stopped.toml"
    stopped.write_text('schema = "runner/1"\n[screening]\nH07 = true\n')
    assert planned("start", "--from", str(stopped))[0] == 0
    said = flat(planned("checkin", "--none")[1])

    assert "This is not a diagnosis." in said
    assert "Nothing changes" not in said


def test_do_says_why_safety_stops_it(talk):
    code, said = talk("do")

    assert code == 5
    assert "A few questions first." in said
    assert "no session is left" not in said


def test_a_change_says_why_it_came():
    lived = Change(says="Side plank: left out for now.", cause="E52: Your groin was sore this morning.")
    planned_otherwise = Change(says="Side plank leaves Monday 07:00.", cause="Your week has no such slot.")

    assert change_in_words(lived) == "Side plank: left out for now. Your groin was sore this morning. (E52)"
    assert change_in_words(planned_otherwise) == f"{planned_otherwise.says} Your week has no such slot."


def test_a_session_far_ahead_says_from_when_it_can_be_begun(planned):
    week = planned("week", "--json")[1]
    slot = next(day for day in week.split('"starts_at": "')[1:] if day[11:13] >= "18")
    said = flat(planned("today", now=f"{slot[:10]}T05:00")[1])

    assert "It can be begun from" in said
    assert "Begin: triplane do" not in said
    assert "Begin: triplane do" in flat(planned("today", now=f"{slot[:10]}T12:00")[1])
    session = re.search(r"To do one now: triplane (change slot \S+ --on \S+ --at 05:15)", said)
    assert session is not None
    assert planned(*session[1].split(), now=f"{slot[:10]}T05:00")[0] == 0
    assert "Begin: triplane do" in flat(planned("today", now=f"{slot[:10]}T05:00")[1])


def test_a_race_that_empties_the_days_says_so_today(planned):
    assert planned("change", "race", "2026-12-06", "--km", "21.1")[0] == 0
    said = flat(planned("today")[1])

    assert "before your race on Sunday 6 December nothing new comes in" in said
    assert "Every drill is still new to you" in said


def test_the_map_says_that_its_values_are_estimates_and_progress_that_its_are_readings(planned):
    assert "estimates from your readings" in flat(planned("map")[1])
    assert "estimates from your readings" in flat(planned("why", "turn in")[1])
    assert "These are your readings" in flat(planned("progress")[1])


def test_the_week_names_what_the_planner_counted_and_promises_no_touch(planned):
    said = flat(planned("week")[1])

    assert "every direction is touched" not in said
    assert "directions below their least" in said
    assert "floors missed" not in said
    assert "(E84)" not in said.partition("End-range minutes")[0]


def test_restrictions_go_by_their_names(pinched):
    assert "A pinch in the front of the hip, since" in flat(pinched("clearance")[1])
    said = flat(pinched("drill", "str_sl_rdl")[1])

    assert "A possible bone stress injury: left out." in said
    assert "bsi" not in said


def test_a_drill_that_is_changed_or_left_out_for_you_says_so_above_its_own_words(pinched):
    left_out = pinched("drill", "mob_9090_switch")[1]
    offered = flat(pinched("why", "int_inline_halfkneel")[1])
    changed = flat(pinched("drill", "int_inline_halfkneel")[1])

    assert left_out.startswith("Left out for you: ")
    assert ("For you, instead of" in changed) == ("For you, instead of" in offered)


def test_both_is_a_side(planned):
    assert read_feeling("groin:3:joint:both", FeelingKind.JOINT).side is None
    assert planned("checkin", "--sore", "calf:2:muscle:both")[0] == 0
    code, said = planned("checkin", "--sore", "calf:2:muscle:middle")

    assert code == 2
    assert "both" in said


def test_a_talk_taken_up_again_asks_only_what_is_due(planned):
    a_month_later = "2026-12-25T05:30"
    code, said = planned("start", typed="n\n" * 34, now=a_month_later)

    assert code == 0, said
    assert "How old are you" not in said
    assert "Nothing is due" in flat(planned("start", now=a_month_later)[1])


def test_a_test_that_needs_no_hands_says_which_option_to_add(planned):
    code, said = planned("measure", "single_leg_stance", "--left", "5", "--method", "phone_self")

    assert code == 2
    assert "add --active" in flat(said)


def test_one_run_is_one_run():
    assert (_counted(1, "new run"), _counted(2, "new run")) == ("1 new run", "2 new runs")
