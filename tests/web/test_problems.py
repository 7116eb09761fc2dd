"""What is wrong with a form stands above it too, and leads to each field that is to be put right."""

import re
from typing import Any

import pytest
from bad_input import ROWS

FORMS = {
    "about": {"age": "nothing", "sex": "x", "height_cm": "1"},
    "usual_week": {"mon_run": "on", "mon_minutes": "0", "weekly_minutes": "x", "race_day": "soon"},
    "checkin": {**ROWS["checkin"].good, "hours": "-1", "course": "x"},
    "how_it_was": {**ROWS["how_it_was"].good, "effort": "", "discomfort": "99"},
    "defaults": {"caps.new_drills": "lots", "caps.micro_a_day": "-3"},
    "settings": {"units": "furlongs", "quiet_from": "late"},
    "measure_test": {"left_pain": "3", "right_reading": "400"},
    "change_tell": {"day": "", "minutes": "x"},
}
"""A page with a form, and a sending with several things wrong."""


def listed(page: str) -> list[tuple[str, str]]:
    """Return what the list above a form says, each with the id that it leads to."""
    found = re.search(r'<section class="problems".*?</section>', page, re.DOTALL)
    assert found, "no list of what is wrong"
    assert 'tabindex="-1" autofocus' in found[0], "the focus does not move there"
    return re.findall(r'<li><a href="#([^"]+)">([^<]+)</a></li>', found[0])


def sent_wrong(app: Any, browser: Any, name: str) -> Any:
    return browser.post(ROWS[name].address(app), FORMS[name])


@pytest.mark.parametrize("name", FORMS)
def test_what_is_wrong_is_listed_above_with_a_way_to_each_field(marathoner, browser, name) -> None:
    answer = sent_wrong(marathoner, browser, name)
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "<title>To put right: " in page

    found = listed(page)
    assert len(found) >= 2
    for at, says in found:
        assert len(re.findall(rf'id="{re.escape(at)}"', page)) == 1, f"{says} leads nowhere, or to two places"
    beside = re.findall(r'<p class="problem"[^>]*>([^<]+)</p>', page)
    assert beside, "what is wrong stands beside its field, too"
    for says in beside:
        assert any(told.endswith(says) for _, told in found), f"{says} is not in the list"


def test_a_page_that_was_not_sent_lists_nothing(marathoner, browser) -> None:
    for name in FORMS:
        page = browser.get(ROWS[name].address(marathoner)).content.decode()
        assert 'class="problems"' not in page
        assert "To put right" not in page


def test_questions_left_open_before_a_session_are_listed(marathoner, browser) -> None:
    slot = marathoner.practice.day().next_slot
    page = browser.post(f"/session/{slot}/", {}).content.decode()

    assert [at for at, _ in listed(page)]
    assert all(f'id="{at}"' in page for at, _ in listed(page))


def test_a_list_says_which_field_it_means_where_the_words_alone_do_not(marathoner, browser) -> None:
    page = sent_wrong(marathoner, browser, "about").content.decode()

    assert ("id_age", "Age: Give a number from 10 to 100 years, or leave it empty.") in listed(page)
