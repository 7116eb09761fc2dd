"""How long the project's own files and a runner's activity files take to read."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROUNDS = 5
SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))
RUN_OF_47_MINUTES = SHARED / "data/activities_fit/activity-small-fenix2-run.fit"

COLD = {
    "catalogue, all drills validated": ("catalogue", "catalogue.load()"),
    "one drill": ("catalogue", "catalogue.load_one('mob_quad_band')"),
    "battery and norms": ("assessment", "assessment.battery(); assessment.norm_tables()"),
    "safety questions and tags": ("screening", "screening.questions(); screening.tag_rules()"),
    "rule book and bibliography": ("evidence", "evidence.rules(); evidence.sources()"),
}


def cold(room: str, timed: str) -> float:
    """Return the best seconds of a statement in a fresh process, its imports not counted."""
    code = (
        f"import time; from triplane import {room}; began = time.perf_counter(); {timed}; "
        "print(time.perf_counter() - began)"
    )
    call = [sys.executable, "-c", code]
    return min(
        float(subprocess.run(call, check=True, capture_output=True, text=True).stdout) for _ in range(ROUNDS)
    )


def warm(job: Callable[[], object]) -> float:
    """Return the best seconds of a job in this process."""
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        job()
        seconds.append(time.perf_counter() - began)
    return min(seconds)


def main() -> None:
    """Print one table."""
    print(f"{'read':<36}{'best ms':>9}")
    for name, (room, timed) in COLD.items():
        print(f"{name:<36}{1000 * cold(room, timed):9.0f}")
    if RUN_OF_47_MINUTES.is_file():
        from triplane.formats import read_runs

        content = RUN_OF_47_MINUTES.read_bytes()
        print(f"{'FIT file, run of 47 minutes':<36}{1000 * warm(lambda: read_runs(content, 'run.fit')):9.0f}")
    else:
        print("FIT file: real recordings are not here (set TRIPLANE_SHARED)")


if __name__ == "__main__":
    main()
