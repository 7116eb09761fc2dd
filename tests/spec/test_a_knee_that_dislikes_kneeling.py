"""It hurts to kneel: the week, the session of this morning and the paper hold the standing drills."""

import io
from datetime import datetime, timedelta

import fitdecode
import pytest

from cast import BERLIN, MONDAY
from personas import history_of_file, persona
from screening_cast import with_the_rest_no
from triplane import coach
from triplane.catalogue import Position, load
from triplane.coach.issued import issued_plan
from triplane.errors import Blocked
from triplane.formats.watch import fit, markdown
from triplane.history import DrillChosen, History, Plan, PlanItem, ScreeningAnswered, record
from triplane.screening import tag_rules
from triplane.value import Value

NOW = MONDAY + timedelta(minutes=10)
IT_HURTS_TO_KNEEL = ScreeningAnswered(
    answers=with_the_rest_no({"H15": True, "H15.when": ("kneeling",)}),
)
NOTHING_HURTS = ScreeningAnswered(answers=with_the_rest_no({}))
ON_A_PAD = set(tag_rules()["knee"].keep)
KNEELING = {
    drill.id
    for drill in load().values()
    if drill.position in (Position.HALF_KNEELING, Position.QUADRUPED, Position.PIGEON)
}
ROCKS, STANDING_ROCKS = "mob_kn3d_sagittal", "mob_st3d_sagittal"


def tell(history: History, *bodies: Value, at: datetime) -> History:
    return history.plus(
        *(record(body, "me", at + timedelta(seconds=number)) for number, body in enumerate(bodies))
    )


def planned(history: History, now: datetime) -> History:
    return history.plus(*coach.day(history, now).proposed)


def plan_of(history: History, now: datetime) -> Plan:
    plan = issued_plan(history, now)
    assert plan is not None
    return plan


@pytest.fixture(scope="module")
def kneels() -> History:
    """A desk beginner, with drills in the week that kneel."""
    history = planned(history_of_file(persona("P1"), "me"), NOW)
    assert to_leave(plan_of(history, NOW))
    return history


def to_leave(plan: Plan) -> list[PlanItem]:
    return [item for item in plan.items if item.drill in KNEELING - ON_A_PAD]


def begun_and_then_told(kneels: History) -> tuple[History, PlanItem, datetime]:
    """A session with drills that kneel and others has begun when the runner says that it hurts to kneel."""
    plan = plan_of(kneels, NOW)
    starts = {slot.id: slot.starts_at for slot in plan.slots}
    stays = {item.slot for item in plan.items if item.drill not in KNEELING}
    first = min((i for i in to_leave(plan) if i.slot in stays), key=lambda item: starts[item.slot])
    at = starts[first.slot].astimezone(BERLIN) + timedelta(minutes=2)
    told = tell(planned(kneels, at), IT_HURTS_TO_KNEEL, at=at)
    return planned(told, at + timedelta(seconds=5)), first, at + timedelta(seconds=10)


def test_the_week_holds_standing_drills_for_the_same_work_and_says_what_left(kneels) -> None:
    at = NOW + timedelta(minutes=5)
    history = planned(tell(kneels, IT_HURTS_TO_KNEEL, at=at), at + timedelta(seconds=5))
    plan, now = plan_of(history, at + timedelta(seconds=5)), at + timedelta(seconds=10)
    drills = {item.drill for item in plan.items}

    assert drills & KNEELING <= ON_A_PAD
    left = {load()[item.drill].name for item in to_leave(plan_of(kneels, NOW))}
    said = " ".join(change.says for change in coach.day(history, now).changes)
    assert [name for name in left if f"{name} leaves" not in said] == []
    for item in plan.items:
        assert item.drill not in ON_A_PAD or any("thick pad" in how for how in item.how)


def test_a_session_that_was_planned_before_hands_out_nothing_that_kneels_and_says_so(kneels) -> None:
    history, first, now = begun_and_then_told(kneels)
    slot = first.slot

    handed_out = coach.bundle(history, slot, now).session
    assert handed_out.items
    assert not {item.drill for item in handed_out.items} & (KNEELING - ON_A_PAD)
    with pytest.raises(Blocked):
        coach.bundle(history, first.id, now)

    day = coach.day(history, now)
    shown = {drill.item.drill for held in day.slots for drill in held.drills}
    assert not shown & (KNEELING - ON_A_PAD)
    said = [change for change in day.changes if change.item == first.id]
    assert said
    assert load()[first.drill].name in said[0].says
    assert "kneeling" in said[0].cause


def test_paper_and_watch_hold_nothing_that_kneels(kneels) -> None:
    history, _, now = begun_and_then_told(kneels)
    gone = {load()[drill].name for drill in KNEELING - ON_A_PAD}

    for handout in coach.week_handout(history, now):
        paper = markdown((handout,), str)
        assert not [name for name in gone if name in paper]
        with fitdecode.FitReader(io.BytesIO(fit(handout, str))) as frames:
            told = [f.value for m in frames if isinstance(m, fitdecode.FitDataMessage) for f in m.fields]
        on_the_watch = " ".join(one for one in told if isinstance(one, str))
        assert not [name for name in gone if name in on_the_watch]


def test_the_page_of_a_kneeling_drill_names_the_standing_one(kneels) -> None:
    now = NOW + timedelta(minutes=5)
    history = tell(kneels, IT_HURTS_TO_KNEEL, at=now)
    named = f"In its place: {load()[STANDING_ROCKS].name}."

    said = coach.changed_for(history, ROCKS, now + timedelta(seconds=1))
    assert said[0].startswith("Left out for you: ")
    assert said[-1] == named
    wanted = DrillChosen(drill=ROCKS, wanted=True, until=now.date() + timedelta(days=6))
    chosen = tell(history, wanted, at=now + timedelta(seconds=2))
    choice = coach.drill_choice(chosen, ROCKS, now + timedelta(seconds=3))
    assert choice is not None
    assert named in choice.says


def test_when_kneeling_no_longer_hurts_the_drills_come_back(kneels) -> None:
    hurts = NOW + timedelta(minutes=5)
    history = tell(kneels, IT_HURTS_TO_KNEEL, at=hurts)
    history = tell(history, NOTHING_HURTS, at=hurts + timedelta(minutes=5))

    assert coach.changed_for(history, ROCKS, hurts + timedelta(minutes=6)) == ()
