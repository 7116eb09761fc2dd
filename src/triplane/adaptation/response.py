"""What a session or a morning asks of a drill: go on, repeat, lower or halve. The strictest wins."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum

from triplane.evidence import Reason


class Response(IntEnum):
    """What a drill does next; the larger is the stricter."""

    ADVANCE = 0
    REPEAT = 1
    LOWER = 2
    HALVE = 3


@dataclass(frozen=True)
class Consequence:
    """What follows for a drill: a response with its reason; ``rest_until`` keeps the drill off till then."""

    response: Response
    reason: Reason | None = None
    rest_until: datetime | None = None


CLEAN = Consequence(Response.ADVANCE)


def strictest_of(consequences: Iterable[Consequence]) -> Consequence:
    """Return the strictest response with its reason, and the latest rest that any of them asks for."""
    all_of_them = list(consequences)
    if not all_of_them:
        return CLEAN
    hardest = max(all_of_them, key=lambda consequence: consequence.response)
    rests = [consequence.rest_until for consequence in all_of_them if consequence.rest_until is not None]
    return Consequence(hardest.response, hardest.reason, max(rests, default=None))
