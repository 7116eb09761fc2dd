"""Solve a week level by level: the dose first, then its placement, with an honest bound for each level."""

from collections.abc import Callable
from dataclasses import dataclass

from triplane.body import Side
from triplane.history import Level
from triplane.planning.board import Board, Pair
from triplane.planning.cp_sat import Answer, CpSat
from triplane.planning.models import dose_model, exact_model
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

Tell = Callable[[Level], None]


@dataclass(frozen=True)
class Effort:
    """Deterministic seconds each step may take; the same on every machine. Defaults are ours."""

    floors: float = 1.0
    shortfall: float = 1.2
    changes: float = 0.5
    neatness: float = 1.0
    placing: float = 0.5
    rounds: int = 3

    def times(self, factor: float) -> "Effort":
        """Return an effort of so many times this one."""
        steps = (self.floors, self.shortfall, self.changes, self.neatness, self.placing)
        return Effort(
            *(factor * step for step in steps), rounds=self.rounds if factor <= 1 else 3 * self.rounds
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
    plan before; neatness; tidiness (the last for the drills chosen). ``Level.seconds`` are the solver's deterministic
    seconds, so that the same problem gives the same plan to the byte.
    """
    board = Board(problem)
    effort = effort or Effort()
    dose = _Dose(board, effort)
    if not dose.minimise_all():
        from triplane.planning.clashes import clashes_of

        return Infeasible(clashes=clashes_of(board))
    return dose.place()


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
        """Lay the dose into the slots; where it does not fit, cut that choice of drills off and try again."""
        best: tuple[tuple[int, ...], Schedule, Answer] | None = None
        for _ in range(self.effort.rounds):
            drills = self._drills()
            placed = self._laid(drills)
            if placed is not None and (best is None or placed[0] < best[0]):
                best = placed
            if best is not None and best[0] <= tuple(answer.value for answer in self.answers):
                break
            if not self._cut(drills):
                break
        assert best is not None, "an empty week always fits"
        return Solved(best[1], self._levels(*best))

    def _drills(self) -> frozenset[str]:
        solution = self.answers[-1].solution or ()
        return frozenset(drill for drill, used in self.model.uses.items() if solution[used])

    def _laid(self, drills: frozenset[str]) -> tuple[tuple[int, ...], Schedule, Answer] | None:
        """Return the best exact schedule of these drills, its measures and the answer on tidiness."""
        model = exact_model(self.board, drills)
        terms = [step.terms(model) for step in self.steps]
        tidy = tidiness_terms(model)
        solver = CpSat(model.program)
        limits = [answer.value for answer in self.answers]
        if solver.fits(list(zip(terms, limits, strict=True)), self.effort.placing):
            for level, limit in zip(terms, limits, strict=True):
                solver.keep(level, limit)
        else:
            for level in terms:
                answer = solver.minimise(level, self.effort.placing)
                if answer.solution is None:
                    return None
                solver.keep(level, answer.value)
        answer = solver.minimise(tidy, self.effort.placing)
        if answer.solution is None:
            return None
        schedule = _schedule(model, answer.solution)
        return tuple(step.measure(self.board, schedule) for step in self.steps), schedule, answer

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

    def _levels(self, reached: tuple[int, ...], schedule: Schedule, tidy: Answer) -> tuple[Level, ...]:
        """Return each level with the value the schedule truly has and the bound of the relaxation.

        A bound holds for a level while every level before it was reached to the value it was kept at.
        """
        levels = []
        for step, value, answer in zip(self.steps, reached, self.answers, strict=True):
            bound = min(answer.bound, value)
            levels.append(_level(step.name, value, bound, answer.seconds))
        value = tidiness(self.board, schedule)
        levels.append(_level("tidiness of these drills", value, min(tidy.bound, value), tidy.seconds))
        return tuple(levels)


def _level(name: str, value: int, bound: int, seconds: float) -> Level:
    return Level(name=name, value=value, bound=bound, proven=value == bound, seconds=round(seconds, 3))


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
