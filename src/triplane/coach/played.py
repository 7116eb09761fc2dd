"""From the cues that were played to what was done, drill by drill and side by side."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field

from triplane.body import Side
from triplane.coach.cues import WORKING, Cue, Session
from triplane.history import DrillDone, Feeling, Score, Sign
from triplane.value import Value


class Interruption(Value):
    """Why a drill was left before its end: skipped, too much, or pain with where and how much."""

    item: str
    side: Side | None = None
    too_much: bool = False
    pain: tuple[Feeling, ...] = ()
    signs: tuple[Sign, ...] = ()


class Played(Value):
    """How far a session was played: seconds counted for each cue, in order."""

    seconds: tuple[Annotated[float, Field(ge=0)], ...]
    interruptions: tuple[Interruption, ...] = ()


def drills_done(session: Session, played: Played, discomfort: Score = 0) -> tuple[DrillDone, ...]:
    """Return what was done of every drill and side that the session asked for.

    Work is counted by the clock, a repetition when its last moment was played to the end. Drills
    that were never reached are left out; drills skipped before any work stand as skipped. The load and the
    lunge are those that were asked.
    """
    done = []
    asked = {item.id: item for item in session.items}
    for (item, side), cues in _by_item_and_side(session, played).items():
        if not any(seconds > 0 for _, seconds in cues):
            continue
        found = _drill_done(item, side, cues, played.interruptions, discomfort)
        if item in asked:
            carried = {"load_kg": asked[item].load_kg, "lunge": asked[item].lunge}
            found = found.model_copy(update=carried)
        done.append(found)
    return tuple(done)


def _by_item_and_side(
    session: Session, played: Played
) -> dict[tuple[str, Side | None], list[tuple[Cue, float]]]:
    found: dict[tuple[str, Side | None], list[tuple[Cue, float]]] = {}
    for cue, seconds in zip(session.cues, played.seconds, strict=True):
        if cue.set:
            found.setdefault((cue.item, cue.side), []).append((cue, seconds))
    return found


def _drill_done(
    item: str,
    side: Side | None,
    cues: list[tuple[Cue, float]],
    interruptions: Iterable[Interruption],
    discomfort: Score,
) -> DrillDone:
    work = [(cue, seconds) for cue, seconds in cues if cue.kind in WORKING]
    unfinished = {(cue.set, cue.rep) for cue, seconds in work if seconds < cue.seconds - 0.5}
    asked = {(cue.set, cue.rep) for cue, _ in work}
    finished = asked - unfinished
    sets_asked = max(cue.sets for cue, _ in cues)
    sets_done = sum(
        all(rep in finished for rep in asked if rep[0] == number) for number in range(1, sets_asked + 1)
    )
    met = [stop for stop in interruptions if stop.item == item and stop.side in (None, side)]
    return DrillDone(
        drill=cues[0][0].drill,
        side=side,
        sets_done=sets_done,
        sets_asked=sets_asked,
        clean_reps=len(finished),
        reps_asked=len(asked),
        work_s=round(sum(seconds for _, seconds in work), 1),
        discomfort=discomfort,
        pain=tuple(feeling for stop in met for feeling in stop.pain),
        signs=tuple(sign for stop in met for sign in stop.signs),
        stopped_early=bool(unfinished),
        skipped=not finished and not any(stop.too_much or stop.pain for stop in met),
        too_much=any(stop.too_much for stop in met),
    )
