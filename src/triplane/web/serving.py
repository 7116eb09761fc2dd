"""The app on this machine: Django told once, a server on loopback, and where asked for the phones' door."""

import asyncio
import errno
import gc
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from time import time
from types import FrameType
from typing import TYPE_CHECKING, Any

from triplane.bootstrap import Practice, begin_sample
from triplane.errors import TriplaneError, UserError
from triplane.history import monday_of
from triplane.web.bounds import Bounded
from triplane.web.settings import local_settings

if TYPE_CHECKING:
    from django.http import HttpRequest

    from triplane.coach import Handout
    from triplane.web.phone.door import Door

LOOPBACK = "127.0.0.1"

WAITS_S = 3
"""How long a request under way may take once the app is asked to end. Ours."""

LARGEST_MESSAGE = 1024
"""Bytes of one message through the socket; a frame of points has 808."""

SOCKETS: Mapping[str, Any] = {
    "ws_max_size": LARGEST_MESSAGE,
    "ws_max_queue": 4,
    "ws_per_message_deflate": False,
}
"""How every server of ours speaks through sockets; packing keeps answers waiting, and points pack badly."""

SIGNALS = (signal.SIGINT, signal.SIGTERM)


def application(
    open_one: "Callable[[HttpRequest], Practice]",
    hosts: Sequence[str] = (),
    open_sample: Callable[[date], Practice] | None = None,
    door: "Door | None" = None,
) -> Any:
    """Return the app as ASGI, ``open_one`` opening the practice of each request; see ``local_settings``."""
    import django
    from django.conf import settings

    settings.configure(**local_settings(open_one, hosts, open_sample, door))
    django.setup(set_prefix=False)
    return answering()


def answering() -> Any:
    """Return what answers as ASGI once Django is told: the pages, and the camera's socket beside them."""
    from django.core.asgi import get_asgi_application

    from triplane.web.eye.socket import EyeSocket

    return EyeSocket(get_asgi_application())


@dataclass(frozen=True)
class PhoneWish:
    """That phones be let in: where what pairs them is kept, at which port and which address."""

    folder: Path
    port: int
    host: str | None = None


@dataclass(frozen=True)
class Up:
    """Where the app is: its address on this machine, and the one that pairs a phone, or nothing."""

    address: str
    pairs: str = ""


def file_of_session(practice: Practice, slot: str) -> str:
    """Return a session as a page of its own, without a server; as ``offline.file.session_file``."""
    _without_a_server(practice)
    from triplane.web.offline.file import session_file

    return session_file(practice, slot)


def paper_of(practice: Practice, handouts: "Sequence[Handout]") -> bytes:
    """Return handouts as a PDF, without a server; as ``handout.paper.pdf_of``."""
    _without_a_server(practice)
    from triplane.web.handout.paper import pdf_of

    return pdf_of(handouts, practice)


def _without_a_server(practice: Practice) -> None:
    """Tell Django what it is told, where nobody did before."""
    from django.conf import settings

    if not settings.configured:
        application(lambda request: practice)


def serve(
    open_one: Callable[[], Practice],
    open_sample: Callable[[date], Practice],
    port: int,
    when_up: Callable[[Up], None],
    *,
    at_sample: bool = False,
    phone: PhoneWish | None = None,
) -> None:
    """Serve the app on loopback until it is interrupted; ``when_up`` is told the address.

    ``at_sample`` makes it the address at which the sample runner is shown; ``phone`` opens the second,
    encrypted listener on the local network.

    Raises
    ------
    UserError
        When a port is taken, there is no local network, or what pairs phones cannot be kept.
    """
    from django.conf import settings
    from django.urls import reverse

    listener = _listen(LOOPBACK, port, "--port")
    door, outside = _phones_door(phone) if phone else (None, None)
    app = application(lambda request: open_one(), open_sample=open_sample, door=door)
    listeners: list[tuple[Any, dict[str, Any], socket.socket]] = [(Bounded(app), {}, listener)]
    pairs = ""
    if door and outside:
        shown = {"ssl_certfile": door.certificates.chain, "ssl_keyfile": door.certificates.key}
        listeners.append((Bounded(app, door), {**shown, **at_the_door(door)}, outside))
        pairs = door.address + reverse("pair", args=[door.codes.offer()])
    address = f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    at = reverse("sample_start", args=[settings.SAMPLE_KEY]) if at_sample else "/"
    if at_sample:
        threading.Thread(target=_begin_sample, args=(open_one, open_sample), daemon=True).start()
    when_up(Up(address + at, pairs))
    _settle()
    _run(listeners)


def at_the_door(door: "Door") -> dict[str, Any]:
    """Return what the listener on the local network is told besides, so that no stranger keeps phones out."""
    from triplane.web.phone.waiting import waiting_at

    return {"http": waiting_at(door)}


def _settle() -> None:
    """Load every page while the browser opens, and look none of it through again for what may be thrown away.

    A collection of garbage in the middle of a long answer, an export, takes a third of the time so.
    """
    from django.urls import get_resolver

    get_resolver().url_patterns  # noqa: B018  # read once, it is loaded
    gc.collect()
    gc.freeze()


def _begin_sample(open_one: Callable[[], Practice], open_sample: Callable[[date], Practice]) -> None:
    """Let the sample begin while the browser opens; what speaks against it, its page says."""
    with suppress(TriplaneError), closing((own := open_one()).journal):
        monday = monday_of(own.now.date())
        with closing((sample := open_sample(monday)).journal):
            begin_sample(sample, own)


def _phones_door(wish: PhoneWish) -> "tuple[Door, socket.socket]":
    from triplane.web.phone.door import open_door
    from triplane.web.phone.network import chosen_address
    from triplane.web.phone.waiting import Counted

    host = chosen_address(wish.host)
    listener = _listen(host, wish.port, "--phone-port", Counted)
    now = datetime.fromtimestamp(time(), UTC)  # certificates hold by the real clock, in trials too
    return open_door(wish.folder, host, listener.getsockname()[1], now), listener


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
                    **SOCKETS,
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

    # What is refused is told to whoever asked; in the terminal stands only what is a fault of ours.
    logging.getLogger("django").setLevel(logging.ERROR)
    logging.getLogger("django.security").setLevel(logging.CRITICAL)
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


def _listen(host: str, port: int, option: str, kind: type[socket.socket] = socket.socket) -> socket.socket:
    """Return a socket that takes connections from now on, so that a browser may come at once."""
    # Named as TCP, or asyncio leaves small answers waiting for 40 ms (it turns the delay off by this number).
    listener = kind(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen()
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRNOTAVAIL:
            raise UserError(f"{host} is no address of this machine; name one of its own") from error
        raise UserError(
            f"port {port} is taken on this machine or not free to use; choose another with {option}, "
            f'or with make as: make run SERVE="{option} {port + 1 if port < 65535 else 0}"'
        ) from error
    return listener
