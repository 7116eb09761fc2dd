"""Our angles are those that laboratories wrote into their own files, in every file we have."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from real_files import shared_files
from triplane.body import Side
from triplane.errors import UnreadableFile
from triplane.formats.motion import read_motion
from triplane.movement import (
    Angles,
    EventKind,
    Method,
    Recording,
    Regression,
    analyse,
    cadence_spm,
    functional_centre,
)

pytest.importorskip("ezc3d", reason="the laboratory's packages are not here (make test brings them)")
pytest.importorskip("scipy", reason="the laboratory's packages are not here (make test brings them)")

Array = NDArray[np.float64]
NOWHERE = "real recordings are not here (set TRIPLANE_SHARED to their folder)"
C3D = shared_files("data/*/*.c3d")
DAMAGED = {"others_badParameterOffset.c3d", "c3d.org_sample13_golfswing.c3d"}
WHOLE_NUMBERS = {"c3d.org_sample04_sub_labels.c3d", "c3d.org_sample09_PlugInC3D.c3d"}
WITHOUT_AXES = {"others_Analysis.c3d", "others_parameterOverflow.c3d"}

real = pytest.mark.skipif(not C3D, reason=NOWHERE)


def apart(ours: Array, theirs: Array) -> Array:
    gaps = ours - theirs
    return gaps[np.isfinite(gaps).all(axis=1)]


def hips_apart(ours: Angles, theirs: Angles) -> dict[Side, Array]:
    return {side: apart(ours.hip_deg[side], theirs.hip_deg[side]) for side in ours.hip_deg}


def readable() -> list[Path]:
    return [path for path in C3D if path.name not in DAMAGED]


@real
@pytest.mark.parametrize("path", readable(), ids=lambda path: path.name)
def test_axis_points_give_the_laboratorys_own_angles(path: Path) -> None:
    recording = read_motion(path)
    ours = analyse(recording, method=Method.AXES).angles
    if recording.given is None or ours is None:
        assert recording.given is None or path.name in WITHOUT_AXES
        return
    allowed = 0.1 if path.name in WHOLE_NUMBERS else 0.002

    for gaps in hips_apart(ours, recording.given).values():
        assert len(gaps) > 0.3 * recording.frames
        assert np.abs(gaps).max() <= allowed
    pelvis = apart(ours.pelvis_deg, recording.given.pelvis_deg)
    assert len(pelvis) == 0 or np.abs(pelvis).max() <= allowed


@real
def test_enough_files_were_held_to_their_laboratory() -> None:
    held = [
        path.name
        for path in readable()
        if (read := read_motion(path)).given is not None and analyse(read, method=Method.AXES).angles
    ]

    assert len(held) >= 18
    assert set(held) >= WHOLE_NUMBERS


@real
@pytest.mark.parametrize(
    "path",
    [path for path in readable() if path.parent.name in ("btkdata_pig", "pycgm_vicon_pig")],
    ids=lambda path: path.name,
)
def test_markers_alone_give_the_laboratorys_angles_by_the_plug_in_gait_model(path: Path) -> None:
    recording = read_motion(path)
    ours = analyse(recording, method=Method.PLUG_IN_GAIT).angles
    if recording.given is None or ours is None:
        return

    for gaps in hips_apart(ours, recording.given).values():
        flexion, adduction, _ = np.sqrt(np.mean(gaps**2, axis=0))
        assert flexion <= 0.3
        assert adduction <= 0.3
        assert gaps[:, 2].std() <= 0.2


@pytest.fixture(scope="module")
def runner(shared: Path) -> Path:
    return shared / "data" / "rbds_running"


def test_a_runners_mean_cycles_are_the_published_ones(runner: Path) -> None:
    found = analyse(
        read_motion(runner / "RBDS001runT25markers.txt"),
        read_motion(runner / "RBDS001static.txt"),
        cut_hz=10.0,
    )
    lab = np.genfromtxt(runner / "RBDS001processed.txt", names=True, delimiter="\t")

    assert found.method is Method.CALIBRATED
    assert found.gait.is_running
    for side in Side:
        letter = side[0].upper()
        theirs = np.stack([lab[f"{letter}hipAng{axis}25"] for axis in "ZXY"], axis=-1) * (1, -1, -1)
        gaps = found.cycles[side].mean_deg - theirs
        flexion, adduction, _ = np.sqrt(np.mean(gaps**2, axis=0))
        assert len(found.cycles[side].each_deg) == 38
        assert flexion <= 1.0
        assert adduction <= 0.7
        assert gaps[:, 2].std() <= 0.4


def test_a_treadmill_runners_clusters_follow_the_laboratorys_curves(runner: Path) -> None:
    found = analyse(
        read_motion(runner / "20140515T133244_run.c3d"), read_motion(runner / "20140515T133244_static.c3d")
    )
    lab = np.loadtxt(runner / "r_hip_angle_mat.txt")
    assert found.angles is not None
    ours = found.angles.hip_deg[Side.RIGHT]

    for direction, column, sign, least in ((0, 2, -1, 0.99), (1, 0, 1, 0.8), (2, 1, 1, 0.8)):
        seen = np.isfinite(ours[:, direction])
        assert np.corrcoef(ours[seen, direction], sign * lab[seen, column])[0, 1] >= least


@pytest.mark.parametrize(
    ("running", "standing"),
    [
        ("RBDS001runT25markers.txt", "RBDS001static.txt"),
        ("20140515T133244_run.c3d", "20140515T133244_static.c3d"),
    ],
)
def test_two_ways_of_counting_steps_agree_on_a_runner(runner: Path, running: str, standing: str) -> None:
    recording = read_motion(runner / running)
    events = analyse(recording, read_motion(runner / standing)).gait.events

    for side in Side:
        strikes = [one for one in events if one.kind is EventKind.STRIKE and one.side is side]
        assert cadence_spm(strikes) == pytest.approx(by_rhythm(recording), abs=1.0)


def by_rhythm(recording: Recording) -> float:
    """Return steps a minute from how a heel's height repeats itself: no event is looked for."""
    heel = next(name for name in recording.names if name in ("R.Heel.Bottom", "R_foot_1"))
    height = recording.point(heel)[:, 1]
    height = np.nan_to_num(height - np.nanmean(height))
    padded = 64 * len(height)
    power = np.abs(np.fft.rfft(height * np.hanning(len(height)), padded))
    hertz = np.fft.rfftfreq(padded, 1 / recording.rate_hz)
    strides = (hertz > 1.0) & (hertz < 2.0)
    return float(120 * hertz[strides][np.argmax(power[strides])])


