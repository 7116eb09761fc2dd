"""Start light: in the first weeks a demanding drill waits until an easier one went cleanly (R05, E44)."""

from collections.abc import Iterator, Mapping

from triplane.adaptation.log import Event, Worked
from triplane.adaptation.response import Response
from triplane.body import Side
from triplane.catalogue import Drill, Stage
from triplane.catalogue.lunges import CLEAN_SESSIONS
from triplane.evidence import reason
from triplane.planning import Adjustment

DEMANDING = 3
"""Fatigue from which a drill asks for its easier one first. Coach's default."""

FIRST_WEEKS = 2
"""Weeks of training in which demanding drills wait, as new drills are few then (E44)."""


def easier_first(
    drills: Mapping[str, Drill], events: Mapping[Worked, tuple[Event, ...]], training_week: int
) -> Iterator[Adjustment]:
    """Yield the demanding drills that wait in the first training weeks until an easier one was clean twice.

    Lunges wait in their matrix instead. Where a file names several easier drills, one of them is enough.
    ``training_week`` is 1 in the first week of training or of training anew.
    """
    if training_week > FIRST_WEEKS:
        return
    begun = {drill for (drill, _), listed in events.items() if any(event.exposed for event in listed)}
    for drill in drills.values():
        easier = _easier(drill, drills)
        if drill.fatigue < DEMANDING or drill.lunge_direction or drill.id in begun or not easier:
            continue
        if not any(_went_cleanly(one, events) for one in easier):
            first = f"{easier[0].name[0].lower()}{easier[0].name[1:]}"
            says = f"{drill.name} waits until {first} went cleanly twice."
            yield Adjustment(drill=drill.id, max_placements=0, reason=reason("R05", says))


def _easier(drill: Drill, drills: Mapping[str, Drill]) -> list[Drill]:
    named = [drills.get(link.drill or "") for link in drill.easier]
    return [one for one in named if one is not None and one.stage >= Stage.OWN]


def _went_cleanly(drill: Drill, events: Mapping[Worked, tuple[Event, ...]]) -> bool:
    """A drill went cleanly as often as on its worse side."""
    return all(
        sum(
            event.exposed and event.consequence.response is Response.ADVANCE
            for event in events.get((drill.id, side), ())
        )
        >= CLEAN_SESSIONS
        for side in Side
    )
