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
class Verdict:
    """A response with its reason; ``rest_until`` keeps the drill off till then."""

    response: Response
    reason: Reason | None = None
    rest_until: datetime | None = None


CLEAN = Verdict(Response.ADVANCE)


def strictest_of(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the strictest response with its reason, and the latest rest that any of them asks for."""
    all_of_them = list(verdicts)
    if not all_of_them:
        return CLEAN
    hardest = max(all_of_them, key=lambda verdict: verdict.response)
    rests = [verdict.rest_until for verdict in all_of_them if verdict.rest_until is not None]
    return Verdict(hardest.response, hardest.reason, max(rests, default=None))
