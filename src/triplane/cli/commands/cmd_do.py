"""``triplane do``: the guided session in the terminal."""

import shutil
import sys
import time
import uuid
from pathlib import Path

import click

from triplane import coach
from triplane.cli import interview
from triplane.cli.answers import ask_feelings, ask_score, ask_signs
from triplane.cli.player import Player, keys_at_once
from triplane.cli.shell import Shell, plain, say, say_changes, show_json, triplane_command
from triplane.cli.terminal import to_type
from triplane.errors import Blocked, NotReady, UserError


@triplane_command("triplane do")
@click.argument("item", required=False)
@click.option("--show", is_flag=True, help="Only show the cues with their seconds; nothing is played.")
@click.option(
    "--file",
    "page",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write it: .html plays for a day without this app, .fit is for a watch, .txt for intervals.icu, "
    ".md to read, .pdf to print.",
)
@click.option("--pace", type=click.FloatRange(0.5, 1000), default=1.0, hidden=True)
def command(
    shell: Shell, as_json: bool, item: str | None, show: bool, page: Path | None, pace: float
) -> None:
    """Play the session in ITEM (today's next when left out), cue by cue and by the clock."""
    practice = shell.practice
    item = item or practice.next_slot()
    practice.day()
    if page is not None:
        _write(shell, item, page)
        return
    if as_json:
        show_json(practice.bundle(item))
        return
    if show or not sys.stdout.isatty():
        _show(practice.bundle(item))
        return
    practice.refuse_to_log(item)
    session = _begun(shell, item)
    if session is None:
        return
    mark, began_at = practice.history().mark, practice.now
    say("[bold]When to stop[/]  " + " ".join(coach.stop_words()))
    played = _play(session, pace)
    ended_at = practice.now
    _say_stopped(played.interruptions)
    worst = max((feeling.score for stop in played.interruptions for feeling in stop.pain), default=1)
    try:
        discomfort = ask_score("Most discomfort, 0 to 10", worst)
        effort: int | None = ask_score("Effort, 0 to 10", 5)
    except click.Abort:
        discomfort, effort = worst, None
        say("", "Recorded as it was played, without your scores.")
    found = practice.hand_in(
        coach.HandIn(
            key=str(uuid.uuid4()),
            mark=mark,
            began_at=began_at,
            ended_at=ended_at,
            reference=session.reference,
            played=played,
            effort=effort,
            discomfort=discomfort,
        )
    )
    say("", found.says)
    say_changes(practice.day(), False)


def _write(shell: Shell, item: str, file: Path) -> None:
    """Write a session as its file's ending asks for; nothing of it is recorded."""
    practice, ending = shell.practice, file.suffix.lower().removeprefix(".")
    if ending in ("html", "htm"):
        from triplane.web import file_of_session

        shell.write(file, file_of_session(practice, item).encode())
        say(f"Written to {plain(file)}. It plays for a day; {to_type('import')} takes in what it saves.")
        return
    from triplane.formats.watch import WRITERS

    if ending not in (*WRITERS, "pdf"):
        known = ", ".join(f".{one}" for one in ("html", *WRITERS, "pdf"))
        raise UserError(f"{file}: a session is written as {known}; choose one of these endings")
    handout = coach.handout(practice.history(), item, practice.now)
    if ending == "pdf":
        from triplane.web import paper_of

        shell.write(file, paper_of(practice, (handout,)))
    else:
        shell.write(file, WRITERS[ending](handout, str))
    say(f"Written to {plain(file)}. It carries its date: do it only if nothing has changed since.")


def _play(session: "coach.Session", pace: float) -> "coach.Played":
    with keys_at_once() as keyboard:

        def ask_pain(cue: "coach.Cue") -> "coach.Interruption":
            with keyboard.lines():
                return _ask_pain(cue)

        return Player(
            session=session,
            clock=time.monotonic,
            sleep=time.sleep,
            read_key=keyboard.read,
            out=sys.stdout,
            ask_pain=ask_pain,
            pace=pace,
            columns=shutil.get_terminal_size().columns,
        ).play()


def _say_stopped(interruptions: "tuple[coach.Interruption, ...]") -> None:
    """Where safety ended the session, say so and what follows."""
    for stop in interruptions:
        if coach.stops_session(stop):
            say("", "[bold]We stop here.[/]", *coach.what_follows(stop))


def _show(bundle: "coach.Bundle") -> None:
    """Without a terminal nothing is played: what is asked first, then the cues with their times."""
    session, at = bundle.session, 0.0
    say("Not with a yes to one of these: " + " ".join(asked.ask for asked in bundle.asks))
    for cue in session.cues:
        working = cue.side or cue.turn
        side = f"[{working}] " if working else ""
        click.echo(
            f"{int(at // 60):3d}:{int(at % 60):02d}  {cue.seconds:5.1f} s  {cue.kind:<9} {side}{cue.says}"
        )
        at += cue.seconds
    told = sum(cue.seconds for cue in session.cues if not cue.set)
    click.echo(
        f"{at / 60:.0f} minutes, {told / 60:.0f} of them to set up and to be told how; "
        "what you know already is passed over with n."
    )
    click.echo(f"Log it with: {to_type('log')} {session.slot}")


def _begun(shell: Shell, item: str) -> "coach.Session | None":
    """Ask what is asked before a session, and return it where nothing speaks against it."""
    practice = shell.practice
    try:
        return practice.begin(item)
    except NotReady as open_ones:
        say("Before we begin:")
        verdict = practice.answer_readiness(interview.ask_readiness(open_ones.questions))
    if verdict.verdict == "stop":
        raise Blocked(" ".join((*verdict.says, *verdict.do)))
    if verdict.may_train:
        return practice.begin(item)
    say(*verdict.says, *verdict.do, f"No session now. {to_type('today')} shows what is open.")
    return None


def _ask_pain(cue: "coach.Cue") -> "coach.Interruption":
    """Pain stops the drill and asks where, how much, of what kind, and for stop signs."""
    feelings = ask_feelings("Is there a place that hurts?", coach.TAKEN_FOR)
    signs = ask_signs()
    nothing = not (feelings or signs)
    return coach.Interruption(item=cue.item, side=cue.side, pain=feelings, signs=signs, too_much=nothing)
