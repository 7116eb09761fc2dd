"""Read what was measured out of a FHIR bundle: what we know is taken, the rest is named with the reason.

Nothing but measurements is ever taken. Answers to safety questions, flags and plans are told here, or not at
all: no file from outside may loosen what safety holds.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, tzinfo
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import ValidationError

from triplane import coach
from triplane.body import Side
from triplane.errors import UnreadableFile
from triplane.formats.fhir.codes import (
    FACT,
    FACT_KEY,
    RUNNER,
    SITES,
    SYSTEM,
    UCUM,
    UNITS,
    measures,
    method_code,
    site_code,
)
from triplane.history import EARLIEST, MeasurementTaken, Method, record

LARGEST_BYTES = 64 * 2**20
MOST_ENTRIES = 50_000
"""Bytes and resources of one bundle. Ours."""

NAMED_SKIPS = 20
"""Measurements left out that are named; the rest of them is counted. Ours."""

NOON = time(12)
"""When something was measured of which only the day is told. Ours."""

COUNTS = ("final", "amended", "corrected")
METHODS = {method_code(one): one for one in Method}
NOT_TAKEN = {
    "QuestionnaireResponse": "answers to safety questions are given here, by the runner",
    "Flag": "what safety holds follows from what is told here",
    "CarePlan": "a plan is made here, from what is safe now",
}
OTHERWISE = "only what was measured of a hip is taken"
NO_FHIR = "it does not hold to FHIR R4B"
UNSAID = ("Patient", "CodeSystem", "Bundle")


@dataclass(frozen=True)
class Brought:
    """One measurement out of a bundle. What a bundle of ours told of its fact is there, else it is empty."""

    body: MeasurementTaken
    occurred_at: datetime
    recorded_at: datetime | None = None
    author: str = ""
    reason: str = ""
    origin_key: str = ""


@dataclass(frozen=True)
class BundleRead:
    """What a bundle held; ``runner`` is whom one of ours says it is about, ``skipped`` is (what, why)."""

    runner: str
    measurements: tuple[Brought, ...]
    skipped: tuple[tuple[str, str], ...]


class _LeftOut(Exception):
    """Why one resource is not taken, in half a sentence."""


def is_bundle(content: bytes) -> bool:
    """Whether these bytes claim to be a resource of FHIR."""
    start = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n")
    return start.startswith(b"{") and b'"resourceType"' in start


def read_bundle(content: bytes, name: str, now: datetime) -> BundleRead:
    """Return the measurements of a bundle, or of one observation; ``now`` tells zone and instant.

    Raises
    ------
    UnreadableFile
        In one sentence, where it is no bundle, too large, or about several people.
    """
    resources = _resources(content, name)
    runners = {told for one in resources if _is(one, "Patient") for told in _named(one, "identifier", RUNNER)}
    subjects = {_reference(one) for one in resources if _is(one, "Observation")} - {""}
    patients = sum(_is(one, "Patient") for one in resources)
    if len(runners) > 1 or len(subjects) > 1 or patients > 1:
        raise UnreadableFile(f"{name}: it is about several people; bring in a bundle of one")
    reading = _Reading(now)
    for one in resources:
        reading.take(one)
    return BundleRead(next(iter(runners), ""), tuple(reading.found), tuple(reading.left_out()))


def _resources(content: bytes, name: str) -> list[dict[str, Any]]:
    if len(content) > LARGEST_BYTES:
        raise UnreadableFile(f"{name}: larger than {LARGEST_BYTES // 2**20} MB; export a part of it")
    try:
        told = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise UnreadableFile(f"{name}: it claims to be FHIR and is not JSON; export it again") from error
    if not isinstance(told, dict) or not isinstance(told.get("resourceType"), str):
        raise UnreadableFile(f"{name}: this is no resource of FHIR")
    if told["resourceType"] == "Observation":
        return [told]
    entries = told.get("entry", [])
    if told["resourceType"] != "Bundle" or not isinstance(entries, list):
        raise UnreadableFile(f"{name}: a FHIR bundle or observation is read; this is neither")
    if len(entries) > MOST_ENTRIES:
        raise UnreadableFile(f"{name}: more than {MOST_ENTRIES} resources in it; export a part of it")
    found = [entry.get("resource") for entry in entries if isinstance(entry, dict)]
    return [one for one in found if isinstance(one, dict)]


@dataclass
class _Reading:
    """One bundle being read."""

    now: datetime
    found: list[Brought] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    others: Counter[tuple[str, str]] = field(default_factory=Counter)

    def take(self, one: dict[str, Any]) -> None:
        kind = one.get("resourceType")
        if kind != "Observation":
            if kind not in UNSAID:
                shown = _shown(kind) or "a resource without a kind"
                self.others[shown, NOT_TAKEN.get(str(kind), OTHERWISE)] += 1
            return
        try:
            self.found.append(_brought(one, self.now))
        except _LeftOut as why:
            self._leave(_title(one), str(why))

    def left_out(self) -> Iterator[tuple[str, str]]:
        yield from self.skipped
        for (what, why), number in self.others.items():
            yield (what if number == 1 else f"{number} x {what}"), why

    def _leave(self, title: str, why: str) -> None:
        if len(self.skipped) < NAMED_SKIPS:
            self.skipped.append((title, why))
        else:
            self.others["further observation", why] += 1


def _brought(one: dict[str, Any], now: datetime) -> Brought:
    code = _code(one.get("code"))
    if code not in measures():
        raise _LeftOut("its code is none that we know")
    test, active = measures()[code]
    _check_shape(one)
    if one.get("status") not in COUNTS:
        raise _LeftOut(f"its status is {_shown(one.get('status'))}")
    method = METHODS.get(_code(one.get("method")))
    if method is None:
        raise _LeftOut("it does not say in a way that we know how it was read")
    site = _code(one.get("bodySite"))
    if site not in SITES:
        raise _LeftOut("it does not say in a way that we know on which side")
    side = Side(site.partition("-")[0])
    if site != site_code(test, side):
        raise _LeftOut("it names a place that this test does not measure")
    told = _told(one)
    try:
        body = MeasurementTaken.model_validate(
            {
                "test": test.id,
                "side": side,
                "active": active,
                "method": method,
                "readings": (*_readings(one, test.unit),),
                "pain": next(
                    (part["valueInteger"] for part in _parts(one, "pain") if "valueInteger" in part), 0
                ),
                "end_feel": _end_feel(one),
                "held_by": told.get("held-by", ""),
                "device": told.get("device", ""),
            }
        )
    except ValidationError as error:
        raise _LeftOut(NO_FHIR) from error
    why = coach.cannot_be_read(body)
    if why:
        raise _LeftOut(why)
    return _placed(one, body, told, now)


def _check_shape(one: dict[str, Any]) -> None:
    """Leave out what is no observation of FHIR; the package meets some wild shapes unawares."""
    from fhir.resources.R4B.observation import Observation

    try:
        Observation.model_validate(one)
    except (ValueError, TypeError, LookupError, AttributeError, ArithmeticError, RecursionError) as error:
        raise _LeftOut(NO_FHIR) from error


def _placed(one: dict[str, Any], body: MeasurementTaken, told: dict[str, str], now: datetime) -> Brought:
    """Return a measurement with when it was; what a bundle of ours tells of its fact is taken as it is.

    Except that somebody who was let in recorded it: no file says that, so it is a clinic's own reading.
    """
    zone = _zone(told.get("zone", "")) or now.tzinfo
    assert zone is not None, "an instant has its zone"
    at = _instant(one.get("effectiveDateTime"), zone)
    if at > now:
        raise _LeftOut("it lies ahead")
    key = next(iter(_named(one, "identifier", FACT_KEY)), "")
    is_ours = bool(told) and _is_key_of(key, body, at)
    issued = _instant(one["issued"], zone) if is_ours and "issued" in one else None
    if issued is not None and issued > now:
        raise _LeftOut("it was recorded after today")
    author = told.get("author", "import")
    if not is_ours or issued is None or author.startswith(coach.author_of("")):
        return _if_it_can_be_told(Brought(body, _in_zone(at, now.tzinfo)), now)
    return _if_it_can_be_told(Brought(body, at, issued, author, told.get("reason", ""), key), now)


def _if_it_can_be_told(one: Brought, now: datetime) -> Brought:
    """Leave out what is no fact, whoever it is told of: the journal would refuse the whole bundle."""
    try:
        record(one.body, "whoever", one.recorded_at or now, occurred_at=one.occurred_at)
    except ValidationError as error:
        early = one.occurred_at < datetime(EARLIEST, 1, 1, tzinfo=UTC)
        why = f"it lies before the year {EARLIEST}" if early else "it was recorded before it was measured"
        raise _LeftOut(why) from error
    return one


def clinic_key(body: MeasurementTaken, at: datetime) -> str:
    """Return the origin key of a measurement of somebody else's; ``at`` is an instant in any zone."""
    digest = sha256(f"{at.timestamp()} {body.model_dump_json()}".encode()).hexdigest()
    return f"clinic:{digest[:24]}"


