"""The triplane command: one module per command, each parsing, calling the coach and showing.

Speaks:  run.      Knows: coach, formats, bootstrap.      Never: what a number means or how it is computed.
"""

import sys
from collections.abc import Sequence


def run(argv: Sequence[str] | None = None) -> None:
    """Run the command and exit with its code (see ``triplane --help``)."""
    try:
        from triplane.cli.app import main

        code = main(argv)
    except KeyboardInterrupt:  # while what answers was still being loaded
        sys.stderr.write("Stopped. Nothing was recorded.\n")
        code = 1
    sys.exit(code)
