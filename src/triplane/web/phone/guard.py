"""Whom the listener on the local network answers: a paired phone, and nobody else with anything of a runner.

The listener marks what comes through that door; each answers to its own names.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import DisallowedHost
from django.http import HttpRequest, HttpResponse
from django.http.request import split_domain_port
from django.shortcuts import render

from triplane.web.feed_address import ADDRESS
from triplane.web.headers import device_cleared
from triplane.web.phone.door import Door
from triplane.web.phone.pairing import Phone

COOKIE = "__Host-triplane-phone"
"""Browsers take a cookie of such a name only encrypted, for the whole app, and from no other machine."""

AT_THE_DOOR = "triplane.at_the_door"
"""The mark in a request's scope that the listener on the local network lays there, and nobody who asks."""

PAIRING = re.compile(
    r"/phone/(?:pair/[^/]+/|triplane\.(?:crt|mobileconfig))|/static/(?:tokens|base|app)\.css"
)
"""What a phone may ask for that is not paired yet: to be paired, and how such pages look."""


def is_open_to_all(path: str) -> bool:
    """Whether a device that is not paired is answered.

    A calendar program has no secret of a phone's; the address that it asks for holds one of its own.
    """
    return (PAIRING.fullmatch(path) or ADDRESS.fullmatch(path)) is not None


@dataclass
class PairedPhonesOnly:
    """Middleware in front of everything that answers, files included.

    A phone that was paired once and is not any more is told to forget what it kept.
    """

    get_response: Callable[[HttpRequest], HttpResponse]

    def __call__(self, request: HttpRequest) -> HttpResponse:
        door: Door | None = settings.PHONE
        host, _ = split_domain_port(request.get_host())
        if not is_at_the_door(request):
            if door is not None and host in door.hosts and host not in settings.LOOPBACK_NAMES:
                raise DisallowedHost("a name of the local network was asked for on loopback")
            return self.get_response(request)
        if door is None or host not in door.hosts:
            raise DisallowedHost("this is no name of the local network's door")
        phone = door.phones.known(request.COOKIES.get(COOKIE, ""))
        request.phone = phone  # type: ignore[attr-defined]  # what ``phone_of`` returns
        if phone is None and not is_open_to_all(request.path_info):
            refused = render(request, "phone/unpaired.html", status=403)
            return device_cleared(refused) if COOKIE in request.COOKIES else refused
        return self.get_response(request)


def is_at_the_door(request: HttpRequest) -> bool:
    """Whether a request came through the listener on the local network, encrypted or not."""
    return bool(getattr(request, "scope", {}).get(AT_THE_DOOR))


def phone_of(request: HttpRequest) -> Phone | None:
    """Return the paired phone that a request comes from; none on loopback."""
    return getattr(request, "phone", None)


def phone_name(request: HttpRequest) -> str:
    """Return the id of the paired phone that a request comes from; nothing on this machine."""
    phone = phone_of(request)
    return phone.id if phone is not None else ""


def is_paired(cookies: str, door: Any) -> bool:
    """Whether a header of cookies holds a paired phone's secret."""
    found = re.search(rf"(?:^|;\s*){re.escape(COOKIE)}=([^;]+)", cookies)
    return found is not None and door.phones.known(found[1]) is not None
