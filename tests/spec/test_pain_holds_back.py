"""A coach on strong pain: the hip rests, the questions come back, and nothing opens because of it."""

from datetime import datetime, timedelta

import pytest

from cast import MONDAY
from living import Life
from triplane import catalogue, coach
from triplane.adaptation import adjust, sore_notice
from triplane.adaptation.regions import MUSCLES_AT, DrillOnSide
from triplane.body import Side
from triplane.catalogue import Stage
from triplane.coach.safe_items import items_allowed
from triplane.coach.situation import Situation
from triplane.evidence import Reason
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    ClearedBy,
    DrillDone,
    EndFeel,
    Feeling,
    History,
    MeasurementTaken,
    Method,
    Plan,
    PlanItem,
    SessionLogged,
    record,
)
from triplane.planning import strictest
from triplane.value import Value

NOW = MONDAY.replace(hour=5, minute=30)
TUESDAY = NOW + timedelta(days=1)
DRILLS = catalogue.load()
PAIN_QUESTIONS = {"H02", "H03", "H04", "H09"}


def told_before() -> History:
    """The sample marathoner on Monday morning, before any plan."""
    sample = sample_runner("marathoner", NOW.date())
    start = sample.bodies(coach.first_questions(), coach.disclaimer().version)
    begun = NOW.replace(hour=0, minute=1)
    return History("me").plus(*(record(b, "me", begun + timedelta(seconds=n)) for n, b in enumerate(start)))


def told(*bodies: Value, at: datetime = TUESDAY) -> History:
    """The sample marathoner, planned on Monday, and what was told since."""
    history = told_before()
    history = history.plus(*coach.day(history, NOW).proposed)
    return history.plus(*(record(body, "me", at + timedelta(seconds=n)) for n, body in enumerate(bodies)))


def sore(score: int, region: str, kind: str, side: str | None = "left") -> Feeling:
    return Feeling.model_validate({"score": score, "region": region, "kind": kind, "side": side})


def morning(*feelings: Feeling) -> CheckinAnswered:
    return CheckinAnswered(about=NOW.date(), soreness=feelings)


def rests(history: History, side: Side, now: datetime) -> set[str]:
    """Return the drills of stages 2 to 5 that rest on a side."""
    words = adjust(history, DRILLS, now)
    return {
        drill.id
        for drill in DRILLS.values()
        if drill.stage > Stage.RELEASE and (strictest(words, drill.id, side).not_before or now) > now
    }


@pytest.mark.parametrize("region", ["groin", "outer_hip", "buttock", "front_of_hip"])
def test_a_strong_ache_in_the_hip_rests_all_that_works_it_and_brings_the_questions_back(region: str) -> None:
    history = told(morning(sore(8, region, "joint")))
    later = TUESDAY + timedelta(minutes=5)
    working = {
        drill.id
        for drill in DRILLS.values()
        if drill.stage > Stage.RELEASE and Side.LEFT in DrillOnSide(drill, Side.LEFT).sides
    }

    assert working <= rests(history, Side.LEFT, later)
    assert set(coach.questions_due(history, later).must) >= PAIN_QUESTIONS
    assert coach.clearance(history, later).is_blocked


def test_a_mild_ache_does_not_ask_again() -> None:
    history = told(morning(sore(4, "groin", "joint")))

    assert coach.questions_due(history, TUESDAY + timedelta(minutes=5)).must == ()


def test_strong_tendon_soreness_holds_back_what_strains_it_though_it_was_not_done() -> None:
    calm, felt = told(), told(morning(sore(8, "outer_hip", "tendon")))
    later = TUESDAY + timedelta(minutes=5)
    straining = [
        drill.id
        for drill in DRILLS.values()
        if MUSCLES_AT[sore(8, "outer_hip", "tendon").region] & {*drill.muscles, *drill.stretched}
    ]
    lower = [
        strictest(adjust(felt, DRILLS, later), drill, Side.LEFT).dose_factor
        < strictest(adjust(calm, DRILLS, later), drill, Side.LEFT).dose_factor
        for drill in straining
    ]

    assert straining
    assert all(lower)


def test_joint_pain_in_a_session_rests_the_other_drills_of_that_hip_too() -> None:
    hurt = SessionLogged(
        minutes=10,
        drills=(DrillDone(drill="own_flex_hover", side=Side.LEFT, pain=(sore(8, "groin", "joint"),)),),
    )
    history = told(hurt)

    assert "str_step_down" in rests(history, Side.LEFT, TUESDAY + timedelta(hours=1))
    assert "str_step_down" not in rests(history, Side.RIGHT, TUESDAY + timedelta(hours=1))


