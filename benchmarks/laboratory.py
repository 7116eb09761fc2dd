"""Recordings of a laboratory: reading and angles beside other programs, a cold command, a folder."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

from asked import Asked, told
from triplane.bootstrap.laboratory import Wishes, measure_one
from triplane.formats.motion import read_motion
from triplane.movement import analyse

ROUNDS = 7
SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))
RECORDINGS = SHARED / "data"
LARGEST = "others_FunctionalLHip.c3d"
LARGEST_WITH_HIPS = "right_hip.c3d"
WITH_ANGLES = "Static_trial.c3d"
KINDS = ("csv", "cycles", "mot", "parquet")
FOLDER_S = 30.0
"""Seconds of work that the folder is worth at least."""

MOST_OF_BARE, LEAST_OF_OTHER, MOST_COLD_S, LEAST_OF_TWO = 1.3, 4.0, 2.5, 1.8
"""What is asked: of ezc3d's bare read, of kineticstoolkit, of the cold command, and of two jobs."""


def sides_by_side(jobs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Return the best processor seconds of each job, by turns: what else the machine does counts for none."""
    seconds: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(ROUNDS):
        for name, job in jobs.items():
            began = time.process_time()
            job()
            seconds[name].append(time.process_time() - began)
    return {name: min(each) for name, each in seconds.items()}


def with_kineticstoolkit(file: Path) -> None:
    """Read a file and take both hips' angles from its axis points, as its users do."""
    import kineticstoolkit.lab as ktk
    import numpy as np

    points = ktk.read_c3d(str(file), convert_point_unit=True)["Points"].data
    points = {name.rpartition(":")[2]: value for name, value in points.items()}
    if "PELO" not in points:
        return

    def frames(name: str) -> np.ndarray:
        origin = points[f"{name}O"]
        return ktk.geometry.create_transform_series(
            positions=origin, x=points[f"{name}A"] - origin, xy=points[f"{name}L"] - origin
        )

    for thigh in ("LFE", "RFE"):
        local = ktk.geometry.get_local_coordinates(frames(thigh), frames("PEL"))
        ktk.geometry.get_angles(local, "YXZ", degrees=True)


def reading(file: Path) -> list[Asked]:
    """Print how long reading and measuring one file takes, ours and others'; return what is asked of it."""
    import ezc3d

    jobs: dict[str, Callable[[], object]] = {
        "ezc3d, bare read": lambda: ezc3d.c3d(str(file)),
        "triplane, read and angles": lambda: analyse(read_motion(file)),
    }
    if find_spec("kineticstoolkit") is not None:
        jobs["kineticstoolkit, read and angles"] = lambda: with_kineticstoolkit(file)
    took = sides_by_side(jobs)
    bare, ours = took["ezc3d, bare read"], took["triplane, read and angles"]
    print(f"{file.name}, {file.stat().st_size / 1e6:.1f} MB")
    for name, seconds in took.items():
        print(f"  {name:<36}{1000 * seconds:9.1f} ms")
    asked = [Asked(f"{file.name}: ours / bare read", ours / bare, MOST_OF_BARE)]
    other = took.get("kineticstoolkit, read and angles")
    if other is not None:
        asked.append(
            Asked(f"{file.name}: kineticstoolkit / ours", other / ours, LEAST_OF_OTHER, is_least=True)
        )
    return asked


def command(*words: str) -> float:
    """Return the seconds of a command from its call to its end."""
    began = time.perf_counter()
    call = [sys.executable, "-m", "triplane.cli", "angles", *words]
    subprocess.run(call, check=True, capture_output=True)
    return time.perf_counter() - began


def folder(source: Path) -> Asked:
    """Print how much quicker two processes are than one, on copies of one file; return what is asked."""
    with tempfile.TemporaryDirectory() as made:
        place = Path(made) / "recordings"
        place.mkdir()
        wishes = Wishes(output=Path(made) / "tried", kinds=KINDS)
        each = min(sides_by_side({"one": lambda: measure_one(source, wishes)}).values())
        count = int(1.1 * FOLDER_S / each)
        for number in range(count):
            shutil.copy(source, place / f"{number:04}.c3d")
        words = (str(place), "--format", ",".join(KINDS))
        one = command(*words, "--output", f"{made}/one")
        two = command(*words, "--output", f"{made}/two", "--jobs", "2")
    load = os.getloadavg()[0]
    print(f"folder of {count} files: one job {one:.1f} s, two jobs {two:.1f} s, {one / two:.2f} x")
    print(f"the machine: {os.cpu_count()} cores, {load:.1f} programs wanted them on average")
    return Asked("a folder, one job / two jobs", one / two, LEAST_OF_TWO, is_least=True)


def main() -> int:
    """Print all of it and what is asked, or say what is not here; return 1 where it is not kept."""
    if not RECORDINGS.is_dir():
        print("real recordings are not here (set TRIPLANE_SHARED)")
        return 0
    files = [next(RECORDINGS.glob(f"*/{name}")) for name in (LARGEST, LARGEST_WITH_HIPS, WITH_ANGLES)]
    # The smaller file is for comparison: there the angles weigh more beside the reading.
    asked = [one for file in files for one in reading(file) if file.name != WITH_ANGLES]
    cold = min(command(str(files[-1])) for _ in range(3))
    asked.append(Asked("the command, cold", cold, MOST_COLD_S, "s"))
    asked.append(folder(files[-1]))
    return told(asked)


if __name__ == "__main__":
    sys.exit(main())
