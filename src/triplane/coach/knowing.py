"""The words by which entries of a calendar are known: ours beside the runner's own, and how they change."""

from collections.abc import Iterable, Mapping

from triplane.coach.calendars import calendar_words, our_calendar_words
from triplane.errors import UnknownName, UserError
from triplane.history import CalendarWords, History
from triplane.value import Value

SHORTEST, LONGEST, MOST = 2, 40, 100
"""Letters of a word, and words of a list. Ours; the fact takes no others."""


class WordList(Value):
    """One list as it stands: of ours what counts and what was taken out, and what the runner put in."""

    kind: str
    ours: tuple[str, ...]
    out: tuple[str, ...]
    own: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        """Everything by which it finds an entry."""
        return (*self.ours, *self.own)


def word_lists(words: CalendarWords) -> tuple[WordList, ...]:
    """Return the lists, in the order in which they are asked."""
    return tuple(
        WordList(
            kind=kind,
            ours=tuple(one for one in ours if one in getattr(words, kind)),
            out=tuple(one for one in ours if one not in getattr(words, kind)),
            own=tuple(one for one in getattr(words, kind) if one not in ours),
        )
        for kind, ours in our_calendar_words()
    )


def chosen_words(lists: Mapping[str, Iterable[str]]) -> CalendarWords:
    """Check lists of words and return them as a fact's body; capitals and doubled words make no difference.

    Raises
    ------
    UserError
        Naming its list as ``field``: for a word that is empty, too short, too long or none, for too many of
        them, and for a word in two lists.
    """
    home: dict[str, str] = {}
    found = {}
    for kind, told in lists.items():
        words = tuple(dict.fromkeys(_checked(kind, one) for one in told))
        if len(words) > MOST:
            raise UserError(f"a list holds at most {MOST} words", field=kind)
        for word in words:
            if word in home:
                raise _in_two(word, home[word], kind)
            home[word] = kind
        found[kind] = words
    return CalendarWords(**found)


def changed_words(
    history: History, kind: str, *, add: Iterable[str] = (), remove: Iterable[str] = ()
) -> CalendarWords:
    """Return the words with some put into one list and some taken out of it.

    Raises
    ------
    UserError
        As ``chosen_words``, for a list that there is none of, and for a word to take out that is not in it.
    """
    present = dict(calendar_words(history))
    _refuse_unknown(kind)
    gone = [_checked(kind, one) for one in remove]
    missing = next((one for one in gone if one not in present[kind]), None)
    if missing is not None:
        raise UserError(f"“{missing}” is not in this list", field=kind)
    kept = [one for one in present[kind] if one not in gone]
    return chosen_words({**present, kind: [*kept, *add]})


def restored_words(history: History, kind: str = "") -> CalendarWords:
    """Return the words with one list ours again, or all of them.

    Raises
    ------
    UserError
        As ``changed_words``: one of ours may stand in another list by now.
    """
    ours = our_calendar_words()
    if not kind:
        return ours
    _refuse_unknown(kind)
    return chosen_words({**dict(calendar_words(history)), kind: getattr(ours, kind)})


def _refuse_unknown(kind: str) -> None:
    if kind not in CalendarWords.model_fields:
        raise UnknownName("list of words", kind, list(CalendarWords.model_fields))


def _checked(kind: str, told: str) -> str:
    word = " ".join(told.split()).lower()
    if not word:
        raise UserError("write a word; an empty one would find every entry", field=kind)
    if not word.isprintable() or not any(one.isalnum() for one in word):
        raise UserError("a word is made of letters and numbers", field=kind)
    if not SHORTEST <= len(word) <= LONGEST:
        raise UserError(f"a word has {SHORTEST} to {LONGEST} letters", field=kind)
    return word


def _in_two(word: str, one: str, other: str) -> UserError:
    """Say it beside the list into which the runner put it: ours stood there before."""
    is_ours = word in getattr(our_calendar_words(), other)
    return UserError(f"“{word}” is in two lists; leave it in one", field=one if is_ours else other)
