"""A hand-in of which not everything can be read: a yes and what hurt are kept, and what is lost is said."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from cast import MONDAY
from triplane import coach
from triplane.errors import OtherRunner, UnknownName, UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import BodyRegion, Feeling, FeelingKind, History, SessionLogged, Sign, record

NOW = MONDAY.replace(hour=5, minute=30) + timedelta(days=2)
LATER = NOW + timedelta(hours=5)
GROIN = {"region": "groin", "side": "left", "kind": "joint", "score": 8}
FELT = Feeling(score=8, region=BodyRegion.GROIN, kind=FeelingKind.JOINT, side="left")


@pytest.fixture(scope="module")
def planned() -> History:
    """The sample marathoner on Wednesday morning, with the week planned."""
    at = NOW - timedelta(days=2)
    told = sample_runner("marathoner", at.date()).bodies(coach.first_questions(), coach.disclaimer().version)
    first = [record(body, "me", at + timedelta(seconds=n)) for n, body in enumerate(told)]
    history = History("me").plus(*first)
    return history.plus(*coach.day(history, at + timedelta(minutes=5)).proposed)


@pytest.fixture(scope="module")
def session(planned: History) -> coach.Session:
    return coach.bundle(planned, str(coach.day(planned, NOW).next_slot), NOW).session


def a_playing(planned: History, session: coach.Session) -> dict[str, object]:
    """A whole session as a device sends it, with pain in its first drill and a yes before it."""
    stop = {"item": session.items[0].id, "side": "left", "pain": [GROIN]}
    return {
        "key": "0000000a",
        "mark": planned.mark,
        "readiness": {"new_pain": True, "ill": False},
        "reference": session.reference.model_dump(mode="json"),
        "played": {"seconds": [cue.seconds for cue in session.cues], "interruptions": [stop]},
        "effort": 6,
        "discomfort": 1,
        "ended_at": (NOW + timedelta(minutes=30)).isoformat(),
    }


def took(history: History, told: dict[str, object]) -> tuple[History, str]:
    found = coach.hand_in(history, coach.HandIn.model_validate(told), LATER)
    return history.plus(*found.facts), found.says


def logs(history: History) -> list[SessionLogged]:
    return [log for _, log in history.all(SessionLogged)]


def with_interruptions(told: dict, *stops: dict) -> dict:
    return told | {"played": told["played"] | {"interruptions": list(stops)}}


SPOILED = {
    "a plan that nobody issued": lambda told: (
        told | {"reference": told["reference"] | {"plan": "2026-11-23-00"}}
    ),
    "a question that nobody asks": lambda told: (
        told | {"readiness": {"new_pain": True, "asked_since": False}}
    ),
    "an effort of eleven": lambda told: told | {"effort": 11},
    "a field of another version": lambda told: told | {"weather": "rain"},
    "no reference at all": lambda told: {name: one for name, one in told.items() if name != "reference"},
    "a reference that is none": lambda told: told | {"reference": "sunday"},
    "an instant that is none": lambda told: told | {"ended_at": "yesterday"},
    "seconds that are none": lambda told: told | {"played": told["played"] | {"seconds": "all"}},
    "a count that is none": lambda told: told | {"played": told["played"] | {"clean": [{"reps": -1}]}},
    "the pain 25 times": lambda told: with_interruptions(
        told, told["played"]["interruptions"][0] | {"pain": [GROIN] * 25}
    ),
    "a sign that is none beside it": lambda told: with_interruptions(
        told, told["played"]["interruptions"][0] | {"signs": ["of the times"]}
    ),
    "a side that is none": lambda told: with_interruptions(
        told, told["played"]["interruptions"][0] | {"side": "middle"}
    ),
    "interruptions that are none beside it": lambda told: with_interruptions(
        told, 7, {"item": 3}, *told["played"]["interruptions"], {"item": "x", "pain": "everywhere"}
    ),
}


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_whatever_else_is_wrong_with_it_a_yes_and_what_hurt_are_kept_and_no_work_counts(
    planned, session, spoiled
) -> None:
    told = spoiled(a_playing(planned, session))
    after, says = took(planned, told)

    (log,) = logs(after)
    felt = [feeling for done in log.drills for feeling in done.pain]
    assert [(one.region, one.kind, one.score) for one in felt] == [("groin", "joint", 8)]
    assert (log.slot, log.minutes) == (None, 0)
    assert all(done.sets_done == 0 and done.work_s == 0 for done in log.drills)
    assert coach.clearance(after, LATER).is_paused or coach.clearance(after, LATER).is_blocked
    assert "could not be read" in says and "in words" in says
    assert took(after, told)[0] == after, "handed in twice it is kept once"


@pytest.mark.parametrize("spoiled", SPOILED.values(), ids=SPOILED)
def test_a_yes_alone_is_kept_too(planned, session, spoiled) -> None:
    told = with_interruptions(spoiled(a_playing(planned, session)))
    after, _ = took(planned, told)

    assert coach.clearance(after, LATER).is_paused or coach.clearance(after, LATER).is_blocked
    assert coach.hand_in(after, coach.HandIn.model_validate(told), LATER).facts == ()


def test_pain_stays_with_its_drill_though_nobody_knows_the_plan(planned, session) -> None:
    after, _ = took(planned, SPOILED["a plan that nobody issued"](a_playing(planned, session)))

    (log,) = logs(after)
    assert [done.drill for done in log.drills] == [session.items[0].drill]


def test_pain_of_a_drill_that_nobody_knows_is_kept_all_the_same(planned, session) -> None:
    told = a_playing(planned, session) | {"reference": {"plan": "nowhere", "items": ["nothing"]}}
    after, _ = took(planned, told)

    ((fact, log),) = after.all(SessionLogged)
    assert log.drills[0].pain == (FELT,)
    assert "groin" in coach.fact_told(after, fact.id, LATER).model_dump_json().lower()
    coach.day(after, LATER)


def test_much_discomfort_is_kept_though_nothing_else_can_be_read(planned, session) -> None:
    told = a_playing(planned, session) | {"effort": 11, "discomfort": 9, "readiness": {}}
    after, _ = took(planned, with_interruptions(told))

    assert {done.discomfort for done in logs(after)[0].drills} == {9}


@pytest.mark.parametrize("said", [11, 10.0, 400])
def test_more_than_ten_of_ten_is_ten(planned, session, said) -> None:
    stop = {"item": session.items[0].id, "pain": [GROIN | {"score": said}]}
    after, _ = took(planned, with_interruptions(a_playing(planned, session) | {"effort": 11}, stop))

    assert logs(after)[0].drills[0].pain[0].score == 10


def test_pain_at_a_place_that_nobody_knows_is_kept_as_too_much(planned, session) -> None:
    stop = {"item": session.items[0].id, "pain": [GROIN | {"region": "soul"}]}
    after, _ = took(planned, with_interruptions(a_playing(planned, session), stop))

    assert [(done.drill, done.too_much) for done in logs(after)[0].drills] == [(session.items[0].drill, True)]


def test_a_sign_among_thousands_of_things_told_is_found(planned, session) -> None:
    stops = [{"item": f"{number}", "too_much": True} for number in range(2000)]
    sign = {"item": session.items[0].id, "signs": [Sign.GIVING_WAY] * 300}
    after, _ = took(planned, with_interruptions(a_playing(planned, session), *stops, sign))

    assert coach.clearance(after, LATER).is_blocked
    assert sum(len(done.signs) for log in logs(after) for done in log.drills) == 1


def test_where_nothing_hurt_and_no_yes_was_given_it_is_refused_as_ever(planned, session) -> None:
    calm = with_interruptions(a_playing(planned, session)) | {"readiness": {"ill": False}}

    for name in ("an effort of eleven", "seconds that are none", "a field of another version"):
        with pytest.raises(ValidationError):
            took(planned, SPOILED[name](calm))
    with pytest.raises(UnknownName, match="plan"):
        took(planned, SPOILED["a plan that nobody issued"](calm))
    with pytest.raises(UnknownName, match="question"):
        took(planned, calm | {"readiness": {"asked_since": True}})
    with pytest.raises(UserError):
        took(planned, SPOILED["no reference at all"](calm))


def test_of_another_runner_nothing_is_kept_however_little_can_be_read(planned, session) -> None:
    for mark in ("", "somebody else's", None):
        with pytest.raises((OtherRunner, ValidationError)):
            took(planned, a_playing(planned, session) | {"effort": 11, "mark": mark})


def test_what_a_newer_app_kept_stays_where_it_is(planned, session) -> None:
    with pytest.raises(UserError, match="Update Triplane"):
        took(planned, a_playing(planned, session) | {"version": 2, "effort": 11})
