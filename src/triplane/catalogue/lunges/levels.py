"""What a lunge can vary in, and the levels of each variable, easiest first."""

from dataclasses import dataclass
from functools import cache

from triplane.body import Reach
from triplane.catalogue.load import load, load_one
from triplane.catalogue.vocabulary import LungeDirection
from triplane.history import LungeVector

DIRECTION_ORDER = (
    LungeDirection.POSTERIOR,
    LungeDirection.ANTERIOR,
    LungeDirection.LATERAL,
    LungeDirection.ANTEROLATERAL,
    LungeDirection.POSTEROLATERAL,
    LungeDirection.ROTATIONAL_OPEN,
    LungeDirection.POSTEROMEDIAL,
    LungeDirection.ANTEROMEDIAL,
    LungeDirection.ROTATIONAL_CROSS,
)
"""The order in which directions are offered; the split squat comes before all (coach_default)."""

REACH_ORDER = (
    Reach.NONE,
    Reach.BOTH_OVERHEAD,
    Reach.ROTATE_AWAY,
    Reach.OPPOSITE_SIDE_OVERHEAD_OVER,
    Reach.ROTATE_TO_FRONT_LEG,
    Reach.BOTH_FLOOR,
    Reach.SAME_SIDE_OVERHEAD_OVER,
    Reach.SAME_HAND_TO_FRONT_FOOT,
    Reach.OPPOSITE_HAND_TO_FRONT_FOOT,
)
"""Reaches, simplest first; the order in which one opens the next (coach_default)."""

VARIABLES = ("range", "reach", "load", "environment", "stability", "duration", "speed")
"""The order in which variables may first leave their easiest level, speed last (E42, R30; coach_default)."""


@dataclass(frozen=True)
class Level:
    """One level of a variable: how a coach says it, and its measure in the variable's own unit."""

    says: str
    amount: float


LEVELS: dict[str, tuple[Level, ...]] = {
    # share of the long step's demand on the front hip extensors
    "range": (Level("a short step", 0.4), Level("a medium step", 0.8), Level("a long step", 1.0)),
    # percent of body mass held close to the trunk
    "load": (
        Level("bodyweight", 0),
        Level("five percent of your weight", 5),
        Level("ten percent of your weight", 10),
        Level("fifteen percent of your weight", 15),
        Level("a fifth of your weight", 20),
        Level("a quarter of your weight", 25),
        Level("a third of your weight", 33),
        Level("half your weight", 50),
    ),
    # height in cm of the step that the front foot lands on (up) or lands below (down)
    "environment": (
        Level("on level floor", 0),
        Level("up to a low step", 10),
        Level("down from a low step", 10),
    ),
    # percent of body mass in the hand of the free side
    "stability": (
        Level("nothing in one hand only", 0),
        Level("a light weight in the free-side hand", 5),
        Level("a tenth of your weight in the free-side hand", 10),
        Level("a fifth of your weight in the free-side hand", 20),
    ),
    # repetitions of a set
    "duration": (
        Level("five repetitions", 5),
        Level("eight repetitions", 8),
        Level("ten repetitions", 10),
        Level("twelve repetitions", 12),
        Level("fifteen repetitions", 15),
        Level("twenty repetitions, about a minute", 20),
    ),
    # multiple of the slow tempo's demand
    "speed": (Level("slowly", 1.0), Level("at a normal pace", 1.15), Level("fast", 1.4)),
}
"""The levels of the six variables.

Sources
-------
norman_3d_hip — the six variables and that bodyweight, slow and simple comes first.
triplane_calc — the shares of the step lengths, from a sweep of the forward lunge.
coach_default — the steps between levels.
"""

REACH_SAYS = {
    Reach.NONE: "no reach",
    Reach.BOTH_OVERHEAD: "both arms overhead",
    Reach.ROTATE_AWAY: "turning away from the front leg",
    Reach.OPPOSITE_SIDE_OVERHEAD_OVER: "reaching up and over towards the front leg",
    Reach.ROTATE_TO_FRONT_LEG: "turning towards the front leg",
    Reach.BOTH_FLOOR: "both hands towards the floor",
    Reach.SAME_SIDE_OVERHEAD_OVER: "reaching up and over away from the front leg",
    Reach.SAME_HAND_TO_FRONT_FOOT: "the near hand to the front foot",
    Reach.OPPOSITE_HAND_TO_FRONT_FOOT: "the far hand to the front foot",
}


def start_of(direction: LungeDirection) -> LungeVector:
    """Return where a direction begins: bodyweight, short, slow, simple (R21)."""
    return LungeVector(direction=direction)


def highest(variable: str) -> int:
    """Return the highest level of a variable; for reach, the last place in the order."""
    return len(REACH_ORDER if variable == "reach" else LEVELS[variable]) - 1


def level(vector: LungeVector, variable: str) -> int:
    """Return the level of a variable; for reach, its place in the order."""
    if variable == "reach":
        return REACH_ORDER.index(Reach(vector.reach))
    return int(getattr(vector, variable))


def at_level(vector: LungeVector, variable: str, to: int) -> LungeVector:
    """Return the vector with one variable at another level."""
    return vector.model_copy(update={variable: REACH_ORDER[to] if variable == "reach" else to})


def amount(vector: LungeVector, variable: str) -> float:
    """Return the measure of a variable's level in its own unit (see ``LEVELS``)."""
    return LEVELS[variable][level(vector, variable)].amount


def is_known(vector: LungeVector) -> bool:
    """Say whether direction, reach and every level exist in the matrix."""
    return (
        vector.direction in set(LungeDirection)
        and vector.reach in set(Reach)
        and all(level(vector, variable) <= highest(variable) for variable in VARIABLES)
    )


def changed_variables(before: LungeVector, after: LungeVector) -> tuple[str, ...]:
    """Return the variables in which two vectors differ, in the order of E42."""
    return tuple(name for name in VARIABLES if level(before, name) != level(after, name))


def is_one_variable_change(before: LungeVector, after: LungeVector) -> bool:
    """Say whether the second vector changes one variable of the first by one level, up or down (E42)."""
    changed = changed_variables(before, after)
    if before.direction != after.direction or len(changed) != 1:
        return False
    return abs(level(before, changed[0]) - level(after, changed[0])) == 1


def is_no_harder(vector: LungeVector, than: LungeVector) -> bool:
    """Say whether no variable stands above the other's, in its direction and with its reach or none."""
    return vector.direction == than.direction and all(
        level(vector, name) <= level(than, name) if name != "reach" else vector.reach in (than.reach, "none")
        for name in VARIABLES
    )


def says(vector: LungeVector) -> str:
    """Return the vector in words: direction, step, and whatever is not at its easiest."""
    name = load_one(f"lm_{vector.direction}").name
    parts = [LEVELS["range"][vector.range].says]
    if vector.reach != Reach.NONE:
        parts.append(REACH_SAYS[Reach(vector.reach)])
    for variable in VARIABLES[2:]:
        at = level(vector, variable)
        if at or variable in ("load", "speed"):
            parts.append(LEVELS[variable][at].says)
    return f"{name}: {', '.join(parts)}"


@cache
def _aliases() -> dict[tuple[str, str], str]:
    return {
        (drill.lunge_direction, drill.lunge_reach): drill.id
        for drill in load().values()
        if drill.lunge_direction and drill.lunge_reach
    }


def drill_for(vector: LungeVector) -> str:
    """Return the drill that describes a cell: its own file, or else the plain cell of its direction."""
    return _aliases().get((vector.direction, vector.reach), f"lm_{vector.direction}")
