"""A calendar fetched from its address, once and on request: from the open internet alone, within bounds."""

import http.client
import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import SplitResult, urljoin, urlsplit

from triplane.bootstrap.open_net import PORTS, LookUp, NotOpen, OpenNet, addresses_of, is_public
from triplane.errors import UserError

LARGEST_BYTES = 32 * 2**20
LONGEST_S = 20.0
PART_BYTES = 64 * 2**10
MOST_REDIRECTS = 4
LONGEST_ADDRESS = 2000
"""Bytes, seconds, redirects and letters that one calendar may take. Ours."""

REDIRECTS = (301, 302, 303, 307, 308)


class NotFetched(UserError):
    """A calendar that was not fetched, and why."""


def is_address(told: str) -> bool:
    """Whether what was told is an address on the net rather than a file."""
    return told.lower().startswith(("https://", "http://", "webcal://", "webcals://"))


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
            except NotOpen as error:
                raise NotFetched(str(error)) from error
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
        net = OpenNet(self.look_up, self.may_ask, self.ports)
        _left(ends)
        with net.connected(parts.scheme, host, ends) as stream:
            connection = http.client.HTTPConnection(host, port)
            connection.sock = stream
            path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            told = {"Host": host, "Accept": "text/calendar, */*;q=0.1", "Accept-Encoding": "identity"}
            connection.request("GET", path, headers={**told, "Connection": "close"})
            answer = connection.getresponse()
            return answer, b"" if answer.status != 200 else _content(answer, stream, host, ends)


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
