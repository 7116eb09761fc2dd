"""``triplane checkin``: the next morning, on one screen."""

import click

from triplane import coach
from triplane.cli.answers import FEELING, FiniteRange, ask_feelings, read_date, read_feeling
from triplane.cli.shell import Shell, ask_nothing_in_json, choices, say_changes, triplane_command
from triplane.errors import UserError
from triplane.history import SorenessCourse

MOST_HOURS = 24 * 60
"""How long ago soreness may have begun: two months."""


@triplane_command("triplane checkin --sore front_thigh:3:muscle:left --course goes_away")
@click.option("--none", "nothing", is_flag=True, help="Nothing is sore this morning.")
@click.option("--sore", multiple=True, metavar=FEELING, help="What is sore and how much; repeatable.")
@click.option(
    "--course",
    type=choices(SorenessCourse),
    help="In the warm-up: goes_away, stays, comes_back; else unknown.",
)
@click.option("--hours", type=FiniteRange(0, MOST_HOURS), help="Hours since it began, where you know.")
@click.option("--day", metavar="DATE", help="The day it speaks of (yesterday).")
@click.option("--note", default="", help="Anything else, in your words.")
def command(
    shell: Shell,
    as_json: bool,
    nothing: bool,
    sore: tuple[str, ...],
    course: SorenessCourse | None,
    hours: float | None,
    day: str | None,
    note: str,
) -> None:
    """Say how you woke up; tomorrow changes by it, and says why."""
    if nothing and sore:
        raise UserError("say either --none or what is sore, not both")
    feelings = tuple(read_feeling(text, coach.SORE_TAKEN_FOR) for text in sore)
    if not (nothing or sore):
        ask_nothing_in_json(as_json, "say --none or what is sore: --sore")
        feelings = ask_feelings("Is anything sore or painful this morning?", coach.SORE_TAKEN_FOR)
        hours = _ask_hours() if feelings and hours is None else hours
    practice = shell.practice
    about = read_date(day) if day else practice.yesterday
    practice.decide(
        lambda history, now: (
            coach.check_in(about, feelings, course, now, hours_since_onset=hours, note=note),
        )
    )
    say_changes(practice.day(), as_json)


def _ask_hours() -> float | None:
    hours = click.prompt(
        "Hours since it began (enter for: not known)",
        type=FiniteRange(-1, MOST_HOURS),
        default=-1,
        show_default=False,
    )
    return None if hours < 0 else float(hours)
