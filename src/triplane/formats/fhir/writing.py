"""Write what a clinician is handed as one FHIR R4B bundle, and let nothing out that does not hold."""

import json
import re
from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from triplane.assessment import NormBand, find_test
from triplane.coach import ClinicMeasurement, ClinicRecord
from triplane.formats.fhir.checking import refuse_broken
from triplane.formats.fhir.codes import (
    BASE,
    CATEGORIES,
    DRILLS,
    FACT,
    FACT_KEY,
    NO_PLAN,
    QUESTIONNAIRE,
    RANGES,
    RUNNER,
    SYSTEM,
    coded,
    concepts,
    measure_code,
    method_code,
    quantity,
    site_code,
)
from triplane.history import Fact, Sex

Resource = dict[str, Any]

NO_TEXT = re.compile(r"[^ \r\n\t\S]")
"""What a string of FHIR cannot hold."""


def write_bundle(record: ClinicRecord) -> bytes:
    """Return the bundle as JSON; the same record gives the same bytes.

    Raises
    ------
    UnsoundBundle
        Where it does not hold to FHIR or to our own promises; then nothing leaves.
    """
    who = _urn("patient", record.mark)
    resources: list[tuple[str, Resource]] = [(who, _patient(record))]
    resources += [(_urn("fact", one.fact.id), _observation(one, who)) for one in record.measurements]
    resources += _answered(record, who)
    resources += _flags(record, who)
    if record.sessions:
        resources.append((_urn("plan", record.sessions[0].session.plan), _care_plan(record, who)))
    resources.append((_urn("codes", SYSTEM), _code_system(resources)))
    bundle = {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": record.made_at.isoformat(),
        "entry": [{"fullUrl": url, "resource": _without_nothing(one)} for url, one in resources],
    }
    refuse_broken(bundle)
    return json.dumps(bundle, ensure_ascii=False, indent=1).encode()


def _urn(kind: str, name: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, f'{BASE}/{kind}/{name}')}"


def _patient(record: ClinicRecord) -> Resource:
    sex = record.about.sex if record.about else Sex.BOTH
    return {
        "resourceType": "Patient",
        "identifier": [{"system": RUNNER, "value": _text(record.runner)}],
        "gender": None if sex is Sex.BOTH else str(sex),
    }


def _observation(one: ClinicMeasurement, who: str) -> Resource:
    fact, taken, test = one.fact, one.taken, find_test(one.taken.test)
    median, unit = one.verdict.median, test.unit
    return {
        "resourceType": "Observation",
        "id": fact.id,
        "extension": [_of_fact(fact, held_by=taken.held_by, device=taken.device)],
        "identifier": [{"system": FACT_KEY, "value": _text(fact.origin_key)}],
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": "exam", "display": "Exam"}]}],
        "code": coded(measure_code(test.id, taken.active)),
        "subject": {"reference": who},
        "effectiveDateTime": fact.occurred_at.isoformat(),
        "issued": fact.recorded_at.isoformat(),
        "valueQuantity": None if median is None else quantity(median, unit),
        "dataAbsentReason": {"text": " ".join(one.verdict.says)} if median is None else None,
        "note": [{"text": says} for says in one.verdict.says if median is not None],
        "bodySite": coded(site_code(test, taken.side)),
        "method": coded(method_code(taken.method), one.error.how if one.error else ""),
        "referenceRange": [_usual(one.norm, unit)] if one.norm and median is not None else [],
        "component": [*_parts(one)],
    }


def _of_fact(fact: Fact, **more: str) -> Resource:
    """Return what FHIR has no place for: with it a fact that is read back is the very same."""
    told = {"zone": fact.zone, "author": fact.author, "reason": fact.reason, **more}
    parts = [
        {"url": name.replace("_", "-"), "valueString": _text(said)} for name, said in told.items() if said
    ]
    return {"url": FACT, "extension": parts}


def _usual(norm: NormBand, unit: str) -> Resource:
    says = (
        f"Usual range: {norm.mean:g}, one standard deviation ({norm.sd:g}) to either side; {norm.band}. "
        f"Sources: {', '.join(norm.sources)}. It is no target."
    )
    return {
        "low": quantity(norm.low, unit),
        "high": quantity(norm.high, unit),
        "type": {"coding": [{"system": RANGES, "code": "normal", "display": "Normal Range"}]},
        "appliesTo": [{"text": norm.band}],
        "text": says,
    }


def _parts(one: ClinicMeasurement) -> Iterator[Resource]:
    taken, unit = one.taken, find_test(one.taken.test).unit
    for reading in taken.readings:
        yield {"code": coded("part-reading"), "valueQuantity": quantity(reading, unit)}
    if one.error:
        yield {"code": coded("part-sem"), "valueQuantity": quantity(one.error.sem, unit)}
        yield {"code": coded("part-mdc"), "valueQuantity": quantity(one.error.mdc, unit)}
    yield {"code": coded("part-pain"), "valueInteger": taken.pain}
    if taken.end_feel:
        yield {"code": coded("part-end-feel"), "valueCodeableConcept": coded(f"end-{taken.end_feel}")}


