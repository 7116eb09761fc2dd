"""What commands that watch a video share: which model, how far it is, and what was held."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from triplane import coach
from triplane.bootstrap.videos import Model, RangeOnVideo, SetOnVideo, read_range
from triplane.cli.shell import say
from triplane.formats.set_page import in_short

STEPS = 1000
"""Of the bar."""

model_option = click.option(
    "--model",
    type=click.Choice([one.value for one in Model]),
    default=Model.FULL.value,
    show_default=True,
    help="With a video: the net that finds the points; lite is quicker.",
)


@contextmanager
def watching_bar() -> Iterator[Callable[[float], None]]:
    """Show how much of a video is watched; it is told shares from 0 to 1."""
    with click.progressbar(length=STEPS, label="Watching", file=sys.stderr) as bar:

        def told(share: float) -> None:
            bar.update(round(share * STEPS) - bar.pos)

        yield told


def range_on_video(video: Path, test: coach.CameraTest, model: str) -> RangeOnVideo:
    """Read a test off a video."""
    with watching_bar() as told:
        return read_range(video, test, Model(model), told)


def show_range(found: RangeOnVideo, test: coach.CameraTest) -> None:
    """Show the ends that were held, and what to think of them."""
    for number, held in enumerate(found.held, start=1):
        say(
            f"End {number}: {held.value_deg:.0f} degrees, held {held.seconds:.1f} s from {held.at_s:.1f} s on"
        )
    say(
        test.error,
        f"No camera sees: {test.by.unseen}",
        *(f"{note[0].upper()}{note[1:]}." for note in found.notes),
    )


def show_set(on_video: SetOnVideo) -> None:
    """Show what a set came to: in short, each fault, what was in the way, what to ask oneself."""
    found = on_video.found
    say(f"[bold]{found.drill}, {found.side}[/]", in_short(found))
    for fault in found.faults:
        say(f"{fault.at_s:7.1f} s  {fault.happens} {fault.say}")
    if found.in_the_way:
        say("", "In the way of seeing:", *(f"  {one.says} ({one.seconds:.1f} s)" for one in found.in_the_way))
        say(f"  {found.place}")
    if found.ask:
        say("", "No camera sees these; ask yourself:", *(f"  {question}" for question in found.ask))
    say(*(f"{note[0].upper()}{note[1:]}." for note in on_video.notes))