def _is_key_of(key: str, body: MeasurementTaken, at: datetime) -> bool:
    """Whether a key is one of those that we give measurements: no file takes the place of another fact."""
    ours = (f"measurement_taken:{at.isoformat()}:", f"{at.date()}:{body.test}:{body.side}:")
    return key.startswith(ours) or key == clinic_key(body, at)


def _readings(one: dict[str, Any], unit: str) -> Iterator[object]:
    parts = [part.get("valueQuantity") for part in _parts(one, "reading")] or [one.get("valueQuantity")]
    for given in parts:
        if not isinstance(given, dict) or "value" not in given:
            raise _LeftOut("it holds no value")
        if given.get("system") != UCUM or given.get("code") != UNITS[unit][0]:
            raise _LeftOut(f"its unit is {_shown(given.get('code') or given.get('unit')) or 'not told'}")
        if given.get("comparator"):
            raise _LeftOut("it is no value but a limit")
        yield given["value"]


def _end_feel(one: dict[str, Any]) -> str | None:
    found = [_code(part.get("valueCodeableConcept")) for part in _parts(one, "end-feel")]
    return found[0].removeprefix("end-") if found else None


def _parts(one: dict[str, Any], name: str) -> Iterator[dict[str, Any]]:
    return (part for part in _listed(one, "component") if _code(part.get("code")) == f"part-{name}")


