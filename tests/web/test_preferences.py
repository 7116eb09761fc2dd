"""Units, sound and quiet hours: chosen once, kept as a fact, and obeyed where values are shown and typed."""

import re
from datetime import time, timedelta
from typing import Any

import pytest

from cast import easy_run
from scenes import answer_before_a_session
from triplane import coach
from triplane.history import MeasurementTaken, PreferencesChosen, ScreeningAnswered, Sound, Units

CHOSEN = {
    "units": "imperial",
    "sound": "tones",
    "rate": "1.25",
    "quiet_from": "22:00",
    "quiet_until": "06:30",
}


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode())).replace("&#x27;", "'")


def chosen(app: Any) -> PreferencesChosen:
    return coach.preferences(app.practice.history())


def test_what_is_chosen_is_kept_as_a_fact_and_stands_in_the_form(marathoner: Any, browser: Any) -> None:
    page = browser.post("/settings/", CHOSEN, follow=True)

    assert "Saved." in text(page)
    told = chosen(marathoner)
    assert (told.units, told.sound, told.voice_rate) == (Units.IMPERIAL, Sound.TONES, 1.25)
    assert (told.quiet_from, told.quiet_until) == (time(22), time(6, 30))
    assert 'value="22:00"' in page.content.decode()


def test_the_same_choice_again_records_nothing(marathoner: Any, browser: Any) -> None:
    browser.post("/settings/", CHOSEN)
    browser.post("/settings/", CHOSEN)

    assert len(marathoner.practice.history().facts_of(PreferencesChosen)) == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"quiet_until": ""}, "Quiet hours need a beginning and an end"),
        ({"quiet_from": "25:00"}, "Give a time, as 22:00"),
        ({"quiet_until": "22:00"}, "Quiet hours end at another time"),
        ({"units": "furlongs"}, "Select a valid choice"),
        ({"sound": ""}, "This field is required"),
        ({"rate": "99"}, "Select a valid choice"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_recorded(
    marathoner: Any, browser: Any, wrong: dict[str, str], said: str
) -> None:
    answer = browser.post("/settings/", {**CHOSEN, **wrong})

    assert answer.status_code == 400
    assert said in text(answer)
    assert not marathoner.practice.history().facts_of(PreferencesChosen)


def test_inches_are_typed_and_shown_and_centimetres_are_kept(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(
        ScreeningAnswered(answers=dict.fromkeys(coach.first_questions(), False)),
        PreferencesChosen(units=Units.IMPERIAL),
    )
    told = {"method": "tape", "mode": "owned", "left_reading": ["4", "4.1", "3.9"], "left_pain": "0"}

    shown = browser.post("/measure/knee_to_wall/", told, follow=True)

    assert shown.redirect_chain[-1][0] == "/measure/knee_to_wall/done/", text(shown)
    [*_, (_fact, body)] = marathoner.practice.history().all(MeasurementTaken)
    assert body.readings == pytest.approx((10.16, 10.414, 9.906))
    assert "4 in" in text(shown)
    assert "Your readings were 4 in, 4.1 in and 3.9 in" in text(shown)


def test_a_bound_is_said_in_the_unit_that_is_typed(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(
        ScreeningAnswered(answers=dict.fromkeys(coach.first_questions(), False)),
        PreferencesChosen(units=Units.IMPERIAL),
    )
    told = {"method": "tape", "mode": "owned", "left_reading": ["900"], "left_pain": "0"}

    answer = browser.post("/measure/knee_to_wall/", told)

    assert answer.status_code == 400
    assert re.search(r"Write numbers from .+ in\.", text(answer))


def test_running_is_told_in_miles_to_who_runs_in_miles(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(easy_run(marathoner.now - timedelta(hours=2)))
    assert '<th scope="col" class="n">km</th>' in browser.get("/progress/").content.decode()
    marathoner.practice.record(PreferencesChosen(units=Units.IMPERIAL))

    assert '<th scope="col" class="n">mi</th>' in browser.get("/progress/").content.decode()


def test_every_chart_can_be_saved_and_names_itself(marathoner: Any, browser: Any) -> None:
    marathoner.practice.record(easy_run(marathoner.now - timedelta(hours=2)))
    page = browser.get("/progress/").content.decode()

    assert '<template id="png-button">' in page
    assert page.count("data-png=") == page.count('<svg class="chart"') >= 1
    assert 'data-png="Running, minutes a week"' in page


def test_deleting_says_what_stays_on_the_disk(marathoner: Any, browser: Any) -> None:
    shown = text(browser.get("/settings/delete/"))

    assert "What stays on this disk" in shown
    assert marathoner.practice.journal.place in shown


@pytest.mark.parametrize(("hour", "sound"), [(12, "tones"), (23, "off")])
def test_the_player_begins_with_what_was_chosen_and_silent_in_quiet_hours(
    marathoner: Any, browser: Any, hour: int, sound: str
) -> None:
    from triplane.web.play.documents import score_of

    browser.post("/settings/", CHOSEN)
    practice = marathoner.practice
    answer_before_a_session(marathoner)
    session = practice.begin(practice.next_slot())

    score = score_of(practice.as_of(practice.now.replace(hour=hour)), session)

    assert (score["sound"], score["rate"]) == (sound, 1.25)
