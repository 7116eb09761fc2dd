"""The week as an exact optimisation problem: rules, the solver, the checker and the reference planner.

Speaks:  WeekProblem, Candidate, Schedule, Infeasible.      Knows: screening, assessment, catalogue, history.      Never: how yesterday felt.
"""

from typing import TYPE_CHECKING

from triplane.front_door import front_door
from triplane.planning.adjustment import ANY_NUMBER as ANY_NUMBER
from triplane.planning.adjustment import Adjustment as Adjustment
from triplane.planning.adjustment import Ceiling as Ceiling
from triplane.planning.adjustment import levels_of as levels_of
from triplane.planning.adjustment import strictest as strictest
from triplane.planning.begun import begun_too_late as begun_too_late
from triplane.planning.build import CAPS_PREFIX as CAPS_PREFIX
from triplane.planning.build import DEFAULTS as DEFAULTS
from triplane.planning.build import build as build
from triplane.planning.build import caps_of as caps_of
from triplane.planning.build import caps_set as caps_set
from triplane.planning.calendars import pattern_of as pattern_of
from triplane.planning.candidates import is_slow_circles as is_slow_circles
from triplane.planning.choices import choices_of as choices_of
from triplane.planning.choices import own_choices_of as own_choices_of
from triplane.planning.equipment import WEIGHTS as WEIGHTS
from triplane.planning.equipment import contexts_of as contexts_of
from triplane.planning.equipment import takes_load as takes_load
from triplane.planning.familiarity import BREAK_AFTER as BREAK_AFTER
from triplane.planning.familiarity import FORGOTTEN_AFTER as FORGOTTEN_AFTER
from triplane.planning.familiarity import SETTLED_AFTER as SETTLED_AFTER
from triplane.planning.familiarity import Familiarity as Familiarity
from triplane.planning.familiarity import familiar_drills as familiar_drills
from triplane.planning.familiarity import lately_done as lately_done
from triplane.planning.familiarity import training_week as training_week
from triplane.planning.familiarity import was_done as was_done
from triplane.planning.moves import AT_HOME as AT_HOME
from triplane.planning.moves import MOVABLE as MOVABLE
from triplane.planning.moves import no_place as no_place
from triplane.planning.moves import overlapping as overlapping
from triplane.planning.problem import Anchor as Anchor
from triplane.planning.problem import Candidate as Candidate
from triplane.planning.problem import Caps as Caps
from triplane.planning.problem import DonePlacement as DonePlacement
from triplane.planning.problem import EasierWeek as EasierWeek
from triplane.planning.problem import Infeasible as Infeasible
from triplane.planning.problem import Placement as Placement
from triplane.planning.problem import Safer as Safer
from triplane.planning.problem import Schedule as Schedule
from triplane.planning.problem import StrengthTarget as StrengthTarget
from triplane.planning.problem import WeekProblem as WeekProblem
from triplane.planning.running_load import WeekOfRunning as WeekOfRunning
from triplane.planning.running_load import intended_minutes as intended_minutes
from triplane.planning.running_load import is_down_week as is_down_week
from triplane.planning.running_load import jump_notice as jump_notice
from triplane.planning.running_load import weeks_of_running as weeks_of_running
from triplane.planning.shortfalls import learning as learning
from triplane.planning.slots import NO_LATER_THAN as NO_LATER_THAN
from triplane.planning.slots import desk_breaks_a_day as desk_breaks_a_day
from triplane.planning.slots import next_quarter as next_quarter
from triplane.planning.slots import slots_of as slots_of
from triplane.planning.targets import TOUCH_MIN as TOUCH_MIN
from triplane.planning.targets import wanted_minutes as wanted_minutes
from triplane.planning.week import Day as Day
from triplane.planning.week import RunnersWeek as RunnersWeek
from triplane.planning.week import week_of as week_of

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
else:
    __all__, __getattr__ = front_door(__name__)
