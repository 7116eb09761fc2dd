"""``triplane change``: a day that goes otherwise, a session moved, a race, a default of the coach."""

from datetime import datetime

import click

from triplane import coach
from triplane.bootstrap import Practice
from triplane.cli.answers import FiniteRange, read_date, read_planned_run, read_time
from triplane.cli.shell import Shell, say_changes, show_json, show_table, triplane_command
from triplane.cli.terminal import to_type
from triplane.errors import UserError
from triplane.history import DayChanged, RaceEntered, SlotMoved
from triplane.value import Value


@triplane_command("triplane change day 2026-11-24 --run 06:30=60:interval --minutes 15")
@click.argument("what", type=click.Choice(["day", "slot", "race", "default"]))
@click.argument("name", required=False)
@click.argument("value", type=FiniteRange(0), required=False)
@click.option("--away", is_flag=True, help="Day: nothing is planned.")
@click.option("--usual", is_flag=True, help="Day, slot: as usual again.")
@click.option("--run", "runs", multiple=True, metavar="HH:MM=MIN[:KIND]", help="Day: instead of its runs.")
@click.option("--no-run", is_flag=True, help="Day: without its runs.")
@click.option("--minutes", type=FiniteRange(0, 180), help="Day: minutes for a session at home.")
@click.option("--km", type=FiniteRange(0, 1000, min_open=True), help="Race: its distance.")
@click.option("--at", metavar="HH:MM", help="Race, slot: its start.")
@click.option("--on", metavar="DATE", help="Slot: another day of its week.")
@click.option("--anyway", is_flag=True, help="Slot: keep off a rule that only protects how a run goes.")
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
    on: str | None,
    anyway: bool,
    called: str | None,
    cancelled: bool,
    restore: bool,
) -> None:
    """Change a day, move a session, enter a race, or set a default of the coach.

    NAME is the date, the session (as the command week --json names it) or the default's key. A session
    that is moved says what its drills meet there; what breaks a rule leaves it.

    The words change default, alone, list the defaults with their present values.
    """
    foreign = {
        "day": (km, at, on, anyway, called, cancelled, restore, value is not None),
        "slot": (away, runs, no_run, minutes is not None, km, called, cancelled, restore, value is not None),
        "race": (away, usual, runs, no_run, minutes is not None, on, anyway, restore, value is not None),
        "default": (away, usual, runs, no_run, minutes is not None, km, at, on, anyway, called, cancelled),
    }
    if any(foreign[what]):
        raise UserError(f"something of that does not belong to a {what}; see {to_type('change --help')}")
    practice = shell.practice
    if what == "default" and name is None:
        _show_defaults(coach.defaults(practice.history()), as_json)
        return
    if name is None:
        names = {"slot": f"name the session, as {to_type('week --json')} names it"}
        raise UserError(names.get(what, f"name the date of the {what}, as 2026-11-24"))
    if what == "default":
        if (value is None) is not restore:
            raise UserError("give the new value, or --restore")
        told: Value = coach.changed_default(name, value)
    elif what == "slot":
        practice.day()
        told = _moved(practice, name, on, at, usual, anyway)
    elif what == "race":
        told = _race(practice, name, km, at, called, cancelled)
    else:
        told = _day(practice, name, away, usual, runs, no_run, minutes)
    practice.decide(lambda history, now: (told,))
    say_changes(practice.day(), as_json)


def _race(
    practice: Practice, on: str, km: float | None, at: str | None, called: str | None, cancelled: bool
) -> RaceEntered:
    return coach.changed_race(
        practice.history(),
        read_date(on),
        practice.now,
        distance_m=km * 1000 if km else None,
        at=read_time(at) if at else None,
        called=called or "",
        cancelled=cancelled,
    )


def _day(
    practice: Practice,
    on: str,
    away: bool,
    usual: bool,
    runs: tuple[str, ...],
    no_run: bool,
    minutes: float | None,
) -> DayChanged:
    if runs and no_run:
        raise UserError("say either --run or --no-run")
    planned = tuple(read_planned_run(run) for run in runs) if runs or no_run else None
    return coach.changed_day(
        practice.history(), read_date(on), practice.now, away=away, usual=usual, runs=planned, minutes=minutes
    )


def _moved(
    practice: Practice, slot: str, on: str | None, at: str | None, usual: bool, anyway: bool
) -> SlotMoved:
    """Return the fact of a session moved, after saying what its drills meet there."""
    history, now = practice.history(), practice.now
    if usual:
        return coach.moved_back(history, slot, now)
    lies = coach.slot_of(history, slot, now).starts_at.astimezone(now.tzinfo)
    if not (on or at):
        raise UserError("say where to: --on a date, --at a time, or --usual")
    to = datetime.combine(
        read_date(on) if on else lies.date(), read_time(at) if at else lies.time(), tzinfo=now.tzinfo
    )
    move = coach.moved(history, slot, to, now)
    for one in move.breaks:
        click.echo(f"{', '.join(one.drills)}: {one.reason.says} ({one.reason.rule})", err=True)
    return move.insisting(move.preferences) if anyway else move.body


def _show_defaults(found: "tuple[coach.Default, ...]", as_json: bool) -> None:
    if as_json:
        show_json(found)
        return
    rows = [(default.key, f"{default.value:g}", f"{default.ours:g}") for default in found]
    show_table("Defaults of the coach", ("key", "now", "ours"), rows)
