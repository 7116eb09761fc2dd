"""A set before the camera: what is counted, said and shown, and what is not."""

from dataclasses import replace
from math import inf, nan

import pytest

from acting import Take, acted
from triplane.body import Side
from triplane.catalogue import learnt, load_one
from triplane.movement import Framing, LandmarkFrame, Seen, View, Watch, What

DRILL = "str_step_down"


def watched(
    frames: list[LandmarkFrame], side: Side = Side.RIGHT, drill: str = DRILL
) -> tuple[Watch, list[Seen]]:
    watch = Watch(learnt(load_one(drill)), side)
    return watch, [watch.see(frame) for frame in frames]


def happened(seen: list[Seen], what: What) -> list[int | None]:
    return [one.fault for frame in seen for one in frame.happened if one.what is what]


def test_clean_repetitions_are_counted_and_nothing_is_said() -> None:
    _, seen = watched(acted(DRILL, Take(repetitions=4)))

    assert (seen[-1].repetitions, seen[-1].clean) == (4, 4)
    assert happened(seen, What.CUE) == []


def test_a_knee_that_dives_in_is_spoken_of_once_and_ends_the_set_when_it_stays() -> None:
    fault = load_one(DRILL).fault[1].seen
    _, seen = watched(acted(DRILL, Take(repetitions=5), fault))

    assert happened(seen, What.CUE) == [1]
    assert happened(seen, What.SET_ENDED) == [1]
    assert seen[-1].clean == 0


def test_somebody_who_mends_it_after_the_cue_goes_on() -> None:
    fault = load_one(DRILL).fault[1].seen
    wrong, clean = acted(DRILL, Take(repetitions=1), fault), acted(DRILL, Take(repetitions=4))
    later = [replace(frame, at_s=frame.at_s + wrong[-1].at_s + 0.03) for frame in clean]
    _, seen = watched([*wrong, *later])

    assert (seen[-1].repetitions, seen[-1].clean) == (5, 4)
    assert happened(seen, What.SET_ENDED) == []


def test_seen_from_the_wrong_side_nothing_is_measured_and_the_runner_is_asked_to_turn() -> None:
    _, seen = watched(acted(DRILL, Take(), view=View.WORKING_SIDE))

    assert {frame.framing for frame in seen[60:]} == {Framing.TURN}
    assert seen[-1].repetitions == 0
    assert all(frame.share is None for frame in seen[60:])


def test_two_people_or_nobody_are_said_and_not_counted() -> None:
    frames = acted(DRILL, Take())
    for people, advice in ((0, Framing.NOBODY), (2, Framing.TWO_PEOPLE)):
        _, seen = watched([replace(frame, people=people) for frame in frames])
        assert seen[-1].framing is advice
        assert seen[-1].repetitions == 0


def test_a_picture_upside_down_is_noticed() -> None:
    frames = [
        replace(
            frame,
            image=tuple((1 - x, 1 - y) for x, y in frame.image),
            world=tuple((-x, -y, z) for x, y, z in frame.world),
        )
        for frame in acted(DRILL, Take())
    ]
    _, seen = watched(frames)

    assert seen[-1].framing is Framing.TURN_PHONE


def test_legs_that_the_model_mixes_up_for_moments_are_put_right() -> None:
    frames = acted("own_hip_cars", Take(repetitions=2))
    names = [*range(25), 26, 25, 28, 27, 30, 29, 32, 31]
    mixed = [
        replace(
            frame,
            image=tuple(frame.image[place] for place in names),
            world=tuple(frame.world[place] for place in names),
        )
        if number % 60 in range(30, 38)
        else frame
        for number, frame in enumerate(frames)
    ]
    _, clean = watched(frames, drill="own_hip_cars")
    watch, seen = watched(mixed, drill="own_hip_cars")
    off = [
        abs((one.shown[0].value or 0) - (other.shown[0].value or 0))
        for one, other in zip(seen, clean, strict=True)
    ]

    assert watch.swaps > 3
    assert max(off) < 15
    assert (seen[-1].repetitions, seen[-1].clean) == (2, 2)


@pytest.mark.parametrize("at_s", [nan, inf, -inf, -5.0])
def test_time_that_does_not_go_on_changes_nothing(at_s: float) -> None:
    frames = acted(DRILL, Take(repetitions=1))
    watch, seen = watched(frames)

    assert watch.see(replace(frames[0], at_s=at_s)) is seen[-1]


def test_points_that_are_no_numbers_are_not_measured() -> None:
    frames = [
        replace(frame, image=((nan, nan),) * 33, world=((nan, inf, 0.0),) * 33)
        for frame in acted(DRILL, Take(repetitions=1))
    ]
    _, seen = watched(frames)

    assert seen[-1].repetitions == 0
    assert all(shown.value is None for shown in seen[-1].shown)
