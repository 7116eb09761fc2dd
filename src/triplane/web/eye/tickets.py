"""Tickets: what lets a page send the points of one set of a drill, and what was seen of it so far."""

import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from typing import Any

from triplane.bootstrap import Practice

MOST = 64
"""Sets that are watched at once in a process; a silent one gives way, one that goes on does not. Ours."""

SILENT_S = 15.0
"""A set of which no frame came for so long gives way to a new one where there are too many. Ours."""

MOST_OF_ONE = 4
"""Sets of one runner that are watched at once, on however many devices. Ours."""

HOLDS_S = 1200
"""How long a ticket outlives its last frame: a connection that was lost is taken up where it was. Ours."""


@dataclass
class Ticket:
    """One set or one side: what answers a frame, what raises where the runner may not, and the language.

    It is for the runner of ``mark`` and the phone that asked for it; ``phone`` is empty on this machine.
    ``asks`` are the faults that no camera sees, by number, with what the runner is asked instead.
    """

    answer: Callable[[Any], dict[str, Any]]
    refuse: Callable[[Practice], object]
    language: str
    mark: str
    phone: str = ""
    asks: tuple[tuple[int, str], ...] = ()
    used: float = 0.0


class TooManyWatched(Exception):
    """As many sets are watched just now as one process follows."""


@dataclass
class Tickets:
    """The tickets of this process, by names that nobody can guess."""

    clock: Callable[[], float] = monotonic
    _kept: "OrderedDict[str, Ticket]" = field(default_factory=OrderedDict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def issue(self, ticket: Ticket, name: str = "") -> str:
        """Keep a new ticket and return its name; the oldest of this runner's gives way to it.

        Raises
        ------
        TooManyWatched
            When as many sets as this process can follow are going on just now.
        """
        name = name or secrets.token_urlsafe(24)
        with self._lock:
            now = self.clock()
            for old in [one for one, kept in self._kept.items() if now - kept.used > HOLDS_S]:
                del self._kept[old]
            own = [one for one, kept in self._kept.items() if kept.mark == ticket.mark]
            for old in own[: 1 - MOST_OF_ONE]:
                del self._kept[old]
            if len(self._kept) >= MOST:
                silent = min(self._kept, key=lambda one: self._kept[one].used)
                if now - self._kept[silent].used < SILENT_S:
                    raise TooManyWatched
                del self._kept[silent]
            ticket.used = now
            self._kept[name] = ticket
        return name

    def find(self, name: str) -> Ticket | None:
        """Return a ticket that still holds, used from now on."""
        with self._lock:
            ticket = self._kept.get(name)
            if ticket is None or self.clock() - ticket.used > HOLDS_S:
                return None
            ticket.used = self.clock()
            self._kept.move_to_end(name)
            return ticket

    def forget(self) -> None:
        """Forget all, as a process that begins knows none."""
        with self._lock:
            self._kept.clear()


TICKETS = Tickets()
