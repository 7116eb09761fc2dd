"""A hand-in of which not everything can be read: a yes and what hurt are kept, and what is lost is said."""

from datetime import timedelta

import pytest
from pydantic import ValidationError

from cast import MONDAY
from triplane import coach
from triplane.errors import OtherRunner, UnknownName, UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    BodyRegion,
    Feeling,
    FeelingKind,
    History,
    ScreeningAnswered,
    SessionLogged,
    Sign,
    record,
)

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


@pytest.fixture(scope="module")
def evening(planned: History) -> coach.Session:
    """Tuesday's session, of more than one drill."""
    plan = planned.issued_plan(MONDAY.date())
    assert plan is not None
    slot = next(one for one in plan.slots if sum(item.slot == one.id for item in plan.items) > 1)
    return coach.bundle(planned, slot.id, slot.starts_at).session


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


CALF = {"region": "calf", "side": "left", "kind": "muscle", "score": 1}
UNREAD_PAIN = {
    "a score in words": CALF | {"score": "much"},
    "a score below nothing": CALF | {"score": -3},
    "no score": {name: one for name, one in CALF.items() if name != "score"},
    "a place that nobody knows": CALF | {"region": "soul"},
    "a kind that nobody knows": CALF | {"kind": "burning"},
    "a side that nobody knows": CALF | {"side": "middle"},
    "more than we know of": CALF | {"at_worst": 9},
    "nothing of ours": 7,
}


@pytest.mark.parametrize("unread", UNREAD_PAIN.values(), ids=UNREAD_PAIN)
def test_pain_that_cannot_be_read_counts_as_too_much_and_what_reads_beside_it_is_kept(
    planned, evening, unread
) -> None:
    first, second = evening.items[:2]
    stops = {"item": first.id, "pain": [GROIN | {"score": 1}, unread]}, {"item": second.id, "pain": [CALF]}
    told = with_interruptions(a_playing(planned, evening) | {"readiness": {}}, *stops)
    handed = coach.HandIn.model_validate(told)
    after, says = took(planned, told)

    (log,) = logs(after)
    assert [(done.drill, done.too_much) for done in log.drills] == [
        (first.drill, True),
        (second.drill, False),
    ]
    assert FELT.model_copy(update={"score": 1}) in log.drills[0].pain
    assert [feeling.score for feeling in log.drills[1].pain] == [1]
    assert handed.unread == ("pain", "work")
    assert "counts as too much" in says


@pytest.mark.parametrize("sign", ["of the times", 3, None, {"sign": "locking"}])
def test_a_sign_that_nobody_knows_counts_as_too_much_beside_pain_that_reads(planned, session, sign) -> None:
    stop = {"item": session.items[0].id, "pain": [CALF], "signs": [sign]}
    told = with_interruptions(a_playing(planned, session) | {"readiness": {}}, stop)
    after, _ = took(planned, told)

    (done,) = logs(after)[0].drills
    assert done.too_much and [feeling.region for feeling in done.pain] == ["calf"]
    assert coach.HandIn.model_validate(told).unread == ("signs", "work")


def test_a_sign_that_reads_is_kept_beside_one_that_nobody_knows(planned, session) -> None:
    stop = {"item": session.items[0].id, "signs": ["new_sign", "locking"]}
    after, _ = took(planned, with_interruptions(a_playing(planned, session) | {"readiness": {}}, stop))

    (done,) = logs(after)[0].drills
    assert (done.too_much, done.signs) == (True, (Sign.LOCKING,))
    assert coach.clearance(after, LATER).is_blocked


@pytest.mark.parametrize("said", [7.5, 7.01, "7.5"])
def test_a_score_between_whole_numbers_is_the_higher_one(planned, session, said) -> None:
    stop = {"item": session.items[0].id, "pain": [GROIN | {"score": 1}, GROIN | {"score": said}]}
    after, _ = took(planned, with_interruptions(a_playing(planned, session) | {"readiness": {}}, stop))

    (done,) = logs(after)[0].drills
    assert [feeling.score for feeling in done.pain] == [8, 1] and not done.too_much


def test_discomfort_between_whole_numbers_is_the_higher_one(planned, evening) -> None:
    for said, kept in ((7.5, 8), (3.2, 4), ("7.5", 8), (400, 10)):
        told = with_interruptions(a_playing(planned, evening) | {"discomfort": said, "readiness": {}})
        after, _ = took(planned, told)
        (log,) = logs(after)
        assert {done.drill: done.discomfort for done in log.drills} == {
            item.drill: kept for item in evening.items
        }


@pytest.mark.parametrize("said", ["much", -1, {"of_ten": 7}, [7], "7,5", float("nan"), float("-inf")])
def test_discomfort_that_cannot_be_read_is_too_much_in_every_drill(planned, evening, said) -> None:
    told = with_interruptions(
        a_playing(planned, evening) | {"discomfort": said, "readiness": {}},
        {"item": evening.items[0].id, "pain": [GROIN | {"score": 1}]},
    )
    after, _ = took(planned, told)

    (log,) = logs(after)
    assert {done.drill for done in log.drills if done.too_much} == {item.drill for item in evening.items}
    assert [feeling.score for done in log.drills for feeling in done.pain] == [1]
    assert coach.HandIn.model_validate(told).unread == ("discomfort", "work")
    assert took(after, told)[0] == after, "handed in twice it is kept once"


