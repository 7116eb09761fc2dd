"""Which facts a day needs, and which facts make a plan be looked at again."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from triplane.history import KINDS, History, Part, SessionLogged, monday_of
from triplane.planning import was_done

MOVERS = frozenset(
    {
        "screening_answered", "clearance_recorded", "restriction_tightened", "about_runner",
        "equipment_listed", "week_described", "day_changed", "race_entered", "run_recorded",
        "slot_moved", "measurement_taken", "session_logged", "checkin_answered", "default_changed",
        "calendar_read", "drill_chosen",
    }
)  # fmt: skip
"""Kinds of facts after which a plan is looked at again; nothing else ever changes one."""


def day_needs(now: datetime) -> Mapping[str, date | None]:
    """Return the kinds of facts a day is made from, each with the first date that matters.

    Everything is read but the plans of weeks long gone, which say nothing about today and are by far the
    largest facts there are.
    """
    last_week = monday_of(now.date()) - timedelta(days=7)
    return {**dict.fromkeys(KINDS), "plan_issued": last_week, "plan_kept": last_week}


LOOKS_BACK = timedelta(weeks=8)
"""How far back runs, mornings and sessions are read for a look, where nothing in them still speaks. Ours;
twice as far as any look asks for them (``planning.week.RECORDS_WITHIN``)."""

STILL_SPEAKS = {"checkin_answered": ('"score"',), "session_logged": ('"score"', '"signs":["')}
"""What a body holds that safety never forgets: a feeling, which has a score, or a stop sign."""


def look_needs(now: datetime) -> Part:
    """Return which facts a look at today, this week, the next one, the hips or a drill is made from.

    Beside the plans of weeks long gone, runs, mornings and sessions of long ago are left out in which nothing
    hurt: safety takes nothing from them (``screening.record``), and all that is shown of them lies within
    ``LOOKS_BACK``. Of sessions the last one before each measurement is read, because readings with training
    between them are told apart. Only a look is made from these: planning and doses need everything.
    """
    monday = monday_of(now.date())
    late = dict.fromkeys(("run_recorded", "checkin_answered", "session_logged"), monday - LOOKS_BACK)
    return Part(
        since={**day_needs(now), **late},
        loud=STILL_SPEAKS,
        watched="plan_issued",
        last_before={"session_logged": "measurement_taken"},
    )


def comparison_needs(before: date, now: datetime) -> Part:
    """Return which facts two dates are compared from, with who may take that along (``hand_on``).

    Of runs, mornings and sessions nothing before the first date is said, but that somebody trained between
    two readings. They are read from a day earlier on: mornings are told in zones.
    """
    first = min(before, now.date() - timedelta(days=1)) - timedelta(days=1)
    late = dict.fromkeys(("run_recorded", "checkin_answered", "session_logged"), first)
    return Part(since={**day_needs(now), **late}, last_before={"session_logged": "measurement_taken"})


def look_suffices(part: History, now: datetime) -> bool:
    """Whether a look may be made from what ``look_needs`` names: who trained lately is told of no break."""
    first = now - LOOKS_BACK
    return any(
        first <= fact.occurred_at <= now and any(was_done(drill) for drill in session.drills)
        for fact, session in part.all(SessionLogged)
    )
