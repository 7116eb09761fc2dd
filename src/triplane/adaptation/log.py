"""The log read for one purpose: what each drill went through on each side, in order."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from triplane.adaptation.during import verdict_on
from triplane.adaptation.regions import Reach
from triplane.adaptation.response import Response, Verdict, strictest_of
from triplane.adaptation.soreness import SPEAKS_BACK, Morning, verdict_of
from triplane.body import Direction, Side
from triplane.catalogue import Drill, Stage
from triplane.history import CheckinAnswered, DrillDone, History, LungeVector, SessionLogged, SorenessCourse
from triplane.planning import was_done

TRAINED_BACK = timedelta(hours=48)
"""Joint soreness is laid to what was trained in the two days before it (E52; coach's default)."""

Worked = tuple[str, Side]
"""A drill by its id, with its working side."""


@dataclass(frozen=True)
class Event:
    """One session of a drill on one side, or a morning that speaks of it, with what it asks for.

    ``exposed`` is false for a morning without a session of this drill in the three days before, and
    for a drill that was begun and not done.
    """

    at: datetime
    verdict: Verdict
    exposed: bool = True
    load_kg: float = 0
    cell: LungeVector | None = None
    effort: int | None = None
    full_sets: bool = False


def events_of(
    history: History, drills: Mapping[str, Drill], now: datetime
) -> dict[Worked, tuple[Event, ...]]:
    """Return, for every drill and side that anything is known of, its events up to ``now`` in order.

    A morning goes to the latest session of the drill in the three days before it, and makes that
    session's verdict stricter, never milder; without such a session it stands as an event of its own.
    """
    events: dict[Worked, list[Event]] = {}
    reaches = {(drill.id, side): Reach(drill, side) for drill in drills.values() for side in Side}
    for fact, session in history.all(SessionLogged):
        if fact.occurred_at <= now:
            for worked, done in _by_side(session, drills).items():
                events.setdefault(worked, []).append(
                    _session(drills[worked[0]], done, session.effort, fact.occurred_at)
                )
    for fact, checkin in history.all(CheckinAnswered):
        if fact.occurred_at <= now:
            _hear(events, reaches, _morning(checkin, fact.occurred_at, events, reaches))
    return {worked: tuple(listed) for worked, listed in events.items()}


def _by_side(session: SessionLogged, drills: Mapping[str, Drill]) -> dict[Worked, list[DrillDone]]:
    worked: dict[Worked, list[DrillDone]] = {}
    for done in session.drills:
        if done.drill in drills:
            for side in (done.side,) if done.side else Side:
                worked.setdefault((done.drill, side), []).append(done)
    return worked


def _session(drill: Drill, done: list[DrillDone], effort: int | None, at: datetime) -> Event:
    real = [one for one in done if was_done(one)]
    full = any(one.sets_done >= 2 and (one.clean_reps or 0) >= 8 for one in real)
    return Event(
        at=at,
        verdict=strictest_of([verdict_on(drill, one, effort, at) for one in done if _speaks(one)]),
        exposed=bool(real),
        load_kg=max((one.load_kg for one in real), default=0),
        cell=next((one.lunge for one in reversed(real) if one.lunge is not None), None),
        effort=effort,
        full_sets=full,
    )


def _speaks(done: DrillDone) -> bool:
    """A skipped drill says nothing, unless pain, a sign or too much was logged with it."""
    return was_done(done) or bool(done.pain or done.signs or done.too_much or done.discomfort)


def _morning(
    checkin: CheckinAnswered,
    at: datetime,
    events: Mapping[Worked, list[Event]],
    reaches: Mapping[Worked, Reach],
) -> Morning:
    trained: set[tuple[Direction, Side]] = set()
    if checkin.soreness:
        for worked, listed in events.items():
            is_release = reaches[worked].drill.stage is Stage.RELEASE
            if not is_release and _last_before(listed, at, TRAINED_BACK) is not None:
                trained |= reaches[worked].legs
    return Morning(at, checkin, trained)


def _hear(events: dict[Worked, list[Event]], reaches: Mapping[Worked, Reach], morning: Morning) -> None:
    if not morning.said.soreness and morning.said.course is SorenessCourse.NONE:
        return
    for worked, reach in reaches.items():
        last = _last_before(events.get(worked, []), morning.at, SPEAKS_BACK)
        verdict = verdict_of(morning, reach, was_done=last is not None)
        if verdict.response is Response.ADVANCE:
            continue
        if last is None:
            _insert(events.setdefault(worked, []), Event(morning.at, verdict, exposed=False))
        else:
            events[worked][last] = _stricter(events[worked][last], verdict)


def _last_before(listed: list[Event], at: datetime, within: timedelta) -> int | None:
    """Return the place of the latest session of the drill not longer ago than ``within``."""
    for place in range(len(listed) - 1, -1, -1):
        event = listed[place]
        if event.exposed and event.at <= at:
            return place if at - event.at <= within else None
    return None


def _insert(listed: list[Event], event: Event) -> None:
    listed.append(event)
    listed.sort(key=lambda one: one.at)


def _stricter(event: Event, verdict: Verdict) -> Event:
    return replace(event, verdict=strictest_of([event.verdict, verdict]))
