"""The words by which a calendar's entries are known: chosen, ours again, tried before they count."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from triplane import coach
from triplane.history import CalendarWords

PLACE = "/settings/calendar-words/"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def sent(browser: Any, **more: Any) -> dict[str, Any]:
    """Return what the page holds as it stands, with something else in it."""
    return {**standing(browser.get(PLACE)), **more}


def standing(answer: Any) -> dict[str, Any]:
    """Return what a page would send as it stands."""
    page = answer.content.decode()
    hidden = re.findall(r'type="hidden" name="(since|once)" value="([^"]*)"', page)
    fields: dict[str, Any] = {**dict(hidden), "do": "save"}
    fields |= dict(re.findall(r'name="(add_\w+)" value="([^"]*)"', page))
    for kind, word in re.findall(r'name="(keep_\w+)" value="([^"]+)" checked', page):
        fields.setdefault(kind, []).append(word)
    return fields


def chosen(app: Any) -> CalendarWords:
    return coach.calendar_words(app.practice.history())


def facts(app: Any) -> int:
    return len(app.practice.history().facts_of(CalendarWords))


def club(*titles: str) -> SimpleUploadedFile:
    entries = [
        f"BEGIN:VEVENT\r\nUID:e{n}\r\nSUMMARY:{title}\r\nDTSTART:20261206T0{n}0000Z\r\nEND:VEVENT\r\n"
        for n, title in enumerate(titles, start=6)
    ]
    told = "".join(("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-WR-CALNAME:Club\r\n", *entries, "END:VCALENDAR\r\n"))
    return SimpleUploadedFile("club.ics", told.encode())


def test_a_race_that_only_my_village_calls_so_is_known_once_i_say_its_word(marathoner, browser) -> None:
    browser.post("/week/bring/", {"files": club("Kermesse")})
    assert not coach.calendars_read(marathoner.practice.history())

    saved = browser.post(PLACE, sent(browser, add_race="  KERMESSE ,  Foulée  des Vignes"), follow=True)
    assert "Saved." in text(saved)
    assert {"kermesse", "foulée des vignes", "parkrun"} <= set(chosen(marathoner).race)

    browser.post("/week/bring/", {"files": club("Kermesse")})
    (read,) = coach.calendars_read(marathoner.practice.history())
    assert [str(one.run) for one in read.entries] == ["race"]


def test_ours_and_my_own_stand_apart_and_either_may_go_and_come_back(marathoner, browser) -> None:
    browser.post(PLACE, sent(browser, add_gym="boulderhalle"))
    page = browser.get(PLACE).content.decode()
    own = page.split("Your own words")[1].split("Our words")[0]
    assert re.findall(r'value="([^"]+)"', own) == ["boulderhalle"]

    kept = [word for word in chosen(marathoner).gym if word != "studio"]
    browser.post(PLACE, sent(browser, keep_gym=kept))
    assert "studio" not in chosen(marathoner).gym
    assert 'name="keep_gym" value="studio">' in browser.get(PLACE).content.decode()

    browser.post(PLACE, sent(browser, restore="gym", add_race="kermesse"))
    assert chosen(marathoner).gym == coach.our_calendar_words().gym
    assert "kermesse" in chosen(marathoner).race, "what was typed elsewhere on the page is not lost"
    browser.post(PLACE, sent(browser, restore="all"))
    assert chosen(marathoner) == coach.our_calendar_words()


@pytest.mark.parametrize(
    ("told", "says"),
    [
        ("x", "A word has 2 to 40 letters."),
        ("x" * 41, "A word has 2 to 40 letters."),
        ("--", "A word is made of letters and numbers."),
        (", ".join(f"word {n}" for n in range(99)), "A list holds at most 100 words."),
        ("ok, Easy  Run", "“easy run” is in two lists; leave it in one."),
        ("y" * 4001, "Write at most 4000 letters at once; these are 4001."),
    ],
)
def test_what_cannot_be_a_word_is_said_beside_its_list_and_nothing_is_recorded(
    marathoner, browser, told, says
) -> None:
    answer = browser.post(PLACE, sent(browser, add_race=told))

    assert answer.status_code == 400
    page = answer.content.decode()
    assert says in page.split('id="err_race"')[1].split("</p>")[0]
    assert f"Races: {says}" in page
    assert facts(marathoner) == 0


def test_a_word_of_ours_moves_to_another_list_when_it_is_taken_out_of_its_own(marathoner, browser) -> None:
    kept = [word for word in coach.our_calendar_words().none if word != "walk"]
    browser.post(PLACE, sent(browser, keep_none=kept, add_run="walk"))
    assert "walk" in chosen(marathoner).run

    refused = browser.post(PLACE, sent(browser, restore="none"))
    assert refused.status_code == 400
    assert "“walk” is in two lists" in refused.content.decode().split('id="err_run"')[1]


def test_what_a_calendar_would_become_is_shown_and_nothing_of_it_is_kept(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    tried = {"do": "try", "add_race": "kermesse", "titles": "Dog walk\nLong run 25k"}
    files = {"calendar": club("Kermesse", "Board meeting")}
    shown = text(browser.post(PLACE, sent(browser, **tried, **files)))

    told = shown.split("What it would become")[1]
    assert re.search(r"Dog walk Left out\s+Long run 25k Long run", told)
    assert re.search(r"Kermesse Sunday 6 December, 07:00 Race", told)
    assert "Board meeting" in told and "No word in it says" in told
    assert marathoner.practice.history().facts == before


def test_a_file_that_is_no_calendar_and_a_trial_of_nothing_are_said_in_a_sentence(
    marathoner, browser
) -> None:
    bad = browser.post(PLACE, sent(browser, do="try", calendar=SimpleUploadedFile("a.ics", b"<html>")))
    assert bad.status_code == 400 and "this is not a calendar" in text(bad)
    none = browser.post(PLACE, sent(browser, do="try"))
    assert none.status_code == 400 and "Choose a calendar, or write a title" in text(none)


def test_words_chosen_on_another_page_meanwhile_are_not_lost(marathoner, browser) -> None:
    stale = sent(browser, add_run="trimm trab")
    browser.post(PLACE, sent(browser, add_race="kermesse"))
    answer = browser.post(PLACE, stale)

    assert answer.status_code == 400 and "since this page was opened" in text(answer)
    assert "kermesse" in chosen(marathoner).race and facts(marathoner) == 1


def stale_and_changed(marathoner: Any, browser: Any) -> dict[str, Any]:
    """Change words on another page, after one was opened and changed that is not sent yet."""
    browser.post(PLACE, sent(browser, add_gym="hantelbank"))
    race = coach.our_calendar_words().race
    stale = sent(browser, add_run="trimm trab", keep_race=race[1:])
    stale["keep_gym"].remove("hantelbank")
    there = sent(browser, add_race="kermesse, volkslauf im ort", add_long="lange runde")
    there["keep_race"].remove(race[2])
    there["keep_gym"].remove("gym")
    browser.post(PLACE, there)
    assert {"kermesse", "volkslauf im ort"} < set(chosen(marathoner).race)
    return stale


def holds_both(marathoner: Any) -> None:
    """What was changed here and what was changed there both stand, and all else is as it was."""
    ours, now = coach.our_calendar_words(), chosen(marathoner)
    gone, there = {ours.race[0], ours.race[2]}, {"kermesse", "volkslauf im ort"}
    assert set(now.race) == set(ours.race) - gone | there
    assert set(now.gym) == set(ours.gym) - {"gym"}, "mine was unticked here, and gym there"
    assert set(now.long) == {*ours.long, "lange runde"}
    assert set(now.run) == {*ours.run, "trimm trab"}


def test_a_page_that_comes_back_because_words_were_chosen_elsewhere_loses_none_of_them(
    marathoner, browser
) -> None:
    stale = stale_and_changed(marathoner, browser)
    answer = browser.post(PLACE, stale, headers={"Referer": f"http://localhost{PLACE}"})
    assert answer.status_code == 400 and "since this page was opened" in text(answer)

    again = browser.post(PLACE, standing(answer))
    assert again.status_code == 302, text(again)
    holds_both(marathoner)


def test_a_page_whose_token_ended_loses_no_words_that_were_chosen_elsewhere(marathoner, browser) -> None:
    stale, careful = stale_and_changed(marathoner, browser), Client(enforce_csrf_checks=True)
    careful.get(PLACE)
    there = {"Referer": f"http://localhost{PLACE}"}
    answer = careful.post(PLACE, {**stale, "csrfmiddlewaretoken": "a" * 64}, headers=there)
    assert answer.status_code == 403 and "What you typed stands here again" in text(answer)

    answer = browser.post(PLACE, standing(answer))
    assert answer.status_code == 400 and "since this page was opened" in text(answer)
    assert browser.post(PLACE, standing(answer)).status_code == 302
    holds_both(marathoner)


def test_a_word_that_cannot_be_and_a_trial_on_an_old_page_lose_nothing_either(marathoner, browser) -> None:
    stale = stale_and_changed(marathoner, browser)
    wrong = browser.post(PLACE, {**stale, "add_long": "x"})
    assert wrong.status_code == 400 and "a word has 2 to 40 letters" in text(wrong).lower()
    tried = browser.post(PLACE, {**standing(wrong), "add_long": "", "do": "try", "titles": "Kermesse"})
    assert tried.status_code == 200 and re.search("Kermesse Race", text(tried))
    assert browser.post(PLACE, standing(tried)).status_code == 302
    holds_both(marathoner)


def test_of_a_page_that_does_not_say_how_old_it_is_only_what_was_typed_comes_back(
    marathoner, browser
) -> None:
    browser.post(PLACE, sent(browser, add_race="kermesse"))
    for since in ("", "nothing-of-ours"):
        told = {"since": since, "add_run": "trimm trab", "keep_race": ["race"]}
        answer = browser.post(PLACE, told)
        stands = standing(answer)
        assert answer.status_code == 400 and stands["add_run"] == "trimm trab"
        assert "kermesse" in stands["keep_race"]
    assert facts(marathoner) == 1


def test_an_empty_sending_takes_no_word_away(marathoner, browser) -> None:
    assert browser.post(PLACE, {}).status_code == 400
    assert facts(marathoner) == 0


def test_a_change_can_be_taken_back_like_any_fact_and_saving_the_same_is_none(marathoner, browser) -> None:
    browser.post(PLACE, sent(browser))
    assert facts(marathoner) == 0
    browser.post(PLACE, sent(browser, add_race="kermesse"))
    browser.post(PLACE, sent(browser))
    (fact,) = marathoner.practice.history().facts_of(CalendarWords)

    browser.post(f"/settings/facts/{fact.id}/", {"reason": "a slip"})
    assert chosen(marathoner) == coach.our_calendar_words()
