"""No use case gives a blocked runner a drill, a test or a figure, nor one who is ill a session.

Use cases are found, never listed; whoever adds one that takes something new tells this test what to hand in.
What is handed in is valid: whoever nothing stops is refused nothing with it, so that a refusal is a gate's.
"""

import inspect
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest

from night import every
from triplane import catalogue, coach
from triplane.bootstrap import Practice
from triplane.errors import Blocked
from triplane.history import EndFeel, MeasurementTaken, Method, SharedAs
from triplane.value import Value

A_MINUTE, A_DAY = timedelta(minutes=1), timedelta(days=1)
TEST, WATCHED = "internal_rotation_prone", "str_step_down"
HURT = MeasurementTaken(
    test=TEST,
    side=coach.Side.LEFT,
    method=Method.PHONE_HELPER,
    readings=(30, 31),
    pain=7,
    end_feel=EndFeel.PAIN,
)
BLOCKS: dict[str, Value] = {
    "an emergency": coach.screening_answers({"H01": True, "H01.deformed_or_stuck": True}),
    "urgent": coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}),
    "a professional first": coach.screening_answers({"Q07": True}),
    "pain in a test": HURT,
    "new pain before a session": coach.readiness_answers({"new_pain": True}),
}
"""What is told, after which nothing is offered."""
ILL = coach.readiness_answers({"ill": True})

SESSIONS = ("Session", "Cue", "Bundle", "AlongSession", "Handout", "DaySlot", "DrillEye", "CameraTest")
"""As what a session is handed out: nothing of it to whoever is ill."""
OFFERED = (
    *(*SESSIONS, "DrillCard", "Drill", "PlanItem", "LungeCell", "Film"),
    *("Protocol", "HipMap", "DirectionMap"),
)
"""As what drills and tests are handed out: nothing of it to whoever is blocked."""
GIVES = re.compile(
    r"Drill|Session\b|Bundle|Film|\bPlan\b|PlanItem|Lunge|Week\b|Cue|Protocol|Test\b|HipMap|Handout|Along"
)
DRAWS = re.compile(r"_(figure|film|thumb|moving)$")
HANDED_OUT = re.compile(
    r"\b(DrillCard|Session|Plan|PlanItem|Prescription|HipMap|Drill|Interruption|Protocol|CameraTest)\b"
)
"""Values that a use case only hands to whoever may have them; what takes one needs no gate of its own."""

TELLS = {"hand_in", "counted_then", "log", "session_to_tell_of", "logged_session", "drills_done"}
"""Use cases that record or count what was done, in the words of whoever did it."""
OWN_FACTS = {
    *(
        "history",
        "recent",
        "append",
        "record",
        "decide",
        "erase",
        "correct",
        "as_of",
        "bring_in",
        "bring_from",
    ),
    *("start_from", "tell", "forget_calendar"),
    *("calendar_forgotten", "clearance_word", "corrected_run", "drills_told_anew", "session_told_anew"),
    "fact_told",
    *("was_logged_so", "session_fact", "withdrawal", "origin_of", "answers_put_right", "moved_back"),
    "move_taken_back",
    *("act", "own_clearance", "who_may_clear"),
}
"""Use cases that name, correct or hand over the runner's own facts as they are."""


