"""``triplane do``: the guided session in the terminal."""

import sys
import time

import click

from triplane import coach
from triplane.cli import interview
from triplane.cli.answers import ask_feelings, ask_score
from triplane.cli.player import Player, keys_at_once
from triplane.cli.shell import Shell, say, say_changes, show_json, triplane_command
from triplane.errors import Blocked


@triplane_command("triplane do")
@click.argument("item", required=False)
@click.option("--show", is_flag=True, help="Only show the cues with their seconds; nothing is played.")
@click.option("--pace", type=click.FloatRange(0.5, 1000), default=1.0, hidden=True)
def command(shell: Shell, as_json: bool, item: str | None, show: bool, pace: float) -> None:
    """Play the session in ITEM (today's next when left out), cue by cue and by the clock."""
    practice = shell.practice
    item = item or practice.next_slot()
    session = practice.session(item)
    if as_json:
        show_json(session)
        return
    if show or not sys.stdout.isatty():
        _show(session)
        return
    if not _is_ready(shell):
        return
    with keys_at_once() as read_key:
        player = Player(
            session=session,
            clock=time.monotonic,
            sleep=time.sleep,
            read_key=read_key,
            out=sys.stdout,
            ask_pain=lambda cue: _ask_pain(cue),
            pace=pace,
        )
        played = player.play()
    discomfort = ask_score("Most discomfort, 0 to 10", 1)
    effort = ask_score("Effort, 0 to 10", 5)
    practice.log_played(session, played, effort, discomfort)
    say_changes(practice.day(), False)


def _show(session: "coach.Session") -> None:
    """Without a terminal nothing is played: the cues stand as a list with their times."""
    at = 0.0
    for cue in session.cues:
        side = f"[{cue.side}] " if cue.side else ""
        click.echo(
            f"{int(at // 60):3d}:{int(at % 60):02d}  {cue.seconds:5.1f} s  {cue.kind:<9} {side}{cue.says}"
        )
        at += cue.seconds
    click.echo(f"{at / 60:.1f} minutes. Log it with: triplane log {session.slot}")


def _is_ready(shell: Shell) -> bool:
    practice = shell.practice
    due = coach.questions_due(practice.history(), practice.now, coach.Purpose.SESSION)
    if not due.readiness:
        return True
    say("Before we begin:")
    answers = interview.ask_readiness(due.readiness)
    verdict = coach.readiness(practice.history(), answers, practice.now)
    practice.record(coach.readiness_answers(answers))
    if verdict.may_train:
        return True
    if verdict.verdict == "stop":
        raise Blocked(" ".join((*verdict.says, *verdict.do)))
    say(*verdict.says, *verdict.do, "No session now. triplane today shows what is open.")
    return False


def _ask_pain(cue: "coach.Cue") -> "coach.Interruption":
    """Pain stops the drill and asks where and how much; nothing goes on until it is said."""
    feelings = ask_feelings("Where does it hurt? Shall we note it?")
    return coach.Interruption(item=cue.item, side=cue.side, pain=feelings, too_much=not feelings)
