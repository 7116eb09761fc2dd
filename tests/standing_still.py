"""``triplane`` at the instant that ``STANDS_AT`` names: what a server of the tests shows never changes.

A server takes no clock but the machine's, so that the tests put theirs in its place. Each of its processes
runs this file first, as it begins.
"""

import os

from triplane.bootstrap import runners_clock, serving_many

serving_many.runners_clock = lambda zone, _: runners_clock(zone, os.environ["STANDS_AT"])

if __name__ == "__main__":
    from triplane.cli import run

    run()
