"""Tomorrow changes, and says why: two sets of adjustments compared, in sentences."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from triplane.body import Side
from triplane.catalogue import Drill
from triplane.history import Change
from triplane.planning import Adjustment, Ceiling, levels_of, strictest

NAMED = 3
"""So many drills are named when one cause changes many in the same way; the others are counted."""


class _Difference(NamedTuple):
    """What became different, in words, for which sides and why. ``more`` is false where it got less."""

    more: bool
    words: str
    sides: tuple[Side, ...]
    cause: str


def what_changed(
    before: Iterable[Adjustment], after: Iterable[Adjustment], drills: Mapping[str, Drill]
) -> tuple[Change, ...]:
    """Return in sentences whose dose, load, lunge or rest is another than before, what got less first.

    Drills that change alike for one cause share a sentence; ``item`` is the id where it is one drill
    alone, and ``cause`` the rule with what it says.
    """
    before, after = tuple(before), tuple(after)
    alike: dict[_Difference, list[Drill]] = {}
    for drill in drills.values():
        for difference in _of_drill(drill, before, after):
            alike.setdefault(difference, []).append(drill)
    return tuple(
        Change(
            says=f"{_names(found)}{_where(difference.sides)}: {difference.words}.",
            item=found[0].id if len(found) == 1 else "",
            cause=difference.cause,
        )
        for difference, found in sorted(alike.items(), key=lambda pair: pair[0].more)
    )


def _of_drill(
    drill: Drill, before: tuple[Adjustment, ...], after: tuple[Adjustment, ...]
) -> Iterator[_Difference]:
    found: dict[tuple[bool, str, str], list[Side]] = {}
    for side in Side:
        was, now = strictest(before, drill.id, side), strictest(after, drill.id, side)
        words, more = _difference(was, now)
        if words:
            found.setdefault((more, words, _cause(was, now)), []).append(side)
    for (more, words, cause), sides in found.items():
        yield _Difference(more, words, tuple(sides), cause)


def _difference(was: Ceiling, now: Ceiling) -> tuple[str, bool]:
    """Return what is different in words, and whether it is more than before; no words where nothing is."""
    if 0 in (was.max_placements, now.max_placements):
        if was.max_placements == now.max_placements:
            return "", False
        return ("left out for now", False) if now.max_placements == 0 else ("open to you now", True)
    if now.not_before and now.not_before != was.not_before:
        return f"rests until {now.not_before:%A %d %B}", False
    if now.dose_factor != was.dose_factor:
        more = now.dose_factor > was.dose_factor
        return f"{'up' if more else 'down'} to {now.dose_factor:.0%} of the full dose", more
    return _difference_in_load(was, now)


def _difference_in_load(was: Ceiling, now: Ceiling) -> tuple[str, bool]:
    if now.load_kg is not None and now.load_kg != was.load_kg:
        more = now.load_kg > (was.load_kg or 0)
        return f"{'up' if more else 'down'} to {now.load_kg:g} kg", more
    if now.lunge and was.lunge and now.lunge != was.lunge:
        more = levels_of(now.lunge) >= levels_of(was.lunge)
        return f"one step {'on' if more else 'back'}", more
    return "", False


def _cause(was: Ceiling, now: Ceiling) -> str:
    """Return the rule that was not there before, else the first one that still speaks."""
    fresh = [reason for reason in now.reasons if reason not in was.reasons]
    named = fresh or list(now.reasons) or list(was.reasons)
    return f"{named[0].rule}: {named[0].says}" if named else ""


def _names(found: list[Drill]) -> str:
    names = [drill.name for drill in found]
    if len(names) > NAMED + 1:
        return f"{', '.join(names[:NAMED])} and {len(names) - NAMED} more"
    return " and ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else names[0]


def _where(sides: tuple[Side, ...]) -> str:
    return "" if len(sides) == len(Side) else f" on the {sides[0]}"
