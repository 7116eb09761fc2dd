"""What a physiotherapist gets of a runner, what of it comes back, and what no bundle may ever carry."""

import json
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fhir.resources.R4B.bundle import Bundle

from browsing import App
from cast import MONDAY
from personas import NAMES, persona
from triplane import catalogue, coach
from triplane.bootstrap import Practice, open_practice
from triplane.formats.fhir import read_bundle, write_bundle
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    ClearanceRecorded,
    ClearedBy,
    EndFeel,
    Fact,
    MeasurementTaken,
    Method,
    NoteWritten,
    ReadinessAnswered,
)

NOW = MONDAY.replace(hour=5, minute=30) + timedelta(days=2)
SAMPLES = ("marathoner", "desk_beginner")


def practice_at(place: Path, runner: str = "anna") -> Practice:
    return open_practice(place, runner, "Europe/Berlin", NOW.isoformat())


@pytest.fixture
def practice(marathoner: App) -> Practice:
    """The sample marathoner on Wednesday morning, with the plan of Monday."""
    return marathoner.practice


def bundle_of(practice: Practice) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        write_bundle(coach.clinic_record(practice.history(), practice.now)).decode()
    )
    return found


def resources(bundle: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    found = (entry["resource"] for entry in bundle["entry"])
    return [one for one in found if one["resourceType"] == kind]


def measured(facts: Iterable[Fact]) -> list[Fact]:
    found = (fact.model_copy(update={"seq": 0}) for fact in facts if isinstance(fact.body, MeasurementTaken))
    return sorted(found, key=lambda fact: fact.id)


def drills_named(text: str) -> set[str]:
    return {one.id for one in catalogue.load().values() if one.id in text or f'"{one.name}"' in text}


def test_a_measurement_says_where_which_way_how_and_how_far_off_it_may_be(practice: Practice) -> None:
    took = practice.measure(
        "internal_rotation_prone", {coach.Side.LEFT: (30.0, 31.5, 29.0)}, Method.GONIOMETER, held_by="Jo"
    )
    shown = resources(bundle_of(practice), "Observation")[-1]
    parts = [(part["code"]["coding"][0]["code"], part) for part in shown["component"]]

    assert took[0].verdict.median == 30.0
    assert shown["valueQuantity"] == {
        "value": 30.0,
        "unit": "degree",
        "system": "http://unitsofmeasure.org",
        "code": "deg",
    }
    assert shown["code"]["coding"][0]["code"] == "internal-rotation-prone-passive"
    assert shown["bodySite"]["coding"][0]["code"] == "left-hip"
    assert shown["method"]["coding"][0]["code"] == "method-goniometer"
    assert [part["valueQuantity"]["value"] for code, part in parts if code == "part-reading"] == [
        30,
        31.5,
        29,
    ]
    error = coach.protocol(practice.history(), "internal_rotation_prone", practice.now).error_of(
        Method.GONIOMETER
    )
    assert error is not None
    assert [part["valueQuantity"]["value"] for code, part in parts if code == "part-sem"] == [error.sem]
    assert [part["valueQuantity"]["value"] for code, part in parts if code == "part-mdc"] == [error.mdc]
    usual = shown["referenceRange"][0]
    assert usual["low"]["value"] < usual["high"]["value"]
    assert usual["low"]["code"] == "deg"


@pytest.mark.parametrize("name", [*NAMES, *SAMPLES])
def test_every_runners_bundle_is_r4b_and_gives_the_very_same_measurements_back(
    name: str, tmp_path: Path
) -> None:
    own = practice_at(tmp_path / "own.journal")
    own.tell(sample_runner(name, NOW.date()) if name in SAMPLES else persona(name))
    file = tmp_path / "hips.json"
    file.write_bytes(write_bundle(coach.clinic_record(own.history(), own.now)))

    assert Bundle.model_validate_json(file.read_bytes()).type == "collection"
    other = practice_at(tmp_path / "other.journal")
    (report,) = other.bring_in([file]).files
    assert measured(other.history().facts) == measured(own.history().facts)
    assert report.facts_new == len(measured(own.history().facts))
    assert {why for _, why in report.skipped} <= {
        "answers to safety questions are given here, by the runner",
        "what safety holds follows from what is told here",
        "a plan is made here, from what is safe now",
    }
    again = other.bring_in([file]).files[0]
    assert (again.facts_new, again.facts_known) == (0, report.facts_new)


def test_no_code_is_one_of_loinc_or_snomed_and_each_of_ours_says_what_it_means(practice: Practice) -> None:
    bundle = bundle_of(practice)
    text = json.dumps(bundle)
    (ours,) = resources(bundle, "CodeSystem")

    assert "loinc.org" not in text and "snomed" not in text
    assert all(concept["definition"] for concept in ours["concept"])
    assert {"left-hip", "right-hip", "method-phone-helper", "part-sem"} <= {
        concept["code"] for concept in ours["concept"]
    }


def test_the_plan_is_what_is_left_of_the_week_and_says_that_it_cannot_be_called_back(
    practice: Practice,
) -> None:
    (plan,) = resources(bundle_of(practice), "CarePlan")

    assert plan["activity"]
    assert all(one["detail"]["scheduledPeriod"]["start"] >= f"{NOW:%Y-%m-%d}" for one in plan["activity"])
    assert "Do this only if nothing has changed since then" in plan["description"]
    assert "Leave it with a yes" in plan["note"][1]["text"]
    assert "When to stop" in plan["note"][2]["text"]


def test_answers_stand_under_their_questions_as_they_were_given(practice: Practice) -> None:
    practice.record(coach.screening_answers({"H09": True, "H09.since_weeks": 3}))
    shown = resources(bundle_of(practice), "QuestionnaireResponse")[-1]
    (item,) = shown["item"]

    assert (item["linkId"], item["text"]) == ("H09", coach.question("H09").ask)
    assert item["answer"][0]["valueBoolean"] is True
    assert item["answer"][0]["item"][0]["answer"][0]["valueDecimal"] == 3


@pytest.mark.parametrize(
    "stops",
    [coach.screening_answers({"Q07": True}), ReadinessAnswered(answers={"ill": True})],
    ids=["blocked", "ill"],
)
def test_whom_safety_stops_has_no_plan_in_the_bundle_and_it_says_so(practice: Practice, stops: Any) -> None:
    assert resources(bundle_of(practice), "CarePlan")
    practice.record(stops)
    bundle = bundle_of(practice)

    assert resources(bundle, "CarePlan") == []
    assert drills_named(json.dumps(bundle)) == set()
    assert any("No plan is in this bundle" in one["code"]["text"] for one in resources(bundle, "Flag"))
    assert len(resources(bundle, "Observation")) == len(measured(practice.history().facts)), (
        "what was measured stays"
    )


def test_a_plan_that_something_happened_to_is_not_handed_out(practice: Practice) -> None:
    practice.record(coach.check_in(practice.yesterday, (), None, practice.now))
    assert practice.look() is None
    bundle = bundle_of(practice)

    assert resources(bundle, "CarePlan") == []
    assert any("looked at again" in one["code"]["text"] for one in resources(bundle, "Flag"))


def test_a_pinch_leaves_without_a_value_and_comes_back_as_a_pinch(practice: Practice, tmp_path: Path) -> None:
    practice.measure(
        "flexion_supine", {coach.Side.RIGHT: (90.0, 91.0, 92.0)}, Method.PHONE_HELPER, end_feel=EndFeel.PINCH
    )
    bundle = bundle_of(practice)
    shown = resources(bundle, "Observation")[-1]
    assert "valueQuantity" not in shown and "referenceRange" not in shown
    assert "pinch" in shown["dataAbsentReason"]["text"]

    other = practice_at(tmp_path / "other.journal")
    other.tell(sample_runner("marathoner", NOW.date()).model_copy(update={"measurement": ()}))
    before = coach.clearance(other.history(), NOW)
    file = tmp_path / "pinched.json"
    file.write_text(json.dumps(bundle))
    cleared = ClearanceRecorded(who="Dr A", role=ClearedBy.PHYSICIAN, given_on=NOW.date(), scope=("fai",))
    other.as_of(NOW + timedelta(minutes=30)).record(cleared)
    later = other.as_of(NOW + timedelta(hours=1))
    assert later.bring_in([file]).files[0].facts_new
    after = coach.clearance(later.history(), later.now)
    assert before.tag_names == ()
    assert after.tag_names == ("fai",), "whoever cleared it did not know of this pinch"
    assert later.as_of(NOW + timedelta(hours=2)).bring_in([file]).files[0].facts_new == 0


def test_what_was_taken_back_leaves_no_more_and_does_not_come_in_again(
    practice: Practice, tmp_path: Path
) -> None:
    practice.measure("flexion_supine", {coach.Side.RIGHT: (90.0, 91.0, 92.0)}, Method.PHONE_HELPER)
    file = tmp_path / "hips.json"
    file.write_text(json.dumps(bundle_of(practice)))
    wrong = measured(practice.history().facts)[0]
    practice.correct(lambda history, now: [coach.withdrawal(history, wrong.id, now, "mistyped")])
    number = len(coach.clinic_record(practice.history(), NOW).measurements)

    assert wrong.id not in json.dumps(bundle_of(practice))
    assert practice.bring_in([file]).files[0].facts_new == 0
    assert len(coach.clinic_record(practice.history(), NOW).measurements) == number


def test_nobodys_bundle_is_brought_in_as_somebody_elses(practice: Practice, tmp_path: Path) -> None:
    file = tmp_path / "annas.json"
    file.write_text(json.dumps(bundle_of(practice)))
    (report,) = practice_at(tmp_path / "ben.journal", "ben").bring_in([file]).files

    assert "record of another runner" in report.problem
    assert report.facts_new == 0


def test_a_bundle_never_brings_a_clearance_an_answer_or_a_plan(practice: Practice, tmp_path: Path) -> None:
    practice.record(
        ClearanceRecorded(who="Dr A", role=ClearedBy.PHYSICIAN, given_on=NOW.date(), scope=("Q07",)),
        NoteWritten(text="a note"),
    )
    file = tmp_path / "hips.json"
    file.write_text(json.dumps(bundle_of(practice)))
    other = practice_at(tmp_path / "other.journal")
    other.bring_in([file])

    assert {fact.kind for fact in other.history().facts} == {"measurement_taken"}


def test_the_same_record_gives_the_same_bytes(practice: Practice) -> None:
    record = coach.clinic_record(practice.history(), NOW)
    content = write_bundle(record)

    assert content == write_bundle(record)
    assert len(read_bundle(content, "a.json", NOW).measurements) == len(record.measurements)