def _answered(record: ClinicRecord, who: str) -> Iterator[tuple[str, Resource]]:
    """Yield the safety questions as they were answered each time, follow-ups beneath their question."""
    for told in record.screenings:
        items: dict[str, Resource] = {}
        for one in sorted(told.answers, key=lambda one: "." in one.name):
            asked = one.follow_up.ask if one.follow_up else one.question.ask if one.question else ""
            item = {
                "linkId": one.name,
                "text": asked,
                "answer": [_answer(each) for each in _each(one.answer)],
            }
            above = items.get(one.name.partition(".")[0]) if "." in one.name else None
            if above is None:
                items[one.name] = item
            else:
                above["answer"][0].setdefault("item", []).append(item)
        yield (
            _urn("fact", told.fact.id),
            {
                "resourceType": "QuestionnaireResponse",
                "id": told.fact.id,
                "extension": [_of_fact(told.fact)],
                "identifier": {"system": FACT_KEY, "value": _text(told.fact.origin_key)},
                "questionnaire": QUESTIONNAIRE,
                "status": "completed",
                "subject": {"reference": who},
                "authored": told.fact.occurred_at.isoformat(),
                "item": list(items.values()),
            },
        )


def _each(answer: object) -> tuple[object, ...]:
    return answer if isinstance(answer, tuple) else (answer,)


def _answer(given: object) -> Resource:
    if isinstance(given, bool):
        return {"valueBoolean": given}
    if isinstance(given, int | float):
        return {"valueDecimal": given}
    return {"valueString": _text(str(given))}


def _flags(record: ClinicRecord, who: str) -> Iterator[tuple[str, Resource]]:
    for number, flag in enumerate(record.flags):
        since = {"start": flag.since.isoformat()} if flag.since else None
        says = f"No plan is in this bundle. {flag.says}" if flag.stops else flag.says
        yield _urn("flag", f"{record.mark}/{number}/{flag.name}"), _flag(says, who, since, no_plan=flag.stops)
    if record.no_plan and not any(flag.stops for flag in record.flags):
        yield (
            _urn("flag", f"{record.mark}/no-plan"),
            _flag(f"No plan is in this bundle: {record.no_plan}.", who, None, no_plan=True),
        )


def _flag(says: str, who: str, period: Resource | None, *, no_plan: bool = False) -> Resource:
    return {
        "resourceType": "Flag",
        "status": "active",
        "category": [{"text": "Safety of training"}],
        "code": coded(NO_PLAN, _text(says)) if no_plan else {"text": _text(says)},
        "subject": {"reference": who},
        "period": period,
    }


def _care_plan(record: ClinicRecord, who: str) -> Resource:
    """Return what is left of the week. It cannot be called back, so it says so first, with the stop words."""
    first, last = record.sessions[0], record.sessions[-1]
    ends = last.slot.starts_at + timedelta(minutes=last.slot.minutes)
    return {
        "resourceType": "CarePlan",
        "status": "active",
        "intent": "plan",
        "title": f"Hips, the sessions left of this week ({len(record.sessions)})",
        "description": first.heading,
        "subject": {"reference": who},
        "period": {"start": first.slot.starts_at.isoformat(), "end": ends.isoformat()},
        "created": record.made_at.isoformat(),
        "activity": [
            {
                "detail": {
                    "code": {
                        "coding": [{"system": DRILLS, "code": one.drill.id, "display": one.drill.name}],
                        "text": one.drill.name,
                    },
                    "reasonCode": [{"text": reason.says} for reason in one.item.reasons],
                    "status": "not-started",
                    "scheduledPeriod": {
                        "start": session.slot.starts_at.isoformat(),
                        "end": (session.slot.starts_at + timedelta(minutes=session.slot.minutes)).isoformat(),
                    },
                    "description": ". ".join((one.dose.rstrip("."), *one.item.how)),
                }
            }
            for session in record.sessions
            for one in session.drills
        ],
        "note": [
            {"text": first.heading},
            {"text": "Leave it with a yes to one of these: " + " ".join(one.ask for one in first.asks)},
            {"text": "When to stop: " + " ".join(first.stop_words)},
        ],
    }


def _code_system(resources: Iterable[tuple[str, Resource]]) -> Resource:
    """Return what our codes mean, of those that stand in these resources."""
    used = {found["code"] for _, one in resources for found in _codings(one) if found["system"] == SYSTEM}
    return {
        "resourceType": "CodeSystem",
        "url": SYSTEM,
        "version": "1",
        "name": "TriplaneHipRange",
        "title": "Measurements of a runner's hips, as Triplane takes them",
        "status": "active",
        "experimental": False,
        "description": "Codes of Triplane's own; none of them is one of LOINC or SNOMED CT.",
        "caseSensitive": True,
        "content": "fragment",
        "concept": [
            {"code": code, "display": display, "definition": meaning}
            for code, (display, meaning) in concepts().items()
            if code in used
        ],
    }


def _codings(part: Any) -> Iterator[Resource]:
    if isinstance(part, dict):
        yield from part.get("coding") or ()
        for value in part.values():
            yield from _codings(value)
    elif isinstance(part, list):
        for value in part:
            yield from _codings(value)


def _text(words: str) -> str:
    """Return words as a string of FHIR may hold them."""
    return NO_TEXT.sub("?", words) or "?"


def _without_nothing(part: Any) -> Any:
    """Return a resource without what is empty: FHIR has no word for nothing."""
    if isinstance(part, dict):
        kept = {name: _without_nothing(value) for name, value in part.items()}
        return {name: value for name, value in kept.items() if value not in (None, "", [], {})}
    if isinstance(part, list):
        return [_without_nothing(one) for one in part]
    return part
