"""What tests ask of an open page for everybody: axe, what a finger hits, what is squeezed or too wide."""

from pathlib import Path
from typing import Any

import pytest

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"]
ALL = {"runOnly": {"type": "tag", "values": STANDARDS}, "resultTypes": ["violations"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}, "resultTypes": ["violations"]}
PHONE = {"width": 390, "height": 844}
NARROW, HALF = 320, 640
"""A laptop of 1280 px at 400 % and at 200 %."""

IN_THE_PAGE = Path(__file__).with_name("in_the_page.js").read_text(encoding="utf-8")


def axe(page: Any, options: dict[str, Any]) -> list[str]:
    """Return what axe finds, one line for each place."""
    source = pytest.importorskip("axe_playwright_python.base", reason="axe is not here").AXE_SCRIPT
    if not page.evaluate("'axe' in window"):
        page.evaluate(source)
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{one['id']}: {node['target'][0]}: {(node['any'] or node['all'] or node['none'])[0]['message']}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def ask(page: Any, what: str) -> Any:
    """Ask the page one of the things that ``in_the_page.js`` answers."""
    if not page.evaluate("'inThePage' in window"):
        page.evaluate(IN_THE_PAGE)
    return page.evaluate(f"inThePage.{what}()")


def sideways(page: Any, width: int) -> int:
    """Return by how many pixels a page is wider than a window of a width."""
    page.set_viewport_size({"width": width, "height": 844})
    return int(ask(page, "sideways"))


def found_on_a_phone(page: Any) -> list[str]:
    """Return all that keeps somebody from using an open page on a phone, in light and in the dark."""
    found = [f"{what}: {one}" for what in ("small", "squeezed") for one in ask(page, what)]
    found += axe(page, ALL)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {one}" for one in axe(page, CONTRAST)]
    return found + [
        f"{width} px: {by} px too wide" for width in (NARROW, HALF) if (by := sideways(page, width)) > 0
    ]
