"""``triplane demo``: the sample runner, end to end."""

import click

from triplane import coach
from triplane.bootstrap import Practice, begin_sample, default_journal, sample_journal
from triplane.cli.shell import DEFAULT_RUNNER, Shell, say, show_json, triplane_command
from triplane.cli.show import show_day, show_hip_map, show_week
from triplane.cli.terminal import called, show_line
from triplane.formats.runner_file import SAMPLES


@triplane_command("triplane demo")
@click.argument("sample", type=click.Choice(SAMPLES), default="marathoner")
def command(shell: Shell, as_json: bool, sample: str) -> None:
    """Take a sample runner through it all: screen, hip map, week, today and why.

    The sample's journal is kept beside yours; every other command takes it with --journal. In a journal
    that you name, the sample is a runner of its own, whom every other command takes with --runner. Whom
    safety stops, no sample's drills are shown.
    """
    with shell.beside(sample_journal(default_journal(), sample), sample) as beside:
        begin_sample(beside.practice, shell.practice, sample)
        _go_through(beside.practice, sample, as_json)


def _go_through(practice: Practice, sample: str, as_json: bool) -> None:
    history = practice.history()
    clearance = coach.clearance(history, practice.now)
    hip_map = coach.hip_map(history, practice.now)
    week, day = practice.week(), practice.day()
    first = next((drill for slot in day.slots for drill in slot.drills), None)
    because = coach.why(practice.history(), first.item.id, practice.now) if first else None
    if as_json:
        hidden = {"proposed"}
        show_json(
            {
                "screen": clearance,
                "hip_map": hip_map,
                "week": week.model_dump(mode="json", exclude=hidden),
                "today": day.model_dump(mode="json", exclude=hidden),
                "why": because,
            }
        )
        return
    say(f"[bold]1  Screen[/]  {sample.replace('_', ' ')}: {clearance.level}")
    say(*(message.says for message in clearance.messages))
    say("", "[bold]2  Hip map[/]")
    show_hip_map(hip_map)
    say("", "[bold]3  Week[/]")
    show_week(week)
    say("", "[bold]4  Today[/]")
    show_day(practice, day)
    if because:
        say("", f"[bold]5  Why {because.what}[/]", *(ground.reason.says for ground in because.grounds))
    whose = "" if practice.runner == DEFAULT_RUNNER else f" --runner {practice.runner}"
    click.echo()
    show_line(f"Look further: {called()} --journal {practice.journal.place}{whose} why internal_rotation")