@pytest.mark.parametrize("stops", ["everywhere", {"pain": 3}, 7, [7], [{"item": "x", "felt": [GROIN]}]])
def test_a_stop_that_cannot_be_read_was_too_much(planned, session, stops) -> None:
    played = {"seconds": [], "interruptions": stops}
    told = a_playing(planned, session) | {"readiness": {}, "played": played}
    after, _ = took(planned, told)

    assert [done.too_much for done in logs(after)[0].drills] == [True]


def test_too_much_in_a_word_that_nobody_knows_is_too_much(planned, session) -> None:
    stop = {"item": session.items[0].id, "too_much": "very"}
    after, _ = took(planned, with_interruptions(a_playing(planned, session) | {"readiness": {}}, stop))

    assert [done.too_much for done in logs(after)[0].drills] == [True]


def test_where_nothing_was_told_of_what_hurts_nothing_counts_as_too_much(planned, session) -> None:
    calm = {"item": session.items[0].id, "pain": [], "signs": None, "too_much": None, "side": "middle"}
    for discomfort in (0, 2.5, None):
        told = with_interruptions(a_playing(planned, session), calm) | {"discomfort": discomfort}
        with pytest.raises(ValidationError):
            coach.HandIn.model_validate(told | {"readiness": {}})
        assert logs(took(planned, told)[0]) == [], "the yes alone is kept"


@pytest.mark.parametrize("unread", [{"discomfort": "much"}, {"discomfort": 7.5}, {"discomfort": 2.5}])
def test_what_cannot_be_read_never_leaves_a_dose_higher_than_what_reads(planned, session, unread) -> None:
    def doses(told: dict[str, object]) -> dict[str, float]:
        after, _ = took(planned, told | {"readiness": {}})
        later = LATER + timedelta(minutes=1)
        plan = after.plus(*coach.day(after, later).proposed).issued_plan(MONDAY.date())
        assert plan is not None
        work = [(item.drill, side.work_s) for item in plan.items for side in (item.left, item.right) if side]
        return {drill: max(s for name, s in work if name == drill) for drill, _ in work}

    stop = {"item": session.items[0].id, "pain": [CALF | {"score": 6}]}
    plain = with_interruptions(a_playing(planned, session) | {"effort": 11}, stop)
    for drill, most in doses(plain | unread).items():
        assert most <= doses(plain).get(drill, most)


def test_what_is_read_whole_has_nothing_unread(planned, session) -> None:
    assert coach.HandIn.model_validate(a_playing(planned, session)).unread == ()


def test_an_unknown_question_keeps_what_was_unread_besides(planned, session) -> None:
    told = a_playing(planned, session) | {"discomfort": "much", "readiness": {"new_pain": True, "x": True}}
    found = coach.hand_in(planned, coach.HandIn.model_validate(told), LATER)

    assert found.unread == ("discomfort", "readiness", "work")


@pytest.mark.parametrize("reference", [None, "sunday", {"plan": 7, "items": ["nothing"]}])
def test_too_much_stays_with_its_drill_though_what_was_played_cannot_be_read(
    planned, session, reference
) -> None:
    stop = {"item": session.items[0].id, "signs": ["of the times"]}
    told = with_interruptions(a_playing(planned, session) | {"readiness": {}, "reference": reference}, stop)
    after, _ = took(planned, told)

    assert [(done.drill, done.too_much) for done in logs(after)[0].drills] == [(session.items[0].drill, True)]


def test_numbers_beyond_any_measure_are_read_as_the_most(planned, session) -> None:
    for said in (10**400, float("inf"), 1e300):
        told = with_interruptions(a_playing(planned, session) | {"discomfort": said, "readiness": {}})
        (log,) = logs(took(planned, told)[0])
        assert all(done.discomfort == 10 or done.too_much for done in log.drills)


def test_of_a_no_that_is_not_kept_it_is_not_said_that_it_is_recorded() -> None:
    told = sample_runner("marathoner", NOW.date()).bodies((), coach.disclaimer().version)
    bodies = (body for body in told if not isinstance(body, ScreeningAnswered))
    unscreened = History("me").plus(*(record(body, "me", NOW) for body in bodies))
    no = {"key": "0000000a", "mark": unscreened.mark, "readiness": {"ill": False}}
    found = coach.hand_in(unscreened, coach.HandIn.model_validate(no), LATER)
    assert not found.facts
    assert found.says.startswith("Nothing was recorded.")
    both = {**no, "readiness": {"ill": True, "new_pain": False}}
    kept = coach.hand_in(unscreened, coach.HandIn.model_validate(both), LATER)
    assert [fact.body.answers for fact in kept.facts] == [{"ill": True}]  # type: ignore[union-attr]
    assert kept.says == "Recorded: what you answered with yes."
