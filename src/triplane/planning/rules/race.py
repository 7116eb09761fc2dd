"""Before a race the load goes down step by step, and nothing is new."""

from triplane.history import Context, RunKind, Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate
from triplane.planning.rules._runs import is_light_warm_up
from triplane.planning.rules.key_run import TIRING

IDS = ("E76", "E22")
WHY = "Before a race we take the load off step by step, and nothing new comes in."
NEW_H = 14 * 24.0
HARD_H = 7 * 24.0
STRENGTH_H = 4 * 24.0
BAND_H = 3 * 24.0
MORNING_H = 18.0


def forbids(board: Board, candidate: Candidate, slot: Slot) -> bool:
    """Return whether the drill lies too close to a race ahead."""
    return any(
        hours < _kept_away_h(candidate, slot)
        for hours, run in board.runs_after[slot.id]
        if run.kind is RunKind.RACE
    )


def _kept_away_h(candidate: Candidate, slot: Slot) -> float:
    """Hours before a race in which the drill may not be done."""
    if candidate.new:
        return NEW_H
    if is_light_warm_up(candidate, slot):
        return BAND_H if candidate.banded else 0
    if candidate.stage >= 4:
        return HARD_H if candidate.fatigue >= TIRING else STRENGTH_H
    if candidate.banded or (candidate.stage == 3 and candidate.fatigue >= 2):
        return BAND_H
    return 0 if slot.context is Context.PRE_RUN else _morning_h(candidate)


def _morning_h(candidate: Candidate) -> float:
    """On race morning only the familiar warm-up is done; before it, light release and circles are fine."""
    return 0 if candidate.stage == 1 or candidate.cars else MORNING_H
