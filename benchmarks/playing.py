"""How long sessions take to play against the minutes they were planned with: personas, four weeks lived."""

import sys
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from statistics import median
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cast import MONDAY
from living import Life, LivedWeek
from personas import NAMES, history_of_file, persona
from triplane import coach
from triplane.catalogue import load_one
from triplane.coach.cues import session
from triplane.errors import Blocked
from triplane.history import PlanItem

WEEKS = 4

MOST = 1.25
"""How many times its plan a session should play at most."""


class Taken(NamedTuple):
    """One session: the seconds it takes to play, those it was planned with, and how many drills are new."""

    week: int
    slot: str
    played_s: float
    planned_s: float
    drills: int
    new: int

    @property
    def times(self) -> float:
        return self.played_s / self.planned_s


def sessions(week: LivedWeek) -> Iterator[Taken]:
    """Lay out every session of a week as it is played."""
    slots = {slot.id: slot for slot in week.plan.slots}
    between = week.problem.caps.transition_s
    in_slots = sorted(week.plan.items, key=lambda item: (slots[item.slot].starts_at, item.slot, item.order))
    for name, group in groupby(in_slots, key=lambda item: item.slot):
        items: tuple[PlanItem, ...] = tuple(group)
        laid = session(slots[name], items, {item.drill: load_one(item.drill) for item in items})
        planned = sum(item.minutes * 60 for item in items) + between * (len(items) - 1)
        new = sum(item.first_exposure for item in items)
        yield Taken(week.number, name, laid.seconds, planned, len(items), new)


def lived(name: str) -> list[Taken]:
    """Return every session of a persona's first weeks; none where safety blocks the runner."""
    history = history_of_file(persona(name), name)
    try:
        coach.refuse_if_blocked(history, MONDAY.replace(hour=7))
    except Blocked:
        return []
    return [one for week in Life(history, MONDAY).live(WEEKS).weeks for one in sessions(week)]


def main() -> None:
    """Print one line for every persona and kind of session with its worst one, then all sessions and days."""
    print(f"{'who':<6}{'sessions':<10}{'number':>7}{'median':>8}{'worst':>7}  worst session")
    everyone: list[Taken] = []
    days: dict[tuple[str, str], list[Taken]] = {}
    for name in NAMES:
        found = lived(name)
        everyone += found
        for one in found:
            days.setdefault((name, one.slot[:10]), []).append(one)
        _line(name, "new", [one for one in found if one.new])
        _line(name, "known", [one for one in found if not one.new])
    _all("sessions", [one.times for one in everyone])
    _all("days", [sum(o.played_s for o in day) / sum(o.planned_s for o in day) for day in days.values()])


def _line(name: str, kind: str, chosen: list[Taken]) -> None:
    if not chosen:
        return
    worst = max(chosen, key=lambda one: one.times)
    times = f"{median(one.times for one in chosen):>8.2f}{worst.times:>7.2f}"
    says = f"week {worst.week}, {worst.slot}: {worst.played_s / 60:.1f} min of {worst.planned_s / 60:.1f}"
    print(f"{name:<6}{kind:<10}{len(chosen):>7}{times}  {says}, {worst.new} of {worst.drills} new")


def _all(what: str, times: list[float]) -> None:
    over = sum(one > MOST for one in times)
    print(
        f"{len(times)} {what}: median {median(times):.2f}, worst {max(times):.2f}, {over} over {MOST} times"
    )


if __name__ == "__main__":
    main()
