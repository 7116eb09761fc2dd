"""Which drills are wanted in a week or left out of it, and what is left of the candidates then."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from triplane.body import Side
from triplane.catalogue import find
from triplane.history import LONGEST_CHOICE, DrillChosen, Fact, History, Plan
from triplane.planning.problem import Candidate

Words = Mapping[str, tuple[Fact, DrillChosen]]
"""A word on each drill, by the drill's present id."""


def choices_of(history: History, monday: date) -> Words:
    """Return the last word on each drill that holds in a week; what the runner left out, nobody else changes.

    It holds for whole weeks: a plan that was issued does not go by another word from Wednesday on.
    """
    own = own_choices_of(history, monday)
    left_out = {drill: word for drill, word in own.items() if not word[1].wanted}
    return {**_last(history.all(DrillChosen), monday), **left_out}


def own_choices_of(history: History, monday: date) -> Words:
    """Return the runner's own last word on each drill that holds in a week, whatever others said since."""
    return _last(((fact, body) for fact, body in history.all(DrillChosen) if not fact.is_by_another), monday)


def _last(told: Iterable[tuple[Fact, DrillChosen]], monday: date) -> Words:
    words = dict[str, tuple[Fact, DrillChosen]]()
    for fact, chosen in told:
        drill = find(chosen.drill)
        words[drill.id if drill else chosen.drill] = fact, chosen
    return {drill: word for drill, word in words.items() if _holds(*word, monday)}


def _holds(fact: Fact, chosen: DrillChosen, monday: date) -> bool:
    return chosen.wanted is not None and min(chosen.until, fact.local_date + LONGEST_CHOICE) >= monday


def chosen_drills(history: History, monday: date, *, wanted: bool) -> tuple[str, ...]:
    """Return the drills that are wanted in a week, or those left out of it, by their ids."""
    choices = choices_of(history, monday)
    return tuple(sorted(drill for drill, (_, chosen) in choices.items() if chosen.wanted is wanted))


def without(
    candidates: Iterable[Candidate],
    left_out: tuple[str, ...],
    previous: Plan | None,
    over: frozenset[str],
    week_ends: datetime,
) -> tuple[Candidate, ...]:
    """Return the candidates without those left out.

    What the plan before held of one in slots that are over stays and counts, so that nothing else gets
    more in its place; such a drill only gets nothing ahead.
    """
    begun = {item.drill for item in previous.items if item.slot in over} if previous else set[str]()
    shut = {"not_before": dict.fromkeys(Side, week_ends)}
    return tuple(
        candidate.model_copy(update=shut) if candidate.drill in left_out else candidate
        for candidate in candidates
        if candidate.drill not in left_out or candidate.drill in begun
    )


def to_begin(wanted: tuple[str, ...], before: Plan | None) -> tuple[str, ...]:
    """Return the wanted drills that the plan before did not hold: a choice begins them, once and small."""
    held = {item.drill for item in before.items} if before else set[str]()
    return tuple(drill for drill in wanted if drill not in held)
