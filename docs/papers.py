"""Fill in the tables of the papers from the data files, between their marks: ``make docs``."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import agreement
import by_camera
import eyes
import grid

from triplane import assessment, evidence, screening
from triplane.coach.sharing import MAY, Viewer
from triplane.formats import all_formats
from triplane.formats.archive import SHARED, TABLES
from triplane.formats.motion import motion_formats
from triplane.history import Deed
from triplane.screening import SafetyLevel, TagRule
from triplane.web.server.access import NAMES, Opens

DOCS = Path(__file__).parent
ROOT = DOCS.parent

CHANGES = {
    "breaking": "Breaking",
    "drill": "Drills",
    "assessment": "Assessment",
    "coach": "The coach",
    "format": "File formats",
    "fix": "Mended",
}
"""Kinds of changelog fragments, in the order they are read."""


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [f"| {' | '.join(heads)} |", f"|{'---|' * len(heads)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def levels() -> str:
    """Every safety level, mildest first, with what it means for drills and tests."""
    words = screening.words()
    rows = (
        (
            f"`{level}`",
            words.titles[level],
            "nothing" if level.blocks else "a plan",
            "a professional's clearance" if level.needs_professional else "an answer" if level.blocks else "",
        )
        for level in SafetyLevel
    )
    return table(("level", "what the runner reads", "what is offered", "what opens it again"), rows)


def questions() -> str:
    """Every safety question with what its answers may lead to."""
    rows = (
        (
            f"`{question.id}`",
            question.ask,
            ", ".join(dict.fromkeys(f"{outcome.level}" for outcome in question.leads_to)),
            _codes(dict.fromkeys(tag for outcome in question.leads_to for tag in outcome.tags)),
        )
        for question in screening.questions().values()
    )
    return table(("id", "question", "may lead to", "tags"), rows)


def readiness() -> str:
    """The questions before every session."""
    rows = (
        (one.ask, one.says, _codes(one.reopens))
        for one in sorted(screening.readiness_questions().values(), key=lambda one: one.order)
    )
    return table(("before every session", "what follows a yes", "asks again"), rows)


def signs() -> str:
    """What follows a sign that is reported while training, measuring or on the morning after."""
    rows = (
        (name.replace("_", " "), one.says, _codes((*one.tags, *one.reopens)))
        for name, one in screening.sign_rules().items()
    )
    return table(("sign", "what follows", "tags and questions"), rows)


def stops() -> str:
    """When to stop at once."""
    return "\n".join(f"- {says}" for says in screening.words().stop_during_session)


def tags() -> str:
    """Every restriction tag with what it takes away and limits."""
    rows = (
        (
            f"`{tag}`",
            rule.name,
            "; ".join(_taken_away(rule)),
            "; ".join(_limited(rule)),
            rule.until or rule.ends,
        )
        for tag, rule in screening.tag_rules().items()
    )
    return table(("tag", "for", "takes away", "limits", "until"), rows)


def _taken_away(rule: TagRule) -> Iterable[str]:
    if rule.blocks:
        yield "everything"
    if rule.whitelist:
        yield "every drill without an entry for this tag"
    if rule.exclude_stages:
        yield "stages " + ", ".join(str(int(stage)) for stage in rule.exclude_stages)
    if rule.exclude_stage2:
        yield "end-range " + ", ".join(direction.plain_name for direction in rule.exclude_stage2)
    if rule.exclude_ids:
        yield _codes(rule.exclude_ids)
    if rule.exclude_positions:
        kept = f", but {_codes(rule.keep)} stay" if rule.keep else ""
        yield ", ".join(p.replace("_", " ") for p in rule.exclude_positions) + kept
    if rule.exclude_impact:
        yield "impact"
    if rule.exclude_strained:
        yield "drills for the strained muscle"


def _limited(rule: TagRule) -> Iterable[str]:
    for name, value in rule.limits.model_dump(exclude_defaults=True).items():
        said = name.replace("_", " ")
        if value is True:
            yield said
        elif isinstance(value, tuple | list):
            yield said + ": " + ", ".join(str(entry).replace("_", " ") for entry in value)
        else:
            yield f"{said} {value:g}"
    yield from dict.fromkeys(advice.how for advice in rule.advice)


def battery() -> str:
    """Every test of the battery with its methods and their errors."""
    rows = (
        (
            f"`{test.id}`",
            f"{test.plain_name} ({test.handbook})",
            test.role.value,
            test.position.replace("_", " "),
            "<br>".join(
                f"{error.method}: {error.sem:g}, {error.mdc:g} {_unit(test.unit)}" for error in test.method
            ),
            "yes" if assessment.norm_rows(test.id) else "no reference",
        )
        for test in assessment.battery().values()
    )
    return table(("test", "what", "role", "position", "method: SEM, MDC", "compared with others"), rows)


def formats() -> str:
    """Every activity format that is read."""
    rows = ((f"`{one.name}`", one.title, _codes(one.suffixes)) for one in all_formats())
    return table(("format", "what", "endings"), rows)


def recordings() -> str:
    """Every format of recordings that is read."""
    rows = ((f"`{one.name}`", one.title, _codes(one.suffixes)) for one in motion_formats())
    return table(("format", "what", "endings"), rows)


def archived() -> str:
    """Every table of an archive with its columns."""
    heads = ("column", "what")
    parts = [table(("every table begins with", "what"), ((f"`{one.name}`", one.what) for one in SHARED))]
    for one in TABLES:
        parts += [
            f"`{one.name}`: {one.what}.",
            table(heads, ((f"`{own.name}`", own.what) for own in one.own)),
        ]
    return "\n\n".join(parts)


def laboratories() -> str | None:
    """How near our angles come to each laboratory's own; nothing where its recordings are not here."""
    if not agreement.is_possible():
        return None
    heads = (
        "recording",
        "frames",
        "hips from axis points, largest",
        "pelvis from axis points, largest",
        "hips from markers, rms: flexion, abduction, rotation",
    )
    return table(heads, agreement.rows())


