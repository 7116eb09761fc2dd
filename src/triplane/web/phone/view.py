"""The phone's pages: on this machine the code and the paired phones, on the phone a button that pairs it."""

import plistlib
import uuid
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from triplane.errors import UserError
from triplane.web.fields import says
from triplane.web.methods import require_safe_or_post
from triplane.web.phone.door import Door
from triplane.web.phone.guard import COOKIE, is_at_the_door, phone_of
from triplane.web.phone.pairing import NotPaired, TooManyTries

A_YEAR_S = 365 * 24 * 3600


@require_safe
def phone(request: HttpRequest) -> HttpResponse:
    """Show the code and the paired phones; on a phone, that it is paired."""
    door: Door | None = settings.PHONE
    page: dict[str, Any] = {"door": door, "here": "settings", "phone": phone_of(request)}
    if door is not None and not is_at_the_door(request):
        import segno

        code = door.address + reverse("pair", args=[door.codes.offer()])
        drawn = segno.make(code, error="m", micro=False)
        page["picture"] = drawn.svg_inline(border=4, dark="#000", light="#fff", omitsize=True)
        page["code"], page["phones"] = code, door.phones.all()
    return render(request, "phone/phone.html", page)


@require_safe_or_post
def pair(request: HttpRequest, code: str) -> HttpResponse:
    """Pair a phone. Looking uses no code up, since messengers look at what they pass on; the button does."""
    door = _door()
    if not is_at_the_door(request):
        raise Http404
    if phone_of(request) is not None:
        return redirect("today")
    if request.method != "POST":
        return render(request, "phone/pair.html", {"door": door})
    try:
        door.codes.use(code, request.META.get("REMOTE_ADDR", ""))
        secret = door.phones.pair(_called(request.headers.get("User-Agent", "")), timezone.now().date())
    except NotPaired as error:
        page = {"door": door, "problem": says(error)}
        return render(
            request, "phone/pair.html", page, status=429 if isinstance(error, TooManyTries) else 403
        )
    answer = redirect("today")
    answer.set_cookie(COOKIE, secret, max_age=A_YEAR_S, secure=True, httponly=True, samesite="Strict")
    rotate_token(request)
    return answer


@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Forget a phone: any of them on this machine, on a phone only itself."""
    door, own = _door(), phone_of(request)
    name = own.id if own is not None else request.POST.get("phone", "")
    if name not in {one.id for one in door.phones.all()}:
        raise UserError(_("this phone was forgotten before"))
    door.phones.forget(name)
    answer = redirect("phone")
    if own is not None:
        answer.delete_cookie(COOKIE, samesite="Strict")
    return answer


@require_safe
def authority(request: HttpRequest) -> HttpResponse:
    """Hand out the certificate of this machine's authority, as most phones take it."""
    return _file(_door().certificates.der, "application/x-x509-ca-cert", "triplane.crt")


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    """Hand out the same as a profile, as iPhones and iPads take it."""
    certificate = _door().certificates
    name = certificate.authority.subject.rfc4514_string().removeprefix("CN=")

    def one(kind: str, **more: object) -> dict[str, object]:
        told = uuid.uuid5(uuid.NAMESPACE_OID, f"{kind} {certificate.fingerprint}")
        return {
            "PayloadType": kind,
            "PayloadVersion": 1,
            "PayloadIdentifier": f"triplane.{told}",
            "PayloadUUID": str(told).upper(),
            "PayloadDisplayName": name,
            **more,
        }

    root = one("com.apple.security.root", PayloadContent=certificate.der)
    whole = plistlib.dumps(one("Configuration", PayloadContent=[root]))
    return _file(whole, "application/x-apple-aspen-config", "triplane.mobileconfig")


def _file(content: bytes, kind: str, name: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _door() -> Door:
    door: Door | None = settings.PHONE
    if door is None:
        raise Http404
    return door


def _called(agent: str) -> str:
    """Return what a phone is called, from closed words: nothing of what it says is kept."""
    kinds = {"iPhone": "iPhone", "iPad": "iPad", "Android": _("Android phone")}
    return next((name for word, name in kinds.items() if word in agent), _("A browser"))


paths = [
    path("phone/", phone, name="phone"),
    path("phone/pair/<str:code>/", pair, name="pair"),
    path("phone/forget/", forget, name="phone_forget"),
    path("phone/triplane.crt", authority, name="phone_authority"),
    path("phone/triplane.mobileconfig", profile, name="phone_profile"),
]
