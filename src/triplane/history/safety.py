"""Facts that safety rests on: screening answers, readiness, clearances."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.history.calendar import Day
from triplane.value import Value

Answer = bool | int | float | str | tuple[str, ...]
"""What a question gets: yes or no, a number, a choice, or several choices."""


class ScreeningAnswered(Value):
    """Answers by question id; a follow-up is answered under its own id, as ``H02.since_weeks``."""

    answers: dict[str, Answer]
    short: bool = False


class ReadinessAnswered(Value):
    """The questions before a session (ill, new pain, fall, new medicine, pregnancy), by id."""

    answers: dict[str, Answer]


class ClearedBy(StrEnum):
    """Who may clear; a coach may tighten but not loosen."""

    PHYSICIAN = "physician"
    PHYSIOTHERAPIST = "physiotherapist"
    SURGEON = "surgeon"
    MIDWIFE_OR_OBSTETRICIAN = "midwife_or_obstetrician"


class ClearanceRecorded(Value):
    """A professional's word that a block or a restriction may be loosened.

    ``scope`` names question ids whose REFER, URGENT or EMERGENCY is lifted (then the question's
    restriction tags stay), restriction tags that end, or ``tag:drill_id`` entries that allow one drill.
    """

    who: Annotated[str, Field(min_length=1, max_length=120)]
    role: ClearedBy
    given_on: Day
    scope: Annotated[tuple[str, ...], Field(min_length=1)]
    expires_on: Day | None = None
    withdrawn: bool = False


class RestrictionTightened(Value):
    """A coach or the runner adds a restriction tag; ``ends_on`` missing means until cleared."""

    tag: str
    ends_on: Day | None = None
