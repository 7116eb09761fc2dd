"""The app on this machine: Django told once, and a server on loopback."""

import socket
from collections.abc import Callable, Sequence
from typing import Any

from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.web.settings import local_settings

LOOPBACK = "127.0.0.1"


def application(open_one: Callable[[], Practice], hosts: Sequence[str] = ()) -> Any:
    """Return the app as ASGI, for one runner whose practice ``open_one`` opens."""
    import django
    from django.conf import settings
    from django.core.asgi import get_asgi_application

    settings.configure(**local_settings(open_one, hosts))
    django.setup(set_prefix=False)
    return get_asgi_application()


def serve(open_one: Callable[[], Practice], port: int, when_up: Callable[[str], None]) -> None:
    """Serve the app on loopback until it is interrupted; ``when_up`` is told the address.

    Raises
    ------
    UserError
        When the port is taken.
    """
    import uvicorn

    listener = _listen(port)
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}/"
    config = uvicorn.Config(application(open_one), log_level="error", lifespan="off", server_header=False)
    when_up(address)
    uvicorn.Server(config).run(sockets=[listener])


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((LOOPBACK, port))
    except OSError as error:
        listener.close()
        raise UserError(f"port {port} is taken on this machine; choose another with --port") from error
    return listener
