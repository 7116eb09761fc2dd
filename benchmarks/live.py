"""The live view: what a picture takes from the camera to the coach's answer, beside its pose model alone.

The page is the player as it is, before a browser's made-up camera that shows a real walk; nothing is timed
within the page's scripts, only what goes into and comes out of its worker and its socket.
"""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np

from asked import Asked, told

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stage import CHROMIUM, HOSTS, Stage, has_player, opened_page, served, switched_on
from triplane import coach
from triplane.formats.video import MODELS
from triplane.web import application

SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))
DEMO = SHARED / "data" / "sports2d_demo" / "demo.mp4"
WALK_S = (3.0, 5.6)
DRILL = "str_step_down"
FIRST, PICTURES = 40, 200
"""Pictures that are left out, as all is slow at first, and pictures that are timed."""

LONGEST_MS = 180_000

PARTS = ("taken", "model", "handed over", "coach", "page")
"""Where a picture's time goes: into a bitmap, into points, to the worker and back, to the coach and back (the
browser's way through its own processes is most of it), and in what the page does with both."""

MOST_SHARE = 10.0
"""Percent of the pose model's time that all else may take."""

WATCHED = """
// What goes in and out: a picture is taken, the model has looked, the coach has answered.
globalThis.pictures = new Map();
const taken = globalThis.createImageBitmap;
let took = 0;
globalThis.createImageBitmap = (...given) => { took = performance.now(); return taken(...given); };
const inFloat = (at) => Math.fround(at / 1000).toFixed(3);
globalThis.Worker = class extends Worker {
  constructor(...given) {
    super(...given);
    this.addEventListener('message', ({ data }) => {
      const one = data.kind === 'found' && pictures.get(new Float32Array(data.frame)[0].toFixed(3));
      if (one) [one.model, one.name, one.found] = [data.ms, data.model, performance.now()];
    });
  }
  postMessage(shown, ...more) {
    if (shown.picture) pictures.set(inFloat(shown.at), { took, shown: performance.now() });
    super.postMessage(shown, ...more);
  }
};
globalThis.WebSocket = class extends WebSocket {
  send(points) {
    const one = pictures.get(new Float32Array(points)[0].toFixed(3));
    if (one) one.sent = performance.now();
    super.send(points);
  }
  set onmessage(hear) {
    super.onmessage = (event) => {
      const came = performance.now();
      hear(event);
      const heard = performance.now(), one = pictures.get(JSON.parse(event.data).at.toFixed(3));
      if (one) [one.came, one.heard] = [came, heard];
    };
  }
};
"""


def main() -> int:
    """Print the table and what is asked; return 1 where it is not kept."""
    if not (DEMO.is_file() and CHROMIUM.exists() and has_player() and MODELS.is_dir() and find_spec("av")):
        print(
            "left out: it needs chromium, the islands and models built, the extra `video` and the real walk"
        )
        return 0
    asked = []
    print(f"{'model':<8}{'ms':<12}" + "".join(f"{one:>14}" for one in PARTS) + f"{'beside it':>12}")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        app = application(stage.open, hosts=HOSTS)
        with before_a_walk(Path(folder)) as browser, served(stage, app), seen_from_the_front():
            for model in ("lite", "full"):
                rows = np.array(list(pictures(stage, browser, model)))
                own = rows[:, PARTS.index("model")]
                shares = (rows.sum(axis=1) - own) / own * 100
                for named, part in (("best tenth", 10), ("middle", 50), ("worst tenth", 90)):
                    each = "".join(f"{one:>14.2f}" for one in np.percentile(rows, part, axis=0))
                    print(f"{model:<8}{named:<12}{each}{np.percentile(shares, part):>11.1f}%")
                share = float(np.median(shares))
                asked.append(Asked(f"beside the {model} model, in the middle", share, MOST_SHARE, "%"))
    load = os.getloadavg()[0]
    print(f"the machine: {os.cpu_count()} cores, {load:.1f} programs wanted them; more make the way longer")
    return told(asked)


@contextmanager
def before_a_walk(folder: Path) -> Iterator[Any]:
    """A browser before whose camera somebody walks by, over and over."""
    from playwright.sync_api import sync_playwright

    from videos import walker, write

    film = write(folder / "walk.mjpeg", walker(DEMO, *WALK_S))
    how = ("no-sandbox", "use-fake-device-for-media-stream", f"use-file-for-fake-video-capture={film}")
    with sync_playwright() as started:
        flags = [f"--{one}" for one in how]
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        yield browser
        browser.close()


def pictures(stage: Stage, browser: Any, model: str) -> Iterator[tuple[float, ...]]:
    """Play a session that is watched; give each picture's milliseconds in every part of its way."""
    slot = stage.scene("first-session").practice.look().next_slot
    with opened_page(browser, 390, 844, permissions=["camera"], reduced_motion="reduce") as page:
        page.add_init_script(f"globalThis.__model = '{model}';{WATCHED}")
        page.goto(f"{stage.address('first-session')}/session/{slot}/play/")
        switched_on(page)
        whole = "[...pictures.values()].filter(one => one.heard)"
        page.wait_for_function(f"() => {whole}.length >= {FIRST + PICTURES}", timeout=LONGEST_MS)
        for one in page.evaluate(whole)[FIRST:]:
            handed = one["found"] - one["shown"] - one["model"]
            to_coach = one["came"] - one["sent"]
            shown = one["sent"] - one["found"] + one["heard"] - one["came"]
            yield one["shown"] - one["took"], one["model"], handed, to_coach, shown


@contextmanager
def seen_from_the_front() -> Iterator[None]:
    """Let another drill be watched in place of the item."""

    def eye(history: Any, _slot: str, _item: str, side: Any, now: Any) -> Any:
        return coach.eye_on(history, DRILL, side, now)

    with patch.object(coach, "eye_in_session", eye):
        yield


if __name__ == "__main__":
    sys.exit(main())
