"""The player's figure: frames a second, first frame, and sizes of what a page loads.

On a machine without a graphics card chromium draws by software; then this is the software renderer.
"""

import gzip
import json
import sys
from pathlib import Path

from triplane.coach.filming import film_of

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "src" / "triplane" / "web" / "static-built"
CHROMIUM = Path("/usr/bin/chromium")
HOME = "http://figures.invalid/"
SIZES = ((390, 372), (640, 690))
"""The picture's size in the player at 390x844 and at 1280x900."""
DRILLS = ("lm_anterior", "mob_quad_band", "own_9090_back_ir")
SECONDS = 6
MOST_FIRST_MS, LEAST_RATE = 500, 30
"""What is asked of a software renderer."""

SCRIPT = """
const asked = performance.now();
const { Stage, THEMES } = await import("/%s");
globalThis.measure = async (film, seconds) => {
  const stage = globalThis.stage ??= new Stage(document.querySelector("canvas"), THEMES.light);
  const began = performance.now();
  stage.show({ film, working: "right", colours: "right", takesTurns: false, holds: false });
  stage.draw(0);
  await new Promise(requestAnimationFrame);
  const first = performance.now() - (globalThis.isLoaded ? began : asked);
  globalThis.isLoaded = true;
  const took = [];
  let last = performance.now();
  const end = last + seconds * 1000;
  while (last < end) {
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    stage.draw(now / 1000 * film.frames_per_s %% film.key.length);
    took.push(now - last);
    last = now;
  }
  const eased = took.slice(Math.floor(took.length / 3)).sort((a, b) => a - b);
  const whole = eased.reduce((sum, one) => sum + one, 0);
  return [first, 1000 * eased.length / whole, eased[Math.floor(eased.length * .95)]];
};
"""


def main() -> int:
    """Print both tables; return 1 where a figure comes too late or moves too slowly."""
    _sizes()
    return _frames() if CHROMIUM.exists() else 0


def _sizes() -> None:
    print(f"{'built file':<34}{'kB':>8}{'kB gz':>8}")
    for file in sorted((BUILT / "built").glob("*.js")):
        data = file.read_bytes()
        print(f"{file.name:<34}{len(data) / 1000:>8.1f}{len(gzip.compress(data)) / 1000:>8.1f}")


def _frames() -> int:
    from playwright.sync_api import Route, sync_playwright

    manifest = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))
    script = SCRIPT % manifest["src/figure/stage.ts"]["file"]

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(HOME)
        if asked.startswith("?"):
            size = [int(side) for side in asked[1:].split("x")]
            style = f"width:{size[0]}px;height:{size[1]}px"
            page = f'<canvas style="{style}"></canvas><script type="module" src="/measure.js"></script>'
            route.fulfill(body=page, content_type="text/html")
        elif asked == "measure.js":
            route.fulfill(body=script, content_type="text/javascript")
        else:
            route.fulfill(path=BUILT / asked)

    print(f"\n{'picture':<12}{'drill':<20}{'first frame ms':>16}{'frames/s':>10}{'p95 ms':>8}")
    slow = 0
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        for width, height in SIZES:
            page = browser.new_page()
            page.route("**/*", answer)
            page.goto(f"{HOME}?{width}x{height}")
            page.wait_for_function("() => globalThis.measure !== undefined")
            for drill in DRILLS:
                film = json.loads(film_of(drill).model_dump_json())
                asked = [film, SECONDS]
                first, rate, p95 = page.evaluate("([film, s]) => measure(film, s)", asked)
                is_slow = first > MOST_FIRST_MS or rate < LEAST_RATE
                line = f"{width}x{height:<8}{drill:<20}{first:>16.0f}{rate:>10.1f}{p95:>8.0f}"
                print(f"{line}{'  too slow' if is_slow else ''}")
                slow += is_slow
        browser.close()
    return int(bool(slow))


if __name__ == "__main__":
    sys.exit(main())
