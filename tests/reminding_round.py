"""``triplane reminders`` at the instant of ``STANDS_AT``; push services lie here, at the ``PUSH_PORT``."""

import os

import standing_still  # noqa: F401  puts the clock in its place
from triplane.bootstrap.open_net import OpenNet
from triplane.bootstrap.posting import Posting
from triplane.cli import run

if __name__ == "__main__":
    if "PUSH_PORT" in os.environ:
        from triplane.web.server.beginning import tell_django

        told = {"https": int(os.environ["PUSH_PORT"])}
        here = OpenNet(lambda host, port: ["127.0.0.1"], lambda address: True, told)

        def tell_and_lead_here(*given: object) -> object:
            """Put the way to the services in its place once Django knows its tables."""
            found = tell_django()
            from triplane.web.server.push import sending

            sending.POSTING = Posting(here, longest_s=2)
            return found

        from triplane.web.server import beginning

        beginning.tell_django = tell_and_lead_here
    run()
