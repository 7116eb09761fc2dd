"""What a runner has done: which drills, since when, how often and how lately."""

from datetime import date, datetime, timedelta

from triplane.body import Side
from triplane.catalogue import Drill
from triplane.history import DrillDone, Fact, History, PlanIssued, SessionLogged, monday_of
from triplane.planning.problem import DonePlacement
from triplane.value import Value

SETTLED_AFTER = timedelta(days=14)
"""A drill's first two weeks, in which it is guarded like a new one (E72; coach's default)."""

BREAK_AFTER = timedelta(days=14)
"""More than two weeks without a session is a break, after which weeks are counted anew (E63)."""

FORGOTTEN_AFTER = timedelta(days=28)
"""A drill not done for more than four weeks begins again at its first dose (E63; coach's default)."""


class Familiarity(Value):
    """One drill as the runner knows it."""

    first_at: datetime
    last_at: datetime
    times: int

    def is_settled(self, now: datetime) -> bool:
        return now - self.first_at >= SETTLED_AFTER and not self.is_forgotten(now)

    def is_forgotten(self, now: datetime) -> bool:
        return now - self.last_at > FORGOTTEN_AFTER


def was_done(done: DrillDone) -> bool:
    """Say whether a logged drill was done at all: skipped ones and ones without a set were not."""
    return not done.skipped and done.sets_done > 0


def familiar_drills(history: History, now: datetime) -> dict[str, Familiarity]:
    """Return the drills done up to ``now``, by id. A session counts once for each drill in it."""
    times: dict[str, list[datetime]] = {}
    for fact, session in history.all(SessionLogged):
        if fact.occurred_at <= now:
            for drill in {done.drill for done in session.drills if was_done(done)}:
                times.setdefault(drill, []).append(fact.occurred_at)
    return {
        drill: Familiarity(first_at=min(at), last_at=max(at), times=len(at)) for drill, at in times.items()
    }


def training_week(history: History, monday: date, now: datetime) -> int:
    """Return which week of training begins on a Monday: 1 is the first, counted anew after a break.

    The count starts with the first plan or session; a break of more than two weeks starts it again.
    """
    begun: list[date] = []
    last: datetime | None = None
    for fact, session in history.all(SessionLogged):
        if fact.occurred_at <= now and any(was_done(drill) for drill in session.drills):
            if last is not None and fact.occurred_at - last > BREAK_AFTER:
                begun.clear()
            begun.append(fact.local_date)
            last = fact.occurred_at
    if last is not None and now - last > BREAK_AFTER:
        begun.clear()
    if last is None:
        begun = [issued.plan.week for fact, issued in history.all(PlanIssued) if fact.occurred_at <= now]
    first = min(begun, default=monday)
    return max(1, (monday - monday_of(first)).days // 7 + 1)


def lately_done(
    history: History, drills: dict[str, Drill], since: datetime, now: datetime
) -> tuple[DonePlacement, ...]:
    """Return the drills done between two instants, so that rules can look back over a week's edge."""
    return tuple(
        placement
        for fact, session in history.all(SessionLogged)
        if since <= fact.occurred_at <= now
        for placement in _placements(fact, session, drills)
    )


def _placements(fact: Fact, session: SessionLogged, drills: dict[str, Drill]) -> list[DonePlacement]:
    sides: dict[str, set[Side]] = {}
    for done in session.drills:
        if was_done(done) and done.drill in drills:
            sides.setdefault(done.drill, set()).update((done.side,) if done.side else Side)
    return [
        DonePlacement(
            drill=drill,
            stage=drills[drill].stage,
            at=fact.occurred_at,
            sides=tuple(side for side in Side if side in worked),
            exposures=drills[drill].exposure,
        )
        for drill, worked in sides.items()
    ]
