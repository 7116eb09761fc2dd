"""Whatever hurts may lower a dose and may leave it, and never raises one: for every drill, on both sides."""

from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from cast import MONDAY, told
from triplane.adaptation import adjust
from triplane.adaptation.soreness import is_sore
from triplane.adaptation.still_sore import still_sore
from triplane.body import Side
from triplane.catalogue import load
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DrillDone,
    Equipment,
    EquipmentListed,
    Fact,
    Feeling,
    FeelingKind,
    FormSeen,
    History,
    LungeVector,
    SessionLogged,
    Sign,
    SorenessCourse,
)
from triplane.planning import Ceiling, levels_of, strictest

DRILLS = load()
DONE = ("own_ext_halfkneel", "own_ext_halfkneel", "str_sl_rdl", "str_sl_rdl", "lm_anterior", "mob_quad_band")
"""Few drills, so that each comes often enough to move on."""

CELLS = (
    None,
    LungeVector(direction="anterior"),
    LungeVector(direction="anterior", range=1),
    LungeVector(direction="anterior", range=1, load=1),
)
PAINFUL = tuple(kind for kind in FeelingKind if kind is not FeelingKind.CRAMP)
"""A cramp is not pain (R10): it is not among what may only lower."""

HURT = Feeling(score=6, region=BodyRegion.BUTTOCK, kind=FeelingKind.MUSCLE, side=Side.LEFT)

feelings = st.builds(
    Feeling,
    score=st.integers(0, 10),
    region=st.sampled_from(BodyRegion),
    kind=st.sampled_from(PAINFUL),
    side=st.sampled_from([None, *Side]),
)


@st.composite
def drill_logs(draw: st.DrawFn) -> DrillDone:
    drill = draw(st.sampled_from(DONE))
    return DrillDone(
        drill=drill,
        side=draw(st.sampled_from([None, None, *Side])),
        sets_done=draw(st.sampled_from([2] * 8 + [1, 0])),
        sets_asked=2,
        clean_reps=draw(st.sampled_from([8] * 6 + [None, 6])),
        reps_asked=8,
        load_kg=draw(st.sampled_from([0, 0, 0, 0, 4, 4.5])),
        lunge=draw(st.sampled_from(CELLS)) if drill == "lm_anterior" else None,
        pain=(draw(feelings),) if draw(st.integers(0, 9)) == 9 else (),
    )


sessions = st.builds(
    SessionLogged,
    minutes=st.just(15.0),
    effort=st.sampled_from([None, 5, 5, 7, 9]),
    drills=st.lists(drill_logs(), min_size=1, max_size=3).map(tuple),
)
mornings = st.builds(
    CheckinAnswered,
    about=st.just(MONDAY.date()),
    soreness=st.lists(feelings, max_size=1).map(tuple),
    course=st.sampled_from([SorenessCourse.NONE, SorenessCourse.NONE, *SorenessCourse]),
    hours_since_onset=st.sampled_from([None, 12.0, 90.0]),
)
gaps = st.sampled_from([1, 2, 2, 3, 3, 4, 4, 5, 7, 16, 30])
days = st.lists(
    st.tuples(gaps, sessions, st.one_of(st.none(), st.none(), st.none(), mornings)), min_size=3, max_size=12
)


def lived(plan: list[tuple[int, SessionLogged, CheckinAnswered | None]]) -> tuple[list[Fact], datetime]:
    """Lay sessions in the evening and check-ins on the next morning, some days apart."""
    facts = list(told(EquipmentListed(equipment=frozenset({Equipment.DUMBBELL, Equipment.STEP}))))
    at = MONDAY
    for gap, session, morning in plan:
        at += timedelta(days=gap)
        facts += told(session, at=at + timedelta(hours=12))
        facts += told(*([morning] if morning else []), at=at + timedelta(hours=25))
    return facts, at + timedelta(hours=26)


