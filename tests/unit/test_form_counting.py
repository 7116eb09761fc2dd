"""What is counted, and what a moment of noise or a lost point does not change."""

from dataclasses import replace

import pytest

from acting import CONDITIONS, acted
from triplane.body import Side
from triplane.catalogue import learnt, load_one
from triplane.movement import Pace, Repetition, SeenBy, Signal, Watch, What
from triplane.movement.form.counting import Repetitions
from triplane.movement.form.faults import FaultEye, Judge
from triplane.movement.form.learning import Usual
from triplane.movement.form.signals import NOISE

FPS = 60
AT_HOME, OUT = [0.0] * 20, [0.3, 0.5, 0.7, 0.9] * 6
BELT = SeenBy(signal=Signal.BELT, over=9, for_s=0.5, wrong={"pelvis_roll": -15})


def counted(shares: list[float]) -> list[Repetition]:
    counter = Repetitions(0.2)
    found = (counter.step(share, number / FPS) for number, share in enumerate(shares))
    return [one for one in found if one]


def test_somebody_who_seems_home_for_a_moment_halfway_has_made_one_repetition() -> None:
    moment = [0.24, 0.2]

    (only,) = counted([*AT_HOME, *OUT, *moment, *OUT, *AT_HOME])

    assert only.start_s == pytest.approx(20 / FPS, abs=1.5 / FPS)
    assert only.end_s == pytest.approx((20 + 24 + 2 + 24) / FPS, abs=1.5 / FPS)


def test_somebody_who_is_home_and_goes_again_has_made_two() -> None:
    assert len(counted([*AT_HOME, *OUT, *AT_HOME[:8], *OUT, *AT_HOME])) == 2


def judged(values: list[float | None]) -> list[bool]:
    eye = FaultEye(0, BELT, Usual((0.0,) * 10, (0.0,) * 10))
    there = []
    for number, value in enumerate(values):
        if value is None:
            eye.missed(number / FPS)
        else:
            eye.step(value, 1.0, number / FPS, is_before=False)
        there.append(eye.is_there)
    return there


@pytest.mark.parametrize("moment", [[None], [None, None, None]], ids=str)
def test_a_moment_that_is_lost_does_not_break_off_a_fault(moment: list[float | None]) -> None:
    assert judged([14.0] * 20 + moment + [14.0] * 12)[-1]


@pytest.mark.parametrize("pause", [[None] * 8, [2.0]], ids=str)
def test_a_fault_that_stops_begins_anew(pause: list[float | None]) -> None:
    assert not any(judged([14.0] * 20 + pause + [14.0] * 12))


@pytest.mark.parametrize(("way", "is_hasty"), [(0.18, False), (0.9, True)])
def test_a_way_that_noise_could_have_shortened_is_not_called_hasty(way: float, is_hasty: bool) -> None:
    rule = SeenBy(signal=Signal.PACE_BACK, over=2.4, wrong={"pace": 4})
    judge = Judge((FaultEye(0, rule, None),), NOISE["legs"] / way)
    took = Repetition(1, 0.0, 2.0, 1.0, Pace(0.4, 1.0 / 2.6))

    assert bool(judge.judge_pace(took, 1.0, 1.0)) is is_hasty


def test_a_pelvis_that_drops_is_found_although_a_point_in_twenty_is_lost() -> None:
    drill = load_one("int_step_up_drive")
    take = replace(CONDITIONS[52], lost=0.05)
    watch = Watch(learnt(drill), Side.RIGHT)
    seen = [watch.see(frame) for frame in acted(drill.id, take, drill.seen_faults[1])]

    assert 1 in {one.fault for frame in seen for one in frame.happened if one.what is What.FAULT}
