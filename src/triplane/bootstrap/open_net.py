"""Connections to the open internet alone, for addresses that somebody else wrote.

What answers is looked at before anything is sent: no address of this machine or its network is asked,
whatever name leads there, and the connection goes to the very address that was looked at.
"""

import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from queue import Empty, SimpleQueue
from time import monotonic

from triplane.errors import UserError

PORTS = {"https": 443, "http": 80}
NOT_OPEN = tuple(
    ipaddress.ip_network(told)
    for told in (
        "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24",
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64",
        "2001::/23", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
"""Ranges of IANA's special registries, or once of them, that nothing is served from and that some version
of ``ipaddress`` takes for the open internet: protocols, relays, ways from one kind of address to the other,
documentation, and addresses of a site. Which one misses which changes with Python."""

LookUp = Callable[[str, int], list[str]]


class NotOpen(UserError):
    """What was asked for lies in no place of the open internet."""


def is_public(address: str) -> bool:
    """Whether an address is one of the open internet: not of this machine, its network, or a way around."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return is_public(str(found.ipv4_mapped))
        if found.sixtofour is not None or found.teredo is not None:
            return False
    if any(found in network for network in NOT_OPEN):
        return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def addresses_of(host: str, port: int) -> list[str]:
    """Return what a name stands for, as the machine looks it up."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in found))


@dataclass(frozen=True)
class OpenNet:
    """How the open internet is reached. The fields are there for tests, which have none."""

    look_up: LookUp = addresses_of
    may_ask: Callable[[str], bool] = is_public
    ports: dict[str, int] = field(default_factory=lambda: dict(PORTS))

    @contextmanager
    def connected(self, scheme: str, host: str, ends: float) -> Iterator[socket.socket]:
        """Hold a connection to a host until the block ends, or its time is over.

        Raises
        ------
        NotOpen
            Where any of the host's addresses is not one of the open internet.
        OSError
            Where it cannot be reached in time.
        """
        port = self.ports[scheme]
        found = _looked_up(self.look_up, host, port, ends)
        if not found or not all(self.may_ask(one) for one in found):
            raise NotOpen(f"{host} is no address of the open internet, so nothing was asked of it")
        plain = socket.create_connection((found[0], port), timeout=max(ends - monotonic(), 0.001))
        with _clad(plain, scheme, host) as stream, _ended_at_last(stream, ends):
            if isinstance(stream, ssl.SSLSocket):
                stream.do_handshake()
            yield stream


def _looked_up(look_up: LookUp, host: str, port: int, ends: float) -> list[str]:
    """Return what a name stands for, where that is known in time: a look-up itself cannot be broken off."""
    answer: SimpleQueue[list[str] | Exception] = SimpleQueue()

    def ask() -> None:
        try:
            answer.put(look_up(host, port))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    threading.Thread(target=ask, daemon=True).start()
    try:
        found = answer.get(timeout=max(ends - monotonic(), 0.001))
    except Empty:
        raise TimeoutError(f"what {host} stands for was not known in time") from None
    if isinstance(found, Exception):
        raise found
    return found


def _clad(plain: socket.socket, scheme: str, host: str) -> socket.socket:
    """Return what a connection is held by, which shakes hands only once its time is counted."""
    if scheme != "https":
        return plain
    context = ssl.create_default_context()
    return context.wrap_socket(plain, server_hostname=host, do_handshake_on_connect=False)


@contextmanager
def _ended_at_last(stream: socket.socket, ends: float) -> Iterator[None]:
    """End a connection when its time is over, however slowly it goes on until then."""
    # What encrypts has its own way to end, which waits for the other side; this one does not.
    end = partial(socket.socket.shutdown, stream, socket.SHUT_RDWR)
    clock = threading.Timer(max(ends - monotonic(), 0), end)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
