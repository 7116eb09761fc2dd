"""``triplane angles``: recordings of a movement laboratory in, the angles of pelvis and both hips out."""

import sys
from pathlib import Path

import click

from triplane.bootstrap.laboratory import (
    KINDS,
    Measured,
    Method,
    Regression,
    Wishes,
    measure_all,
    measure_and_write,
    recordings_in,
)
from triplane.cli.angles import motion_as_data, show_motion
from triplane.cli.shell import Shell, show_json, triplane_command
from triplane.cli.terminal import complain, show_line
from triplane.errors import UserError

PARTIAL, UNREADABLE = 7, 3


@triplane_command("triplane angles walk.c3d --output out --format csv,html")
@click.argument(
    "places", metavar="FILE...", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False)
)
@click.option(
    "--standing", type=click.Path(path_type=Path), help="Calibration trial, for clusters of markers."
)
@click.option(
    "--functional",
    type=click.Path(path_type=Path),
    multiple=True,
    help="Trial in which a leg is swung: finds that hip's centre. Once for each side.",
)
@click.option(
    "--method", type=click.Choice([one.value for one in Method]), help="The only way to go; else the best."
)
@click.option(
    "--hip-centre",
    type=click.Choice([one.value for one in Regression]),
    help="Equations of the hip's centre.",
)
@click.option("--leg-length", type=click.FloatRange(0.3, 1.3), help="Metres, where a file names none.")
@click.option("--cut", type=click.FloatRange(1, 100), help="Low-pass of the markers in Hz; else none.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Folder to write into.")
@click.option(
    "--format",
    "kinds",
    default="csv",
    show_default=True,
    help=f"What to write, with commas: {', '.join(KINDS)}.",
)
@click.option(
    "--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes side by side."
)
@click.option(
    "--cluster", default="", help="A Dask scheduler to hand the work to, such as tcp://10.0.0.5:8786."
)
def command(
    shell: Shell,
    as_json: bool,
    places: tuple[Path, ...],
    standing: Path | None,
    functional: tuple[Path, ...],
    method: str | None,
    hip_centre: str | None,
    leg_length: float | None,
    cut: float | None,
    output: Path | None,
    kinds: str,
    jobs: int,
    cluster: str,
) -> None:
    """Measure pelvis and hips in recordings: C3D, TRC, MOT, BVH, tables of points, landmarks.

    One FILE is shown; several, or a folder, are written below --output, going on where it stopped.
    """
    wishes = Wishes(
        method=Method(method) if method else None,
        regression=Regression(hip_centre) if hip_centre else None,
        standing=standing,
        functional=functional,
        cut_hz=cut,
        leg_length_m=leg_length,
        output=output,
        kinds=_kinds(kinds) if output else (),
    )
    files = recordings_in(places)
    if len(files) == 1 and not places[0].is_dir():
        found, written = measure_and_write(files[0], wishes)
        show_json(motion_as_data(found)) if as_json else show_motion(files[0].name, found, written)
    elif output is None:
        raise UserError("several recordings are written, not shown; name a folder with --output")
    else:
        _measure(files, wishes, jobs, cluster, as_json=as_json)


def _measure(files: tuple[Path, ...], wishes: Wishes, jobs: int, cluster: str, *, as_json: bool) -> None:
    if not files:
        raise UserError("there is no recording that we read in it")
    with click.progressbar(length=len(files), label="Measuring", file=sys.stderr) as bar:
        done = measure_all(files, wishes, jobs=jobs, cluster=cluster, told=lambda one: bar.update(1))
    if as_json:
        show_json(done)
    else:
        _show(done)
    failed = [one for one in done if one.problem]
    if failed:
        raise click.exceptions.Exit(UNREADABLE if len(failed) == len(done) else PARTIAL)


def _show(done: tuple[Measured, ...]) -> None:
    before = sum(one.is_done_before for one in done)
    measured = sum(one.method is not None for one in done)
    nothing = [one for one in done if not one.problem and one.method is None and not one.is_done_before]
    show_line(f"{measured} measured, {before} done before, {len(nothing)} without what hips need")
    for one in nothing:
        show_line(f"not measured  {one.file.name}: {'; '.join(one.missing)}")
    for one in done:
        if one.problem:
            complain(f"not read  {one.problem}")


def _kinds(told: str) -> tuple[str, ...]:
    wanted = tuple(word.strip() for word in told.split(",") if word.strip())
    unknown = [word for word in wanted if word not in KINDS]
    if unknown or not wanted:
        raise UserError(f"--format takes {', '.join(KINDS)}; not {', '.join(unknown) or 'nothing'}")
    return wanted
