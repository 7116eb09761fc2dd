"""Form by camera: one frame, forty runners at thirty frames a second, getting an eye ready, a recording."""

import multiprocessing
import sys
import time
from pathlib import Path

import numpy as np

from asked import Asked, told

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from acting import Take, acted
from triplane.body import Side
from triplane.catalogue import learnt, load
from triplane.formats.motion import landmark_frame, landmark_line
from triplane.movement import Watch, analyse_form

RUNNERS, FPS, SECONDS = 40, 30, 20
FRAME_MS = 0.5
"""What one frame of one runner may cost, p95."""


def seen_drills() -> list[str]:
    return [name for name, drill in load().items() if drill.form and not drill.form.unseen]


def frames_ms(drill: str) -> list[float]:
    """Return what every frame of a noisy set costs, milliseconds."""
    watch = Watch(learnt(load()[drill]), Side.LEFT)
    costs = []
    for frame in acted(drill, Take(side=Side.LEFT, jitter=0.003, lost=0.02, repetitions=2)):
        began = time.perf_counter()
        watch.see(frame)
        costs.append((time.perf_counter() - began) * 1000)
    return costs


def one_core_of_runners(drills: list[str]) -> tuple[float, float]:
    """Watch runners turn by turn, each message read from text; return CPU seconds and p95 of a frame, ms."""
    watches = [Watch(learnt(load()[drill]), Side.RIGHT) for drill in drills]
    texts = [[landmark_line(one) for one in acted(drill, Take(jitter=0.003))] for drill in drills]
    costs = []
    began = time.process_time()
    for number in range(FPS * SECONDS):
        for watch, lines in zip(watches, texts, strict=True):
            start = time.perf_counter()
            frame = landmark_frame(lines[number % len(lines)])
            watch.see(frame)
            costs.append((time.perf_counter() - start) * 1000)
    return time.process_time() - began, float(np.percentile(costs, 95))


def main() -> int:
    """Print the table and what is asked; return 1 where it is not kept."""
    drills = seen_drills()
    began = time.process_time()
    for drill in drills:
        learnt(load()[drill])
    ready = (time.process_time() - began) / len(drills) * 1000
    costs = [frames_ms(drill) for drill in drills]
    every = [cost for each in costs for cost in each]
    slowest = max(zip(drills, costs, strict=True), key=lambda pair: float(np.percentile(pair[1], 95)))
    print(f"{'what':44} {'median':>9} {'p95':>9} {'budget':>9}")
    budget = f"{FRAME_MS:.3f} ms"
    print(
        f"{'one frame, all drills':44} {np.median(every):6.3f} ms"
        f" {np.percentile(every, 95):6.3f} ms {budget:>9}"
    )
    name, own = slowest
    print(f"{'one frame, ' + name:44} {np.median(own):6.3f} ms {np.percentile(own, 95):6.3f} ms {budget:>9}")
    print(f"{'an eye ready, from a drill file':44} {ready:6.0f} ms")
    half = [drills[number % len(drills)] for number in range(RUNNERS // 2)]
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        found = pool.map(one_core_of_runners, [half, half])
    shares = [cpu_s / SECONDS for cpu_s, _ in found]
    for number, (share, (_, p95)) in enumerate(zip(shares, found, strict=True), start=1):
        what = f"{RUNNERS // 2} runners at {FPS} fps from text, core {number}"
        print(f"{what:44} {share:6.0%} of it {p95:6.3f} ms {'100%':>9}")
    frames = acted("own_hip_cars", Take(repetitions=10, jitter=0.003))
    began = time.process_time()
    analyse_form(frames, learnt(load()["own_hip_cars"]), Side.RIGHT)
    took = (time.process_time() - began) / len(frames) * 1000
    print(f"{'a recording, each of its frames':44} {took:6.3f} ms {'':9} {budget:>9}")
    return told(
        [
            Asked("one frame of one runner, p95", float(np.percentile(every, 95)), FRAME_MS, "ms"),
            Asked(f"the slowest drill, p95 ({name})", float(np.percentile(own, 95)), FRAME_MS, "ms"),
            Asked("40 runners at 30 fps, cores (processor time)", sum(shares), 2.0),
        ]
    )


if __name__ == "__main__":
    sys.exit(main())
