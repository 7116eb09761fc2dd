"""Recordings as laboratories really write them: every trap of their files, and what is not measured there."""

import json
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from moving_people import as_axis_points, as_markers, hips_deg, recording, stepping, told, write_c3d
from triplane.body import Side
from triplane.errors import UnreadableFile
from triplane.formats.motion import is_recording, motion_formats, read_motion
from triplane.movement import LANDMARKS, Method, Recording, analyse

pytest.importorskip("ezc3d", reason="the laboratory's packages are not here (make test brings them)")

FRAMES = told(stepping(60))
Write = Callable[[str, str], Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def write_text(name: str, text: str) -> Path:
        (tmp_path / name).write_text(text, encoding="utf-8")
        return tmp_path / name

    return write_text


def trc(made: Recording, unit: str = "mm", quote: str = "", rate: str = "100") -> str:
    heads = "DataRate\tCameraRate\tNumFrames\tNumMarkers\tUnits"
    values = f"{rate}\t100\t{made.frames}\t{len(made.names)}\t{quote}{unit}{quote}"
    names = "Frame#\tTime\t" + "\t\t\t".join(f"{quote}{name}{quote}" for name in made.names)
    factor = {"mm": 1000.0, "m": 1.0}.get(unit, 1000.0)
    rows = [
        "\t".join([str(i + 1), f"{i / 100:.3f}", *(f"{x * factor:.6f}" for x in frame.ravel())])
        for i, frame in enumerate(made.points_m)
    ]
    axes = "\t\t" + "\t".join(f"X{i}\tY{i}\tZ{i}" for i in range(1, len(made.names) + 1))
    return "\n".join(["PathFileType\t4\t(X/Y/Z)\tx.trc", heads, values, names, axes, "", *rows, ""])


def mot(values: str, in_degrees: str = "inDegrees=yes\n") -> str:
    return f"x\nversion=1\nnRows=3\nnColumns=4\n{in_degrees}endheader\n{values}"


HIPS = "time\tpelvis_tilt\thip_flexion_r\thip_adduction_r\thip_rotation_r\n"


def test_the_folder_is_the_registry_and_each_knows_its_own(write: Write, tmp_path: Path) -> None:
    made = {
        "c3d": write_c3d(tmp_path / "a.c3d", as_markers(FRAMES)),
        "trc": write("a.trc", trc(as_markers(FRAMES))),
        "mot": write("a.mot", mot(HIPS + "0\t1\t2\t3\t4\n0.1\t1\t2\t3\t4\n0.2\t1\t2\t3\t4\n")),
        "bvh": write("a.bvh", BVH),
        "table": write("a.txt", "Time\tR.ASISX\tR.ASISY\tR.ASISZ\n0\t1\t2\t3\n0.01\t1\t2\t3\n"),
        "landmarks": write("a.jsonl", landmarks(4)),
    }

    assert {one.name for one in motion_formats()} == set(made)
    for form in motion_formats():
        start = made[form.name].read_bytes()[:4096]
        assert [one.name for one in motion_formats() if one.recognises(start)] == [form.name]
        assert read_motion(made[form.name]).frames >= 1
        # The first bytes decide, not the ending.
        renamed = made[form.name].rename(tmp_path / f"{form.name}.xyz")
        assert is_recording(renamed)


@pytest.mark.parametrize("prefix", ["", "Matt:", "A person:"])
def test_a_subjects_prefix_does_not_count(tmp_path: Path, prefix: str) -> None:
    made = write_c3d(tmp_path / "a.c3d", as_axis_points(FRAMES), prefix=prefix)

    assert analyse(read_motion(made)).method is Method.AXES


@pytest.mark.parametrize("suffix", ["", "V"])
def test_the_laboratorys_angles_among_the_points_are_no_places(tmp_path: Path, suffix: str) -> None:
    axes = as_axis_points(FRAMES)
    angles = np.tile([30.0, 5.0, -8.0], (60, 1)) / 1000
    lab_frame = angles[:, [0, 2, 1]] * (
        1,
        1,
        -1,
    )  # What the writer turns is turned back for what is no point.
    made = recording({**{n: axes.point(n) for n in axes.names}, f"LHipAngles{suffix}": lab_frame})
    found = read_motion(write_c3d(tmp_path / "a.c3d", made, prefix="Matt:"))

    assert not any("Angles" in name for name in found.names)
    assert found.given is not None
    assert set(found.given.hip_deg) == {Side.LEFT}
    sizes = np.sort(np.abs(found.given.hip_deg[Side.LEFT][0]))
    assert sizes == pytest.approx([5, 8, 30], abs=0.01)


def test_markers_of_zero_and_of_nan_were_not_seen(tmp_path: Path) -> None:
    made = as_markers(FRAMES)
    made.points_m[10:40, made.names.index("RKNE")] = np.nan  # Written as zeros.
    found = read_motion(write_c3d(tmp_path / "a.c3d", made))

    assert np.isnan(found.point("RKNE")[10:40]).all()
    angles = analyse(found, method=Method.KNEES).angles
    assert angles is not None
    assert np.isnan(angles.hip_deg[Side.RIGHT][10:40]).all()
    assert np.isfinite(angles.hip_deg[Side.LEFT]).all()


def test_the_back_of_the_pelvis_is_the_sacrum_or_the_middle_of_the_back_spines() -> None:
    made = as_markers(FRAMES)
    middle = (made.point("LPSI") + made.point("RPSI")) / 2
    others = {name: made.point(name) for name in made.names if name not in ("LPSI", "RPSI")}
    by_sacrum = analyse(recording({**others, "SACR": middle}), method=Method.KNEES).angles
    by_spines = analyse(made, method=Method.KNEES).angles

    assert by_sacrum is not None
    assert by_spines is not None
    for side in Side:
        np.testing.assert_allclose(by_sacrum.hip_deg[side], by_spines.hip_deg[side], atol=1e-9)


def test_names_that_stand_twice_are_used_neither_way(tmp_path: Path) -> None:
    made = as_markers(FRAMES)
    labels = ["RKNE" if name == "LKNE" else name for name in made.names]
    found = read_motion(write_c3d(tmp_path / "a.c3d", made, labels=labels))

    assert "RKNE" not in found.names
    assert any("RKNE" in note for note in found.notes)
    assert analyse(found, method=Method.KNEES).angles is None


def test_hips_of_a_pelvis_whose_sides_are_exchanged_are_not_measured() -> None:
    made = as_markers(FRAMES)
    swap = {"LASI": "RASI", "RASI": "LASI", "LPSI": "RPSI", "RPSI": "LPSI"}
    found = analyse(replace(made, names=tuple(swap.get(name, name) for name in made.names)))

    assert found.angles is None
    assert any("of the pelvis are exchanged" in why for why in found.missing)


def test_a_wrong_unit_is_refused_or_doubted(tmp_path: Path) -> None:
    metres = write_c3d(tmp_path / "m.c3d", as_markers(FRAMES), unit="m")
    strange = write_c3d(tmp_path / "f.c3d", as_markers(FRAMES), unit="furlong")

    for file in (metres, strange):
        angles = analyse(read_motion(file), method=Method.KNEES).angles
        assert angles is not None
        np.testing.assert_allclose(angles.hip_deg[Side.LEFT], hips_deg(FRAMES, Side.LEFT), atol=0.01)
    assert any("names no unit that we know" in note for note in read_motion(strange).notes)


@pytest.mark.parametrize("unit", ["mm", "m"])
def test_a_file_in_another_unit_than_it_says_measures_nothing_and_says_why(write: Write, unit: str) -> None:
    """Millimetres named metres lie beyond the hall; metres named millimetres would bend every hip by 120."""
    text = trc(as_markers(FRAMES), unit).replace(f"\t{unit}\n", "\tm\n" if unit == "mm" else "\tmm\n", 1)
    file = write("a.trc", text)
    if unit == "mm":
        with pytest.raises(UnreadableFile, match="the unit it names is wrong"):
            read_motion(file)
        return
    found = analyse(read_motion(file))
    assert found.angles is None
    assert any("0.0 cm apart: look at the unit" in why for why in found.missing)


def test_a_pelvis_of_an_odd_size_is_doubted_and_measured() -> None:
    made = as_markers(FRAMES)
    wide = analyse(replace(made, points_m=made.points_m * 1.8))

    assert wide.angles is not None
    assert any("cm apart" in note for note in wide.notes)


@pytest.mark.parametrize("both", [True, False])
def test_legs_whose_sides_are_exchanged_are_not_measured(both: bool) -> None:
    """Knees alone, or all of a leg: no hip turns as far as these would."""
    made = as_markers(FRAMES)
    other = {"L": "R", "R": "L"}

    def named(name: str) -> str:
        is_one = "KNE" in name or (both and "THI" in name)
        return other[name[0]] + name[1:] if is_one else name

    found = analyse(replace(made, names=tuple(map(named, made.names))))

    assert found.angles is not None
    assert all(np.isnan(hip).all() for hip in found.angles.hip_deg.values())
    assert len(found.missing) == 2
    assert all("no hip turns so far as its markers say; look at their names" in why for why in found.missing)


@pytest.mark.parametrize("value", ["0", "NaN", ""])
def test_a_table_that_never_saw_a_marker_measures_nothing_and_says_so(write: Write, value: str) -> None:
    lines = trc(as_markers(FRAMES)).split("\n")
    rows = ["\t".join([*line.split("\t")[:2], *[value] * 42]) for line in lines[6:-1]]
    found = analyse(read_motion(write("a.trc", "\n".join([*lines[:6], *rows, ""]))))

    assert found.angles is None
    assert found.missing


def test_a_file_of_more_points_than_any_laboratory_has_is_gone_through_at_once(write: Write) -> None:
    """Looking each name up among all others took twelve seconds for so many, and minutes for more."""
    made = recording({f"M{i}": np.ones((2, 3)) for i in range(25_000)})
    file, began = write("a.trc", trc(made)), time.process_time()
    found = analyse(read_motion(file))

    assert time.process_time() - began < 5
    assert "no markers of pelvis and thighs were found under names we know" in found.missing


@pytest.mark.parametrize("quote", ["", '"'])
@pytest.mark.parametrize("unit", ["mm", "m"])
def test_a_trc_header_may_be_quoted_and_its_unit_counts(write: Write, quote: str, unit: str) -> None:
    made = as_markers(FRAMES)
    found = read_motion(write("a.trc", trc(made, unit, quote)))

    np.testing.assert_allclose(found.points_m, made.points_m, atol=1e-6)
    assert found.names == made.names


def test_a_trc_without_a_rate_has_its_times(write: Write) -> None:
    found = read_motion(write("a.trc", trc(as_markers(FRAMES), rate="")))

    assert found.rate_hz == pytest.approx(100)


@pytest.mark.parametrize(
    ("flag", "row", "noted"),
    [
        ("inDegrees=yes\n", "{t}\t-10\t30\t5\t8\n", False),
        ("inDegrees=no\n", "{t}\t-0.174533\t0.523599\t0.0872665\t0.139626\n", False),
        ("", "{t}\t-10\t30\t5\t8\n", True),
        ("", "{t}\t-0.174533\t0.523599\t0.0872665\t0.139626\n", True),
        ("inDegrees=no\n", "{t}\t-10\t30\t5\t8\n", True),
    ],
)
def test_opensim_motion_is_in_degrees_or_radians_whatever_its_header_left_out(
    write: Write, flag: str, row: str, noted: bool
) -> None:
    found = read_motion(write("a.mot", mot(HIPS + "".join(row.format(t=i / 10) for i in range(3)), flag)))

    assert found.given is not None
    assert found.given.hip_deg[Side.RIGHT][1] == pytest.approx([30, -5, -8], abs=0.01)
    assert found.given.pelvis_deg[1, 0] == pytest.approx(10, abs=0.01)  # There, backwards is positive.
    assert bool(found.notes) is noted


@pytest.mark.parametrize("up", ["+Y", "+Z"])
def test_which_axis_points_up_is_read_or_found(tmp_path: Path, up: str) -> None:
    import ezc3d

    made = as_markers(FRAMES)
    lab = made.points_m if up == "+Y" else made.points_m[..., [0, 2, 1]] * (1, -1, 1)
    content = ezc3d.c3d()
    content["parameters"]["POINT"]["RATE"]["value"] = [100]
    content["parameters"]["POINT"]["UNITS"]["value"] = ["mm"]
    content["parameters"]["POINT"]["LABELS"]["value"] = list(made.names)
    ones = np.ones((1, len(made.names), made.frames))
    content["data"]["points"] = np.concatenate([1000 * lab.transpose(2, 1, 0), ones])
    content.write(str(tmp_path / "a.c3d"))
    found = read_motion(tmp_path / "a.c3d")

    assert any("which axis points up" in note for note in found.notes)
    np.testing.assert_allclose(found.points_m[..., 1], made.points_m[..., 1], atol=1e-4)


def test_a_turn_that_no_hip_makes_is_not_measured_and_says_so() -> None:
    made = as_markers(FRAMES)
    points = made.points_m.copy()
    outer, inner = made.names.index("RKNE"), made.names.index("RKNEin")
    points[30:, [outer, inner]] = points[30:, [inner, outer]]
    found = analyse(replace(made, points_m=points), method=Method.KNEES)

    assert found.angles is not None
    assert np.isfinite(found.angles.hip_deg[Side.RIGHT][:30]).all()
    assert np.isnan(found.angles.hip_deg[Side.RIGHT][30:]).all()
    assert any("not measured in 30 frames" in note for note in found.notes)


BVH = """HIERARCHY
ROOT Hips
{
 OFFSET 0 0 0
 CHANNELS 6 Xposition Yposition Zposition Zrotation Xrotation Yrotation
 JOINT LeftUpLeg
 {
  OFFSET 10 -5 0
  CHANNELS 3 Zrotation Xrotation Yrotation
  JOINT LeftLeg
  {
   OFFSET 0 -42 0
   CHANNELS 3 Zrotation Xrotation Yrotation
   End Site
   {
    OFFSET 0 -40 0
   }
  }
 }
 JOINT RightUpLeg
 {
  OFFSET -10 -5 0
  CHANNELS 3 Zrotation Xrotation Yrotation
  JOINT RightLeg
  {
   OFFSET 0 -42 0
   CHANNELS 3 Zrotation Xrotation Yrotation
   End Site
   {
    OFFSET 0 -40 0
   }
  }
 }
}
MOTION
Frames: 2
Frame Time: 0.01
0 90 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0
0 90 0 0 0 0 0 -30 0 0 0 0 10 0 0 0 0 0
"""


def test_a_skeleton_turns_in_its_own_order_and_faces_where_its_legs_say(write: Write) -> None:
    found = analyse(read_motion(write("a.bvh", BVH)))

    assert found.method is Method.TURNS
    assert found.angles is not None
    # It faces +z with x to its left: a left thigh turned by -30 about x goes forward.
    assert found.angles.hip_deg[Side.LEFT][1] == pytest.approx([30, 0, 0], abs=1e-6)
    assert found.angles.hip_deg[Side.RIGHT][0] == pytest.approx([0, 0, 0], abs=1e-6)
    assert abs(found.angles.hip_deg[Side.RIGHT][1][1]) == pytest.approx(10, abs=1e-6)


def landmarks(frames: int, **changed: object) -> str:
    points = [[0.0, 0.0, 0.0]] * len(LANDMARKS)
    return "\n".join(
        json.dumps({"t": i / 30, "image": points, "world": points, "visibility": [1] * 33, **changed})
        for i in range(frames)
    )


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.jsonl", landmarks(1), "fewer than two"),
        ("a.jsonl", landmarks(3, t=1), "do not go on"),
        ("a.jsonl", landmarks(3, world=[[1, 2, 3]]), "does not hold 33 points"),
        ("a.jsonl", landmarks(3, world="nonsense"), "is no frame"),
        ("a.bvh", "HIERARCHY\nROOT Hips {", "no MOTION"),
        ("a.bvh", BVH.replace("0.01", "0"), "how long a frame is"),
        ("a.bvh", BVH.replace("CHANNELS 6", "CHANNELS six"), "damaged"),
        ("a.bvh", BVH.replace("JOINT LeftLeg", "CHANNELS 1 Xrotation JOINT LeftLeg"), "damaged"),
        ("a.bvh", BVH.replace("Zrotation Xrotation Yrotation", "Qrotation Xrotation Yrotation"), "damaged"),
        ("a.trc", "PathFileType\t4\n", "ends within its header"),
        ("a.trc", "\n".join(trc(as_markers(FRAMES)).split("\n")[:6]) + "\n", "there is no frame in it"),
        ("a.bvh", f"{BVH.partition('Frames:')[0]}Frames: 0\nFrame Time: 0.01\n", "there is no frame in it"),
        ("a.mot", mot(HIPS), "when its frames were"),
        ("a.mot", "x\nnRows=3\nendheader", "ends within its header"),
        ("a.mot", mot("time\tknee\n0\t1\n0.1\t2\n"), "no hip angles"),
        ("a.mot", mot(HIPS + "0\t1\t2\t3\t4\n"), "when its frames were"),
        ("a.txt", "Time\tAX\tAY\tBZ\n0\t1\t2\t3\n", "X, Y and Z"),
        ("a.txt", "Time\tAX\tAY\tAZ\n0\t1\t2\t3\n0\t1\t2\t3\n", "times do not go on"),
        ("a.c3d", "\x02P", "ends within its header"),
        ("a.c3d", "", "none of the recordings we read"),
        ("a.pdf", "%PDF-1.7", "none of the recordings we read"),
    ],
)
def test_a_broken_recording_is_one_sentence_with_its_name(
    write: Write, name: str, text: str, said: str
) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_motion(write(name, text))

    assert str(refused.value).startswith(f"{name}: ")
    assert said in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_c3d_file_that_ends_early_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    whole = write_c3d(tmp_path / "a.c3d", as_axis_points(FRAMES)).read_bytes()
    (tmp_path / "a.c3d").write_bytes(whole[: len(whole) - 16 * 12 * 30])
    found = read_motion(tmp_path / "a.c3d")

    assert 20 <= found.frames < 60
    assert any("ends early" in note for note in found.notes)


