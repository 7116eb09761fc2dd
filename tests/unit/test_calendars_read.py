"""Calendars from outside: what of them is sport and when, against a reader that shares nothing with ours."""

from datetime import date, datetime, timedelta
from time import process_time
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from triplane import coach
from triplane.errors import UnreadableFile
from triplane.formats.calendar import CalendarFound, read_calendar
from triplane.formats.calendar.read import MOST_ENTRIES, kind_of
from triplane.history import RunKind

BERLIN = ZoneInfo("Europe/Berlin")
FIRST, UNTIL = date(2026, 11, 23), date(2027, 1, 4)
WORDS = coach.our_calendar_words()


def entry(*lines: str, uid: str = "a@x", title: str = "Easy run", starts: str = "20261124T063000Z") -> str:
    start = f"DTSTART{starts if starts.startswith(';') else f':{starts}'}"
    return "\r\n".join(("BEGIN:VEVENT", f"UID:{uid}", f"SUMMARY:{title}", start, *lines, "END:VEVENT"))


def calendar(*entries: str, more: str = "X-WR-CALNAME:Club") -> bytes:
    return "\r\n".join(
        ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//x//y", more, *entries, "END:VCALENDAR", "")
    ).encode()


def read(*entries: str, more: str = "X-WR-CALNAME:Club") -> CalendarFound:
    return read_calendar(calendar(*entries, more=more), "club.ics", WORDS, BERLIN, FIRST, UNTIL)


def starts(found: CalendarFound) -> list[datetime]:
    return [one.starts_at.astimezone(BERLIN) for one in found.entries]


def as_a_client_sees(content: bytes) -> list[datetime]:
    found = recurring_ical_events.of(Calendar.from_ical(content)).between(
        datetime.combine(FIRST, datetime.min.time(), BERLIN),
        datetime.combine(UNTIL, datetime.min.time(), BERLIN),
    )
    begins = [one["DTSTART"].dt for one in found]
    here = [at.replace(tzinfo=BERLIN) if at.tzinfo is None else at.astimezone(BERLIN) for at in begins]
    return sorted(at for at in here if FIRST <= at.date() < UNTIL)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Easy run with Jo", "run"),
        ("LONG RUN 25k", "long"),
        ("Langer Lauf", "long"),
        ("6x800 Intervalle", "interval"),
        ("Tempo 8 km", "tempo"),
        ("Berlin half marathon", "race"),
        ("Marathon training", "training"),
        ("Gym: legs", "gym"),
        ("Krafttraining", "gym"),
        ("Dry run of the release", ""),
        ("I'm running late", ""),
        ("Pruning the roses", ""),
        ("Board meeting", ""),
    ],
)
def test_an_entry_is_known_by_whole_words_of_its_title(title: str, kind: str) -> None:
    assert kind_of(WORDS, title) == kind


def test_words_that_were_chosen_stand_in_place_of_ours() -> None:
    chosen = WORDS.model_copy(update={"run": ("parcours",)})
    content = calendar(entry(title="Parcours"), entry(title="Easy run", uid="b"))
    found = read_calendar(content, "c.ics", chosen, BERLIN, FIRST, UNTIL)

    assert len(found.entries) == 1


def test_a_run_has_its_time_and_length_in_the_runners_zone_and_nothing_of_its_title_is_kept() -> None:
    found = read(entry("DURATION:PT50M", title="Intervals with secret@example.org"))
    (run,) = found.entries

    assert starts(found) == [datetime(2026, 11, 24, 7, 30, tzinfo=BERLIN)]
    assert (run.minutes, run.run, run.is_gym) == (50, RunKind.INTERVAL, False)
    assert found.called == "Club"
    assert "secret" not in run.model_dump_json() and "a@x" not in run.model_dump_json()


def test_a_time_without_a_zone_is_one_on_the_runners_wall() -> None:
    assert starts(read(entry(starts="20261124T183000"))) == [datetime(2026, 11, 24, 18, 30, tzinfo=BERLIN)]


def test_a_calendar_may_name_the_zone_of_such_times() -> None:
    found = read(entry(starts="20261124T183000"), more="X-WR-TIMEZONE:America/New_York")
    assert starts(found) == [datetime(2026, 11, 25, 0, 30, tzinfo=BERLIN)]


def test_a_weekly_run_keeps_its_hour_on_the_wall_over_a_clock_change() -> None:
    first, until = date(2027, 3, 22), date(2027, 4, 5)
    content = calendar(entry("RRULE:FREQ=WEEKLY", starts=";TZID=Europe/Berlin:20200107T063000"))
    found = read_calendar(content, "c.ics", WORDS, BERLIN, first, until)

    assert [at.hour for at in starts(found)] == [6, 6]
    assert [at.utcoffset() for at in starts(found)] == [timedelta(hours=1), timedelta(hours=2)]


