"""``triplane form``: a video of a set in; repetitions, holds, tempo and faults out, and what was not seen."""

from pathlib import Path

import click

from triplane import coach
from triplane.bootstrap.videos import Model, Wishes, watch_set
from triplane.cli.shell import Shell, choices, plain, say, show_json, triplane_command
from triplane.cli.videos import model_option, show_set, watching_bar

_written = click.Path(path_type=Path, dir_okay=False)


@triplane_command("triplane form set.mp4 --drill str_step_down --side left --report set.html")
@click.argument("video", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--drill", required=True, help="The drill that it shows, by its id or name.")
@click.option(
    "--side", type=choices(coach.Side), default="right", show_default=True, help="The working side."
)
@click.option("--report", type=_written, help="Write a page about it, as HTML.")
@click.option("--annotated", type=_written, help="Write the video with what was seen in it, as MP4.")
@click.option("--landmarks", type=_written, help="Write the points of each frame, as JSON lines.")
@model_option
def command(
    shell: Shell,
    as_json: bool,
    video: Path,
    drill: str,
    side: "coach.Side",
    report: Path | None,
    annotated: Path | None,
    landmarks: Path | None,
    model: str,
) -> None:
    """Watch a set of a drill on a video, on this machine alone.

    One person, the whole body in the picture, the camera where the drill wants it.
    """
    practice = shell.practice
    eye = coach.eye_on(practice.history(), drill, side, practice.now)
    wishes = Wishes(model=Model(model), report=report, annotated=annotated, landmarks=landmarks)
    with watching_bar() as told:
        on_video = watch_set(video, eye, wishes, told)
    if as_json:
        show_json({"set": on_video.found, "notes": on_video.notes, "written": wishes.places})
        return
    show_set(on_video)
    say(*(f"Written: {plain(place)}" for place in wishes.places))
