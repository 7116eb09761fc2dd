"""The command group: finds the commands, takes the common options, turns errors into sentences."""

import os
import pkgutil
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

import click
from pydantic import ValidationError

from triplane import __version__
from triplane.cli import commands
from triplane.cli.shell import DEFAULT_RUNNER, Shell
from triplane.errors import TriplaneError, UnreadableFile, UserError

EXIT_CODES = """\b
Exit codes: 0 done, 1 stopped by you, 2 wrong words or values, 3 a file cannot be read,
4 the journal cannot be used, 5 safety stops this, 6 a data file or a plan of ours is broken,
7 done in part."""

OUR_FAULT = 6
"""The exit code of what no one at the keyboard can have done."""


class Commands(click.Group):
    """Loads a command's module only when that command is asked for, so that each starts in a blink."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        names = [module.name for module in pkgutil.iter_modules(commands.__path__)]
        return sorted(name.removeprefix("cmd_") for name in names)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"triplane.cli.commands.cmd_{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Name the nearest command when there is no such one."""
        from difflib import get_close_matches

        if args and args[0] not in self.list_commands(ctx):
            near = get_close_matches(args[0], self.list_commands(ctx), n=2)
            hint = f"; did you mean {' or '.join(near)}?" if near else "; see triplane --help"
            raise click.UsageError(f"there is no command called {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=Commands, epilog=EXIT_CODES, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--journal",
    type=click.Path(path_type=Path),
    envvar="TRIPLANE_JOURNAL",
    help="File that holds your facts (your data folder by default).",
)
@click.option(
    "--runner", envvar="TRIPLANE_RUNNER", default=DEFAULT_RUNNER, show_default=True, help="Whose facts."
)
@click.option(
    "--zone", envvar="TRIPLANE_ZONE", help="Your time zone, as Europe/Berlin (this machine's by default)."
)
@click.option("--now", envvar="TRIPLANE_NOW", hidden=True, help="Another instant than this one, for trials.")
@click.version_option(__version__)
@click.pass_context
def app(ctx: click.Context, journal: Path | None, runner: str, zone: str | None, now: str | None) -> None:
    """Triplane, the hip coach for runners.

    Screens for red flags, maps both hips in six directions, plans drills around your week,
    guides each session, and changes tomorrow by how today felt. Start with: triplane start
    """
    ctx.obj = ctx.with_resource(Shell(journal, runner, zone, now))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing a person can do shows a traceback."""
    try:
        code = app.main(
            args=list(argv) if argv is not None else None, prog_name="triplane", standalone_mode=False
        )
        return int(code) if isinstance(code, int) else 0
    except click.ClickException as error:
        error.show()
        return 2
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped. Nothing else was recorded.", err=True)
        return 1
    except TriplaneError as error:
        click.echo(f"triplane: {error}", err=True)
        return int(getattr(error, "exit_code", OUR_FAULT))
    except ValidationError as error:
        click.echo(f"triplane: {_first_problem(error)}", err=True)
        return UserError.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        click.echo(f"triplane: {error.filename or 'a file'} cannot be used ({error.strerror})", err=True)
        return UnreadableFile.exit_code


def _first_problem(error: ValidationError) -> str:
    """Say in one sentence which value cannot be; the guards of the commands should have said it better."""
    first = error.errors()[0]
    where = " ".join(str(step) for step in first["loc"]) or "a value"
    return f"{where}: {first['input']!r} cannot be ({first['msg'][0].lower()}{first['msg'][1:]})"
