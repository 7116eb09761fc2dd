"""The app on this machine: Django told once, and a server on loopback."""

import asyncio
import signal
import socket
import threading
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from types import FrameType
from typing import Any

from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.settings import local_settings

LOOPBACK = "127.0.0.1"

WAITS_S = 3
"""How long a request under way may take once the app is asked to end. Ours."""

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def application(
    open_one: Callable[[], Practice],
    hosts: Sequence[str] = (),
    open_sample: Callable[[date], Practice] | None = None,
) -> Any:
    """Return the app as ASGI, for one runner whose practice ``open_one`` opens; see ``local_settings``."""
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    settings.configure(**local_settings(open_one, hosts, open_sample))
    django.setup(set_prefix=False)
    return get_asgi_application()


def serve(
    open_one: Callable[[], Practice],
    open_sample: Callable[[date], Practice],
    port: int,
    when_up: Callable[[str], None],
    *,
    at_sample: bool = False,
) -> None:
    """Serve the app on loopback until it is interrupted; ``when_up`` is told the address.

    ``at_sample`` makes it the address at which the sample runner is shown.

    Raises
    ------
    UserError
        When the port is taken.
    """
    from django.conf import settings
    from django.urls import reverse

    listener = _listen(LOOPBACK, port, "--port")
    app = application(open_one, open_sample=open_sample)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    when_up(address + (reverse("sample_start", args=[settings.SAMPLE_KEY]) if at_sample else "/"))
    _run([(app, {}, listener)])


def _run(listeners: Sequence[tuple[Any, dict[str, Any], socket.socket]]) -> None:
    """Serve on every listener until a signal ends them all, which is no fault of anybody's."""
    import uvicorn

    class Server(uvicorn.Server):
        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    servers = [
        (
            Server(
                uvicorn.Config(
                    app,
                    log_level="error",
                    lifespan="off",
                    server_header=False,
                    proxy_headers=False,
                    timeout_graceful_shutdown=WAITS_S,
                    **more,
                )
            ),
            listener,
        )
        for app, more, listener in listeners
    ]

    def end(sign: int, frame: FrameType | None) -> None:
        for server, _ in servers:
            server.handle_exit(sign, frame)

    async def all_of_them() -> None:
        await asyncio.gather(*(server.serve([listener]) for server, listener in servers))

    # Drawings and styles come from memory; that they are read at once is no fault to tell a runner of.
    warnings.filterwarnings("ignore", message="StreamingHttpResponse must consume")
    with _on_signals(end):
        asyncio.run(all_of_them())


@contextmanager
def _on_signals(end: Callable[[int, FrameType | None], None]) -> Iterator[None]:
    """Let a function answer the signals that end a program; only the main thread may say so."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {sign: signal.signal(sign, end) for sign in SIGNALS}
    try:
        yield
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)


def _listen(host: str, port: int, option: str) -> socket.socket:
    """Return a socket that takes connections from now on, so that a browser may come at once."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        raise UserError(f"port {port} is taken on this machine; choose another with {option}") from error
    return listener
