"""Made-up weeks: the solver against the checker and against the planner that tries everything."""

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from small_weeks import BECAUSE, at, both, drill, gives, mirrored, run, slot, strength, target, week
from triplane.body import Direction, Leg, Side
from triplane.catalogue import ExposureKind, Muscle, Position, SidesWorked
from triplane.history import Context, Plan, PlanItem, RunKind
from triplane.planning import Caps, Solved, WeekProblem, check, solve
from triplane.planning.reference import plan_slowly

SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
DIRECTIONS = (Direction.EXTENSION, Direction.INTERNAL_ROTATION)
SOME_CONTEXTS = (Context.REST_DAY, Context.PRE_RUN, Context.DESK_BREAK, Context.FULL_SESSION)


@dataclass(frozen=True)
class _Sizes:
    drills: int
    slots: int
    units: int


@st.composite
def problems(draw: st.DrawFn, sizes: _Sizes) -> WeekProblem:
    """A week with a few drills of every stage, slots of several kinds, a run, and uneven targets."""
    slots = [
        slot(
            draw(st.integers(0, 3)),
            6 + 3 * n,
            draw(st.sampled_from(SOME_CONTEXTS)),
            draw(st.sampled_from([3, 5, 8])),
        )
        for n in range(draw(st.integers(1, sizes.slots)))
    ]
    drills = [_drill(draw, f"drill_{n}", sizes.units) for n in range(draw(st.integers(1, sizes.drills)))]
    targets = [
        target(
            direction,
            side,
            draw(st.sampled_from([0.5, 2, 3])),
            floor_minutes=0.5,
            weight=draw(st.sampled_from([1, 2.5])),
        )
        for direction in DIRECTIONS
        for side in Side
    ]
    runs = (run(draw(st.integers(0, 4)), 18, draw(st.sampled_from(list(RunKind))), key=draw(st.booleans())),)
    caps = Caps(weekly_minutes=draw(st.sampled_from([6, 12, 60])), new_drills=1, rest_day_fatigue=4)
    strong = strength("all", draw(st.sampled_from([0, 2])), *(d.drill for d in drills if d.stage >= 4))
    wanted = draw(st.lists(st.sampled_from([d.drill for d in drills]), max_size=2, unique=True))
    return week(
        tuple(slots),
        tuple(drills),
        tuple(targets),
        caps,
        anchors=runs,
        strength=(strong,),
        wanted=tuple(wanted),
        to_begin=tuple(wanted[: draw(st.integers(0, 2))]),
    )


def _drill(draw: st.DrawFn, name: str, units: int):
    stage = draw(st.integers(1, 5))
    kind = {1: ExposureKind.WORK, 2: ExposureKind.STRETCH, 3: ExposureKind.HOLD}.get(stage, ExposureKind.WORK)
    held = stage == 2 and draw(st.booleans())
    return drill(
        name,
        stage,
        exposures=(
            gives(
                draw(st.sampled_from(DIRECTIONS)),
                kind,
                draw(st.sampled_from([0.4, 0.75])),
                draw(st.sampled_from(Leg)),
            ),
        ),
        held=held,
        hold_s_per_unit=30 if held else 0,
        stretched=(Muscle.ILIOPSOAS,) if held else (),
        fatigue=draw(st.integers(0, 3)),
        new=draw(st.booleans()),
        sets_per_unit=1 if stage >= 4 else 0,
        sides=draw(st.sampled_from([SidesWorked.EACH, SidesWorked.EACH, *SidesWorked])),
        position=draw(st.sampled_from([Position.STANDING, Position.SUPINE])),
        excluded_sides=draw(st.sampled_from([(), (), (), (Side.LEFT,)])),
        not_before=draw(st.sampled_from([{}, {}, {Side.RIGHT: at(1, 0)}])),
        max_units=draw(st.integers(1, units)),
    )


@SLOW
@given(problem=problems(_Sizes(drills=3, slots=3, units=2)))
def test_a_choice_takes_from_no_floor_and_no_target(problem: WeekProblem) -> None:
    without = solve(problem.model_copy(update={"wanted": (), "to_begin": ()}))
    solved = solve(problem)
    assert isinstance(without, Solved)
    assert isinstance(solved, Solved)
    assert [one.value for one in solved.levels[:2]] == [one.value for one in without.levels[:2]]
    assert check(problem, solved.schedule) == ()


@SLOW
@given(problem=problems(_Sizes(drills=3, slots=3, units=2)))
def test_the_solver_reaches_what_trying_everything_reaches(problem: WeekProblem) -> None:
    solved, slowly = solve(problem), plan_slowly(problem)
    assert isinstance(solved, Solved)
    assert slowly is not None
    assert tuple(int(level.value) for level in solved.levels[:-1]) == slowly[1]
    assert all(level.bound <= level.value for level in solved.levels)


