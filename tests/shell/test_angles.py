"""``triplane angles``: one recording or a folder, and nothing that one bad file could do to the others."""

import json
import os
import shlex
import signal
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("ezc3d", reason="the laboratory's packages are not here (make test brings them)")

from moving_people import as_axis_points, as_markers, stepping, told, write_c3d
from triplane.body import Side
from triplane.bootstrap import laboratory
from triplane.bootstrap.extras import adding
from triplane.bootstrap.laboratory import KINDS, Wishes, measure_all, recordings_in
from triplane.cli.app import main
from triplane.formats.motion import read_motion

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def run_command(*words: object) -> tuple[int, str, str]:
        code = main(["angles", *map(str, words)])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run_command


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three recordings, one of them in a folder below under a name that is there twice."""
    place = tmp_path / "recordings"
    (place / "below").mkdir(parents=True)
    frames = told(stepping(250))
    write_c3d(place / "axes.c3d", as_axis_points(frames))
    write_c3d(place / "markers.c3d", as_markers(frames))
    write_c3d(place / "below" / "axes.c3d", as_axis_points(told(stepping(120))))
    return place


def test_one_recording_is_shown_and_its_numbers_are_those_that_were_made(run: Run, folder: Path) -> None:
    code, said, errors = run(folder / "axes.c3d")
    assert (code, errors) == (0, "")
    assert "250 frames" in said
    assert "left flexion +" in said

    code, said, _ = run(folder / "axes.c3d", "--json")
    found = json.loads(said)
    assert code == 0
    assert found["method"] == "axes"
    flexion = [row[0] for row in found["left_hip_deg"]]
    assert flexion == pytest.approx([each["hip_flexion_left"] for each in stepping(250)], abs=0.01)


def test_a_recording_is_written_as_every_kind(run: Run, folder: Path, tmp_path: Path) -> None:
    code, said, _ = run(folder / "axes.c3d", "--output", tmp_path / "out", "--format", ",".join(KINDS))
    written = sorted((tmp_path / "out").iterdir())

    assert code == 0
    assert len(written) == len(KINDS)
    assert all(str(path) in " ".join(said.split()) or path.name in said for path in written)
    again = read_motion(tmp_path / "out" / "axes.c3d.angles.mot")
    flexion = [each["hip_flexion_left"] for each in stepping(250)]
    assert again.given is not None
    assert again.given.hip_deg[Side.LEFT][:, 0] == pytest.approx(flexion, abs=0.01)
    page = (tmp_path / "out" / "axes.c3d.angles.html").read_text(encoding="utf-8")
    assert "http" not in page.replace("http://www.w3.org", "")
    assert 'name="viewport"' in page


def test_a_folder_is_written_as_it_lies_and_a_bad_file_is_named(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    whole = (folder / "axes.c3d").read_bytes()
    (folder / "bad.c3d").write_bytes(whole[:700])
    code, said, errors = run(folder, "--output", tmp_path / "out", "--jobs", "2")

    assert code == 7
    assert "3 measured" in said
    assert "bad.c3d" in errors
    assert "Traceback" not in errors
    found = sorted(str(path.relative_to(tmp_path / "out")) for path in (tmp_path / "out").rglob("*.csv"))
    assert found == ["axes.c3d.angles.csv", "below/axes.c3d.angles.csv", "markers.c3d.angles.csv"]


def test_it_goes_on_where_it_stopped_and_other_wishes_do_it_anew(
    run: Run, folder: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    assert "3 measured, 0 done before" in run(folder, "--output", out)[1]
    assert "0 measured, 3 done before" in run(folder, "--output", out)[1]
    (out / "markers.c3d.angles.csv").unlink()
    assert "1 measured, 2 done before" in run(folder, "--output", out)[1]
    assert "3 measured, 0 done before" in run(folder, "--output", out, "--cut", "6")[1]
    assert "0 measured, 3 done before" in run(folder, "--output", out, "--cut", "6")[1]


def test_other_wishes_that_were_stopped_at_once_never_leave_old_angles_as_done(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    files, out = recordings_in([folder]), tmp_path / "out"
    measure_all(files, Wishes(output=out, kinds=("csv",)))
    time.sleep(0.02)  # File systems tell instants apart by some milliseconds.

    def stopped(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as meanwhile, pytest.raises(KeyboardInterrupt):
        meanwhile.setattr(laboratory, "_in_processes", stopped)
        measure_all(files, Wishes(output=out, kinds=("csv",), cut_hz=6.0))
    again = measure_all(files, Wishes(output=out, kinds=("csv",), cut_hz=6.0))

    assert sum(one.is_done_before for one in again) == 0


def test_what_was_written_into_the_folder_itself_is_no_recording(run: Run, folder: Path) -> None:
    assert "3 measured" in run(folder, "--output", folder, "--format", "mot,csv")[1]
    assert "0 measured, 3 done before" in run(folder, "--output", folder, "--format", "mot,csv")[1]


@pytest.mark.skipif(sys.platform != "linux", reason="a forked process knows what the test changed")
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_file_that_ends_its_process_is_named_and_all_others_are_measured(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, jobs: int
) -> None:
    for number in range(5):
        write_c3d(folder / f"more{number}.c3d", as_axis_points(told(stepping(20))))
    real = read_motion

    def deadly(file: Path) -> object:
        if file.name in ("markers.c3d", "more1.c3d"):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(file)

    monkeypatch.setattr(laboratory, "read_motion", deadly)
    done = measure_all(recordings_in([folder]), Wishes(output=tmp_path / "o", kinds=("csv",)), jobs=jobs)

    assert {one.file.name for one in done if one.problem} == {"markers.c3d", "more1.c3d"}
    assert sum(one.method is not None for one in done) == 6


@pytest.mark.skipif(sys.platform != "linux", reason="a forked process knows what the test changed")
def test_a_single_file_that_ends_or_never_ends_its_process_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setattr(laboratory, "read_motion", lambda file: os.kill(os.getpid(), signal.SIGKILL))
    code, _, errors = run(folder / "axes.c3d")
    assert code == 3
    assert "axes.c3d: reading it ended the reader" in errors

    monkeypatch.setattr(laboratory, "LONGEST_S", 0.3)
    monkeypatch.setattr(laboratory, "read_motion", lambda file: time.sleep(60))
    code, _, errors = run(folder / "axes.c3d")
    assert code == 3
    assert "would not end" in errors


def test_a_dask_cluster_does_the_same_work(run: Run, folder: Path, tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed", reason="no Dask here (make test brings it)")
    (folder / "bad.c3d").write_bytes(b"\x02\x50" + b"\0" * 600)
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None
    ) as cluster:
        code, said, errors = run(folder, "--output", tmp_path / "far", "--cluster", cluster.scheduler_address)
    run(folder, "--output", tmp_path / "near")

    assert code == 7
    assert "3 measured" in said
    assert "bad.c3d" in errors
    for near in (tmp_path / "near").rglob("*.csv"):
        assert near.read_bytes() == (tmp_path / "far" / near.relative_to(tmp_path / "near")).read_bytes()


def test_a_cluster_that_does_not_answer_is_one_sentence(run: Run, folder: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="no Dask here (make test brings it)")
    code, _, errors = run(folder, "--output", tmp_path / "out", "--cluster", "nonsense://")

    assert code != 0
    assert "no Dask scheduler answers at nonsense://" in errors
    assert "Traceback" not in errors


def test_a_folder_that_cannot_be_written_is_one_sentence(run: Run, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file, no folder")
    code, _, errors = run(folder, "--output", tmp_path / "out" / "deeper")

    assert code != 0
    assert "cannot be written" in errors
    assert "Traceback" not in errors


def test_without_the_laboratorys_packages_one_sentence_says_what_to_install(
    run: Run, monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    monkeypatch.setitem(sys.modules, "ezc3d", None)
    code, _, errors = run(folder / "axes.c3d")

    assert code != 0
    said = " ".join(errors.split())
    assert "(ezc3d)" in said
    assert said.endswith(adding("lab"))


def test_the_line_that_adds_an_extra_is_this_python_and_this_checkout() -> None:
    python, *words, lock = shlex.split(adding("lab"))

    assert (python, words) == (sys.executable, ["-m", "pip", "install", "-r"])
    assert "ezc3d==" in Path(lock).read_text(encoding="utf-8")


def test_every_extra_has_its_lock_file() -> None:
    checkout = Path(shlex.split(adding("lab"))[-1]).parents[1]
    declared = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))
    for extra in declared["project"]["optional-dependencies"]:
        assert Path(shlex.split(adding(extra))[-1]).is_file(), extra


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["nowhere.c3d"], "there is no such file or folder"),
        ([".", "--format", "xls"], "--format takes"),
        (["empty", "--output", "out"], "there is no recording that we read"),
    ],
)
def test_what_is_asked_badly_is_one_sentence(
    run: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: list[str], said: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    code, _, errors = run(*words, *(["--output", "o"] if "--format" in words else []))

    assert code != 0
    assert said in errors
    assert "Traceback" not in errors


def test_what_was_not_measured_is_empty_in_the_table(run: Run, tmp_path: Path) -> None:
    made = as_axis_points(told(stepping(40)))
    made.points_m[10:30, made.names.index("LFEA")] = np.nan
    write_c3d(tmp_path / "gap.c3d", made)
    code, _, _ = run(tmp_path / "gap.c3d", "--output", tmp_path / "out")
    rows = (tmp_path / "out" / "gap.c3d.angles.csv").read_text().splitlines()

    assert code == 0
    at = rows[0].split(",").index("left_hip_flexion_deg")
    assert rows[16].split(",")[at] == ""
    assert rows[35].split(",")[at] != ""