def test_an_exception_an_omission_and_a_cancelled_time_are_kept_to() -> None:
    zone = ";TZID=Europe/Berlin:"
    found = read(
        entry("RRULE:FREQ=WEEKLY;COUNT=5", f"EXDATE{zone}20261201T063000", starts=f"{zone}20261124T063000"),
        entry(f"RECURRENCE-ID{zone}20261208T063000", starts=f"{zone}20261209T180000", title="Long run"),
        entry(f"RECURRENCE-ID{zone}20261215T063000", "STATUS:CANCELLED", starts=f"{zone}20261215T063000"),
    )

    assert [(at.day, at.hour) for at in starts(found)] == [(24, 6), (9, 18), (22, 6)]
    assert found.entries[1].run is RunKind.LONG
    assert ("Easy run, 15 December", "it is cancelled") in found.skipped


def test_a_last_day_counts_to_its_end() -> None:
    found = read(entry("RRULE:FREQ=DAILY;UNTIL=20261126", starts="20261124T183000Z"))
    assert [at.day for at in starts(found)] == [24, 25, 26]


def test_a_race_of_a_whole_day_begins_at_nine_and_takes_its_distance_from_its_title() -> None:
    half, other = read(
        entry(title="Half marathon", starts=";VALUE=DATE:20261206"),
        entry(title="Stadtlauf 7,5 km", uid="b", starts=";VALUE=DATE:20261213"),
    ).entries

    assert half.starts_at.astimezone(BERLIN).hour == 9
    assert (half.run, half.distance_m, other.distance_m) == (RunKind.RACE, 21_097.5, 7500)


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        (("RRULE:FREQ=SECONDLY",), "it happens more often than once a day"),
        (("RRULE:FREQ=DAILY;INTERVAL=0",), "it repeats in no time"),
        (("RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,1,2",), "it happens more often than once a day"),
        (("DTEND:20261130T063000Z",), "it lasts longer than a day, or less than nothing"),
        (("RRULE:FREQ=NEVER",), "it is damaged"),
        (("DTEND:tomorrow",), "it is damaged"),
    ],
)
def test_what_cannot_be_reckoned_is_named_and_the_rest_is_read(lines: tuple[str, ...], why: str) -> None:
    found = read(entry(*lines, title="Bad run"), entry(uid="good"))

    assert len(found.entries) == 1
    (told,) = found.skipped
    assert told[0].startswith("Bad run") and told[1].startswith(why)


def test_a_rule_that_never_holds_takes_no_time() -> None:
    found = read(entry("RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", starts="19700101T060000Z"))
    assert found.entries == ()


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "this is not a calendar"),
        (b"<html>", "this is not a calendar"),
        (calendar(entry())[:-20], "the calendar is cut off"),
        (calendar(entry())[:-60], "ends in the middle of an entry"),
        (b"BEGIN:VCALENDAR\r\n" + b"\xff\xfe\x00" * 100, "the calendar is cut off"),
    ],
)
def test_a_broken_calendar_is_refused_in_one_sentence(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableFile, match=f"club.ics: .*{why}"):
        read_calendar(content, "club.ics", WORDS, BERLIN, FIRST, UNTIL)


def test_fifty_thousand_entries_of_work_are_looked_over_and_more_are_refused() -> None:
    meeting = entry(title="Meeting", uid="m{}", starts="20261125T100000Z")
    many = [meeting.replace("m{}", f"m{number}") for number in range(MOST_ENTRIES)]

    found = read(*many[1:], entry())
    assert len(found.entries) == 1
    assert found.skipped[-1] == (
        f"{MOST_ENTRIES - 1 - 20} more", "no word in it says that it is a run, a gym visit or a race"
    )  # fmt: skip
    with pytest.raises(UnreadableFile, match="more than 50000 entries"):
        read(*many, entry())


RULES = st.builds(
    lambda freq, every, by, end: f"RRULE:FREQ={freq};INTERVAL={every}{by}{end}",
    st.sampled_from(["DAILY", "WEEKLY", "MONTHLY"]),
    st.integers(1, 5),
    st.sampled_from(["", ";BYDAY=MO,TH", ";BYDAY=TU", ";WKST=SU", ";BYDAY=SU;WKST=SU"]),
    st.sampled_from(["", ";COUNT=7", ";COUNT=300", ";UNTIL=20261215T050000Z"]),
)


@given(
    rule=RULES,
    began=st.dates(date(2019, 1, 1), date(2026, 12, 20)),
    hour=st.integers(0, 23),
    out=st.sampled_from(["", "20261201", "20261208"]),
)
def test_it_happens_when_another_client_says_it_happens(rule: str, began: date, hour: int, out: str) -> None:
    zone = ";TZID=Europe/Berlin:"
    exdate = (f"EXDATE{zone}{out}T{hour:02}1500",) if out else ()
    content = calendar(entry(rule, *exdate, "DURATION:PT1H", starts=f"{zone}{began:%Y%m%d}T{hour:02}1500"))

    found = read_calendar(content, "c.ics", WORDS, BERLIN, FIRST, UNTIL)

    assert starts(found) == as_a_client_sees(content)


