"""``triplane correct``: put a fact right; the wrong one stays on record and no longer speaks."""

import click

from triplane import coach
from triplane.cli import interview
from triplane.cli.answers import ask_feelings, ask_score, ask_signs
from triplane.cli.shell import Shell, ask_nothing_in_json, choices, say, say_changes, triplane_command
from triplane.errors import UserError
from triplane.history import RunKind, SessionLogged


@triplane_command("triplane correct 3f2a91c0 --kind tempo")
@click.argument("fact")
@click.option("--kind", type=choices(RunKind), help="What kind of run it was.")
@click.option("--key/--no-key", "key", default=None, help="Whether it was a key run.")
@click.option("--anew", is_flag=True, help="Tell anew how a session felt, in which you mistyped pain.")
@click.option("--withdraw", is_flag=True, help="Take it back: it should not be there.")
@click.option("--reason", default="", help="Why, in your words.")
def command(
    shell: Shell,
    as_json: bool,
    fact: str,
    kind: RunKind | None,
    key: bool | None,
    anew: bool,
    withdraw: bool,
    reason: str,
) -> None:
    """Correct FACT (the first characters of its id; triplane facts lists them).

    What safety rests on stays. A session in which something hurt is told anew, with the questions before a
    session: what it asked again stays asked, and no drill grows by it.
    """
    if sum((withdraw, anew, bool(kind or key is not None))) > 1:
        raise UserError("say either what the run was, --anew or --withdraw")
    practice = shell.practice
    if anew:
        ask_nothing_in_json(as_json, "tell a session anew without it")
        _tell_anew(shell, fact, reason)
    elif withdraw:
        practice.correct(lambda history, now: [coach.withdrawal(history, fact, now, reason)])
    else:
        practice.correct(lambda history, now: [coach.corrected_run(history, fact, now, kind=kind, key=key)])
    say_changes(practice.day(), as_json)


def _tell_anew(shell: Shell, name: str, reason: str) -> None:
    """Ask how the session felt and what is asked before one; a yes to that is recorded alone."""
    history, now = shell.practice.history(), shell.practice.now
    drills = coach.drills_told_anew(history, name, now)
    effort, discomfort = ask_score("Effort, 0 to 10", 5), ask_score("Most discomfort, 0 to 10", 1)
    pain, signs = ask_feelings("Did anything hurt?", coach.TAKEN_FOR), ask_signs()
    where = click.prompt("In which drill", type=click.Choice(list(drills))) if pain or signs else ""
    felt = coach.SessionAnswers(
        effort=effort,
        discomfort=discomfort,
        pain=tuple((where, one) for one in pain),
        signs=tuple((where, sign) for sign in signs),
    )
    say("And now:")
    answers = interview.ask_readiness(coach.asked_before_a_session())
    facts = shell.practice.correct(
        lambda history, now: coach.session_told_anew(history, name, felt, answers, now, reason)
    )
    if not any(isinstance(fact.body, SessionLogged) for fact in facts):
        say("What you said of now is recorded; what you told of the session stays as it was.")
