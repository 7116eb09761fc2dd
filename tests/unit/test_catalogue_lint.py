"""Each lint rule catches its bad example, and all problems of a folder are told at once."""

import re
import shutil
from pathlib import Path

import pytest

import triplane.catalogue
from triplane.catalogue import Drill
from triplane.catalogue.linting import lint
from triplane.datafile import read_folder
from triplane.errors import DataFileError
from triplane.evidence import sources

DRILLS = Path(triplane.catalogue.__file__).parent / "drills"

BAD = {
    "schema first": ("int_airplane", 'schema = "drill/1"\n', "", "does not name the schema"),
    "stem is id": (
        "int_airplane",
        "stage = 5",
        'stage = 5\nid = "hip_airplane"',
        "differs from the file name",
    ),
    "names unique": ("int_airplane", 'name = "Hip airplane"', 'name = "Split squat"', "is already used by"),
    "source exists": (
        "int_airplane",
        'key = "triplane_calc"',
        'key = "nobody_1999"',
        "is not in the bibliography",
    ),
    "no sides": ("int_airplane", "Slow is harder.", "Turn to the left.", "names a side"),
    "no dose in words": ("int_airplane", "Slow is harder.", "Hold it for 20 s.", "hides a dose"),
    "no dose in number words": ("int_airplane", "Slow is harder.", "Hold for ten seconds.", "hides a dose"),
    "no promise": ("int_airplane", "Slow is harder.", "This prevents injuries.", "promises too much"),
    "calm": ("int_airplane", "Slow is harder.", "Slow is harder!", "shouts"),
    "no side in a restriction": ("int_airplane", "hinge less", "hinge to the left", "names a side"),
    "form missing": (
        "str_step_down",
        '[form]\ncamera = "front"\ncount = { signal = "hip_height" }\n',
        "",
        "is missing",
    ),
    "fault left to luck": (
        "str_step_down",
        'ask = "Did you push off with the free foot?"\n',
        "",
        "is neither seen nor asked",
    ),
    "no question": (
        "str_step_down",
        "Did you push off with the free foot?",
        "You pushed off with the free foot.",
        "is no question",
    ),
    "seen by nobody": (
        "str_step_down",
        'camera = "front"\ncount = { signal = "hip_height" }',
        'unseen = "the room is dark."',
        "is seen by no camera",
    ),
    "wrong view": ("str_step_down", 'camera = "front"', 'camera = "working_side"', "is not seen from"),
    "hold of no pose": ("str_side_plank", 'pose = "up"', 'pose = "down_under"', "is no key pose"),
    "no such joint": ("str_step_down", "pelvis_roll = -18", "pelvis_rock = -18", "is no joint of the figure"),
    "pace without pace": ("lm_anterior", "{ pace = 4 }", "{ trunk_side = 4 }", "do not fit"),
    "humane": ("int_airplane", "rest_s = [60, 60]", "rest_s = [60, 600]", "leaves 0 to 120"),
    "whole numbers": ("int_airplane", "reps = [3, 5]", "reps = [3.5, 5]", "cannot be counted"),
    "repetition": ("int_airplane", "tempo_s = [3, 1, 3, 1]", "tempo_s = [0.1, 0, 0.1, 0]", "no length"),
    "link exists": (
        "int_airplane",
        'drill = "mob_st3d_transverse"',
        'drill = "mob_nothing"',
        "is not a drill",
    ),
    "link to itself": (
        "int_airplane",
        'drill = "mob_st3d_transverse"',
        'drill = "int_airplane"',
        "points at itself",
    ),
    "loop": ("lm_anterior", 'drill = "lm_posterior"', 'drill = "lm_anterior_overhead"', "leads back"),
    "rises": ("lm_posterior", 'drill = "int_split_squat"', 'drill = "lm_lateral"', "comes later"),
    "exposure twice": (
        "int_airplane",
        'direction = "external_rotation"',
        'direction = "internal_rotation"',
        "counted twice",
    ),
    "verdict twice": ("int_airplane", 'tag = "thr"', 'tag = "fai"', "has two verdicts"),
    "bsi": ("int_airplane", 'tag = "bsi"', 'tag = "acute"', "is not excluded"),
    "comfort": ("int_airplane", 'needs_one_of = ["wall", "chair"]', 'needs = ["pad"]', "is comfort"),
    "band": ("int_airplane", "fatigue = 2", "fatigue = 2\nbanded = true", "no band in needs"),
    "hold": ("int_airplane", "fatigue = 2", "fatigue = 2\nheld = true", "holds nothing"),
    "desk": ("int_inline_halfkneel", '"pre_run", ', '"desk_break", ', "does not fit half_kneeling"),
    "cell": ("lm_lateral", 'lunge_reach = "none"\n', "", "does not make a cell"),
    "cell twice": (
        "lm_lateral",
        'lunge_reach = "none"',
        'lunge_reach = "opposite_hand_to_front_foot"',
        "is the cell of",
    ),
    "contact twice": (
        "int_airplane",
        '["heel_right", "ball_of_foot_right"]',
        '["heel_right", "heel_right"]',
        "named twice",
    ),
    "contact side": (
        "int_airplane",
        '["heel_right", "ball_of_foot_right"]',
        '["heel", "ball_of_foot_right"]',
        "wrong side",
    ),
    "joint limit": (
        "int_airplane",
        "hip_right_deg = [53, 10, 14]",
        "hip_right_deg = [53, 10, 114]",
        "joint's limit",
    ),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "drills"
    shutil.copytree(DRILLS, place)
    return place


def break_file(folder: Path, stem: str, good: str, bad: str) -> None:
    path = folder / f"{stem}.toml"
    text = path.read_text(encoding="utf-8")
    assert good in text, "the example no longer fits the file"
    path.write_text(text.replace(good, bad, 1), encoding="utf-8")


@pytest.mark.parametrize("example", BAD)
def test_a_bad_example_is_caught(folder: Path, example: str) -> None:
    stem, good, bad, problem = BAD[example]
    break_file(folder, stem, good, bad)
    found = [str(each) for each in lint(sources(), folder)]
    assert any(problem in each for each in found), found


def test_a_tiring_drill_is_not_offered_before_a_run(folder: Path) -> None:
    break_file(folder, "lm_lateral", "fatigue = 2", "fatigue = 3")
    assert [each.value for each in lint(sources(), folder)] == ["pre_run"]


def test_a_direction_that_loses_its_only_drill_is_missed(folder: Path) -> None:
    (folder / "str_copenhagen.toml").unlink()
    found = [str(each) for each in lint(sources(), folder)]
    assert any(
        each.startswith("catalogue: adduction at stage 4: 0: has fewer drills than 1") for each in found
    )


def test_every_problem_of_every_file_is_told_at_once_with_file_place_and_value(folder: Path) -> None:
    break_file(folder, "lm_lateral", 'position = "standing"', 'position = "hovering"')
    break_file(folder, "lm_lateral", "fatigue = 2", "fatigue = 9")
    break_file(folder, "int_airplane", "[dose]", "[dose")
    with pytest.raises(DataFileError) as error:
        read_folder(folder, Drill)
    told = str(error.value).splitlines()
    assert len(told) == 3
    assert told[0].startswith("int_airplane.toml: file: -: is not TOML")
    assert re.match(r"lm_lateral\.toml: position: 'hovering': ", told[1])
    assert re.match(r"lm_lateral\.toml: fatigue: 9: ", told[2])
