"""Before and after: two dates, one method at a time, and nothing called a change that measuring can make."""

from datetime import date, datetime, timedelta

import pytest

from cast import MONDAY
from triplane import coach
from triplane.body import Direction, Side
from triplane.errors import UserError
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    ClearanceRecorded,
    ClearedBy,
    DrillDone,
    EndFeel,
    Fact,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    Method,
    RestrictionTightened,
    SessionLogged,
    Sign,
    record,
)
from triplane.value import Value

FIRST, SECOND = date(2026, 9, 28), date(2026, 11, 16)
DURING = datetime(2026, 10, 12, 7, 0, tzinfo=MONDAY.tzinfo)


def read(value: float, method: Method = Method.PHONE_HELPER) -> MeasurementTaken:
    return MeasurementTaken(
        test="internal_rotation_prone", side=Side.LEFT, method=method, readings=(value, value, value)
    )


def history(*told: tuple[Value, datetime]) -> History:
    facts: list[Fact] = []
    for number, (body, at) in enumerate(told, start=1):
        facts.append(record(body, "anna", at, origin_key=str(number)).model_copy(update={"seq": number}))
    return History("anna", tuple(facts))


def on(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=MONDAY.tzinfo)


def compared(*told: tuple[Value, datetime]) -> coach.Comparison:
    return coach.compare(history(*told), FIRST, SECOND, MONDAY)


def test_a_value_is_the_newest_by_its_date_and_a_real_change_is_said_to_be_one() -> None:
    early = (read(20), on(FIRST - timedelta(days=30)))
    found = compared(early, (read(24), on(FIRST)), (read(30), DURING), (read(40), on(SECOND)))
    [pair] = found.pairs
    assert pair.before is not None
    assert (pair.before.value, pair.after.value) == (24, 40)
    assert pair.change is not None
    assert (pair.change.certainty, pair.change.delta, pair.change.better) == (coach.Certainty.REAL, 16, True)


def test_what_measuring_alone_can_make_is_noise() -> None:
    [pair] = compared((read(24), on(FIRST)), (read(25), on(SECOND))).pairs
    assert pair.change is not None
    assert pair.change.certainty is coach.Certainty.WITHIN_NOISE
    assert pair.change.better is None


def test_what_came_after_the_second_date_is_not_in_it() -> None:
    [pair] = compared((read(24), on(FIRST)), (read(40), on(SECOND + timedelta(days=1)))).pairs
    assert pair.after.value == 24
    assert pair.change is None, "not read anew in between"
    assert pair.state is coach.PairState.UNCHANGED_SINCE


def test_a_test_read_for_the_first_time_in_between_is_new() -> None:
    [pair] = compared((read(24), DURING)).pairs
    assert pair.state is coach.PairState.NEW
    [pair] = compared((read(24), on(FIRST)), (read(25), DURING)).pairs
    assert pair.state is coach.PairState.COMPARED


def test_a_morning_told_twice_is_one_and_decisions_stand_in_order_of_time() -> None:
    calm, word = CheckinAnswered(about=DURING.date()), RestrictionTightened(tag="acute")
    later = ClearanceRecorded(
        who="Dr Hip", role=ClearedBy.PHYSICIAN, given_on=DURING.date(), scope=("acute",)
    )
    at = [DURING + timedelta(hours=hours) for hours in range(3)]
    found = compared((calm, at[0]), (calm, at[1]), (word, at[0]), (later, at[2]))
    assert found.mornings == 1
    assert [fact.occurred_at for fact in found.decided] == [at[0], at[2]]


def test_methods_are_never_compared_with_each_other() -> None:
    found = compared((read(24), on(FIRST)), (read(40, Method.GONIOMETER), on(SECOND)))
    assert len(found.pairs) == 2
    assert all(pair.change is None for pair in found.pairs)


def test_minutes_soreness_and_what_was_decided_count_between_the_dates_only() -> None:
    done = SessionLogged(
        minutes=20, drills=(DrillDone(drill="mob_quad_band", side=Side.LEFT, work_s=180, pain=()),)
    )
    sore = CheckinAnswered(
        about=DURING.date(),
        soreness=(Feeling(score=3, region=BodyRegion.GROIN, kind=FeelingKind.JOINT, side=Side.LEFT),),
    )
    worse = CheckinAnswered(
        about=DURING.date(),
        soreness=(Feeling(score=5, region=BodyRegion.GROIN, kind=FeelingKind.JOINT, side=Side.LEFT),),
    )
    careful = RestrictionTightened(tag="acute")
    outside = on(FIRST)
    found = compared(
        *((body, outside) for body in (done, sore, careful)),
        *((done, DURING), (sore, DURING), (worse, DURING + timedelta(days=1)), (careful, DURING)),
    )
    assert found.sessions == 1
    assert sum(found.by_stage.values()) == pytest.approx(3)
    assert found.by_direction[Direction.EXTENSION][Side.LEFT] > 0
    assert found.mornings == 1
    [felt] = found.felt
    assert (felt.days, felt.worst.score, felt.last_on) == (1, 5, DURING.date() + timedelta(days=1))
    assert [fact.local_date for fact in found.decided] == [DURING.date()]


def test_two_mornings_told_on_one_day_are_two_days_felt() -> None:
    mornings = [
        CheckinAnswered(
            about=DURING.date() - timedelta(days=ago),
            soreness=(Feeling(score=3, region=BodyRegion.GROIN, kind=FeelingKind.JOINT),),
        )
        for ago in (1, 2)
    ]
    found = compared(*((morning, DURING) for morning in mornings))
    [felt] = found.felt
    assert (found.mornings, felt.days) == (2, 2)


def test_a_stop_sign_and_pain_while_measured_are_felt_too() -> None:
    stopped = DrillDone(drill="mob_quad_band", side=Side.LEFT, work_s=30, signs=(Sign.SHARP_PAIN,))
    hurts = read(24).model_copy(update={"pain": 7})
    pinches = read(24).model_copy(update={"end_feel": EndFeel.PINCH})
    found = compared(
        (SessionLogged(minutes=5, drills=(stopped,)), DURING), (hurts, DURING), (pinches, DURING)
    )
    assert [(one.worst.kind, one.worst.score) for one in found.felt] == [
        (EndFeel.PAIN, 7), (EndFeel.PINCH, None), (Sign.SHARP_PAIN, None),
    ]  # fmt: skip
    assert found.mornings == 0


def test_dates_the_wrong_way_round_or_to_come_are_refused() -> None:
    with pytest.raises(UserError, match="before the second"):
        coach.compare(history(), SECOND, FIRST, MONDAY)
    with pytest.raises(UserError, match="still to come"):
        coach.compare(history(), FIRST, MONDAY.date() + timedelta(days=1), MONDAY)


def test_without_a_choice_it_begins_where_measuring_began_lately() -> None:
    assert coach.usual_dates(history((read(24), on(FIRST))), MONDAY) == (FIRST, MONDAY.date())
    old = history((read(24), on(date(2026, 1, 5))))
    assert coach.usual_dates(old, MONDAY) == (MONDAY.date() - timedelta(weeks=12), MONDAY.date())
