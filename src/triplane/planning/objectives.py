"""What a good week is, in strict order: each level as terms for the solver and as a plain measure.

Seconds and units are whole numbers, so that a level reached by the solver and the same level measured
on the finished schedule are equal, not nearly equal.
"""

from collections.abc import Callable

from triplane.body import Direction, Side
from triplane.history import Target
from triplane.planning.board import SIDES, Board, Pair, by_slot, covers, gives
from triplane.planning.leaning import open_sides
from triplane.planning.problem import Candidate, Schedule, StrengthTarget
from triplane.planning.program import Terms
from triplane.planning.week_model import WeekModel

SET_IS_WORTH_S = 60
"""A hard set that is missing counts as much as this many seconds of end range (coach's default)."""

DRILL_WEIGHT = 10
"""What one more distinct drill costs; a candidate's own weight multiplies it (coach's default)."""

SPREAD_WEIGHT = 8
"""What one day less of spread costs, over the week and per direction (coach's default)."""

BARE_WEIGHT = 4
"""What a long session that begins without release costs (coach's default, E81)."""

SPREAD_FROM_S = 300
"""End-range seconds a week from which a direction is spread over days (E02)."""

LONG_SESSION_S = 20 * 60
"""Seconds from which a session is long enough to begin with release (E81)."""

WANTED_WEIGHT = 10_000
"""What a wanted drill that is missing costs: more than any units of another."""

ONE_SIDE_WEIGHT = 100
"""What a side costs that a drill to be begun leaves out: more than the least dose on it."""

CHANGE_WEIGHT = 20
"""What a change of position or equipment in a session costs; a second too much costs 1 (coach's default)."""

UNIT_CHANGE_WEIGHT = 10
"""What one unit more or less than in the plan before costs (coach's default)."""

MOST_EXCESS = 100_000

Giving = Callable[[Candidate, Side], dict[tuple[Direction, Side], int]]


def floors_missed(board: Board, schedule: Schedule) -> int:
    """Count the directions and sides that get less than their floor.

    Coverage counts every primary exposure, work included, and all that controlled circles reach.
    """
    covered = given_s(board, schedule, covers)
    return sum(covered.get((t.direction, t.side), 0) < floor_s(t) for t in with_floor(board))


def floor_terms(model: WeekModel) -> Terms:
    """Return one binary for every floor that is missed."""
    terms: Terms = []
    for target in with_floor(model.board):
        missed = model.program.binary()
        given = given_terms(model, (target.direction, target.side), covers)
        model.program.hold([*given, (floor_s(target), missed)], at_least=floor_s(target))
        terms.append((1, missed))
    return terms


def with_floor(board: Board) -> tuple[Target, ...]:
    return tuple(t for t in ordered_targets(board) if t.offerable and floor_s(t) > 0)


def ordered_targets(board: Board) -> tuple[Target, ...]:
    return tuple(sorted(board.problem.targets, key=lambda t: (t.direction, t.side)))


def floor_s(target: Target) -> int:
    return round(target.floor_minutes * 60)


def given_s(board: Board, schedule: Schedule, giving: Giving = gives) -> dict[tuple[Direction, Side], int]:
    """Seconds a schedule gives each direction and side: end range, or whatever ``giving`` counts."""
    given: dict[tuple[Direction, Side], int] = {}
    for placement in schedule.placements:
        for working in SIDES:
            for key, seconds in giving(board.candidates[placement.drill], working).items():
                given[key] = given.get(key, 0) + seconds * placement.units(working)
    return given


def given_terms(model: WeekModel, key: tuple[Direction, Side], giving: Giving = gives) -> Terms:
    """Return the same for one direction and side, as terms of a model."""
    terms: Terms = []
    for drill, candidate in model.board.candidates.items():
        for working in SIDES:
            seconds = giving(candidate, working).get(key, 0)
            if seconds:
                terms += [(seconds * c, v) for c, v in model.week_units(drill, working)]
    return terms


