"""Begin: one tap a question, an answer taken back before it stops anything, a week in a few taps."""

import html
import re
from datetime import time
from pathlib import Path
from typing import Any

import pytest

import triplane.web.begin
from triplane import coach
from triplane.history import (
    AboutRunner,
    Equipment,
    EquipmentListed,
    GymVisit,
    RaceEntered,
    ScreeningAnswered,
    Weekday,
    WeekDescribed,
)
from triplane.screening.load import words

WEEK = {"weekly_minutes": "60", "session_minutes": "20", "home_at": "18:00"}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def answered(app: Any, name: str) -> object:
    """Return what stands as the answer to a question."""
    told = [body.answers for _, body in app.practice.history().all(ScreeningAnswered)]
    return next((answers[name] for answers in reversed(told) if name in answers), None)


@pytest.fixture
def begun(app, browser) -> Any:
    """A newcomer who has accepted what this is and answered the first three questions with no."""
    browser.post("/begin/welcome/")
    for name in ("H01", "H02", "H03"):
        browser.post(f"/begin/safety/{name}/", {"answer": "no"})
    return app


@pytest.fixture
def screened(app, browser) -> Any:
    browser.post("/begin/welcome/")
    app.practice.record(coach.screening_answers(dict.fromkeys(coach.first_questions(), False)))
    return app


def test_a_newcomer_is_told_how_much_is_asked_before_it_begins(app, browser) -> None:
    asked = len(coach.first_questions())
    shown = text(browser.get("/begin/welcome/"))
    assert (
        f"Up to {asked} safety questions, about {coach.minutes_to_answer()} minutes, then 3 short pages"
        in shown
    )
    assert f"2 of {1 + asked + 3}" in text(browser.post("/begin/welcome/", follow=True)), "and no more comes"


def test_every_page_says_the_same_time_for_the_safety_questions() -> None:
    """The stop page of who answered nothing writes its numbers out; they are those of the first page."""
    written = {2: "two", 3: "three", 4: "four", 5: "five"}[coach.minutes_to_answer()]
    says = f"There are {len(coach.first_questions())} short ones; they take about {written} minutes."
    assert words().not_asked.endswith(says)


def test_one_tap_answers_and_leads_on(begun, browser) -> None:
    after = browser.post("/begin/safety/H04/", {"answer": "no"}, follow=True)
    assert answered(begun, "H04") is False
    assert "6 of 38" in text(after), "how far one has come is said"


def test_a_yes_opens_what_belongs_to_it_on_the_same_screen_and_is_not_recorded_before(begun, browser) -> None:
    shown = browser.post("/begin/safety/H09/", {"answer": "yes"})
    follow = coach.question("H09").follow_up[0]
    assert follow.ask in text(shown)
    assert "No after all" in text(shown)
    assert answered(begun, "H09") is None


def test_what_belongs_to_one_choice_is_not_demanded_where_it_was_not_chosen(begun, browser) -> None:
    asked = {"answer": "yes", "asked_where": "1", "asked_outer_knee_score": "1"}
    shown = browser.post("/begin/safety/Q06/", {"answer": "yes"}).content.decode()
    assert re.search(r'value="outer_knee" class="opens"', shown)
    assert "after-choice" in shown

    open_still = browser.post("/begin/safety/Q06/", {**asked, "where": "outer_knee"})
    assert "This needs an answer." in text(open_still)
    assert answered(begun, "Q06") is None, "the outer knee was named and not told of"

    browser.post("/begin/safety/Q06/", {**asked, "where": ["hip_or_groin"], "outer_knee_score": "9"})
    assert answered(begun, "Q06.where") == ("hip_or_groin",)
    assert answered(begun, "Q06.outer_knee_score") is None


def test_a_list_of_which_something_holds_is_not_left_empty(begun, browser) -> None:
    shown = browser.post("/begin/safety/H15/", {"answer": "yes", "asked_when": "1"})

    assert "This needs an answer." in text(shown)
    assert answered(begun, "H15") is None


def test_a_score_that_nobody_need_know_may_be_left_open(begun, browser) -> None:
    told = {"diagnosed": "no", "beighton": "", "five_questions": "1"}
    asked = {f"asked_{key}": "1" for key in told}
    browser.post("/begin/safety/P05/", {"answer": "yes", **asked, **told})

    assert answered(begun, "P05.five_questions") == 1
    assert answered(begun, "P05.beighton") is None
    due = coach.questions_due(begun.practice.history(), begun.now)
    assert not [name for name in due.follow_ups if name.startswith("P05")]