@real
@pytest.mark.parametrize(
    "name", ["PiG_PiG_Motion-FlatFoot-Full.c3d", "PiG_PiG_Motion3_FF.c3d", "others_FunctionalWalk.c3d"]
)
def test_a_walkers_steps_are_where_the_laboratory_saw_them(shared: Path, name: str) -> None:
    recording = read_motion(next(shared.glob(f"data/*/{name}")))
    ours = analyse(replace(recording, events=())).gait.events
    late_s: dict[EventKind, list[float]] = {kind: [] for kind in EventKind}
    for theirs in recording.events:
        alike = [e.at_s - theirs.at_s for e in ours if (e.kind, e.side) == (theirs.kind, theirs.side)]
        nearest = min(alike, key=abs, default=9.0)
        if abs(nearest) < 0.3:  # A first or last step may be cut off.
            late_s[theirs.kind].append(nearest)

    assert sum(map(len, late_s.values())) >= len(recording.events) - 3
    assert abs(np.mean(late_s[EventKind.STRIKE])) < 0.015
    assert np.std(late_s[EventKind.STRIKE]) < 0.03
    assert abs(np.mean(late_s[EventKind.OFF])) < 0.034


PLATES = {
    "PiG_PiG_Motion-FlatFoot-Full.c3d": (0, 1),
    "PiG_PiG_Motion-FlatFoot-Hole.c3d": (0,),
    "PiG_PiG_Motion-FlatFoot-One.c3d": (0, 1),
    "PiG_PiG_Motion3_FF.c3d": (0, 1, 2),
    "c3d.org_sample09_PlugInC3D.c3d": (1,),
    "others_FunctionalWalk.c3d": (0, 1),
    "Movement_trial.c3d": (0, 1, 2, 3),
}
"""Force plates that one whole foot came down on; the last walks up stairs, toes first."""

ON_PLATE_N = 20.0
STANCE_S = 0.3


def on_plates_s(file: Path, plates: Sequence[int]) -> list[float]:
    """Return when feet came down on the plates, by their force alone."""
    import ezc3d

    read = ezc3d.c3d(str(file), extract_forceplat_data=True)
    rate_hz = read["header"]["analogs"]["frame_rate"]
    found = []
    for plate in plates:
        force = np.linalg.norm(np.nan_to_num(read["data"]["platform"][plate]["force"]), axis=0)
        turns = np.diff((force > ON_PLATE_N).astype(int), append=0)
        ups, downs = np.flatnonzero(turns > 0), np.flatnonzero(turns < 0)
        longest = [up for up in ups if (downs[downs > up].min(initial=len(force)) - up) / rate_hz > STANCE_S]
        found += [float(up + 1) / rate_hz for up in longest]
    return found


