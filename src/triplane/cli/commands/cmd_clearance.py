"""``triplane clearance``: what safety says, and a professional's word that loosens it."""

import click

from triplane import coach
from triplane.cli.answers import read_date
from triplane.cli.shell import Shell, choices, say, say_changes, show_json, triplane_command
from triplane.cli.terminal import to_type
from triplane.errors import UserError
from triplane.history import ClearedBy


@triplane_command("triplane clearance H09 --who 'A. Example' --role physiotherapist --until 2027-06-30")
@click.argument("scope", nargs=-1)
@click.option("--who", help="Name of the professional.")
@click.option("--role", type=choices(ClearedBy), help="As physician, physiotherapist, surgeon.")
@click.option("--given", metavar="DATE", help="Day it was given (today).")
@click.option("--until", metavar="DATE", help="Last day it holds.")
def command(
    shell: Shell,
    as_json: bool,
    scope: tuple[str, ...],
    who: str | None,
    role: ClearedBy | None,
    given: str | None,
    until: str | None,
) -> None:
    """Show what safety says, or record that a professional clears SCOPE.

    SCOPE names questions (H09), restriction tags (fai), or one drill under a tag (fai:mob_9090_switch).
    """
    practice = shell.practice
    if not scope:
        if who or role or given or until:
            raise UserError("name what is cleared: a question, a restriction tag or tag:drill, as H09")
        _show(shell, as_json)
        return
    if not who or role is None:
        raise UserError("say who clears it and in which role: --who NAME --role physiotherapist")
    day = read_date(given) if given else practice.now.date()
    last = read_date(until) if until else None
    word = coach.clearance_word(practice.history(), who, role, day, scope, last, practice.now)
    practice.record(word, author="runner")
    say_changes(practice.day(), as_json)
    if not as_json:
        say(*_not_counting(coach.clearance(practice.history(), practice.now)))


def _show(shell: Shell, as_json: bool) -> None:
    practice = shell.practice
    found = coach.clearance(practice.history(), practice.now)
    if as_json:
        show_json(found)
        return
    level = "Nothing holds you back." if found.level == "none" else found.level
    say(
        f"[bold]{level}[/]",
        *(f"{entry.origin}: {entry.says}" for entry in found.messages),
    )
    say(*_not_counting(found))
    say(*(_held(held) for held in found.tags))
    if found.clearance_ends_on:
        say(f"The first clearance in use holds until {found.clearance_ends_on:%d %B %Y}; renew it before.")
    if found.short_due_on and found.blocked_from:
        say(
            f"The short safety questions are due on {found.short_due_on:%d %B %Y}; "
            f"unanswered they stop the plan from {found.blocked_from:%d %B %Y}."
        )
    if found.open_questions:
        open_ones = ", ".join(found.open_questions)
        say(f"Open questions: {open_ones}. Answer them with: {to_type('start --safety')}")


def _held(held: "coach.TagHeld") -> str:
    """Say a restriction by its name; its tag, by which it may be cleared, stands behind."""
    name = coach.tag_name(held.tag)
    since = f"since {held.since:%d %B %Y} (tag {held.tag}, from {held.origin})"
    return f"{name[0].upper()}{name[1:]}, {since}. {held.note}"


def _not_counting(found: "coach.Clearance") -> list[str]:
    """Say of every clearance on record that does not count why that is."""
    return [f"{entry.origin}: {entry.why_not_cleared}" for entry in found.messages if entry.why_not_cleared]