def shortfall(board: Board, schedule: Schedule) -> int:
    """Weighted seconds (in tenths) that targets and strength sets fall short of what they ask."""
    given = given_s(board, schedule)
    missing = sum(
        _weight(t.weight) * max(0, _wanted_s(t) - given.get((t.direction, t.side), 0))
        for t in ordered_targets(board)
        if t.offerable
    )
    for strength in board.problem.strength:
        for side in SIDES:
            missing += _set_weight(strength) * max(
                0, _tenths(strength.sets) - sets_tenths(board, schedule, strength, side)
            )
    return missing


def sets_tenths(board: Board, schedule: Schedule, strength: StrengthTarget, side: Side) -> int:
    """Tenths of hard sets a schedule gives a strength target on one side."""
    wanted = set(strength.drills)
    return sum(
        _tenths(board.candidates[p.drill].sets_per_unit) * p.units(side)
        for p in schedule.placements
        if p.drill in wanted
    )


def shortfall_terms(model: WeekModel) -> Terms:
    """Return weighted shortfall variables of all targets and strength sets."""
    terms: Terms = []
    for target in ordered_targets(model.board):
        if target.offerable and target.weight and _wanted_s(target):
            given = given_terms(model, (target.direction, target.side))
            terms += _short(model, given, _wanted_s(target), _weight(target.weight))
    for strength in model.board.problem.strength:
        for side in SIDES:
            terms += _short(
                model, _sets_terms(model, strength, side), _tenths(strength.sets), _set_weight(strength)
            )
    return terms


def _sets_terms(model: WeekModel, strength: StrengthTarget, side: Side) -> Terms:
    known = [drill for drill in sorted(set(strength.drills)) if drill in model.board.candidates]
    return [
        (_tenths(model.board.candidates[drill].sets_per_unit) * c, v)
        for drill in known
        for c, v in model.week_units(drill, side)
    ]


def _short(model: WeekModel, given: Terms, wanted: int, weight: int) -> Terms:
    if not wanted or not weight:
        return []
    short = model.program.variable(0, wanted)
    model.program.hold([*given, (1, short)], at_least=wanted)
    return [(weight, short)]


def _wanted_s(target: Target) -> int:
    return round(target.minutes * 60)


def _weight(weight: float) -> int:
    return round(10 * weight)


def _set_weight(strength: StrengthTarget) -> int:
    return round(10 * strength.weight) * SET_IS_WORTH_S // 10


def _tenths(sets: float) -> int:
    return round(10 * sets)


def wanted(board: Board, schedule: Schedule) -> int:
    """Weigh wanted drills that come nowhere, and what those to be begun get beyond what is least."""
    missing = set(board.problem.wanted) - {p.drill for p in schedule.placements}
    begun = [p for p in schedule.placements if p.drill in board.problem.to_begin]
    given = sum(1 + p.left_units + p.right_units for p in begun)
    bare = sum(p.units(side) == 0 for p in begun for side in open_sides(board, p.drill, p.slot))
    return WANTED_WEIGHT * len(missing) + ONE_SIDE_WEIGHT * bare + given


def wanted_terms(model: WeekModel) -> Terms:
    """Return the same as terms; what no slot is open to is missing either way."""
    one = model.program.constant(1)
    terms: Terms = []
    for drill in sorted(set(model.board.problem.wanted)):
        terms.append((WANTED_WEIGHT, one))
        if model.slots_of.get(drill):
            terms.append((-WANTED_WEIGHT, model.use(drill)))
    for drill in sorted(set(model.board.problem.to_begin) & set(model.slots_of)):
        pairs = model.slots_of[drill]
        terms += model.any_of(pairs)
        terms += [term for side in SIDES for term in model.week_units(drill, side)]
        for pair in pairs:
            for works in (model.worked[pair, side] for side in SIDES if (pair, side) in model.worked):
                if works != model.placed[pair]:
                    terms += [(ONE_SIDE_WEIGHT, model.placed[pair]), (-ONE_SIDE_WEIGHT, works)]
    return terms


