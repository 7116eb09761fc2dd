"""What a server is told: by variables of its environment alone, each checked before anything begins."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network, ip_network
from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from triplane.bootstrap import is_address, runners_clock
from triplane.errors import UserError
from triplane.web.server.push.sealing import ServerKey

SHORTEST_SECRET = 50
"""Signs of a secret that nobody guesses; Django warns of a shorter one."""

MOST_WORKERS = 64

OF_EACH_WORKER = 2
"""Weeks that are planned at once for each process, and sendings of files where nothing else is told. Ours."""

MOST_FILES_AT_ONCE = 256
PLAIN, ENCRYPTED = "smtp", "smtps"
T = TypeVar("T")


@dataclass(frozen=True)
class Post:
    """How e-mail leaves: printed where there is no mail server, laid into a folder for trials, or sent."""

    kind: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    folder: str = ""


@dataclass(frozen=True)
class SignOn:
    """Another service that knows runners by OpenID Connect."""

    name: str
    address: str
    client: str
    secret: str


@dataclass(frozen=True)
class Environment:
    """All that a server is told."""

    secret: str
    database: str
    hosts: tuple[str, ...]
    address: str
    post: Post
    sender: str
    secrets_before: tuple[str, ...] = ()
    workers: int = 2
    files_at_once: int = 4
    plans_at_once: int = 4
    proxies: str = "127.0.0.1"
    zone: str = "UTC"
    sign_on: SignOn | None = None
    is_open: bool = True
    metrics_token: str = ""
    push_key: ServerKey | None = None
    is_trial: bool = False
    now: str | None = None


def read_environment(told: Mapping[str, str]) -> Environment:
    """Read what a server is told.

    Raises
    ------
    UserError
        Naming the first variable that is missing or cannot be, and how it is written.
    """
    secret = _needed(told, "SECRET_KEY", _secret, "at least 50 signs that nobody can guess")
    database = _needed(told, "DATABASE_URL", _database, "as postgresql://triplane@localhost/triplane")
    hosts = _needed(told, "TRIPLANE_HOSTS", _hosts, "the names it is reached by, as coach.example")
    usual = f"https://{hosts[0].lstrip('.')}"
    workers = _optional(told, "TRIPLANE_WORKERS", _up_to(MOST_WORKERS), 2, "a number from 1 to 64")
    at_once = OF_EACH_WORKER * workers
    return Environment(
        secret=secret,
        database=database,
        hosts=hosts,
        address=_optional(told, "TRIPLANE_ADDRESS", _address, usual, "as https://coach.example"),
        post=_needed(told, "EMAIL_URL", _post, "as smtps://name:password@mail.example, or console:"),
        sender=_needed(told, "TRIPLANE_SENDER", _sender, "the address its e-mail comes from"),
        secrets_before=_optional(told, "SECRET_KEY_BEFORE", _secrets, (), "the SECRET_KEY of before"),
        workers=workers,
        files_at_once=_optional(
            told, "TRIPLANE_FILES_AT_ONCE", _up_to(MOST_FILES_AT_ONCE), at_once, "a number from 1 to 256"
        ),
        plans_at_once=at_once,
        proxies=_optional(told, "TRIPLANE_PROXIES", _proxies, "127.0.0.1", "addresses, as 10.0.0.2"),
        zone=_optional(told, "TRIPLANE_ZONE", _zone, "UTC", "a time zone, as Europe/Berlin"),
        sign_on=_sign_on(told),
        is_open=_optional(told, "TRIPLANE_SIGNUP", _open, True, "open or closed"),
        push_key=_optional(told, "TRIPLANE_PUSH_KEY", _push_key, None, "what reminders --new-key says"),
        metrics_token=_optional(told, "TRIPLANE_METRICS_TOKEN", _secret, "", "at least 50 signs"),
        is_trial=_optional(told, "TRIPLANE_TRIAL", _yes, False, "yes or no"),
        now=_optional(told, "TRIPLANE_NOW", _instant, None, "an instant, as 2026-11-25T06:30"),
    )


def _needed(told: Mapping[str, str], name: str, read: Callable[[str], T | None], how: str) -> T:
    value = told.get(name, "").strip()
    if not value:
        raise UserError(f"the server needs {name} in its environment: {how}")
    return _read(value, name, read, how)


def _optional(told: Mapping[str, str], name: str, read: Callable[[str], T | None], missing: T, how: str) -> T:
    value = told.get(name, "").strip()
    return _read(value, name, read, how) if value else missing


def _read(value: str, name: str, read: Callable[[str], T | None], how: str) -> T:
    found = read(value)
    if found is None:
        raise UserError(f"{name} in the server's environment cannot be; give {how}")
    return found


def _secret(value: str) -> str | None:
    return value if len(value) >= SHORTEST_SECRET and len(set(value)) >= 8 else None


def _secrets(value: str) -> tuple[str, ...] | None:
    found = tuple(one.strip() for one in value.split(","))
    return found if all(map(_secret, found)) else None


def _push_key(value: str) -> ServerKey | None:
    key = ServerKey(value)
    try:
        return key if key.public else None
    except ValueError:
        return None


def _database(value: str) -> str | None:
    return value if is_address(value) else None


def _hosts(value: str) -> tuple[str, ...] | None:
    names = tuple(name.strip().lower() for name in value.split(","))
    good = all(re.fullmatch(r"\.?[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?", name) for name in names)
    return names if good else None


def _address(value: str) -> str | None:
    return value if re.fullmatch(r"https?://[A-Za-z0-9.-]+(?::\d+)?", value) else None


def _post(value: str) -> Post | None:
    found = urlsplit(value)
    if found.scheme == "console":
        return Post("console")
    if found.scheme == "file" and found.path:
        return Post("file", folder=found.path)
    if found.scheme not in (PLAIN, ENCRYPTED) or not found.hostname:
        return None
    try:
        port = found.port or (465 if found.scheme == ENCRYPTED else 587)
    except ValueError:
        return None
    user, password = unquote(found.username or ""), unquote(found.password or "")
    return Post(found.scheme, found.hostname, port, user, password)


def _proxies(value: str) -> str | None:
    """Return addresses and networks as they are taken; nobody is trusted whom no address names."""
    try:
        return ",".join(_plain(ip_network(one.strip())) for one in value.split(","))
    except ValueError:
        return None


def _plain(net: IPv4Network | IPv6Network) -> str:
    return str(net.network_address if net.num_addresses == 1 else net)


def _instant(value: str) -> str | None:
    try:
        runners_clock("UTC", value)
    except UserError:
        return None
    return value


def _sender(value: str) -> str | None:
    return value if re.fullmatch(r"[^@\r\n]+@[^@\s]+", value) else None


def _up_to(most: int) -> Callable[[str], int | None]:
    """Return what reads a number from 1 to ``most``."""
    return lambda value: int(value) if value.isdecimal() and 1 <= int(value) <= most else None


def _zone(value: str) -> str | None:
    from zoneinfo import available_timezones

    return value if value in available_timezones() else None


def _open(value: str) -> bool | None:
    return {"open": True, "closed": False}.get(value)


def _yes(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


def _sign_on(told: Mapping[str, str]) -> SignOn | None:
    """Return the service that runners may come from; all four of its variables, or none."""
    names = ("OIDC_NAME", "OIDC_URL", "OIDC_CLIENT", "OIDC_SECRET")
    given: list[Any] = [told.get(name, "").strip() for name in names]
    if not any(given):
        return None
    for name, value in zip(names, given, strict=True):
        if not value:
            raise UserError(f"the server needs {name} in its environment beside the other variables of OIDC")
    if urlsplit(given[1]).scheme != "https":
        raise UserError(
            "OIDC_URL in the server's environment cannot be; give an address that begins with https://"
        )
    return SignOn(*given)
