"""Solve a week level by level: the dose first, then its placement, with an honest bound for each level."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from triplane.body import Side
from triplane.history import Level
from triplane.planning.board import Board, Pair, worked_sides
from triplane.planning.clashes import clashes_of
from triplane.planning.cp_sat import Answer, CpSat
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
)
from triplane.planning.problem import Infeasible, Placement, Schedule, WeekProblem
from triplane.planning.program import Terms
from triplane.planning.week_model import WeekModel

SMALL_WEEK = 550
"""So many possible placements, at most, are solved exactly when the dose cannot be laid out as it is."""

PATIENCE = 20
"""So many times its effort a step may take when it has found no schedule at all yet."""

CONTENT = 0.02
"""A schedule this close to the bound on its shortfall is not searched further (decision 4)."""


@dataclass(frozen=True)
class Effort:
    """Deterministic seconds each step may take; the same on every machine. Defaults are ours."""

    floors: float = 1.0
    shortfall: float = 0.7
    changes: float = 0.3
    neatness: float = 0.5
    placing: float = 0.15
    rounds: int = 2

    def times(self, factor: float) -> "Effort":
        """Return an effort of so many times this one."""
        return Effort(
            floors=factor * self.floors,
            shortfall=factor * self.shortfall,
            changes=factor * self.changes,
            neatness=factor * self.neatness,
            placing=factor * self.placing,
            rounds=self.rounds if factor <= 1 else 3 * self.rounds,
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


def _steps(effort: Effort) -> tuple[_Step, ...]:
    return (
        _Step("floors missed", floor_terms, floors_missed, effort.floors),
        _Step("shortfall", shortfall_terms, shortfall, effort.shortfall),
        _Step("changes", change_terms, changes, effort.changes),
        _Step("neatness", neatness_terms, neatness, effort.neatness),
    )


def solve(problem: WeekProblem, effort: Effort | None = None) -> Solved | Infeasible:
    """Return the best schedule of a week with a level for each objective, or what clashes.

    Levels, in strict order: floors missed; shortfall in weighted tenths of seconds; changes against the
    plan before; neatness; tidiness (the last for the drills chosen). ``Level.seconds`` are the solver's
    deterministic seconds, so that the same problem gives the same plan to the byte.
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
        self.board, self.effort, self.steps = board, effort, _steps(effort)
        self.model = dose_model(board)
        self.terms = [step.terms(self.model) for step in self.steps]
        for drill, pairs in self.model.slots_of.items():
            if pairs:
                self.model.use(drill)
        self.solver = CpSat(self.model.program)
        self.answers: list[Answer] = []

    def minimise_all(self) -> bool:
        """Reach every level in turn, each kept as a limit for the next; no answer means infeasible."""
        for step, terms in zip(self.steps, self.terms, strict=True):
            answer = self.solver.minimise(terms, step.effort)
            if answer.solution is None:
                return False
            self.solver.keep(terms, answer.value)
            self.answers.append(answer)
        return True

    def place(self) -> Solved:
        """Lay the dose into the slots; where it does not fit, look further before the bound is given up.

        A small week is then solved exactly over all drills; a large one has that choice of drills cut
        off and is tried again.
        """
        drills = self._drills()
        best = self._laid(drills)
        if best is None or self._is_far(best):
            if len(self.model.pairs) <= SMALL_WEEK:
                best = _better(best, self._laid(None, best))
            else:
                for _ in range(self.effort.rounds):
                    if (best is not None and not self._is_far(best)) or not self._cut(drills):
                        break
                    drills = self._drills()
                    best = _better(best, self._laid(drills))
        assert best is not None, "a choice of drills that was reached always has a schedule"
        return Solved(best.schedule, self._levels(best))

    def _is_far(self, laid: "_Laid") -> bool:
        """Return whether floors or shortfall ended further from their bound than we are content with."""
        floors, shortfall_ = self.answers[0], self.answers[1]
        within = floors.bound, shortfall_.bound + CONTENT * shortfall_.bound
        reached = floors.value, max(shortfall_.value, within[1])
        return laid.reached[0] > reached[0] or laid.reached[1] > reached[1]

    def _drills(self) -> frozenset[str]:
        solution = self.answers[-1].solution or ()
        return frozenset(drill for drill, used in self.model.uses.items() if solution[used])

    def _laid(self, drills: frozenset[str] | None, start: "_Laid | None" = None) -> "_Laid | None":
        """Return the best exact schedule of these drills, or of all from a start, with its tidiness."""
        model = exact_model(self.board, drills)
        terms = [step.terms(model) for step in self.steps]
        tidy = tidiness_terms(model)
        solver = CpSat(model.program)
        solver.hint = _as_hint(model, start.schedule) if start else {}
        limits = [answer.value for answer in self.answers]
        if drills is not None and solver.fits(list(zip(terms, limits, strict=True)), self.effort.placing):
            for level, limit in zip(terms, limits, strict=True):
                solver.keep(level, limit)
        elif not self._descends(solver, terms, is_whole=drills is None):
            return None
        answer = solver.minimise(tidy, self.effort.placing)
        if answer.solution is None:
            answer = solver.minimise(tidy, PATIENCE * self.effort.placing)
        if answer.solution is None:
            return None
        schedule = _schedule(model, answer.solution)
        return _Laid(tuple(step.measure(self.board, schedule) for step in self.steps), schedule, answer)

    def _descends(self, solver: CpSat, terms: list[Terms], is_whole: bool) -> bool:
        """Reach each level exactly; over all drills, what is proven there lifts the bounds of the dose."""
        is_tied = True
        for place, (level, step) in enumerate(zip(terms, self.steps, strict=True)):
            if is_whole and is_tied and level:
                solver.hold(level, at_least=self.answers[place].bound)
            answer = solver.minimise(level, step.effort if is_whole else self.effort.placing)
            if answer.solution is None:
                answer = solver.minimise(level, PATIENCE * step.effort)
            if answer.solution is None:
                return False
            solver.keep(level, answer.value)
            if is_whole and is_tied:
                known = self.answers[place]
                self.answers[place] = replace(known, bound=max(known.bound, answer.bound))
                is_tied = answer.value <= self.answers[place].bound
        return True

    def _cut(self, drills: frozenset[str]) -> bool:
        """Ask for some drill outside this choice, and reach the last level again."""
        others = [(1, used) for drill, used in sorted(self.model.uses.items()) if drill not in drills]
        self.solver.hold(others, at_least=1)
        answer = self.solver.minimise(self.terms[-1], self.effort.neatness)
        if answer.solution is None:
            return False
        self.answers[-1] = Answer(
            answer.solution, answer.value, self.answers[-1].bound, False, answer.seconds
        )
        return True

    def _levels(self, laid: "_Laid") -> tuple[Level, ...]:
        """Return each level with the value the schedule truly has and the bound of the relaxation."""
        levels = [
            _level(step.name, value, answer.bound, answer.seconds)
            for step, value, answer in zip(self.steps, laid.reached, self.answers, strict=True)
        ]
        value = tidiness(self.board, laid.schedule)
        return (*levels, _level("tidiness of these drills", value, laid.tidy.bound, laid.tidy.seconds))


@dataclass(frozen=True)
class _Laid:
    """An exact schedule with what it reaches on each level, and the solver's answer on tidiness."""

    reached: tuple[int, ...]
    schedule: Schedule
    tidy: Answer


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
    return hint


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
