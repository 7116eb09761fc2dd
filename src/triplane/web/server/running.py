"""A server from its beginning to its end: tables made ready, all checked, several processes that answer."""

import os
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from typing import TYPE_CHECKING

from triplane.errors import JournalError, UserError
from triplane.web.serving import SOCKETS, WAITS_S

if TYPE_CHECKING:
    from triplane.web.server.environment import Environment
    from triplane.web.server.reminding import Sent

APP = "triplane.web.server.asgi:application"

NEEDS = ("allauth", "ninja", "psycopg_pool", "prometheus_client", "fido2", "qrcode", "requests")
"""What the extra called server brings."""

LOOPBACK = ("localhost", "127.0.0.1", "::1")
"""What a trial is reached by and listens at: this machine alone."""

ARENAS = "2"
"""Pools of memory of a process; with one for each thread, what is free in one is of no use elsewhere."""

PREPARING = "triplane accounts"
"""Names the lock that one process holds while it makes the tables ready."""


def serve_many(host: str, port: int, when_up: Callable[[str, int], None]) -> None:
    """Serve many runners until the program is asked to end; what it is told stands in its environment.

    ``when_up`` is told the address and the number of processes before they begin.

    Raises
    ------
    UserError
        Where the environment lacks something, a check of Django's fails, packages are missing, or the
        processes end as soon as they begin.
    JournalError
        Where the database cannot be used.
    """
    _refuse_without_packages()
    import uvicorn

    from triplane.web.server.beginning import tell_django
    from triplane.web.server.processes import keep_answering

    with _counting():
        told = tell_django()
        refuse_what_is_for_trials(told, host)
        prepare()
        refuse_what_is_unsafe(is_trial=told.is_trial)
        from triplane.web.server.monitoring import log_in_lines

        log_in_lines()
        os.environ.setdefault("MALLOC_ARENA_MAX", ARENAS)  # read by each process as it begins
        when_up(f"http://{host}:{port}", told.workers)
        told_uvicorn = uvicorn.Config(
            APP,
            host=host,
            port=port,
            workers=told.workers,
            proxy_headers=True,
            forwarded_allow_ips=told.proxies,
            access_log=False,
            log_config=None,
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=WAITS_S,
            **SOCKETS,
        )
        keep_answering(told_uvicorn)


def send_reminders() -> "Sent":
    """Send the reminders of all runners that are due now, once; what it is told stands in its environment.

    Raises
    ------
    UserError
        Where the environment lacks something, packages are missing, or the mail server takes nothing.
    JournalError
        Where the database cannot be used.
    """
    _refuse_without_packages()
    from triplane.web.server.beginning import tell_django

    refuse_a_stopped_clock(tell_django())
    from triplane.web.server.reminding import remind_all

    return remind_all()


def new_push_key() -> str:
    """Return a new key for the environment, by which push services know the server."""
    from triplane.web.server.push.sealing import ServerKey

    return ServerKey.new().told


def _refuse_without_packages() -> None:
    missing = [name for name in NEEDS if find_spec(name) is None]
    if missing:
        raise UserError(f"a server needs the packages of the extra called server ({', '.join(missing)})")


def prepare() -> None:
    """Make the journal's table and those of the accounts ready, one process at a time.

    Raises
    ------
    JournalError
        Where the database cannot be used.
    """
    from django.core.management import call_command
    from django.db import DatabaseError, connection

    from triplane.web.server.sealed_steps import seal_all
    from triplane.web.server.whose import practices

    practices().prepare()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(hashtextextended(%s, 0))", [PREPARING])
            try:
                call_command("migrate", verbosity=0, interactive=False)
                call_command("createcachetable", verbosity=0)
                seal_all()
            finally:
                cursor.execute("SELECT pg_advisory_unlock(hashtextextended(%s, 0))", [PREPARING])
    except DatabaseError as error:
        raise JournalError(f"the tables of the accounts cannot be made ready: {error}") from error
    finally:
        connection.close()


def refuse_what_is_for_trials(told: "Environment", host: str) -> None:
    """Stop a trial that somebody else could reach, and a clock that would stand still for every runner.

    Raises
    ------
    UserError
        Saying which it is.
    """
    refuse_a_stopped_clock(told)
    if not told.is_trial:
        return
    beyond = [one for one in (host, *told.hosts) if one not in LOOPBACK]
    if beyond:
        raise UserError(
            f"a trial encrypts nothing and stays on this machine ({', '.join(LOOPBACK)}), "
            f"and {beyond[0]} is beyond it"
        )


def refuse_a_stopped_clock(told: "Environment") -> None:
    """Stop whoever would let the clock of every runner stand still outside a trial.

    Raises
    ------
    UserError
        Saying so.
    """
    if told.now and not told.is_trial:
        raise UserError("TRIPLANE_NOW stops the clock of every runner; only a trial may (TRIPLANE_TRIAL=yes)")


def refuse_what_is_unsafe(*, is_trial: bool) -> None:
    """Stop where Django finds the settings unsafe; those of a trial are, for none but this machine.

    Raises
    ------
    UserError
        Saying what it found.
    """
    from django.core.checks import WARNING, run_checks

    checked = run_checks(include_deployment_checks=True)
    found = [one for one in checked if one.level >= WARNING and not one.is_silenced()]
    if found and not is_trial:
        raise UserError("the server's settings are not safe: " + "; ".join(str(one.msg) for one in found))


@contextmanager
def _counting() -> Iterator[None]:
    """Give the processes a folder to count in together, for as long as they run."""
    with tempfile.TemporaryDirectory(prefix="triplane-counts-") as folder:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
        try:
            yield
        finally:
            del os.environ["PROMETHEUS_MULTIPROC_DIR"]
