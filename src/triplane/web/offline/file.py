"""One session as one file: page, looks, script, figures and questions, and nothing that it would ask for."""

import base64
import json
import re
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.built import FILE, files_of
from triplane.web.headers import digest
from triplane.web.offline.documents import bundle_of, version_of
from triplane.web.play.view import player_page

SHEETS = ("tokens.css", "base.css", "app.css", "player.css")
NOT_BUILT = _("The session player was not built with this installation, so there is no file of it.")


def session_file(practice: Practice, slot: str) -> str:
    """Return the session of a slot as a page that plays for a day, wherever it is opened.

    Raises
    ------
    Blocked, UnknownName
        As ``coach.begin``: nobody takes along what they may not do.
    UserError
        Where the player was not built.
    """
    history, now = practice.history(), practice.now
    along = coach.session_along(history, slot, now)
    try:
        built = settings.BUILT / files_of(FILE, "file.json")[0].removeprefix("/static/")
        source = built.read_text(encoding="utf-8").replace("</script", "<\\/script")
    except (OSError, ValueError, KeyError) as error:
        raise UserError(str(NOT_BUILT)) from error
    version = version_of(history, along.slot.id, f"{now:%Y%m%d%H%M}")
    bundle = json.dumps(bundle_of(practice, (along,), version)).replace("<", "\\u003c")
    styles = _styles()
    page = {
        **player_page(),
        "slot": "-",
        "styles": styles,
        "source": source,
        "bundle": bundle,
        "policy": _policy(source, styles),
    }
    return render_to_string("offline/file.html", page)


def _policy(source: str, styles: str) -> str:
    """Let this one script run, these looks be had, and nothing be asked for."""
    return (
        f"default-src 'none'; script-src '{digest(source)}'; style-src '{digest(styles)}'; "
        "img-src data:; font-src data:; form-action 'none'; base-uri 'none'"
    )


def _styles() -> str:
    """Return all looks with the font in them."""
    return re.sub(r'url\("([^"]+)"\)', _inlined, "\n".join(_read(sheet).decode() for sheet in SHEETS))


def _inlined(found: re.Match[str]) -> str:
    name = found[1]
    if name.startswith("data:"):
        return found[0]
    return f'url("data:font/woff2;base64,{base64.b64encode(_read(name)).decode()}")'


def _read(name: str) -> bytes:
    return Path(str(finders.find(name))).read_bytes()
