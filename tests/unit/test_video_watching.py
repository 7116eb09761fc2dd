"""A real video, watched: one walker from the side, two people where there are two, nobody where nobody is."""

import math
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("av", reason="the packages of the extra `video` are not here")
pytest.importorskip("ai_edge_litert", reason="the packages of the extra `video` are not here")

from numpy.typing import NDArray
from PIL import Image

import videos
from night import NIGHT, WIDE
from triplane.body import Side
from triplane.formats.video import MODELS, Model, WatchedFrame, annotated, watch
from triplane.formats.video.annotating import drawn
from triplane.formats.video.following import Follower
from triplane.movement import LANDMARKS, HeldEnds, ReadBy, Signal, View, WhyNot

pytestmark = pytest.mark.skipif(not MODELS.is_dir(), reason="the pose models were not built here")


def point(name: str) -> int:
    return LANDMARKS.index(name)


@pytest.fixture(scope="module")
def walk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of walking to the left, alone in the picture."""
    place = tmp_path_factory.mktemp("walk") / "walk.mp4"
    return videos.write(place, videos.walker(shared / videos.DEMO, 2.2, 4.2))


@pytest.fixture(scope="module")
def frames(walk: Path) -> list[WatchedFrame]:
    with watch(walk) as watching:
        return list(watching.frames)


def image(frames: list[WatchedFrame]) -> NDArray[np.float64]:
    """Return all points, with a height as the unit of both axes."""
    return np.stack([np.asarray(one.landmarks.image) * (one.landmarks.aspect, 1) for one in frames])


def bend_deg(points: NDArray[np.float64], above: str, joint: str, below: str) -> NDArray[np.float64]:
    """Return how far a joint is bent, 0 when straight."""
    upper = points[:, point(joint)] - points[:, point(above)]
    lower = points[:, point(below)] - points[:, point(joint)]
    cross = upper[:, 0] * lower[:, 1] - upper[:, 1] * lower[:, 0]
    return np.degrees(np.abs(np.arctan2(cross, (upper * lower).sum(1))))


def test_a_walker_is_one_person_in_every_frame(frames: list[WatchedFrame]) -> None:
    assert len(frames) == 61
    assert all(one.landmarks.shows_somebody for one in frames)
    assert {one.landmarks.people for one in frames} == {1}
    assert {one.person for one in frames} == {1}


def test_knees_and_hips_of_the_walker_move_as_a_walker_s_do(frames: list[WatchedFrame]) -> None:
    points = image(frames)
    for side in ("left", "right"):
        knee = bend_deg(points, f"{side}_hip", f"{side}_knee", f"{side}_ankle")
        assert 0 <= np.percentile(knee, 5) < 15, side
        assert 45 < np.percentile(knee, 98) < 85, side
        thigh = points[:, point(f"{side}_knee")] - points[:, point(f"{side}_hip")]
        ahead = np.degrees(np.arctan2(-thigh[:, 0], thigh[:, 1]))
        assert 30 < np.ptp(ahead) < 65, side


def test_legs_of_the_walker_go_in_turn(frames: list[WatchedFrame]) -> None:
    """A walker's ankles pass each other once a step; a net that takes left for right does so for a frame."""
    points = image(frames)
    apart = points[:, point("left_ankle"), 0] - points[:, point("right_ankle"), 0]
    steady = np.median(np.lib.stride_tricks.sliding_window_view(apart, 3), axis=1)
    crossings = np.flatnonzero(np.diff(np.sign(steady)))
    steps_a_minute = 60 / (np.diff(crossings).mean() / 30)

    assert 85 < steps_a_minute < 135


def test_the_camera_is_known_to_be_at_the_left_side_of_the_walker(frames: list[WatchedFrame]) -> None:
    """So knees are read, for the left side; for the right one, or from the front, nothing is."""

    def read(view: View, side: Side) -> list[float | WhyNot | None]:
        ends = HeldEnds(ReadBy(view=view, signal=Signal.KNEE_BEND, trunk="upright"), side)
        return [ends.see(one.landmarks) for one in frames]

    knees = read(View.WORKING_SIDE, Side.LEFT)
    numbers = [one for one in knees if isinstance(one, float)]
    assert len(numbers) > 0.9 * len(frames)
    assert min(numbers) < 15 and 45 < max(numbers) < 85
    for view, side in ((View.WORKING_SIDE, Side.RIGHT), (View.FRONT, Side.LEFT), (View.BACK, Side.LEFT)):
        assert set(read(view, side)) == {WhyNot.VIEW}


def test_metres_and_picture_show_the_same_person(frames: list[WatchedFrame]) -> None:
    for one in frames[::10]:
        in_shares, metres = np.asarray(one.landmarks.image), np.asarray(one.landmarks.world)
        for above, below in (("hip", "knee"), ("knee", "ankle"), ("shoulder", "hip")):
            ends = [point(f"left_{above}"), point(f"left_{below}")]
            in_picture = np.diff(in_shares[ends] * (one.landmarks.aspect, 1), axis=0)[0]
            in_metres = np.diff(metres[ends], axis=0)[0][:2]
            turn = math.atan2(*in_picture) - math.atan2(*in_metres)
            assert abs(math.remainder(turn, 2 * math.pi)) < math.radians(20)