def changes(board: Board, schedule: Schedule) -> int:
    """Count the drills that are added to or taken from slots ahead, against the plan before."""
    if board.problem.previous is None:
        return 0
    now = {Pair(p.drill, p.slot) for p in schedule.placements if board.is_open(p.slot)}
    before = {pair for pair in board.previous if board.is_open(pair.slot)}
    return len(now ^ before)


def change_terms(model: WeekModel) -> Terms:
    """Return what changes against the plan before; what a rule now forbids is a change either way."""
    board = model.board
    if board.problem.previous is None:
        return []
    one = model.program.constant(1)
    terms: Terms = []
    before = {pair for pair in board.previous if board.is_open(pair.slot)}
    for pair in model.pairs:
        if board.is_open(pair.slot):
            terms += [(1, one), (-1, model.placed[pair])] if pair in before else [(1, model.placed[pair])]
    terms += [(1, one)] * len(before - set(model.pairs))
    return terms


def neatness(board: Board, schedule: Schedule) -> int:
    """Weigh days the dose should still be spread to, distinct drills, and long sessions without release."""
    used = {p.drill for p in schedule.placements}
    drills = sum(_drill_weight(board, drill) for drill in used)
    spread = 0
    for pool in _spread_pools(board):
        days = {board.slots[p.slot].starts_at.date() for p in schedule.placements if p.drill in pool}
        spread += SPREAD_WEIGHT * max(0, _most_days(board) - len(days))
    bare = 0
    for slot in _long_sessions(board):
        stages = {board.candidates[p.drill].stage for p in schedule.placements if p.slot == slot}
        bare += BARE_WEIGHT * (bool(stages) and 1 not in stages)
    return drills + spread + bare


def neatness_terms(model: WeekModel) -> Terms:
    """Return the same as terms."""
    board = model.board
    terms = [(_drill_weight(board, d), model.use(d)) for d, pairs in model.slots_of.items() if pairs]
    terms += [(SPREAD_WEIGHT, _days_missing(model, pool)) for pool in _spread_pools(board)]
    for slot in _long_sessions(board):
        pairs = model.in_slot[slot]
        release = [(1, model.placed[p]) for p in pairs if model.candidate(p).stage == 1]
        bare = model.program.binary()
        for pair in pairs:
            model.program.hold([(1, bare), *release, (-1, model.placed[pair])], at_least=0)
        terms.append((BARE_WEIGHT, bare))
    return terms


def _days_missing(model: WeekModel, pool: frozenset[str]) -> int:
    """Return a variable for the days by which the drills of a pool fall short of their spread."""
    board, touched = model.board, []
    for slots in board.days.values():
        pairs = [p for slot in slots for p in model.in_slot[slot] if p.drill in pool]
        if pairs:
            day = model.program.binary()
            model.program.hold([(-1, day), *model.any_of(pairs)], at_least=0)
            touched.append((1, day))
    missing = model.program.variable(0, _most_days(board))
    model.program.hold([*touched, (1, missing)], at_least=_most_days(board))
    return missing


def _most_days(board: Board) -> int:
    used = {board.slots[slot].starts_at.date() for slot in board.open_slots}
    return min(board.problem.caps.spread_days, len(used))


def _spread_pools(board: Board) -> tuple[frozenset[str], ...]:
    """Drills of the whole week, then those of each direction that gets enough to be spread."""
    pools = [frozenset(board.candidates)]
    for direction in Direction:
        wanted = max((board.wanted_s.get((direction, side), 0) for side in SIDES), default=0)
        if wanted >= SPREAD_FROM_S:
            drills = (
                d for d, c in board.candidates.items() if any(k[0] is direction for k in gives(c, Side.LEFT))
            )
            pools.append(frozenset(drills))
    return tuple(pools)