def test_an_endless_or_special_file_is_refused_before_it_is_read() -> None:
    with pytest.raises(UnreadableFile, match="this is no file"):
        read_motion(Path("/dev/zero"))


QUALISYS = {"ASI": "_IAS", "PSI": "_IPS", "KNE": "_FLE", "KNEin": "_FME"}
OPTITRACK = {"ASI": "IAS", "PSI": "IPS", "KNE": "FLE", "KNEin": "FME"}
CORTEX = {"ASI": ".ASIS", "PSI": ".PSIS", "KNE": ".Knee", "KNEin": ".Knee.Medial"}
OPENSIM = {"ASI": ".ASIS", "PSI": ".PSIS", "KNE": ".Knee.Lat", "KNEin": ".Knee.Med"}


def as_named(made: Recording, family: dict[str, str], prefix: str = "") -> Recording:
    names = [f"{prefix}{name[0]}{family.get(name[1:], '_' + name[1:])}" for name in made.names]
    return replace(made, names=tuple(names))


FAMILIES = {"qtm": QUALISYS, "motive": OPTITRACK, "cortex": CORTEX, "opensim": OPENSIM}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("prefix", ["", "Subject:", "Subject_01_", "Runner 1 "])
def test_every_family_of_names_is_known_with_and_without_a_subject(
    tmp_path: Path, write: Write, family: str, prefix: str
) -> None:
    made = as_named(as_markers(FRAMES), FAMILIES[family], prefix)
    for file in (write_c3d(tmp_path / "a.c3d", made), write("a.trc", trc(made))):
        angles = analyse(read_motion(file), method=Method.KNEES).angles

        assert angles is not None
        for side in Side:
            np.testing.assert_allclose(angles.hip_deg[side], hips_deg(FRAMES, side), atol=0.01)


