"""P6, the lifter between his sets: what is expected of the coach, line by line."""

from datetime import timedelta

from cast import passed
from persona_lives import NOW, history, life
from plan_reading import before, drill_of, sessions
from triplane import coach
from triplane.body import Direction, Side
from triplane.history import Context, PlanItem

F, E, AB, AD, IR, ER = Direction
LEFT, RIGHT = Side


def test_abduction_is_priority_one() -> None:
    first, second = coach.hip_map(history("P6"), NOW).top_priorities[:2]
    assert {(first.what, first.side), (second.what, second.side)} == {(AB, LEFT), (AB, RIGHT)}


def test_everything_happens_inside_the_gym() -> None:
    contexts = {slot.context for week in life("P6") for slot in week.plan.slots}
    assert contexts <= {Context.PRE_GYM, Context.BETWEEN_SETS}


def test_mobilise_and_own_drills_come_between_sets() -> None:
    between = [
        drill_of(item).stage
        for week in life("P6")
        for items in sessions(week.plan, Context.BETWEEN_SETS).values()
        for item in items
    ]
    assert {2, 3} & {int(stage) for stage in between}


def test_no_prime_mover_is_held_between_its_sets() -> None:
    """Not adductor holds before heavy squats: what stretches a prime mover waits, what moves may come."""
    for week in life("P6"):
        gyms = [a for a in week.anchors if not a.is_run]
        for items in sessions(week.plan, Context.BETWEEN_SETS).values():
            for item in items:
                visit = next(g for g in gyms if abs(before(week.plan, item, g)) < timedelta(hours=4))
                drill = drill_of(item)
                if drill.stage in (2, 3) and not drill.dynamic:
                    assert not set(drill.stretched) & set(visit.muscles), (item.id, visit.muscles)


def test_the_lunge_matrix_starts_at_bodyweight_though_he_is_strong() -> None:
    seen: set[str] = set()
    for week in life("P6"):
        for item in week.plan.items:
            if item.lunge is not None and item.drill not in seen:
                seen.add(item.drill)
                assert (item.lunge.load, item.lunge.speed, item.lunge.stability) == (0, 0, 0)
    assert seen, "lunges come in these weeks"


def test_load_unlocks_after_two_clean_sessions() -> None:
    weeks = life("P6")
    for place, week in enumerate(weeks):
        for item in week.plan.items:
            if _is_loaded(item):
                earlier = [past for w in weeks[:place] for past in w.placed(item.drill)]
                assert len({past.slot for past in earlier}) >= 2, item.id


def test_the_lateral_lunge_is_on_the_way() -> None:
    weeks = life("P6")
    lateral = [item for week in weeks for item in week.placed("lm_lateral")]

    assert passed(coach.hip_map(history("P6"), NOW), "lateral", LEFT) is False
    assert lateral, "a failed screen asks for the lateral lunge, it does not leave it out"


def test_external_load_is_used_by_week_four() -> None:
    loaded = [w.number for w in life("P6") for i in w.plan.items if _is_loaded(i)]
    assert loaded, "bodyweight does not raise range (E08)"
    assert min(loaded) <= 4


def _is_loaded(item: PlanItem) -> bool:
    if item.load_kg > 0:
        assert any(f"{item.load_kg:g} kg" in how for how in item.how), "the runner is told what to hold"
    return item.load_kg > 0