@real
@pytest.mark.parametrize("name", PLATES)
def test_a_walkers_strikes_are_where_force_plates_feel_them(shared: Path, name: str) -> None:
    file = next(shared.glob(f"data/*/{name}"))
    ours = analyse(replace(read_motion(file), events=())).gait.events
    strikes_s = [one.at_s for one in ours if one.kind is EventKind.STRIKE]
    felt_s = on_plates_s(file, PLATES[name])
    late_s = [min((at_s - felt for at_s in strikes_s), key=abs) for felt in felt_s]

    assert len(felt_s) == len(PLATES[name])
    assert max(map(abs, late_s)) < 0.04
    assert abs(np.mean(late_s)) < (0.015 if len(late_s) > 1 else 0.04)


BIOBUDDY, BTK = "biobuddy_hip_functional", "btkdata_pig"
SWINGS = [
    (f"{BIOBUDDY}/functional_right_hip_score.c3d", Side.RIGHT, "RTHI RTHIB RTHID RKNE"),
    (f"{BIOBUDDY}/functional_left_hip_score.c3d", Side.LEFT, "LTHI LTHIB LTHID LKNE"),
    (f"{BTK}/others_FunctionalLHip.c3d", Side.LEFT, "LF01 LF02 LF03 LF04 LF05"),
]


@pytest.mark.parametrize(("name", "side", "thigh"), SWINGS, ids=str)
def test_a_hip_found_by_swinging_lies_where_hips_are(shared: Path, name: str, side: Side, thigh: str) -> None:
    recording = read_motion(shared / "data" / name)
    pelvis = [one for one in ("LASI", "RASI", "LPSI", "RPSI") if recording.has(one)]
    found = functional_centre(
        np.stack([recording.point(one) for one in pelvis], axis=1),
        np.stack([recording.point(one) for one in thigh.split()], axis=1),
    )
    spine = recording.point("RASI" if side is Side.RIGHT else "LASI")
    away = np.nanmedian(np.linalg.norm(found.at_m - spine, axis=1))

    assert found.is_wide_enough
    assert found.residual_m < 0.01
    assert 0.06 < away < 0.14


def test_the_file_of_a_functional_walk_says_the_same_hip_as_its_swing_does(shared: Path) -> None:
    folder = shared / "data" / "btkdata_pig"
    walk = read_motion(folder / "others_FunctionalWalk.c3d")
    swing = read_motion(folder / "others_FunctionalLHip.c3d")
    by_equations = analyse(walk, method=Method.PLUG_IN_GAIT).angles
    by_swing = analyse(walk, functional=[swing])

    assert by_swing.method is Method.PLUG_IN_GAIT
    assert any("left hip was found by swinging" in note for note in by_swing.notes)
    assert by_equations is not None
    assert by_swing.angles is not None
    left = np.abs(by_swing.angles.hip_deg[Side.LEFT] - by_equations.hip_deg[Side.LEFT])
    assert 0.5 < np.nanmean(left) < 5.0
    right = apart(by_swing.angles.hip_deg[Side.RIGHT], by_equations.hip_deg[Side.RIGHT])
    assert np.abs(right).max() < 1e-9


@real
@pytest.mark.parametrize("regression", Regression)
def test_every_equation_of_the_hip_centre_stays_near_the_others(shared: Path, regression: Regression) -> None:
    recording = read_motion(shared / "data/btkdata_pig/others_FunctionalWalk.c3d")
    found = analyse(recording, regression=regression)

    assert found.method is Method.PLUG_IN_GAIT
    for gaps in found.agreement_deg[Method.LAB].values():
        assert (gaps < 6.0).all()


@real
@pytest.mark.parametrize("path", C3D, ids=lambda path: path.name)
def test_every_c3d_file_is_measured_or_says_in_one_line_why_not(path: Path) -> None:
    try:
        found = analyse(read_motion(path))
    except UnreadableFile as error:
        assert path.name in DAMAGED
        assert str(error).startswith(f"{path.name}: ")
        assert "\n" not in str(error)
        return

    assert path.name not in DAMAGED
    assert found.angles is not None or found.missing