def _long_sessions(board: Board) -> tuple[str, ...]:
    """Open slots long enough to begin with release, where a release drill on offer suits them."""
    suited = {context for c in board.candidates.values() if c.stage == 1 for context in c.contexts}
    return tuple(
        slot
        for slot in board.open_slots
        if board.session_cap_s(slot) >= LONG_SESSION_S and board.slots[slot].context in suited
    )


def _drill_weight(board: Board, drill: str) -> int:
    return round(DRILL_WEIGHT * board.candidates[drill].weight)


def tidiness(board: Board, schedule: Schedule) -> int:
    """Weigh changes of position and equipment, seconds beyond what is asked, and doses changed."""
    weighed = sum(
        CHANGE_WEIGHT * (len({_place(board, p.drill, kind) for p in placements}) - 1)
        for placements in by_slot(schedule).values()
        for kind in (0, 1)
    )
    given = given_s(board, schedule)
    weighed += sum(max(0, given.get(key, 0) - wanted) for key, wanted in board.wanted_s.items())
    for strength in board.problem.strength:
        for side in SIDES:
            weighed += max(0, sets_tenths(board, schedule, strength, side) - _tenths(strength.sets))
    for placement in schedule.placements:
        before = board.previous.get(Pair(placement.drill, placement.slot))
        if before and board.is_open(placement.slot):
            weighed += UNIT_CHANGE_WEIGHT * sum(abs(placement.units(s) - before.units(s)) for s in SIDES)
    return weighed


def _place(board: Board, drill: str, kind: int) -> str:
    candidate = board.candidates[drill]
    return candidate.position.value if kind == 0 else ",".join(sorted(candidate.needs_equipment))


def tidiness_terms(model: WeekModel) -> Terms:
    """Return the same as terms; exact only in a model with units per slot."""
    terms: Terms = []
    for pairs in model.in_slot.values():
        for kind in (0, 1):
            terms += _place_terms(model, pairs, kind)
    for target in ordered_targets(model.board):
        wanted = model.board.wanted_s.get((target.direction, target.side))
        given = given_terms(model, (target.direction, target.side))
        if wanted is not None and given:
            terms.append((1, _excess(model, given, wanted)))
    for strength in model.board.problem.strength:
        for side in SIDES:
            given = _sets_terms(model, strength, side)
            if given:
                terms.append((1, _excess(model, given, _tenths(strength.sets))))
    return terms + _unit_change_terms(model)


def _place_terms(model: WeekModel, pairs: tuple[Pair, ...], kind: int) -> Terms:
    """One change for every further position (or set of equipment) a slot holds."""
    places: dict[str, list[Pair]] = {}
    for pair in pairs:
        places.setdefault(_place(model.board, pair.drill, kind), []).append(pair)
    if len(places) < 2:
        return []
    terms: Terms = []
    opened = model.program.binary()
    model.program.hold([(1, opened), *((-c, v) for c, v in model.any_of(pairs))], at_most=0)
    for members in places.values():
        taken = model.program.binary()
        for pair in members:
            model.program.hold([(1, taken), (-1, model.placed[pair])], at_least=0)
        terms.append((CHANGE_WEIGHT, taken))
    return [*terms, (-CHANGE_WEIGHT, opened)]


def _excess(model: WeekModel, given: Terms, wanted: int) -> int:
    over = model.program.variable(0, MOST_EXCESS)
    model.program.hold([(1, over), *((-c, v) for c, v in given)], at_least=-wanted)
    return over


def _unit_change_terms(model: WeekModel) -> Terms:
    terms: Terms = []
    for pair, before in model.board.previous.items():
        if pair in model.placed and model.board.is_open(pair.slot):
            for side in SIDES:
                changed = model.program.variable(0, 40)
                units, was = model.units(pair, side), before.units(side)
                model.program.hold(
                    [(1, changed), *((-c, v) for c, v in units), (was, model.placed[pair])], at_least=0
                )
                model.program.hold([(1, changed), *units, (-was, model.placed[pair])], at_least=0)
                terms.append((UNIT_CHANGE_WEIGHT, changed))
    return terms