def _instant(told: object, zone: tzinfo) -> datetime:
    if not isinstance(told, str) or len(told) < len("2026-11-22"):
        raise _LeftOut("it does not say on which day it was measured")
    try:
        if len(told) == len("2026-11-22"):
            return datetime.combine(date.fromisoformat(told), NOON, tzinfo=zone)
        at = datetime.fromisoformat(told)
    except ValueError as error:
        raise _LeftOut(NO_FHIR) from error
    return at.replace(tzinfo=zone) if at.tzinfo is None else _in_zone(at, zone)


def _in_zone(at: datetime, zone: tzinfo | None) -> datetime:
    try:
        return at.astimezone(zone)
    except OverflowError as error:  # the first and the last day of all calendars
        raise _LeftOut(NO_FHIR) from error


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None


def _told(one: dict[str, Any]) -> dict[str, str]:
    """Return what a bundle of ours tells of its fact; nothing of anybody else's."""
    ours = [found for found in _listed(one, "extension") if found.get("url") == FACT]
    parts = _listed(ours[0], "extension") if ours else []
    return {
        str(part.get("url")): part["valueString"]
        for part in parts
        if isinstance(part.get("valueString"), str)
    }


def _code(concept: object) -> str:
    """Return the code of ours in a CodeableConcept; empty where there is none."""
    return next(
        (str(one.get("code", "")) for one in _listed(concept, "coding") if one.get("system") == SYSTEM), ""
    )


def _listed(one: object, name: str) -> list[dict[str, Any]]:
    """Return the objects that something lists under a name; none where it does not."""
    listed = one.get(name) if isinstance(one, dict) else None
    return [found for found in listed if isinstance(found, dict)] if isinstance(listed, list) else []


def _is(one: dict[str, Any], kind: str) -> bool:
    return one.get("resourceType") == kind


def _reference(one: dict[str, Any]) -> str:
    subject = one.get("subject")
    return str(subject.get("reference", "")) if isinstance(subject, dict) else ""


def _named(one: dict[str, Any], name: str, system: str) -> Iterator[str]:
    return (str(found.get("value", "")) for found in _listed(one, name) if found.get("system") == system)


def _title(one: dict[str, Any]) -> str:
    code = one.get("code")
    first = next(iter(_listed(code, "coding")), {})
    said = (code.get("text") if isinstance(code, dict) else "") or first.get("display") or first.get("code")
    return _shown(said) or "an observation without a name"


def _shown(said: object) -> str:
    told = said if isinstance(said, str) else ""
    return "".join(letter if letter.isprintable() else "?" for letter in told)[:60]