def test_a_yes_that_would_stop_is_asked_for_again_and_can_still_be_taken_back(begun, browser) -> None:
    shown = browser.post("/begin/safety/H07/", {"answer": "yes"})
    assert "If your finger slipped, say no" in text(shown)
    assert answered(begun, "H07") is None

    browser.post("/begin/safety/H07/", {"answer": "no", "sure": "1"})
    assert answered(begun, "H07") is False


def test_a_yes_said_twice_stops_at_once_and_no_way_leads_back(begun, browser) -> None:
    browser.post("/begin/safety/H07/", {"answer": "yes"})
    stopped = browser.post("/begin/safety/H07/", {"answer": "yes", "sure": "1"}, follow=True)
    assert stopped.redirect_chain[-1][0] == "/stop/"

    browser.post("/begin/safety/H07/", {"answer": "no", "sure": "1"}, follow=True)
    assert coach.clearance(begun.practice.history(), begun.now).is_blocked
    assert coach.stop_page(begun.practice.history(), begun.now).level.needs_professional


def test_an_answer_is_put_right_on_the_way_and_both_stay_on_record(begun, browser) -> None:
    browser.post("/begin/safety/H10/", {"answer": "yes"})
    assert answered(begun, "H10") is True
    shown = browser.get("/begin/safety/H10/")
    assert "You answered: yes" in text(shown)

    browser.post("/begin/safety/H10/", {"answer": "no"})
    assert answered(begun, "H10") is False
    facts = [one for one in begun.practice.history().facts if one.kind == "screening_answered"]
    assert len(facts) == 5, "the one that was corrected is still there"
    assert facts[-1].supersedes == facts[-2].id


def test_once_all_is_answered_a_no_takes_no_yes_back(screened, browser) -> None:
    browser.post("/begin/safety/P06/", {"answer": "yes"})
    browser.post("/begin/safety/P06/", {"answer": "no"})
    tags = coach.clearance(screened.practice.history(), screened.now).tag_names
    assert "dyspl" in {str(tag) for tag in tags}


def test_the_way_back_leads_to_the_question_before(begun, browser) -> None:
    assert '/begin/safety/H03/">Back' in browser.get("/begin/safety/H04/").content.decode()


def test_every_thing_of_the_closed_list_has_its_own_picture_and_nothing_is_chosen(screened, browser) -> None:
    folder = Path(triplane.web.begin.__file__).parent / "things"
    assert {one.stem for one in folder.glob("*.svg")} == {one.value for one in Equipment}
    assert len({one.read_text() for one in folder.glob("*.svg")}) == len(Equipment)
    shown = browser.get("/begin/equipment/").content.decode()
    assert shown.count('class="thing"') == len(Equipment)
    assert " checked" not in shown


def test_of_a_week_only_minutes_and_hour_at_home_are_proposed_and_what_is_missing_is_said_beside_it(
    screened, browser
) -> None:
    shown = browser.get("/begin/week/").content.decode()
    chosen = re.findall(r'name="(\w+)" value="([\w:]+)" checked', shown)
    assert chosen == [("weekly_minutes", "60"), ("session_minutes", "15"), ("home_at", "18:00")]
    assert shown.count(" checked") == 3, "no run, visit or desk of the runner's is guessed"
    assert "Coach's defaults" in html.unescape(shown)

    refused = browser.post("/begin/week/", {**WEEK, "mon_run": "on", "tue_gym": "on"})
    assert refused.status_code == 400
    assert refused.content.decode().count('class="problem"') == 3, "when, how long, and when in the gym"
    assert screened.practice.history().latest(WeekDescribed) is None


def test_a_week_without_a_run_is_asked_about_once_and_loses_nothing(screened, browser) -> None:
    told = {**WEEK, "weekly_minutes": "90", "sat_desk": "on", "race_day": "2027-04-11", "race_km": "10"}
    asked = browser.post("/begin/week/", told)
    page = asked.content.decode()

    assert (asked.status_code, screened.practice.history().latest(WeekDescribed)) == (200, None)
    assert "No run told: is that right?" in text(asked)
    sent = {name: values for name, values in fields_of(page).items() if any(values)}
    assert {name: sent[name] for name in told} == {name: [value] for name, value in told.items()}
    assert page.index(">Make my week<") < page.index('name="no_runs"'), "Enter in a field is no answer to it"

    browser.post("/begin/week/", {**sent, "no_runs": "yes"})
    week = screened.practice.history().latest(WeekDescribed)
    assert (week.weekly_minutes, any(day.runs for day in week.days.values())) == (90, False)
    again = browser.post("/begin/week/", {**sent, "weekly_minutes": "60"})
    assert again.status_code == 302, "who said so once is not asked again"


