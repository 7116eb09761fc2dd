"""What lived days change: plan, log and mornings in, adjustments with their reasons out.

Speaks:  adjust, DrillState, what_changed.      Knows: planning, assessment, catalogue, history.      Never: which drill goes where.
"""

from triplane.adaptation.adjust import adjust, notices
from triplane.adaptation.breaks import days_off
from triplane.adaptation.changed import what_changed
from triplane.adaptation.deload import is_deload_week
from triplane.adaptation.during import verdict_on
from triplane.adaptation.log import Event, Worked, events_of
from triplane.adaptation.lunges import is_allowed_step, lower_cell, lunge_record, next_cell
from triplane.adaptation.progression import DrillState, drill_states
from triplane.adaptation.response import Response, Verdict
from triplane.adaptation.still_sore import sore_notice

__all__ = [
    "DrillState", "Event", "Response", "Verdict", "Worked", "adjust", "days_off", "drill_states", "events_of",
    "is_allowed_step", "is_deload_week", "lower_cell", "lunge_record", "next_cell",
    "notices", "sore_notice", "verdict_on", "what_changed",
]  # fmt: skip
