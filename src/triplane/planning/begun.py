"""How much of a week is left when its first plan is made: a week begun late is not packed into its end."""

from datetime import date, datetime

from triplane.evidence import Reason, reason
from triplane.history import History, Plan, PlanIssued, Slot, WeekDescribed
from triplane.planning.board import in_utc

NEARLY_WHOLE = 0.85
"""From this share of its minutes on a week counts as a whole one: a first day gone (coach's default)."""


def part_left(history: History, monday: date, slots: tuple[Slot, ...], now: datetime) -> float:
    """Return the share (0 to 1) of the week's minutes that lay ahead when its first plan was made.

    Without a plan yet that is ``now``; later plans of the week keep the share of the first.
    """
    begun = (f.occurred_at for f, issued in history.all(PlanIssued) if issued.plan.week == monday)
    since = in_utc(next(begun, now))
    minutes = sum(slot.minutes for slot in slots)
    ahead = sum(slot.minutes for slot in slots if in_utc(slot.starts_at) >= since)
    part = ahead / minutes if minutes else 1.0
    return 1.0 if part >= NEARLY_WHOLE else part


LATE, TOO_LATE = "E86", "E87"
"""Rules of a week of which a part is left, and of one of which nothing is."""


def begun_late(part: float, usual: WeekDescribed) -> tuple[Reason, ...]:
    """Return what the runner is told about a week begun late; nothing for a whole one."""
    if part == 1:
        return ()
    if part == 0:
        return (reason(TOO_LATE, _begins_on_monday(usual)),)
    says = f"This week's plan began late, so it asks for about {part:.0%} of a whole week's work."
    return (reason(LATE, says),)


def _begins_on_monday(usual: WeekDescribed) -> str:
    """Say when sessions begin; whoever trains in the gym alone has no hour at home."""
    if usual.in_gym_only:
        return (
            "Too little is left of this week to plan anything in it. "
            "Your sessions are planned on Monday morning, when the next week begins."
        )
    at = f"{usual.home_session_at:%H:%M}"
    return (
        "Too little is left of this week to plan anything in it. "
        "Your sessions are planned on Monday morning, when the next week begins; "
        f"at home your usual hour is {at}."
    )


def begun_too_late(plan: Plan) -> Reason | None:
    """Return what is said where nothing of a week was left when its plan was first made, else ``None``."""
    return next((note for note in plan.notes if note.rule == TOO_LATE), None)
