"""Tomorrow changes, and says why: two sets of adjustments compared, in sentences."""

from collections.abc import Iterable, Mapping

from triplane.body import Side
from triplane.catalogue import Drill
from triplane.history import Change
from triplane.planning import Adjustment, Ceiling, levels_of, strictest


def what_changed(
    before: Iterable[Adjustment], after: Iterable[Adjustment], drills: Mapping[str, Drill]
) -> tuple[Change, ...]:
    """Return one sentence for every drill whose dose, load, lunge or rest is another than before.

    ``item`` is the drill's id and ``cause`` the rule. Both sides alike make one sentence. What got less
    comes before what got more.
    """
    before, after = tuple(before), tuple(after)
    spoken = {adjustment.drill for adjustment in (*before, *after)}
    changes = [
        (rank, change)
        for drill in drills.values()
        if drill.id in spoken
        for rank, change in _of_drill(drill, before, after)
    ]
    return tuple(change for _, change in sorted(changes, key=lambda pair: pair[0]))


def _of_drill(
    drill: Drill, before: tuple[Adjustment, ...], after: tuple[Adjustment, ...]
) -> list[tuple[int, Change]]:
    said: dict[str, list[Side]] = {}
    ranks: dict[str, tuple[int, str]] = {}
    for side in Side:
        was, now = strictest(before, drill.id, side), strictest(after, drill.id, side)
        words, rank = _difference(was, now)
        if words:
            reason = _new_reason(was, now)
            said.setdefault(words, []).append(side)
            ranks[words] = (rank, reason)
    return [
        (rank, Change(says=_sentence(drill, words, sides), item=drill.id, cause=cause))
        for words, sides in said.items()
        for rank, cause in [ranks[words]]
    ]


def _difference(was: Ceiling, now: Ceiling) -> tuple[str, int]:
    """Return what is different in words, and 0 for less or 1 for more."""
    if now.max_placements == 0 != was.max_placements:
        return "is left out for now", 0
    if was.max_placements == 0 != now.max_placements:
        return "is open to you now", 1
    if now.not_before and now.not_before != was.not_before:
        return f"rests until {now.not_before:%A %d %B}", 0
    if now.dose_factor != was.dose_factor:
        less = now.dose_factor < was.dose_factor
        return f"goes {'down' if less else 'up'} to {now.dose_factor:.0%} of its dose", int(not less)
    if now.load_kg != was.load_kg and now.load_kg is not None:
        less = now.load_kg < (was.load_kg or 0)
        return f"goes {'down' if less else 'up'} to {now.load_kg:g} kg", int(not less)
    if now.lunge and was.lunge and now.lunge != was.lunge:
        less = levels_of(now.lunge) < levels_of(was.lunge)
        return f"goes one step {'back' if less else 'on'}", int(not less)
    return "", 0


def _new_reason(was: Ceiling, now: Ceiling) -> str:
    """Return the rule that was not there before, else the first one that still speaks."""
    fresh = [reason for reason in now.reasons if reason not in was.reasons]
    named = fresh or list(now.reasons) or list(was.reasons)
    return f"{named[0].rule}: {named[0].says}" if named else ""


def _sentence(drill: Drill, words: str, sides: list[Side]) -> str:
    where = "" if len(sides) == len(Side) else f" on the {sides[0]}"
    return f"{drill.name}{where} {words}."
