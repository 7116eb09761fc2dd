"""Gathers all words into the catalogue of every language: ``make words``, then translate what is empty."""

import re
import sys
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import write_po

sys.path.insert(0, str(Path(__file__).parent))
from found import Message, everything
from lay import LOCALES, is_said, lay, read

ROOT = Path(__file__).parents[1]
HEADER = (
    "# The words of Triplane. Gathered by `make words`; what stands under msgid is never changed here.\n#"
)


def gather(root: Path, found: list[Message], language: str) -> Catalog:
    """Return a language's catalogue with exactly the words that were found, translations kept."""
    path = root / LOCALES / language / "LC_MESSAGES" / "django.po"
    old = read(path) if path.is_file() else Catalog(locale=language)
    new = Catalog(locale=language, project="Triplane", header_comment=HEADER, fuzzy=False)
    for one in sorted(found, key=lambda one: (one.places[0], one.english)):
        kept = old.get(one.english, one.context or None)
        key = (one.english, one.plural) if one.plural else one.english
        said = (
            kept.string if kept is not None and isinstance(kept.string, tuple) == bool(one.plural) else None
        )
        new.add(
            key,
            said,
            locations=[(place, None) for place in one.places],
            auto_comments=one.notes,
            context=one.context or None,
            flags=["fuzzy"] if kept is not None and kept.fuzzy else [],
        )
    return new


def text(catalogue: Catalog) -> bytes:
    """Return a catalogue as it is written."""
    from io import BytesIO

    into = BytesIO()
    write_po(into, catalogue, width=110, omit_header=False, include_lineno=False, ignore_obsolete=True)
    lines = into.getvalue().decode().splitlines(keepends=True)
    dated = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Generated-By',
        '"Report-Msgid',
        '"Last-Translator',
        '"Language-Team',
    )
    return "".join(line for line in lines if not line.startswith(dated)).encode()


def wrong(catalogue: Catalog) -> list[str]:
    """Return what must be mended: guesses, and values that a translation loses or makes up."""
    found = []
    for one in catalogue:
        if not one.id:
            continue
        forms = one.id if isinstance(one.id, tuple) else (one.id,)
        said = one.string if isinstance(one.string, tuple) else (one.string,)
        if one.fuzzy:
            found.append(f"{forms[0]!r} is marked fuzzy")
        held = [_values(form) for form in forms]
        if any(text and _values(text) not in held for text in said):
            found.append(f"{forms[0]!r} and its translation hold other values")
    return found


def _values(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w+\}|(?<!%)%[sd]", text))


def main() -> None:
    """Bring every catalogue up to date, say what is open, and lay them out."""
    found = everything(ROOT)
    for folder in sorted((ROOT / LOCALES).glob("*/LC_MESSAGES")):
        language = folder.parent.name
        catalogue = gather(ROOT, found, language)
        (folder / "django.po").write_bytes(text(catalogue))
        open_ = [one for one in catalogue if one.id and not is_said(one)]
        print(f"{language}: {len(catalogue)} messages, {len(open_)} not translated yet.")
        for line in wrong(catalogue):
            print(f"  {line}")
    for language, missing in lay(ROOT).items():
        print(f"{language} is not offered: {len(missing)} safety words are missing, as {missing[0]!r}.")


if __name__ == "__main__":
    main()