ON_THE_WALL = ";TZID=Europe/Berlin:"
ONWARD = "RECURRENCE-ID;RANGE=THISANDFUTURE;TZID=Europe/Berlin:20261208T063000"


def test_an_exception_for_all_that_follow_moves_each_of_them() -> None:
    weekly = entry("RRULE:FREQ=WEEKLY;COUNT=6", "DURATION:PT40M", starts=f"{ON_THE_WALL}20261124T063000")
    moved = entry(ONWARD, "DURATION:PT60M", starts=f"{ON_THE_WALL}20261209T180000", title="Long run")
    once = entry(
        f"RECURRENCE-ID{ON_THE_WALL}20261215T063000", "DURATION:PT20M", starts=f"{ON_THE_WALL}20261215T120000"
    )
    found = read(weekly, moved, once)

    assert [(at.day, at.hour) for at in starts(found)] == [
        (24, 6), (1, 6), (9, 18), (15, 12), (23, 18), (30, 18),
    ]  # fmt: skip
    assert [one.minutes for one in found.entries] == [40, 40, 60, 20, 60, 60]
    assert found.entries[-1].run is RunKind.LONG


def test_what_is_cancelled_from_a_day_on_happens_no_more_and_one_beyond_reckoning_is_named() -> None:
    weekly = entry("RRULE:FREQ=WEEKLY;COUNT=5", starts=f"{ON_THE_WALL}20261124T063000")
    ended = entry(ONWARD, "STATUS:CANCELLED", starts=f"{ON_THE_WALL}20261208T063000")
    assert [at.day for at in starts(read(weekly, ended))] == [24, 1]

    far = entry(ONWARD, starts=f"{ON_THE_WALL}20270608T063000")
    assert ("Easy run", "it moves all that follows by more than a month") in read(weekly, far).skipped


@given(st.integers(0, 5), st.integers(-20, 20), st.sampled_from([6, 12, 18]))
def test_all_that_follow_are_where_another_reader_sees_them(which: int, days: int, hour: int) -> None:
    begins = datetime(2026, 11, 24, 6, 30)
    named = begins + timedelta(weeks=which)
    there = (named + timedelta(days=days)).replace(hour=hour)
    weekly = entry("RRULE:FREQ=WEEKLY;COUNT=6", starts=f"{ON_THE_WALL}{begins:%Y%m%dT%H%M%S}")
    onward = entry(
        f"RECURRENCE-ID;RANGE=THISANDFUTURE{ON_THE_WALL}{named:%Y%m%dT%H%M%S}",
        starts=f"{ON_THE_WALL}{there:%Y%m%dT%H%M%S}",
    )

    assert sorted(starts(read(weekly, onward))) == as_a_client_sees(calendar(weekly, onward))


WEEKLY = "RRULE:FREQ=WEEKLY"


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (entry(title="Run " * 500_000), "it takes more than 4000 letters"),
        (entry(*[WEEKLY] * 300), "it takes more than 4000 letters"),
        (entry(WEEKLY, f"EXDATE:{','.join(['20261201T063000Z'] * 50_000)}"), "it names more than 1000 days"),
        (entry(WEEKLY, *["RDATE:20261201T063000Z"] * 50_000), "it names more than 1000 days"),
    ],
    ids=["title", "rules", "days in one line", "days in many lines"],
)
def test_what_no_person_writes_is_left_out_before_it_is_worked_on(bad: str, why: str) -> None:
    """Reading one of these in full takes many seconds."""
    began = process_time()
    found = read(bad, entry(uid="good"))

    assert process_time() - began < 2
    assert len(found.entries) == 1
    assert [told for _, told in found.skipped if told.startswith(why)]
    assert found.unread == 1


def test_what_is_written_beside_an_entry_is_not_read() -> None:
    assert len(read(entry(f"DESCRIPTION:{'Run ' * 500_000}")).entries) == 1


def test_rules_of_zones_are_bounded_alone_and_over_all_entries() -> None:
    turn = (
        "BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0100\r\nEND:STANDARD"
    )
    here = ";TZID=Here:20261124T063000"
    one, many = (
        "\r\n".join(("BEGIN:VTIMEZONE", "TZID:Here", *[turn] * turns, "END:VTIMEZONE")) for turns in (1, 500)
    )

    assert len(read(entry(starts=here), more=one).entries) == 1
    assert read(entry(starts=here), more=many).skipped[0][1].startswith("its time zone takes more than")
    assert len(read(entry(), more=many).entries) == 1, "it names no zone"


def test_a_calendar_that_is_too_long_is_read_as_far_as_it_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triplane.formats.calendar.read.MOST_LETTERS", 200)
    found = read(entry(), entry(uid="b"), entry(uid="c"))

    assert 0 < len(found.entries) < 3
    assert found.skipped[-1][1].startswith("the calendar is too long to be read to its end")
