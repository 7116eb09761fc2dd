"""Draw the player's figure of every drill onto sheets, to be looked at: ``python docs/figure_sheets.py``.

The script that the player itself loads draws them, in a browser and without a server. Every drill is a row:
its key poses and the ways between them with the left side working, then with the right one.
"""

import argparse
import base64
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from triplane.catalogue import SidesWorked, load
from triplane.coach.filming import film_of
from triplane.history import Equipment

ROOT = Path(__file__).parent.parent
BUILT = ROOT / "src" / "triplane" / "web" / "static-built"
FOLDER = ROOT / "shots" / "figures"
CHROMIUM = Path("/usr/bin/chromium")
ROWS = 6
HOME = "http://figures.invalid/"

PAGE = """<!doctype html><meta charset="utf-8">
<style>body { margin: 0 } canvas { width: 200px; height: 230px }</style>
<canvas id="figure"></canvas><script type="module" src="/sheet.js"></script>"""

SCRIPT = """
import { Stage, THEMES } from "/%s";
const canvas = document.querySelector("#figure"), cell = [200, 230], words = 150;
globalThis.sheet = async (drills, dark, look) => {
  const stage = globalThis.stage ??= new Stage(canvas, THEMES[dark ? "dark" : "light"], true);
  const most = Math.max(...drills.map((one) => one.frames.length));
  const page = document.createElement("canvas");
  [page.width, page.height] = [words + most * 2 * cell[0], drills.length * cell[1]];
  const pen = page.getContext("2d");
  pen.fillStyle = dark ? "#16191e" : "#f6f4ef";
  pen.fillRect(0, 0, page.width, page.height);
  drills.forEach(({ name, film, frames, turns, both, holds }, row) => {
    pen.fillStyle = dark ? "#fff" : "#000";
    pen.font = "13px sans-serif";
    name.split("_").forEach((word, i) => pen.fillText(word, 8, row * cell[1] + 24 + 17 * i));
    ["left", "right"].forEach((side, s) => frames.forEach((frame, i) => {
      stage.from(look);
      const poses = turns && film.swaps ? (side === "left" ? "right" : "left") : side;
      stage.show({ film, working: poses, colours: both ? "none" : side, takesTurns: turns, holds });
      stage.draw(frame);
      const x = words + (s * most + i) * cell[0], y = row * cell[1];
      pen.drawImage(canvas, x, y, ...cell);
      pen.fillText(side + " " + (film.key[frame] >= 0 ? film.keys[film.key[frame]] : "·"), x + 6, y + 14);
    }));
  });
  return page.toDataURL("image/png");
};
"""


def frames_of(film: Any) -> list[int]:
    """Every key pose, and the middle of the way to the next one."""
    keys = [film.key.index(number) for number in range(len(film.keys))]
    ends = [*keys[1:], len(film.key)]
    return sorted(
        {frame for here, there in zip(keys, ends, strict=True) for frame in (here, (here + there) // 2)}
    )


def drills(names: Sequence[str]) -> list[dict[str, Any]]:
    """What the browser draws of each drill."""
    found = []
    for drill in load().values():
        if names and drill.id not in names:
            continue
        film = film_of(drill.id)
        found.append(
            {
                "name": drill.id,
                "film": json.loads(film.model_dump_json()),
                "frames": frames_of(film),
                "turns": drill.dose.sides is SidesWorked.ALTERNATING,
                "holds": Equipment.DUMBBELL in drill.helps,
                "both": drill.dose.sides is SidesWorked.BOTH_AT_ONCE,
            }
        )
    return sorted(found, key=lambda one: (len(one["frames"]), one["name"]))


def sheets(
    names: Sequence[str] = (), dark: bool = False, look: str = "own", rows: int = ROWS
) -> Iterator[bytes]:
    """Draw the sheets as PNG, ``rows`` drills on each."""
    from playwright.sync_api import Route, sync_playwright

    stage = json.loads((BUILT / "manifest.json").read_text(encoding="utf-8"))["src/figure/stage.ts"]["file"]

    def answer(route: Route) -> None:
        asked = route.request.url.removeprefix(HOME)
        if not asked:
            route.fulfill(body=PAGE, content_type="text/html")
        elif asked == "sheet.js":
            route.fulfill(body=SCRIPT % stage, content_type="text/javascript")
        else:
            route.fulfill(path=BUILT / asked)

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        page = browser.new_page()
        page.route("**/*", answer)
        page.goto(HOME)
        page.wait_for_function("() => globalThis.sheet !== undefined")
        every = drills(names)
        for first in range(0, len(every), rows):
            asked = [every[first : first + rows], dark, look]
            picture = page.evaluate("([drills, dark, look]) => sheet(drills, dark, look)", asked)
            yield base64.b64decode(picture.partition(",")[2])
        browser.close()


def draw_to(
    folder: Path, names: Sequence[str] = (), dark: bool = False, look: str = "own", rows: int = ROWS
) -> None:
    """Write the sheets into a folder; the ones of an earlier run are taken away."""
    folder.mkdir(parents=True, exist_ok=True)
    stem = f"figures-{look}-{'dark' if dark else 'light'}"
    for old in folder.glob(f"{stem}-*.png"):
        old.unlink()
    for number, picture in enumerate(sheets(names, dark, look, rows), 1):
        (folder / f"{stem}-{number:02d}.png").write_bytes(picture)
    print(f"{folder}: {stem}-*.png")


def main() -> None:
    """Read what is asked and draw it."""
    parser = argparse.ArgumentParser(description="Contact sheets of the player's figure, to be looked at.")
    parser.add_argument("drill", nargs="*", help="only these drills")
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--look", choices=("own", "side", "front"), default="own")
    parser.add_argument("--rows", type=int, default=ROWS, help="drills on a sheet")
    parser.add_argument("--to", type=Path, default=FOLDER)
    asked = parser.parse_args()
    draw_to(asked.to, asked.drill, asked.dark, asked.look, asked.rows)


if __name__ == "__main__":
    main()
