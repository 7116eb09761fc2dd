"""What the coach says, in the runner's language.

The rooms below speak English, and what they record is English, so that the same history gives the same
day whatever language it is read in, and an old plan is read in a new one. A sentence is translated where
it is shown: as it stands, or by the template whose values it holds; the values in turn. What no catalogue
knows stays English.
"""

import re
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from html import unescape
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from django.conf import settings
from django.utils import dateformat, formats
from django.utils.functional import lazy
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, override, pgettext

from triplane.web.languages import ENGLISH, laid_out

DEEPEST = 6
"""So many templates may lie within each other; ours need three."""

LONG = 12
"""Letters that a template needs in one piece before it is taken for that of several sentences."""

LEAP = 2024
"""A year that has every day."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October",
    "November", "December",
)  # fmt: skip
SHORT = tuple(month[:3] for month in MONTHS)
DAY_OF_MONTH = re.compile(rf"\b0?(\d{{1,2}}) ({'|'.join(MONTHS)})\b")
PLACE = re.compile(
    r"(?P<side>[Ll]eft|[Rr]ight) (?P<place>[a-z ]+)|(?P<place_before>[a-z ]+) (?P<side_behind>left|right)"
)
SHORT_DAY = re.compile(rf"\b0?(\d{{1,2}}) ({'|'.join(SHORT)})\b")
ZERO = re.compile(rf"\b0(\d (?:{'|'.join(MONTHS + SHORT)})\b)")
"""A day of a month as the rooms below write it, '06 December'; nobody says its nought."""
WEEKDAY = re.compile(r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b")
WEEKDAY_AND_DAY = re.compile(rf"{WEEKDAY.pattern} ({DAY_OF_MONTH.pattern})")
PLAIN = re.compile(
    rf"{WEEKDAY.pattern}|{DAY_OF_MONTH.pattern}|{SHORT_DAY.pattern}|{'|'.join(MONTHS)}|\b(kg|km|cm|min|s)\b"
)

COUNTED = re.compile(r"([+−-]?[\d.,]+) ([a-z]{3,})(\.?)")
SENTENCES = re.compile(r"(?<=[.?!]) ")
LISTED = re.compile("[,;] ")
CLOSES = re.compile(r"\{1\}, [a-z ]+")
"""What a line closes with, as '2 sets of 8, each side': it is about all before it."""

AND = " and "
JOINTS = (re.compile(r"(: |; | · | \(|\))"), re.compile("(, )"), re.compile(f"({AND})"))
"""Where a line that no template fits may be taken apart."""


def said(text: object) -> str:
    """Say what the coach said in the language of the page."""
    language = get_language() or ENGLISH
    if language == ENGLISH or not text:
        return ZERO.sub(r"\1", str(text))
    return _said(language, _place(), str(text))


said_later = lazy(said, str)
"""The same for what is written down before anybody asks, as the choices of a form."""


WRITTEN = re.compile(
    r'(?P<open>>|aria-label=")(?=[^<>"A-Za-z]*[A-Za-z])(?P<words>[^<>"]++)(?=</(?:text|title|desc)>|")'
)
"""Words of a drawing, but for lines of captions, which were said before they were broken into lines.

