"""The week as an exact optimisation problem: rules, the solver, the checker and the reference planner.

Speaks:  WeekProblem, Candidate, Schedule, Infeasible.      Knows: screening, assessment, catalogue, history.      Never: how yesterday felt.
"""

from typing import TYPE_CHECKING

from triplane.planning.adjustment import ANY_NUMBER, Adjustment, Ceiling, levels_of, strictest
from triplane.planning.build import CAPS_PREFIX, build, caps_of
from triplane.planning.calendars import pattern_of
from triplane.planning.candidates import is_slow_circles
from triplane.planning.equipment import WEIGHTS, contexts_of, takes_load
from triplane.planning.familiarity import (
    BREAK_AFTER,
    FORGOTTEN_AFTER,
    SETTLED_AFTER,
    Familiarity,
    familiar_drills,
    lately_done,
    training_week,
    was_done,
)
from triplane.planning.moves import MOVABLE, no_place, overlapping
from triplane.planning.problem import (
    Anchor,
    Candidate,
    Caps,
    DonePlacement,
    EasierWeek,
    Infeasible,
    Placement,
    Schedule,
    StrengthTarget,
    WeekProblem,
)
from triplane.planning.running_load import (
    WeekOfRunning,
    intended_minutes,
    is_down_week,
    jump_notice,
    weeks_of_running,
)
from triplane.planning.slots import desk_breaks_a_day, slots_of
from triplane.planning.targets import wanted_minutes
from triplane.planning.week import Day, RunnersWeek, week_of

if TYPE_CHECKING:
    from triplane.planning.board import Board as Board
    from triplane.planning.checker import Break as Break
    from triplane.planning.checker import check as check
    from triplane.planning.issue import UnsoundPlan as UnsoundPlan
    from triplane.planning.issue import plan as plan
    from triplane.planning.levels import Effort as Effort
    from triplane.planning.levels import Solved as Solved
    from triplane.planning.levels import solve as solve
    from triplane.planning.rules import PlanRule as PlanRule
    from triplane.planning.rules import all_rules as all_rules
    from triplane.planning.safe import beyond_limits as beyond_limits
    from triplane.planning.safe import unsafe_items as unsafe_items

_LATER = {
    "Board": "board", "Break": "checker", "check": "checker", "UnsoundPlan": "issue", "plan": "issue", "Effort": "levels",
    "Solved": "levels", "solve": "levels", "PlanRule": "rules", "all_rules": "rules",
    "unsafe_items": "safe", "beyond_limits": "safe",
}  # fmt: skip
"""What only planning itself needs, brought in when first asked for; reading a plan does not."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)


__all__ = [
    "ANY_NUMBER",
    "BREAK_AFTER",
    "CAPS_PREFIX",
    "FORGOTTEN_AFTER",
    "MOVABLE",
    "SETTLED_AFTER",
    "WEIGHTS",
    "Adjustment",
    "Anchor",
    "Board",
    "Break",
    "Candidate",
    "Caps",
    "Ceiling",
    "Day",
    "DonePlacement",
    "EasierWeek",
    "Effort",
    "Familiarity",
    "Infeasible",
    "Placement",
    "PlanRule",
    "RunnersWeek",
    "Schedule",
    "Solved",
    "StrengthTarget",
    "UnsoundPlan",
    "WeekOfRunning",
    "WeekProblem",
    "all_rules",
    "beyond_limits",
    "build",
    "caps_of",
    "check",
    "contexts_of",
    "desk_breaks_a_day",
    "familiar_drills",
    "intended_minutes",
    "is_down_week",
    "is_slow_circles",
    "jump_notice",
    "lately_done",
    "levels_of",
    "no_place",
    "overlapping",
    "pattern_of",
    "plan",
    "slots_of",
    "solve",
    "strictest",
    "takes_load",
    "training_week",
    "unsafe_items",
    "wanted_minutes",
    "was_done",
    "week_of",
    "weeks_of_running",
]  # fmt: skip
