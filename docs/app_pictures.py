"""Take the README's pictures of the app, as a phone shows it, into docs/pictures/: part of ``make docs``."""

import os
import sys
import tempfile
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

FOLDER = Path(__file__).parent / "pictures"
SHOWN: Mapping[str, str] = {
    "app-today": "today-sample",
    "app-player": "player-work-left",
    "app-hips": "hips-sample",
}
"""File stem and the sight of the tour that it shows."""

PHONE: Any = {"width": 390, "height": 844}
QUALITY = 82
GRID, SAME = (PHONE["width"] // 4, PHONE["height"] // 4), 16
"""Two pictures are the same where no patch of four by four dots differs by more, of 255."""

FRAMES_MS, MOST_CUES = 100, 20
"""For the next frames of the player, and how often it is asked to go on."""

SETTLE_MS = 700
"""For the figure's first frame."""


def missing() -> str:
    """Return what this machine lacks to take them; empty where nothing does."""
    if find_spec("playwright") is None or find_spec("PIL") is None:
        return "what requirements/dev.txt names"
    from stage import CHROMIUM, has_player

    if not CHROMIUM.is_file():
        return f"a browser at {CHROMIUM}"
    return "" if has_player() else "the built player"


def take() -> None:
    """Open each sight as a phone in daylight does, and keep what is seen without scrolling.

    Nothing moves on them: a figure that stands on its key poses looks the same whenever it is taken.
    """
    from stage import HOSTS, Stage, chromium, served
    from tour import SIGHTS
    from triplane.web import application

    os.environ.setdefault("TRIPLANE_ZONE", "Europe/Berlin")
    sights = {sight.name: sight for sight in SIGHTS}
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with served(stage, application(stage.open, hosts=HOSTS)), chromium() as browser:
            for stem, name in SHOWN.items():
                page = browser.new_page(
                    viewport=PHONE, color_scheme="light", locale="en-GB", reduced_motion="reduce"
                )
                sights[name].open(page, stage)
                page.wait_for_timeout(SETTLE_MS)
                if sights[name].is_player:
                    _from_its_beginning(page)
                _keep(page.screenshot(), FOLDER / f"{stem}.webp")
                page.close()


def _from_its_beginning(page: Any) -> None:
    """Play what is played once more, so that the picture is of its first second whatever came before."""
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(FRAMES_MS)
    for _ in range(MOST_CUES):
        if page.locator(".panel.work").count():
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(FRAMES_MS)


def _keep(png: bytes, place: Path) -> None:
    """Write a picture where it shows something else than the one that is there."""
    from io import BytesIO

    from PIL import Image

    with Image.open(BytesIO(png)) as taken:
        picture = taken.convert("RGB")
    if not (place.is_file() and _looks_like(picture, place)):
        picture.save(place, quality=QUALITY, method=6)


def _looks_like(picture: Any, place: Path) -> bool:
    """Return whether a kept picture shows the same; what packing it lost is averaged away."""
    from PIL import Image, ImageChops

    with Image.open(place) as kept:
        if kept.size != picture.size:
            return False
        small = [one.convert("RGB").resize(GRID, Image.Resampling.BOX) for one in (picture, kept)]
    return max(high for _, high in ImageChops.difference(*small).getextrema()) <= SAME


def main() -> None:
    """Take them, or say why the old ones stay."""
    lacking = missing()
    if lacking:
        print(f"The pictures of the app stay as they are: this machine lacks {lacking}.")
    else:
        take()


if __name__ == "__main__":
    main()
