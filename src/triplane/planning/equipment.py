"""What is at hand where: at home, at the desk, in the gym; and so where a drill can be done."""

from triplane.catalogue import Drill, Stage
from triplane.history import Context, Equipment

ALWAYS = frozenset({Equipment.WALL, Equipment.CHAIR})
"""A wall and a chair are taken to be at hand everywhere, listed or not (coach's default)."""

IN_A_GYM = ALWAYS | {
    Equipment.MAT,
    Equipment.PAD,
    Equipment.BENCH,
    Equipment.STEP,
    Equipment.BLOCK,
    Equipment.FOAM_ROLLER,
    Equipment.STABILITY_BALL,
    Equipment.BALL,
    Equipment.MINI_BAND,
    Equipment.LOOP_BAND,
    Equipment.BAND_ANCHOR,
    Equipment.DUMBBELL,
    Equipment.KETTLEBELL,
    Equipment.BARBELL,
    Equipment.CABLE,
}
"""What a gym is taken to have (coach's default)."""

AT_A_DESK = ALWAYS | {Equipment.MASSAGE_BALL, Equipment.BALL, Equipment.MINI_BAND}
"""What fits beside a desk, if it is there at all (coach's default)."""

WEIGHTS = frozenset({Equipment.DUMBBELL, Equipment.KETTLEBELL, Equipment.BARBELL, Equipment.WEIGHT_VEST})
"""What adds load that a log counts in kilograms."""

GYM_CONTEXTS = frozenset({Context.PRE_GYM, Context.BETWEEN_SETS})


def contexts_of(drill: Drill, at_home: frozenset[Equipment]) -> tuple[Context, ...]:
    """Return where a drill can be done, of the contexts it suits, with what the runner listed for home.

    A desk break is standing or seated on the chair, with nothing on the floor (decision 11).
    """
    return tuple(context for context in drill.contexts if _fits(drill, context, at_home | ALWAYS))


def _fits(drill: Drill, context: Context, at_home: frozenset[Equipment]) -> bool:
    if context in GYM_CONTEXTS:
        return has_what_it_needs(drill, at_home | IN_A_GYM)
    if context is Context.DESK_BREAK:
        return not drill.position.is_on_the_floor and has_what_it_needs(drill, at_home & AT_A_DESK)
    return has_what_it_needs(drill, at_home)


def has_what_it_needs(drill: Drill, at_hand: frozenset[Equipment]) -> bool:
    """Say whether all that a drill needs is there, and one of its alternatives if it has any."""
    one_of = set(drill.needs_one_of)
    return set(drill.needs) <= at_hand and (not one_of or bool(one_of & at_hand))


def to_fetch(drill: Drill) -> tuple[str, ...]:
    """Return what has to be fetched for a drill; a wall or chair is already there."""
    first = drill.needs_one_of[:1] if not set(drill.needs_one_of) & ALWAYS else ()
    return tuple(str(each) for each in (*drill.needs, *first) if each not in ALWAYS)


def takes_load(drill: Drill) -> bool:
    """Say whether external load may be added: stages 4 and 5 that name a weight as what they need or use."""
    named = {*drill.needs, *drill.needs_one_of, *drill.helps}
    return drill.stage >= Stage.STRENGTHEN and bool(named & WEIGHTS)
