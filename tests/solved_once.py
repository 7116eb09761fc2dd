"""Weeks are solved once for all tests of a run: the same problem has the same answer, and solving costs.

That it truly is the same, in every process and whatever came before, is itself tested in processes of their
own, which keep nothing (``tests/spec/test_day.py``).
"""

import pickle
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from triplane.planning.levels import Effort, Solved, solve
from triplane.planning.problem import Infeasible, WeekProblem

Solves = Callable[[WeekProblem, Effort | None], Solved | Infeasible]


def solving_once(folder: Path) -> Solves:
    """Return a ``solve`` that keeps its answers in a folder, where all processes of a run find them."""

    def solve_once(problem: WeekProblem, effort: Effort | None = None) -> Solved | Infeasible:
        asked = f"{problem.model_dump_json()}{effort}"
        kept = folder / sha256(asked.encode()).hexdigest()
        if kept.exists():
            answer: Solved | Infeasible = pickle.loads(kept.read_bytes())
            return answer
        answer = solve(problem, effort)
        new = kept.with_suffix(f".{id(answer)}")
        new.write_bytes(pickle.dumps(answer))
        new.replace(kept)
        return answer

    return solve_once
