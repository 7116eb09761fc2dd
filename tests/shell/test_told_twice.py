"""The same thing told from two tabs, or a tab and a terminal, is one fact; safety and readings never are."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from triplane import coach
from triplane.bootstrap import Practice, open_practice
from triplane.errors import SaidSince
from triplane.history import (
    AboutRunner,
    BodyRegion,
    CheckinAnswered,
    DayChanged,
    DefaultChanged,
    Equipment,
    EquipmentListed,
    Feeling,
    FeelingKind,
    MeasurementTaken,
    Method,
    PreferencesChosen,
    RaceEntered,
    ScreeningAnswered,
    SlotMoved,
    WeekDescribed,
)
from triplane.store import Journal
from triplane.value import Value

THURSDAY = date(2026, 11, 26)
SORE = Feeling(score=3, region=BodyRegion.BUTTOCK, kind=FeelingKind.MUSCLE)
ONCE: list[Value] = [
    AboutRunner(age_years=34),
    EquipmentListed(equipment=frozenset({Equipment.WALL, Equipment.MAT})),
    WeekDescribed(weekly_minutes=75, max_session_minutes=25),
    PreferencesChosen(),
    DayChanged(date=THURSDAY, away=True),
    RaceEntered(date=THURSDAY, distance_m=10_000),
    SlotMoved(slot="2026-11-26-home-1"),
    CheckinAnswered(about=date(2026, 11, 22), soreness=(SORE,)),
    DefaultChanged(key="caps.new_drills", value=2),
]
EVERY_TIME: list[Value] = [
    ScreeningAnswered(answers={"H01": False}),
    MeasurementTaken(
        test="internal_rotation_prone", side="left", readings=(30.0, 31.0, 30.0), method=Method.PHONE_HELPER
    ),
]


def kind(body: Value) -> str:
    return type(body).__name__


def opened(place: Path, now: str = "2026-11-23T05:30") -> Practice:
    return open_practice(place, "anna", "Europe/Berlin", now)


@pytest.fixture
def tabs(tmp_path: Path) -> Iterator[tuple[Practice, Practice]]:
    one, other = opened(tmp_path / "a.journal"), opened(tmp_path / "a.journal")
    yield one, other
    one.journal.close()
    other.journal.close()


def told(practice: Practice, *bodies: Value, key: str = "") -> tuple[Any, ...]:
    return practice.decide(lambda history, now: bodies, origin_key=key)


def later(practice: Practice, minutes: int) -> Practice:
    return practice.as_of(practice.now + timedelta(minutes=minutes))


@pytest.mark.parametrize("body", ONCE, ids=kind)
def test_the_same_thing_from_two_tabs_is_one_fact_that_both_are_led_to(tabs, body) -> None:
    one, other = tabs
    [first] = told(one, body, key="page:1")
    [second] = told(later(other, 5), body, key="page:2")

    assert second == first
    assert len(one.history().facts_of(type(body))) == 1
    tomorrow = other.as_of(other.now + timedelta(days=1))
    assert told(tomorrow, body) != (first,), "said again on another day it is said anew"


@pytest.mark.parametrize("body", EVERY_TIME, ids=kind)
def test_a_safety_answer_and_a_reading_are_facts_each_time(tabs, body) -> None:
    for minutes, tab in enumerate(tabs):
        told(later(tab, minutes), body)

    assert len(tabs[0].history().facts_of(type(body))) == 2


def test_the_same_thing_told_between_reading_and_writing_is_still_one_fact(tabs, monkeypatch) -> None:
    one, other = tabs
    reading, waiting, body = Journal.history, [other], ONCE[-2]

    def read_then_other_tells(journal: Journal, *how: Any) -> Any:
        history = reading(journal, *how)
        if journal is one.journal and waiting:
            told(waiting.pop(), body)
        return history

    monkeypatch.setattr(Journal, "history", read_then_other_tells)
    told(one, body)
    monkeypatch.undo()
    assert len(one.history().facts_of(type(body))) == 1


def test_a_page_sent_again_after_something_else_was_told_says_so_and_doubles_nothing(tabs) -> None:
    one, other = tabs
    away, usual = DayChanged(date=THURSDAY, away=True), DayChanged(date=THURSDAY)
    told(one, away, key="page:1")
    told(later(other, 1), usual, key="page:2")
    with pytest.raises(SaidSince, match="older than what was told since"):
        told(later(one, 2), away, key="page:1")

    assert [body.away for _, body in other.history().all(DayChanged)] == [True, False]
    told(later(other, 4), away, key="page:3")
    assert told(later(one, 5), away, key="page:1")[0].body == away, "it is the last word again"


def test_a_page_sent_again_after_its_fact_was_taken_back_says_so(tabs) -> None:
    one, other = tabs
    [fact] = told(one, ONCE[7], key="page:1")
    later(other, 1).correct(lambda history, now: [coach.withdrawal(history, fact.id, now, "mistyped")])
    with pytest.raises(SaidSince):
        told(later(one, 2), ONCE[7], key="page:1")


def test_what_was_taken_back_meanwhile_is_told_anew(tabs) -> None:
    one, other = tabs
    away, usual = DayChanged(date=THURSDAY, away=True), DayChanged(date=THURSDAY)
    for minutes, body in enumerate((away, usual, away)):
        told(later(one, minutes), body)
    assert [body.away for _, body in other.history().all(DayChanged)] == [True, False, True]

    [fact] = told(one, DefaultChanged(key="caps.new_drills", value=2))
    told(other, DefaultChanged(key="caps.other", value=9))
    assert told(other, DefaultChanged(key="caps.new_drills", value=2)) == (fact,), "each default by itself"
    later(one, 1).correct(lambda history, now: [coach.withdrawal(history, fact.id, now, "a slip")])
    assert told(later(other, 2), DefaultChanged(key="caps.new_drills", value=2)) != (fact,)


def test_what_a_program_told_is_known_by_its_key_whatever_was_told_since(tabs) -> None:
    one, other = tabs
    away, race = DayChanged(date=THURSDAY, away=True), RaceEntered(date=THURSDAY, distance_m=5000)
    first = told(one, away, race, key="api:1")
    told(other, DayChanged(date=THURSDAY), key="api:2")

    assert one.decide(lambda history, now: (away, race), origin_key="api:1", for_good=True) == first
    assert len(one.history().facts) == 3
