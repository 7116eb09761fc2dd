"""The eye on a drill, as the coach hands it out: to whom, from where, in whose words."""

import pytest

from acting import Take, acted
from screening_cast import MORNING, history_of, screened
from triplane.body import Side
from triplane.catalogue import Verdict, load
from triplane.coach import camera_on_test, eye_on
from triplane.errors import Blocked, UserError
from triplane.history import LungeVector, ReadinessAnswered, RestrictionTightened
from triplane.movement import Framing, What

HEALTHY = screened()


def test_whoever_is_not_screened_or_stopped_gets_no_eye() -> None:
    for history in (history_of(), screened({"Q07": True})):
        with pytest.raises(Blocked):
            eye_on(history, "str_step_down", Side.LEFT, MORNING)


def test_whoever_feels_ill_is_watched_in_no_drill_and_no_test() -> None:
    ill = screened({}, ReadinessAnswered(answers={"ill": True}))

    with pytest.raises(Blocked, match="You feel ill"):
        eye_on(ill, "str_step_down", Side.LEFT, MORNING)
    with pytest.raises(Blocked, match="You feel ill"):
        camera_on_test(ill, "internal_rotation_seated", Side.LEFT, MORNING)


def test_a_drill_that_is_excluded_for_a_runner_is_not_watched_either() -> None:
    excluded = next(
        (drill, entry.tag)
        for drill in load().values()
        for entry in drill.restriction
        if entry.verdict is Verdict.EXCLUDE and entry.tag != "bsi" and drill.form and drill.form.camera
    )
    held = screened({}, RestrictionTightened(tag=excluded[1]))

    with pytest.raises(Blocked, match="not for you now"):
        eye_on(held, excluded[0].id, Side.LEFT, MORNING)


def test_a_drill_that_no_camera_sees_says_why() -> None:
    with pytest.raises(UserError, match="No camera can judge this drill: the knees press without moving"):
        eye_on(HEALTHY, "own_add_squeeze", Side.LEFT, MORNING)


def test_the_camera_stands_on_the_side_that_works() -> None:
    left, right = (eye_on(HEALTHY, "own_hip_cars", side, MORNING) for side in (Side.LEFT, Side.RIGHT))

    assert "your left side" in left.place
    assert "your right side" in right.place
    assert "your left side" in left.help(Framing.TURN)


def test_a_fault_is_said_in_the_words_of_the_drill_and_the_rest_is_asked() -> None:
    eye = eye_on(HEALTHY, "str_step_down", Side.RIGHT, MORNING)
    watch = eye.watch()
    faulty = acted("str_step_down", Take(), eye.drill.fault[1].seen)
    cues = [one.fault for frame in faulty for one in watch.see(frame).happened if one.what is What.CUE]

    assert [eye.say(fault) for fault in cues if fault is not None] == [eye.drill.fault[1].say]
    assert eye.asks == ((3, "Did you push off with the free foot?"),)


def test_a_lunge_of_the_matrix_is_watched_as_it_is_done_today() -> None:
    short, long = (
        eye_on(HEALTHY, "lm_anterior", Side.LEFT, MORNING, LungeVector(direction="anterior", range=step))
        for step in (0, 2)
    )

    assert short.learnt.way.far > long.learnt.way.far
