"""Before a race the doses go down (E76, E77). Which days stay free of what is a rule of planning."""

from collections.abc import Iterator, Mapping
from zoneinfo import ZoneInfo

from triplane.catalogue import Drill, ExposureKind, Stage
from triplane.evidence import Reason, reason
from triplane.history import RunKind
from triplane.planning import ANY_NUMBER, Adjustment, Anchor, RunnersWeek

WEEK_BEFORE_FACTOR = 0.75
RACE_WEEK_FACTOR = 0.5
RACE_WEEK_PLACEMENTS = 1
"""Stages 4 and 5 in the week before race week, and in it: one light session (E76; coach's defaults)."""

RACE_WEEK_EFFORT_PCT = 50
"""No maximal isometrics from three days before a race (E76); kept for the whole race week."""


def taper(drills: Mapping[str, Drill], week: RunnersWeek) -> Iterator[Adjustment]:
    """Yield what a race asks of the doses in its own week and in the week before."""
    for race in week.anchors:
        if race.kind is RunKind.RACE:
            yield from _before(drills, week, race)


def taper_notice(week: RunnersWeek) -> Reason | None:
    """Return what the runner is told about a race that is near, or ``None``."""
    near = [race for race in week.anchors if race.kind is RunKind.RACE and weeks_to(race, week) in (0, 1)]
    return _why_before(weeks_to(near[0], week)) if near else None


def weeks_to(race: Anchor, week: RunnersWeek) -> int:
    """Return in how many of the runner's weeks the race is: 0 in this one, negative in the past."""
    on = race.starts_at.astimezone(ZoneInfo(week.zone)).date()
    return (on - week.monday).days // 7


def _before(drills: Mapping[str, Drill], week: RunnersWeek, race: Anchor) -> Iterator[Adjustment]:
    weeks = weeks_to(race, week)
    if weeks not in (0, 1):
        return
    reason = _why_before(weeks)
    for drill in drills.values():
        if drill.stage >= Stage.STRENGTHEN:
            yield Adjustment(
                drill=drill.id,
                dose_factor=WEEK_BEFORE_FACTOR if weeks else RACE_WEEK_FACTOR,
                max_placements=ANY_NUMBER if weeks else RACE_WEEK_PLACEMENTS,
                reason=reason,
            )
        elif weeks == 0 and _is_isometric(drill):
            yield Adjustment(drill=drill.id, effort_pct_max=RACE_WEEK_EFFORT_PCT, reason=reason)


def _is_isometric(drill: Drill) -> bool:
    return drill.stage is Stage.OWN and any(
        exposure.isometric or exposure.kind is ExposureKind.HOLD for exposure in drill.exposure
    )


def _why_before(weeks: int) -> Reason:
    if weeks:
        return reason("E76", "Your race is next week: strength work gets lighter, and nothing new is added.")
    return reason(
        "E76", "This is race week: one light strength session, no hard holds, and only what you know."
    )
