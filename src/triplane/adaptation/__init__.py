"""What lived days change: plan, log and mornings in, adjustments with their reasons out.

Speaks:  adjust, DrillState, what_changed.      Knows: planning, assessment, catalogue, history.      Never: which drill goes where.
"""

from triplane.adaptation.adjust import adjust, notices
from triplane.adaptation.breaks import days_off
from triplane.adaptation.changed import what_changed
from triplane.adaptation.deload import is_deload_week
from triplane.adaptation.during import consequence_of_session
from triplane.adaptation.log import Event, Worked, events_of
from triplane.adaptation.lunges import LUNGE_NEEDS, lower_cell, lunge_record, next_cell
from triplane.adaptation.progression import DrillState
from triplane.adaptation.response import Consequence, Response
from triplane.adaptation.soreness import is_sore, makes_less
from triplane.adaptation.still_sore import sore_notice

__all__ = [
    "LUNGE_NEEDS", "Consequence", "DrillState", "Event", "Response", "Worked", "adjust", "consequence_of_session",
    "days_off", "events_of", "is_deload_week", "is_sore", "lower_cell", "lunge_record", "makes_less", "next_cell",
    "notices", "sore_notice", "what_changed",
]  # fmt: skip
