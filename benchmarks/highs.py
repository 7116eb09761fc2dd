"""HiGHS on the same programmes, to be compared with CP-SAT; not part of the planner."""

from time import perf_counter

import numpy as np

from triplane.planning.cp_sat import SolverResult
from triplane.planning.program import Program, Terms


class HighsSolver:
    """A programme handed to HiGHS and minimised level by level; ``effort`` is seconds of wall clock."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._kept: list[tuple[Terms, int]] = []
        self.hint: tuple[int, ...] | None = None

    def keep(self, terms: Terms, at_most: int) -> None:
        self._kept.append((terms, at_most))

    def minimise(self, terms: Terms, effort: float) -> SolverResult:
        import highspy

        program = self._program
        h = highspy.Highs()
        h.silent()
        h.setOptionValue("threads", 1)
        h.setOptionValue("random_seed", 1)
        h.setOptionValue("time_limit", float(effort))
        h.setOptionValue("mip_rel_gap", 0.0)
        h.setOptionValue("mip_abs_gap", 0.99)
        count = len(program.low)
        cost = np.zeros(count)
        for c, v in terms:
            cost[v] += c
        rows = [(list(r.terms), r.low, r.high) for r in program.binding_rows()]
        rows += [(_summed(t), None, most) for t, most in self._kept]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = count, len(rows)
        lp.col_cost_, lp.col_lower_, lp.col_upper_ = (
            cost,
            np.array(program.low, float),
            np.array(program.high, float),
        )
        inf = highspy.kHighsInf
        lp.row_lower_ = np.array([-inf if a is None else a for _, a, _ in rows], float)
        lp.row_upper_ = np.array([inf if b is None else b for _, _, b in rows], float)
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = np.cumsum([0, *(len(t) for t, _, _ in rows)])
        lp.a_matrix_.index_ = np.array([v for t, _, _ in rows for _, v in t], np.int32)
        lp.a_matrix_.value_ = np.array([c for t, _, _ in rows for c, _ in t], float)
        lp.integrality_ = [highspy.HighsVarType.kInteger] * count
        h.passModel(lp)
        if self.hint is not None:
            h.setSolution(count, np.arange(count, dtype=np.int32), np.array(self.hint, float))
        began = perf_counter()
        h.run()
        seconds = perf_counter() - began
        info = h.getInfo()
        if info.primal_solution_status != 2:
            return SolverResult(None, is_proven=True, seconds=seconds)
        self.hint = tuple(round(x) for x in h.getSolution().col_value)
        bound = -int(-(info.mip_dual_bound - 1e-6) // 1)
        value = round(info.objective_function_value)
        return SolverResult(self.hint, value, min(bound, value), bound >= value, seconds)


def _summed(terms: Terms) -> list[tuple[int, int]]:
    summed: dict[int, int] = {}
    for c, v in terms:
        summed[v] = summed.get(v, 0) + c
    return [(c, v) for v, c in summed.items() if c]
