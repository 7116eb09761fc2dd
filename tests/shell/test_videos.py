"""Videos on the command line: a set that is watched, a test that is read, and what is no video."""

import json
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

pytest.importorskip("av", reason="the packages of the extra `video` are not here")
pytest.importorskip("ai_edge_litert", reason="the packages of the extra `video` are not here")

from PIL import Image

import videos
from acting import Take, acted
from held_still import recorded
from triplane.assessment import battery
from triplane.body import Side
from triplane.bootstrap import extras
from triplane.bootstrap.videos import _lines
from triplane.catalogue import load_one
from triplane.cli.app import main
from triplane.coach.watched_set import NAMES
from triplane.formats.video import MODELS, WatchedFrame, annotated
from triplane.movement import PACES, READINGS, LandmarkFrame

SAMPLE = Path(__file__).parents[2] / "src/triplane/formats/samples/marathoner.toml"
Run = Callable[..., tuple[int, str, str]]
Shows = Callable[[Sequence[LandmarkFrame]], Path]


@pytest.fixture(scope="module")
def journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("told") / "test.journal"
    assert main([*common(place), "start", "--from", str(SAMPLE)]) == 0
    return place


def common(journal: Path) -> list[str]:
    return ["--journal", str(journal), "--zone", "Europe/Berlin", "--now", "2026-11-23T05:30"]


@pytest.fixture
def run(journal: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    own = tmp_path / "own.journal"
    own.write_bytes(journal.read_bytes())

    def run_command(*words: object) -> tuple[int, str, str]:
        capsys.readouterr()
        code = main([*common(own), *map(str, words)])
        said = capsys.readouterr()
        return code, *(text if "--json" in words else " ".join(text.split()) for text in (said.out, said.err))

    return run_command


@pytest.fixture
def shows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Shows:
    """Let every video show these landmarks; what else is done with it is as ever."""

    def show(frames: Sequence[LandmarkFrame]) -> Path:
        @contextmanager
        def watch(file: Path, model: object) -> Iterator[Any]:
            picture = Image.new("RGB", (160, 90), "grey")
            watched = (WatchedFrame(picture, frame, 1) for frame in frames)
            yield SimpleNamespace(
                frames=watched, length_s=frames[-1].at_s, notes=["the file breaks off at 9.0 s"]
            )

        monkeypatch.setattr("triplane.formats.video.watch", watch)
        return tmp_path / "made.mp4"

    return show


def test_a_set_is_counted_and_its_fault_is_said_with_its_time(run: Run, shows: Shows, tmp_path: Path) -> None:
    drill = load_one("str_step_down")
    number, fault = next((number, one) for number, one in enumerate(drill.fault) if one.seen)
    video = shows(acted(drill.id, Take(repetitions=4), fault.seen, 1.5))
    page, drawn, lines = (tmp_path / name for name in ("set.html", "set.mp4", "set.jsonl"))

    code, said, _ = run(
        "form", video, "--drill", drill.id, "--report", page, "--annotated", drawn, "--landmarks", lines
    )

    assert code == 0
    assert "4 repetitions" in said
    assert " ".join(fault.happens.split()) in " ".join(said.split())
    assert "The file breaks off at 9.0 s." in said
    html = page.read_text(encoding="utf-8")
    assert fault.say in html and "<svg" in html and "http" not in html
    assert "height of the hips" in html and "± 0.04" in html, "what was read stands there with its error"
    assert drawn.stat().st_size > 1000
    assert len(lines.read_text(encoding="utf-8").splitlines()) > 100
    assert not list(tmp_path.glob("*.part"))

    told = json.loads(run("form", video, "--drill", drill.id, "--json")[1])
    assert len(told["set"]["repetitions"]) == 4
    assert number in {one["fault"] for one in told["set"]["faults"]}
    assert told["set"]["clean"] < 4


def test_a_fault_of_pace_stands_beside_its_repetitions_in_the_drills_own_words(
    run: Run, shows: Shows, tmp_path: Path
) -> None:
    drill = load_one("str_band_er")
    fault = next(one for one in drill.fault if one.seen and one.seen.signal in PACES)
    page = tmp_path / "set.html"

    run(
        "form", shows(acted(drill.id, Take(repetitions=3), fault.seen)), "--drill", drill.id, "--report", page
    )

    assert page.read_text(encoding="utf-8").count(f"<td>{fault.happens.rstrip('.')}</td>") == 3


def test_every_signal_that_is_read_has_a_name() -> None:
    assert set(NAMES) == set(READINGS)


def test_the_other_side_is_another_set(run: Run, shows: Shows) -> None:
    video = shows(acted("str_step_down", Take(side=Side.LEFT, repetitions=3)))

    assert "3 repetitions in" in run("form", video, "--drill", "str_step_down", "--side", "left")[1]


def test_a_test_is_read_off_a_video_and_recorded_as_by_camera(run: Run, shows: Shows) -> None:
    test = battery()["internal_rotation_seated"]
    video = shows(recorded(test, Take(side=Side.LEFT)))

    code, said, _ = run("measure", test.id, "--video", video, "--side", "left")

    assert code == 0
    assert said.count("34 degrees, held") == 3
    assert "good to about 3.6 degrees; less than 10 is no change" in said
    assert "No camera sees: A seat that lifts" in said
    assert "Read by camera front." in run("facts", "--json")[1]


def test_two_ends_are_not_enough_and_nothing_is_recorded(run: Run, shows: Shows) -> None:
    video = shows(recorded(battery()["internal_rotation_seated"], Take(), times=2))

    code, _, error = run("measure", "internal_rotation_seated", "--video", video, "--side", "right")

    assert code != 0 and "Two ends were held still; three are needed." in error
    assert "camera front" not in run("facts", "--json")[1]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["adduction_ober", "--side", "left"], "take it by phone_self or phone_helper"),
        (["internal_rotation_seated"], "name the test and one side"),
        (["internal_rotation_seated", "--side", "left", "--left", "3"], "name the test and one side"),
        (["--side", "left"], "name the test and one side"),
    ],
)
def test_what_no_video_measures_is_said_before_it_is_watched(
    run: Run, words: list[str], sentence: str
) -> None:
    code, _, error = run("measure", *words, "--video", "gone.mp4")

    assert code != 0 and sentence in error


