"""The command group: finds the commands, takes the common options, turns errors into sentences."""

import io
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
from triplane.cli.actions import UNREADABLE, WRONG_WORDS, exit_code, in_words
from triplane.cli.shell import DEFAULT_RUNNER, Shell, refuse_broken_words
from triplane.cli.terminal import called, complain, to_type, use_terminal
from triplane.errors import DataFileError, TriplaneError

EXIT_CODES_SAID = """\b
Exit codes: 0 done, 1 stopped by you, 2 wrong words or values, 3 a file cannot be read,
4 the journal cannot be used, 5 safety stops this, 6 a data file or a plan of ours is broken,
7 done in part."""


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
            hint = f"; did you mean {' or '.join(near)}?" if near else f"; see {to_type('--help')}"
            raise click.UsageError(f"there is no command called {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)


@click.command(cls=Commands, epilog=EXIT_CODES_SAID, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--journal",
    type=click.Path(path_type=Path, readable=False),
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
    guides each session, and changes tomorrow by how today felt. The command to begin with is start.
    """
    refuse_broken_words(ctx.params)
    ctx.obj = ctx.with_resource(Shell(journal, runner, zone, now))


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code; nothing a person can do shows a traceback."""
    use_terminal()
    try:
        code = app.main(
            args=list(argv) if argv is not None else None, prog_name=called(), standalone_mode=False
        )
        return int(code) if isinstance(code, int) else 0
    except click.ClickException as error:
        complain(*_usage(error))
        return WRONG_WORDS
    except (click.Abort, KeyboardInterrupt):
        complain("Stopped. Nothing else was recorded.")
        return 1
    except DataFileError as error:
        complain(*(f"triplane: {problem}" for problem in error.problems))
        return exit_code(error)
    except TriplaneError as error:
        complain(f"triplane: {in_words(error)}")
        return exit_code(error)
    except ValidationError as error:
        complain(f"triplane: {_first_problem(error)}")
        return WRONG_WORDS
    except SystemExit:  # so click and rich end where the reader of the answer has left
        return 0
    except OSError as error:
        complain(f"triplane: {_unusable(error)}")
        return UNREADABLE


def _unusable(error: OSError) -> str:
    """Say which file cannot be used; one without a name is where the answer goes."""
    if error.filename:
        return f"{error.filename} cannot be used ({error.strerror})"
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else Python tries once more at the end
    return f"the answer cannot be written ({error.strerror}); what was recorded stays"


def _usage(error: click.ClickException) -> list[str]:
    """Return what click says of wrong words: the usage, then the fault on one line."""
    shown = io.StringIO()
    error.show(file=shown)
    fault = f"Error: {error.format_message()}"
    usage = shown.getvalue().rpartition(fault)[0].splitlines()
    return [*usage, _stands_before(error) or fault]


def _stands_before(error: click.ClickException) -> str:
    """Say where an option stands that every command has, and that was given behind one; else nothing."""
    if not isinstance(error, click.NoSuchOption) or error.ctx is None:
        return ""
    if not any(error.option_name in option.opts for option in app.params):
        return ""
    so = to_type(f"{error.option_name} ... {error.ctx.info_name}")
    return f"Error: {error.option_name} stands before the command, as: {so}"


def _first_problem(error: ValidationError) -> str:
    """Say in one sentence which value cannot be; the guards of the commands should have said it better."""
    first = error.errors()[0]
    where = " ".join(str(step) for step in first["loc"]) or "a value"
    return f"{where}: {first['input']!r:.60} cannot be ({first['msg'][0].lower()}{first['msg'][1:]})"