ONE_LEG = ("R_ASIS", "R_PSIS", "R_Knee", "R_Ankle")
UNKNOWN = ("Arm_Top", "Arm_Front", "Arm_Rear", "Arm_Wrist")


@pytest.mark.parametrize("subject", ["", "Anna_", "Anna 01 "])
@pytest.mark.parametrize("names", [ONE_LEG, tuple(name.replace("_", ".") for name in ONE_LEG)], ids=str)
def test_a_side_that_all_names_begin_with_is_no_subject(
    write: Write, names: tuple[str, ...], subject: str
) -> None:
    points = as_markers(FRAMES).points_m[:, : len(names)]
    made = Recording(100.0, tuple(subject + name for name in names), points)

    assert read_motion(write("a.trc", trc(made))).names == names


def test_names_that_no_laboratory_has_keep_what_they_begin_with(write: Write) -> None:
    made = Recording(100.0, UNKNOWN, as_markers(FRAMES).points_m[:, : len(UNKNOWN)])

    assert read_motion(write("a.trc", trc(made))).names == UNKNOWN


def test_names_that_are_alike_but_for_signs_are_used_neither_way() -> None:
    made = as_markers(FRAMES)
    names = ["R_KNE" if name == "LKNE" else name for name in made.names]

    assert analyse(replace(made, names=tuple(names)), method=Method.KNEES).angles is None


