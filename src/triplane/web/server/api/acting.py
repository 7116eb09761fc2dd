"""What a coach's program does for a runner who agreed to it: the acts of the coach's room.

Each is a fact under the account's name, with its reason, and whether it may be is asked of the runner's facts
in the step that records it (``coach.act``), as for the page.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from pydantic import AwareDatetime, Field

from triplane import coach
from triplane.errors import UnknownName
from triplane.history import History, NoteWritten, RestrictionTightened
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Key, Name, Words, answer, tell
from triplane.web.server.api.changing import Wish, change_week, in_runners_zone
from triplane.web.server.api.choosing import NewDefault
from triplane.web.server.api.routes import router
from triplane.web.server.api.shared import NUMBER, seen
from triplane.web.server.looking import who_asks

Why = Annotated[Words, Field(min_length=1, max_length=200)]
"""Why it is done; the runner reads it."""


class Note(Value):
    """A note to the runner."""

    text: Annotated[Words, Field(min_length=1)]


class Restriction(Value):
    """Something to be careful of, up to a last day where it ends."""

    tag: Name
    until: date | None = None
    reason: Why


class StricterDefault(NewDefault):
    """A default of the coach, for this runner; only stricter than it stands."""

    reason: Why


class WishWithReason(Wish):
    """A coach's wish for a drill."""

    reason: Why


class OtherTime(Value):
    """When a session of this week begins instead."""

    to: AwareDatetime
    reason: Why


class Cleared(Value):
    """A professional's own word: what is cleared, when it was given, and up to when it holds."""

    scope: Annotated[tuple[Name, ...], Field(min_length=1, max_length=50)]
    given: date
    until: date | None = None


class Act(Value):
    """What somebody who was let in did; whether the runner may take it back, as a fact or as a move."""

    who: str
    fact: coach.FactLine
    may_go: bool
    puts_back: bool


@router.get("/coach/runners/{number}/acts", response=tuple[Act, ...])
def acts(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """What whoever was let in did for a runner, the newest first."""
    with seen(request, number) as asked:
        return done_by_others(asked)


@router.get("/acts", response=tuple[Act, ...])
def done_by_others(request: HttpRequest) -> HttpResponse:
    """What others did with the record, the newest first."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    found = coach.done_by_others(history, now)
    told = tuple(
        Act(
            who=one.who,
            fact=coach.fact_told(history, one.fact.id, now),
            may_go=one.may_go,
            puts_back=one.puts_back,
        )
        for one in found
    )
    return answer(request, told)


@router.delete("/acts/{name}", response=coach.Week)
def put_back(request: HttpRequest, name: str, key: Key) -> HttpResponse:
    """Put a session where it lay before somebody else put it elsewhere; other acts go as facts do."""
    return change_week(request, key, lambda history, now: coach.move_taken_back(history, name, now))


@router.get("/coach/runners/{number}/defaults", response=tuple[coach.Default, ...])
def runners_defaults(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """Every default of the coach as it stands for a runner."""
    with seen(request, number) as asked:
        return answer(asked, coach.defaults(practice_of(asked).history()))


@router.post("/coach/runners/{number}/notes", response=coach.FactLine)
def note(request: HttpRequest, number: NUMBER, key: Key, told: Note) -> HttpResponse:
    """Write the runner a note."""
    return _done(request, number, key, lambda history, now: NoteWritten(text=told.text))


@router.post("/coach/runners/{number}/restrictions", response=coach.FactLine)
def restrict(request: HttpRequest, number: NUMBER, key: Key, told: Restriction) -> HttpResponse:
    """Make a runner's plan more careful; never less."""
    if told.tag not in coach.restriction_tags():
        raise UnknownName("restriction", told.tag, list(coach.restriction_tags()))
    body = RestrictionTightened(tag=told.tag, ends_on=told.until)
    return _done(request, number, key, lambda history, now: body, told.reason)


@router.post("/coach/runners/{number}/defaults/{name}", response=coach.FactLine)
def tighten_default(
    request: HttpRequest, number: NUMBER, name: Name, key: Key, told: StricterDefault
) -> HttpResponse:
    """Set a default stricter for a runner."""
    return _done(
        request, number, key, lambda history, now: coach.changed_default(name, told.value), told.reason
    )


@router.post("/coach/runners/{number}/times/{slot}", response=coach.FactLine)
def other_time(request: HttpRequest, number: NUMBER, slot: Name, key: Key, told: OtherTime) -> HttpResponse:
    """Put a session of a runner's week elsewhere; what the rules do not let lie there leaves it."""

    def elsewhere(history: History, now: datetime) -> Value:
        return coach.moved_by_another(history, slot, in_runners_zone(told.to, now), now)

    return _done(request, number, key, elsewhere, told.reason)


@router.post("/coach/runners/{number}/drills/{drill}", response=coach.FactLine)
def wish_for_drill(
    request: HttpRequest, number: NUMBER, drill: Name, key: Key, told: WishWithReason
) -> HttpResponse:
    """Want a drill for a runner or leave it out; the plan's own rules say whether, where and how much."""

    def chosen(history: History, now: datetime) -> Value:
        return coach.chosen_drill(history, drill, now, told.wanted, told.until, by_runner=False)

    return _done(request, number, key, chosen, told.reason)


@router.post("/coach/runners/{number}/clearances", response=coach.FactLine)
def clear(request: HttpRequest, number: NUMBER, key: Key, told: Cleared) -> HttpResponse:
    """Record a professional's own word, in the name and role that the runner consented to."""
    who = who_asks(request).runner

    def word(history: History, now: datetime) -> Value:
        return coach.own_clearance(history, who, told.given, told.scope, told.until, now)

    return _done(request, number, key, word)


def _done(
    request: HttpRequest, number: int, key: str, act: Callable[[History, datetime], Value], reason: str = ""
) -> HttpResponse:
    """Record an act once for its key, where the runner's facts let it be; return it in words."""
    who = who_asks(request).runner
    with seen(request, number) as asked:
        fact = tell(
            asked,
            f"{who}.{key}",  # no key of the runner's own programs reads so
            lambda history, now: coach.act(history, who, act(history, now))[0],
            author=coach.author_of(who),
            reason=reason,
        )
        practice = practice_of(asked)
        return answer(asked, coach.fact_told(practice.history(), fact.id, practice.now))
