"""The rules of a week, one file each; a file that lies here is a rule.

A rule file has ``IDS`` (of the rule book, the first one leads), ``WHY`` (a sentence a coach would say) and
any of: ``forbids(board, candidate, slot)``, ``post(model)`` and ``broken(board, schedule)``. With
``IS_PREFERENCE`` the runner may keep it off for a drill that they moved; then it has ``forbids`` and no more. The solver sees
``forbids`` and ``post``; the checker and the reference planner see ``forbids`` and ``broken``.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from triplane.evidence import Reason, reason
from triplane.history import Slot
from triplane.planning.board import Board
from triplane.planning.problem import Candidate, Placement, Schedule, Waiver
from triplane.planning.week_model import WeekModel


@dataclass(frozen=True)
class PlanRule:
    """One rule: what it keeps from the solver, what it posts, and what it finds broken."""

    name: str
    ids: tuple[str, ...]
    why: str
    module: ModuleType

    def reason(self, says: str = "") -> Reason:
        """Return the rule as a reason, in its own words or in these, with sources from the rule book."""
        return reason(self.ids[0], says or self.why)

    @property
    def is_preference(self) -> bool:
        """Whether it protects how a run goes rather than the body, so that a runner may keep it off."""
        return bool(getattr(self.module, "IS_PREFERENCE", False))

    def forbids(self, board: Board, candidate: Candidate, slot: Slot) -> bool:
        """Return whether the drill may not lie in the slot, whatever else is planned."""
        if not hasattr(self.module, "forbids") or not self.module.forbids(board, candidate, slot):
            return False
        waiver = Waiver(rule=self.name, drill=candidate.drill, slot=slot.id)
        return not (self.is_preference and waiver in board.problem.waived)

    def post(self, model: WeekModel) -> None:
        """Post what depends on several placements, or on units."""
        if hasattr(self.module, "post"):
            self.module.post(model)

    def broken(self, board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
        """Yield the groups of placements that break the rule."""
        if hasattr(self.module, "forbids"):
            for placement in schedule.placements:
                slot = board.slots[placement.slot]
                if self.forbids(board, board.candidates[placement.drill], slot):
                    yield (placement,)
        if hasattr(self.module, "broken"):
            yield from self.module.broken(board, schedule)


@cache
def all_rules() -> tuple[PlanRule, ...]:
    """Return every rule in this folder, by name."""
    names = sorted(found.name for found in iter_modules(__path__) if not found.name.startswith("_"))
    modules = {name: import_module(f"{__name__}.{name}") for name in names}
    return tuple(PlanRule(name, m.IDS, m.WHY, m) for name, m in modules.items())


__all__ = ["PlanRule", "all_rules"]
