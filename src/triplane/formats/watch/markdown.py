"""Sessions as Markdown: for every program that shows text, and for whoever reads it as it stands."""

import re
from collections.abc import Callable, Iterator, Sequence

from triplane.coach import Handout, HandoutDrill

Say = Callable[[str], str]


def markdown(handouts: Sequence[Handout], say: Say) -> str:
    """Return one session or several, each drill in full with a box to tick for every set."""
    first = handouts[0]
    lines = [f"# {say('Your hips')}", "", f"**{_plain(say(first.heading))}**", ""]
    lines += [say("Leave it with a yes to one of these:"), ""]
    lines += [f"- {_plain(say(asked.ask))}" for asked in first.asks]
    lines += ["", f"**{say('When to stop')}**", ""]
    lines += [f"- {_plain(say(word))}" for word in first.stop_words]
    for handout in handouts:
        begins = f"{handout.slot.starts_at:%A %d %B %Y, %H:%M}"
        lines += ["", f"## {say(begins)} ({handout.session.minutes:.0f} min)", ""]
        for number, one in enumerate(handout.drills, start=1):
            lines += _drill(number, one, say)
    return "\n".join(lines).rstrip() + "\n"


def _drill(number: int, one: HandoutDrill, say: Say) -> Iterator[str]:
    drill = one.drill
    yield from (f"### {number}. {_plain(say(drill.name))}", "", f"{_plain(say(one.dose))}", "")
    yield from (f"**{_plain(say(how))}**" for how in one.item.how)
    yield from (f"- {_plain(say(line))}" for line in drill.setup)
    yield ""
    yield from (f"{place}. {_plain(say(line))}" for place, line in enumerate(drill.steps, start=1))
    yield from ("", f"{say('What you should feel')}: {_plain(say(drill.feel))}", "")
    yield from (f"{say('Stop')}: {_plain(say(line))}" for line in drill.stop)
    yield ""
    for side, dose in (("left", one.item.left), ("right", one.item.right)):
        if dose:
            yield f"- {say(side.capitalize())}: " + " ".join(["[ ]"] * dose.sets)
    yield ""


def _plain(text: str) -> str:
    """Words that no program takes for marks."""
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
