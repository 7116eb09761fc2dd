"""The text in which intervals.icu is told a workout: a step a line, repeats under a line of their own."""

import re
from collections.abc import Callable, Iterator

from triplane.coach import Handout, Step, StepBlock, StepKind

A_DURATION = re.compile(r"\d+\s*(?:h|m|s|km|mi|mtr|y|x|%|w|rpm|bpm|'|\")(?![A-Za-z])", re.IGNORECASE)
"""What that text takes for a duration, a distance, a repeat or a target: in a name it would be counted."""


def intervals(handout: Handout, say: Callable[[str], str]) -> str:
    """Return a session as intervals.icu's workout builder reads it, the date and the questions above it."""
    asks = " ".join(say(asked.ask) for asked in handout.asks)
    head = (say(handout.heading), say("Leave it with a yes to one of these:") + f" {asks}")
    stops = " ".join(say(word) for word in handout.stop_words)
    changed = [
        f"{say(one.drill.name)}: {' '.join(say(how) for how in one.item.how)}"
        for one in handout.drills
        if one.item.how
    ]
    body = [block for drill in handout.drills for one in drill.blocks for block in _block(one, say)]
    return "\n".join((*(_harmless(line) for line in (*head, stops, *changed)), "", *_spaced(body))) + "\n"


def _block(block: StepBlock, say: Callable[[str], str]) -> Iterator[list[str]]:
    lines = [_line(step, say) for step in block.steps]
    yield [f"{block.times}x", *lines] if block.times > 1 else lines


def _spaced(blocks: list[list[str]]) -> Iterator[str]:
    """A repeat needs an empty line before and after it; other steps follow each other."""
    for number, lines in enumerate(blocks):
        apart = number and (lines[0].endswith("x") or blocks[number - 1][0].endswith("x"))
        yield from ([""] if apart else [])
        yield from lines


def _line(step: Step, say: Callable[[str], str]) -> str:
    name = _harmless(say(step.name))
    side = f"{say(step.side.capitalize())} " if step.side else ""
    told = {
        StepKind.READY: say("Get ready.").rstrip("."),
        StepKind.HOLD: _harmless(say(step.says or "Hold.")).rstrip("."),
        StepKind.REPS: say(f"{step.reps} times.").rstrip("."),
        StepKind.REST: say("Rest.").rstrip("."),
    }[step.kind]
    what = told if step.kind is StepKind.REST else f"{side}{name}: {told}"
    lap = " press lap" if step.reps else ""
    return f"- {what} {_duration(step.seconds)}{lap}"


def _duration(seconds: float) -> str:
    whole = max(1, round(seconds))
    minutes, rest = divmod(whole, 60)
    return f"{minutes}m{rest}s" if minutes and rest else f"{minutes}m" if minutes else f"{rest}s"


def _harmless(text: str) -> str:
    """Words in which nothing is taken for a duration, and no line for a step."""
    plain = A_DURATION.sub(lambda found: found[0].replace(" ", "").replace("x", " times"), text)
    return re.sub(r"^[-\s]+", "", re.sub(r"(\d)(?=[a-z%'\"])", r"\1 ", plain))
