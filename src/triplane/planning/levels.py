"""Solve a week level by level: the dose first, then its placement, with an honest bound for each level."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from triplane.body import Side
from triplane.history import Level
from triplane.planning.board import Board, Pair, worked_sides
from triplane.planning.clashes import clashes_of
from triplane.planning.cp_sat import CONTENT, COUNTING, FINDING, PLAIN, CpSat, Search, SolverResult
from triplane.planning.models import dose_model, exact_model, open_pairs
from triplane.planning.objectives import (
    change_terms,
    changes,
    floor_terms,
    floors_missed,
    neatness,
    neatness_terms,
    shortfall,
    shortfall_terms,
    tidiness,
    tidiness_terms,
    wanted,
    wanted_terms,
)
from triplane.planning.problem import Infeasible, Placement, Schedule, WeekProblem
from triplane.planning.program import Terms
from triplane.planning.week_model import WeekModel

SMALL_WEEK = 300
"""So many possible placements, at most, are solved exactly when the dose cannot be laid out as it is."""

PATIENCE = 20
"""So many times its effort a step may take when it has found no schedule at all yet."""

HANDED_ON = 0.35
"""The share of the effort that easy levels left over which a later level may use."""

LAYING = 0.4
"""The share of a step's effort that the same level may take for the drills of the dose, slot by slot."""


@dataclass(frozen=True)
class Effort:
    """Deterministic seconds each step may take; the same on every machine. Defaults are ours."""

    floors: float = 1.0
    shortfall: float = 0.7
    wanted: float = 0.3
    changes: float = 0.3
    neatness: float = 0.65
    placing: float = 0.15

    def times(self, factor: float) -> "Effort":
        """Return an effort of so many times this one."""
        return Effort(
            floors=factor * self.floors,
            shortfall=factor * self.shortfall,
            wanted=factor * self.wanted,
            changes=factor * self.changes,
            neatness=factor * self.neatness,
            placing=factor * self.placing,
        )


@dataclass(frozen=True)
class Solved:
    """A schedule that keeps every rule, and how good it was proven to be, level by level."""

    schedule: Schedule
    levels: tuple[Level, ...]


@dataclass(frozen=True)
class _Step:
    name: str
    terms: Callable[[WeekModel], Terms]
    measure: Callable[[Board, Schedule], int]
    effort: float
    searches: tuple[Search, ...] = PLAIN


def _steps(effort: Effort, *, is_something_wanted: bool) -> tuple[_Step, ...]:
    """Return the levels in their order; what is wanted is one only where something is."""
    choices = _Step("wanted drills", wanted_terms, wanted, effort.wanted)
    return (
        _Step("floors missed", floor_terms, floors_missed, effort.floors),
        _Step("shortfall", shortfall_terms, shortfall, effort.shortfall),
        *((choices,) if is_something_wanted else ()),
        _Step("changes", change_terms, changes, effort.changes),
        _Step("neatness", neatness_terms, neatness, effort.neatness, COUNTING),
    )


def solve(problem: WeekProblem, effort: Effort | None = None) -> Solved | Infeasible:
    """Return the best schedule of a week with a level for each objective, or what clashes.

    Levels, in strict order: floors missed; shortfall in weighted tenths of seconds; wanted drills (where
    some are); changes against the plan before; neatness; tidiness (the last for the drills
    chosen). ``Level.seconds`` are the solver's deterministic seconds, so that the same
    problem gives the same plan to the byte.
    """
    board = Board(problem)
    if set(board.fixed) <= set(open_pairs(board)):
        dose = _Dose(board, effort or Effort())
        if dose.minimise_all():
            return dose.place()
    return Infeasible(clashes=clashes_of(board))


