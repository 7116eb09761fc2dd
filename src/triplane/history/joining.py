"""What an archive may add to a runner who is known already: nothing that could loosen safety."""

from collections.abc import Sequence

from triplane.history.about import (
    CalendarRead,
    CalendarWords,
    DayChanged,
    EquipmentListed,
    RaceEntered,
    RunnerErased,
    RunRecorded,
    WeekDescribed,
)
from triplane.history.fact import KIND_OF, Fact
from triplane.history.history import History
from triplane.history.range_facts import MeasurementTaken
from triplane.history.safety import RestrictionTightened
from triplane.history.training import CheckinAnswered, NoteWritten, PreferencesChosen, SessionLogged

JOINS = frozenset(
    KIND_OF[body]
    for body in (
        CalendarRead, CalendarWords, CheckinAnswered, DayChanged, EquipmentListed, MeasurementTaken,
        NoteWritten,
        PreferencesChosen, RaceEntered, RestrictionTightened, RunRecorded, SessionLogged, WeekDescribed,
    )
)  # fmt: skip
"""Kinds that can tighten but never lift a block. A new kind stays outside until someone has shown that."""


def cannot_join(known: History, coming: Sequence[Fact]) -> Fact | None:
    """Return the first fact of an archive that must not come in beside what is known, or ``None``.

    A runner without facts takes everything: an archive is then the whole record. A runner who has some
    takes what is new only where no answer, clearance, default or plan comes with it and no fact that is
    there falls silent.
    """
    if all(fact.kind == KIND_OF[RunnerErased] for fact in known.facts):
        return None
    here = {fact.id for fact in known.facts}
    new = [fact for fact in coming if fact.id not in here]
    ids = {fact.id for fact in new}
    for fact in new:
        silences = fact.supersedes is not None and fact.supersedes not in ids
        if silences or fact.kind not in JOINS:
            return fact
    return None
