"""Take a picture of every page and state into docs/shots/, with an index to leaf through: ``make shots``."""

import argparse
import os
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stage import HOSTS, Stage, chromium, served
from tour import SIGHTS, Sight, left_out
from triplane.web import application

FOLDER = Path(__file__).parent / "shots"
SCREENS = {"phone": (390, 844), "laptop": (1280, 900)}
SCHEMES = ("light", "dark")
TALLEST = 6000
SETTLE_MS = 700
"""For what moves once (a sheet, the figure's first frame)."""

TRIES, TRY_MS = 100, 100
MISSING = """
(() => {
  const rules = one => { try { return one.sheet.cssRules.length; } catch { return 0; } };
  const isSeen = one => one.offsetParent && one.getBoundingClientRect().top < innerHeight;
  const sheets = [...document.querySelectorAll('link[rel="stylesheet"]')].filter(one => !rules(one));
  const pictures = [...document.images].filter(isSeen).filter(one => !(one.complete && one.naturalWidth));
  return [...sheets.map(one => one.href), ...pictures.map(one => one.src),
    ...(document.readyState === "complete" ? [] : [document.readyState]),
    ...(document.fonts.check('16px "Figtree Variable"') ? [] : ["its typeface"])];
})()
"""
"""What a page still lacks of its looks. A picture of a page without styles shows nothing of ours."""

STYLE = (
    "body{font:15px system-ui;margin:24px;background:#999}div{display:flex;gap:12px;align-items:start}"
    "img{height:520px;object-fit:cover;object-position:top}"
)

EXPECTED = ("400 (Bad Request)", "404 (Not Found)")
"""What a browser remarks on pages that refuse a form, or are not there."""


@dataclass(frozen=True)
class Shot:
    """One sight on one screen in one scheme."""

    sight: Sight
    screen: str
    scheme: str

    @property
    def file(self) -> str:
        return f"{self.sight.name}.{self.screen}.{self.scheme}.png"


def take(sight: Sight, shots: list[Shot], browser: Any, stage: Stage) -> Iterator[str]:
    """Open a sight once, write these pictures of it; yield what was wrong on the way."""
    wrong: list[str] = []
    first = shots[0]
    page = browser.new_page(viewport=size_of(first.screen), color_scheme=first.scheme, locale="en-GB")
    page.set_default_timeout(15_000)
    page.on("pageerror", lambda error: wrong.append(f"script: {error}"))
    page.on("requestfailed", lambda one: wrong.append(f"not answered: {one.url}") if is_look(one) else None)
    page.on("console", lambda line: wrong.append(f"console: {line.text}") if line.type == "error" else None)
    try:
        sight.open(page, stage)
        for shot in shots:
            page.set_viewport_size(size_of(shot.screen))
            page.emulate_media(color_scheme=shot.scheme)
            if not sight.is_player:  # as tall as the page, so that what sticks to the edge lies over nothing
                tall = page.evaluate("document.scrollingElement.scrollHeight")
                page.set_viewport_size({**size_of(shot.screen), "height": min(tall, TALLEST)})
            page.wait_for_timeout(SETTLE_MS if sight.is_player else 60)
            dressed(page)
            page.screenshot(path=FOLDER / shot.file)
            wide = page.evaluate("document.scrollingElement.scrollWidth - innerWidth")
            if wide > 0:
                wrong.append(f"{wide} px wider than the {shot.screen}")
    except Exception as error:
        wrong.append(f"{type(error).__name__}: {error}".splitlines()[0])
    page.close()
    yield from (f"{sight.name}: {one}" for one in wrong if not any(code in one for code in EXPECTED))


def dressed(page: Any) -> None:
    """Wait for styles, typeface and pictures, however late they come; without them there is no shot."""
    missing: list[str] = []
    for _ in range(TRIES):
        missing = page.evaluate(MISSING)
        if not missing:
            return
        page.wait_for_timeout(TRY_MS)
    raise AssertionError(f"the page lacks {', '.join(missing)}")


def take_all(sights: list[Sight], browser: Any, stage: Stage) -> Iterator[str]:
    """Take every sight; the player is played anew for each picture: it never stands still."""
    for sight in sights:
        shots = [Shot(sight, screen, scheme) for screen in SCREENS for scheme in SCHEMES]
        for together in [[one] for one in shots] if sight.is_player else [shots]:
            yield from take(sight, together, browser, stage)


def holds(parts: list[str], name: str) -> bool:
    """Return whether a sight was asked for."""
    return not parts or any(part in name for part in parts)


def is_look(request: Any) -> bool:
    """Return whether a request is for what a page looks like, whose loss a shot would hide."""
    return request.resource_type in ("stylesheet", "font", "image")


def size_of(screen: str) -> Any:
    width, height = SCREENS[screen]
    return {"width": width, "height": height}


def index(sights: list[Sight]) -> str:
    """Return a page that shows each sight once, in its four pictures."""
    rows = []
    for sight in sights:
        own = [Shot(sight, screen, scheme) for screen in SCREENS for scheme in SCHEMES]
        pictures = "".join(
            f'<a href="{one.file}"><img loading="lazy" src="{one.file}" alt="{one.screen} {one.scheme}"></a>'
            for one in own
        )
        head = f'<h2 id="{sight.name}">{escape(sight.name)} <small>{escape(sight.scene)}</small></h2>'
        rows.append(f"{head}<div>{pictures}</div>")
    names = " · ".join(f'<a href="#{sight.name}">{sight.name}</a>' for sight in sights)
    page = f"<style>{STYLE}</style><p>{names}</p>{''.join(rows)}"
    return f"<!doctype html><meta charset=utf-8><title>Shots</title>{page}"


def main() -> int:
    """Take them all, or those whose name holds a word; say what was wrong."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("part", nargs="*", help="only sights whose name holds one of these")
    told = asked.parse_args()
    FOLDER.mkdir(exist_ok=True)
    os.environ.setdefault("TRIPLANE_ZONE", "Europe/Berlin")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        app = application(stage.open, hosts=HOSTS)
        wrong = [f"no shot shows the page {name!r}" for name in left_out()]
        sights = [one for one in SIGHTS if one.can_be_seen and holds(told.part, one.name)]
        with served(stage, app), chromium() as browser:
            wrong += take_all(sights, browser, stage)
    (FOLDER / "index.html").write_text(index(sights), encoding="utf-8")
    print(f"{len(list(FOLDER.glob('*.png')))} shots: {FOLDER / 'index.html'}")
    print("\n".join(wrong))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