@pytest.mark.parametrize("parameter", ["RATE", "UNITS", "X_SCREEN", "Y_SCREEN", "SCALE", "LABELS"])
def test_a_file_without_a_parameter_is_read_by_what_else_it_says_or_refused(
    tmp_path: Path, parameter: str
) -> None:
    file = write_c3d(tmp_path / "a.c3d", as_markers(FRAMES))
    name = parameter.encode()
    file.write_bytes(file.read_bytes().replace(name, name[:-1] + b"Q"))
    found = read_motion(file)

    assert found.rate_hz == pytest.approx(100)
    angles = analyse(found, method=Method.KNEES).angles
    if parameter == "LABELS":
        assert angles is None
    else:
        assert angles is not None
        np.testing.assert_allclose(angles.hip_deg[Side.LEFT], hips_deg(FRAMES, Side.LEFT), atol=0.01)


TURNS = {
    "Y": lambda p: p,
    "Z": lambda p: p[..., [0, 2, 1]] * (1, -1, 1),
    "X": lambda p: p[..., [1, 0, 2]] * (1, -1, 1),
    "-Z": lambda p: p[..., [0, 2, 1]] * (1, 1, -1),
}
"""How a room stands whose axis of that name points up; all right-handed."""


@pytest.mark.parametrize("up", TURNS)
def test_a_table_of_markers_is_turned_as_the_person_in_it_stands(write: Write, up: str) -> None:
    made = as_markers(FRAMES)
    # Somebody who has walked five metres along the room's first axis is still not five metres high.
    walked = made.points_m + np.linspace(0.5, 5.5, made.frames)[:, None, None] * (1, 0, 0)
    lab = replace(made, points_m=TURNS[up](walked))
    found = read_motion(write("a.trc", trc(lab)))

    np.testing.assert_allclose(found.points_m[..., 1], walked[..., 1], atol=1e-5)
    assert bool(found.notes) is (up != "Y")


@pytest.mark.parametrize("unit", ["Millimeters", "metres", "cm"])
def test_a_unit_may_be_written_out(write: Write, unit: str) -> None:
    made = as_markers(FRAMES)
    per_metre = {"Millimeters": 1000.0, "metres": 1.0, "cm": 100.0}[unit]
    text = trc(replace(made, points_m=made.points_m * per_metre / 1000), "mm").replace(
        "\tmm\n", f"\t{unit}\n"
    )
    found = read_motion(write("a.trc", text))

    np.testing.assert_allclose(found.points_m, made.points_m, atol=1e-4)
    assert not found.notes
