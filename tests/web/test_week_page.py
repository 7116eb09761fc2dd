"""The week: one calendar, a session put elsewhere after the rules have spoken, runs dropped in."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from scenes import answer_before_a_session
from triplane import coach
from triplane.errors import UserError
from triplane.history import RunRecorded, ScreeningAnswered, SlotMoved
from triplane.planning import all_rules

SUNDAY = "2026-11-29-full_session-1"
GPX = """<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type>
<trkseg>%s</trkseg></trk></gpx>"""


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def gpx(when: str) -> bytes:
    points = "".join(
        f'<trkpt lat="{52.5 + minute * 0.0015}" lon="13.4"><time>{when}T06:{minute:02}:00Z</time></trkpt>'
        for minute in range(40)
    )
    return (GPX % points).encode()


def moved(app: Any) -> list[SlotMoved]:
    return [body for _, body in app.practice.history().all(SlotMoved)]


def test_a_day_is_read_in_the_order_of_its_hours(marathoner, browser) -> None:
    shown = text(browser.get("/week/"))
    assert shown.index("06:22 Before your run") < shown.index("06:30 Easy run")


def test_only_what_lies_at_home_or_at_the_desk_ahead_can_be_moved(marathoner, browser) -> None:
    shown = browser.get("/week/").content.decode()
    assert f"/week/move/{SUNDAY}/" in shown
    assert "/week/move/2026-11-26-pre_gym-1/" not in shown


def test_the_rules_speak_with_their_sources_before_anything_is_kept(marathoner, browser) -> None:
    asked = browser.get(f"/week/move/{SUNDAY}/", {"on": "2026-11-28", "at": "19:00"})
    assert "Step-down to the side does not suit that place" in text(asked)
    assert "Rule E72 and its sources" in text(asked)
    assert "I give up fresh legs" in text(asked)
    assert moved(marathoner) == []


def test_where_a_session_lies_nothing_is_judged_until_another_time_is_chosen(marathoner, browser) -> None:
    lies = {"on": "2026-11-29", "at": "19:00", "part": "1"}
    here = browser.get(f"/week/move/{SUNDAY}/", lies)
    assert "It lies here now" in text(here)
    assert "It fits there" not in text(here) and "<form" not in here.content.decode()
    assert "It fits there" in text(browser.get(f"/week/move/{SUNDAY}/", {**lies, "at": "19:30"}))


def test_kept_it_lies_there_with_before_and_after_and_can_go_back(marathoner, browser) -> None:
    told = browser.post(f"/week/move/{SUNDAY}/", {"on": "2026-11-29", "at": "20:00"}, follow=True)
    assert "A session moved" in text(told)
    assert "Before and after" in text(told)
    assert "Back to its usual time" in text(told)
    assert "20:00 A session of its own" in text(browser.get("/week/"))

    browser.post(f"/week/move/{SUNDAY}/back/", follow=True)
    assert "19:00 A session of its own" in text(browser.get("/week/"))
    assert [body.to is None for body in moved(marathoner)] == [False, True]


def test_sent_twice_it_is_moved_once(marathoner, browser) -> None:
    once = re.search(
        r'name="once" value="(\w+)"',
        browser.get(f"/week/move/{SUNDAY}/", {"on": "2026-11-29", "at": "20:00"}).content.decode(),
    )
    assert once
    for _ in range(2):
        browser.post(f"/week/move/{SUNDAY}/", {"on": "2026-11-29", "at": "20:00", "once": once.group(1)})
    assert len(moved(marathoner)) == 1


def test_a_place_that_cannot_be_is_a_sentence_and_nothing_is_recorded(marathoner, browser) -> None:
    for on, at, says in (
        ("2026-11-29", "08:45", "It would lie in your run."),
        ("2026-11-29", "25:99", "Choose a day of this week and a time"),
        ("2026-12-24", "19:00", "Choose a day of this week and a time"),
        ("<b>", "'; drop", "Choose a day of this week and a time"),
    ):
        refused = browser.post(f"/week/move/{SUNDAY}/", {"on": on, "at": at})
        assert refused.status_code == 400, (on, at)
        assert says in text(refused)
    assert moved(marathoner) == []


def test_two_sessions_cannot_lie_in_one_place(marathoner, browser) -> None:
    marathoner.now -= timedelta(days=2)
    days = coach.week(marathoner.practice.history(), marathoner.now).days
    taken = next(
        slot.slot.starts_at for day in days for slot in day.slots if slot.may_move and slot.slot.id != SUNDAY
    )
    refused = browser.post(f"/week/move/{SUNDAY}/", {"on": taken.date(), "at": f"{taken:%H:%M}"})
    assert refused.status_code == 400
    assert "There is a session at" in text(refused)


def test_what_is_not_there_or_belongs_to_a_run_is_said_as_a_page(marathoner, browser) -> None:
    assert browser.get("/week/move/no-such-slot/").status_code == 404
    refused = browser.get("/week/move/2026-11-26-pre_gym-1/", {"on": "2026-11-28", "at": "19:00"})
    assert "moves with that" in text(refused)


def test_a_blocked_runner_moves_nothing_by_any_address(marathoner, browser) -> None:
    told = ScreeningAnswered(answers={"H01": True, "H01.deformed_or_stuck": True})
    marathoner.practice.record(told)
    for answer in (
        browser.get(f"/week/move/{SUNDAY}/", {"on": "2026-11-29", "at": "20:00", "part": "1"}),
        browser.post(f"/week/move/{SUNDAY}/", {"on": "2026-11-29", "at": "20:00"}),
        browser.post(f"/week/move/{SUNDAY}/back/"),
        browser.get("/week/?of=next"),
    ):
        assert answer.headers.get("Location") in ("/stop/", "/begin/")
    assert moved(marathoner) == []


def test_next_week_shows_what_is_fixed_and_plans_nothing(marathoner, browser) -> None:
    before = marathoner.practice.history().last_seq
    shown = text(browser.get("/week/?of=next"))
    assert "Week of 30 November" in shown
    assert "Long run" in shown
    assert "Its sessions are planned when it begins" in shown
    assert marathoner.practice.history().last_seq == before


def test_dropped_files_come_in_with_a_sentence_each(marathoner, browser) -> None:
    files = [
        SimpleUploadedFile("tuesday.gpx", gpx("2026-11-24")),
        SimpleUploadedFile("notes.txt", b"not a run at all"),
    ]
    shown = browser.post("/week/bring/", {"files": files})
    assert "tuesday.gpx 1 run new" in text(shown)
    assert "notes.txt" in text(shown)
    assert "Not read" in text(shown)
    assert len(marathoner.practice.history().facts_of(RunRecorded)) == 1

    again = browser.post("/week/bring/", {"files": [SimpleUploadedFile("t.gpx", gpx("2026-11-24"))]})
    assert "1 known before" in text(again)


def test_no_file_or_too_many_is_said_and_nothing_comes_in(marathoner, browser) -> None:
    assert "Choose at least one file" in text(browser.post("/week/bring/"))
    many = [SimpleUploadedFile(f"{n}.gpx", b"x") for n in range(51)]
    assert "at most 50" in text(browser.post("/week/bring/", {"files": many}))


def test_away_sore_and_short_of_time_are_one_tap_from_week_and_today(marathoner, browser) -> None:
    """On a Tuesday, which has a session at home that less time would cut."""
    marathoner.now -= timedelta(days=1)
    marathoner.practice.day()
    for address in ("/week/", "/"):
        shown = browser.get(address).content.decode()
        for where in ("/change/away/", "/change/minutes/", "/checkin/"):
            assert f'href="{where}"' in shown, (address, where)


def test_a_move_is_part_of_the_day_it_leads_to(marathoner, browser) -> None:
    saturday = marathoner.now + timedelta(days=3)
    browser.post(f"/week/move/{SUNDAY}/", {"on": "2026-11-28", "at": "19:00", "insist": "key_run"})
    (told,) = moved(marathoner)
    assert told.despite == ("key_run",)
    marathoner.now = saturday
    assert SUNDAY in {slot.slot.id for slot in coach.day(marathoner.practice.history(), saturday).slots}


def test_only_what_was_shown_is_kept_off(marathoner, browser) -> None:
    """In another tab a race was entered meanwhile: the button said other rules than are broken now."""
    place = {"on": "2026-11-28", "at": "19:00"}
    for shown in ("", "run_first", "1"):
        refused = browser.post(f"/week/move/{SUNDAY}/", {**place, "insist": shown})
        assert refused.status_code == 400
        assert "other rules speak against it now" in text(refused).lower()
        assert 'value="key_run"' in refused.content.decode(), "the rules of now are shown anew"
    assert moved(marathoner) == []


def test_the_button_says_what_is_given_up_for_each_preference() -> None:
    from triplane.web.week.view import GIVES_UP

    names = {rule.name for rule in all_rules() if rule.is_preference}
    assert names == set(GIVES_UP)


def test_two_tabs_do_not_lay_two_sessions_over_each_other(marathoner, browser) -> None:
    """The first tab's move is on record and its week not planned anew yet when the second one asks."""
    marathoner.now -= timedelta(days=2)
    practice = marathoner.practice
    other = next(
        slot.slot.id
        for day in coach.week(practice.history(), marathoner.now).days
        for slot in day.slots
        if slot.slot.id != SUNDAY and slot.may_move
    )
    at = marathoner.now.replace(hour=20) + timedelta(days=2)
    practice.decide(lambda known, now: (coach.moved(known, SUNDAY, at, now).body,))
    with pytest.raises(UserError, match="There is a session at"):
        practice.decide(lambda known, now: (coach.moved(known, other, at, now).body,))


