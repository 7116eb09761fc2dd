"""The lunge matrix of a runner: what is done, what is open, and what is locked because of what."""

from datetime import datetime

from triplane import adaptation
from triplane.catalogue.lunges import VARIABLES, Cell, CellState, matrix, says
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.evidence import Reason
from triplane.history import History, LungeVector
from triplane.screening import Offer
from triplane.value import Value

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
    record = adaptation.lunge_record(
        history,
        situation.drills,
        adaptation.events_of(history, situation.drills, now),
        now,
        situation.hip_map,
        situation.clearance.tag_names,
    )
    cells = tuple(_cell(cell, situation.offer) for cell in matrix(record, now.date()))
    return LungeMatrix(cells=cells, variables=VARIABLES)


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
