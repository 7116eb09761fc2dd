"""The calendar to subscribe to, as a calendar program sees it: times and links, and nothing more."""

import re
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import recurring_ical_events
from icalendar import Calendar

from triplane import catalogue, coach
from triplane.body import Direction
from triplane.errors import UserError
from triplane.history import NoteWritten, PreferencesChosen, RaceEntered, SlotMoved
from triplane.web.feed import keeping
from triplane.web.feed.keeping import Feeds, FeedsInFile, feeds_of, new_feed

WEEK = (datetime(2026, 11, 23, tzinfo=UTC), datetime(2026, 11, 30, tzinfo=UTC))


@pytest.fixture
def address(marathoner: Any, browser: Any) -> str:
    browser.post("/settings/feed/", {"remind": "10"})
    return path_of(browser)


def path_of(browser: Any) -> str:
    found = re.search(r">http://testserver(/feed/[\w-]{43}\.ics)<", page_of(browser))
    assert found
    return found[1]


def page_of(browser: Any) -> str:
    return browser.get("/settings/feed/").content.decode()


def seen(browser: Any, address: str) -> dict[str, Any]:
    """What a client shows of the week, by id."""
    content = browser.get(address).content
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(*WEEK)
    assert len({one["UID"] for one in found}) == len(found)
    return {str(one["UID"]): one for one in found}


def length(entry: Any) -> timedelta:
    return entry["DTEND"].dt - entry["DTSTART"].dt


def planned(app: Any) -> list[datetime]:
    week = coach.week(app.practice.history(), app.now)
    return sorted(slot.slot.starts_at for day in week.days for slot in day.slots)


def test_nothing_a_runner_or_coach_names_stands_in_the_feed(marathoner, browser, address) -> None:
    before = browser.get(address).content
    evil = "x\r\nEND:VEVENT\r\nBEGIN:VEVENT\r\nURL:https://evil.example/\r\n<b>\u202e" + "k" * 10_000
    practice = marathoner.practice
    practice.record(
        RaceEntered(date=marathoner.now.date() + timedelta(days=60), distance_m=10_000, called=evil)
    )
    practice.record(NoteWritten(text=evil[:4000]), author="coach:somebody", reason=evil[:200])
    practice.day()
    content = browser.get(address).content

    assert b"evil" not in content and b"kkkk" not in content and "\u202e".encode() not in content
    assert content.count(b"BEGIN:VEVENT") == content.count(b"\r\nURL:http://testserver/") > 0
    assert len(content) < len(before) * 1.5 and max(map(len, content.split(b"\r\n"))) <= 75


def test_a_client_sees_every_session_at_its_time_with_a_link_and_a_neutral_title(
    marathoner, browser, address
) -> None:
    shown = seen(browser, address)

    assert sorted(one["DTSTART"].dt for one in shown.values()) == planned(marathoner)
    for one in shown.values():
        assert re.fullmatch(r"Triplane, \d+ min", one["SUMMARY"])
        assert re.fullmatch(r"http://testserver/session/[\w-]+/", str(one["URL"]))
        assert timedelta(minutes=1) <= length(one) <= timedelta(minutes=30)


def test_it_tells_nothing_of_drills_hips_or_the_runner(marathoner, browser, address) -> None:
    told = browser.get(address).content.decode().replace("\r\n ", "").lower()

    for drill in catalogue.load().values():
        assert drill.id not in told and drill.name.lower() not in told
    for word in (*(one.plain_name for one in Direction), "hip", "pain", "mobil", "anna", "stretch"):
        assert str(word) not in told


def test_looking_at_it_records_nothing_and_the_same_facts_give_the_same_bytes(
    marathoner, browser, address
) -> None:
    before = marathoner.practice.history().facts
    assert browser.get(address).content == browser.get(address).content
    assert marathoner.practice.history().facts == before


def test_a_session_that_moves_moves_and_the_others_stay_as_they_were(marathoner, browser, address) -> None:
    before = seen(browser, address)
    slot = "2026-11-29-full_session-1"
    marathoner.now += timedelta(minutes=1)
    to = datetime(2026, 11, 29, 20, tzinfo=marathoner.practice.now.tzinfo)
    marathoner.practice.record(SlotMoved(slot=slot, to=to))
    marathoner.practice.week()

    after = seen(browser, address)
    moved = next(uid for uid, one in after.items() if str(one["URL"]).endswith(f"{slot}/"))
    assert after[moved]["DTSTART"].dt == to
    assert after[moved]["SEQUENCE"] > before[moved]["SEQUENCE"]
    assert after[moved]["LAST-MODIFIED"].dt > before[moved]["LAST-MODIFIED"].dt
    same = [
        uid
        for uid in before.keys() & after.keys() - {moved}
        if before[uid]["DTSTART"].dt == after[uid]["DTSTART"].dt and length(before[uid]) == length(after[uid])
    ]
    assert same
    for uid in same:
        assert after[uid]["SEQUENCE"] >= before[uid]["SEQUENCE"]


