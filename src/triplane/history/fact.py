"""The fact: one line of the journal, and the list of kinds it may hold."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import Field, SerializeAsAny, model_validator

from triplane.history.about import (
    AboutRunner,
    DayChanged,
    DisclaimerAccepted,
    EquipmentListed,
    RaceEntered,
    RunnerErased,
    RunRecorded,
    WeekDescribed,
)
from triplane.history.plan_facts import PlanIssued, PlanKept
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
    "plan_kept": PlanKept,
    "session_logged": SessionLogged,
    "checkin_answered": CheckinAnswered,
    "default_changed": DefaultChanged,
    "note_written": NoteWritten,
    "runner_erased": RunnerErased,
}
KIND_OF = {model: kind for kind, model in KINDS.items()}

KIND_VERSION: dict[str, int] = {}
"""Current version of a kind whose shape has changed since 1; all others are at 1."""

UPGRADES: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""For (kind, old version): the small pure step that brings a body one version on."""


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
    body: SerializeAsAny[Value]

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


def record(
    body: Value,
    runner: str,
    now: datetime,
    *,
    occurred_at: datetime | None = None,
    author: str = "runner",
    reason: str = "",
    supersedes: str | None = None,
    origin_key: str = "",
) -> Fact:
    """Make a fact that may be appended. ``now`` is aware and in the runner's own zone.

    Without ``origin_key`` the same body at the same instant is the same fact. The id follows from
    runner and origin key, so that it is the same wherever the fact is made.
    """
    happened = occurred_at or now
    kind = KIND_OF[type(body)]
    digest = hashlib.sha256(body.model_dump_json().encode()).hexdigest()[:16]
    key = origin_key or f"{kind}:{happened.isoformat()}:{digest}"
    return Fact(
        id=hashlib.sha256(f"{runner}\n{key}".encode()).hexdigest()[:24],
        runner=runner,
        kind=kind,
        version=KIND_VERSION.get(kind, 1),
        occurred_at=happened,
        recorded_at=now,
        local_date=happened.astimezone(now.tzinfo).date(),
        zone=str(now.tzinfo),
        author=author,
        reason=reason,
        supersedes=supersedes,
        origin_key=key,
        body=body,
    )