@st.composite
def replans(draw: st.DrawFn) -> WeekProblem:
    """A small week already planned, some days on: a drill gone, one shut on a side, or nothing changed."""
    first = draw(problems(_Sizes(drills=3, slots=3, units=2)))
    planned = plan_of(first)
    now = at(draw(st.integers(0, 4)), draw(st.sampled_from([0, 10])))
    candidates = list(first.candidates)
    happened = draw(st.sampled_from(["nothing", "gone", "shut"]))
    chosen = draw(st.integers(0, len(candidates) - 1))
    if happened == "gone":
        del candidates[chosen]
    elif happened == "shut" and candidates[chosen].sides is SidesWorked.EACH:
        candidates[chosen] = candidates[chosen].model_copy(update={"excluded_sides": (Side.RIGHT,)})
    return first.model_copy(
        update={
            "now": now,
            "fixed_before": now,
            "candidates": tuple(candidates),
            "previous": planned,
            "no_more": draw(st.sampled_from([None, BECAUSE])),
            "held_to": planned,
        }
    )


def plan_of(problem: WeekProblem) -> Plan:
    """The solved week as a plan to start from; doses are left out, for the planner counts in units."""
    solved = solve(problem)
    assert isinstance(solved, Solved)
    items = tuple(
        PlanItem(
            id=f"{p.slot}-{p.drill}", slot=p.slot, drill=p.drill, order=0, minutes=1, reasons=(BECAUSE,),
            left_units=p.left_units, right_units=p.right_units,
        )
        for p in solved.schedule.placements
    )  # fmt: skip
    return Plan(id="before", week=problem.week, slots=problem.slots, items=items, targets=problem.targets)


@SLOW
@given(problem=replans())
def test_planning_again_reaches_what_trying_everything_reaches(problem: WeekProblem) -> None:
    solved, slowly = solve(problem), plan_slowly(problem)
    assert isinstance(solved, Solved)
    assert slowly is not None
    assert check(problem, solved.schedule) == ()
    assert tuple(int(level.value) for level in solved.levels[:-1]) == slowly[1]


@SLOW
@given(problem=replans())
def test_while_something_hurts_no_drill_gets_more_than_lay_ahead(problem: WeekProblem) -> None:
    held = problem.model_copy(update={"no_more": BECAUSE})
    solved = solve(held)
    assert isinstance(solved, Solved)
    assert held.previous is not None
    ahead = {slot.id for slot in held.slots if slot.starts_at >= held.now}
    before = [(i.drill, i.left_units, i.right_units) for i in held.previous.items if i.slot in ahead]
    after = [(p.drill, p.left_units, p.right_units) for p in solved.schedule.placements if p.slot in ahead]
    for name in {one[0] for one in after}:
        had, has = ([one for one in side if one[0] == name] for side in (before, after))
        assert len(has) <= len(had)
        assert all(sum(one[n] for one in has) <= sum(one[n] for one in had) for n in (1, 2))
        assert all(max(one[n] for one in has) <= max(one[n] for one in had) for n in (1, 2)), "nor at once"


@SLOW
@given(problem=problems(_Sizes(drills=8, slots=8, units=4)))
def test_what_the_solver_plans_passes_the_checker(problem: WeekProblem) -> None:
    solved = solve(problem)
    assert isinstance(solved, Solved)
    assert check(problem, solved.schedule) == ()


@settings(SLOW, max_examples=10)
@given(problem=problems(_Sizes(drills=6, slots=6, units=3)), order=st.randoms(use_true_random=False))
def test_the_plan_does_not_depend_on_the_order_things_are_listed_in(problem: WeekProblem, order) -> None:
    shuffled = {
        name: tuple(order.sample(getattr(problem, name), len(getattr(problem, name))))
        for name in ("slots", "candidates", "targets", "anchors")
    }
    assert solve(problem) == solve(problem.model_copy(update=shuffled))


@settings(SLOW, max_examples=10)
@given(problem=problems(_Sizes(drills=3, slots=3, units=3)))
def test_a_mirrored_runner_gets_a_plan_of_the_same_quality(problem: WeekProblem) -> None:
    one, other = solve(problem), solve(mirrored(problem))
    assert isinstance(one, Solved)
    assert isinstance(other, Solved)
    assert [level.value for level in one.levels[:-1]] == [level.value for level in other.levels[:-1]]


def test_a_week_without_slots_is_an_empty_plan_and_not_an_error() -> None:
    solved = solve(week((), (drill("alone"),), both(Direction.FLEXION, 2, floor_minutes=1)))
    assert isinstance(solved, Solved)
    assert solved.schedule.placements == ()
    assert solved.levels[0].value == 2