@st.composite
def hurts(draw: st.DrawFn, facts: list[Fact]) -> list[Fact]:
    """Return the same log with one more pain, sign, sore place or 'too much' somewhere in it."""
    place = draw(st.integers(1, len(facts)))
    if place == len(facts):
        at = facts[draw(st.integers(0, len(facts) - 1))].occurred_at + timedelta(
            hours=draw(st.integers(1, 40))
        )
        # A morning with next to nothing sore is a calm one: it may let go what hurt before.
        sore = CheckinAnswered(about=at.date(), soreness=(draw(feelings.filter(is_sore)),))
        return [*facts, *told(sore, at=at)]
    fact = facts[place]
    if isinstance(fact.body, CheckinAnswered):
        body = fact.body.model_copy(update={"soreness": (*fact.body.soreness, draw(feelings))})
    else:
        assert isinstance(fact.body, SessionLogged)
        number = draw(st.integers(0, len(fact.body.drills) - 1))
        drills = list(fact.body.drills)
        drills[number] = _hurt(draw, drills[number])
        body = fact.body.model_copy(update={"drills": tuple(drills)})
    return [*facts[:place], fact.model_copy(update={"body": body}), *facts[place + 1 :]]


def _hurt(draw: st.DrawFn, done: DrillDone) -> DrillDone:
    more = draw(
        st.sampled_from(
            [
                {"pain": (*done.pain, draw(feelings))},
                {"signs": (*done.signs, draw(st.sampled_from(Sign)))},
                {"too_much": True},
                {"stopped_early": True},
                {"form": FormSeen(ended_by=("The knee dives in.",))},
                {"form": FormSeen(answers={"Did your back round?": draw(st.booleans())})},
                {"discomfort": max(done.discomfort, draw(st.integers(0, 10)))},
            ]
        )
    )
    return done.model_copy(update=more)


def no_higher(hurt: Ceiling, calm: Ceiling) -> bool:
    """Say whether every part of a dose is at most what it was."""
    late = datetime.min.replace(tzinfo=MONDAY.tzinfo)
    return (
        hurt.dose_factor <= calm.dose_factor
        and hurt.max_placements <= calm.max_placements
        and (hurt.not_before or late) >= (calm.not_before or late)
        and (hurt.load_kg or 0) <= (calm.load_kg or 0)
        and (hurt.lunge is None or calm.lunge is None or levels_of(hurt.lunge) <= levels_of(calm.lunge))
    )


@settings(max_examples=150)
@given(days, st.data())
def test_pain_soreness_and_stop_signs_never_raise_any_dose(
    plan: list[tuple[int, SessionLogged, CheckinAnswered | None]], data: st.DataObject
) -> None:
    facts, end = lived(plan)
    hurt = data.draw(hurts(facts))
    now = max(end, *(fact.occurred_at for fact in hurt)) + timedelta(hours=data.draw(st.integers(0, 200)))
    calm_words = adjust(History("anna", tuple(facts)), DRILLS, now)
    hurt_words = adjust(History("anna", tuple(hurt)), DRILLS, now)
    raised = [
        (drill, side)
        for drill in DRILLS
        for side in Side
        if not no_higher(strictest(hurt_words, drill, side), strictest(calm_words, drill, side))
    ]

    assert raised == []


@settings(max_examples=150)
@given(days, sessions, st.integers(-2, 3), st.integers(0, 4 * 60), mornings, st.integers(0, 60))
def test_nothing_told_on_the_day_of_a_pain_lifts_its_hold(
    plan: list[tuple[int, SessionLogged, CheckinAnswered | None]],
    session: SessionLogged,
    back: int,
    minutes: int,
    morning: CheckinAnswered,
    wait: int,
) -> None:
    """A pain at six in the evening, and a morning told before midnight: calm or not, of whichever day."""
    facts, end = lived(plan)
    at = (end + timedelta(days=1)).replace(hour=18)
    strained = (session.drills[0].model_copy(update={"pain": (HURT,), "skipped": False}),)
    facts += told(session.model_copy(update={"drills": strained}), at=at)
    about = at.date() - timedelta(days=back)
    facts += told(morning.model_copy(update={"about": about}), at=at + timedelta(minutes=minutes))
    now = at + timedelta(minutes=minutes + wait)

    assert still_sore(History("anna", tuple(facts)), DRILLS, now) is not None


@settings(max_examples=25)
@given(days)
def test_the_same_log_always_gives_the_same_adjustments(
    plan: list[tuple[int, SessionLogged, CheckinAnswered | None]],
) -> None:
    facts, now = lived(plan)

    assert adjust(History("anna", tuple(facts)), DRILLS, now) == adjust(
        History("anna", tuple(reversed(facts))), DRILLS, now
    )
