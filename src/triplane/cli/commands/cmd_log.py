"""``triplane log``: how a session was, on one screen."""

from collections.abc import Callable
from typing import TypeVar

import click

from triplane import coach
from triplane.cli.answers import (
    FEELING,
    FiniteRange,
    ask_feelings,
    ask_score,
    one_of,
    read_feeling,
    read_pairs,
)
from triplane.cli.shell import Shell, say, say_changes, triplane_command
from triplane.errors import UserError
from triplane.history import Feeling, Sign

Read = TypeVar("Read")


@triplane_command("triplane log --effort 5 --discomfort 2 --clean str_side_plank=4")
@click.argument("slot", required=False)
@click.option("--minutes", type=FiniteRange(0, 600), help="How long it took.")
@click.option("--effort", type=click.IntRange(0, 10), help="0 nothing, 10 everything.")
@click.option("--discomfort", type=click.IntRange(0, 10), help="The most you felt, 0 to 10.")
@click.option("--skipped", multiple=True, metavar="DRILL", help="Not done.")
@click.option("--too-much", multiple=True, metavar="DRILL", help="Was too much.")
@click.option("--reps", multiple=True, metavar="DRILL=REPS", help="Repetitions done a side, all sets.")
@click.option("--clean", multiple=True, metavar="DRILL=REPS", help="Clean ones among them.")
@click.option("--load", multiple=True, metavar="DRILL=KG", help="Weight held.")
@click.option(
    "--pain",
    multiple=True,
    metavar=f"DRILL@{FEELING}",
    help="Pain during a drill; of a joint, unless you name another kind.",
)
@click.option("--sign", multiple=True, metavar="DRILL@SIGN", help="A stop sign met, as groin_pinch.")
def command(
    shell: Shell,
    as_json: bool,
    slot: str | None,
    minutes: float | None,
    effort: int | None,
    discomfort: int | None,
    skipped: tuple[str, ...],
    too_much: tuple[str, ...],
    reps: tuple[str, ...],
    clean: tuple[str, ...],
    load: tuple[str, ...],
    pain: tuple[str, ...],
    sign: tuple[str, ...],
) -> None:
    """Say how the session in SLOT was (the next one of today when left out).

    Whom safety stops meanwhile still tells what hurt: in the line itself, nothing is asked.
    """
    practice = shell.practice
    is_told = effort is not None or bool(discomfort or skipped or too_much or reps or clean or pain or sign)
    late = is_told and coach.clearance(practice.history(), practice.now).is_blocked
    left = coach.session_to_tell_of(practice.history(), practice.now) if late else None
    slot = slot or left or practice.next_slot()
    pains = [_at_drill(text, _read_pain) for text in pain]
    if effort is None and not as_json and not late:
        drills = practice.drills_of(slot)
        say(f"Session {slot}.")
        effort = ask_score("Effort, 0 to 10", 5)
        discomfort = ask_score("Most discomfort, 0 to 10", 1) if discomfort is None else discomfort
        pains += _ask_pain(drills) if not pain else []
    answers = coach.SessionAnswers(
        minutes=minutes,
        effort=effort,
        discomfort=discomfort or 0,
        skipped=skipped,
        too_much=too_much,
        reps=read_pairs(reps, int),
        clean=read_pairs(clean, int),
        load_kg=read_pairs(load, float),
        pain=tuple(pains),
        signs=tuple(_at_drill(text, lambda word: one_of(Sign, word, "stop sign")) for text in sign),
    )
    practice.log(slot, answers)
    say_changes(practice.day(), as_json)


def _at_drill(text: str, read: Callable[[str], Read]) -> tuple[str, Read]:
    drill, at, rest = text.partition("@")
    if not at:
        raise UserError(f"{text!r} names no drill; write DRILL@ first, as mob_quad_band@groin:3:joint:left")
    return drill, read(rest)


def _read_pain(text: str) -> Feeling:
    return read_feeling(text, coach.TAKEN_FOR)


def _ask_pain(drills: tuple[str, ...]) -> list[tuple[str, Feeling]]:
    feelings = ask_feelings("Did anything hurt?", coach.TAKEN_FOR)
    if not feelings:
        return []
    return [(drill, feeling) for drill in _ask_drills(drills) for feeling in feelings]


def _ask_drills(drills: tuple[str, ...]) -> list[str]:
    """Ask in which drills it was until each that is named was in the session."""
    text = click.prompt(f"In which drills, with commas ({', '.join(drills)})")
    named = list(dict.fromkeys(part.strip() for part in text.split(",") if part.strip()))
    if named and all(drill in drills for drill in named):
        return named
    say("Name drills of this session; please once more.")
    return _ask_drills(drills)