class _Dose:
    """The dose model of a week on its way through the levels."""

    def __init__(self, board: Board, effort: Effort) -> None:
        self.board, self.effort = board, effort
        self.steps = _steps(effort, is_something_wanted=bool(board.problem.wanted))
        self.model = dose_model(board)
        self.terms = [step.terms(self.model) for step in self.steps]
        for drill, pairs in self.model.slots_of.items():
            if pairs:
                self.model.use(drill)
        self.solver = CpSat(self.model.program)
        self.results: list[SolverResult] = []

    def minimise_all(self) -> bool:
        """Reach every level in turn, each kept as a limit for the next; no result means infeasible.

        A level that was easy hands some of its unused effort on.
        """
        spare = 0.0
        for step, terms in zip(self.steps, self.terms, strict=True):
            effort = step.effort + HANDED_ON * spare
            result = self.solver.minimise(terms, effort, step.searches)
            spare += max(0.0, step.effort - result.seconds)
            if result.solution is None:
                return False
            self.solver.keep(terms, result.value)
            self.results.append(result)
        return True

    def place(self) -> Solved:
        """Lay the dose into the slots; where it does not fit, look further before the bound is given up.

        Then the drills of every level's dose are open, not only the neatest few; and a small week is
        searched exactly over all drills.
        """
        best = self._laid(self._drills(self.results[-1:]))
        if best is None or self._is_far(best):
            start = best.schedule if best else None
            best = _better(best, self._laid(self._drills(self.results), start))
        if best is None or (self._is_far(best) and len(self.model.pairs) <= SMALL_WEEK):
            best = self._widened(best)
        assert best is not None, "a choice of drills that was reached always has a schedule"
        return Solved(best.schedule, self._levels(best))

    def _is_far(self, laid: "_Laid") -> bool:
        """Return whether floors or shortfall are worse than in the dose, and further from their bound than
        we are content with.
        """
        floors, short = self.results[0], self.results[1]
        content = max(short.value, int((1 + CONTENT) * short.bound))
        return laid.reached[0] > floors.value or laid.reached[1] > content

    def _drills(self, results: list[SolverResult]) -> frozenset[str]:
        """Return the drills that any of these doses holds."""
        solutions = [result.solution for result in results if result.solution]
        uses = self.model.uses.items()
        return frozenset(drill for drill, used in uses if any(solution[used] for solution in solutions))

    def _laid(self, drills: frozenset[str], start: Schedule | None = None) -> "_Laid | None":
        """Return the best exact schedule of these drills, with its tidiness."""
        model = exact_model(self.board, drills)
        terms = [step.terms(model) for step in self.steps]
        tidy = tidiness_terms(model)
        solver = CpSat(model.program)
        solver.hint = _as_hint(model, start) if start else {}
        limits = [result.value for result in self.results]
        if start is None and solver.fits(list(zip(terms, limits, strict=True)), self.effort.placing):
            for level, limit in zip(terms, limits, strict=True):
                solver.keep(level, limit)
            solver.keep(terms[-1], solver.minimise(terms[-1], self.effort.placing, COUNTING).value)
        elif not self._descends(solver, terms):
            return None
        result = solver.minimise(tidy, self.effort.placing, FINDING)
        if result.solution is None:
            result = solver.minimise(tidy, PATIENCE * self.effort.placing, FINDING)
        if result.solution is None:
            return None
        schedule = _schedule(model, result.solution)
        return _Laid(self._reached(schedule), schedule, result)

    def _descends(self, solver: CpSat, terms: list[Terms]) -> bool:
        """Reach each level slot by slot, for the few drills of this model."""
        for level, step in zip(terms, self.steps, strict=True):
            result = solver.minimise(level, LAYING * step.effort, step.searches)
            if result.solution is None:
                result = solver.minimise(level, PATIENCE * step.effort, FINDING)
            if result.solution is None:
                return False
            solver.keep(level, result.value)
        return True

    def _widened(self, laid: "_Laid | None") -> "_Laid | None":
        """Search floors and shortfall over all drills exactly, from what was laid, and lay it out again.

        What is proven here lifts the bounds of the dose.
        """
        model = exact_model(self.board)
        terms = [step.terms(model) for step in self.steps[:2]]
        solver = CpSat(model.program)
        solver.hint = _as_hint(model, laid.schedule) if laid else {}
        is_tied, result = True, SolverResult(None)
        for place, (level, step) in enumerate(zip(terms, self.steps[:2], strict=True)):
            known = self.results[place]
            if laid is not None and place == 0 and laid.reached[0] == known.bound:
                solver.keep(level, known.bound)
                continue
            if is_tied:
                solver.hold(level, at_least=known.bound)
            result = solver.minimise(level, step.effort)
            if result.solution is None and laid is None:
                result = solver.minimise(level, PATIENCE * step.effort, FINDING)
            if result.solution is None:
                return laid
            solver.keep(level, result.value)
            if is_tied:
                self.results[place] = replace(known, bound=max(known.bound, result.bound))
                is_tied = result.value <= self.results[place].bound
        found = _schedule(model, result.solution or ())
        if laid is not None and self._reached(found)[:2] >= laid.reached[:2]:
            return laid
        drills = {p.drill for p in found.placements} | set(self.board.problem.wanted)
        return _better(laid, self._laid(frozenset(drills), found))

    def _reached(self, schedule: Schedule) -> tuple[int, ...]:
        return tuple(step.measure(self.board, schedule) for step in self.steps)

    def _levels(self, laid: "_Laid") -> tuple[Level, ...]:
        """Return each level with the value the schedule truly has and the bound of the relaxation."""
        levels = [
            _level(step.name, value, result.bound, result.seconds)
            for step, value, result in zip(self.steps, laid.reached, self.results, strict=True)
        ]
        value = tidiness(self.board, laid.schedule)
        return (*levels, _level("tidiness of these drills", value, laid.tidy.bound, laid.tidy.seconds))


