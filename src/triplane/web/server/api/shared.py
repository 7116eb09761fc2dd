"""Who sees a runner's record, and, by a token of its own kind, the runners whom an account may see.

Whether a runner shares is read from that runner's facts at every request (``coach.may``), as for the pages.
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import date
from typing import Annotated
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query
from pydantic import Field

from triplane import coach
from triplane.errors import UnknownName
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api import looking_up, reading, safety
from triplane.web.server.api.answers import CURSOR, LIMIT, Name, answer, hold_to_what_was_seen, page_of
from triplane.web.server.api.routes import router
from triplane.web.server.looking import end_sharing, lines_of
from triplane.web.server.models import Account, Sharing
from triplane.web.server.whose import practices

LOOKS = ("GET", "HEAD")
NUMBER = Annotated[int, Field(ge=0, lt=2**63)]


class Shared(Value):
    """Somebody who sees the record, or did: the name of their account, what they said they are, and when.

    ``may`` is what they may do now, ``through`` the coach whom an assistant assists.
    """

    to: str
    called: str
    role: str
    since: date
    ended: date | None = None
    may: tuple[coach.Deed, ...] = ()
    through: str = ""


class RunnerSeen(Value):
    """A line of a coach's table. ``number`` stands in the addresses of what is seen of the runner."""

    number: int
    label: str
    group: str
    line: coach.RunnersLine


class RunnersPage(Value):
    """Runners, as they came to the account. ``next`` is the address of those after them."""

    items: tuple[RunnerSeen, ...]
    next: str = ""


@router.get("/sharing", response=tuple[Shared, ...])
def sharing(request: HttpRequest) -> HttpResponse:
    """Everybody who sees what is on record, or did, the newest first. Nobody is let in here."""
    return answer(request, _shared(request))


@router.delete("/sharing/{to}", response=tuple[Shared, ...])
def end(request: HttpRequest, to: str) -> HttpResponse:
    """Let somebody see nothing any more, from this moment on; a second time changes nothing."""
    practice = practice_of(request)
    known = [one.to for one in coach.consents(practice.history())]
    if to not in known:
        raise UnknownName("account that this is shared with", to, known)
    end_sharing(practice, to)
    return answer(request, _shared(request))


def _shared(request: HttpRequest) -> tuple[Shared, ...]:
    history = practice_of(request).history()
    return tuple(
        Shared(
            to=one.to,
            called=one.called,
            role=one.role.value,
            since=one.since.local_date,
            ended=one.ended.local_date if one.ended else None,
            may=tuple(deed for deed in coach.Deed if coach.may(history, one.to, deed)),
            through=one.through,
        )
        for one in coach.consents(history)
    )


@router.get("/coach/runners", response=RunnersPage)
def runners(
    request: HttpRequest, limit: LIMIT = 50, after: NUMBER = 0, group: Annotated[str, Query()] = ""
) -> HttpResponse:
    """The runners who share with this account, in one line each, in the order in which they came to it.

    Their numbers never change, so that pages meet each runner once: also where somebody needs somebody more
    meanwhile, or ``after`` shares no more.
    """
    account: Account = request.account  # type: ignore[attr-defined]
    found = [
        RunnerSeen(number=line.pk, label=line.label, group=line.group, line=told)
        for line, told in lines_of(account, group, after, limit + 1)
    ]
    items, more = page_of(tuple(found), limit)
    of_group = {"group": group} if group else {}
    asked = urlencode({"limit": limit, **of_group, "after": items[-1].number}) if more else ""
    return answer(request, RunnersPage(items=items, next=f"{request.path}?{asked}" if more else ""))