def cameras() -> str:
    """What one camera reads of each test of the hips."""
    heads = ("test", "by camera", "bias", "SD", "readings", "error of the method: SEM, MDC")
    return table(heads, by_camera.rows())


def observed() -> str:
    """What a camera reads, from where, and how far off."""
    return table(("what", "view", "observable", "bias", "SD", "error", "n"), eyes.observed())


def seen_drills() -> str:
    """Every drill with what a camera sees of it."""
    heads = ("drill", "camera", "counted by", "faults that are seen (limit)", "faults that are asked")
    return table(heads, eyes.drills())


def tried_drills() -> str:
    """What came of every drill and lunge in all conditions."""
    heads = ("what", "sets counted exactly", "blamed wrongly", "holds off by, at most", "fault: sets found")
    return f"{grid.how_many()}\n\n{table(heads, grid.lines())}"


def sources() -> str:
    """The bibliography by how far each source was checked."""
    parts = []
    for status in evidence.Status:
        parts.append(f"### {_STATUS[status]}\n")
        parts += [
            f"- `{one.id}` {one.authors + ': ' if one.authors else ''}{one.title}. {one.where}"
            + (f" ({one.year})" if one.year else "")
            for one in evidence.sources().values()
            if one.status is status
        ]
        parts.append("")
    return "\n".join(parts).rstrip()


def rules() -> str:
    """The rule book."""
    rows = (
        (f"`{one.id}`", one.says, one.strength.value, _codes(one.sources))
        for one in evidence.rules().values()
    )
    return table(("rule", "we hold", "strength", "sources"), rows)


def may() -> str:
    """Who may do what with a runner's facts."""
    heads = ("who asks", *_DEEDS.values())
    rows = ((asks, *("yes" if deed in MAY[viewer] else "-" for deed in _DEEDS)) for asks, viewer in _ASK)
    return table(heads, rows)


def addresses() -> str:
    """Which addresses of a server are listed as open to anybody but the runner."""
    rows = ((says, _codes(sorted(NAMES[whom]))) for whom, says in _OPENS.items())
    return table(("open", "routes, by their names"), rows)


