"""Headings and buttons of pages that others wrote, in the case of our own: one capital, at the beginning."""

import re

from django.template import Library
from django.utils.translation import get_language

register = Library()

WORD = re.compile(r"[A-Za-z]+")
SHORT = 3
"""Letters of words that a title leaves small: and, of, in."""


@register.filter
def in_sentence_case(text: str) -> str:
    """Return an English heading in sentence case where all of it is in title case: Email Address, Sign In."""
    words = WORD.findall(text)
    long_ones = [word for word in words if len(word) > SHORT] or words
    in_title_case = len(words) > 1 and all(re.fullmatch("[A-Z][a-z]+", word) for word in long_ones)
    if not in_title_case or "<" in text or (get_language() or "en") != "en":
        return text
    first, rest = text.lstrip()[:1], text.lstrip()[1:]
    return first + WORD.sub(lambda word: word[0].lower() if word[0].istitle() else word[0], rest)
