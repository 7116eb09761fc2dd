"""Headers of every answer: nothing is loaded from elsewhere, framed, guessed at or told to others.

None says that an address is to be asked for encrypted only: addresses of a local network change hands.
"""

import base64
import hashlib
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from triplane import coach


def digest(text: str) -> str:
    """Return the name by which a browser is told to let in a style or a script that stands in a page."""
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


STYLES = f"style-src 'self' '{digest(coach.drawing_style())}'"
"""Sheets of our own, and the colours that stand in each drawing."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        STYLES,
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Where a page may load from. No script stands in a page, and no style but that of our drawings."""

POLICY_WITH_MODEL = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'")
"""The same for a page that opens a camera: the pose model, which comes from here too, is web assembly."""

WORKERS = "/static/built/worker-"
"""How the addresses of workers' scripts begin; what a worker may, its own script's answer says."""

PERMISSIONS = ", ".join(
    (
        "accelerometer=(self)",
        "gyroscope=(self)",
        "magnetometer=()",
        "camera=(self)",
        "microphone=(self)",
        "geolocation=()",
        "payment=()",
        "usb=()",
    )
)
"""What a page may ask the device for: how a phone lies, the camera for form, the microphone for orders."""


def device_cleared(response: HttpResponse) -> HttpResponse:
    """Let the browser forget what it kept of a runner: sessions, answers that wait, drawn figures."""
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


def figures_cleared(response: HttpResponse) -> HttpResponse:
    """Let the browser forget the figures it was let keep; what waits to be handed in stays."""
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


def with_style(response: HttpResponse, style: str) -> HttpResponse:
    """Let a page carry one more style: whose drawings have other colours."""
    policy = POLICY.replace(STYLES, f"{STYLES} '{digest(style)}'")
    response.headers["Content-Security-Policy"] = policy
    return response


def with_model(response: HttpResponse) -> HttpResponse:
    """Let a page run the pose model."""
    response.headers["Content-Security-Policy"] = POLICY_WITH_MODEL
    return response


class SecurityHeaders:
    """Middleware that adds the headers; the first in line, so that faults carry them too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        policy = POLICY_WITH_MODEL if request.path.startswith(WORKERS) else POLICY
        response.headers.setdefault("Content-Security-Policy", policy)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cache-Control", "no-store")
        if request.is_secure():
            for cookie in response.cookies.values():
                cookie["secure"] = True
        return response