@dataclass(frozen=True)
class _Laid:
    """An exact schedule with what it reaches on each level, and the solver's result on tidiness."""

    reached: tuple[int, ...]
    schedule: Schedule
    tidy: SolverResult


def _better(one: _Laid | None, other: _Laid | None) -> _Laid | None:
    if one is None or other is None:
        return one or other
    return min(one, other, key=lambda laid: laid.reached)


def _level(name: str, value: int, bound: int, seconds: float) -> Level:
    bound = min(value, max(0, bound))
    return Level(name=name, value=value, bound=bound, proven=value == bound, seconds=round(seconds, 3))


def _as_hint(model: WeekModel, schedule: Schedule) -> dict[int, int]:
    """Return the variables of a model as a schedule has them, where that is plain to see."""
    hint = dict.fromkeys((*model.placed.values(), *model.worked.values(), *model.counted.values()), 0)
    for placement in schedule.placements:
        pair = Pair(placement.drill, placement.slot)
        hint[model.placed[pair]] = 1
        for side in worked_sides(placement):
            hint[model.worked[pair, side]] = 1
            hint[model.counted[placement.drill, model.group(placement.slot), side]] = placement.units(side)
    placed = {placement.drill for placement in schedule.placements}
    hint |= {summed: sum(hint[v] for v in parts) for parts, summed in model.sums.items()}
    return hint | {used: int(drill in placed) for drill, used in model.uses.items()}


def _schedule(model: WeekModel, solution: tuple[int, ...]) -> Schedule:
    placements = [
        _placement(model, pair, solution) for pair, placed in sorted(model.placed.items()) if solution[placed]
    ]
    order = {slot: place for place, slot in enumerate(model.board.slots)}
    placements.sort(key=lambda p: (order[p.slot], model.board.candidates[p.drill].stage, p.drill))
    return Schedule(placements=tuple(placements))


def _placement(model: WeekModel, pair: Pair, solution: tuple[int, ...]) -> Placement:
    left, right = (
        sum(solution[variable] for _, variable in model.units(pair, side)) for side in (Side.LEFT, Side.RIGHT)
    )
    return Placement(drill=pair.drill, slot=pair.slot, left_units=left, right_units=right)