ICS = b"BEGIN:VCALENDAR\r\nX-WR-CALNAME:Club\r\n%sEND:VCALENDAR\r\n"
EVENT = (
    b"BEGIN:VEVENT\r\nUID:%s\r\nSUMMARY:%s\r\nDTSTART;TZID=Europe/Berlin:%s\r\nDURATION:PT1H\r\n"
    b"END:VEVENT\r\n"
)


RUNS = EVENT % (b"a", b"Intervals", b"20261126T180000") + EVENT % (b"b", b"Board", b"20261127T180000")


def _dropped(events: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("club.ics", ICS % events)


def _sealed(answer: Any) -> str:
    return re.findall(r'name="calendar" value="([^"]+)"', answer.content.decode())[0]


@pytest.mark.parametrize("page", ["/week/bring/", "/settings/files/"])
def test_a_sparse_calendar_takes_no_run_out_of_the_usual_week_unasked(marathoner, browser, page) -> None:
    before = marathoner.practice.history().facts
    answer = browser.post(page, {"files": [_dropped(RUNS)]})

    told = text(answer)
    assert "This calendar holds less than your usual week" in told
    assert "Week of 23 November As usual Wednesday 06:30 Easy run, 50 min" in told
    assert (
        "By this calendar Thursday 18:00 Interval run, 60 min Thursday 18:00 Gym, 60 min Go by this calendar"
        in told
    )
    assert marathoner.practice.history().facts == before

    browser.post("/week/calendar/", {"calendar": _sealed(answer)})
    browser.post("/week/calendar/", {"calendar": _sealed(answer)})
    assert [one.source for one in coach.calendars_read(marathoner.practice.history())] == ["Club"]


def test_a_calendar_that_nobody_was_shown_is_not_taken(marathoner, browser) -> None:
    answer = browser.post("/week/calendar/", {"calendar": "made-up"})

    assert "This calendar is no longer at hand. Bring it in again." in text(answer)
    assert coach.calendars_read(marathoner.practice.history()) == ()


def test_a_calendar_that_was_agreed_to_becomes_the_week_and_can_be_forgotten(marathoner, browser) -> None:
    answer = browser.post("/week/bring/", {"files": [_dropped(RUNS)]})
    assert "1 run, gym visit or race in the weeks ahead." in text(answer)
    assert "Board: no word in it says that it is a run" in text(answer)
    browser.post("/week/calendar/", {"calendar": _sealed(answer)})

    shown = text(browser.get("/week/", follow=True))
    if "Make my week" in shown:
        browser.post("/plan/")
        shown = text(browser.get("/week/"))
    assert "18:00 Interval run 60 min" in shown
    assert "Club 1 entry, read until 4 January" in shown

    assert "nothing has changed in it" in text(browser.post("/week/bring/", {"files": [_dropped(RUNS)]}))
    browser.post("/week/calendar/forget/", {"calendar": "Club"})
    assert coach.calendars_read(marathoner.practice.history()) == ()


def test_no_address_within_is_fetched_and_the_page_says_so(marathoner, browser) -> None:
    answer = text(browser.post("/week/bring/address/", {"address": "https://127.0.0.1/club.ics"}))

    assert "127.0.0.1 is no address of the open internet, so nothing was asked of it" in answer
    assert "Not read" in answer


def test_what_is_no_address_is_refused(marathoner, browser) -> None:
    answer = browser.post("/week/bring/address/", {"address": "club.ics"})

    assert answer.status_code == 400
    assert "it begins with https://" in text(answer)


def test_past_days_say_what_was_done_skipped_and_not_done_and_keep_the_runs_that_were_planned(
    marathoner, browser
) -> None:
    """A coach on Friday reads how the week went, in words, and sees no session without its run."""
    slots = [
        slot for day in coach.week(marathoner.practice.history(), marathoner.now).days for slot in day.slots
    ]
    first, third = slots[0], slots[2]
    answer_before_a_session(marathoner)
    marathoner.now = first.slot.starts_at + timedelta(hours=1)
    marathoner.practice.log(first.slot.id, coach.SessionAnswers(effort=5, discomfort=1))
    ran = marathoner.now - timedelta(days=3)
    marathoner.practice.record(RunRecorded(started_at=ran, duration_s=1800, distance_m=5000))
    marathoner.now = third.slot.starts_at + timedelta(hours=12)
    marathoner.practice.day()
    shown = text(browser.get("/week/"))
    days = marathoner.practice.week().days

    assert re.search(rf"{first.slot.starts_at:%H:%M} [^0-9]+ \d+ min .*? Done", shown)
    missed = [one for day in days for one, went in day.entries if went is coach.Went.NOT_DONE]
    run = next(one for one in missed if isinstance(one, coach.Anchor))
    says = rf"{run.starts_at:%H:%M} \w+ run {run.minutes:.0f} min (· key session )?Not done"
    assert re.search(says, shown), "a run that was planned and not recorded stays, and says so"
    past = [
        slot for day in marathoner.practice.week().days for slot in day.slots if slot.slot.id != first.slot.id
    ]
    assert past[0].went is coach.Went.NOT_DONE
    assert past[-1].went is coach.Went.UNTOLD


def test_a_first_week_says_before_its_days_what_comes_with_more_drills_and_nothing_of_failing(
    marathoner, browser
) -> None:
    marathoner.practice.day()
    page = browser.get("/week/").content.decode()

    assert page.index("come as you learn more drills") < page.index('id="calendar"')
    assert page.count("come as you learn more drills") == 1
    assert "not fit this week" not in page