@pytest.mark.parametrize("end_feel", [EndFeel.STRETCH, EndFeel.PINCH])
def test_pain_in_a_measurement_opens_no_drill_and_asks_again(end_feel: EndFeel) -> None:
    taken = MeasurementTaken(
        test="internal_rotation",
        side=Side.LEFT,
        method=Method.PHONE_HELPER,
        readings=(20.0, 20.0, 20.0),
        pain=7,
        end_feel=end_feel,
    )
    calm, felt = told(), told(taken)
    later = TUESDAY + timedelta(minutes=5)
    before, after = (
        adjust(history, DRILLS, later, hip_map=Situation(history, later).reckoned_hip_map)
        for history in (calm, felt)
    )
    opened = [
        (drill, side)
        for drill in DRILLS
        for side in Side
        if strictest(after, drill, side).max_placements > strictest(before, drill, side).max_placements
    ]

    assert opened == []
    assert set(coach.questions_due(felt, later).must) >= PAIN_QUESTIONS


@pytest.mark.parametrize(
    ("region", "kind"), [("groin", "muscle"), ("groin", "tendon"), ("front_of_hip", "tendon")]
)
def test_groin_pain_in_a_session_asks_again_whatever_the_runner_calls_it(region: str, kind: str) -> None:
    hurt = SessionLogged(
        minutes=10,
        drills=(DrillDone(drill="own_flex_hover", side=Side.LEFT, pain=(sore(9, region, kind),)),),
    )
    history = told(hurt)

    assert set(coach.questions_due(history, TUESDAY + timedelta(minutes=5)).must) >= PAIN_QUESTIONS


NONE = (0, 0, 0, 0)


def units(plan: Plan) -> dict[str, tuple[int, int, int, int]]:
    """Return placements, units of either side, and the most of a side in one session, by drill."""
    found: dict[str, tuple[int, int, int, int]] = {}
    for item in plan.items:
        times, left, right, most = found.get(item.drill, NONE)
        at_once = max(most, item.left_units, item.right_units)
        found[item.drill] = (times + 1, left + item.left_units, right + item.right_units, at_once)
    return found


@pytest.mark.parametrize(
    "hurts", [sore(5, "buttock", "muscle", None), sore(2, "knee", "joint"), sore(3, "front_thigh", "muscle")]
)
def test_soreness_taken_over_the_weeks_edge_raises_nothing_in_all_or_at_once(hurts: Feeling) -> None:
    life = Life(told_before(), NOW.replace(hour=0, minute=0)).live(1)
    sunday = NOW + timedelta(days=6)
    felt = life.history.plus(record(CheckinAnswered(about=sunday.date(), soreness=(hurts,)), "me", sunday))
    monday = NOW + timedelta(days=7)
    after = coach.issue_plan(felt, monday)
    before = units(life.weeks[0].plan)

    assert isinstance(after, Plan)
    assert after.items
    assert [
        drill
        for drill, has in units(after).items()
        if any(more > less for more, less in zip(has, before.get(drill, NONE), strict=True))
    ] == []


def test_a_clock_set_back_does_not_let_go_of_what_hurt() -> None:
    history = told(morning(sore(3, "buttock", "muscle")))

    assert sore_notice(history, DRILLS, TUESDAY - timedelta(minutes=20)) is not None


@pytest.mark.parametrize(
    ("done", "says"),
    [
        ({"too_much": True}, "A drill was too much on Tuesday"),
        ({"signs": ["sharp_pain"]}, "Something hurt on Tuesday"),
        ({"too_much": True, "signs": ["sharp_pain"]}, "Something hurt on Tuesday"),
    ],
)
def test_what_hurt_and_what_was_too_much_are_told_apart(done, says) -> None:
    drill = DrillDone.model_validate({"drill": "own_9090_back_ir", **done})
    notice = sore_notice(
        told(SessionLogged(minutes=10, drills=(drill,))), DRILLS, TUESDAY + timedelta(hours=1)
    )

    assert notice
    assert notice.says.startswith(says)


