"""``triplane`` with a clock that goes on from the benchmarks' instant, in each process of a server."""

import os
import time
from datetime import timedelta
from zoneinfo import ZoneInfo

import commands
from triplane.bootstrap import serving_many

BEGAN = float(os.environ["CLOCK_BEGAN"])
"""When the machine's clock stood for the benchmarks' instant."""


def clock(zone, _):  # type: ignore[no-untyped-def]
    """Tell the time in a zone, as ``bootstrap.runners_clock`` does."""
    there = ZoneInfo(zone)
    return lambda: (commands.NOW + timedelta(seconds=time.time() - BEGAN)).astimezone(there)


serving_many.runners_clock = clock

if __name__ == "__main__":
    from triplane.cli import run

    run()
