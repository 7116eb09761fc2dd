"""The log read for one purpose: what each drill went through on each side, in order."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from triplane.adaptation.during import consequence_of_session, hurts_in_no_drill
from triplane.adaptation.regions import DrillOnSide
from triplane.adaptation.response import Consequence, Response, strictest_of
from triplane.adaptation.soreness import SPEAKS_BACK, Morning, consequence_of_morning
from triplane.body import Direction, Side
from triplane.catalogue import Drill, Stage
from triplane.evidence import reason
from triplane.history import (
    CheckinAnswered,
    DrillDone,
    Fact,
    History,
    LungeVector,
    SessionLogged,
    SorenessCourse,
)
from triplane.planning import was_done
from triplane.screening import JOINT_STOP, is_joint_soreness

TRAINED_BACK = timedelta(hours=48)
"""Joint soreness is laid to what was trained in the two days before it (E52; coach's default)."""

FULL_SETS, FULL_REPS = 2, 8
"""Clean repetitions in so many sets show that a drill of strength is owned (E43; coach's default)."""

Worked = tuple[str, Side]
"""A drill by its id, with its working side."""


@dataclass(frozen=True)
class Event:
    """One session of a drill on one side, or a morning that speaks of it, with what it asks for.

    ``exposed`` is false for a morning without a session of this drill in the three days before, and
    for a drill that was begun and not done. ``on`` is the runner's own date.
    """

    at: datetime
    on: date
    consequence: Consequence
    exposed: bool = True
    load_kg: float = 0
    cell: LungeVector | None = None
    effort: int | None = None
    full_sets: bool = False


@dataclass
class _Line:
    """One drill on one side while the log is read: its sessions, by instant, and mornings of their own."""

    sessions: list[Event] = field(default_factory=list)
    others: list[Event] = field(default_factory=list)
    times: list[datetime] = field(default_factory=list)

    def add(self, event: Event, lasted: timedelta) -> None:
        """Take in what came next; twice within the length of one session is once, by the stricter word."""
        if event.exposed and self.times and event.at - self.times[-1] <= lasted:
            known = self.sessions[-1]
            strictest = strictest_of([known.consequence, event.consequence])
            self.sessions[-1] = replace(known, consequence=strictest)
        elif event.exposed:
            self.sessions.append(event)
            self.times.append(event.at)
        else:
            self.others.append(event)

    def last_before(self, at: datetime, within: timedelta) -> int | None:
        """Return the place of the latest session not longer ago than ``within``."""
        place = bisect_right(self.times, at) - 1
        return place if place >= 0 and at - self.times[place] <= within else None

    def in_order(self) -> tuple[Event, ...]:
        return tuple(sorted((*self.sessions, *self.others), key=lambda event: event.at))


def events_of(
    history: History, drills: Mapping[str, Drill], now: datetime
) -> dict[Worked, tuple[Event, ...]]:
    """Return, for every drill and side that anything is known of, its events up to ``now`` in order.

    A morning goes to the latest session of the drill in the three days before it, and makes that
    session's consequence stricter, never milder; without such a session it stands as an event of its own.
    Pain in a joint beyond what a session may bring speaks of other drills as a sore morning does.
    """
    sided_drills = {(drill.id, side): DrillOnSide(drill, side) for drill in drills.values() for side in Side}
    lines = {worked: _Line() for worked in sided_drills}
    for fact, session in history.all(SessionLogged):
        if fact.occurred_at <= now:
            lasted = timedelta(minutes=session.minutes)
            for worked, done in _by_side(session, drills).items():
                lines[worked].add(_session(drills[worked[0]], done, session, fact), lasted)
            _hear(lines, sided_drills, _aches(session, fact), fact)
    for fact, checkin in history.all(CheckinAnswered):
        if fact.occurred_at <= now:
            _hear(lines, sided_drills, checkin, fact)
    read = {worked: line.in_order() for worked, line in lines.items()}
    return {worked: events for worked, events in read.items() if events}


def _aches(session: SessionLogged, fact: Fact) -> CheckinAnswered:
    """Return what the joints said in a session as a morning would say it, and all that was in no drill."""
    felt = (feeling for done in session.drills for feeling in done.pain)
    aches = [f for f in felt if is_joint_soreness(f) and f.score > JOINT_STOP]
    aches += [feeling for done in session.in_no_drill for feeling in done.pain]
    return CheckinAnswered(about=fact.local_date, soreness=tuple(dict.fromkeys(aches)))


def _by_side(session: SessionLogged, drills: Mapping[str, Drill]) -> dict[Worked, list[DrillDone]]:
    worked: dict[Worked, list[DrillDone]] = {}
    for done in session.drills:
        if done.drill in drills:
            for side in (done.side,) if done.side else Side:
                worked.setdefault((done.drill, side), []).append(done)
    return worked


def _session(drill: Drill, done: list[DrillDone], session: SessionLogged, fact: Fact) -> Event:
    effort, real = session.effort, [one for one in done if was_done(one)]
    asked = [consequence_of_session(drill, one, effort, fact.occurred_at) for one in done if _speaks(one)]
    if fact.supersedes:
        asked.append(_told_anew(drill))
    if real and hurts_in_no_drill(session):
        asked.append(_in_some_drill(drill))
    full = any(one.sets_done >= FULL_SETS and (one.clean_reps or 0) >= FULL_REPS for one in real)
    return Event(
        at=fact.occurred_at,
        on=fact.local_date,
        consequence=strictest_of(asked),
        exposed=bool(real),
        load_kg=max((one.load_kg for one in real), default=0),
        cell=next((one.lunge for one in reversed(real) if one.lunge is not None), None),
        effort=effort,
        full_sets=full,
    )


def _told_anew(drill: Drill) -> Consequence:
    says = f"What you told of {drill.name} was put right, so we repeat it before adding anything."
    return Consequence(Response.REPEAT, reason("R12", says))


def _in_some_drill(drill: Drill) -> Consequence:
    says = (
        f"Something hurt in the session, and you could not say in which drill, so {drill.name} repeats "
        "before it grows."
    )
    return Consequence(Response.REPEAT, reason("R07", says))


def _speaks(done: DrillDone) -> bool:
    """A skipped drill says nothing, unless pain, a sign or too much was logged with it."""
    return was_done(done) or bool(done.pain or done.signs or done.too_much or done.discomfort)


def _hear(
    lines: Mapping[Worked, _Line],
    sided_drills: Mapping[Worked, DrillOnSide],
    said: CheckinAnswered,
    fact: Fact,
) -> None:
    if not said.soreness and said.course is SorenessCourse.NONE:
        return
    at = fact.occurred_at
    morning = Morning(at, said, _trained(lines, sided_drills, at))
    for worked, sided in sided_drills.items():
        line = lines[worked]
        last = line.last_before(at, SPEAKS_BACK)
        consequence = consequence_of_morning(morning, sided, was_done=last is not None)
        if consequence.response is Response.ADVANCE:
            continue
        if last is None:
            line.others.append(Event(at, fact.local_date, consequence, exposed=False))
        else:
            known = line.sessions[last]
            line.sessions[last] = replace(known, consequence=strictest_of([known.consequence, consequence]))


def _trained(
    lines: Mapping[Worked, _Line], sided_drills: Mapping[Worked, DrillOnSide], at: datetime
) -> frozenset[tuple[Direction, Side]]:
    """Directions and legs that were trained at stages 2 to 5 in the two days before."""
    return frozenset(
        place
        for worked, line in lines.items()
        if sided_drills[worked].drill.stage is not Stage.RELEASE
        and line.last_before(at, TRAINED_BACK) is not None
        for place in sided_drills[worked].legs
    )
