"""What the package brings along is named in its metadata, with its text."""

import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_code_drills_three_and_font_are_named_and_their_texts_lie_there() -> None:
    texts = [(ROOT / file).read_text(encoding="utf-8") for file in PROJECT["license-files"]]

    assert set(PROJECT["license"].split(" AND ")) == {"Apache-2.0", "CC-BY-4.0", "MIT", "OFL-1.1"}
    for words in ("Apache License", "CC BY 4.0", "three.js authors", "SIL OPEN FONT LICENSE"):
        assert sum(words in text for text in texts) == 1, words


def test_every_library_the_islands_bundle_keeps_its_licence() -> None:
    bundled = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert {file.name.split(".")[0] for file in (ROOT / "frontend" / "licences").iterdir()} == set(bundled)
