"""First weeks of personas and real runners: proven or not, how fast, and every rule kept."""

import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from cast import MONDAY
from personas import NAMES, history_of_file, persona
from rbds import runners
from real_files import SHARED
from triplane import coach, planning
from triplane.coach.situation import Situation
from triplane.errors import Blocked
from triplane.history import History

NOW = MONDAY.replace(hour=7)
ROUNDS = 3


def people() -> Iterator[tuple[str, History]]:
    """Yield each runner's name and what is told on Monday morning."""
    for name in NAMES:
        yield name, history_of_file(persona(name), name)
    if (SHARED / "data").is_dir():
        for number, row in runners.rows(SHARED).items():
            yield f"runner {number}", history_of_file(runners.runner_file(row), f"rbds_{number}")


def solved(history: History) -> tuple[float, planning.Solved, planning.WeekProblem]:
    """Return the best processor seconds of solving the week, and what came of it."""
    problem = Situation(history, NOW).problem
    best, found = float("inf"), None
    for _ in range(ROUNDS):
        began = time.process_time()
        found = planning.solve(problem)
        best = min(best, time.process_time() - began)
    assert isinstance(found, planning.Solved), found
    return best, found, problem


def main() -> None:
    """Print one table; seconds are processor seconds on one core, the solver's import not counted."""
    heads = f"{'who':<12}{'drills':>7}{'places':>7}{'solve s':>9}  "
    print(heads + "each level: value, and proven or its gap; then what the checker finds")
    for name, history in people():
        try:
            coach.refuse_if_blocked(history, NOW)
        except Blocked:
            print(f"{name:<12}{'':>23}  blocked by safety: no plan, no drill")
            continue
        seconds, found, problem = solved(history)
        placements = found.schedule.placements
        levels = "  ".join(
            f"{level.name.split()[0]} {level.value:g} {'proven' if level.proven else f'{level.gap:.1%}'}"
            for level in found.levels
        )
        broken = planning.check(problem, found.schedule)
        kept = "rules kept" if not broken else f"{len(broken)} rules broken"
        drills = len({placement.drill for placement in placements})
        print(f"{name:<12}{drills:>7}{len(placements):>7}{seconds:>9.2f}  {levels}  {kept}")


if __name__ == "__main__":
    main()
