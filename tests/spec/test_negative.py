"""Seven things the program must never do, each tried on it."""

from datetime import timedelta

import pytest

from cast import ANNA, MONDAY, history_of
from triplane import adaptation, assessment, catalogue
from triplane.assessment import Certainty, RangeChange, Refusal
from triplane.body import Side
from triplane.catalogue.lunges import VARIABLES, LungeRecord, Practice, locked_because
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    LungeVector,
    MeasurementTaken,
    Method,
    SessionLogged,
    Sign,
    record,
)
from triplane.planning import Ceiling, strictest

DRILLS = catalogue.load()
LATER = MONDAY + timedelta(days=30)
SHORT_LUNGE = LungeVector(direction="anterior")


def turn_in(method: Method, *readings: float) -> MeasurementTaken:
    return MeasurementTaken(test="internal_rotation_prone", side=Side.LEFT, method=method, readings=readings)


def told_on_days(*bodies_by_day: object) -> History:
    """Return a history of one body a day from Monday on."""
    history = history_of(ANNA)
    for day, body in enumerate(bodies_by_day):
        history = history.plus(record(body, "anna", MONDAY + timedelta(days=day, hours=2)))  # type: ignore[arg-type]
    return history


def done(drill: str, **more: object) -> SessionLogged:
    """Return a session with one drill done on both sides, whole and clean unless said otherwise."""
    each = {"drill": drill, "sets_done": 2, "sets_asked": 2, "work_s": 60, **more}
    return SessionLogged(
        minutes=10,
        effort=5,
        drills=tuple(DrillDone.model_validate({**each, "side": side}) for side in Side),
    )


def allowed_next(history: History, drill: str, side: Side = Side.LEFT) -> Ceiling:
    now = max(fact.occurred_at for fact in history.facts) + timedelta(hours=1)
    return strictest(adaptation.adjust(history, DRILLS, now), drill, side)


@pytest.mark.parametrize("second", [name for name in VARIABLES if name not in ("range", "reach")])
def test_two_lunge_variables_are_never_raised_in_one_week(second: str) -> None:
    one = SHORT_LUNGE.model_copy(update={"range": 1})
    two = one.model_copy(update={second: 1})
    today = (MONDAY + timedelta(days=6)).date()
    practice = Practice(vector=SHORT_LUNGE, clean_sessions=5, first_on=MONDAY.date(), last_on=today)
    locked = locked_because(two, LungeRecord(practised=(practice,)), today)

    assert adaptation.is_allowed_step(SHORT_LUNGE, one)
    assert not adaptation.is_allowed_step(SHORT_LUNGE, two)
    assert locked is not None


def test_after_one_lunge_variable_the_next_waits_for_another_week() -> None:
    one = SHORT_LUNGE.model_copy(update={"range": 1})
    lunges = [done("lm_anterior", lunge=cell) for cell in [SHORT_LUNGE] * 9 + [one] * 3]
    cell = allowed_next(told_on_days(*lunges), "lm_anterior").lunge

    assert cell is not None
    assert adaptation.is_allowed_step(one, cell)
    assert cell == one


def test_goniometer_and_phone_are_never_in_one_trend_line() -> None:
    history = told_on_days(turn_in(Method.GONIOMETER, 25, 25, 26), turn_in(Method.PHONE_SELF, 31, 31, 32))
    mixed = assessment.series(history, "internal_rotation_prone", Side.LEFT)

    assert isinstance(mixed, Refusal)
    assert set(mixed.methods) == {Method.GONIOMETER, Method.PHONE_SELF}
    assert assessment.change(mixed).certainty is Certainty.NOT_COMPARABLE


def test_four_degrees_where_eight_make_a_change_are_never_called_an_improvement() -> None:
    history = told_on_days(turn_in(Method.PHONE_SELF, 24, 25, 26), turn_in(Method.PHONE_SELF, 28, 29, 30))
    line = assessment.series(history, "internal_rotation_prone", Side.LEFT)
    found: RangeChange = assessment.change(line)

    assert (found.delta, found.mdc) == (4, 8)
    assert found.certainty is not Certainty.REAL
    assert found.better is None
    assert not any(word in found.reason.says.lower() for word in ("improv", "better", "gain", "progress"))


@pytest.mark.parametrize(
    ("drill", "region"),
    [
        ("mob_kn3d_sagittal", BodyRegion.GROIN),
        ("own_ext_halfkneel", BodyRegion.FRONT_OF_HIP),
        ("own_9090_back_ir", BodyRegion.GROIN),
    ],
)
def test_a_joint_sore_to_four_next_morning_lowers_the_next_dose(drill: str, region: BodyRegion) -> None:
    sore = Feeling(score=4, region=region, kind=FeelingKind.JOINT, side=Side.LEFT)
    lived = [done(drill)] * 8
    calm = told_on_days(*lived, CheckinAnswered(about=(MONDAY + timedelta(days=7)).date()))
    hurt = told_on_days(*lived, CheckinAnswered(about=(MONDAY + timedelta(days=7)).date(), soreness=(sore,)))
    before, after = allowed_next(calm, drill), allowed_next(hurt, drill)

    assert after.dose_factor < before.dose_factor
    assert after.not_before is not None
    assert after.not_before - hurt.facts[-1].occurred_at >= timedelta(hours=48)


@pytest.mark.parametrize("score", range(1, 11))
def test_a_sore_joint_never_raises_a_dose(score: int) -> None:
    sore = Feeling(score=score, region=BodyRegion.GROIN, kind=FeelingKind.JOINT, side=Side.LEFT)
    for lived in ([done("own_ext_halfkneel")] * number for number in (1, 2, 4, 10)):
        about = (MONDAY + timedelta(days=len(lived) - 1)).date()
        history = told_on_days(*lived)
        before = allowed_next(history, "own_ext_halfkneel")
        after = allowed_next(
            told_on_days(*lived, CheckinAnswered(about=about, soreness=(sore,))), "own_ext_halfkneel"
        )
        assert after.dose_factor <= before.dose_factor


@pytest.mark.parametrize(
    "cramp",
    [
        {"pain": (Feeling(score=6, region=BodyRegion.BACK_THIGH, kind=FeelingKind.CRAMP, side=Side.LEFT),)},
        {"pain": (Feeling(score=9, region=BodyRegion.BACK_THIGH, kind=FeelingKind.CRAMP),), "discomfort": 9},
        {"signs": (Sign.CRAMP_OVER_60_S,)},
    ],
)
@pytest.mark.parametrize("times", [1, 2, 6])
def test_a_cramp_in_the_half_kneeling_hamstring_hold_never_lowers_its_dose(
    cramp: dict[str, object], times: int
) -> None:
    drill = "own_hamstring_halfkneel"
    clean = [done(drill)] * times
    before = allowed_next(told_on_days(*clean), drill)
    after = allowed_next(told_on_days(*clean, done(drill, **cramp)), drill)

    assert after.dose_factor >= before.dose_factor
    assert after.not_before is None
    assert after.easier == ()
