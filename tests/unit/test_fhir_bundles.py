"""Bundles from elsewhere and broken ones: what is known comes in, the rest is named, nothing else escapes."""

import contextlib
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import ANNA, BERLIN, MONDAY, history_of
from triplane import coach
from triplane.bootstrap import Practice
from triplane.bootstrap.importing import FileReport
from triplane.coach.handing_over import Handout
from triplane.errors import UnreadableFile
from triplane.formats.fhir import BundleRead, clinic_key, is_bundle, read_bundle, write_bundle
from triplane.formats.fhir.checking import UnsoundBundle, faults, faults_of_fhir
from triplane.formats.fhir.codes import SYSTEM, concepts
from triplane.history import Fact, History, MeasurementTaken, Method
from triplane.store import open_journal

NOW = MONDAY + timedelta(hours=1)
UCUM = "http://unitsofmeasure.org"
TAKEN = MeasurementTaken(
    test="flexion_supine", side="left", method=Method.GONIOMETER, readings=(110.0, 112.5, 111.0)
)


def ours(code: str) -> dict[str, Any]:
    return {"coding": [{"system": SYSTEM, "code": code}]}


def observation(**other: Any) -> dict[str, Any]:
    """An observation as another program may write it with our codes; ``other`` replaces what stands there."""
    told = {
        "resourceType": "Observation",
        "status": "final",
        "code": ours("flexion-supine-passive"),
        "subject": {"reference": "Patient/7"},
        "effectiveDateTime": "2026-11-20T10:30:00Z",
        "method": ours("method-goniometer"),
        "bodySite": ours("right-hip"),
        "valueQuantity": {"value": 104.5, "unit": "deg", "system": UCUM, "code": "deg"},
    }
    return {name: value for name, value in {**told, **other}.items() if value is not None}


def read(*resources: Any) -> BundleRead:
    told = {"resourceType": "Bundle", "type": "collection", "entry": [{"resource": one} for one in resources]}
    return read_bundle(json.dumps(told).encode(), "clinic.json", NOW)


def test_what_another_program_measured_with_our_codes_is_taken() -> None:
    (found,) = read(observation()).measurements

    assert found.body == MeasurementTaken(
        test="flexion_supine", side="right", method=Method.GONIOMETER, readings=(104.5,)
    )
    assert found.occurred_at == datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    assert found.recorded_at is None


def test_a_day_without_a_time_is_noon_of_the_runners() -> None:
    (found,) = read(observation(effectiveDateTime="2026-11-20")).measurements
    assert found.occurred_at == datetime(2026, 11, 20, 12, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"code": {"coding": [{"system": "http://loinc.org", "code": "41299-9"}]}}, "its code is none"),
        ({"code": {"text": "Hip flexion, left"}}, "its code is none"),
        ({"status": "entered-in-error"}, "its status is entered-in-error"),
        ({"status": "preliminary"}, "its status is preliminary"),
        ({"method": None}, "how it was read"),
        ({"bodySite": {"text": "right hip"}}, "on which side"),
        ({"bodySite": ours("right-ankle")}, "does not measure"),
        ({"effectiveDateTime": "2026-11"}, "on which day"),
        ({"effectiveDateTime": None}, "on which day"),
        ({"effectiveDateTime": "2027-11-20"}, "lies ahead"),
        ({"effectiveDateTime": "1850-03-01"}, "before the year 1900"),
        ({"effectiveDateTime": "1900-01-01T00:00:00+14:00"}, "before the year 1900"),
        ({"valueQuantity": None}, "holds no value"),
        ({"valueQuantity": {"value": 1.8, "system": UCUM, "code": "rad"}}, "its unit is rad"),
        ({"valueQuantity": {"value": 104, "unit": "deg"}}, "its unit is deg"),
        (
            {"valueQuantity": {"value": 104, "system": UCUM, "code": "deg", "comparator": ">"}},
            "no value but a limit",
        ),
        ({"valueQuantity": {"value": 404, "system": UCUM, "code": "deg"}}, "is not possible"),
        ({"method": ours("method-tape")}, "is not measured by"),
        ({"status": "nonsense"}, "its status is nonsense"),
        ({"category": 7}, "does not hold to FHIR"),
        ({"foreign": 1}, "does not hold to FHIR"),
    ],
)
def test_what_is_not_known_or_cannot_be_is_left_out_and_says_why(other: dict[str, Any], why: str) -> None:
    found = read(observation(**other), observation())

    assert len(found.measurements) == 1, "the other one comes in"
    assert [why in said for _, said in found.skipped] == [True]


def test_other_resources_are_counted_and_named_with_the_reason() -> None:
    found = read(
        observation(),
        {"resourceType": "Condition"},
        {"resourceType": "Condition"},
        {"resourceType": "QuestionnaireResponse"},
        {"resourceType": "Patient"},
        {"resourceType": "\x1b[31mEvil"},
        {},
    )

    assert dict(found.skipped) == {
        "2 x Condition": "only what was measured of a hip is taken",
        "QuestionnaireResponse": "answers to safety questions are given here, by the runner",
        "?[31mEvil": "only what was measured of a hip is taken",
        "a resource without a kind": "only what was measured of a hip is taken",
    }


