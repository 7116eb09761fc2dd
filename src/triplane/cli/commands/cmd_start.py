"""``triplane start``: safety, about you, equipment, minutes, week."""

from collections.abc import Callable
from pathlib import Path

import click

from triplane import coach
from triplane.bootstrap import Practice
from triplane.cli import interview
from triplane.cli.shell import Shell, ask_nothing_in_json, say, show_json, triplane_command
from triplane.cli.show import show_day
from triplane.cli.terminal import to_type
from triplane.history import AboutRunner, EquipmentListed, History, WeekDescribed
from triplane.value import Value

FILE = click.Path(path_type=Path, readable=False)


@triplane_command("triplane start --from runner.toml")
@click.option("--from", "file", type=FILE, help="Take the answers from a runner file.")
@click.option("--safety", is_flag=True, help="Only the safety questions that are due.")
def command(shell: Shell, as_json: bool, file: Path | None, safety: bool) -> None:
    """Answer the first questions, or only those that are due; may be taken up again at any time.

    Where nothing is due, it asks about you, your equipment and your week anew.
    """
    practice = shell.practice
    if file:
        practice.start_from(file)
    else:
        ask_nothing_in_json(as_json, "give your answers as a runner file: --from FILE")
        if not _talk(shell, safety):
            return
    day = practice.day()
    if as_json:
        show_json(day.model_dump(mode="json", exclude={"proposed"}))
    else:
        show_day(practice, day)


def _talk(shell: Shell, only_safety: bool) -> bool:
    """Ask what is due, recording after each part; return whether the talk came to its end."""
    practice = shell.practice
    due = coach.questions_due(practice.history(), practice.now)
    if due.disclaimer:
        if not interview.ask_disclaimer():
            say("Without that we stop here. Nothing was recorded.")
            return False
        practice.record(coach.disclaimer_accepted())
    asked = (*due.must, *due.should)
    missing = tuple(name for name in due.follow_ups if name.partition(".")[0] not in asked)
    if not _ask_safety(shell, (*asked, *missing)):
        return False
    if only_safety or coach.clearance(practice.history(), practice.now).is_blocked:
        return True
    was_due = due.disclaimer or bool(asked or missing)
    for ask in _parts_to_ask(practice.history(), was_due):
        _record(practice, ask())
    return True


def _record(practice: Practice, told: Value) -> None:
    practice.decide(lambda history, now: (told,))


def _parts_to_ask(history: History, was_due: bool) -> tuple[Callable[[], Value], ...]:
    """Return what is not told yet; where all is told and no question was due, everything anew."""
    parts: dict[type[Value], Callable[[], Value]] = {
        AboutRunner: interview.ask_about,
        EquipmentListed: interview.ask_equipment,
        WeekDescribed: interview.ask_week,
    }
    missing = tuple(ask for kind, ask in parts.items() if not history.facts_of(kind))
    if missing or was_due:
        return missing
    say(
        "Nothing is due. We ask about you, your equipment and your week anew; ctrl-c leaves them as they are."
    )
    return tuple(parts.values())


def _ask_safety(shell: Shell, names: tuple[str, ...]) -> bool:
    practice = shell.practice
    answers: dict[str, coach.Answer] = {}
    try:
        for so_far in interview.ask_questions(names, answers):
            page = coach.answers_stop_here(practice.history(), so_far, practice.now)
            if page:
                practice.record(coach.screening_answers(so_far))
                say(f"[bold]{page.title}[/]", *page.says, *page.do, page.always)
                return False
    except click.Abort:
        if answers:
            practice.record(coach.screening_answers(answers))
            say("", f"{len(answers)} answers are kept; {to_type('start')} goes on from there.")
        raise
    if answers:
        again = coach.clearance(practice.history(), practice.now).screened_on is not None
        practice.record(coach.screening_answers(answers, short=again))
    return True
