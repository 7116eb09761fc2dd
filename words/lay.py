"""Lays the catalogues out for the app: what Django reads, and what sentences and islands need.

Called by the build hook; needs Babel alone. A language whose safety words are not complete is left out.
"""

import json
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

sys.path.insert(0, str(Path(__file__).parent))
from found import Message, safety

LOCALES = Path("src/triplane/web/locale")

STANDS_FOR_SAFETY = (
    "src/triplane/screening/",
    "src/triplane/web/stop/",
    "src/triplane/web/begin/question.html",
    "src/triplane/web/begin/welcome.html",
    "src/triplane/web/session/not_now.html",
    "src/triplane/web/session/ready.html",
    "src/triplane/web/play/",
    "src/triplane/web/offline/",
    "src/triplane/web/measure/before",
    "frontend/src/device/",
    "frontend/src/islands/",
    "frontend/src/keep/",
    "frontend/src/offline/",
    "frontend/src/page/",
    "frontend/src/player/",
)
"""Where a word stands that may keep a runner from harm."""


def lay(root: Path, into: Path | None = None) -> dict[str, list[str]]:
    """Compile every language that may be offered; return what safety lacks in those that may not.

    ``into`` is where the languages' folders go; where the catalogues lie, unless it is given.
    """
    needed = safety(root)
    lacking: dict[str, list[str]] = {}
    for folder in sorted((root / LOCALES).glob("*/LC_MESSAGES")):
        catalogue = read(folder / "django.po")
        missing = missing_safety(catalogue, needed)
        target = folder if into is None else into / folder.parent.name / folder.name
        if missing:
            lacking[folder.parent.name] = missing
            for name in ("django.mo", "words.json"):
                (target / name).unlink(missing_ok=True)
        else:
            compile_to(target, catalogue)
    return lacking


def read(path: Path) -> Catalog:
    """Read one catalogue."""
    with path.open("rb") as file:
        return read_po(file, locale=path.parent.parent.name)


def missing_safety(catalogue: Catalog, needed: list[Message]) -> list[str]:
    """Return the English of every safety word that the catalogue does not say."""
    marked = [
        str(one.id[0] if isinstance(one.id, tuple) else one.id)
        for one in catalogue
        if one.id
        and not is_said(one)
        and any(place.startswith(STANDS_FOR_SAFETY) for place, _ in one.locations)
    ]
    unsaid = [one.english for one in needed if not is_said(catalogue.get(one.english, one.context or None))]
    return sorted({*marked, *unsaid})


def is_said(message: object) -> bool:
    """Whether a message is translated, in all its forms, and not merely guessed."""
    if message is None or getattr(message, "fuzzy", False):
        return False
    said = getattr(message, "string", "")
    return all(said) if isinstance(said, tuple) else bool(said)


def compile_to(folder: Path, catalogue: Catalog) -> None:
    """Write what Django reads, and beside it what sentences with values and what islands say."""
    folder.mkdir(parents=True, exist_ok=True)
    sentences, islands = {}, {}
    for one in catalogue:
        if one.id and isinstance(one.id, str) and is_said(one):
            places = [place for place, _ in one.locations]
            if "{1}" in one.id:
                sentences[one.id] = one.string
            if any(place.startswith("frontend/") for place in places):
                islands[one.id] = one.string
    with (folder / "django.mo").open("wb") as file:
        write_mo(file, catalogue)
    told = json.dumps({"sentences": sentences, "islands": islands}, ensure_ascii=False)
    (folder / "words.json").write_text(told, encoding="utf-8")


if __name__ == "__main__":
    for language, missing in lay(Path(__file__).parents[1]).items():
        print(f"{language} is not offered: {len(missing)} safety words are missing, as {missing[0]!r}.")
