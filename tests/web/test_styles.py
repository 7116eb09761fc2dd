"""The styles hold no rule twice in one place and none for what no page shows; a shot is of a dressed page."""

import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

import triplane.web

ROOT = Path(__file__).parents[2]
WEB = Path(triplane.web.__file__).parent
STYLES = sorted((WEB / "frame" / "static").glob("*.css"))
WRITTEN = (
    *WEB.rglob("*.html"),
    *WEB.rglob("*.py"),
    *WEB.rglob("*.svg"),
    *(WEB / "frame" / "static").glob("*.js"),
    *(ROOT / "src" / "triplane" / "body").rglob("*.py"),
    *(ROOT / "src" / "triplane" / "formats").rglob("*.py"),
    *(ROOT / "frontend" / "src").rglob("*.ts"),
)

sys.path.insert(0, str(ROOT / "docs"))


def rules(style: Path) -> list[tuple[str, str]]:
    """Return every rule as the condition it stands under and what it says, in order."""
    text = re.sub(r"/\*.*?\*/", "", style.read_text(encoding="utf-8"), flags=re.DOTALL)
    found, under = [], ""
    for head, body, end in re.findall(r"([^{}]*)\{([^{}]*)(\})?|\}", text):
        if end:
            found.append((under, f"{' '.join(head.split())} {{ {' '.join(body.split())} }}"))
        else:
            under = " ".join(head.split()) if head.strip() else ""
    return found


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.stem)
def test_no_rule_is_pasted_twice(style: Path) -> None:
    twice = [rule for rule, times in Counter(rules(style)).items() if times > 1]
    assert twice == []


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.stem)
def test_every_class_that_is_styled_is_worn_somewhere(style: Path) -> None:
    written = "".join(one.read_text(encoding="utf-8") for one in WRITTEN)
    heads = re.sub(r"\{[^{}]*\}", "", re.sub(r"/\*.*?\*/", "", style.read_text(), flags=re.DOTALL))
    built_of_parts = {"on-mon", "on-tue", "on-wed", "on-thu", "on-fri", "on-sat", "on-sun"}
    unworn = {
        name
        for name in re.findall(r"\.([a-z][\w-]*)", heads)
        if not re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", written)
    }
    assert unworn - built_of_parts == set()


class WithoutStyles:
    """A browser whose pages never get one of their style sheets."""

    def __init__(self, browser: Any) -> None:
        self.browser = browser

    def new_page(self, **how: Any) -> Any:
        page = self.browser.new_page(**how)
        page.route("**/app.css", lambda route: route.abort())
        return page


def test_a_page_without_its_styles_is_no_shot(stage, chrome, tmp_path, monkeypatch) -> None:
    import shots

    from tour import SIGHTS

    monkeypatch.setattr(shots, "FOLDER", tmp_path)
    monkeypatch.setattr(shots, "TRIES", 2)
    sight = next(one for one in SIGHTS if one.name == "begin-welcome")
    wanted = [shots.Shot(sight, "phone", "light")]
    assert list(shots.take(sight, wanted, chrome, stage)) == []
    assert [one.name for one in tmp_path.iterdir()] == ["begin-welcome.phone.light.png"]

    (tmp_path / "begin-welcome.phone.light.png").unlink()
    wrong = list(shots.take(sight, wanted, WithoutStyles(chrome), stage))
    assert any("app.css" in one for one in wrong)
    assert list(tmp_path.iterdir()) == []
