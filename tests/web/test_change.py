"""Life comes between: a day away, little time, a race; the week changes and says why."""

import re
from datetime import timedelta
from typing import Any

import pytest

from triplane import coach
from triplane.history import Context, DayChanged, RaceEntered


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sending(answer: Any) -> str:
    """Return the mark of one sending that a form carries."""
    found = re.search(r'name="once" value="([0-9a-f]+)"', answer.content.decode())
    assert found
    return found.group(1)


def test_a_day_away_moves_its_drills_and_says_why(marathoner, browser) -> None:
    today = marathoner.now.date()
    shown = browser.post("/change/away/", {"day": today.isoformat()}, follow=True)

    assert "Before and after" in text(shown)
    assert "Your week no longer has this slot." in text(shown)
    assert marathoner.practice.history().latest(DayChanged).away


def test_a_rules_number_stands_behind_the_reason_and_not_before_it(marathoner) -> None:
    from triplane.web.words import because

    assert because("R05: You said Clam was too much.") == {
        "rule": "R05",
        "says": "You said Clam was too much.",
    }
    assert because("Your week no longer has this slot.")["rule"] == ""


def test_ten_minutes_at_home_are_noted_and_can_be_taken_back(marathoner, browser) -> None:
    tomorrow = (marathoner.now + timedelta(days=1)).date().isoformat()
    told = browser.post("/change/minutes/", {"day": tomorrow, "minutes": "10"}, follow=True)
    assert "10 minutes at home" in text(told)
    assert "10 minutes at home" in text(browser.get("/change/"))

    back = browser.post("/change/undo/", {"kind": "day", "day": tomorrow}, follow=True)
    assert "As usual again" in text(back)
    assert "10 minutes at home" not in text(browser.get("/change/"))


def test_a_race_this_week_takes_the_load_off_and_can_be_cancelled(marathoner, browser) -> None:
    sunday = (marathoner.now + timedelta(days=4)).date().isoformat()
    told = browser.post(
        "/change/race/", {"day": sunday, "km": "10", "at": "10:00", "called": "Autumn ten"}, follow=True
    )
    assert "Autumn ten" in text(told)
    assert "Before a race we take the load off" in text(told)

    assert "Autumn ten cancelled" in text(
        browser.post("/change/undo/", {"kind": "race", "day": sunday}, follow=True)
    )


def test_a_race_far_ahead_is_noted_and_moves_nothing_today(marathoner, browser) -> None:
    told = browser.post("/change/race/", {"day": "2027-06-13", "km": "21.1"}, follow=True)

    assert "lies beyond this week" in text(told)


@pytest.mark.parametrize(
    ("address", "told", "says"),
    [
        ("/change/away/", {"day": "soon"}, "Give a date"),
        ("/change/away/", {"day": "2026-11-20"}, "is over"),
        ("/change/minutes/", {"day": "2026-11-26", "minutes": "many"}, "Give a number from 0 to 180"),
        ("/change/minutes/", {"day": "2026-11-26", "minutes": "nan"}, "Give a number from 0 to 180"),
        ("/change/race/", {"day": "2026-11-29", "km": "0"}, "Give a number from 0.1 to 1000"),
        ("/change/race/", {"day": "2026-11-29", "km": "10", "at": "noon"}, "Write it as 09:00"),
    ],
)
def test_what_cannot_be_is_said_beside_the_field_and_nothing_typed_is_lost(
    marathoner, browser, address, told, says
) -> None:
    before = len(marathoner.practice.history().facts_of(RaceEntered))
    shown = browser.post(address, told)

    assert shown.status_code == 400
    assert says in text(shown)
    assert f'value="{list(told.values())[-1]}"' in shown.content.decode()
    assert len(marathoner.practice.history().facts_of(RaceEntered)) == before
    assert marathoner.practice.history().facts_of(DayChanged) == ()


def test_the_same_sending_twice_is_one_fact_and_shows_the_same(marathoner, browser) -> None:
    form = {"day": "2026-11-27", "once": sending(browser.get("/change/away/"))}
    first = browser.post("/change/away/", form)
    second = browser.post("/change/away/", form)

    assert first.headers["Location"] == second.headers["Location"]
    assert len(marathoner.practice.history().facts_of(DayChanged)) == 1


def test_a_blocked_runner_is_led_to_the_stop_page(marathoner, browser) -> None:
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    for page in ("/change/", "/change/away/", "/change/race/"):
        assert browser.get(page, follow=True).redirect_chain[-1][0] == "/stop/"


def test_today_and_the_week_lead_to_it(marathoner, browser) -> None:
    for page in ("/", "/week/"):
        assert 'href="/change/away/"' in browser.get(page).content.decode()


def test_looking_at_what_a_change_made_plans_nothing(marathoner, browser, monkeypatch) -> None:
    """The plan before had not answered a check-in yet when the change was told."""
    from triplane.coach import plans
    from triplane.history import CheckinAnswered

    practice = marathoner.practice
    practice.record(CheckinAnswered(about=practice.yesterday))
    [fact] = practice.record(
        coach.changed_day(practice.history(), practice.now.date(), practice.now, away=True)
    )
    practice.day()
    before = practice.history().facts
    monkeypatch.setattr(plans, "issue_plan", None)
    shown = browser.get(f"/change/made/{fact.id}/").content.decode()

    assert "Before and after" in shown
    assert practice.history().facts == before


