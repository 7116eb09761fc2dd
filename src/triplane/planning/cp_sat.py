"""CP-SAT as the solver of a programme: one worker, fixed seed, deterministic time."""

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

from triplane.planning.program import Program, Terms, value_of

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class SolverResult:
    """The best solution found, its value and the proven bound; ``solution`` is missing when there is none."""

    solution: tuple[int, ...] | None
    value: int = 0
    bound: int = 0
    is_proven: bool = False
    seconds: float = 0.0


@dataclass(frozen=True)
class Search:
    """A way to search and the share of a step's effort it may take.

    ``linear`` is how much of the programme the linear relaxation sees (0 none, 2 all). ``from_below`` asks
    whether the bound can be reached, instead of mending the best solution.
    """

    share: float
    linear: int
    from_below: bool = False


PLAIN = (Search(1, linear=2),)
"""One search, for steps that are easy."""

COUNTING = (
    Search(0.25, linear=0),
    Search(0.35, linear=1),
    Search(0.4, linear=2, from_below=True),
)
"""For counting few things: the full relaxation leads astray and still gives the bound (measured)."""

FINDING = (Search(0.1, linear=0), Search(0.9, linear=2))
"""For steps where finding any solution is half the work; the relaxation is slow at that."""

CONTENT = 0.02
"""A solution this close to its bound is not searched further (decision 4)."""


class CpSat:
    """A programme handed to the solver once and then minimised level by level."""

    def __init__(self, program: Program) -> None:
        from ortools.sat.python import cp_model

        self._model = cp_model.CpModel()
        self._variables = [
            self._model.new_int_var(a, b, "") for a, b in zip(program.low, program.high, strict=True)
        ]
        for row in program.binding_rows():
            self._hold(list(row.terms), row.low, row.high)
        self.hint: dict[int, int] = {}
        self.is_settled = False

    def _sum(self, terms: Terms) -> "cp_model.LinearExprT":
        from ortools.sat.python import cp_model

        return cp_model.LinearExpr.weighted_sum([self._variables[v] for _, v in terms], [c for c, _ in terms])

    def _hold(self, terms: Terms, low: int | None, high: int | None) -> None:
        total = self._sum(terms)
        if low is not None and low == high:
            self._model.add(total == low)
        elif low is not None and high is not None:
            self._model.add_linear_constraint(total, low, high)
        elif low is not None:
            self._model.add(total >= low)
        elif high is not None:
            self._model.add(total <= high)

    def hold(self, terms: Terms, at_least: int) -> None:
        """Cut solutions off: the sum of terms is at least this from now on."""
        self._hold(terms, at_least, None)
        self.is_settled = False

    def fits(self, limits: list[tuple[Terms, int]], effort: float) -> bool:
        """Return whether a solution within all limits is found; it becomes the hint."""
        trial = self._model.clone()
        kept, self._model = self._model, trial
        self.is_settled = False
        for terms, most in limits:
            self._hold(terms, None, most)
        found = self.minimise([], effort).solution is not None
        self._model = kept
        return found

    def keep(self, terms: Terms, at_most: int) -> None:
        """Fix a level that has been reached by the hint."""
        self._hold(terms, None, at_most)

    def minimise(self, terms: Terms, effort: float, searches: tuple[Search, ...] = PLAIN) -> SolverResult:
        """Return the least sum of terms; ``effort`` is deterministic seconds, the same on every machine.

        The searches follow one another, each from the best solution before it, until one comes within
        ``CONTENT`` of the best bound.
        """
        self._model.clear_objective()
        if terms:
            self._model.minimize(self._sum(terms))
        elif self.is_settled:
            return SolverResult(tuple(self.hint.values()), is_proven=True)
        best = self._searched(searches[0], effort)
        for search in searches[1:]:
            if best.is_proven or (best.solution and best.value <= (1 + CONTENT) * best.bound):
                break
            best = _joined(best, self._searched(search, effort))
        return self._known(terms, best) if best.solution is None and self.is_settled else best

    def _known(self, terms: Terms, result: SolverResult) -> SolverResult:
        """Return the hint, which keeps every row, where a short search did not come as far as reading it."""
        solution = tuple(self.hint.values())
        value = value_of(terms, solution)
        bound = min(value, result.bound)
        return replace(result, solution=solution, value=value, bound=bound, is_proven=value == bound)

    def _searched(self, search: Search, effort: float) -> SolverResult:
        from ortools.sat.python import cp_model

        self._model.clear_hints()
        for variable, value in self.hint.items():
            self._model.add_hint(self._variables[variable], value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = search.linear
        solver.parameters.use_objective_lb_search = search.from_below
        solver.parameters.max_deterministic_time = search.share * effort
        status = solver.solve(self._model)
        seconds = solver.response_proto.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            bound = ceil(solver.best_objective_bound - 1e-6) if status == cp_model.UNKNOWN else 0
            return SolverResult(None, bound=bound, is_proven=status == cp_model.INFEASIBLE, seconds=seconds)
        solution = tuple(solver.value(v) for v in self._variables)
        self.hint, self.is_settled = dict(enumerate(solution)), True
        return SolverResult(
            solution,
            round(solver.objective_value),
            ceil(solver.best_objective_bound - 1e-6),
            status == cp_model.OPTIMAL,
            seconds,
        )


def _joined(before: SolverResult, after: SolverResult) -> SolverResult:
    """Return the better solution of two searches with the better bound."""
    seconds = before.seconds + after.seconds
    found = [result for result in (before, after) if result.solution is not None]
    if not found:
        return replace(after, seconds=seconds)
    best = min(found, key=lambda result: result.value)
    bound = min(best.value, max(before.bound, after.bound))
    return replace(best, bound=bound, is_proven=best.value == bound, seconds=seconds)
