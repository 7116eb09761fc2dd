"""``triplane words``: by which words the entries of a calendar are known, ours and your own."""

from pathlib import Path

import click

from triplane import coach
from triplane.bootstrap.importing import calendar_seen, read_file
from triplane.cli.shell import Shell, plain, say, show_json, show_table, triplane_command
from triplane.errors import UserError
from triplane.history import CalendarEntry, CalendarWords, History, RunKind


@triplane_command("triplane words race --add kermesse --remove 10k")
@click.argument("kind", metavar="[LIST]", required=False)
@click.option("--add", multiple=True, metavar="WORD", help="Put a word into the list; as often as you like.")
@click.option("--remove", multiple=True, metavar="WORD", help="Take a word out of it.")
@click.option("--restore", is_flag=True, help="Ours again: the list, or all of them.")
@click.option(
    "--try",
    "tried",
    type=click.Path(path_type=Path, readable=False),
    help="Show what a calendar (.ics) would become by them. Nothing is recorded.",
)
def command(
    shell: Shell,
    as_json: bool,
    kind: str | None,
    add: tuple[str, ...],
    remove: tuple[str, ...],
    restore: bool,
    tried: Path | None,
) -> None:
    """Show, change or try the words by which entries of a calendar are known.

    LIST is none, training, race, interval, tempo, long, run or gym; the first of them that finds a word in
    an entry's title or categories says what it is. Bring a calendar in again for new words to count.
    """
    practice = shell.practice
    if (add or remove) and (restore or not kind):
        raise UserError("name one list and what to --add to it or --remove from it, or --restore it")

    def told(history: History) -> CalendarWords:
        if restore:
            return coach.restored_words(history, kind or "")
        return coach.changed_words(history, kind, add=add, remove=remove) if kind else here(history)

    here = coach.calendar_words
    if tried is not None:
        _show_tried(shell, told(practice.history()), tried, as_json)
        return
    if add or remove or restore:
        practice.decide(lambda history, now: () if told(history) == here(history) else (told(history),))
    _show(here(practice.history()), kind, as_json)


def _show(words: CalendarWords, kind: str | None, as_json: bool) -> None:
    lists = [one for one in coach.word_lists(words) if kind in (None, one.kind)]
    if as_json:
        show_json(lists)
        return
    rows = [(one.kind, ", ".join(one.ours), ", ".join(one.own), ", ".join(one.out)) for one in lists]
    show_table("Words of your calendar", ("list", "ours", "your own", "taken out"), rows)


def _show_tried(shell: Shell, words: CalendarWords, file: Path, as_json: bool) -> None:
    found = calendar_seen(read_file(file), file.name, words, shell.practice.now)
    if as_json:
        show_json({"entries": found.entries, "titles": found.titles, "skipped": found.skipped})
        return
    rows = [
        (f"{one.starts_at:%a %d %b %H:%M}", _what(one), found.titles.get(one.uid, ""))
        for one in found.entries
    ]
    show_table("What it would become", ("when", "what", "title"), rows)
    say(*(f"left out: {plain(what)} ({why})" for what, why in found.skipped))


def _what(entry: CalendarEntry) -> str:
    if entry.is_gym or entry.run is RunKind.RACE:
        return "gym" if entry.is_gym else "race"
    return f"{entry.run} run" if entry.run else "run"
