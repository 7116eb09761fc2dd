"""What of a hand-in could not be read, for whoever runs a server: a device and the app no longer agree."""

import logging
from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triplane import coach

LOG = logging.getLogger("triplane.hand_in")


def log_unread(handed: "coach.HandedIn") -> "coach.HandedIn":
    """Log how much could not be read, by our own names for it, and return the same.

    No word of what was told is logged, nor whose it was.
    """
    if handed.unread:
        LOG.warning(
            "a hand-in could not be read whole", extra={"told": {"unread": dict(Counter(handed.unread))}}
        )
    return handed
