"""What watches call our drills: a category and a name they know, and a name that fits their screen."""

from functools import lru_cache

from triplane.datafile import folder, read_one
from triplane.value import Value

LONGEST_NAME = 18
"""Letters of a name that a round screen shows on one line, with the side before it. Ours."""


class Exercise(Value):
    """A drill as a watch knows it. ``exercise`` is missing where the category holds nothing alike."""

    category: str
    exercise: str = ""
    short: str


class Exercises(Value):
    """The whole table, and where its words come from."""

    id: str = ""
    source: str
    drills: dict[str, Exercise]


@lru_cache(maxsize=1)
def exercises() -> dict[str, Exercise]:
    """Return every drill's exercise by the drill's id."""
    return read_one(folder("triplane.formats.watch", "data"), "exercises", Exercises, "table").drills


def short_name(drill: str, name: str, said: str) -> str:
    """Return a drill's name as a watch shows it; in another language as much of it as fits."""
    known = exercises().get(drill)
    if known is not None and said == name:
        return known.short
    return fitted(said, LONGEST_NAME)


def fitted(text: str, most: int) -> str:
    """Return as many whole words as fit; the first word is cut where it alone is too long."""
    kept = text[:most] if " " not in text[: most + 1] else text[: most + 1].rpartition(" ")[0]
    return (text if len(text) <= most else kept).strip(" ,;:")
