"""``triplane change``: a day that goes otherwise, a race, a default of the coach."""

import click

from triplane import coach
from triplane.cli.answers import FiniteRange, read_date, read_planned_run, read_time
from triplane.cli.shell import Shell, say_changes, show_json, show_table, triplane_command
from triplane.errors import UserError


@triplane_command("triplane change day 2026-11-24 --run 06:30=60:interval --minutes 15")
@click.argument("what", type=click.Choice(["day", "race", "default"]))
@click.argument("name", required=False)
@click.argument("value", type=FiniteRange(0), required=False)
@click.option("--away", is_flag=True, help="Day: nothing is planned.")
@click.option("--usual", is_flag=True, help="Day: as usual again.")
@click.option("--run", "runs", multiple=True, metavar="HH:MM=MIN[:KIND]", help="Day: instead of its runs.")
@click.option("--no-run", is_flag=True, help="Day: without its runs.")
@click.option("--minutes", type=FiniteRange(0, 180), help="Day: minutes for a session at home.")
@click.option("--km", type=FiniteRange(0, 1000, min_open=True), help="Race: its distance.")
@click.option("--at", metavar="HH:MM", help="Race: its start.")
@click.option("--called", help="Race: its name.")
@click.option("--cancelled", is_flag=True, help="Race: it will not be run.")
@click.option("--restore", is_flag=True, help="Default: ours again.")
def command(
    shell: Shell,
    as_json: bool,
    what: str,
    name: str | None,
    value: float | None,
    away: bool,
    usual: bool,
    runs: tuple[str, ...],
    no_run: bool,
    minutes: float | None,
    km: float | None,
    at: str | None,
    called: str | None,
    cancelled: bool,
    restore: bool,
) -> None:
    """Change a day, enter a race, or set a default of the coach; NAME is the date or the default's key.

    triplane change default lists the defaults with their present values.
    """
    foreign = {
        "day": (km, at, called, cancelled, restore, value is not None),
        "race": (away, usual, runs, no_run, minutes is not None, restore, value is not None),
        "default": (away, usual, runs, no_run, minutes is not None, km, at, called, cancelled),
    }
    if any(foreign[what]):
        raise UserError(f"something of that does not belong to a {what}; see triplane change --help")
    practice = shell.practice
    history, now = practice.history(), practice.now
    if what == "default" and name is None:
        _show_defaults(coach.defaults(history), as_json)
        return
    if name is None:
        raise UserError(f"name the date of the {what}, as 2026-11-24")
    if what == "default":
        if (value is None) is not restore:
            raise UserError("give the new value, or --restore")
        practice.record(coach.changed_default(name, value))
    elif what == "race":
        entered = coach.changed_race(
            history,
            read_date(name),
            now,
            distance_m=km * 1000 if km else None,
            at=read_time(at) if at else None,
            called=called or "",
            cancelled=cancelled,
        )
        practice.record(entered)
    else:
        if runs and no_run:
            raise UserError("say either --run or --no-run")
        planned = tuple(read_planned_run(run) for run in runs) if runs or no_run else None
        day = read_date(name)
        practice.record(
            coach.changed_day(history, day, now, away=away, usual=usual, runs=planned, minutes=minutes)
        )
    say_changes(practice.day(), as_json)


def _show_defaults(found: "tuple[coach.Default, ...]", as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    rows = [(default.key, f"{default.value:g}", f"{default.ours:g}") for default in found]
    show_table("Defaults of the coach", ("key", "now", "ours"), rows)
