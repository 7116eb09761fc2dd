"""What the package brings along is named in its metadata, with its text."""

import json
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_code_drills_three_font_and_pose_models_are_named_and_their_texts_lie_there() -> None:
    texts = [(ROOT / file).read_text(encoding="utf-8") for file in PROJECT["license-files"]]

    assert set(PROJECT["license"].split(" AND ")) == {"Apache-2.0", "CC-BY-4.0", "MIT", "OFL-1.1"}
    for words in (
        "TERMS AND CONDITIONS FOR USE",
        "CC BY 4.0",
        "three.js authors",
        "SIL OPEN FONT LICENSE",
        "The MediaPipe Authors",
    ):
        assert sum(words in text for text in texts) == 1, words


def test_every_library_the_islands_bundle_keeps_its_licence() -> None:
    bundled = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]

    makers = {name.removeprefix("@").split("/")[0] for name in bundled}

    assert {file.name.split(".")[0] for file in (ROOT / "frontend" / "licences").iterdir()} == makers


def test_the_notice_names_the_versions_that_are_brought_along() -> None:
    pinned = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    notice = (ROOT / "frontend" / "licences" / "mediapipe.NOTICE.txt").read_text(encoding="utf-8")

    for name, version in pinned.items():
        assert not name.startswith("@mediapipe/") or f"{name} {version}" in notice


def test_the_runtime_of_the_camera_is_one_that_asks_nobody() -> None:
    """From 1.0 on it tells its maker, a minute after loading, that it is used."""
    pinned = json.loads((ROOT / "frontend" / "package.json").read_text(encoding="utf-8"))["dependencies"]

    assert pinned["@mediapipe/tasks-vision"] == "0.10.35"