def unreleased() -> str:
    """What changed since the last release, from its fragments."""
    parts = []
    for kind, title in CHANGES.items():
        found = [path.read_text(encoding="utf-8") for path in sorted(ROOT.glob(f"changelog.d/*.{kind}.md"))]
        if found:
            parts.append(f"### {title}\n")
            parts += [line for text in found for line in _laid(text)]
            parts.append("")
    return "\n".join(parts).rstrip()


def _laid(fragment: str) -> list[str]:
    """A fragment as one entry, what it lists below it; one that only lists is several entries."""
    told, *listed = (" ".join(part.split()) for part in re.split(r"(?m)^- ", fragment))
    indent = "  " if told else ""
    return [f"- {told}"] * bool(told) + [f"{indent}- {one}" for one in listed]


_STATUS = {
    evidence.Status.FOUND: "Found: seen, mostly as an abstract or a copy",
    evidence.Status.KNOWN: "Known: from memory, still to be checked",
    evidence.Status.CALCULATED: "Calculated: our own arithmetic",
    evidence.Status.DEFAULT: "Default: a choice of ours",
}

_DEEDS = {
    Deed.LOOK: "looks",
    Deed.NOTE: "writes notes",
    Deed.TIGHTEN: "adds restrictions",
    Deed.PLAN: "changes defaults and times",
    Deed.CLEAR: "clears",
    Deed.HAND_ON: "takes table and comparison along",
    Deed.CHOOSE: "chooses drills",
    Deed.TELL: "tells, answers, plays, imports",
    Deed.TAKE_AWAY: "takes the record away",
    Deed.SHARE: "shares, ends, deletes",
}

_ASK = (
    ("nobody: not logged in", Viewer.NOBODY),
    ("the runner", Viewer.RUNNER),
    ("another runner", Viewer.NOBODY),
    ("a coach whom the runner let in", Viewer.COACH),
    ("a physiotherapist or physician whom the runner let in", Viewer.PROFESSIONAL),
    ("who assists such a coach, where the runner said yes to that", Viewer.ASSISTANT),
    ("whoever was let in once, and it ended", Viewer.ENDED),
    ("staff of the server", Viewer.NOBODY),
)

_OPENS = {
    Opens.TO_ALL: "to all; what belongs to an account asks for it itself",
    Opens.TO_WHOEVER_LOOKS: "to whoever was let in, only to look at",
    Opens.IN_THE_ROOM: "in the coach's room, also while a runner is looked at",
    Opens.ON_ONE_MACHINE: "on one machine only, to nobody on a server",
}

PARTS: Mapping[str, Callable[[], str | None]] = {
    part.__name__: part
    for part in (
        levels,
        questions,
        readiness,
        signs,
        stops,
        tags,
        battery,
        formats,
        recordings,
        archived,
        laboratories,
        cameras,
        observed,
        seen_drills,
        tried_drills,
        sources,
        rules,
        may,
        addresses,
        unreleased,
    )
}
"""Name of a mark and what fills it."""


def filled(text: str) -> str:
    """Return a paper with everything between its marks made anew."""

    def made(found: "re.Match[str]") -> str:
        name = found[1]
        part = PARTS[name]()
        if part is None:
            # What it is made of is not here: what was made elsewhere stays.
            return found[0]
        return f"<!-- begin {name}, made by make docs -->\n{part}\n<!-- end {name} -->"

    return re.sub(r"<!-- begin (\w+), made by make docs -->\n.*?<!-- end \1 -->", made, text, flags=re.DOTALL)


def papers() -> tuple[Path, ...]:
    """Return every paper that holds marks, of docs and of the front page."""
    found = [*sorted(DOCS.glob("*.md")), *sorted(ROOT.glob("*.md"))]
    return tuple(path for path in found if "made by make docs -->" in path.read_text(encoding="utf-8"))


def main() -> None:
    """Fill in every paper."""
    for path in papers():
        path.write_text(filled(path.read_text(encoding="utf-8")), encoding="utf-8")


def _codes(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _unit(unit: str) -> str:
    return {"deg": "°"}.get(unit, unit)


if __name__ == "__main__":
    main()