@WIDE
@pytest.mark.parametrize("turn_deg", [-60, 90, 180])
def test_metres_turn_with_the_person(walk: Path, turn_deg: int) -> None:
    """The net sees an upright person whatever way the person lies; what it says is turned back."""
    with watch(walk) as watching:
        picture = next(islice(watching.frames, 20, None)).picture
    side = max(picture.size)
    square = Image.new("RGB", (side, side), "grey")
    square.paste(picture, ((side - picture.width) // 2, (side - picture.height) // 2))
    upright = Follower().see(square, 0.0).points
    lying = Follower().see(square.rotate(-turn_deg, Image.Resampling.BILINEAR), 0.0).points
    assert upright and lying

    cos, sin = math.cos(math.radians(turn_deg)), math.sin(math.radians(turn_deg))
    there = upright.world[11:] @ np.array([[cos, sin, 0], [-sin, cos, 0], [0, 0, 1]])

    assert np.median(np.linalg.norm(lying.world[11:] - there, axis=1)) < 0.06
    middle = side / 2
    moved = (upright.image[11:] - middle) @ np.array([[cos, sin], [-sin, cos]]) + middle
    assert np.median(np.linalg.norm(lying.image[11:] - moved, axis=1)) < 12


@WIDE
def test_two_people_are_noticed(shared: Path, tmp_path: Path) -> None:
    place = videos.write(tmp_path / "two.mp4", videos.uncut(shared / videos.DEMO, 2.4, 3.4, (960, 540)))
    with watch(place, Model.LITE) as watching:
        found = list(watching.frames)

    assert {one.person for one in found} == {1}, "who was followed first is followed on"
    assert found[-1].landmarks.people == 2
    assert sum(one.landmarks.people == 2 for one in found) > 0.6 * len(found)


@NIGHT
def test_the_whole_video_is_followed_and_its_second_person_noticed(shared: Path) -> None:
    """Who jumps on the roof is followed through a somersault off it; the walker is the other one."""
    with watch(shared / videos.DEMO) as watching:
        found = [(one.person, one.landmarks.shows_somebody, one.landmarks.people) for one in watching.frames]

    assert len(found) == 230 and watching.notes == []
    assert {person for person, _, _ in found} == {1}
    assert sum(seen for _, seen, _ in found) > 0.9 * len(found)
    assert {people for _, _, people in found[:45]} == {1}
    assert sum(people == 2 for _, _, people in found[70:165]) > 85


@NIGHT
def test_a_whole_walk_has_one_person_and_steps_at_one_pace(shared: Path, tmp_path: Path) -> None:
    walk = videos.write(tmp_path / "walk.mp4", videos.walker(shared / videos.DEMO, 2.2, 5.6))
    with watch(walk) as watching:
        points = image(list(watching.frames))

    assert len(points) == 103
    apart = points[:, point("left_ankle"), 0] - points[:, point("right_ankle"), 0]
    steady = np.median(np.lib.stride_tricks.sliding_window_view(apart, 5), axis=1)
    steps = np.diff(np.flatnonzero(np.diff(np.sign(steady)))) / 30
    assert len(steps) >= 4 and steps.min() > 0.45 and steps.max() < 0.75


def test_nobody_is_nobody(tmp_path: Path) -> None:
    with watch(videos.write(tmp_path / "empty.mp4", videos.still(12, (320, 180)))) as watching:
        found = list(watching.frames)

    assert len(found) == 12
    assert all(not one.landmarks.shows_somebody and one.landmarks.people == 0 for one in found)
    assert 0.3 < found[0].landmarks.light < 0.6


def test_who_steps_out_is_not_seen_and_is_taken_up_again(frames: list[WatchedFrame]) -> None:
    empty = Image.new("RGB", frames[0].picture.size, "grey")
    pictures = [frames[0].picture] * 5 + [empty] * 10 + [frames[12].picture] * 10
    follower = Follower(Model.LITE)
    found = [follower.see(picture, number / 30) for number, picture in enumerate(pictures)]

    assert all(one.points for one in found[:5])
    assert not any(one.points or one.people for one in found[5:15])
    assert all(one.points for one in found[18:])
    assert {one.person for one in found} == {1}


@pytest.mark.parametrize("size", [(3840, 2160), (2160, 3840), (640, 360)])
def test_an_annotated_picture_is_no_larger_than_is_shown(
    frames: list[WatchedFrame], size: tuple[int, int]
) -> None:
    wide, high = drawn(replace(frames[0], picture=frames[0].picture.resize(size)), ["3 of 8"]).size

    assert max(wide, high) == min(max(size), 1920)
    assert wide / high == pytest.approx(size[0] / size[1], rel=0.01)


def test_the_annotated_video_has_every_frame_at_its_time(frames: list[WatchedFrame], tmp_path: Path) -> None:
    place = tmp_path / "annotated.mp4"
    with annotated(place) as video:
        for one in frames[:20]:
            video.add(one, ["3 of 8", "Knee over the foot."])

    from triplane.formats.video.frames import open_video

    with open_video(place) as video:
        found = list(video)
    assert [one.at_s for one in found] == pytest.approx(
        [one.landmarks.at_s for one in frames[:20]], abs=0.002
    )
    apart = np.asarray(found[5].picture).astype(int) - np.asarray(frames[5].picture)
    assert (np.abs(apart).max(axis=2) > 60).mean() > 0.01, "a skeleton is on it"
    assert np.asarray(found[5].picture)[-4:, :40].mean() < 60, "words lie on a dark plate"
    assert not list(tmp_path.glob("*.part"))
