"""``triplane serve``: the app in the browser, on this machine."""

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
def command(shell: Shell, as_json: bool, port: int, no_browser: bool) -> None:
    """Open the app in your browser, on the same journal as every other command; ctrl-c ends it."""
    if as_json:
        raise UserError("serve answers in the browser; it has nothing to say in JSON")
    shell.practice.journal.close()

    def when_up(address: str) -> None:
        say(f"Triplane is at {address}  (ctrl-c ends it)")
        if not no_browser:
            click.launch(address)

    from triplane.web import serve

    serve(shell.open_practice, port, when_up)
