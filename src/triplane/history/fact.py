"""The fact: one line of the journal, and the list of kinds it may hold."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, model_validator

from triplane.history.about import (
    AboutRunner,
    DayChanged,
    DisclaimerAccepted,
    EquipmentListed,
    RaceEntered,
    RunRecorded,
    WeekDescribed,
)
from triplane.history.plan_facts import PlanIssued
from triplane.history.range_facts import MeasurementTaken
from triplane.history.safety import (
    ClearanceRecorded,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
)
from triplane.history.training import CheckinAnswered, DefaultChanged, NoteWritten, SessionLogged
from triplane.value import Value

KINDS: dict[str, type[Value]] = {
    "disclaimer_accepted": DisclaimerAccepted,
    "screening_answered": ScreeningAnswered,
    "readiness_answered": ReadinessAnswered,
    "clearance_recorded": ClearanceRecorded,
    "restriction_tightened": RestrictionTightened,
    "about_runner": AboutRunner,
    "equipment_listed": EquipmentListed,
    "week_described": WeekDescribed,
    "day_changed": DayChanged,
    "race_entered": RaceEntered,
    "run_recorded": RunRecorded,
    "measurement_taken": MeasurementTaken,
    "plan_issued": PlanIssued,
    "session_logged": SessionLogged,
    "checkin_answered": CheckinAnswered,
    "default_changed": DefaultChanged,
    "note_written": NoteWritten,
}
KIND_OF = {model: kind for kind, model in KINDS.items()}


class Fact(Value):
    """Something that happened or was said, with when, where, by whom and why.

    ``occurred_at`` and ``recorded_at`` are instants (UTC-aware); ``local_date`` and ``zone`` are the
    runner's own. ``origin_key`` is unique per runner and makes handing in twice harmless. ``seq`` is
    given by the journal; 0 means not yet recorded. ``supersedes`` is the id of the fact it corrects.
    """

    seq: int = 0
    id: Annotated[str, Field(min_length=1)]
    runner: Annotated[str, Field(min_length=1)]
    kind: str
    version: int = 1
    occurred_at: datetime
    recorded_at: datetime
    local_date: date
    zone: str
    author: str = "runner"
    reason: str = ""
    supersedes: str | None = None
    origin_key: str
    body: Value

    @model_validator(mode="before")
    @classmethod
    def _body_of_kind(cls, raw: Any) -> Any:
        """Read the body as the value that ``kind`` names."""
        if isinstance(raw, dict) and isinstance(raw.get("body"), dict):
            kind = raw.get("kind")
            if kind not in KINDS:
                raise ValueError(f"unknown kind of fact {kind!r}")
            return {**raw, "body": KINDS[kind].model_validate(raw["body"])}
        return raw

    @model_validator(mode="after")
    def _instants_are_aware(self) -> "Fact":
        if self.occurred_at.tzinfo is None or self.recorded_at.tzinfo is None:
            raise ValueError("instants carry a time zone")
        return self
