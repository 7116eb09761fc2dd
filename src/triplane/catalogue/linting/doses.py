"""Rules for doses."""

from collections.abc import Iterator

from triplane.catalogue.drill import Dose
from triplane.catalogue.linting.book import Book
from triplane.errors import Problem

HUMANE: dict[str, tuple[float, float]] = {
    "reps": (1, 30),
    "spots": (1, 4),
    "hold_s": (0, 60),
    "rest_s": (0, 120),
    "effort_pct": (10, 100),
    "reps_in_reserve": (0, 5),
}
"""What no drill of this catalogue should leave; coach_default, after the dose bands E06 to E10 and E33."""

REP_S = (1, 120)
WORK_MIN = 10
"""Seconds that one repetition, and minutes that one side of a placement, may last (coach_default)."""


def doses_are_humane(book: Book) -> Iterator[Problem]:
    """A slip of the pen must not become an order to hold for ten minutes."""
    for file, drill in book.files():
        for where, span in _spans(drill.dose):
            low, high = HUMANE[where]
            if span[0] < low or span[1] > high:
                value = f"[{span[0]:g}, {span[1]:g}]"
                yield Problem(
                    file, f"dose.{where}", value, f"leaves {low:g} to {high:g}", "is the unit right?"
                )
        yield from _whole_numbers(file, drill.dose)
        yield from _lengths(file, drill.dose)


def phases_lead_to_poses_that_are_there(book: Book) -> Iterator[Problem]:
    """The figure goes where the words of a phase send it."""
    for file, drill in book.files():
        keys = {pose.key for pose in drill.pose}
        for phase in drill.dose.phases:
            if phase.pose and phase.pose not in keys:
                hint = f"the poses are {', '.join(sorted(keys))}"
                yield Problem(file, "dose.phases.pose", phase.pose, "is no key pose of this drill", hint)


def _spans(dose: Dose) -> Iterator[tuple[str, tuple[float, float]]]:
    for where in HUMANE:
        span = getattr(dose, where)
        if span is not None:
            yield where, span


def _whole_numbers(file: str, dose: Dose) -> Iterator[Problem]:
    for where in ("sets", "reps", "spots"):
        span = getattr(dose, where) or (1, 1)
        if any(end != int(end) for end in span):
            yield Problem(
                file, f"dose.{where}", f"{span[0]:g} to {span[1]:g}", "cannot be counted", "use whole numbers"
            )


def _lengths(file: str, dose: Dose) -> Iterator[Problem]:
    low, high = dose.rep_s
    if low < REP_S[0] or high > REP_S[1]:
        hint = f"a repetition lasts {REP_S[0]} to {REP_S[1]} s"
        yield Problem(file, "dose", f"{low:g} to {high:g} s", "is no length for a repetition", hint)
    spots = dose.spots[1] if dose.spots else 1
    minutes = dose.sets[1] * dose.reps[1] * spots * high / 60
    if minutes > WORK_MIN:
        yield Problem(
            file, "dose", f"{minutes:.1f} min", "is too much for one side", f"at most {WORK_MIN} min of work"
        )
