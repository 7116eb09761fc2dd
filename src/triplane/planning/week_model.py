"""The variables of a week, at the grain the solver can prove, for rules to post to.

A placement is a binary for every drill and slot. Units are counted per drill and *group* of slots: with
the whole week as one group this is the dose model, with each slot a group of its own it is exact.
Where a group is coarser than a slot, what is asked per slot is answered from below, so that every
model is a relaxation of the exact one and its bound is honest.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property

from triplane.body import Side
from triplane.planning.board import SIDES, Board, Pair, setup_s, shares_sides, unit_s, worked_sides
from triplane.planning.leaning import leading_side, open_sides
from triplane.planning.problem import Candidate, Placement
from triplane.planning.program import Program, Terms

GroupOf = Callable[[str], str]


@dataclass(eq=False)
class WeekModel:
    """A programme over placements and units; ``pairs`` are those no rule forbids outright."""

    board: Board
    pairs: tuple[Pair, ...]
    group_of: GroupOf
    program: Program = field(default_factory=Program)
    placed: dict[Pair, int] = field(default_factory=dict)
    worked: dict[tuple[Pair, Side], int] = field(default_factory=dict)
    counted: dict[tuple[str, str, Side], int] = field(default_factory=dict)
    uses: dict[str, int] = field(default_factory=dict)
    sums: dict[tuple[int, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for pair in self.pairs:
            if self.board.is_open(pair.slot):
                self._add(pair)
            else:
                self._add_past(pair, self.board.fixed[pair])

    def _add_past(self, pair: Pair, placement: Placement) -> None:
        """Add what has been as constants; its slot is a group of its own."""
        self.placed[pair] = self.program.constant(1)
        for side in worked_sides(placement):
            self.worked[pair, side] = self.placed[pair]
            self.counted[pair.drill, self.group(pair.slot), side] = self.program.constant(
                placement.units(side)
            )

    def group(self, slot: str) -> str:
        """Return the group a slot's units are counted in."""
        return self.group_of(slot) if self.board.is_open(slot) else slot

    def _add(self, pair: Pair) -> None:
        sides = open_sides(self.board, pair.drill, pair.slot)
        leading = leading_side(self.board, pair.drill)
        placed = self.placed[pair] = self.program.binary()
        both = len(sides) == 2
        for side in sides:
            own = both and leading is not None and side is not leading
            self.worked[pair, side] = self.program.binary() if own else placed
        self._count(pair, sides, leading)

    def _count(self, pair: Pair, sides: tuple[Side, ...], leading: Side | None) -> None:
        group = self.group(pair.slot)
        alike = leading is None and not self._is_one_sided(pair.drill)
        for side in sides:
            key = (pair.drill, group, side)
            if key not in self.counted:
                twin = self.counted.get((pair.drill, group, side.other)) if alike else None
                self.counted[key] = self.program.variable(0, 20 * 28) if twin is None else twin

    def _is_one_sided(self, drill: str) -> bool:
        candidate = self.board.candidates[drill]
        return bool(candidate.excluded_sides or candidate.not_before)

    @cached_property
    def slots_of(self) -> dict[str, tuple[Pair, ...]]:
        """Pairs by drill, earliest slot first."""
        found: dict[str, list[Pair]] = {drill: [] for drill in self.board.candidates}
        for pair in self.pairs:
            found[pair.drill].append(pair)
        return {drill: tuple(pairs) for drill, pairs in found.items()}

    @cached_property
    def in_slot(self) -> dict[str, tuple[Pair, ...]]:
        """Pairs by slot."""
        found: dict[str, list[Pair]] = {slot: [] for slot in self.board.slots}
        for pair in self.pairs:
            found[pair.slot].append(pair)
        return {slot: tuple(pairs) for slot, pairs in found.items()}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """Slots by group."""
        groups: dict[str, tuple[str, ...]] = {}
        for slot in self.board.slots:
            groups[self.group(slot)] = (*groups.get(self.group(slot), ()), slot)
        return groups

    def candidate(self, pair: Pair) -> Candidate:
        return self.board.candidates[pair.drill]

    def mates(self, pair: Pair) -> tuple[Pair, ...]:
        """Return the pairs that share their units with this one, itself included."""
        group = self.group(pair.slot)
        return tuple(other for other in self.slots_of[pair.drill] if self.group(other.slot) == group)

    def units(self, pair: Pair, side: Side) -> Terms:
        """Units of a placement on a side: exact where the pair is alone in its group, else from below."""
        if (pair, side) not in self.worked:
            return []
        if len(self.mates(pair)) == 1:
            return [(1, self.counted[pair.drill, self.group(pair.slot), side])]
        return [(self.candidate(pair).min_units, self.worked[pair, side])]

    def times(self, drill: str, group: str, side: Side | None = None) -> Terms:
        """How often a drill lies in a group, or works a side there, as one variable where it can be.

        The solver branches and cuts on these few sums far better than on the many binaries in them.
        """
        pairs = [pair for pair in self.slots_of[drill] if self.group(pair.slot) == group]
        found = (
            [self.placed[p] for p in pairs]
            if side is None
            else [self.worked[p, side] for p in pairs if (p, side) in self.worked]
        )
        if len(found) < 2:
            return [(1, variable) for variable in found]
        key = tuple(found)
        if key not in self.sums:
            self.sums[key] = self.program.variable(0, len(found))
            self.program.hold([(-1, self.sums[key]), *((1, v) for v in found)], at_least=0, at_most=0)
        return [(1, self.sums[key])]

    def week_units(self, drill: str, side: Side) -> Terms:
        """Units of a drill in the whole week on a side; always exact."""
        keys = ((drill, group, side) for group in self.groups)
        return [(1, self.counted[key]) for key in keys if key in self.counted]

    def units_ahead(self, drill: str, side: Side) -> Terms:
        """Units of a drill on a side in what is still open of the week; exact."""
        ahead = dict.fromkeys(self.group(slot) for slot in self.board.open_slots)
        keys = ((drill, group, side) for group in ahead)
        return [(1, self.counted[key]) for key in keys if key in self.counted]

    def setup_terms(self, pair: Pair) -> Terms:
        """Seconds of set-up of a placement."""
        candidate, seconds = self.candidate(pair), setup_s(self.candidate(pair))
        if shares_sides(candidate):
            return [(seconds, self.placed[pair])]
        return [(seconds, self.worked[pair, side]) for side in SIDES if (pair, side) in self.worked]

    def seconds(self, pair: Pair) -> Terms:
        """Seconds of a placement with set-up, work and rest, without the change before it."""
        return self.setup_terms(pair) + self._paid(pair.drill, [self.units(pair, side) for side in SIDES])

    def group_seconds(self, group: str) -> Terms:
        """Seconds of all placements in a group, a change of drill before each; exact."""
        terms: Terms = []
        members = [pair for slot in self.groups[group] for pair in self.in_slot[slot]]
        for drill in dict.fromkeys(pair.drill for pair in members):
            candidate, paid = self.board.candidates[drill], list(SIDES)
            terms += [(self.board.transition_s * c, v) for c, v in self.times(drill, group)]
            setups = (
                [self.times(drill, group)]
                if shares_sides(candidate)
                else [self.times(drill, group, s) for s in paid]
            )
            terms += [(setup_s(candidate) * c, v) for setup in setups for c, v in setup]
            counted = [self.counted.get((drill, group, side)) for side in SIDES]
            terms += self._paid(drill, [[] if c is None else [(1, c)] for c in counted])
        return terms

    def _paid(self, drill: str, sides: list[Terms]) -> Terms:
        candidate = self.board.candidates[drill]
        paid = sides[:1] if shares_sides(candidate) else sides
        return [(unit_s(candidate) * c, variable) for terms in paid for c, variable in terms]

    def use(self, drill: str) -> int:
        """Return the binary that says whether a drill is in the week at all."""
        if drill not in self.uses:
            used = self.uses[drill] = self.program.binary()
            pairs = [(1, self.placed[pair]) for pair in self.slots_of[drill]]
            for term in pairs:
                self.program.hold([(1, used), (-1, term[1])], at_least=0)
            self.program.hold([(1, used), *((-c, v) for c, v in pairs)], at_most=0)
        return self.uses[drill]

    def any_of(self, pairs: Iterable[Pair]) -> Terms:
        """Placements of these pairs, counted."""
        return [(1, self.placed[pair]) for pair in pairs]
