"""``triplane measure``: one value, or the whole battery guided test by test."""

import math
from pathlib import Path

import click

from triplane import coach
from triplane.cli.interview import ask_questions
from triplane.cli.shell import Shell, ask_nothing_in_json, choices, say, show_json, triplane_command
from triplane.cli.terminal import to_type
from triplane.cli.videos import model_option, range_on_video, show_range
from triplane.errors import Blocked, JournalError, UserError
from triplane.history import EndFeel, Method

MOST_READINGS = 9
"""What one measurement holds."""


@triplane_command("triplane measure internal_rotation --left 18,17,19 --right 31 --method phone_helper")
@click.argument("test", required=False)
@click.option("--left", metavar="N[,N,N]", help="Readings of the left side.")
@click.option("--right", metavar="N[,N,N]", help="Readings of the right side.")
@click.option("--method", type=choices(Method), help="How they were read, as phone_helper.")
@click.option("--active", is_flag=True, help="The owned range: no hands, no helper.")
@click.option("--pain", type=click.IntRange(0, 10), default=0, help="Pain at the end, 0 to 10.")
@click.option("--end-feel", type=choices(EndFeel), help="What stopped it: stretch, block, pinch, pain.")
@click.option("--held-by", default="", help="Who held the phone.")
@click.option("--video", type=click.Path(path_type=Path, dir_okay=False), help="Read it off this video.")
@click.option("--side", type=choices(coach.Side), help="With --video: the side that is measured.")
@model_option
def command(
    shell: Shell,
    as_json: bool,
    test: str | None,
    left: str | None,
    right: str | None,
    method: Method | None,
    active: bool,
    pain: int,
    end_feel: EndFeel | None,
    held_by: str,
    video: Path | None,
    side: "coach.Side | None",
    model: str,
) -> None:
    """Record readings of TEST, or be guided through all tests that are due.

    With --video they are read off a video of one side, in which the end is held still three times.
    """
    if video is not None and (test is None or side is None or left or right or method):
        raise UserError("with a video name the test and one side alone, as internal_rotation --side left")
    if test is None:
        ask_nothing_in_json(as_json, "name the test, as internal_rotation, and give its readings")
        _guided(shell)
        return
    if video is None and (method is None or not (left or right)):
        raise UserError("give readings and how they were read: --left 18,17,19 --method phone_helper")
    asked = coach.protocol(shell.practice.history(), test, shell.practice.now)
    if not active and False not in asked.modes():
        raise UserError(f"{asked.name} is measured by your own strength only: add --active")
    extra = {"active": active, "pain": pain, "end_feel": end_feel, "held_by": held_by}
    told = ((coach.Side.LEFT, left), (coach.Side.RIGHT, right))
    sides = {one: read_numbers(text) for one, text in told if text}
    if due := coach.questions_before_test(shell.practice.history(), test, shell.practice.now):
        ask_nothing_in_json(
            as_json, f"answer the short safety questions first: {to_type('measure')} without --json"
        )
        _ask_safety(shell, due)
    if video is not None and side is not None:
        by_camera = coach.camera_on_test(
            shell.practice.history(), test, side, shell.practice.now, active=active
        )
        found = range_on_video(video, by_camera, model)
        if not as_json:
            show_range(found, by_camera)
        method, sides = by_camera.method, {side: tuple(round(one.value_deg, 1) for one in found.held)}
    assert method is not None
    taken = shell.practice.measure(test, sides, method, **extra)
    if as_json:
        show_json(taken)
    else:
        for reading in taken:
            say(*_lines(reading))
        say(f"{to_type('map')} shows both hips; {to_type('today')} what it changes.")


def read_numbers(text: str) -> tuple[float, ...]:
    """Read ``18,17,19``: one to nine readings."""
    try:
        numbers = tuple(float(part) for part in text.replace(";", ",").split(",") if part.strip())
    except ValueError:
        numbers = ()
    if not numbers or not all(math.isfinite(number) for number in numbers):
        raise UserError(f"{text!r} are not numbers; write them as 18,17,19")
    if len(numbers) > MOST_READINGS:
        raise UserError(f"{len(numbers)} readings are too many; give up to {MOST_READINGS}, three are enough")
    return numbers


def _lines(reading: "coach.HipMeasurement") -> list[str]:
    body, verdict = reading.body, reading.verdict
    value = f"{verdict.median:g} {reading.unit}" if verdict.median is not None else "void"
    return [
        f"{reading.name}, {body.side}: {value}",
        *(f"  {says}" for says in verdict.says),
    ]


def _guided(shell: Shell) -> None:
    practice = shell.practice
    tests = coach.tests_to_take(practice.history(), practice.now)
    say("One practice, then three readings a side. Enter leaves a test out; ctrl-c ends, all before is kept.")
    for test, retest in tests:
        say("", f"[bold]{test.name}[/] ({test.plain_name})", retest.reason.says)
        if not click.confirm("Take it now?", default=retest.is_due):
            continue
        if due := coach.questions_before_test(practice.history(), test.id, practice.now):
            _ask_safety(shell, due)
        say(*test.setup, *test.steps, "It does not count when: " + "; ".join(test.spoils))
        words = [str(error.method) for error in test.method]
        method = Method(click.prompt("Read by", type=click.Choice(words), default=words[0]))
        for active in test.modes():
            if active and test.active_steps:
                say("Now by yourself:", *test.active_steps)
            for side in coach.Side:
                _one_side(shell, test.id, side, method, active)


def _ask_safety(shell: Shell, due: tuple["coach.ShortQuestion", ...]) -> None:
    """Ask the short safety questions before a test is taken again; an answer that stops, stops at once."""
    practice, answers = shell.practice, {}
    say("Before you measure again: the short safety questions.")
    for answers in ask_questions((one.question.id for one in due), {}):
        if coach.answers_stop_here(practice.history(), answers, practice.now):
            break
    practice.record(coach.screening_answers(answers, short=True))
    coach.refuse_if_blocked(practice.history(), practice.now)


def _one_side(shell: Shell, test: str, side: "coach.Side", method: Method, active: bool) -> None:
    numbers = _ask_readings(shell, test, side, method, active)
    if not numbers:
        return
    pain = click.prompt("  Pain, 0 to 10", type=click.IntRange(0, 10), default=0)
    ends = [str(feel) for feel in EndFeel]
    feel = EndFeel(click.prompt("  Stopped by", type=click.Choice(ends), default="stretch"))
    [reading] = shell.practice.measure(test, {side: numbers}, method, active=active, pain=pain, end_feel=feel)
    say(*(f"  {line}" for line in _lines(reading)))
    if reading.verdict.repeat:
        _one_side(shell, test, side, method, active)


def _ask_readings(
    shell: Shell, test: str, side: "coach.Side", method: Method, active: bool
) -> tuple[float, ...]:
    """Ask for the readings of one side until they can be; none where the side is left out."""
    practice = shell.practice
    while True:
        text = click.prompt(f"  {side}, three readings with commas", default="", show_default=False)
        if not text:
            return ()
        try:
            numbers = read_numbers(text)
            coach.take_measurement(
                practice.history(), test, side, numbers, method, practice.now, active=active
            )
            return numbers
        except (Blocked, JournalError):
            raise
        except UserError as error:
            say(f"  {str(error).rstrip('.')}. Once more, or enter to leave this side out.")
