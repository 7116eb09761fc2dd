"""``triplane serve``: the app in the browser, on this machine."""

import os
import sys

import click

from triplane.cli.shell import Shell, say, triplane_command
from triplane.errors import UserError

PORT = 8427
"""Where the app is found when no other port is named; any free one would do."""


@triplane_command("triplane serve --port 9000 --no-browser")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one."
)
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--sample", is_flag=True, help="Show a sample runner first; nothing of it becomes yours.")
def command(shell: Shell, as_json: bool, port: int, no_browser: bool, sample: bool) -> None:
    """Open the app in your browser, on the same journal as every other command; ctrl-c ends it."""
    if as_json:
        raise UserError("serve answers in the browser; it has nothing to say in JSON")
    shell.practice.journal.close()

    def when_up(address: str) -> None:
        say(f"Triplane is at {address}  (ctrl-c ends it)")
        if not no_browser and _has_browser():
            click.launch(address)

    from triplane.web import serve

    serve(shell.open_practice, shell.open_sample, port, when_up, at_sample=sample)
    say("", "Triplane has ended. Everything you told it is kept.")


def _has_browser() -> bool:
    """Whether a browser with a window can be there; one that takes the terminal over is none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
