"""The use cases in the runner's verbs: screen, measure, plan, log, check in, explain, day.

Speaks:  the values and verbs below; history in, day out.      Knows: every room under it.      Never: clock, disk, how an answer is shown.
"""

from triplane.body import Direction, Plane, Side
from triplane.catalogue import Restriction, Stage
from triplane.coach.day import Day, DayDrill, DaySlot, DayState, Due
from triplane.coach.library import DrillCard, DrillFilter, drill_card, drills
from triplane.coach.needs import day_needs, monday_of
from triplane.coach.played import Interruption, Played, drills_done
from triplane.coach.recording import SessionAnswers, logged_session
from triplane.coach.session import WORKING, Cue, CueKind, Session, dose_in_words, session
from triplane.history import Context, Equipment

__all__ = [
    "WORKING", "Context", "Cue", "CueKind", "Day", "DayDrill", "DaySlot", "DayState", "Direction",
    "DrillCard", "DrillFilter", "Due", "Equipment", "Interruption", "Plane", "Played", "Restriction",
    "Session", "SessionAnswers", "Side", "Stage", "day_needs", "dose_in_words", "drill_card", "drills", "drills_done",
    "logged_session",     "monday_of", "session",
]  # fmt: skip
