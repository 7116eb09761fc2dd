"""The fact: one line of the journal, and the list of kinds it may hold."""

import hashlib
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Annotated, Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import Field, SerializeAsAny, ValidationError, model_validator

from triplane.history.about import (
    AboutRunner,
    CalendarRead,
    CalendarWords,
    DayChanged,
    DisclaimerAccepted,
    EquipmentListed,
    RaceEntered,
    RunnerErased,
    RunRecorded,
    SlotMoved,
    WeekDescribed,
)
from triplane.history.calendar import EARLIEST, LATEST, zone_name
from triplane.history.plan_facts import PlanIssued, PlanKept
from triplane.history.range_facts import MeasurementTaken
from triplane.history.safety import (
    ClearanceRecorded,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
)
from triplane.history.sharing import AssistantLetIn, ComparisonTaken, ConsentEnded, ConsentGiven
from triplane.history.training import (
    CheckinAnswered,
    DefaultChanged,
    DrillChosen,
    NoteWritten,
    PreferencesChosen,
    SessionLogged,
)
from triplane.history.upgrades import KIND_VERSION, upgraded
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
    "slot_moved": SlotMoved,
    "race_entered": RaceEntered,
    "calendar_read": CalendarRead,
    "calendar_words": CalendarWords,
    "run_recorded": RunRecorded,
    "measurement_taken": MeasurementTaken,
    "plan_issued": PlanIssued,
    "plan_kept": PlanKept,
    "session_logged": SessionLogged,
    "checkin_answered": CheckinAnswered,
    "default_changed": DefaultChanged,
    "drill_chosen": DrillChosen,
    "preferences_chosen": PreferencesChosen,
    "note_written": NoteWritten,
    "consent_given": ConsentGiven,
    "assistant_let_in": AssistantLetIn,
    "consent_ended": ConsentEnded,
    "comparison_taken": ComparisonTaken,
    "runner_erased": RunnerErased,
}
KIND_OF = {model: kind for kind, model in KINDS.items()}

CLOCKS_APART = timedelta(days=1)
"""What happened is not told of before it happened; two clocks may differ by this much. Ours."""

A_DAY = timedelta(days=1)
FIRST, BEYOND = datetime(EARLIEST, 1, 1, tzinfo=UTC), datetime(LATEST + 1, 1, 1, tzinfo=UTC)


AUTHOR = "coach:"
"""Begins the author of what somebody else did with a runner's facts; the account's name follows."""


class Fact(Value):
    """Something that happened or was said, with when, where, by whom and why.

    ``occurred_at`` and ``recorded_at`` are instants (UTC-aware); ``local_date`` and ``zone`` are the
    runner's own. ``origin_key`` is unique per runner and makes handing in twice harmless. ``seq`` is
    given by the journal; 0 means not yet recorded. ``supersedes`` is the id of the fact it corrects.
    ``id`` follows from runner and origin key. A body of an older version is brought up to date here,
    wherever it was read from.
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

    @property
    def is_by_another(self) -> bool:
        """Whether somebody whom the runner let in recorded it."""
        return self.author.startswith(AUTHOR)

    @model_validator(mode="before")
    @classmethod
    def _body_of_kind(cls, raw: Any) -> Any:
        """Read the body as the value that ``kind`` names, in its present shape."""
        if not isinstance(raw, dict) or not isinstance(raw.get("body"), dict):
            return raw
        kind = raw.get("kind")
        if not isinstance(kind, str) or kind not in KINDS:
            raise ValueError(
                f"a kind of fact ({kind!r:.60}) that this Triplane does not know; update Triplane"
            )
        body = upgraded(kind, raw.get("version", 1), raw["body"])
        try:
            read = KINDS[kind].model_validate(body)
        except ValidationError as error:
            detail = error.errors()[0]
            raise ValueError(f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}") from error
        return {**raw, "version": KIND_VERSION.get(kind, 1), "body": read}

    @model_validator(mode="after")
    def _can_be_true(self) -> "Fact":
        if KIND_OF.get(type(self.body)) != self.kind or self.version != KIND_VERSION.get(self.kind, 1):
            raise ValueError("the body is of another kind or version")
        if self.id != id_of(self.runner, self.origin_key):
            raise ValueError("the id does not follow from runner and origin key")
        if self.supersedes == self.id:
            raise ValueError("a fact cannot correct itself")
        self._check_instants()
        return self

    def _check_instants(self) -> None:
        if self.occurred_at.tzinfo is None or self.recorded_at.tzinfo is None:
            raise ValueError("instants carry a time zone")
        for at in (self.occurred_at, self.recorded_at):
            # The first and last hours of all years lie in another year elsewhere, and are kept in UTC.
            if not (EARLIEST < at.year < LATEST or FIRST <= at < BEYOND):
                raise ValueError(f"instants lie between the years {EARLIEST} and {LATEST}")
        if self.occurred_at > self.recorded_at and self.occurred_at - self.recorded_at > CLOCKS_APART:
            raise ValueError("it was recorded before it happened")
        if not is_zone(self.zone):
            raise ValueError(f"there is no time zone called {self.zone!r:.60}")
        # A day of play: zones are redrawn now and then, and what was written stays readable.
        on = (self.occurred_at.astimezone(UTC) if self.occurred_at.utcoffset() else self.occurred_at).date()
        if self.local_date != on and abs(self.local_date - on) > A_DAY:
            raise ValueError("the local date is not the date of the instant")


@lru_cache(maxsize=64)
def is_zone(name: str) -> bool:
    """Say whether there is a time zone of this name."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True


def id_of(runner: str, origin_key: str) -> str:
    """Return the id of a fact: the same wherever it is made."""
    return hashlib.sha256(f"{runner}\n{origin_key}".encode()).hexdigest()[:24]


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
        id=id_of(runner, key),
        runner=runner,
        kind=kind,
        version=KIND_VERSION.get(kind, 1),
        occurred_at=happened,
        recorded_at=now,
        local_date=happened.astimezone(now.tzinfo).date(),
        zone=zone_name(now),
        author=author,
        reason=reason,
        supersedes=supersedes,
        origin_key=key,
        body=body,
    )