def test_what_is_no_video_is_one_sentence(run: Run, tmp_path: Path) -> None:
    noise = tmp_path / "noise.mp4"
    noise.write_bytes(bytes(range(256)) * 40)
    for file, sentence in (
        (noise, "it is no video that we can read"),
        (tmp_path / "gone.mp4", "no such file"),
    ):
        code, _, error = run("form", file, "--drill", "str_step_down")
        assert code == 3 and f"{file.name}: {sentence}" in error.replace("there is ", "")


def test_a_video_that_ends_its_reader_is_one_sentence(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("triplane.formats.video.watch", lambda file, model: os._exit(1))

    code, _, error = run("form", tmp_path / "bad.mp4", "--drill", "str_step_down")

    assert code == 3 and "bad.mp4: reading it ended the reader" in error


def test_what_cannot_be_written_is_said(run: Run, shows: Shows, tmp_path: Path) -> None:
    video = shows(acted("str_step_down", Take(repetitions=1)))
    for option in ("--report", "--annotated", "--landmarks"):
        code, _, error = run("form", video, "--drill", "str_step_down", option, tmp_path / "no" / "file")
        assert code != 0 and "cannot be written" in error


def test_without_the_packages_one_sentence_says_how_to_add_them(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(extras, "find_spec", lambda name: None)

    code, _, error = run("form", "set.mp4", "--drill", "str_step_down")

    assert code != 0
    assert "videos need more packages (av, ai_edge_litert, PIL)" in error and "video.txt" in error


@pytest.mark.skipif(not MODELS.is_dir(), reason="the pose models were not built here")
def test_a_walker_from_the_side_is_told_to_turn_and_nothing_is_measured(
    run: Run, shared: Path, tmp_path: Path
) -> None:
    walk = videos.write(tmp_path / "walk.mp4", videos.walker(shared / videos.DEMO, 2.2, 2.9))

    code, said, _ = run("form", walk, "--drill", "str_step_down", "--model", "lite")

    assert code == 0
    assert "0 repetitions" in said and "Nothing was measured." in said
    assert "Turn to face the camera." in said
    told = json.loads(run("form", walk, "--drill", "str_step_down", "--model", "lite", "--json")[1])
    assert told["set"]["read"] and all(one["low"] is None for one in told["set"]["read"])
    assert {one["why_not"] for one in told["set"]["read"]} == {
        "the camera saw it from another side than it is measured from"
    }


@pytest.mark.parametrize("write", [annotated, _lines], ids=["video", "lines"])
def test_what_else_fails_while_a_file_is_written_is_not_blamed_on_it(write: Any, tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="the pose model"), write(tmp_path / "set.out"):
        raise FileNotFoundError("the pose model is gone")

    assert [*tmp_path.iterdir()] == []
