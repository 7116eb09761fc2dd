"""The calendar to subscribe to: what it shows to who knows its address, and its page in the settings.

An entry holds a time, a neutral title and a link to the player: what left the house cannot be called back.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, register_converter, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.errors import UserError
from triplane.formats.feed import feed_text
from triplane.web.built import PLAYER, script
from triplane.web.feed.keeping import REMINDS_MIN, feeds_of, new_feed, opened
from triplane.web.feed_address import SecretInPath
from triplane.web.methods import require_safe_or_post
from triplane.web.phone.door import Door
from triplane.web.phone.guard import is_at_the_door
from triplane.web.runner import is_sample, practice_of


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Answer a calendar that knows the address; nobody else learns whether there is one."""
    practice = practice_of(request)
    found = opened(feeds_of(practice), practice.runner, secret)
    if found is None:
        return HttpResponse(status=404)
    entries = coach.feed(practice.history(), practice.now, found.remind_min)
    player = "play" if script(PLAYER) is not None else "session"
    content = feed_text(
        entries,
        practice.runner,
        lambda minutes: _("Triplane, %(number)s min") % {"number": minutes},
        lambda slot: request.build_absolute_uri(reverse(player, args=[slot])),
    )
    return HttpResponse(content, content_type="text/calendar; charset=utf-8")


@require_safe_or_post
def feed_settings(request: HttpRequest) -> HttpResponse:
    """Show the address where there is one; make one, or set when it reminds."""
    practice = practice_of(request)
    feeds, problem = feeds_of(practice), ""
    if request.method == "POST":
        _refuse_sample(request)
        told = request.POST.get("remind", "")
        if told not in map(str, REMINDS_MIN):
            problem = _("Choose when it reminds.")
        else:
            if feeds.of(practice.runner) is None or "anew" in request.POST:
                new_feed(feeds, practice.runner, practice.now.date(), int(told))
            else:
                feeds.remind(practice.runner, int(told))
            return redirect("feed_settings")
    found = feeds.of(practice.runner)
    page = {
        "feed": found,
        "reminds": [(one, _reminds(one)) for one in REMINDS_MIN],
        "addresses": _addresses(request, found.secret) if found else (),
        "problem": problem,
        "here": "settings",
    }
    return render(request, "feed/feed.html", page, status=400 if problem else 200)


@require_POST
def feed_revoke(request: HttpRequest) -> HttpResponse:
    """Let the address open nothing any more."""
    _refuse_sample(request)
    practice = practice_of(request)
    feeds_of(practice).revoke(practice.runner)
    return redirect("feed_settings")


def _reminds(minutes: int) -> str:
    return _("%(number)s minutes before") % {"number": minutes} if minutes else _("Not at all")


def _refuse_sample(request: HttpRequest) -> None:
    if is_sample(request):
        raise UserError(_("this is the sample runner, whose calendar goes nowhere"))


def _addresses(request: HttpRequest, secret: str) -> list[tuple[str, str]]:
    """Return where the calendar is found, and for whom: on this machine, and through the phones' door."""
    place, door = reverse("feed", args=[secret]), settings.PHONE
    what = _("For your calendar") if settings.FEEDS else _("On this machine")
    here = [] if is_at_the_door(request) else [(what, request.build_absolute_uri(place))]
    if isinstance(door, Door):
        here.append((_("On a phone in the same network"), door.address + place))
    return here


register_converter(SecretInPath, "feed_secret")

paths = [
    path("feed/<feed_secret:secret>.ics", feed, name="feed"),
    path("settings/feed/", feed_settings, name="feed_settings"),
    path("settings/feed/revoke/", feed_revoke, name="feed_revoke"),
]