Nothing in it is tried twice: a style of many letters stands in every drawing, too.
"""


def drawn(picture: str) -> SafeString:
    """Say the words of a picture that a room below has drawn: what is written, its title and description."""
    return mark_safe(WRITTEN.sub(lambda at: at["open"] + escape(said(unescape(at["words"]))), picture))


SAYING = {"says", "name", "feel", "focus", "stop"}
"""Keys of a document for an island under which words stand."""


def said_within(document: Any) -> Any:
    """Return a document for an island with its words said; what stands under other keys is left as it is."""
    if isinstance(document, dict):
        return {key: _all_said(one) if key in SAYING else said_within(one) for key, one in document.items()}
    if isinstance(document, list | tuple):
        return [said_within(one) for one in document]
    return document


def _all_said(words: Any) -> Any:
    return [said(one) for one in words] if isinstance(words, list | tuple) else said(words)


def is_left_english(english: str, told: str) -> bool:
    """Whether words came back as they were, so that an English voice has to say them; a number is no word."""
    is_word = re.search("[A-Za-z]", english) is not None
    return is_word and told == english and (get_language() or ENGLISH) != ENGLISH


def said_by_language(text: str) -> list[tuple[str, str]]:
    """Say a text in stretches of one language each: the words, and their language where it is not the page's.

    A sentence that nobody has translated stays English within a text whose other sentences are said; so may
    what stands behind a colon.
    """
    told, found = said(text), list[tuple[str, str]]()
    for sentence in SENTENCES.split(text):
        for english in (sentence, sentence.partition(": ")[2]):
            before, held, after = told.partition(english) if english else (told, "", "")
            if held and is_left_english(english, said(english)):
                found += [(before, ""), (english, ENGLISH)]
                told = after
                break
    stretches = groupby([*found, (told, "")], key=lambda one: one[1] if one[0].strip() else ENGLISH)
    joined = (
        (language, [words.strip() for words, _ in here if words.strip()]) for language, here in stretches
    )
    return [(" ".join(words), language) for language, words in joined if words]


def islands_say() -> dict[str, str]:
    """Return what the scripts of a page say in its language, by the English; nothing for English."""
    return laid_out(get_language() or ENGLISH, _place())["islands"]


@lru_cache(maxsize=8192)
def _said(language: str, place: Path, text: str) -> str:
    """Say one text; ``place`` keeps apart what lies in different places, as in tests."""
    with override(language):
        return _value(text, language, 0)


def _value(text: str, language: str, depth: int) -> str:
    """Say a text, or what stands in a template: words, dates, numbers."""
    if text[:1].isspace() and text.strip():
        return f" {_value(text.strip(), language, depth)}"
    found = _whole(text, language, depth)
    if found is None and text.endswith(".") and (bare := _whole(text[:-1], language, depth)):
        found = f"{bare}."
    return found or _in_parts(text, language, depth) or _number(text)


def _sure(text: str, language: str, depth: int) -> str | None:
    """Say a value only where it is known, a number or a date."""
    told = _whole(text, language, depth) or _in_parts(text, language, depth, sure=True)
    is_plain = not re.search("[A-Za-z]", PLAIN.sub("", text))
    return told or (_number(text) if is_plain else None)


def _whole(text: str, language: str, depth: int) -> str | None:
    """Translate a text that stands in the catalogue, or fits a template there."""
    known = _known(text) or _known_place(text) or _sentences(text, language, depth)
    if known is not None:
        return known
    for written in dict.fromkeys((text, text[:1].lower() + text[1:])) if depth < DEEPEST else ():
        for template in _templates(language, _place()):
            if not template.may_hold(written):
                continue
            if found := template.fits.fullmatch(written):
                values = [template.value(one, language, depth + 1) for one in found.groups()]
                if None not in values:
                    return _like(text, template.filled(str(one) for one in values))
    return None


def _known(text: str) -> str | None:
    """Look a text up as it stands, or as it would stand within a sentence."""
    for written in (text, text[:1].lower() + text[1:]):
        if (told := gettext(written)) != written:
            return _like(text, told)
        if written.endswith(".") and (told := gettext(written[:-1])) != written[:-1]:
            return _like(text, f"{told}.")
    return None


def _known_place(text: str) -> str | None:
    """Say a place before its side as a whole: 'ball of foot left' is no ball of something."""
    placed = PLACE.fullmatch(text)
    where = _known(placed["place_before"]) if placed and placed["place_before"] else None
    return _on_side(placed, where) if placed and where else None


def _on_side(placed: re.Match[str], where: str) -> str:
    which = placed["side"] or placed["side_behind"]
    return pgettext("where it is felt", "{side} {place}").format(side=gettext(which), place=where)


def _sentences(text: str, language: str, depth: int) -> str | None:
    """Translate several sentences one by one, where each is known: as it stands, or without its full stop."""
    parts = SENTENCES.split(text)
    if len(parts) < 2 or depth >= DEEPEST:
        return None
    told = [_known(one) or _stopped(one, language, depth + 1) for one in parts]
    return " ".join(one for one in told if one) if all(told) else None


def _stopped(text: str, language: str, depth: int) -> str | None:
    """Translate a sentence that is known without its full stop, as '2 sets of 8.'"""
    bare = _whole(text[:-1], language, depth) if text.endswith(".") else None
    return f"{bare}." if bare else None


def _in_parts(text: str, language: str, depth: int, sure: bool = False) -> str | None:
    """Translate sentence by sentence, else between commas and the like; all or nothing where ``sure``."""
    if depth >= DEEPEST:
        return None
    say = _sure if sure else _value
    if placed := PLACE.fullmatch(text):
        where = say(placed["place"] or placed["place_before"], language, depth + 1)
        return _on_side(placed, where) if where else None
    if len(sentences := SENTENCES.split(text)) > 1:
        told = [say(one, language, depth + 1) for one in sentences]
        return None if None in told else " ".join(str(one) for one in told)
    is_sentence = text.endswith((".", "?", "!"))
    for joint in JOINTS:
        if (is_sentence and joint.pattern == "(, )") or AND in joint.pattern:
            # Half a sentence in each language is worse than a whole one in English.
            say = _sure
        if len(parts := _taken_apart(joint, text)) > 1:
            told = [_joint(one) if n % 2 else say(one, language, depth + 1) for n, one in enumerate(parts)]
            if None in told:
                return None
            return "".join(str(one) for one in told)
    return None


def _taken_apart(joint: re.Pattern[str], text: str) -> list[str]:
    """Split at every joint but those within what is known as a whole, as 'Leg back, face down'."""
    parts, at = joint.split(text), 0
    while at + 2 < len(parts):
        whole = "".join(parts[at : at + 3])
        if _known(whole) is None:
            at += 2
        else:
            parts[at : at + 3] = [whole]
    return parts


def _joint(mark: str) -> str:
    return gettext(" and ") if mark == AND else mark


def _number(text: str) -> str:
    """Write dates and numbers as the language does; words in between stay."""
    if (counted := COUNTED.fullmatch(text)) and (what := gettext(counted[2])) != counted[2]:
        text = f"{counted[1]} {what}{counted[3]}"
    text = WEEKDAY_AND_DAY.sub(lambda at: _weekday_and_day(at[1], at[2]), text)
    text = DAY_OF_MONTH.sub(lambda at: _day(int(at[1]), MONTHS.index(at[2]) + 1), text)
    text = SHORT_DAY.sub(lambda at: short_day(date(LEAP, SHORT.index(at[2]) + 1, int(at[1]))), text)
    text = WEEKDAY.sub(lambda at: gettext(at[1]), text)
    if text in MONTHS:
        return gettext(text)
    point = str(formats.get_format("DECIMAL_SEPARATOR"))
    text = re.sub(r"\b(\d+)\.(\d+)\b", lambda at: at[1] + point + at[2], text)
    return re.sub(r"(?<=\d)%", pgettext("behind a number", "%"), text)


def _weekday_and_day(weekday: str, day: str) -> str:
    return pgettext("a weekday before its date", "{weekday} {day}").format(weekday=weekday, day=day)


def _day(day: int, month: int) -> str:
    return formats.date_format(date(LEAP, month, day), "MONTH_DAY_FORMAT")


def short_day(on: date) -> str:
    """Say a day as a chart does: '23 Nov'."""
    return dateformat.format(on, pgettext("a short date: j is the day, M the month", "j M"))


def _like(text: str, told: str) -> str:
    """Begin with a capital letter where the English does."""
    return told[:1].upper() + told[1:] if text[:1].isupper() else told


class _Template(NamedTuple):
    """A sentence with values: what the English looks like, what is said, and the most English it holds."""

    fits: re.Pattern[str]
    says: str
    core: str
    is_one_sentence: bool

    def may_hold(self, text: str) -> bool:
        """Whether it is worth a try; a few words alone do not carry several sentences."""
        several = SENTENCES.search(text) is not None
        return self.core in text and not (several and (self.is_one_sentence or not self.is_long))

    @property
    def is_long(self) -> bool:
        return len(self.core) >= LONG

    def value(self, text: str, language: str, depth: int) -> str | None:
        """Say one value; in a template of few words it is simple and known, or it is another one.

        Words with a comma are known as a whole, as the name of a drill, or where the template closes them, as
        '2 sets, hold 30 seconds' before ', each side'.
        """
        if self.is_long:
            return _value(text, language, depth)
        if LISTED.search(text):
            return _whole(text, language, depth) if self.core.startswith(", ") else _known(text)
        return _sure(text, language, depth)

    def filled(self, values: Iterable[str]) -> str:
        """Put values into their places."""
        told = list(values)
        return re.sub(r"\{(\d)\}", lambda at: told[int(at[1]) - 1], self.says)


@lru_cache(maxsize=8)
def _templates(language: str, place: Path) -> tuple[_Template, ...]:
    """Return the templates of a language: what closes a line, then those with the most words of their own."""
    told = laid_out(language, place)["sentences"]
    own = sorted(
        told, key=lambda english: (not CLOSES.fullmatch(english), -len(re.sub(r"\{\d\}", "", english)))
    )
    return tuple(
        _Template(_pattern(one), told[one], max(re.split(r"\{\d\}", one), key=len), _is_one_sentence(one))
        for one in own
    )


def _is_one_sentence(english: str) -> bool:
    return english.endswith(".") and not re.search(r"[.?!][ {]", english)


def _pattern(english: str) -> re.Pattern[str]:
    parts = re.split(r"\{\d\}", english)
    return re.compile("(.*?)".join(re.escape(part) for part in parts), re.DOTALL)


def _place() -> Path:
    return Path(settings.LOCALE_PATHS[0])
