"""``triplane correct``: put a fact right; the wrong one stays on record and no longer speaks."""

from collections.abc import Mapping

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
    """Correct FACT (the first characters of its id; the command facts lists them).

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
    worst = max(one.discomfort for one in drills.values())
    effort, discomfort = ask_score("Effort, 0 to 10", 5), ask_score("Most discomfort, 0 to 10", worst)
    anew = _ask_which(drills)
    felt = _ask_felt(drills, anew, effort, discomfort)
    say("And now:")
    answers = interview.ask_readiness(coach.asked_before_a_session())
    facts = shell.practice.correct(
        lambda history, now: coach.session_told_anew(history, name, felt, answers, now, reason, of=anew)
    )
    if not any(isinstance(fact.body, SessionLogged) for fact in facts):
        say("What you said of now is recorded; what you told of the session stays as it was.")


def _ask_which(drills: "Mapping[str, coach.ToldOfDrill]") -> tuple[str, ...]:
    """Ask which drills are told anew, by number; enter for none. The others stay as they were told."""
    for number, told in enumerate(drills.values(), start=1):
        say(f"{number} {told.name}. {told.says}".rstrip())
    question = "Which drills do you tell anew? Numbers with commas (enter for none; the others stay as told)"
    while True:
        text = click.prompt(question, default="", show_default=False)
        parts = [part.strip() for part in text.split(",") if part.strip()]
        named = dict(zip(map(str, range(1, len(drills) + 1)), drills, strict=True))
        if all(part in named for part in parts):
            return tuple(dict.fromkeys(named[part] for part in parts))
        say("There is no such number; please once more.")


def _ask_felt(
    drills: "Mapping[str, coach.ToldOfDrill]", anew: tuple[str, ...], effort: int, discomfort: int
) -> "coach.SessionAnswers":
    """Ask of each drill that is told anew what hurt in it, and whether it was too much."""
    pain, signs, too_much = [], [], []
    for drill in anew:
        say(f"{drills[drill].name}:")
        pain += [(drill, felt) for felt in ask_feelings("Did anything hurt?", coach.TAKEN_FOR)]
        signs += [(drill, sign) for sign in ask_signs()]
        too_much += [drill] if click.confirm("Was it too much?", default=False) else []
    return coach.SessionAnswers(
        effort=effort,
        discomfort=discomfort,
        pain=tuple(pain),
        signs=tuple(signs),
        too_much=tuple(too_much),
    )
