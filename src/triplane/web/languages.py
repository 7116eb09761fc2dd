"""Which languages are offered: English, and every one whose words were laid out.

They are laid out only once every safety word is said in them (`words/lay.py`).
"""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any, TypedDict

LOCALES = Path(__file__).parent / "locale"
ENGLISH = "en"
COOKIE = "language"


class Laid(TypedDict):
    """What lies beside a compiled catalogue, by its English: sentences with values, and what islands say."""

    sentences: dict[str, str]
    islands: dict[str, str]


def offered(place: Path = LOCALES) -> list[tuple[str, str]]:
    """Return the languages to choose from, each by its own name."""
    from django.conf.locale import LANG_INFO

    laid = sorted(found.parent.parent.name for found in place.glob("*/LC_MESSAGES/django.mo"))
    return [(code, str(LANG_INFO[code]["name_local"])) for code in (ENGLISH, *laid)]


@lru_cache(maxsize=8)
def laid_out(language: str, place: Path = LOCALES) -> Laid:
    """Return what was laid out for a language; nothing for English, which is its own key."""
    path = place / language / "LC_MESSAGES" / "words.json"
    if not path.is_file():
        return {"sentences": {}, "islands": {}}
    found: Laid = json.loads(path.read_text(encoding="utf-8"))
    return found


def language_settings() -> dict[str, Any]:
    """Return what Django is told about languages."""
    return {
        "USE_I18N": True,
        "LANGUAGE_CODE": ENGLISH,
        "LANGUAGES": offered(),
        "LANGUAGE_COOKIE_NAME": COOKIE,
        "LOCALE_PATHS": [LOCALES],
    }
