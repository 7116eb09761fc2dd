"""How near our angles come to those that laboratories wrote into their own files: a table for the papers."""

import os
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.errors import UnreadableFile
from triplane.formats.motion import read_motion
from triplane.movement import Angles, HipMotion, Method, Recording, analyse

ROOT = Path(__file__).parents[1]
RECORDINGS = Path(os.environ.get("TRIPLANE_SHARED", ROOT / "shared")) / "data"
RUNNER = RECORDINGS / "rbds_running"

Array = NDArray[np.float64]


def is_possible() -> bool:
    """Whether the real recordings and what reads them are here."""
    return RUNNER.is_dir() and all(find_spec(name) is not None for name in ("ezc3d", "scipy"))


def rows() -> Iterator[tuple[str, ...]]:
    """Give a row for each file with angles of its own, then the runner whose curves were published."""
    for file in sorted(RECORDINGS.glob("*/*.c3d"), key=lambda one: one.name.casefold()):
        try:
            recording = read_motion(file)
        except UnreadableFile:
            continue
        if recording.given is not None and recording.points_m.size:
            cells = _row(recording)
            if cells:
                yield f"`{file.name}`", str(recording.frames), *cells
    yield from _published()


def _row(recording: Recording) -> tuple[str, ...] | None:
    assert recording.given is not None
    axes = analyse(recording, method=Method.AXES).angles
    markers = analyse(recording, method=Method.PLUG_IN_GAIT).angles
    if axes is None and markers is None:
        return None
    pelvis = _apart(axes.pelvis_deg, recording.given.pelvis_deg) if axes else np.empty((0, 3))
    return (
        _largest(_hips_apart(axes, recording.given)),
        _largest(pelvis),
        _spread(_hips_apart(markers, recording.given)),
    )


def _hips_apart(ours: Angles | None, theirs: Angles) -> Array:
    if ours is None:
        return np.empty((0, 3))
    both = [side for side in Side if side in ours.hip_deg and side in theirs.hip_deg]
    each = [_apart(ours.hip_deg[side], theirs.hip_deg[side]) for side in both]
    return np.concatenate(each) if each else np.empty((0, 3))


def _apart(ours: Array, theirs: Array) -> Array:
    gaps = ours - theirs
    return gaps[np.isfinite(gaps).all(axis=1)]


def _largest(gaps: Array) -> str:
    return f"{np.abs(gaps).max():.3f}" if len(gaps) else "not in the file"


def _spread(gaps: Array) -> str:
    """Return root mean square differences of flexion, abduction and rotation."""
    if not len(gaps):
        return "not measured"
    return ", ".join(f"{rms:.2f}" for rms in np.sqrt(np.mean(gaps**2, axis=0)))


def _published() -> Iterator[tuple[str, ...]]:
    found = published_runner()
    lab = np.genfromtxt(RUNNER / "RBDS001processed.txt", names=True, delimiter="\t")
    for side in Side:
        letter = side[0].upper()
        theirs = np.stack([lab[f"{letter}hipAng{axis}25"] for axis in "ZXY"], axis=-1) * (1, -1, -1)
        gaps = found.cycles[side].mean_deg - theirs
        flexion, abduction, _ = np.sqrt(np.mean(gaps**2, axis=0))
        said = f"{flexion:.2f}, {abduction:.2f}, {gaps[:, 2].std():.2f} after the mean"
        yield f"RBDS runner 1, {side}, mean of 38 strides", str(len(found.times_s)), "", "", said


def published_runner() -> HipMotion:
    """Return the angles of the runner whose curves were published, by clusters and a calibration."""
    running, standing = RUNNER / "RBDS001runT25markers.txt", RUNNER / "RBDS001static.txt"
    return analyse(read_motion(running), read_motion(standing), cut_hz=10.0)
