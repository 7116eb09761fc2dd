"""What a race near ahead keeps out of a week, told to the runner: nothing new comes in before it (E76)."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from triplane.evidence import Reason, reason
from triplane.history import RunKind, Slot
from triplane.planning.problem import Candidate
from triplane.planning.rules.race import NEW_H
from triplane.planning.week import RunnersWeek


def nothing_new_notice(
    week: RunnersWeek, slots: Iterable[Slot], candidates: Iterable[Candidate], now: datetime
) -> tuple[Reason, ...]:
    """Return why days before a race stay empty for a runner to whom every drill is still new."""
    ahead = [slot.starts_at for slot in slots if slot.starts_at >= now]
    races = [anchor.starts_at for anchor in week.anchors if anchor.kind is RunKind.RACE]
    near = [on for on in races if any(at < on < at + timedelta(hours=NEW_H) for at in ahead)]
    if not near or not all(candidate.new for candidate in candidates):
        return ()
    on = near[0].astimezone(ZoneInfo(week.zone))
    says = (
        f"In the two weeks before your race on {on:%A} {on.day} {on:%B} nothing new comes in. "
        "Every drill is still new to you, so these days stay empty and we begin after the race."
    )
    return (reason("E76", says),)
