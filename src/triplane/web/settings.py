"""What Django is told: the local app, on loopback, with no account and no database of its own."""

import secrets
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triplane.bootstrap import Practice
from triplane.formats.video import MODELS
from triplane.web.languages import language_settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from triplane.web.phone.door import Door

HERE = Path(__file__).parent

LOOPBACK_NAMES = ("127.0.0.1", "localhost", "[::1]")

MOST_FILES = 500
"""Files of one sending that are looked at at all; how many are taken, the page says. Ours."""

BUILT = HERE / "static-built"
"""Where the build lays the islands; missing where it was left out, and the pages say so."""

LARGEST_FORM = 2 * 2**20
"""Bytes of a form without files; a screening is about one hundredth of it. Ours."""

MIDDLEWARE = (
    "triplane.web.headers.SecurityHeaders",
    "triplane.web.phone.guard.PairedPhonesOnly",
    "triplane.web.packing.PackedOnce",
    "triplane.web.still.StillFiles",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "triplane.web.typed_before.TypedBefore",
    "triplane.web.runner.RunnersPractice",
)
"""From the outside in."""


def local_settings(
    open_one: "Callable[[HttpRequest], Practice]",
    hosts: Sequence[str] = (),
    open_sample: Callable[[date], Practice] | None = None,
    door: "Door | None" = None,
) -> dict[str, Any]:
    """Return the settings of the app on one machine.

    ``open_one`` opens the practice that one request is about, ``open_sample`` that of the sample runner of
    the week that begins on a Monday. ``hosts`` are answered besides loopback's names, and ``door``'s by it
    alone; any other name is refused, so that no page from elsewhere can speak to the app under its own.
    """
    return {
        "DEBUG": False,
        "SECRET_KEY": secrets.token_urlsafe(32),
        "ALLOWED_HOSTS": [*LOOPBACK_NAMES, *hosts, *(door.hosts if door else ())],
        "LOOPBACK_NAMES": [*LOOPBACK_NAMES, *hosts],
        "PHONE": door,
        "ROOT_URLCONF": "triplane.web.urls",
        "INSTALLED_APPS": ["django.contrib.staticfiles"],
        "MIDDLEWARE": list(MIDDLEWARE),
        "TEMPLATES": [
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [HERE],
                "OPTIONS": {
                    "context_processors": ["django.template.context_processors.request"],
                    "builtins": ["triplane.web.words", "django.templatetags.i18n"],
                    "string_if_invalid": "",
                },
            }
        ],
        "FORM_RENDERER": "django.forms.renderers.DjangoTemplates",
        "STATIC_URL": "static/",
        "STATICFILES_DIRS": [HERE / "frame" / "static", BUILT, ("pose", MODELS)],
        "BUILT": BUILT,
        "WHITENOISE_USE_FINDERS": True,
        "WHITENOISE_AUTOREFRESH": False,
        "WHITENOISE_IMMUTABLE_FILE_TEST": r"^/static/built/",
        "CSRF_FAILURE_VIEW": "triplane.web.faults.expired",
        "CSRF_COOKIE_SAMESITE": "Strict",
        "CSRF_COOKIE_HTTPONLY": True,
        "DATA_UPLOAD_MAX_MEMORY_SIZE": LARGEST_FORM,
        "DATA_UPLOAD_MAX_NUMBER_FILES": MOST_FILES,
        "USE_TZ": True,
        **language_settings(),
        "APPEND_SLASH": True,
        "LOGGING_CONFIG": None,
        "OPEN_PRACTICE": open_one,
        "OPEN_SAMPLE": open_sample,
        "SAMPLE_KEY": secrets.token_urlsafe(16),
        "FEEDS": None,
        "LANES": None,
    }
