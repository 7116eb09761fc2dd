"""Seven things the program must never do, each tried on it."""

from datetime import timedelta
from functools import cached_property
from math import ceil

import pytest

from cast import ANNA, MONDAY, history_of
from personas import history_of_file, persona
from triplane import adaptation, assessment, catalogue
from triplane.assessment import Certainty, RangeChange, Refusal
from triplane.body import Side
from triplane.catalogue import Muscle
from triplane.catalogue.lunges import VARIABLES, DoneVector, LungeRecord, locked_because
from triplane.coach.situation import Situation
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    Context,
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
from triplane.planning import (
    Candidate,
    Ceiling,
    Placement,
    Schedule,
    WeekProblem,
    all_rules,
    check,
    strictest,
)

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
    often = DoneVector(vector=SHORT_LUNGE, clean_sessions=5, first_on=MONDAY.date(), last_on=today)
    locked = locked_because(two, LungeRecord(done=(often,)), today)

    assert locked is not None


def test_after_one_lunge_variable_the_next_waits_for_another_week() -> None:
    one = SHORT_LUNGE.model_copy(update={"range": 1})
    lunges = [done("lm_anterior", lunge=cell) for cell in [SHORT_LUNGE] * 9 + [one] * 3]
    cell = allowed_next(told_on_days(*lunges), "lm_anterior").lunge

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


def ids_of(rule: str) -> tuple[str, ...]:
    return next(known.ids for known in all_rules() if known.name == rule)


class TestTheCheckerOfPlans:
    """Weeks made by hand out of what P2 may truly be offered, once everything is familiar."""

    @cached_property
    def problem(self) -> WeekProblem:
        problem = Situation(history_of_file(persona("P2"), "P2"), MONDAY + timedelta(hours=1)).problem
        familiar = {"new": False, "settled": True, "max_units": 8, "max_placements": 7, "min_units": 1}
        known = tuple(c.model_copy(update=familiar) for c in problem.candidates)
        return problem.model_copy(update={"candidates": known})

    def found(self, *placements: Placement) -> set[str]:
        """Return the ids of the rules that a week of these placements breaks."""
        broken = check(self.problem, Schedule(placements=placements))
        return {rule_id for one in broken for rule_id in ids_of(one.rule)}

    def slot(self, context: Context, day: int) -> str:
        on = MONDAY.date() + timedelta(days=day)
        slots = [s for s in self.problem.slots if s.context is context and s.starts_at.date() == on]
        return slots[0].id

    def both(self, drill: str, slot: str, units: int = 2) -> Placement:
        return Placement(drill=drill, slot=slot, left_units=units, right_units=units)

    @pytest.mark.parametrize(
        ("opens", "owns"),
        [
            ("mob_quad_band", ("own_ext_prone_lift",)),
            ("mob_adductor_rockback", ("own_add_halffrog", "own_flex_hover")),
            ("mob_supine_figure4", ("own_9090_front_er", "own_flex_hover")),
        ],
    )
    def test_rejects_a_week_in_which_a_direction_ends_at_stage_two(
        self, opens: str, owns: tuple[str, ...]
    ) -> None:
        evening = self.slot(Context.FULL_SESSION, 3)
        stretched_only = self.both(opens, evening)

        assert "R02" in self.found(stretched_only)
        assert "R02" not in self.found(stretched_only, *(self.both(own, evening) for own in owns))

    def test_rejects_ninety_seconds_of_a_held_hip_flexor_before_intervals(self) -> None:
        tuesday = self.slot(Context.PRE_RUN, 1)
        held = self.candidate_that_holds(Muscle.ILIOPSOAS, tuesday)
        ninety = self.both(held.drill, tuesday, units=ceil(90 / held.hold_s_per_unit))

        assert "E20" in self.found(ninety)

    def candidate_that_holds(self, muscle: Muscle, slot: str) -> Candidate:
        holding = [c for c in self.problem.candidates if muscle in c.stretched and c.hold_s_per_unit >= 15]
        assert holding, "something holds the hip flexors"
        return holding[0]
