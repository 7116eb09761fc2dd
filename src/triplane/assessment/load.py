"""Read the battery and the reference tables, once."""

from functools import lru_cache

from triplane.assessment.norm import NormRow, NormTable
from triplane.assessment.protocol import Protocol, Role
from triplane.body import Direction
from triplane.datafile import folder, read_folder
from triplane.errors import UnknownName

_ROOM = "triplane.assessment"
_ORDER = list(Role)


@lru_cache(maxsize=1)
def battery() -> dict[str, Protocol]:
    """Return every test by id, the primary tests of the six directions first."""
    tests = read_folder(folder(_ROOM, "battery"), Protocol)
    return dict(sorted(tests.items(), key=lambda item: (_ORDER.index(item[1].role), item[1].handbook)))


@lru_cache(maxsize=1)
def norm_tables() -> dict[str, NormTable]:
    """Return the reference tables by test id."""
    return read_folder(folder(_ROOM, "norms"), NormTable)


def norm_rows(test: str) -> tuple[NormRow, ...]:
    """Return the rows for one test; none where nothing fit was found."""
    table = norm_tables().get(test)
    return table.row if table else ()


@lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    words: dict[str, str] = {}
    for test in battery().values():
        for word in (test.id, test.handbook, *test.aliases):
            words.setdefault(_folded(word), test.id)
    return words


def _folded(word: str) -> str:
    return word.strip().casefold().replace("-", "_").replace(" ", "_")


def find_test(word: str) -> Protocol:
    """Return a test by id, handbook number or everyday word (``internal_rotation`` is the prone one).

    Raises
    ------
    UnknownName
        When no test goes by that word; names the nearest ones.
    """
    found = _words().get(_folded(word))
    if found is None:
        raise UnknownName("test", word, sorted(_words()))
    return battery()[found]


def same_way(test: Protocol, direction: Direction) -> Protocol | None:
    """Return the test of another direction taken in the same position, or ``None``."""
    same = (test.position, test.role)
    found = (one for one in battery().values() if (one.position, one.role) == same)
    return next((one for one in found if one.direction is direction), None)


def is_known(word: str) -> bool:
    """Return whether a test of the battery goes by that word."""
    return _folded(word) in _words()
