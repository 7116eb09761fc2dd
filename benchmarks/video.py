"""Videos: frames a second from file to landmarks at 640 by 360, and the memory it takes at any length."""

import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from itertools import chain
from pathlib import Path

from asked import Asked, told

SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))
DEMO = SHARED / "data" / "sports2d_demo" / "demo.mp4"
WALK_S = (2.2, 5.6)
LONGER = 6
"""How many times as long the second video is."""

WATCHES = """
import resource, sys, time
from pathlib import Path
from triplane.formats.video import Model, watch
begins, spent, frames = time.perf_counter(), time.process_time(), 0
with watch(Path(sys.argv[1]), Model(sys.argv[2])) as watching:
    for watched in watching.frames:
        frames += watched.landmarks.shows_somebody
        if frames == 1:
            begins, spent = time.perf_counter(), time.process_time()
whole = time.perf_counter() - begins
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print((frames - 1) / whole, (time.process_time() - spent) / (frames - 1) * 1e3, megabytes)
"""


LEAST_RATE, MOST_MB = 30.0, 300.0
"""What is asked of the full model at 640 by 360 on two cores."""


def main() -> int:
    """Print the table and what is asked; return 1 where it is not kept."""
    if not DEMO.is_file() or find_spec("av") is None or find_spec("ai_edge_litert") is None:
        print("the real video or the packages of the extra `video` are not here")
        return 0
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    import videos

    with tempfile.TemporaryDirectory() as folder:
        pictures = list(videos.walker(DEMO, *WALK_S))
        step = pictures[-1][0] + 1 / 30
        longer = ((at + turn * step, picture) for turn in range(LONGER) for at, picture in pictures)
        once = videos.write(Path(folder) / "walk.mp4", iter(pictures))
        often = videos.write(Path(folder) / "long.mp4", chain(longer))
        print(f"{'':28}{'frames/s':>10}{'ms of CPU':>12}{'memory, MB':>12}")
        found = {}
        for name, file, model in (
            ("full", once, "full"),
            ("lite", once, "lite"),
            (f"full, {LONGER} times as long", often, "full"),
        ):
            speed, spent, memory = found[name] = watched(file, model)
            print(f"{name:28}{speed:10.1f}{spent:12.1f}{memory:12.0f}")
    # What else the machine does takes from the first figure, not from the second.
    cores = min(2, os.cpu_count() or 1)
    return told(
        [
            Asked("frames a second, full model", found["full"][0], LEAST_RATE, is_least=True),
            Asked("processor time a frame, full model", found["full"][1], 1000 * cores / LEAST_RATE, "ms"),
            Asked("memory, the longest of them", max(one[2] for one in found.values()), MOST_MB, "MB"),
        ]
    )


def watched(file: Path, model: str) -> tuple[float, ...]:
    """Watch a video in a process of its own; return frames a second, CPU milliseconds a frame, megabytes."""
    asked = [sys.executable, "-c", WATCHES, str(file), model]
    told = subprocess.run(asked, capture_output=True, text=True, check=True)
    return tuple(float(number) for number in told.stdout.split())


if __name__ == "__main__":
    sys.exit(main())
