"""``triplane progress``: range with error and verdict, minutes, soreness, running."""

from pathlib import Path

import click

from triplane import coach
from triplane.cli.shell import Shell, plain, say, show_json, show_table, triplane_command
from triplane.cli.terminal import to_type
from triplane.formats.progress_page import felt_in_words, progress_page

BARS = " ▁▂▃▄▅▆▇█"


@triplane_command("triplane progress --html progress.html")
@click.option("--weeks", type=click.IntRange(1, 104), default=12, show_default=True, help="How far back.")
@click.option("--html", "file", type=click.Path(path_type=Path, dir_okay=False), help="Write a page instead.")
def command(shell: Shell, as_json: bool, weeks: int, file: Path | None) -> None:
    """Show how it goes: what changed for real, minutes by direction and stage, soreness, running."""
    practice = shell.practice
    found = coach.progress(practice.history(), practice.now, weeks)
    if as_json:
        show_json(found)
    elif file:
        shell.write(file, progress_page(found, practice.now).encode())
        say(f"Written to {plain(file)}.")
    else:
        _show(found)


def _show(found: "coach.Progress") -> None:
    rows = [_range_row(line) for line in found.lines]
    if rows:
        show_table("Range", ("test", "side", "by", "trend", "last reading, 95 % band", "change"), rows)
        say("These are your readings as they were taken; the map shows estimates made of them.")
        compared = [line for line in found.lines if line.change.delta is not None]
        say(*(f"{_name(line)}: {line.change.reason.says}" for line in compared))
    else:
        say(f"No range was measured yet: {to_type('measure')}.")
    say(*(refusal.reason.says for refusal in found.refusals))
    _show_minutes(found)
    felt = [f"{one.day:%d %b}: {', '.join(map(felt_in_words, one.felt)) or 'nothing'}" for one in found.felt]
    say("[bold]Soreness and pain[/]", *(felt or ["No check-in yet."]))
    say(f"[bold]Running[/] minutes a week  {bars([week.minutes for week in found.running])}")
    say(f"  this week {found.running[-1].minutes:.0f} min, {found.running[-1].km:.1f} km")


def _range_row(line: "coach.RangeLine") -> tuple[str, ...]:
    series, points = line.series, line.series.points
    band = f" ±{series.error.half_band:.0f}" if series.error else ""
    verdict = str(line.change.certainty) if line.change.delta is not None else "one reading so far"
    name = line.name + (", owned" if series.active else "")
    trend = bars([point.value for point in points])
    return (
        name,
        str(series.side),
        str(series.method),
        trend,
        f"{points[-1].value:g}{band} {series.unit}",
        verdict,
    )


def _name(line: "coach.RangeLine") -> str:
    owned = ", owned" if line.series.active else ""
    return f"{line.name}{owned}, {line.series.side}"


def _show_minutes(found: "coach.Progress") -> None:
    rows = []
    for direction in coach.Direction:
        for side in coach.Side:
            done = [week.by_direction[direction][side] for week in found.minutes]
            rows.append((direction.replace("_", " "), str(side), bars(done), f"{done[-1]:.1f} min"))
    show_table("End-range minutes a week", ("direction", "side", "", "this week"), rows)
    stages = [
        (f"{s} {s.name.lower()}", bars([w.by_stage[int(s)] for w in found.minutes])) for s in coach.Stage
    ]
    show_table("Work by stage", ("stage", "minutes a week"), stages)


def bars(values: list[float]) -> str:
    """Draw values as a row of bars, the largest one full; the lowest is not the floor, zero is."""
    top = max([abs(value) for value in values], default=0) or 1
    return "".join(BARS[max(0, min(8, round(value / top * 8)))] for value in values)
