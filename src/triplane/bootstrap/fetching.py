"""A calendar fetched from its address, once and on request: from the open internet alone, within bounds.

What answers is looked at before anything is sent: no address of this machine or its network is asked,
whatever name or redirect leads there, and the connection goes to the very address that was looked at.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from triplane.errors import UserError

LARGEST_BYTES = 32 * 2**20
LONGEST_S = 20.0
PART_BYTES = 64 * 2**10
MOST_REDIRECTS = 4
LONGEST_ADDRESS = 2000
"""Bytes, seconds, redirects and letters that one calendar may take. Ours."""

PORTS = {"https": 443, "http": 80}
REDIRECTS = (301, 302, 303, 307, 308)
NOT_OPEN = tuple(
    ipaddress.ip_network(told)
    for told in (
        "192.0.0.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.175.48.0/24",
        "::/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "100:0:0:1::/64",
        "2001::/23", "2620:4f:8000::/48", "3fff::/20", "5f00::/16", "fec0::/10",
    )
)  # fmt: skip
"""Ranges of IANA's special registries, or once of them, that no calendar is served from and that some version
of ``ipaddress`` takes for the open internet: protocols, relays, ways from one kind of address to the other,
documentation, and addresses of a site. Which one misses which changes with Python."""

LookUp = Callable[[str, int], list[str]]


class NotFetched(UserError):
    """A calendar that was not fetched, and why."""


def is_address(told: str) -> bool:
    """Whether what was told is an address on the net rather than a file."""
    return told.lower().startswith(("https://", "http://", "webcal://", "webcals://"))


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
class Fetching:
    """How a calendar is fetched. The fields are there for tests, which have no open internet."""

    look_up: LookUp = addresses_of
    may_ask: Callable[[str], bool] = is_public
    ports: dict[str, int] = field(default_factory=lambda: dict(PORTS))
    longest_s: float = LONGEST_S

    def fetch(self, address: str) -> bytes:
        """Return what lies at an address.

        Raises
        ------
        NotFetched
            In one sentence; the address itself is not repeated, since whoever knows it reads the calendar.
        """
        ends = monotonic() + self.longest_s
        told = address.strip()
        for _ in range(MOST_REDIRECTS + 1):
            parts = self._checked(told)
            try:
                answer, content = self._ask(parts, ends)
            except (OSError, http.client.HTTPException, UnicodeError, ValueError) as error:
                raise NotFetched(f"{parts.hostname} did not answer as a calendar does") from error
            if answer.status not in REDIRECTS:
                if answer.status != 200:
                    raise NotFetched(f"{parts.hostname} answered {answer.status} instead of a calendar")
                return content
            told = urljoin(told, answer.headers.get("Location", ""))
        raise NotFetched("the address leads on and on; take the one it ends at")

    def _checked(self, told: str) -> SplitResult:
        if len(told) > LONGEST_ADDRESS or any(not letter.isprintable() or letter == " " for letter in told):
            raise NotFetched("this is no address of a calendar")
        for old, new in (("webcals://", "https://"), ("webcal://", "https://")):
            if told.lower().startswith(old):
                told = new + told[len(old) :]
        try:
            parts = urlsplit(told)
            port = parts.port
        except ValueError as error:
            raise NotFetched("this is no address of a calendar") from error
        if parts.scheme not in self.ports or not parts.hostname:
            raise NotFetched("this is no address of a calendar; it begins with https://")
        if parts.username or parts.password:
            raise NotFetched("take name and password out of the address")
        if port not in (None, self.ports[parts.scheme]):
            raise NotFetched(f"port {port} is not asked for calendars")
        return parts

    def _ask(self, parts: SplitResult, ends: float) -> tuple[http.client.HTTPResponse, bytes]:
        host, port = str(parts.hostname), self.ports[parts.scheme]
        found = self.look_up(host, port)
        if not found or not all(self.may_ask(one) for one in found):
            raise NotFetched(f"{host} is no address of the open internet, so nothing was asked of it")
        plain = socket.create_connection((found[0], port), timeout=_left(ends))
        with plain, _ended_at_last(plain, ends):
            stream = (
                ssl.create_default_context().wrap_socket(plain, server_hostname=host)
                if parts.scheme == "https"
                else plain
            )
            connection = http.client.HTTPConnection(host, port)
            connection.sock = stream
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            told = {"Host": host, "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
            connection.request("GET", path, headers={**told, "Connection": "close"})
            answer = connection.getresponse()
            return answer, b"" if answer.status != 200 else _content(answer, stream, host, ends)


@contextmanager
def _ended_at_last(stream: socket.socket, ends: float) -> Iterator[None]:
    """End a connection when its time is over, however slowly it goes on until then."""
    clock = threading.Timer(_left(ends), stream.shutdown, (socket.SHUT_RDWR,))
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise NotFetched("the calendar takes too long to come; save it as a file and bring that in")
    return left


def _content(answer: http.client.HTTPResponse, stream: socket.socket, host: str, ends: float) -> bytes:
    if answer.headers.get("Content-Encoding", "identity") not in ("identity", ""):
        raise NotFetched(f"{host} sends it packed, which was not asked for")
    parts: list[bytes] = []
    taken = 0
    while True:
        stream.settimeout(_left(ends))
        part = answer.read1(PART_BYTES)
        if not part:
            _left(ends)  # what the clock cut off is no whole calendar
            return b"".join(parts)
        taken += len(part)
        if taken > LARGEST_BYTES:
            raise NotFetched(f"the calendar is larger than {LARGEST_BYTES // 2**20} MB")
        parts.append(part)
