"""What a phone takes along for a day without the app: sessions safe as of now, and how pain is judged."""

from datetime import datetime, timedelta
from functools import lru_cache
from itertools import chain, combinations

from triplane import screening
from triplane.coach.answered import is_answered, items_of, logs_of
from triplane.coach.beginning import BUNDLE_H, Bundle, bundle
from triplane.coach.issued import issued_plan
from triplane.coach.played import TAKEN_FOR, Interruption, stops_session, what_follows
from triplane.coach.recording import opens_at
from triplane.coach.screening_talk import refuse_if_paused
from triplane.errors import Blocked, UserError
from triplane.history import BodyRegion, Feeling, FeelingKind, History, Sign, Slot
from triplane.screening import Readiness, ReadinessQuestion
from triplane.value import Value

MORNING_ENDS = 12
"""Hour until which tomorrow's sessions are taken along today. Coach's default."""


class AlongSession(Value):
    """A bundle with its slot; it may not be begun before ``opens_at``."""

    slot: Slot
    bundle: Bundle
    opens_at: datetime


class Judgement(Value):
    """What ends a session, as a table: made by asking the coach about everything that can be told.

    ``pain`` gives for each region and kind the lowest score that ends it, and what follows then;
    what is not in it ends nothing. ``signs`` gives for each sign what follows. Pain whose kind is left open
    is ``taken_for`` one.
    """

    pain: dict[BodyRegion, dict[FeelingKind, tuple[int, tuple[str, ...]]]]
    signs: dict[Sign, tuple[str, ...]]
    taken_for: FeelingKind


def sessions_along(history: History, now: datetime) -> tuple[AlongSession, ...]:
    """Return what is left of today and of tomorrow's morning, first to last.

    Raises
    ------
    Blocked
        When safety stops or pauses the runner: then nothing is taken along.
    """
    refuse_if_paused(history, now)
    plan = issued_plan(history, now)
    if plan is None:
        return ()
    logs, found = logs_of(history), []
    for slot in sorted(plan.slots, key=lambda slot: slot.starts_at):
        held = items_of(slot.id, plan.items)
        if not held or not _is_near(slot, now) or is_answered(slot.id, held, logs):
            continue
        try:
            along = bundle(history, slot.id, now)
        except Blocked:
            continue
        here = slot.model_copy(update={"starts_at": slot.starts_at.astimezone(now.tzinfo)})
        found.append(AlongSession(slot=here, bundle=along, opens_at=opens_at(here)))
    return tuple(found)


def session_along(history: History, slot_id: str, now: datetime) -> AlongSession:
    """Return one session of this week to be taken along in a file of its own.

    Raises
    ------
    Blocked, UnknownName
        As ``bundle``.
    UserError
        When the session opens only after what is taken along now would be too old.
    """
    held = bundle(history, slot_id, now)
    plan = issued_plan(history, now)
    assert plan is not None, "a bundle comes from the issued plan"
    slot = next(slot for slot in plan.slots if slot.id == held.session.slot)
    here = slot.model_copy(update={"starts_at": slot.starts_at.astimezone(now.tzinfo)})
    if opens_at(here) >= held.expires_at:
        raise UserError(
            f"this session opens on {opens_at(here):%A at %H:%M}, and its file plays for {BUNDLE_H} hours; "
            "save it on the day before"
        )
    return AlongSession(slot=here, bundle=held, opens_at=opens_at(here))


def _is_near(slot: Slot, now: datetime) -> bool:
    starts = slot.starts_at.astimezone(now.tzinfo)
    tomorrow = now.date() + timedelta(days=1)
    return starts.date() == now.date() or (starts.date() == tomorrow and starts.hour < MORNING_ENDS)


@lru_cache(maxsize=1)
def judgement() -> Judgement:
    """Return the table by which pain and signs are judged where nobody can be asked."""
    pain = {region: {kind: _first_that_stops(region, kind) for kind in FeelingKind} for region in BodyRegion}
    told = {region: {k: row for k, row in kinds.items() if row is not None} for region, kinds in pain.items()}
    signs = {sign: what_follows(Interruption(item="", signs=(sign,))) for sign in Sign}
    return Judgement(pain=told, signs=signs, taken_for=TAKEN_FOR)


def _first_that_stops(region: BodyRegion, kind: FeelingKind) -> tuple[int, tuple[str, ...]] | None:
    for score in range(11):
        felt = Interruption(item="", pain=(Feeling(score=score, region=region, kind=kind),))
        if stops_session(felt):
            return score, what_follows(felt)
    return None


def not_now(history: History, now: datetime) -> dict[str, Readiness]:
    """Return what is said before a session for every set of questions that are not answered with no.

    The key holds their ids in the order they are asked, joined by a plus.
    """
    asked = list(screening.readiness_questions())
    clearance = screening.screen(history, now)
    sets = chain.from_iterable(combinations(asked, size) for size in range(1, len(asked) + 1))
    return {"+".join(yes): screening.ready({name: name in yes for name in asked}, clearance) for yes in sets}


def readiness_asked() -> tuple[ReadinessQuestion, ...]:
    """Return the questions before every session, in order."""
    return tuple(screening.readiness_questions().values())
