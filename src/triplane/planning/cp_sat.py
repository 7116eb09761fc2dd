"""CP-SAT as the solver of a programme: one worker, fixed seed, deterministic time."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from triplane.planning.program import Program, Terms

if TYPE_CHECKING:
    from ortools.sat.python import cp_model


@dataclass(frozen=True)
class Answer:
    """The best solution found, its value and the proven bound; ``solution`` is missing when there is none."""

    solution: tuple[int, ...] | None
    value: int = 0
    bound: int = 0
    is_proven: bool = False
    seconds: float = 0.0


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

    def fits(self, limits: list[tuple[Terms, int]], effort: float) -> bool:
        """Return whether a solution within all limits is found; it becomes the hint."""
        trial = self._model.clone()
        kept, self._model = self._model, trial
        for terms, most in limits:
            self._hold(terms, None, most)
        found = self.minimise([], effort).solution is not None
        self._model = kept
        return found

    def keep(self, terms: Terms, at_most: int) -> None:
        """Fix a level that has been reached."""
        self._hold(terms, None, at_most)

    def minimise(self, terms: Terms, effort: float) -> Answer:
        """Return the least sum of terms; ``effort`` is deterministic seconds, the same on every machine."""
        from ortools.sat.python import cp_model

        self._model.clear_objective()  # type: ignore[no-untyped-call]
        if terms:
            self._model.minimize(self._sum(terms))
        self._model.clear_hints()  # type: ignore[no-untyped-call]
        for variable, value in self.hint.items():
            self._model.add_hint(self._variables[variable], value)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 1
        solver.parameters.linearization_level = 2
        solver.parameters.max_deterministic_time = effort
        status = solver.solve(self._model)
        seconds = solver.response_proto.deterministic_time
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Answer(None, is_proven=status == cp_model.INFEASIBLE, seconds=seconds)
        solution = tuple(solver.value(v) for v in self._variables)
        self.hint = dict(enumerate(solution))
        return Answer(
            solution,
            round(solver.objective_value),
            round(solver.best_objective_bound),
            status == cp_model.OPTIMAL,
            seconds,
        )