def test_a_bundle_about_two_people_is_refused_whole() -> None:
    with pytest.raises(UnreadableFile, match="several people"):
        read(observation(), observation(subject={"reference": "Patient/8"}))
    with pytest.raises(UnreadableFile, match="several people"):
        read({"resourceType": "Patient"}, {"resourceType": "Patient"})


@pytest.mark.parametrize(
    "content",
    [
        b'{"resourceType": "Bundle", "entry": ' + b"[" * 200_000,
        b'{"resourceType": "Bundle", "entry": 7}',
        b'{"resourceType": ["Bundle"]}',
        b'{"resourceType": "Medication"}',
        b'{"resourceType": "Bundle"',
        b'{"resourceType": "Bundle", "x": "\xff"}',
    ],
)
def test_what_only_claims_to_be_fhir_is_one_clear_sentence(content: bytes) -> None:
    assert is_bundle(content)
    with pytest.raises(UnreadableFile) as refused:
        read_bundle(content, "x.json", NOW)
    assert "\n" not in str(refused.value)


def test_a_bundle_of_no_end_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="more than"):
        read(*[{}] * 50_001)


@given(st.integers(0, 2**31), st.sampled_from([b"null", b"7", b"{}", b"[]", b'"x"', b"-1e999", b"NaN"]))
def test_whatever_stands_in_a_place_nothing_but_a_sentence_escapes(where: int, what: bytes) -> None:
    content = write_bundle(coach.clinic_record(history_of(ANNA, TAKEN), NOW))
    places = [n for n in range(len(content)) if content[n : n + 2] == b": "]
    place = places[where % len(places)] + 2
    end = min(n for n in (content.find(b",", place), content.find(b"\n", place)) if n > 0)
    with contextlib.suppress(UnreadableFile):
        read_bundle(content[:place] + what + content[end:], "x.json", NOW)


@given(st.text(min_size=1, max_size=40), st.floats(-30, 160, allow_nan=False))
def test_any_words_and_any_reading_fit_into_fhir(words: str, reading: float) -> None:
    taken = TAKEN.model_copy(update={"readings": (reading,), "held_by": words, "device": words})
    with contextlib.suppress(UnreadableFile):
        content = write_bundle(coach.clinic_record(history_of(ANNA, taken), NOW))
        assert [one.body.readings for one in read_bundle(content, "x.json", NOW).measurements] in (
            [],
            [(reading,)],
        )


def of_ours(author: str = "runner", issued: str = "2026-11-20T10:30:00Z", **other: Any) -> dict[str, Any]:
    """An observation that says of itself, with a key of its own, that it was recorded here by somebody."""
    at = datetime(2026, 11, 20, 10, 30, tzinfo=UTC)
    told = MeasurementTaken(test="flexion_supine", side="right", method=Method.GONIOMETER, readings=(104.5,))
    return observation(
        identifier=[{"system": "https://triplane.example/fhir/fact", "value": clinic_key(told, at)}],
        issued=issued,
        extension=[
            {
                "url": "https://triplane.example/fhir/StructureDefinition/fact",
                "extension": [{"url": "author", "valueString": author}],
            }
        ],
        **other,
    )


def brought(folder: Path, *resources: Any) -> tuple[FileReport, tuple[Fact, ...]]:
    """Bring a bundle into an empty journal; return what became of it and the facts."""
    file = folder / "clinic.json"
    file.write_text(json.dumps({"resourceType": "Bundle", "entry": [{"resource": one} for one in resources]}))
    with open_journal(folder / "anna.journal") as journal:
        practice = Practice(journal, "anna", lambda: NOW)
        return practice.bring_in([file]).files[0], practice.history().facts


def test_what_was_recorded_before_it_was_measured_is_left_out_and_the_rest_comes_in(tmp_path: Path) -> None:
    left = observation(bodySite=ours("left-hip"))
    report, facts = brought(tmp_path, of_ours(issued="2026-11-18T10:30:00Z"), left)
    assert [why for _, why in report.skipped] == ["it was recorded before it was measured"]
    assert [(fact.body.side, fact.author) for fact in facts] == [("left", "import")]


@pytest.mark.parametrize("author", ["coach:r-0123456789abcdef", "coach:"])
def test_no_bundle_says_that_somebody_who_was_let_in_did_something(tmp_path: Path, author: str) -> None:
    report, (fact,) = brought(tmp_path, of_ours(author))
    assert (report.problem, fact.author, fact.reason) == ("", "import", "read from clinic.json")
    assert coach.done_by_others(History("anna", (fact,)), NOW) == ()


ANY_TIME = st.sampled_from(
    [
        "0001-01-01",
        "1850-03-01",
        "1899-12-31T23:59:59Z",
        "1900-01-01T00:20:00+00:53",
        "1900-01-01T00:00:00+14:00",
        "2026-11-20",
    ]
) | st.datetimes(timezones=st.just(UTC)).map(datetime.isoformat)
ANYBODY = st.sampled_from(["runner", "import", "coach", "coach:abc", "coach:", ""]) | st.text(max_size=40)