def functions_of(front_door: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    found = ((name, getattr(front_door, name)) for name in names)
    yield from ((name, one) for name, one in found if inspect.isroutine(one))


USE_CASES = [
    (name, use_case)
    for name, use_case in functions_of(coach, coach.__all__)
    if "history" in inspect.signature(use_case).parameters and name not in TELLS | OWN_FACTS
]
METHODS = [
    (name, method)
    for name, method in functions_of(Practice, vars(Practice))
    if not name.startswith("_") and name not in TELLS | OWN_FACTS
]


@pytest.fixture
def ready(marathoner: Any) -> Practice:
    """A runner with a week planned, who is asked nothing any more before the next session."""
    practice: Practice = marathoner.practice
    practice.answer_readiness({asked.id: False for asked in coach.readiness_asked()})
    return practice


def stopped_by(told: Value, practice: Practice) -> Practice:
    practice.record(told)
    return practice.as_of(practice.now + A_MINUTE)


def words_for(practice: Practice) -> Callable[[str], dict[str, Any]]:
    """Return what a use case may be handed, by the name of the parameter; all of it is there for who may."""
    day, (movable, to), fact = practice.day(), a_move(practice), practice.history().facts[-1]
    assert day.next
    slot, item = day.next.slot.id, day.next.drills[0].item
    words = {
        **{"slot": slot, "slot_id": slot, "name": slot, "item": item.id, "side": coach.Side.LEFT},
        **{"word": item.drill, "words": (item.drill,), "drill": item.drill, "wanted": coach.DrillFilter()},
        **{"answers": {"ill": False}, "day": day.date, "kind": None, "last": 500, "fact": fact},
        **{"test": TEST, "method": Method.PHONE_HELPER, "readings": (30.0, 31.0, 30.0)},
        **{"sides": {coach.Side.LEFT: (30.0, 31.0, 30.0)}, "source": "Club", "entries": (), "facts": ()},
        **{"direction": "anterior", "reach": "none", "levels": {}, "to": to},
        "body": coach.check_in(practice.yesterday, (), None, practice.now),
        "author": "runner",
        **{"taken": HURT, "when": practice.now, "as_told": fact, "ahead": timedelta(days=1), "days": 3},
        **{"called": "A coach", "role": SharedAs.COACH, "who": practice.runner, "deed": coach.Deed.LOOK},
    }
    test = {"word": TEST}
    two_dates = {"before": practice.now.date() - 28 * A_DAY, "after": practice.now.date()}
    special: dict[str, dict[str, Any]] = {
        "answers_stop_here": {"answers": {"Q07": False}},
        **dict.fromkeys(("compare", "check_dates", "hand_on"), two_dates),
        "agreed_to_more": {"to": "a coach"},
        "assistance_ended": {"to": "a helper", "through": "a coach"},
        "assistant_let_in": {"to": "a helper", "through": "a coach"},
        "consent": {"to": "a coach"},
        "consent_ended": {"to": "a coach"},
        "camera_on_test": {"word": "internal_rotation_seated"},
        "changed_day": {"away": True},
        "changed_race": {"distance_m": 10_000.0},
        "changed_words": {"kind": "race"},
        "chosen_drill": {"wanted": True},
        "direction_view": {"word": "flexion"},
        "eye_in_session": watched(practice),
        "eye_on": {"word": WATCHED},
        "measure_sides": {"sides": {coach.Side.LEFT: coach.SideReadings(readings=(30.0, 31.0, 30.0))}},
        "moved": {"slot": movable},
        "moved_by_another": {"slot": movable},
        "answer_told": {"name": "Q07"},
        "fact_told": {"name": fact.id},
        **dict.fromkeys(("measured_today", "modes_allowed", "protocol", "questions_before_test"), test),
        "take_measurement": test,
    }
    return lambda name: {**words, **special.get(name, {})}


def walked(practice: Practice, words: Callable[[str], dict[str, Any]]) -> Iterator[tuple[str, object]]:
    """Yield what every use case gives a runner, or how a gate refuses; any other error is one here too."""
    asking = {"self": practice, "history": practice.history(), "now": practice.now}
    for name, call in USE_CASES + METHODS:
        try:
            yield name, call(**handed(call, {**words(name), **asking}))
        except Blocked as refusal:
            yield name, refusal


def a_move(practice: Practice) -> tuple[str, Any]:
    """Return a slot of this week that may lie two hours later."""
    found = [slot.slot for day in practice.week().days for slot in day.slots if slot.may_move]
    return found[0].id, found[0].starts_at + timedelta(hours=2)


def watched(practice: Practice) -> dict[str, Any]:
    """Return a slot of this week and an item in it that a camera can watch."""
    plan = practice.history().issued_plan(coach.monday_of(practice.now.date()))
    assert plan
    item = next(item for item in plan.items if item.drill == WATCHED)
    return {"slot": item.slot, "item": item.id, "side": coach.Side.LEFT if item.left else coach.Side.RIGHT}


def handed(use_case: Any, words: dict[str, Any]) -> dict[str, Any]:
    parameters = inspect.signature(use_case).parameters
    needed = {
        name
        for name, parameter in parameters.items()
        if parameter.default is parameter.empty and parameter.kind is not parameter.VAR_KEYWORD
    }
    assert needed <= words.keys(), f"tell this test what to hand in as {needed - words.keys()}"
    return {name: words[name] for name in needed | ({"away", "distance_m"} & words.keys())}


NAMED = re.compile(
    rf"\b({'|'.join(name for drill in catalogue.load().values() for name in (drill.id, drill.name))})\b"
)


def drills_in(said: object) -> set[str]:
    """Return every drill that is named in what was said, by its id or its name."""
    return set(NAMED.findall(repr(said)))


def handed_out(said: object, kinds: Iterable[str]) -> set[str]:
    """Return of which kinds something stands in what was given, however deep."""
    return set(re.findall(rf"\b({'|'.join(kinds)})\(", repr(said)))


def test_whom_nothing_stops_is_refused_nothing_with_what_is_handed_in_here(ready: Practice) -> None:
    given = dict(walked(ready, words_for(ready)))
    offered = {name: handed_out(said, OFFERED) | drills_in(said) for name, said in given.items()}

    assert [name for name, said in given.items() if isinstance(said, Blocked)] == []
    assert {name for name, found in offered.items() if found} >= {
        *("begin", "bundle", "session_along", "sessions_along", "handout", "week_handout", "day", "look"),
        *("week", "drill_card", "drill_cards", "drills", "lunge_matrix", "lunge_choice", "why", "drills_of"),
        *("hip_map", "protocol", "further_tests", "camera_on_test", "eye_on", "eye_in_session", "issue_plan"),
        *("direction_view", "moved", "week_before"),
    }


@pytest.mark.parametrize("stop", every(3, [*BLOCKS]))
def test_no_use_case_gives_a_blocked_runner_a_drill_a_test_or_a_figure(stop: str, ready: Practice) -> None:
    words = words_for(ready)
    blocked = stopped_by(BLOCKS[stop], ready)

    assert coach.clearance(blocked.history(), blocked.now).is_blocked
    for name, said in walked(blocked, words):
        assert handed_out(said, OFFERED) | drills_in(said) == set(), name


def test_no_use_case_gives_a_runner_who_is_ill_a_session(ready: Practice) -> None:
    words = words_for(ready)
    given = dict(walked(stopped_by(ILL, ready), words))

    for name, said in given.items():
        assert handed_out(said, SESSIONS) == set(), name
    assert handed_out(given["drill_card"], OFFERED), "who is ill may read"


def test_what_gives_drills_tests_or_figures_asks_for_the_history_or_takes_what_was_handed_out() -> None:
    for name, use_case in functions_of(coach, coach.__all__):
        signature = inspect.signature(use_case)
        gives = GIVES.search(str(signature.return_annotation).rpartition(".")[2]) or DRAWS.search(name)
        takes = [str(parameter.annotation) for parameter in signature.parameters.values()]
        assert not gives or "history" in signature.parameters or HANDED_OUT.search(" ".join(takes)), name
