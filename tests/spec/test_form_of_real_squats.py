"""Real squats move our own body before a camera: five were done, and five are counted.

The recording holds joint angles alone, by the videos and by motion capture at once (`opencap_processing`);
what a camera would have seen of them is made with the lengths of our figure.
"""

from pathlib import Path

import numpy as np
import pytest

from acting import as_frame
from triplane.body import Frames, Side, angle_index, place, point_index, points, pose_of, turns
from triplane.catalogue import load_one
from triplane.formats.motion.motion_format import numbers
from triplane.movement import (
    Count,
    Form,
    LandmarkFrame,
    Learnt,
    Signal,
    View,
    Watch,
    analyse_form,
    camera_for,
    landmarks_of,
    learn,
    seen_by,
)

SQUATS = "data/opencap_processing/squats1_videoAndMocap.mot"
DONE = 5

COLUMNS = {
    "hip_flexion": ("hip_flexion", 1),
    "hip_adduction": ("hip_abduction", -1),
    "hip_rotation": ("hip_external_rotation", -1),
    "knee_angle": ("knee", 1),
    "ankle_angle": ("ankle", 1),
}
"""OpenSim's names and signs, and ours."""


def real_squats(file: Path) -> tuple[Frames, np.ndarray]:
    lines = file.read_text().splitlines()
    start = lines.index("endheader") + 1
    names = lines[start].split()
    table = numbers([line for line in lines[start + 1 :] if line.strip()], len(names))
    column = {name: table[:, number] for number, name in enumerate(names)}
    degrees = 1.0 if np.abs(column["knee_angle_r"]).max() > 7 else 180 / np.pi
    angles = np.zeros((len(table), len(turns())))
    for side in Side:
        for theirs, (ours, sign) in COLUMNS.items():
            angles[:, angle_index(f"{ours}_{side}")] = sign * degrees * column[f"{theirs}_{side[0]}"]
    angles[:, angle_index("pelvis_pitch")] = -degrees * column["pelvis_tilt"]
    angles[:, angle_index("pelvis_roll")] = degrees * column["pelvis_list"]
    angles[:, angle_index("trunk_flexion")] = -degrees * column["lumbar_extension"]
    where = place(Frames(angles, np.zeros((len(table), 3)))).points
    radii = np.array([point.radius for point in points()])
    soles = [point_index(f"{name}_{side}") for name in ("heel", "ball_of_foot") for side in Side]
    lowest = (where[:, soles, 1] - radii[soles]).min(axis=1)
    return Frames(angles, np.stack([0 * lowest, -lowest, 0 * lowest], axis=1)), column["time"]


def before_a_camera(frames: Frames, times: np.ndarray, view: View) -> list[LandmarkFrame]:
    placed = place(frames)
    camera = camera_for(placed, view)
    image, world = seen_by(camera, landmarks_of(placed))
    seen = np.full(33, 0.95)
    return [
        as_frame(at, flat, deep, seen, camera.aspect)
        for at, flat, deep in zip(times, image, world, strict=True)
    ]


@pytest.mark.parametrize(
    ("view", "signal"),
    [
        (View.WORKING_SIDE, Signal.KNEE_BEND),
        (View.WORKING_SIDE, Signal.HIP_BEND),
        (View.WORKING_SIDE, Signal.THIGH_LIFT),
        (View.OTHER_SIDE, Signal.HIP_HEIGHT),
        (View.FRONT, Signal.HIP_HEIGHT),
        (View.BACK, Signal.HIP_HEIGHT),
    ],
)
@pytest.mark.parametrize("side", list(Side))
def test_five_real_squats_are_counted_from_every_side(
    shared: Path, view: View, signal: Signal, side: Side
) -> None:
    frames, times = real_squats(shared / SQUATS)
    seen_from = {View.WORKING_SIDE: View.OTHER_SIDE, View.OTHER_SIDE: View.WORKING_SIDE}
    stood = view if side is Side.RIGHT else seen_from.get(view, view)
    pictures = before_a_camera(frames, times, stood)
    # No drill of ours is a squat on two feet: what it looks like is learnt from two of the real moments.
    learnt = learnt_from(frames, view, signal)

    watch = Watch(learnt, side)
    assert [watch.see(one) for one in pictures][-1].repetitions == DONE
    assert len(analyse_form(pictures, learnt, side).repetitions) == DONE


def learnt_from(frames: Frames, view: View, signal: Signal) -> Learnt:
    knee = frames.angles_deg[:, angle_index("knee_right")]
    like = load_one("lm_anterior").pose[0]
    stand = pose_of(frames, int(np.argmin(knee[:30])), like).model_copy(update={"key": "stand"})
    deep = pose_of(frames, int(np.argmax(knee)), like).model_copy(update={"key": "deep"})
    return learn(Form(camera=view, count=Count(signal=signal)), (stand, deep), {})


def test_the_bend_of_the_knees_is_read_as_it_was(shared: Path) -> None:
    frames, times = real_squats(shared / SQUATS)
    learnt = learnt_from(frames, View.WORKING_SIDE, Signal.KNEE_BEND)

    found = analyse_form(before_a_camera(frames, times, View.WORKING_SIDE), learnt, Side.RIGHT).ranges[0]
    truth = frames.angles_deg[:, angle_index("knee_right")]

    assert found.low is not None and found.high is not None
    assert found.high - found.low == pytest.approx(np.quantile(truth, 0.98) - np.quantile(truth, 0.02), abs=6)