def test_who_tells_runs_is_asked_nothing_more_and_who_takes_them_all_away_is(screened, browser) -> None:
    runs = {**WEEK, "run_at": "07:00", "run_minutes": "45", "mon_run": "on"}
    assert browser.post("/begin/week/", runs).status_code == 302
    assert "No run told" in text(browser.post("/begin/week/", WEEK))
    assert any(day.runs for day in screened.practice.history().latest(WeekDescribed).days.values())


def test_a_week_in_a_few_taps_with_one_day_otherwise_and_a_race(screened, browser) -> None:
    told = {
        **WEEK, "run_at": "07:00", "run_minutes": "45", "gym_at_other": "19:15", "mon_run": "on",
        "sun_run": "on",
        "sun_minutes": "100", "sun_kind": "long", "tue_gym": "on", "fri_desk": "on",
        "race_day": "2027-04-11", "race_km": "42.195",
    }  # fmt: skip
    browser.post("/begin/week/", told)
    week = screened.practice.history().latest(WeekDescribed)

    assert [(str(d), r.at.hour, r.minutes, r.kind) for d, p in week.days.items() for r in p.runs] == [
        ("mon", 7, 45, None),
        ("sun", 7, 100, "long"),
    ]
    assert [str(visit.at) for pattern in week.days.values() for visit in pattern.gym] == ["19:15:00"]
    assert [str(day) for day, pattern in week.days.items() if pattern.desk] == ["fri"]
    assert screened.practice.history().latest(RaceEntered).distance_m == 42_195


def test_a_race_that_is_over_is_refused_beside_its_date_and_nothing_is_lost(screened, browser) -> None:
    refused = browser.post(
        "/begin/week/", {**WEEK, "race_day": "2020-04-11", "race_km": "10", "mon_desk": "on"}
    )
    assert refused.status_code == 400
    assert "is over" in text(refused)
    assert screened.practice.history().latest(WeekDescribed) is None
    assert 'name="mon_desk" checked' in refused.content.decode()


@pytest.mark.parametrize("hostile", ["nan", "1e9", "-5", "<b>", "9" * 400, "٣"])
def test_odd_minutes_are_a_sentence_beside_the_field(screened, browser, hostile) -> None:
    refused = browser.post("/begin/week/", {**WEEK, "weekly_minutes_other": hostile})
    assert refused.status_code == 400
    assert "<b>" not in refused.content.decode()
    assert screened.practice.history().latest(WeekDescribed) is None


def fields_of(shown: str) -> dict[str, list[str]]:
    """Return what a browser would send of a page as it stands."""
    sent: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", shown):
        told = dict(re.findall(r'([\w-]+)="([^"]*)"', tag))
        if told.get("type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        if told.get("type") in ("radio", "checkbox"):
            told.setdefault("value", "on")
        sent.setdefault(told.get("name", ""), []).append(told.get("value", ""))
    for name, options in re.findall(r'<select[^>]*name="([^"]+)"[^>]*>(.*?)</select>', shown, re.DOTALL):
        sent[name] = re.findall(r'value="([^"]*)" selected', options)[:1] or [""]
    return sent


@pytest.mark.parametrize(
    ("page", "kind"),
    [("about", AboutRunner), ("equipment", EquipmentListed), ("week", WeekDescribed)],
)
def test_what_was_told_is_shown_again_and_saved_as_it_stands_changes_nothing(
    marathoner, browser, page, kind
) -> None:
    before = marathoner.practice.history().latest(kind)
    shown = browser.get(f"/begin/{page}/").content.decode()
    assert 'role="progressbar"' not in shown, "whoever only changes something is not at the beginning"

    browser.post(f"/begin/{page}/", fields_of(shown))
    assert len(marathoner.practice.history().facts_of(kind)) == 2
    assert marathoner.practice.history().latest(kind) == before


def test_one_thing_changed_in_the_usual_week_loses_nothing_else(marathoner, browser) -> None:
    practice = marathoner.practice
    told = practice.history().latest(WeekDescribed)
    visits = (GymVisit(at=time(18, 30), minutes=40, muscles=("glutes",)),)
    days = {**told.days, Weekday.TUE: told.days[Weekday.TUE].model_copy(update={"gym": visits})}
    practice.record(told.model_copy(update={"days": days, "in_gym_only": True}))
    sent = fields_of(browser.get("/begin/week/").content.decode())

    browser.post("/begin/week/", {**sent, "weekly_minutes": ["90"], "weekly_minutes_other": [""]})
    after = practice.history().latest(WeekDescribed)
    assert after.weekly_minutes == 90
    assert (after.days[Weekday.TUE].gym, after.in_gym_only) == (visits, True)
    assert {day: one.runs for day, one in after.days.items() if one.runs} == {
        day: one.runs for day, one in told.days.items() if one.runs
    }
