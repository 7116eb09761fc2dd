"""Whatever an archive adds to a runner who is known, no block and no restriction is lifted by it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from screening_cast import MORNING, after, cleared, screened
from triplane.history import (
    CheckinAnswered,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
    Sign,
    cannot_join,
    record,
)
from triplane.screening import readiness_questions, screen

NOW = after(days=15)
DAY = st.integers(0, 14).map(lambda days: timedelta(days=days, hours=1))
NAMES = ["H05", "H09", "H12", "H16"]
QUESTIONS = st.dictionaries(st.sampled_from(NAMES), st.booleans(), max_size=4)
FEELING = st.builds(
    Feeling,
    score=st.integers(0, 8),
    region=st.sampled_from(["groin", "knee"]),
    kind=st.sampled_from(list(FeelingKind)),
)
SORE = st.builds(
    CheckinAnswered,
    about=st.integers(0, 14).map(lambda days: MORNING.date() + timedelta(days=days)),
    soreness=st.lists(FEELING, max_size=2).map(tuple),
    hours_since_onset=st.sampled_from([None, 10, 90]),
)
SESSION = st.builds(
    SessionLogged,
    minutes=st.just(10),
    drills=st.builds(
        DrillDone,
        drill=st.just("any"),
        pain=st.lists(FEELING, max_size=1).map(tuple),
        signs=st.lists(st.sampled_from(list(Sign)), max_size=1).map(tuple),
    ).map(lambda drill: (drill,)),
)
READING = st.builds(
    MeasurementTaken,
    test=st.just("T01_flexion_supine"),
    side=st.just("left"),
    method=st.just("phone_self"),
    readings=st.just((100,)),
    pain=st.integers(0, 8),
    end_feel=st.sampled_from([None, "stretch", "pinch", "pain"]),
)
TIGHTENED = st.builds(
    RestrictionTightened,
    tag=st.sampled_from(["fai", "knee", "pht", "acute", "bsi_risk", "red_flag"]),
    ends_on=st.sampled_from([None, after(days=3).date(), after(days=20).date()]),
)
WORD = st.sampled_from([cleared(name) for name in (*NAMES, "E52", "fai", "knee", "bsi_risk", "red_flag")])
READY = st.builds(
    ReadinessAnswered, answers=st.dictionaries(st.sampled_from(sorted(readiness_questions())), st.booleans())
)
ANSWERED = st.builds(ScreeningAnswered, answers=QUESTIONS)
JOINING = st.one_of(SORE, SESSION, READING, TIGHTENED)
ANYTHING = st.one_of(JOINING, WORD, READY, ANSWERED)


def facts(bodies, named):
    return [
        record(body, "runner", MORNING + at, origin_key=f"{named}:{number}")
        for number, (at, body) in enumerate(bodies)
    ]


def one_after_the_other(*all_facts):
    numbered = [fact.model_copy(update={"seq": seq}) for seq, fact in enumerate(all_facts, 1)]
    return History("runner", tuple(numbered))


@given(
    QUESTIONS, st.lists(st.tuples(DAY, ANYTHING), max_size=4), st.lists(st.tuples(DAY, JOINING), max_size=4)
)
def test_what_joins_a_known_runner_never_loosens(answers, lived, coming):
    known = one_after_the_other(*screened(answers).facts, *facts(lived, "here"))
    new = facts(coming, "archive")
    assert cannot_join(known, new) is None

    before, now = screen(known, NOW), screen(one_after_the_other(*known.facts, *new), NOW)
    assert now.level.rank >= before.level.rank
    assert set(now.tag_names) >= set(before.tag_names)
