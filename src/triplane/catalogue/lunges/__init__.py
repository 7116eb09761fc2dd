"""The lunge matrix: directions by reaches by levels of six variables, how hard each is, and what opens next."""

from triplane.catalogue.lunges.difficulty import band, difficulty, parts
from triplane.catalogue.lunges.dose import lunge_shape, prescribe_lunge
from triplane.catalogue.lunges.levels import (
    DIRECTION_ORDER,
    LEVELS,
    REACH_ORDER,
    VARIABLES,
    at_level,
    changed_variables,
    drill_for,
    highest,
    is_known,
    is_one_variable_change,
    level,
    says,
    start_of,
)
from triplane.catalogue.lunges.matrix import Cell, CellState, matrix
from triplane.catalogue.lunges.poses import poses_of
from triplane.catalogue.lunges.restrictions import closed_reaches, highest_levels, keeps_restrictions
from triplane.catalogue.lunges.seen import file_watched, learnt_lunge
from triplane.catalogue.lunges.unlock import CLEAN_SESSIONS, DoneVector, LungeRecord, locked_because

__all__ = [
    "CLEAN_SESSIONS", "DIRECTION_ORDER", "LEVELS", "REACH_ORDER", "VARIABLES", "Cell", "CellState",
    "DoneVector", "LungeRecord", "at_level", "band", "changed_variables", "closed_reaches", "difficulty",
    "drill_for", "file_watched", "highest", "highest_levels", "is_known", "is_one_variable_change", "keeps_restrictions",
    "learnt_lunge", "level", "locked_because", "lunge_shape", "matrix", "parts", "poses_of", "prescribe_lunge", "says",
    "start_of",
]  # fmt: skip
