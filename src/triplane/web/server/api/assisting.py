"""Who assists a coach, for programs: whom the account named, what each may, and the end of it."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from triplane import coach
from triplane.history import SharedAs
from triplane.value import Value
from triplane.web.server.api.answers import answer
from triplane.web.server.api.routes import router
from triplane.web.server.api.shared import NUMBER
from triplane.web.server.assistants import end_assisting
from triplane.web.server.looking import who_asks
from triplane.web.server.models import Account, Assistant


class Assisting(Value):
    """Somebody whom the account named to assist it.

    ``email`` is theirs once they said yes, for the account alone; ``until`` is how long they are invited.
    ``may`` is the most that they may, of each runner who said yes to them by name.
    """

    number: int
    called: str
    email: str = ""
    until: date | None = None
    may: tuple[coach.Deed, ...] = ()


@router.get("/coach/assistants", response=tuple[Assisting, ...])
def assistants(request: HttpRequest) -> HttpResponse:
    """Everybody who assists the account or is invited to. Nobody is named or let in here."""
    return answer(request, _assisting(who_asks(request)))


@router.delete("/coach/assistants/{number}", response=tuple[Assisting, ...])
def end_assistant(request: HttpRequest, number: NUMBER) -> HttpResponse:
    """Let somebody assist no more, or take an invitation back; a second time changes nothing."""
    account = who_asks(request)
    for named in Assistant.objects.select_related("account", "coach").filter(pk=number, coach=account):
        end_assisting(named)
    return answer(request, _assisting(account))


def _assisting(account: Account) -> tuple[Assisting, ...]:
    named = Assistant.objects.select_related("account").filter(coach=account).order_by("pk")
    now = timezone.now()
    return tuple(
        Assisting(
            number=one.pk,
            called=one.called,
            email=one.account.email if one.account else "",
            until=None if one.account else timezone.localdate(one.ends),
            may=coach.asked_for(SharedAs.ASSISTANT) if one.account else (),
        )
        for one in named
        if one.account or one.ends > now
    )
