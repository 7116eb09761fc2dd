"""Rules for easier and harder ways."""

from collections.abc import Iterator

from triplane.catalogue.drill import Drill
from triplane.catalogue.linting.book import Book, drill_file
from triplane.catalogue.lunges.levels import DIRECTION_ORDER, REACH_ORDER
from triplane.errors import Problem


def links_lead_somewhere(book: Book) -> Iterator[Problem]:
    """A runner who asks for an easier way must not be sent to a drill that does not exist."""
    for file, drill in book.files():
        for where, target in _named(drill):
            if target == drill.id:
                yield Problem(
                    file, where, repr(target), "points at itself", "name another drill or say what changes"
                )
            elif target not in book.drills:
                yield Problem(file, where, repr(target), "is not a drill", "check the spelling")


def links_make_no_loop(book: Book) -> Iterator[Problem]:
    """Going easier again and again must end."""
    easier: dict[str, set[str]] = {stem: set() for stem in book.drills}
    for stem, drill in book.drills.items():
        easier[stem] |= {link.drill for link in drill.easier if link.drill in easier}
        for link in drill.harder:
            if link.drill in easier:
                easier[link.drill].add(stem)
    settled: set[str] = set()
    while True:
        free = {stem for stem, below in easier.items() if stem not in settled and below <= settled}
        if not free:
            break
        settled |= free
    for stem in sorted(set(easier) - settled):
        if stem in _reachable(stem, easier):
            value = ", ".join(sorted(easier[stem] - settled))
            yield Problem(
                drill_file(stem), "easier", value, "leads back to this drill", "cut one of the links"
            )


def links_rise(book: Book) -> Iterator[Problem]:
    """An easier way is an earlier stage or less tiring, and an easier lunge comes before in the matrix."""
    for stem, drill in book.drills.items():
        for link in drill.easier:
            other = book.drills.get(link.drill or "")
            if other and _is_beyond(other, drill):
                yield Problem(
                    drill_file(stem), "easier", repr(other.id), "comes later than this drill", "swap the link"
                )
        for link in drill.harder:
            other = book.drills.get(link.drill or "")
            if other and _is_beyond(drill, other):
                yield Problem(
                    drill_file(stem), "harder", repr(other.id), "comes before this drill", "swap the link"
                )


def _named(drill: Drill) -> Iterator[tuple[str, str]]:
    for field in ("easier", "harder"):
        for number, link in enumerate(getattr(drill, field)):
            if link.drill:
                yield f"{field}.{number}.drill", link.drill
    for number, entry in enumerate(drill.restriction):
        if entry.instead:
            yield f"restriction.{number}.instead", entry.instead
    if drill.standing_version:
        yield "standing_version", drill.standing_version


def _reachable(start: str, easier: dict[str, set[str]]) -> set[str]:
    seen: set[str] = set()
    ahead = list(easier[start])
    while ahead:
        stem = ahead.pop()
        if stem not in seen:
            seen.add(stem)
            ahead += easier[stem]
    return seen


def _is_beyond(one: Drill, other: Drill) -> bool:
    """Say whether ``one`` comes later and tires as much, or comes later in the lunge matrix."""
    if one.stage != other.stage:
        return one.stage > other.stage and one.fatigue >= other.fatigue
    if not (one.lunge_direction and other.lunge_direction and one.lunge_reach and other.lunge_reach):
        return False
    if one.lunge_reach is other.lunge_reach:
        return DIRECTION_ORDER.index(one.lunge_direction) > DIRECTION_ORDER.index(other.lunge_direction)
    return REACH_ORDER.index(one.lunge_reach) > REACH_ORDER.index(other.lunge_reach)
