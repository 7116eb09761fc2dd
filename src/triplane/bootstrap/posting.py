"""A few bytes sent to an address that a browser gave: a push service of the open internet, within bounds."""

import http.client
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from urllib.parse import SplitResult, urlsplit

from triplane.bootstrap.open_net import NotOpen, OpenNet

LONGEST_S = 5.0
LONGEST_ADDRESS = 1000
"""Seconds that a service has to answer, and letters of an address. Ours."""


class NotReached(Exception):
    """Nothing was sent."""


class NoAnswer(Exception):
    """It was sent, and whether it was taken is not known."""


def checked(address: str) -> SplitResult:
    """Return the parts of an address that may be posted to.

    Raises
    ------
    ValueError
        Where it is not encrypted, names another port or a name and password, or is none.
    """
    if len(address) > LONGEST_ADDRESS or not address.isascii() or not address.isprintable() or " " in address:
        raise ValueError("this is no address")
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or parts.port not in (None, 443):
        raise ValueError("such an address is not posted to")
    if parts.username or parts.password or parts.fragment:
        raise ValueError("such an address is not posted to")
    return parts


@dataclass(frozen=True)
class Posting:
    """How it is sent. The fields are there for tests, which have no open internet."""

    net: OpenNet = field(default_factory=OpenNet)
    longest_s: float = LONGEST_S

    def post(self, address: str, content: bytes, headers: Mapping[str, str]) -> int:
        """Send it once, without following where the answer leads, and return the answer's status.

        Raises
        ------
        NotReached
            Where nothing was sent.
        NoAnswer
            Where it may have been.
        """
        is_sent, ends = False, monotonic() + self.longest_s
        try:
            parts = checked(address)
            host = str(parts.hostname)
            with self.net.connected("https", host, ends) as stream:
                connection = http.client.HTTPConnection(host)
                connection.sock = stream
                path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
                is_sent = True
                told = {"Host": host, **headers, "Connection": "close"}
                connection.request("POST", path, content, told)
                status = connection.getresponse().status
            if monotonic() >= ends:
                raise NoAnswer("it took too long")  # what the clock cut off is no answer
            return status
        except (OSError, http.client.HTTPException, UnicodeError, ValueError, NotOpen) as error:
            raise (NoAnswer if is_sent else NotReached)(type(error).__name__) from error