@contextmanager
def seen(request: HttpRequest, number: int) -> Iterator[HttpRequest]:
    """Let what follows be about a runner who shares with the account, for as long as the block lasts.

    Raises
    ------
    UnknownName
        Where there is no such line, or its runner does not share, or not any more.
    """
    account: Account = request.account  # type: ignore[attr-defined]
    line = Sharing.objects.select_related("runner").filter(pk=number, coach=account).first()
    if line is None or not line.runner.is_active:
        raise UnknownName("runner", str(number), ())
    own = practice_of(request)
    opened = practices().of(line.runner.runner, line.runner.zone)
    practice = opened.as_of(opened.now)
    with closing(practice.journal), timezone.override(practice.now.tzinfo):
        if not coach.may(practice.history(), account.runner, coach.Deed.LOOK):
            raise UnknownName("runner", str(number), ())
        request.practice = practice  # type: ignore[attr-defined]
        try:
            if request.method not in LOOKS:
                request.sharing = line  # type: ignore[attr-defined]
                hold_to_what_was_seen(request, f"{account.runner}.")
            yield request
        finally:
            request.practice = own  # type: ignore[attr-defined]


@router.get("/coach/runners/{number}/safety", response=coach.Clearance)
def runners_safety(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """What safety says of a runner now."""
    with seen(request, number) as asked:
        return safety.safety(asked)


@router.get("/coach/runners/{number}/day", response=coach.Day)
def runners_day(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """A runner's today, as the runner sees it. Looking makes no plan."""
    with seen(request, number) as asked:
        return reading.day(asked)


@router.get("/coach/runners/{number}/week", response=coach.Week)
def runners_week(request: HttpRequest, number: NUMBER, ahead: bool = False) -> HttpResponse:
    """A runner's week."""
    with seen(request, number) as asked:
        return reading.week(asked, ahead)


@router.get("/coach/runners/{number}/map", response=coach.HipMap)
def runners_map(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """Both hips of a runner."""
    with seen(request, number) as asked:
        return reading.hip_map(asked)


@router.get("/coach/runners/{number}/map/{direction}", response=coach.DirectionView)
def runners_direction(request: HttpRequest, number: NUMBER, direction: coach.Direction) -> HttpResponse:
    """One direction of both hips of a runner."""
    with seen(request, number) as asked:
        return reading.direction(asked, direction)


@router.get("/coach/runners/{number}/progress", response=coach.Progress)
def runners_progress(request: HttpRequest, number: NUMBER, weeks: reading.WEEKS = 12) -> HttpResponse:
    """What a runner measured, did and felt."""
    with seen(request, number) as asked:
        return reading.progress(asked, weeks)


@router.get("/coach/runners/{number}/facts", response=reading.FactsPage)
def runners_facts(
    request: HttpRequest, number: NUMBER, limit: LIMIT = 50, before: CURSOR = "", kind: str = ""
) -> HttpResponse:
    """What is on record of a runner, in words, the newest first."""
    with seen(request, number) as asked:
        return reading.facts(asked, limit, before, kind)


@router.get("/coach/runners/{number}/lunges", response=coach.LungeMatrix)
def runners_lunges(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """A runner's lunges by direction and reach."""
    with seen(request, number) as asked:
        return looking_up.lunges(asked)


@router.get("/coach/runners/{number}/drills", response=looking_up.ChoicesPage)
def runners_drill_choices(
    request: HttpRequest, number: NUMBER, limit: LIMIT = 50, after: looking_up.DRILL = ""
) -> HttpResponse:
    """Every drill that is wanted for a runner or left out, and what became of it."""
    with seen(request, number) as asked:
        return looking_up.drill_choices(asked, limit, after)


@router.get("/coach/runners/{number}/drills/{drill}", response=coach.DrillChoice)
def runners_drill_choice(request: HttpRequest, number: NUMBER, drill: Name) -> HttpResponse:
    """Whether a drill is wanted for a runner or left out, and what the week makes of it."""
    with seen(request, number) as asked:
        return looking_up.drill_choice(asked, drill)


@router.get("/coach/runners/{number}/comparison", response=looking_up.Compared)
def runners_comparison(
    request: HttpRequest, number: NUMBER, before: date | None = None, after: date | None = None
) -> HttpResponse:
    """Two dates of a runner side by side."""
    with seen(request, number) as asked:
        return looking_up.comparison(asked, before, after)


@router.get("/coach/runners/{number}/why/{word}", response=coach.Explanation)
def runners_why(request: HttpRequest, number: NUMBER, word: str) -> HttpResponse:
    """Why something stands in a runner's week."""
    with seen(request, number) as asked:
        return reading.why(asked, word)
