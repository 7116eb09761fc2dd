"""Rules for what a drill is marked with: exposures, restrictions, contexts, equipment, lunge cell."""

from collections import Counter
from collections.abc import Iterator

from triplane.catalogue.drill import Drill
from triplane.catalogue.linting.book import Book
from triplane.catalogue.vocabulary import Stage, Tag, Verdict
from triplane.errors import Problem
from triplane.history import Context, Equipment

COMFORT = (Equipment.PAD, Equipment.MAT)
BANDS = (Equipment.LOOP_BAND, Equipment.MINI_BAND)
PRE_RUN_FATIGUE = 2
"""The most tiring a drill beside a run may be (decision 3)."""


def exposures_are_sound(book: Book) -> Iterator[Problem]:
    """Minutes are counted from exposures: none twice, and a drill of stages 2 to 5 gives something."""
    for file, drill in book.files():
        counted = Counter((e.leg, e.direction, e.kind) for e in drill.exposure)
        for (leg, direction, kind), times in counted.items():
            if times > 1:
                yield Problem(
                    file, "exposure", f"{leg} {direction} {kind}", "is counted twice", "join the entries"
                )
        if drill.stage > Stage.RELEASE and not drill.exposure and not drill.aims:
            yield Problem(file, "exposure", "-", "no exposure and no aim", "say what the drill gives")


def restrictions_are_sound(book: Book) -> Iterator[Problem]:
    """One verdict to a tag and direction, and nothing is offered on a possible bone stress injury."""
    for file, drill in book.files():
        counted = Counter((entry.tag, entry.direction) for entry in drill.restriction)
        for (tag, direction), times in counted.items():
            if times > 1:
                yield Problem(
                    file,
                    "restriction",
                    f"{tag} {direction or ''}".strip(),
                    "has two verdicts",
                    "keep the strict one",
                )
        verdicts = {entry.tag: entry.verdict for entry in drill.restriction if not entry.direction}
        if verdicts.get(Tag.BSI) is not Verdict.EXCLUDE:
            yield Problem(file, "restriction", "bsi", "is not excluded", "every drill excludes bsi")


def marks_agree(book: Book) -> Iterator[Problem]:
    """Bands, holds and equipment say the same in every place."""
    for file, drill in book.files():
        for item in COMFORT:
            if item in (*drill.needs, *drill.needs_one_of):
                yield Problem(file, "needs", str(item), "is comfort, not a need", "put it under helps")
        if drill.banded and not {*BANDS} & {*drill.needs, *drill.needs_one_of}:
            yield Problem(file, "banded", "true", "but no band in needs", "add it, or drop the mark")
        if drill.held and not (drill.dose.hold_s[1] or drill.dose.phases):
            yield Problem(file, "held", "true", "but the dose holds nothing", "give hold_s or phases")
        listed = (*drill.needs, *drill.needs_one_of, *drill.helps)
        for item, times in Counter(listed).items():
            if times > 1:
                yield Problem(file, "needs", str(item), "is listed twice", "keep it in one list")


def contexts_fit_the_drill(book: Book) -> Iterator[Problem]:
    """At the desk nobody lies down (E82), and before a run nothing tires (decision 3)."""
    for file, drill in book.files():
        if Context.DESK_BREAK in drill.contexts and drill.position.is_on_the_floor:
            yield Problem(
                file, "contexts", "desk_break", f"does not fit {drill.position}", "drop the context"
            )
        if Context.PRE_RUN in drill.contexts and drill.fatigue > PRE_RUN_FATIGUE:
            yield Problem(
                file, "contexts", "pre_run", f"does not fit fatigue {drill.fatigue}", "drop the context"
            )


def lunges_name_their_cell(book: Book) -> Iterator[Problem]:
    """A lunge file is a cell of the matrix: both names or none, and no cell twice."""
    cells: dict[tuple[str, str], str] = {}
    for file, drill in book.files():
        if bool(drill.lunge_direction) is not bool(drill.lunge_reach) or _is_lunge(drill) is not bool(
            drill.lunge_reach
        ):
            hint = "give lunge_direction and lunge_reach, to lm_ drills only"
            yield Problem(file, "lunge_direction", str(drill.lunge_direction), "does not make a cell", hint)
        elif drill.lunge_direction and drill.lunge_reach:
            owner = cells.setdefault((drill.lunge_direction, drill.lunge_reach), file)
            if owner != file:
                yield Problem(
                    file, "lunge_reach", drill.lunge_reach, f"is the cell of {owner}", "one file to a cell"
                )


def _is_lunge(drill: Drill) -> bool:
    return drill.id.startswith("lm_")