def test_it_reminds_when_asked_to_and_never_in_quiet_hours(marathoner, browser, address) -> None:
    def reminds() -> set[bool]:
        return {bool(one.subcomponents) for one in seen(browser, address).values()}

    assert reminds() == {True}
    marathoner.practice.record(PreferencesChosen(quiet_from="00:00", quiet_until="23:59"))
    assert reminds() == {False}
    marathoner.now += timedelta(minutes=1)
    marathoner.practice.record(PreferencesChosen())
    browser.post("/settings/feed/", {"remind": "0"})
    assert reminds() == {False}
    assert path_of(browser) == address


@pytest.mark.parametrize("answers", [{"Q07": True}, {"H01": True, "H01.deformed_or_stuck": True}])
def test_who_is_stopped_has_no_session_in_any_calendar(marathoner, browser, address, answers) -> None:
    assert seen(browser, address)
    marathoner.practice.record(coach.screening_answers(answers))

    answer = browser.get(address)
    assert answer.status_code == 200
    assert b"VEVENT" not in answer.content


def test_another_secret_opens_nothing_and_a_revoked_one_neither(marathoner, browser, address) -> None:
    other = address[:-6] + ("AA" if address[-6:-4] != "AA" else "BB") + ".ics"
    assert browser.get(other).status_code == 404
    assert browser.get(other).content == b""

    browser.post("/settings/feed/", {"remind": "10", "anew": "1"})
    newer = path_of(browser)
    assert browser.get(address).status_code == 404
    assert browser.get(newer).status_code == 200

    browser.post("/settings/feed/revoke/")
    assert browser.get(newer).status_code == 404
    assert "/feed/" not in page_of(browser).replace("/settings/feed/", "")


def test_the_address_is_no_fact_and_is_for_its_owners_eyes_only(marathoner, browser, address) -> None:
    secret = address.removeprefix("/feed/").removesuffix(".ics")
    file = feeds_of(marathoner.practice).file

    assert secret not in "".join(fact.model_dump_json() for fact in marathoner.practice.history().facts)
    assert file.stat().st_mode & 0o077 == 0


def test_deleting_everything_closes_the_address(marathoner, browser, address) -> None:
    browser.post("/settings/delete/", {"name": "delete"})
    assert browser.get(address).status_code == 404


def test_the_address_is_answered_through_the_phones_door_and_nothing_beside_it() -> None:
    from triplane.web.phone.guard import is_open_to_all

    assert is_open_to_all(f"/feed/{'a' * 43}.ics")
    for other in (
        "/feed/",
        "/feed/a.ics",
        f"/feed/{'a' * 43}.ics/x",
        "/settings/feed/",
        f"/feed/{'a' * 42}/.ics",
    ):
        assert not is_open_to_all(other), other


@pytest.mark.parametrize(
    ("one", "other", "left"),
    [
        (lambda feeds: feeds.remind("anna", 30), lambda feeds: feeds.revoke("anna"), set()),
        (
            lambda feeds: new_feed(feeds, "bob", WEEK[0].date(), 5),
            lambda feeds: new_feed(feeds, "cleo", WEEK[0].date(), 5),
            {"anna", "bob", "cleo"},
        ),
    ],
    ids=["revoked while a reminder is set", "two runners at once"],
)
def test_two_changes_at_once_are_both_made(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    one: Callable[[Feeds], None],
    other: Callable[[Feeds], None],
    left: set[str],
) -> None:
    file = tmp_path / "anna.feeds"
    new_feed(FeedsInFile(file), "anna", WEEK[0].date(), 10)
    meanwhile = threading.Thread(target=lambda: other(FeedsInFile(file)))
    read = keeping.kept

    def slowly(place: Path) -> bytes | None:
        """Let the other request in once the first has read; it may have to wait for its turn."""
        found = read(place)
        monkeypatch.setattr(keeping, "kept", read)
        meanwhile.start()
        meanwhile.join(timeout=0.3)
        return found

    monkeypatch.setattr(keeping, "kept", slowly)
    one(FeedsInFile(file))
    meanwhile.join()

    assert {name for name in ("anna", "bob", "cleo") if FeedsInFile(file).of(name)} == left


def test_a_journal_in_a_database_without_accounts_makes_no_file_named_after_it(
    marathoner, monkeypatch: pytest.MonkeyPatch
) -> None:
    from django.test import override_settings

    practice = marathoner.practice
    monkeypatch.setattr(practice.journal, "place", "postgresql://anna@localhost/triplane")
    with override_settings(FEEDS=None), pytest.raises(UserError, match="only on a server with accounts"):
        feeds_of(practice)