def test_a_change_told_before_any_plan_shows_nothing_before(marathoner, browser) -> None:
    marathoner.now += timedelta(days=7)
    practice = marathoner.practice
    [fact] = practice.record(
        coach.changed_day(practice.history(), practice.now.date(), practice.now, away=True)
    )
    practice.day()

    assert "It is noted" in browser.get(f"/change/made/{fact.id}/").content.decode()


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "2200-01-01"])
def test_a_day_beyond_all_calendars_is_asked_again(marathoner, browser, day: str) -> None:
    answer = browser.post("/change/away/", {"day": day}, follow=True)

    assert answer.status_code == 400
    assert "Give a date" in answer.content.decode()


OFFER = "I am short of time"


def at_home(app: Any) -> Any:
    """Return today's session at home, of the Tuesday of the sample's week."""
    app.now = app.now.replace(hour=5) - timedelta(days=1)
    app.practice.day()
    slots = app.practice.look().slots
    return next(one.slot for one in slots if one.slot.context in (Context.FULL_SESSION, Context.REST_DAY))


def offers(app: Any, browser: Any) -> tuple[bool, bool, bool]:
    """Say whether Today offers to be shorter, the week does, and the form begins with today."""
    app.practice.day()
    today = f'value="{app.now.date()}"' in browser.get("/change/minutes/").content.decode()
    return OFFER in text(browser.get("/")), OFFER in text(browser.get("/week/")), today


@pytest.mark.parametrize("minutes", [-600, -1, 0, 10, 29, 31, 149, 151])
def test_less_time_today_is_offered_alike_on_every_page_while_it_changes_anything(
    marathoner, browser, minutes: int
) -> None:
    """Once a session at home has begun, no telling cuts it; so none is asked for."""
    slot = at_home(marathoner)
    marathoner.now = slot.starts_at + timedelta(minutes=minutes)

    assert offers(marathoner, browser) == (minutes < 0,) * 3


def test_less_time_at_home_is_not_offered_where_only_a_run_or_the_gym_is_left(marathoner, browser) -> None:
    marathoner.practice.day()
    assert {one.slot.context for one in marathoner.practice.look().slots} == {Context.PRE_RUN}
    assert offers(marathoner, browser) == (False,) * 3
    first = marathoner.practice.look().day_to_shorten
    assert first > marathoner.now.date(), "the form begins with the next day that it can change"
    assert f'value="{first}"' in browser.get("/change/minutes/").content.decode()
    [cut] = [day for day in marathoner.practice.week().days if day.date == first]
    assert any(one.slot.context in (Context.FULL_SESSION, Context.REST_DAY) for one in cut.slots)


def test_a_week_to_come_takes_less_time_too_from_its_first_day_on(marathoner, browser) -> None:
    marathoner.practice.day()
    page = browser.get("/week/?of=next").content.decode()
    monday = marathoner.practice.week().monday + timedelta(days=7)
    assert OFFER in page and "Does today go otherwise?" not in page
    assert f"/change/minutes/?day={monday}" in page
    assert f'value="{monday}"' in browser.get(f"/change/minutes/?day={monday}").content.decode()


@pytest.mark.parametrize("kind", ["day", "race"])
@pytest.mark.parametrize("day", ["9999-12-31", "2201-01-01", "0001-01-01", "2200-12-31"])
def test_a_far_day_of_which_nothing_was_told_is_no_fault_of_ours(marathoner, browser, day, kind) -> None:
    shown = browser.post("/change/undo/", {"day": day, "kind": kind})

    assert shown.status_code == (302 if (day, kind) == ("2200-12-31", "day") else 400)
    if day in ("9999-12-31", "2201-01-01"):
        assert "is too far ahead; what is told lies before 2201" in text(shown)


def test_a_page_from_before_something_else_was_told_says_so_and_is_opened_anew(marathoner, browser) -> None:
    tomorrow = (marathoner.now + timedelta(days=1)).date().isoformat()
    old = {"day": tomorrow, "csrfmiddlewaretoken": "a" * 64}
    browser.post("/change/away/", old)
    browser.post("/change/undo/", {"kind": "day", "day": tomorrow})
    facts = marathoner.practice.history().facts_of(DayChanged)
    came_from = {"Referer": f"http://testserver/change/away/?day={tomorrow}"}
    sent = browser.post("/change/away/", old, headers=came_from)
    astray = browser.post("/change/away/", old, headers={"Referer": "https://elsewhere.example/x"})

    assert sent.status_code == 400
    assert "Something else was told since" in text(sent)
    assert f'value="{tomorrow}"' in sent.content.decode(), "the page is shown as it is now"
    assert "elsewhere" not in astray.content.decode()
    assert marathoner.practice.history().facts_of(DayChanged) == facts
