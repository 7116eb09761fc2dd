"""What a page makes a phone load: scripts stay small, whatever is added to them."""

import gzip
import json
import re
from pathlib import Path

import pytest

from stage import BUILT, needs_player

PAGE_KB, PLAYER_KB = 60, 220
"""The most scripts of any page, and of the player with its figure, in kB packed by gzip. Ours."""

WEB = Path(__file__).parents[2] / "src" / "triplane" / "web"
ISLANDS = sorted(path.stem for path in (WEB.parents[2] / "frontend" / "src" / "islands").glob("*.ts"))
WITH_FIGURE = {"player": ["src/figure/stage.ts"], "file": []}
"""What plays, and what it loads of its own accord; a camera's parts come when one is asked for."""


def packed_kb(file: Path) -> float:
    return len(gzip.compress(file.read_bytes())) / 1000


def loaded_with(entry: str) -> set[str]:
    """Return the built files that come with an entry of the manifest, its own among them."""
    manifests = (BUILT / name for name in ("manifest.json", "file.json"))
    manifest = {name: one for path in manifests for name, one in json.loads(path.read_bytes()).items()}
    files, open_ones = set(), [entry]
    while open_ones:
        one = manifest[open_ones.pop()]
        if one["file"] not in files:
            files.add(one["file"])
            open_ones += one.get("imports", [])
    return files


@pytest.mark.parametrize("island", ISLANDS)
def test_the_scripts_of_a_page_are_small(island: str) -> None:
    needs_player()
    entries = [f"src/islands/{island}.ts", *WITH_FIGURE.get(island, ())]
    files = set().union(*map(loaded_with, entries))
    weight = sum(packed_kb(BUILT / file) for file in files)

    assert 0 < weight <= (PLAYER_KB if island in WITH_FIGURE else PAGE_KB)


def test_the_scripts_beside_the_islands_are_small() -> None:
    templates = "".join(path.read_text(encoding="utf-8") for path in WEB.rglob("*.html"))
    named = set(re.findall(r'src="/static/([\w-]+\.js)"', templates))
    found = {path.name: packed_kb(path) for path in WEB.rglob("static/*.js")}

    assert named <= set(found)
    assert sum(found.values()) < PAGE_KB / 10
