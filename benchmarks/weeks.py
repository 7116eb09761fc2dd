"""Plan every benchmark week and print value, bound, gap and seconds of each level.

    python benchmarks/weeks.py                 # all weeks with the planner as it is
    python benchmarks/weeks.py --solver highs  # the levels of the dose model with HiGHS instead
    python benchmarks/weeks.py --long          # four times the effort; better values go to best_known.json

Further weeks (personas, real runners) are ``WeekProblem`` JSON files in ``benchmarks/problems``; ``keep``
writes one there.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter

from made_weeks import made_week
from triplane.planning import Effort, Solved, WeekProblem, check, solve

HERE = Path(__file__).parent
BEST = HERE / "best_known.json"
MADE = [
    *(("usual", seed) for seed in range(1, 25)),
    *(("full", seed) for seed in range(1, 17)),
    *(("small", s) for s in range(1, 5)),
]


def keep(name: str, problem: WeekProblem) -> None:
    """Add a week to the benchmark set under a name."""
    (HERE / "problems").mkdir(exist_ok=True)
    (HERE / "problems" / f"{name}.json").write_text(
        problem.model_dump_json(exclude_defaults=True) + "\n", "utf-8"
    )


def weeks() -> Iterator[tuple[str, WeekProblem]]:
    """Yield every benchmark week with its name."""
    for size, seed in MADE:
        yield f"{size}-{seed}", made_week(seed, size)
    for path in sorted((HERE / "problems").glob("*.json")):
        yield path.stem, WeekProblem.model_validate_json(path.read_text("utf-8"))


def measured(problem: WeekProblem, effort: Effort) -> tuple[Solved, float]:
    """Return the solved week and the wall-clock seconds it took, solver import not counted."""
    began = perf_counter()
    solved = solve(problem, effort)
    seconds = perf_counter() - began
    assert isinstance(solved, Solved)
    assert check(problem, solved.schedule) == ()
    return solved, seconds


def with_highs(problem: WeekProblem) -> list[tuple[int, int, float]]:
    """Return value, bound and seconds of the dose model's levels with HiGHS, 2 s of wall clock each."""
    from highs import HighsSolver
    from triplane.planning.board import Board
    from triplane.planning.models import dose_model
    from triplane.planning.objectives import floor_terms, neatness_terms, shortfall_terms

    model = dose_model(Board(problem))
    levels = [make(model) for make in (floor_terms, shortfall_terms, neatness_terms)]
    solver, found = HighsSolver(model.program), []
    for terms in levels:
        answer = solver.minimise(terms, 2)
        found.append((answer.value, answer.bound, answer.seconds))
        solver.keep(terms, answer.value)
    return found


def main(words: Sequence[str] = ()) -> None:
    """Print one line a week and a summary."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--long", action="store_true")
    asked.add_argument("--solver", choices=["cp_sat", "highs"], default="cp_sat")
    asked.add_argument("--only", default="")
    args = asked.parse_args(list(words))
    chosen = [(name, problem) for name, problem in weeks() if args.only in name]
    if args.solver == "highs":
        for name, problem in chosen:
            print(name, *(f"{v} >= {b} ({s:.2f} s)" for v, b, s in with_highs(problem)), sep="  ", flush=True)
        return
    _import_solver()
    known = json.loads(BEST.read_text("utf-8")) if BEST.exists() else {}
    effort = Effort().times(4) if args.long else Effort()
    rows = []
    for name, problem in chosen:
        rows.append(_row(name, problem, effort, known))
        if args.long:
            BEST.write_text(json.dumps(dict(sorted(known.items()))).replace("], ", "],\n") + "\n", "utf-8")
    seconds = sorted(row[0] for row in rows)
    print(f"{len(rows)} weeks; median {seconds[len(rows) // 2]:.2f} s, slowest {seconds[-1]:.2f} s;", end=" ")
    print(
        f"within 2 s: {sum(s <= 2 for s in seconds)};",
        f"floors and shortfall within 2 %: {sum(r[1] for r in rows)};",
        end=" ",
    )
    print(f"neatness proven or within 2 % of best known: {sum(r[2] for r in rows)}")


def _import_solver() -> None:
    began = perf_counter()
    from ortools.sat.python import cp_model

    print(f"solver imported in {perf_counter() - began:.2f} s ({cp_model.__name__})")


def _row(
    name: str, problem: WeekProblem, effort: Effort, known: dict[str, list[int]]
) -> tuple[float, bool, bool]:
    solved, seconds = measured(problem, effort)
    values = [int(level.value) for level in solved.levels[:4]]
    best = known[name] = min(known.get(name, values), values)
    told = "  ".join(f"{x.name} {x.value:g} >= {x.bound:g} ({x.gap:.1%})" for x in solved.levels)
    print(f"{name:10} {seconds:5.2f} s  {told}  best {best}", flush=True)
    tight = all(level.gap <= 0.02 for level in solved.levels[:2])
    neat = solved.levels[3].proven or values[:3] < best[:3] or values[3] <= 1.02 * best[3]
    return seconds, tight, neat


if __name__ == "__main__":
    main(sys.argv[1:])
