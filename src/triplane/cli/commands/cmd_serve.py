"""``triplane serve``: the app in the browser, on this machine."""

import io
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from triplane.bootstrap import refuse_sample
from triplane.cli.shell import Shell, say, triplane_command
from triplane.cli.terminal import show_line
from triplane.errors import UserError

PORT = 8427
"""Where the app is found when no other port is named; any free one would do."""

PHONE_PORT = 8428
"""Where paired phones find it."""


@triplane_command("triplane serve --port 9000 --no-browser")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=PORT, show_default=True, help="0: any free one."
)
@click.option("--journal", type=click.Path(path_type=Path, readable=False), help="As before the command.")
@click.option("--no-browser", is_flag=True, help="Do not open the browser.")
@click.option("--sample", is_flag=True, help="Show a sample runner first; nothing of it becomes yours.")
@click.option("--phone", is_flag=True, help="Let paired phones of your local network in, encrypted.")
@click.option("--phone-host", help="This machine's address on that network, where it has several.")
@click.option("--phone-port", type=click.IntRange(0, 65535), default=PHONE_PORT, show_default=True)
@click.option("--settings", type=click.Choice(["local", "server"]), default="local", show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True, help="Where a server listens for its proxy.")
def command(
    shell: Shell,
    as_json: bool,
    port: int,
    journal: Path | None,
    no_browser: bool,
    sample: bool,
    phone: bool,
    phone_host: str | None,
    phone_port: int,
    settings: str,
    host: str,
) -> None:
    """Open the app in your browser, on the same journal as every other command; ctrl-c ends it.

    It answers on this machine alone. With --phone a second address answers phones of your local network
    that you paired with the code shown here and under Settings, Phone. Whom safety stops is shown no sample.

    With --settings server it serves many runners with accounts, in several processes, on PostgreSQL and
    behind a proxy that encrypts. All else it is told by its environment: docs/server.md.
    """
    if as_json:
        raise UserError("serve answers in the browser; it has nothing to say in JSON")
    if settings == "server":
        if sample or phone or phone_host:
            raise UserError("a server of many runners has no sample and no phones to pair")
        _serve_many(host, port)
        return
    if phone_host and not phone:
        raise UserError("--phone-host says where phones are let in; give it with --phone")
    if journal:
        shell = click.get_current_context().with_resource(shell.on(journal))
    if sample:
        refuse_sample(shell.practice)
    shell.practice.journal.close()
    folder = Path(shell.practice.journal.place).with_name("phone")

    from triplane.web import PhoneWish, Up, serve

    def when_up(up: Up) -> None:
        say(f"Triplane is at {up.address}  (ctrl-c ends it)")
        if up.pairs:
            _show_code(up.pairs)
        if not no_browser and _has_browser():
            click.launch(up.address)

    wish = PhoneWish(folder, phone_port, phone_host) if phone else None
    with suppress(KeyboardInterrupt):  # before the app was there to be asked to end
        serve(shell.open_practice, shell.open_sample, port, when_up, at_sample=sample, phone=wish)
    say("", "Triplane has ended. Everything you told it is kept.")


def _serve_many(host: str, port: int) -> None:
    from triplane.web import serve_many

    def when_up(address: str, processes: int) -> None:
        say(f"Triplane serves many runners at {address} in {processes} processes  (ctrl-c ends it)")

    serve_many(host, port, when_up)


def _show_code(address: str) -> None:
    """Show the address that pairs a phone, as a code where the terminal has the signs for it."""
    import segno

    drawn = io.StringIO()
    segno.make(address, error="l", micro=False).terminal(drawn, border=2, compact=True)
    if sys.stdout.isatty() and "utf" in (sys.stdout.encoding or "").lower():
        click.echo(drawn.getvalue())
    say("To pair a phone in the same network, scan the code or open this address there, within ten minutes:")
    show_line(address)
    say("A new code stands under Settings, Phone.")


def _has_browser() -> bool:
    """Whether a browser with a window can be there; one that takes the terminal over is none."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "WSL_DISTRO_NAME"))
