"""What a camera sees of the drills, and how well: two tables for the papers, made with our own figure."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from acting import Take, acted, based, clocked, sampled
from triplane.body import Leg, Side, angle_index
from triplane.catalogue import load, load_one
from triplane.movement import PACES, READINGS, Glimpse, LandmarkFrame, SeenBy, Signal, View, read_signal

Array = NDArray[np.float64]

ACTED = (
    "int_split_squat", "lm_anterior", "lm_lateral", "mob_kn3d_sagittal", "mob_swing_frontal",
    "mob_swing_sagittal", "own_hip_cars", "str_sl_rdl", "str_step_down",
)  # fmt: skip
"""Drills that go through all that is measured."""

TAKES = [
    Take(fps=15, repetitions=1, jitter=0.003, turned_deg=turned, seed=seed)
    for seed, turned in enumerate((-8, 0, 8))
]

JOINTS: tuple[tuple[str, Signal, View, str, int], ...] = (
    ("hip flexion, thigh against trunk", Signal.HIP_BEND, View.WORKING_SIDE, "hip_flexion_right", 1),
    ("hip abduction, thigh against trunk", Signal.LEG_OUT, View.FRONT, "hip_abduction_right", 1),
    ("knee flexion", Signal.KNEE_BEND, View.WORKING_SIDE, "knee_right", 1),
    ("pelvic obliquity", Signal.BELT, View.FRONT, "pelvis_roll", -1),
)
"""What is held against a joint of the figure: its name, the signal, from where, the joint and its sign."""

LINES: tuple[tuple[str, Signal, View], ...] = (
    ("thigh against gravity", Signal.THIGH_LIFT, View.WORKING_SIDE),
    ("shank against gravity", Signal.SHANK_LEAN, View.WORKING_SIDE),
    ("trunk forward", Signal.TRUNK_LEAN, View.WORKING_SIDE),
    ("heel lift", Signal.HEEL_UP, View.WORKING_SIDE),
    ("knee inward, shank against gravity", Signal.KNEE_IN, View.FRONT),
    ("trunk to the side", Signal.TRUNK_SIDE, View.FRONT),
    ("shoulders turned", Signal.TRUNK_TURN, View.FRONT),
    ("height of the hips", Signal.HIP_HEIGHT, View.FRONT),
)
"""What is held against the same picture without noise, taken square on."""

NEVER = (
    ("hip rotation in movement", "any", "never: no camera-only method follows it (r 0.07 to 0.47)"),
    ("pelvic tilt, arch of the back", "any", "never: no point lies on the pelvis but the hips"),
    ("abduction from the side, flexion from ahead", "the other", "never: a picture shows its own plane only"),
)


def drills() -> Iterator[tuple[str, ...]]:
    """Give every drill with what a camera sees of it, and what is asked."""
    for name, drill in load().items():
        assert drill.form is not None
        asked = str(sum(1 for fault in drill.fault if fault.ask))
        if drill.form.unseen:
            yield f"`{name}`", f"not seen: {drill.form.unseen}", "", "", asked
            continue
        assert drill.form.camera and drill.form.count
        count, hold = drill.form.count, drill.form.hold
        faults = "<br>".join(
            f"{fault.happens} ({_limit(fault.seen)})" for fault in drill.fault if fault.seen is not None
        )
        yield (
            f"`{name}`",
            drill.form.camera.replace("_", " "),
            _named(count.signal, count.leg) + (f"; held at {hold.pose.replace('_', ' ')}" if hold else ""),
            faults,
            asked,
        )


def _named(signal: Signal, leg: Leg) -> str:
    return signal.replace("_", " ") + (", other leg" if leg is Leg.OTHER else "")


def _limit(rule: SeenBy) -> str:
    if rule.signal in PACES:
        return f"{_named(rule.signal, rule.leg)}, {rule.over:g} times as fast"
    unit = {"deg": "°"}.get(READINGS[rule.signal].unit, " leg lengths")
    sign = "±" if rule.either else "+" if rule.over > 0 else "−"
    return f"{_named(rule.signal, rule.leg)} {sign}{abs(rule.over):g}{unit}"


def observed() -> Iterator[tuple[str, ...]]:
    """Give every quantity with its view, and how far it is off before the camera."""
    for name, signal, view, joint, sign in JOINTS:

        def of_figure(drill: str, take: Take, joint: str = joint, sign: int = sign) -> Array:
            return sign * _joint(drill, take, joint)

        yield _row(name, signal, view, of_figure, "the joint of our figure")
    for name, signal, view in LINES:

        def of_picture(drill: str, take: Take, signal: Signal = signal, view: View = view) -> Array:
            clean = Take(fps=take.fps, repetitions=take.repetitions)
            return _read(acted(drill, clean, view=view), signal)

        yield _row(name, signal, view, of_picture, "the picture without noise")
    for name, view_name, why in NEVER:
        yield name, view_name, why, "", "", "", ""


def _row(
    name: str, signal: Signal, view: View, truth: Callable[[str, Take], Array], against: str
) -> tuple[str, ...]:
    off = np.concatenate(
        [
            _read(acted(drill, take, view=view), signal) - truth(drill, take)
            for drill in ACTED
            for take in TAKES
        ]
    )
    measured = off[np.isfinite(off)]
    unit, digits = ("°", 0) if READINGS[signal].unit == "deg" else (" legs", 2)
    return (
        name,
        view.replace("_", " "),
        f"yes, {np.isfinite(off).mean():.0%} of the frames",
        f"{np.median(measured) + 0.0:.{digits}f}{unit}".replace("-0°", "0°").replace("-0.00", "0.00"),
        f"{np.std(measured):.{digits}f}{unit}",
        f"{READINGS[signal].error:g}{unit}",
        f"{len(measured)}, against {against}",
    )


def _read(frames: list[LandmarkFrame], signal: Signal) -> Array:
    values = [read_signal(Glimpse(frame, Side.RIGHT), signal, Leg.WORKING) for frame in frames]
    return np.array([np.nan if value is None else value for value in values])


def _joint(drill: str, take: Take, joint: str) -> Array:
    moved = based(drill)
    times, numbers = clocked(load_one(drill), moved, take, 1.0)
    ticks = np.arange(0, times[-1], 1 / take.fps)
    angles = moved.frames.angles_deg[numbers][:, [angle_index(joint)], None]
    found: Array = sampled(times, angles, ticks)[:, 0, 0]
    return found