@pytest.mark.parametrize(
    ("felt", "says"),
    [
        (sore(3, "front_thigh", "muscle"), "Your left front thigh was sore on Tuesday"),
        (sore(3, "front_thigh", "tendon"), "Your left front thigh hurt on Tuesday"),
        (sore(3, "groin", "joint"), "Your left groin hurt on Tuesday"),
    ],
)
def test_who_said_sore_reads_sore_and_is_held_back_alike(felt, says) -> None:
    notice = sore_notice(told(morning(felt)), DRILLS, TUESDAY + timedelta(hours=1))

    assert notice
    assert notice.says == f"{says}: until a calm morning, no drill gets more than it had."


def test_a_strong_cramp_is_no_calm_morning() -> None:
    cramp = CheckinAnswered(about=TUESDAY.date(), soreness=(sore(9, "buttock", "cramp"),))
    history = told(morning(sore(3, "buttock", "muscle")))
    wednesday = TUESDAY + timedelta(days=1)

    assert sore_notice(history.plus(record(cramp, "me", wednesday)), DRILLS, wednesday + timedelta(hours=1))


def test_an_older_morning_told_later_does_not_end_what_hurt() -> None:
    friday = TUESDAY + timedelta(days=3)
    thursday = friday.date() - timedelta(days=1)
    aching = CheckinAnswered(about=thursday, soreness=(sore(3, "buttock", "muscle"),))
    hurt = record(aching, "me", friday)
    older = CheckinAnswered(about=friday.date() - timedelta(days=3))
    newer = CheckinAnswered(about=friday.date())
    kept = told().plus(hurt, record(older, "me", friday + timedelta(hours=1)))
    gone = kept.plus(record(newer, "me", friday + timedelta(days=1)))

    assert sore_notice(kept, DRILLS, friday + timedelta(hours=2)) is not None
    assert sore_notice(gone, DRILLS, friday + timedelta(days=1, hours=1)) is None


def hurt_in_a_session(at: datetime) -> tuple[History, datetime]:
    """A session with pain that ended at ``at``, told at once."""
    strained = DrillDone(drill="own_9090_back_ir", side=Side.LEFT, pain=(sore(6, "buttock", "muscle"),))
    return told(SessionLogged(minutes=10, drills=(strained,)), at=at), at


@pytest.mark.parametrize("days", [0, 1, 2])
def test_no_calm_word_on_the_day_of_a_pain_lifts_its_hold(days: int) -> None:
    """Five minutes after a pain nobody knows how the next morning will be, whichever day he calls calm."""
    history, at = hurt_in_a_session(TUESDAY + timedelta(hours=12))
    calm = record(CheckinAnswered(about=at.date() - timedelta(days=days)), "me", at + timedelta(minutes=5))

    assert sore_notice(history.plus(calm), DRILLS, at + timedelta(minutes=10)) is not None


def test_the_morning_after_a_pain_lifts_its_hold() -> None:
    history, at = hurt_in_a_session(TUESDAY + timedelta(hours=12))
    next_day = TUESDAY + timedelta(days=1)
    calm = record(CheckinAnswered(about=at.date()), "me", next_day)

    assert sore_notice(history.plus(calm), DRILLS, next_day + timedelta(minutes=10)) is None


def test_a_slot_begun_plays_nothing_beyond_a_limit_that_came_since() -> None:
    dose = catalogue.prescribe(DRILLS["own_abd_sidelying_hold"], 4)
    why = Reason(rule="R16", says="A test asks for it.", sources=("coach_default",))
    held = PlanItem(
        id="a", slot="a", drill="own_abd_sidelying_hold", order=0, left=dose, right=dose, minutes=4,
        reasons=(why,),
    )  # fmt: skip
    hard = told(coach.screening_answers({"Q01": True}))
    cleared = coach.clearance_word(hard, "Dr A", ClearedBy.PHYSICIAN, NOW.date(), ("Q01",), None, TUESDAY)
    later = hard.plus(record(cleared, "me", TUESDAY + timedelta(minutes=1)))
    clearance = coach.clearance(later, TUESDAY + timedelta(minutes=5))

    assert not clearance.is_blocked
    assert items_allowed((held,), coach.clearance(told(), TUESDAY)) == (held,)
    assert items_allowed((held,), clearance) == ()


def test_a_hip_never_measured_is_not_integrated_before_it_is_strong() -> None:
    unmeasured = Situation(History("new"), TUESDAY).reckoned_hip_map
    words = adjust(told(), DRILLS, TUESDAY, hip_map=unmeasured)

    assert strictest(words, "int_airplane", Side.LEFT).max_placements == 0
