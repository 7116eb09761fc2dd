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


@pytest.mark.parametrize("side", ["left", "right", "both"])
def test_every_side_and_both_at_once_have_colours_of_their_own_that_white_can_be_read_on(side: str) -> None:
    """Whatever is coloured by its side is coloured, too, where both legs work at once."""
    tokens = (WEB / "frame" / "static" / "tokens.css").read_text(encoding="utf-8")
    wears = ":root" if side == "both" else f".{side}"
    given = "".join(body for head, body in re.findall(r"^(\S+)\s+\{([^}]*)\}", tokens, re.M) if head == wears)
    asked = set(re.findall(r"var\((--side[\w-]*)", "".join(style.read_text() for style in STYLES)))
    assert {name for name in asked if f"{name}: var(--{side}" not in given} == set()
    for name in ("flood", "deep"):
        assert all(contrast_to_white(hue) >= 4.5 for hue in re.findall(rf"--{side}-{name}: (#\w+)", tokens))


def contrast_to_white(hue: str) -> float:
    parts = (int(hue[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


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
