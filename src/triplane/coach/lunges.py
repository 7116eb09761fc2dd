"""The lunge matrix of a runner: what is done, what is open, and what is locked because of what."""

from collections.abc import Mapping
from datetime import datetime

from triplane import adaptation
from triplane.catalogue.lunges import (
    DIRECTION_ORDER,
    LEVELS,
    VARIABLES,
    Cell,
    CellState,
    LungeRecord,
    at_level,
    difficulty,
    highest,
    level,
    locked_because,
    matrix,
    says,
)
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.errors import UnknownName
from triplane.evidence import Reason
from triplane.history import EquipmentListed, History, LungeVector, WeekDescribed
from triplane.screening import Offer
from triplane.value import Value

SIX = ("load", "range", "environment", "speed", "stability", "duration")
"""The six variables of the article, in its order; the reach is a seventh axis of ours."""

BOTH_HANDS = "no extra weight in one hand"
"""How the easiest step of stability is said where it stands alone, among its own steps."""

NOT_AT_HAND = {
    name: Reason(rule="", says=f"It needs {what}, which is not on your list.", sources=("coach_default",))
    for name, what in {
        "load": "a weight",
        "stability": "a weight",
        "environment": "a step or a bench",
    }.items()
}
"""Why a variable cannot change for want of equipment."""

LEFT_OUT = Reason(
    rule="F", says="This one is left out for safety with what you told us.", sources=("triplane_handbook",)
)


class LungeCell(Value):
    """One direction with one reach. ``difficulty`` 50 is a long forward lunge without weight."""

    direction: str
    reach: str
    state: CellState
    vector: LungeVector
    says: str
    difficulty: float
    band: int
    drill: str
    because: Reason | None = None


class LungeStep(Value):
    """One level of a variable as a coach says it, and why it is locked from where the runner stands."""

    level: int
    says: str
    because: Reason | None = None


class LungeVariable(Value):
    """One of the six variables: today's level, the one that is looked at, and every step there is."""

    name: str
    today: int
    chosen: int
    steps: tuple[LungeStep, ...]

    @property
    def shown(self) -> LungeStep:
        """The step that is looked at."""
        return self.steps[self.chosen]


class LungeChoice(Value):
    """One lunge that is looked at beside the one the runner would do today.

    ``because`` says why it is locked as a whole; a lunge may be locked although each of its steps is open
    by itself, because one variable changes at a time.
    """

    direction: str
    reach: str
    says: str
    today_says: str
    difficulty: float
    today_difficulty: float
    drill: str
    is_today: bool
    because: Reason | None
    variables: tuple[LungeVariable, ...]


class LungeMatrix(Value):
    """All cells in the order they open, directions first."""

    cells: tuple[LungeCell, ...]
    variables: tuple[str, ...]


def lunge_matrix(history: History, now: datetime) -> LungeMatrix:
    """Return the matrix as it stands for the runner now.

    Raises
    ------
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    record = _record(situation)
    cells = tuple(_cell(cell, situation.offer) for cell in matrix(record, now.date()))
    return LungeMatrix(cells=cells, variables=VARIABLES)


def lunge_choice(
    history: History, direction: str, reach: str, levels: Mapping[str, int], now: datetime
) -> LungeChoice:
    """Return one lunge to look at: the levels that are named, all others as the runner would do them today.

    Raises
    ------
    UnknownName
        When there is no such direction or reach.
    Blocked
        When safety stops the runner.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    record, today = _record(situation), now.date()
    found = [cell for cell in matrix(record, today) if (cell.direction, cell.reach) == (direction, reach)]
    if not found:
        raise UnknownName("lunge", f"{direction}, {reach}", [f"{way}, none" for way in DIRECTION_ORDER])
    cell, missing = found[0], _missing(history)
    here, chosen = cell.vector, cell.vector
    for name in SIX:
        chosen = at_level(chosen, name, min(max(levels.get(name, level(here, name)), 0), highest(name)))
    above = [name for name in missing if level(chosen, name) > level(here, name)]
    left_out = LEFT_OUT if not situation.offer.allows(cell.drill) else None
    because = left_out or (NOT_AT_HAND[above[0]] if above else locked_because(chosen, record, today))

    def step(name: str, number: int) -> LungeStep:
        alone = at_level(here, name, number)
        absent = NOT_AT_HAND[name] if name in missing and number > level(here, name) else None
        why = left_out or absent or locked_because(alone, record, today)
        says_it = BOTH_HANDS if (name, number) == ("stability", 0) else LEVELS[name][number].says
        return LungeStep(level=number, says=says_it, because=why)

    return LungeChoice(
        direction=cell.direction,
        reach=cell.reach,
        says=says(chosen),
        today_says=says(here),
        difficulty=round(difficulty(chosen), 1),
        today_difficulty=cell.difficulty,
        drill=cell.drill,
        is_today=chosen == here,
        because=because,
        variables=tuple(
            LungeVariable(
                name=name,
                today=level(here, name),
                chosen=level(chosen, name),
                steps=tuple(step(name, number) for number in range(highest(name) + 1)),
            )
            for name in SIX
        ),
    )


def _record(situation: Situation) -> LungeRecord:
    history, now = situation.history, situation.now
    return adaptation.lunge_record(
        history,
        situation.drills,
        situation.events,
        now,
        situation.reckoned_hip_map,
        situation.clearance.tag_names,
    )


def _missing(history: History) -> frozenset[str]:
    """Return the variables that nothing at hand can change; what is not told locks nothing."""
    listed, week = history.latest(EquipmentListed), history.latest(WeekDescribed)
    in_gym = week is not None and any(day.gym for day in week.days.values())
    if listed is None or in_gym:
        return frozenset()
    return frozenset(name for name, needs in adaptation.LUNGE_NEEDS.items() if not needs & listed.equipment)


def _cell(cell: Cell, offer: Offer) -> LungeCell:
    left_out = not offer.allows(cell.drill)
    return LungeCell(
        direction=cell.direction,
        reach=cell.reach,
        state=CellState.LOCKED if left_out else cell.state,
        vector=cell.vector,
        says=says(cell.vector),
        difficulty=round(cell.difficulty, 1),
        band=cell.band,
        drill=cell.drill,
        because=LEFT_OUT if left_out else cell.because,
    )
