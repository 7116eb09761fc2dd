"""A coach who looks at a runner's pages: whose, which of them, and whether the runner still shares them."""

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from triplane import coach
from triplane.bootstrap import Practice
from triplane.history import History, ScreeningAnswered
from triplane.value import Value
from triplane.web.begin.view import LATER
from triplane.web.server.access import TELLING_FIRST, Opens, opens
from triplane.web.server.models import Account, Assistant, Sharing
from triplane.web.server.whose import practices

LOOKED_AT = "looks_at"
"""Where a session keeps which line of the table is looked at; without it, it is one's own facts."""


def look_at(request: HttpRequest, sharing: Sharing | None) -> None:
    """Make what follows be about a runner, or about oneself again; forms that are open are refused."""
    if sharing is None:
        request.session.pop(LOOKED_AT, None)
    else:
        request.session[LOOKED_AT] = sharing.pk
    rotate_token(request)


def who_asks(request: HttpRequest) -> Account:
    """Return the account that the gate let in."""
    return cast(Account, request.account)  # type: ignore[attr-defined]


def looked_at(request: HttpRequest, account: Account) -> Sharing | None:
    """Return the line of the table that an account looks at."""
    number = _number(request)
    if number is None:
        return None
    return Sharing.objects.select_related("runner").filter(pk=number, coach=account).first()


def no_longer_shown(request: HttpRequest) -> HttpResponse | None:
    """Say once that whoever was looked at shares no more; from then on it is one's own facts again.

    Without that somebody would stand before their own pages and take them for the runner's.
    """
    if _number(request) is None:
        return None
    look_at(request, None)
    says = _("Whom you looked at does not share this with you any more. From here on you see your own pages.")
    return _said(request, says)


def _number(request: HttpRequest) -> int | None:
    session = getattr(request, "session", None)
    return session.get(LOOKED_AT) if session is not None else None


def is_shared(sharing: Sharing, account: Account) -> bool:
    """Whether the runner's own facts let somebody look now."""
    runner = sharing.runner
    return runner.is_active and practices().lets_look(account.runner, runner.runner)


def lines_of(
    account: Account, group: str, after: int, most: int
) -> list[tuple[Sharing, "coach.RunnersLine"]]:
    """Return lines of a table whose runners let the account look, in the order in which they came.

    ``group`` takes those of one group, ``after`` those behind a line, and no more than ``most`` are read or
    worked out. They are read together (``bootstrap/caseload.py``).
    """
    shared = Sharing.objects.select_related("runner").filter(
        coach=account, runner__is_active=True, pk__gt=after
    )
    behind = [one for one in shared.order_by("pk") if group in ("", one.group)]
    let_in = practices().let_in(account.runner, [one.runner.runner for one in behind])
    wanted = [one for one in behind if one.runner.runner in let_in][:most]
    lines = practices().lines(account.runner, {one.runner.runner: one.runner.zone for one in wanted})
    return [(one, lines[one.runner.runner]) for one in wanted if one.runner.runner in lines]


def lines_so_far(account: Account) -> list[tuple[Sharing, "coach.RunnersLine | None"]]:
    """Return every line of a table as ``lines_of`` does; nothing in the place of one that is worked out."""
    shared = Sharing.objects.select_related("runner").filter(coach=account, runner__is_active=True)
    wanted = list(shared.order_by("pk"))
    zones = {one.runner.runner: one.runner.zone for one in wanted}
    lines = practices().lines_so_far(account.runner, zones)
    return [(one, lines[one.runner.runner]) for one in wanted if one.runner.runner in lines]


def asking(history: History, runner: Account) -> list[Assistant]:
    """Return those who assist a coach whom a runner let in, and whom the runner was not asked about yet."""
    standing = {one.to: one for one in coach.consents(history) if not one.ended}
    coaches = [one.to for one in standing.values() if not one.through]
    named = Assistant.objects.select_related("account", "coach").filter(
        coach__runner__in=coaches, coach__is_active=True, account__is_active=True
    )
    return [
        one
        for one in named.order_by("pk")
        if one.account and one.account != runner and one.account.runner not in standing
    ]


def end_sharing(practice: Practice, to: str) -> None:
    """Let somebody see nothing of a runner any more, at the runner's wish."""
    practice.decide(lambda history, now: coach.consent_ended(history, to))
    Sharing.objects.filter(coach__runner=to, runner__runner=practice.runner).delete()


def end_line(sharing: Sharing, account: Account) -> None:
    """Let a coach see nothing of a runner any more, at the coach's own wish."""
    practice = practices().of(sharing.runner.runner, sharing.runner.zone)
    with practice.journal:
        practice.decide(
            lambda history, now: coach.consent_ended(history, account.runner),
            author=coach.author_of(account.runner),
        )
    sharing.delete()


def refusal(request: HttpRequest, sharing: Sharing, account: Account, route: str) -> HttpResponse | None:
    """Return what is said instead of a page that is not for the one who looks; nothing where it is."""
    if not is_shared(sharing, account):
        look_at(request, None)
        del request.sharing  # type: ignore[attr-defined]
        return _said(request, _("%(name)s does not share this with you any more.") % {"name": sharing.label})
    opened, only_looks = opens(route), request.method in ("GET", "HEAD")
    if opened is Opens.IN_THE_ROOM or (opened is Opens.TO_WHOEVER_LOOKS and only_looks):
        return None
    if route in TELLING_FIRST:
        told, is_blocked = _stands(sharing)
        if not told:
            return _said(request, _("%(name)s has not told everything yet.") % {"name": sharing.label})
        if is_blocked and only_looks:
            return redirect("stop")
    return _said(request, _("This is for %(name)s alone. Nothing was recorded.") % {"name": sharing.label})


def _stands(sharing: Sharing) -> tuple[bool, bool]:
    """Whether a runner has told everything, and whether safety stops them now."""
    practice = practices().of(sharing.runner.runner, sharing.runner.zone)
    with practice.journal:
        history, now = practice.history(), practice.now
    told: tuple[type[Value], ...] = (ScreeningAnswered, *LATER.values())
    return all(history.facts_of(body) for body in told), coach.clearance(history, now).is_blocked


def _said(request: HttpRequest, says: str) -> HttpResponse:
    return render(request, "server/not_shared.html", {"says": says}, status=403)
