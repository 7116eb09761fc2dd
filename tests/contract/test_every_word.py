"""Every word that is said stands in the catalogues; one that cannot keep a runner safe is not offered."""

from pathlib import Path

import pytest

from found import everything, safety
from gather import gather, text, wrong
from lay import LOCALES, is_said, lay, missing_safety, read
from night import every

ROOT = Path(__file__).parents[2]

OPEN_AT_MOST = 0.01
"""Share of a language's messages that may wait for a translation."""

LANGUAGES = sorted(path.parent.parent.name for path in (ROOT / LOCALES).glob("*/LC_MESSAGES/django.po"))


def catalogue_of(language: str) -> Path:
    return ROOT / LOCALES / language / "LC_MESSAGES" / "django.po"


def test_german_is_there() -> None:
    assert "de" in LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_holds_exactly_what_is_said(language: str) -> None:
    gathered = text(gather(ROOT, everything(ROOT), language))

    assert catalogue_of(language).read_bytes() == gathered, "run `make words` and translate what is new"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_translation_is_a_guess_or_loses_a_value(language: str) -> None:
    assert wrong(read(catalogue_of(language))) == []


def test_german_says_the_data_whole_and_hardly_leaves_a_word_of_the_pages_open() -> None:
    """A new sentence of a page may wait for its German a little while; a drill, a test and a rule may not."""
    german = read(catalogue_of("de"))
    open_ = [one for one in german if one.id and not is_said(one)]

    assert [one.id for one in open_ if any(place.endswith(".toml") for place, _ in one.locations)] == []
    assert len(open_) <= len(german) * OPEN_AT_MOST, f"translate: {[one.id for one in open_]}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_safety_word_is_said(language: str) -> None:
    assert missing_safety(read(catalogue_of(language)), safety(ROOT)) == []


@pytest.mark.parametrize(
    "taken",
    [
        "Call your local emergency number now.",
        "Stop when the leg gives way or locks.",
        "Does hip pain wake you at night, or is it there at rest?",
        "No exercises now",
        "A cramp that does not settle.",
    ],
)
@pytest.mark.parametrize("how", every(3, ["left empty", "taken out", "only guessed"]))
def test_a_language_without_one_safety_word_is_not_laid_out(tmp_path: Path, taken: str, how: str) -> None:
    root = _copy_without(tmp_path / "root", taken, how)

    assert lay(root, tmp_path / "laid") == {"de": [taken]}
    assert list((tmp_path / "laid").rglob("*.mo")) == []


def test_a_question_that_is_new_takes_a_language_back_until_it_is_translated(tmp_path: Path) -> None:
    root = _copy_without(tmp_path / "root", "", "")
    assert lay(root) == {}
    new = root / "src/triplane/screening/questions/h99_new.toml"
    new.write_text('ask = "Does the moon pull at your hip?"', encoding="utf-8")

    assert lay(root) == {"de": ["Does the moon pull at your hip?"]}
    assert list(root.rglob("*.mo")) == []


def test_a_new_stop_sign_of_a_drill_takes_a_language_back_too(tmp_path: Path) -> None:
    root = _copy_without(tmp_path / "root", "", "")
    drill = next((root / "src/triplane/catalogue/drills").glob("*.toml"))
    drill.write_text('stop = ["Stars before your eyes."]', encoding="utf-8")

    assert lay(root) == {"de": ["Stars before your eyes."]}


def _copy_without(root: Path, taken: str, how: str) -> Path:
    """What laying out reads, with one German word taken away."""
    import shutil

    for folder in (Path("src/triplane/screening"), Path("src/triplane/catalogue/drills")):
        shutil.copytree(ROOT / folder, root / folder)
    catalogue = read(catalogue_of("de"))
    if how == "taken out" and not any(p.endswith(".html") for p, _ in catalogue.get(taken).locations):
        catalogue.delete(taken)
    elif how == "only guessed":
        catalogue.get(taken).flags.add("fuzzy")
    elif taken:
        catalogue.get(taken).string = ""
    to = root / LOCALES / "de" / "LC_MESSAGES"
    to.mkdir(parents=True)
    (to / "django.po").write_bytes(text(catalogue))
    return root
