"""Groups of a coach's table for programs: who stands in one, and a group as a file."""

from datetime import date, datetime
from hashlib import sha256
from typing import Annotated

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _
from pydantic import Field

from triplane import coach
from triplane.errors import Overtaken, UnknownName
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server import groups as kept
from triplane.web.server.api.answers import Key, Words, answer
from triplane.web.server.api.carrying import BYTES
from triplane.web.server.api.problems import NameTaken
from triplane.web.server.api.routes import router
from triplane.web.server.api.shared import NUMBER
from triplane.web.server.looking import who_asks
from triplane.web.server.models import Account, Sharing
from triplane.web.server.taken_along import TakenAlong

GroupName = Annotated[Words, Field(min_length=1, max_length=120)]


class RunnersGroup(Value):
    """A group of the table: the numbers of its runners, and of those the ones who stand in its file."""

    name: str
    members: tuple[int, ...]
    handed_on: tuple[int, ...]


class GroupKept(Value):
    """Who stands in a group, and what it is called from now on; empty keeps its name."""

    members: Annotated[tuple[NUMBER, ...], Field(max_length=10_000)]
    name: Annotated[Words, Field(max_length=120)] = ""


class DatesTold(Value):
    """Which two dates of each runner are compared."""

    before: date
    after: date


@router.get("/coach/groups", response=tuple[RunnersGroup, ...])
def groups(request: HttpRequest) -> HttpResponse:
    """Every group, by its name."""
    return answer(request, _groups(who_asks(request)))


@router.put("/coach/groups/{name}", response=tuple[RunnersGroup, ...])
def keep(request: HttpRequest, name: GroupName, told: GroupKept) -> HttpResponse:
    """Say who stands in a group, which is made where there is none; return every group."""
    account, called = who_asks(request), told.name or name
    with transaction.atomic():
        own = {line.pk: line for line in _held(request, account)}
        strangers = [number for number in told.members if number not in own]
        if strangers:
            raise UnknownName("runner", str(strangers[0]), [str(number) for number in own])
        if called != name and any(line.group == called for line in own.values()):
            raise NameTaken(_("There is a group of that name already."))
        was = name if any(line.group == name for line in own.values()) else ""
        kept.keep_group(account, was, called, list(told.members), list(own))
    return answer(request, _groups(account))


@router.delete("/coach/groups/{name}", response=tuple[RunnersGroup, ...])
def dissolve(request: HttpRequest, name: GroupName) -> HttpResponse:
    """Let nobody stand in a group, which is gone then; its runners stay in the table. Twice is once."""
    account = who_asks(request)
    with transaction.atomic():
        own = _held(request, account)
        if any(line.group == name for line in own):
            kept.keep_group(account, name, name, [], [line.pk for line in own])
    return answer(request, _groups(account))


GROUP_FILE = {"responses": {200: {"content": {"application/zip": BYTES}}}}


@router.post("/coach/groups/{name}/file", response={200: None}, openapi_extra=GROUP_FILE)
def group_file(request: HttpRequest, name: GroupName, key: Key, told: DatesTold) -> HttpResponseBase:
    """Take a group along as a file, which comes as it is made; each runner is told of it once for a key."""
    account = who_asks(request)
    inside = [line for line in kept.shared_lines(account) if line.group == name]
    if not inside:
        raise UnknownName("group", name, [one.name for one in _groups(account)])
    now: datetime = practice_of(request).now
    coach.check_dates(told.before, told.after, now)
    said = sha256(f"{account.runner} {key} {name} {told.before} {told.after}".encode()).hexdigest()
    dates = told.before, told.after
    return TakenAlong(account, name, inside, dates, now, f"taken:{said[:32]}").answer()


def _held(request: HttpRequest, account: Account) -> list[Sharing]:
    """Return the lines of a table, which nobody else changes meanwhile, where they are as they were seen.

    Raises
    ------
    Overtaken
        Where ``If-Match`` carries tags of which none is that of the groups now.
    """
    Account.objects.select_for_update().get(pk=account.pk)
    seen = request.headers.get("If-Match", "").strip()
    now = answer(request, _groups(account)).headers["ETag"]
    if seen not in ("", "*") and now not in [tag.strip().removeprefix("W/") for tag in seen.split(",")]:
        raise Overtaken(_("the groups were changed since you looked; look again before you tell this"))
    return kept.shared_lines(account)


def _groups(account: Account) -> tuple[RunnersGroup, ...]:
    lines = kept.shared_lines(account)
    agreed = kept.handed_on_by(account, lines)
    return tuple(
        RunnersGroup(
            name=name,
            members=tuple(line.pk for line in lines if line.group == name),
            handed_on=tuple(line.pk for line in lines if line.group == name and line.runner.runner in agreed),
        )
        for name in sorted({line.group for line in lines if line.group})
    )