@given(ANY_TIME, ANY_TIME, ANYBODY)
def test_whenever_and_whoever_a_bundle_says_the_rest_comes_in_and_nobody_is_made_up(
    at: str, issued: str, author: str
) -> None:
    told = [
        of_ours(author, issued, effectiveDateTime=at),
        of_ours(author, issued),
        observation(bodySite=ours("left-hip")),
    ]
    with TemporaryDirectory() as folder:
        report, facts = brought(Path(folder), *told)
    assert not report.problem
    assert "left" in [fact.body.side for fact in facts]
    assert not any(fact.author.startswith("coach:") for fact in facts)


def test_a_forged_key_takes_the_place_of_no_other_fact(tmp_path: Path) -> None:
    """A key names what was handed in, and the same key again is not recorded: no file may take one away."""
    forged = observation(
        identifier=[{"system": "https://triplane.example/fhir/fact", "value": "played:0a1b"}],
        issued="2026-11-20T10:30:00Z",
        extension=[
            {
                "url": "https://triplane.example/fhir/StructureDefinition/fact",
                "extension": [{"url": "author", "valueString": "runner"}],
            }
        ],
    )
    (found,) = read(forged).measurements
    assert (found.origin_key, found.recorded_at) == ("", None)

    file = tmp_path / "forged.json"
    file.write_text(json.dumps(forged))
    with open_journal(tmp_path / "anna.journal") as journal:
        practice = Practice(journal, "anna", lambda: NOW)
        assert [practice.bring_in([file]).files[0].facts_new for _ in range(2)] == [1, 0]
        (fact,) = practice.history().facts
    assert (fact.author, fact.reason) == ("import", "read from forged.json")


def test_what_a_clinic_measured_stays_the_very_same_fact_on_its_way_through_ours(tmp_path: Path) -> None:
    clinics = tmp_path / "clinic.json"
    clinics.write_text(json.dumps(observation()))
    first = Practice(open_journal(tmp_path / "one.journal"), "anna", lambda: NOW)
    first.bring_in([clinics])
    ours = tmp_path / "ours.json"
    ours.write_bytes(write_bundle(coach.clinic_record(first.history(), NOW)))

    later = Practice(open_journal(tmp_path / "two.journal"), "anna", lambda: NOW + timedelta(days=7))
    assert later.bring_in([ours]).files[0].facts_new == 1
    assert later.history().facts == first.history().facts
    again = later.bring_in([clinics]).files[0]
    assert (again.facts_new, again.facts_known) == (0, 1)


def test_a_bundle_that_breaks_a_promise_is_not_written() -> None:
    content = write_bundle(coach.clinic_record(history_of(ANNA, TAKEN), NOW))
    assert [*faults_of_fhir(json.loads(content))] == [*faults(json.loads(content))] == []

    for true, broken, said in (
        (SYSTEM, "http://loinc.org", "no system that we may name"),
        ('"reference": "urn', '"reference": "nowhere', "is not in the bundle"),
        ("http://unitsofmeasure.org", "http://units.example", "not in UCUM"),
        ('"no-plan"', '"part-pain"', "holds no plan and does not say so"),
        ("left-hip", "left-nowhere", "where and on which side"),
    ):
        told = json.loads(content.decode().replace(true, broken))
        assert any(said in fault for fault in faults(told)), said
    assert [*faults_of_fhir(json.loads(content.replace(b'"status": "final"', b'"state": "final"')))]


def test_that_there_is_no_plan_is_a_code_and_no_word() -> None:
    content = write_bundle(coach.clinic_record(history_of(ANNA, TAKEN), NOW)).decode()
    assert [*faults(json.loads(content.replace("No plan is in this bundle", "Kein Plan")))] == []


def test_a_record_has_a_plan_or_says_why_not_and_none_for_whom_safety_stops() -> None:
    record = coach.clinic_record(history_of(ANNA, TAKEN), NOW)
    told = dict(record) | {"no_plan": ""}
    with pytest.raises(ValueError, match="why there are none"):
        coach.ClinicRecord(**told)
    assert any(flag.stops for flag in record.flags)
    session = Handout.model_construct()
    with pytest.raises(ValueError, match="is handed no sessions"):
        coach.ClinicRecord.model_validate(told | {"sessions": (session,)})
    with pytest.raises(ValueError, match="why there are none"):
        coach.ClinicRecord.model_validate(dict(record) | {"sessions": (session,)})


def test_every_code_is_one_and_says_what_it_is() -> None:
    assert all(display and meaning for display, meaning in concepts().values())
    assert all(code == code.lower() and " " not in code for code in concepts())


def test_what_does_not_fit_leaves_no_file() -> None:
    record = coach.clinic_record(history_of(ANNA, TAKEN), NOW)
    with pytest.raises(UnsoundBundle, match="nothing was written"):
        write_bundle(record.model_copy(update={"no_plan": "", "flags": ()}))
