"""Rules for files and their words."""

import re
from collections.abc import Iterator

from triplane.catalogue.linting.book import Book, drill_file, remarks, sentences
from triplane.errors import Problem

_SIDE = re.compile(r"\b(left|right)\b(?!\s+angles?\b)", re.IGNORECASE)
_PROMISE = re.compile(
    r"\b(prevents?|cures?|heals?|fix(?:es)? your|diagnos\w+|guarantees?|corrects? your posture)\b",
    re.IGNORECASE,
)
_NUMBER = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty|thirty|sixty)"
_DOSE = re.compile(
    rf"\d|\b{_NUMBER}(?:\s+to\s+{_NUMBER})?\s+(?:seconds?|minutes?|repetitions?|reps?|sets?)\b", re.IGNORECASE
)


def files_begin_with_their_schema(book: Book) -> Iterator[Problem]:
    """The first line says which contract a file keeps, so that a reader knows before reading on."""
    for stem, text in book.texts.items():
        first = text.partition("\n")[0]
        if not re.fullmatch(r'schema\s*=\s*"drill/1"', first.strip()):
            hint = 'begin with schema = "drill/1"'
            yield Problem(drill_file(stem), "line 1", repr(first[:40]), "does not name the schema", hint)


def stems_are_ids(book: Book) -> Iterator[Problem]:
    """The file name is the id, for ever: plans and journals point at it."""
    for stem, drill in book.drills.items():
        if drill.id != stem:
            yield Problem(
                drill_file(stem),
                "id",
                repr(drill.id),
                "differs from the file name",
                "leave id out of the file",
            )


def names_are_unique(book: Book) -> Iterator[Problem]:
    """A runner who asks for a drill by name gets one drill; former ids count too."""
    taken: dict[str, str] = {}
    for file, drill in book.files():
        for where, word in [
            ("name", drill.name),
            *(("aliases", a) for a in drill.aliases),
            *(("was", w) for w in drill.was),
        ]:
            owner = taken.setdefault(word.casefold(), file)
            if owner != file:
                yield Problem(file, where, repr(word), f"is already used by {owner}", "choose another word")


def sources_exist(book: Book) -> Iterator[Problem]:
    """Whoever asks 'why' must find the paper, the article or the admission that it is our default."""
    for file, drill in book.files():
        cited = [("dose.source", drill.dose.source)]
        cited += [(f"source.{number}.key", claim.key) for number, claim in enumerate(drill.source)]
        for where, key in cited:
            if key not in book.sources:
                yield Problem(
                    file, where, repr(key), "is not in the bibliography", "add evidence/sources/<key>.toml"
                )


def words_take_no_side(book: Book) -> Iterator[Problem]:
    """A drill is told for either side, so its words say the working and the other leg."""
    for file, drill in book.files():
        for where, sentence in (*sentences(drill), *remarks(drill)):
            found = _SIDE.search(sentence)
            if found:
                hint = "say working or other"
                yield Problem(file, where, repr(found.group()), "names a side of the body", hint)


def words_hold_no_dose(book: Book) -> Iterator[Problem]:
    """A dose in prose cannot be lowered by a restriction or counted by the clock."""
    for file, drill in book.files():
        for where, sentence in sentences(drill):
            found = _DOSE.search(sentence)
            if found:
                hint = "put numbers into dose, or write a size out in words"
                yield Problem(file, where, repr(found.group()), "hides a dose or a number", hint)


def words_promise_nothing(book: Book) -> Iterator[Problem]:
    """Drills train; nobody has shown that they prevent, heal or diagnose, so no word may say so."""
    for file, drill in book.files():
        for where, sentence in (*sentences(drill), *remarks(drill)):
            found = _PROMISE.search(sentence)
            if found:
                hint = "say what the drill trains"
                yield Problem(file, where, repr(found.group()), "promises too much", hint)


def words_are_calm(book: Book) -> Iterator[Problem]:
    """A coach who shouts is not listened to."""
    for file, drill in book.files():
        for where, sentence in (*sentences(drill), *remarks(drill)):
            if "!" in sentence:
                yield Problem(file, where, repr(sentence[-30:]), "shouts", "end with a full stop")
