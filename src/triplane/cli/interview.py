"""Questions in the terminal: safety one at a time, then about you, equipment, minutes and week."""

from collections.abc import Iterable
from datetime import time

import click

from triplane import coach
from triplane.cli.answers import FiniteRange
from triplane.cli.shell import plain, say
from triplane.history import (
    AboutRunner,
    Answer,
    DayPattern,
    Equipment,
    EquipmentListed,
    PlannedRun,
    RunKind,
    Sex,
    Weekday,
    WeekDescribed,
)


def ask_disclaimer() -> bool:
    """Show what this is and is not; return whether the runner takes it."""
    text = coach.disclaimer()
    say(f"[bold]{text.title}[/]", *text.says)
    return click.confirm(text.ask, default=False)


def ask_questions(names: Iterable[str], answers: dict[str, Answer]) -> Iterable[dict[str, Answer]]:
    """Ask the named safety questions, and yield the answers so far after each one.

    A name like ``H09.since_weeks`` asks only that follow-up of a yes given before.
    """
    asked = tuple(names)
    for number, name in enumerate(asked, start=1):
        asked_before, _, key = name.partition(".")
        question = coach.question(asked_before)
        if key:
            say(f"({number}/{len(asked)}) You said yes to: {question.ask}")
            _follow_up(question, (one for one in question.follow_up if one.key == key), answers)
            yield answers
            continue
        yes = click.confirm(f"({number}/{len(asked)}) {question.ask}", default=None)
        answers[name] = yes
        if yes:
            _follow_up(question, question.follow_up, answers)
        yield answers


def _follow_up(
    question: "coach.Question", follow_ups: Iterable["coach.FollowUp"], answers: dict[str, Answer]
) -> None:
    """Ask what belongs to a yes, but for what the answers so far leave out, and note what is said."""
    for follow in follow_ups:
        if question.leaves_out(follow, answers):
            continue
        said = _ask_follow_up(follow)
        if said is not None:
            answers[f"{question.id}.{follow.key}"] = said


def ask_readiness(names: Iterable[str]) -> dict[str, Answer]:
    """Ask the short questions before a session."""
    return {name: click.confirm(coach.readiness_question(name).ask, default=False) for name in names}


def ask_about() -> AboutRunner:
    """Ask who runs; enter leaves a thing unknown."""
    return AboutRunner(
        age_years=_ask_number("How old are you", 10, 100, whole=True),
        sex=Sex(
            click.prompt("Sex, for norms only", type=click.Choice([str(s) for s in Sex]), default="both")
        ),
        stature_m=_in_metres(_ask_number("Height in centimetres", 120, 230)),
        mass_kg=_ask_number("Weight in kilograms", 30, 250),
        sitting_h_per_day=_ask_number("Hours a day you sit", 0, 24),
    )


def ask_equipment() -> EquipmentListed:
    """Ask for what is at hand, by number or by name."""
    words = list(Equipment)
    say("What is at hand?", "  ".join(f"{n} {word}" for n, word in enumerate(words, start=1)))
    while True:
        text = click.prompt("Numbers or names with commas (enter for none)", default="", show_default=False)
        try:
            return EquipmentListed(equipment=_named(text, words))
        except ValueError as error:
            say(f"{plain(error)}; please once more.")


def ask_week() -> WeekDescribed:
    """Ask for the minutes and the usual week, day by day."""
    weekly = click.prompt("Minutes a week for your hips", type=FiniteRange(10, 1000), default=75.0)
    longest = click.prompt("Longest session in minutes", type=FiniteRange(3, 180), default=25.0)
    home = click.prompt("When does a home session suit you (HH:MM)", value_proc=_read_time, default="18:00")
    return WeekDescribed(
        days=_ask_days(), weekly_minutes=weekly, max_session_minutes=longest, home_session_at=home
    )


def _ask_days() -> dict[Weekday, DayPattern]:
    """Ask for each weekday, and once more where no run was told and that is not right."""
    while True:
        days = {day: _ask_day(day.plain_name) for day in Weekday}
        has_runs = any(pattern.runs for pattern in days.values())
        if has_runs or click.confirm("No run told: is that right?", default=True):
            return days
        say("Then once more, day by day.")


def _ask_day(name: str) -> DayPattern:
    desk = click.confirm(f"{name}: at a desk?", default=name not in ("Saturday", "Sunday"))
    if not click.confirm(f"{name}: a run?", default=False):
        return DayPattern(desk=desk)
    at = click.prompt("  At (HH:MM)", value_proc=_read_time, default="07:00")
    minutes = click.prompt("  Minutes", type=FiniteRange(5, 1440), default=45.0)
    words = ["not sure", *RunKind]
    kind = click.prompt("  Kind", type=click.Choice([str(w) for w in words]), default="not sure")
    run = PlannedRun(at=at, minutes=minutes, kind=None if kind == "not sure" else RunKind(kind))
    return DayPattern(runs=(run,), desk=desk)


def _ask_follow_up(follow: "coach.FollowUp") -> Answer | None:
    """Ask one thing further; only what is optional may be left open."""
    if follow.optional:
        return _ask_number(f"    {follow.ask}", follow.low, follow.high, or_enter="I do not know")
    if follow.kind == "yes_no":
        return click.confirm(f"    {follow.ask}", default=None)
    if follow.kind == "number":
        unit = f" ({follow.unit})" if follow.unit else ""
        number = click.prompt(f"    {follow.ask}{unit}", type=FiniteRange(follow.low, follow.high))
        return float(number)
    for entry in follow.choice:
        say(f"      {entry.id}: {entry.say}")
    ids = [entry.id for entry in follow.choice]
    if follow.kind == "choice":
        return str(click.prompt(f"    {follow.ask}", type=click.Choice(ids)))
    return _ask_several(f"    {follow.ask} (with commas)", ids)


def _ask_several(question: str, ids: list[str]) -> tuple[str, ...]:
    """Ask for words of a list until there is one and all of them are on it: nothing is swallowed."""
    while True:
        text = click.prompt(question)
        named = [part.strip().lower().replace(" ", "_") for part in text.split(",") if part.strip()]
        unknown = [word for word in named if word not in ids]
        if named and not unknown:
            return tuple(named)
        say(f"{plain(', '.join(unknown))}: not on the list. The words are {', '.join(ids)}.")


def _ask_number(
    question: str, low: float, high: float, *, whole: bool = False, or_enter: str = "rather not say"
) -> float | None:
    while True:
        text = click.prompt(f"{question} (enter for: {or_enter})", default="", show_default=False)
        if not text:
            return None
        try:
            number = int(text) if whole else float(text)
        except ValueError:
            number = low - 1
        if low <= number <= high:
            return number
        say(f"Write a number from {low:g} to {high:g}, or press enter.")


def _in_metres(centimetres: float | None) -> float | None:
    return None if centimetres is None else centimetres / 100


def _named(text: str, words: list[Equipment]) -> frozenset[Equipment]:
    return frozenset(_word(part, words) for part in text.split(",") if part.strip())


def _word(text: str, words: list[Equipment]) -> Equipment:
    wanted = text.strip().lower().replace(" ", "_").replace("-", "_")
    if wanted.isdigit() and 1 <= int(wanted) <= len(words):
        return words[int(wanted) - 1]
    if wanted not in [str(word) for word in words]:
        raise ValueError(f"{text.strip()} is not on the list")
    return Equipment(wanted)


def _read_time(text: str) -> time:
    try:
        return time.fromisoformat(text if len(text.partition(":")[0]) > 1 else f"0{text}")
    except ValueError as error:
        raise click.BadParameter("write it as 07:30") from error
