"""The settings: theme, defaults of the coach, files in and out, clearances, the record, and its end."""

import json
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from activity_files import tcx
from cast import easy_run
from triplane import catalogue, coach
from triplane.bootstrap import open_practice
from triplane.formats.archive import pack, unpack
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    ClearanceRecorded,
    Feeling,
    FeelingKind,
    MeasurementTaken,
    NoteWritten,
    RestrictionTightened,
    RunRecorded,
    SessionLogged,
)

PLACES = ("", "defaults/", "files/", "export/", "export/fhir/", "clearance/", "facts/", "delete/")
SORE_JOINT = Feeling(region="groin", side="left", kind=FeelingKind.JOINT, score=6)


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def blocked(app: Any) -> None:
    app.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))


def file_of(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_dark_stays_dark_on_every_page_until_the_system_decides_again(marathoner, browser) -> None:
    browser.post("/settings/theme/", {"theme": "dark"})
    assert '<html lang="en" data-theme="dark">' in browser.get("/").content.decode()

    browser.post("/settings/theme/", {"theme": ""})
    assert '<html lang="en">' in browser.get("/week/").content.decode()
    browser.post("/settings/theme/", {"theme": '"><script>'})
    assert '<html lang="en">' in browser.get("/").content.decode()


def test_a_default_of_the_coach_is_changed_marked_and_restored(marathoner, browser) -> None:
    page = browser.get("/settings/defaults/")
    assert "Coach's default" in text(page).replace("&#x27;", "'")
    fields = dict(re.findall(r'name="(caps\.[a-z_0-9]+)" value="([^"]*)"', page.content.decode()))

    changed = browser.post("/settings/defaults/", {**fields, "caps.new_drills": "1"}, follow=True)
    assert "Changed by you; ours is 3" in text(changed)
    restored = browser.post("/settings/defaults/", {**fields, "caps.new_drills": ""}, follow=True)
    assert "Changed by you" not in text(restored)


@pytest.mark.parametrize("value", ["-1", "many", "nan", "1.5"])
def test_a_default_that_cannot_be_is_said_beside_its_field(marathoner, browser, value) -> None:
    page = browser.get("/settings/defaults/").content.decode()
    fields = dict(re.findall(r'name="(caps\.[a-z_0-9]+)" value="([^"]*)"', page))
    shown = browser.post("/settings/defaults/", {**fields, "caps.new_drills": value})

    assert shown.status_code == 400
    assert "problem" in shown.content.decode()
    assert f'value="{value}"' in shown.content.decode()
    assert (
        next(one for one in coach.defaults(marathoner.practice.history()) if "new_drills" in one.key).value
        == 3
    )


def test_files_of_a_watch_come_in_once_and_a_bad_one_stops_no_other(marathoner, browser) -> None:
    sent = [file_of(tcx(), "morning.tcx"), file_of(b"no run at all", "../../broken.fit")]
    shown = text(browser.post("/settings/files/", {"files": sent}))
    assert "morning.tcx" in shown
    assert "1 run new, 0 known before" in shown
    assert "Not read: " in shown
    assert "/tmp" not in shown

    again = text(browser.post("/settings/files/", {"files": [file_of(tcx(), "morning.tcx")]}))
    assert "0 runs new, 1 known before" in again
    assert len(marathoner.practice.history().facts_of(RunRecorded)) == 1


def test_two_files_of_one_name_and_names_no_disk_takes_still_come_in(marathoner, browser) -> None:
    names = ["run.tcx", "run.tcx", "ä" * 200 + ".tcx"]
    starts = [f"2026-03-0{day}T07:30:00Z" for day in (1, 2, 3)]
    sent = [file_of(tcx(start=start), name) for start, name in zip(starts, names, strict=True)]
    browser.post("/settings/files/", {"files": sent})

    assert len(marathoner.practice.history().facts_of(RunRecorded)) == 3


def test_no_file_or_too_many_is_a_sentence_beside_the_field(marathoner, browser) -> None:
    none = browser.post("/settings/files/", {})
    assert (none.status_code, "Choose at least one file." in text(none)) == (400, True)
    many = browser.post("/settings/files/", {"files": [file_of(b"x", f"{n}.fit") for n in range(51)]})
    assert (many.status_code, "Choose at most 50 files" in text(many)) == (400, True)


def test_a_record_of_ones_own_under_another_name_comes_in_once_somebody_says_so(
    app, browser, tmp_path
) -> None:
    home = open_practice(tmp_path / "home.sqlite", "me", "Europe/Berlin", app.practice.now.isoformat())
    home.tell(sample_runner("marathoner", home.now.date()))
    content = pack(home.history().facts)
    asked = text(browser.get("/settings/files/"))
    assert "The archive is my own" in asked
    assert "never bring in somebody else" in asked
    refused = browser.post("/settings/files/", {"files": [file_of(content, "t.zip")]})
    assert "If it is your own" in text(refused)

    taken = browser.post("/settings/files/", {"files": [file_of(content, "t.zip")], "mine": "on"})
    assert "new facts, 0 known before" in text(taken)
    assert "The archive is my own" not in text(taken), "there is something on record now"
    assert "Week" in text(browser.get("/", follow=True))


def test_the_journal_is_taken_away_and_brought_back_on_another_device(marathoner, browser) -> None:
    answer = browser.get("/settings/export/")
    facts = marathoner.practice.history().facts
    assert unpack(answer.content, "mine.zip") == tuple(fact.model_copy(update={"seq": 0}) for fact in facts)
    assert 'attachment; filename="triplane-2026-11-25.zip"' in answer.headers["Content-Disposition"]

    browser.post("/settings/delete/", {"name": "delete"})
    shown = browser.post("/settings/files/", {"files": [file_of(answer.content, "mine.zip")]})
    assert f"{len(facts)} new facts" in text(shown)
    assert browser.get("/week/").status_code == 200


def test_what_a_clinic_reads_is_taken_away_and_what_it_measured_comes_in(marathoner, browser) -> None:
    assert "For a clinic" in text(browser.get("/settings/files/"))
    answer = browser.get("/settings/export/fhir/")
    assert answer.headers["Content-Type"] == "application/fhir+json"
    told = json.loads(answer.content)
    kinds = {entry["resource"]["resourceType"] for entry in told["entry"]}
    assert {"Observation", "CarePlan", "QuestionnaireResponse"} <= kinds

    for entry in told["entry"]:
        one = entry["resource"]
        if one["resourceType"] == "Observation":
            one["effectiveDateTime"] = "2026-11-20"
            one.pop("extension")
    told["entry"].append({"resource": {"resourceType": "Condition"}})
    before = len(marathoner.practice.history().facts_of(MeasurementTaken))
    shown = browser.post("/settings/files/", {"files": [file_of(json.dumps(told).encode(), "c.json")]})
    assert f"{before} measurements new, 0 known before" in text(shown)
    assert "Left out: Condition (only what was measured of a hip is taken)" in text(shown)
    assert len(marathoner.practice.history().facts_of(MeasurementTaken)) == 2 * before


def test_a_blocked_runners_bundle_holds_no_plan(marathoner, browser) -> None:
    blocked(marathoner)
    told = json.loads(browser.get("/settings/export/fhir/").content)
    assert "CarePlan" not in {entry["resource"]["resourceType"] for entry in told["entry"]}


def test_a_clearance_opens_what_it_names_and_says_who_gave_it(marathoner, browser) -> None:
    blocked(marathoner)
    told = {
        "who": "A. Example",
        "role": "physician",
        "given": "2026-11-25",
        "scope": ["H01"],
        "until": "2027-02-28",
    }
    browser.post("/settings/clearance/", told)
    word = marathoner.practice.history().latest(ClearanceRecorded)

    assert (word.who, word.scope, str(word.expires_on)) == ("A. Example", ("H01",), "2027-02-28")
    assert "Cleared" in text(browser.get("/settings/clearance/"))


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"who": ""}, "Write who cleared it."),
        ({"role": "coach"}, "Choose a role."),
        ({"scope": []}, "Choose what the professional cleared."),
        ({"scope": ["Q99"]}, "Choose what the professional cleared."),
        ({"given": "2027-11-25"}, "lies ahead"),
        ({"until": "2026-01-01"}, "before it begins"),
        ({"role": "physiotherapist"}, "it takes one of: physician, surgeon"),
        ({"given": "2025-01-05"}, "over already"),
        ({"given": "2026-01-05", "until": "2026-11-24"}, "over already"),
    ],
)
def test_a_word_that_cannot_count_is_not_recorded(marathoner, browser, wrong, says) -> None:
    blocked(marathoner)
    told = {"who": "A. Example", "role": "physician", "given": "2026-11-25", "scope": ["H01"], **wrong}
    shown = browser.post("/settings/clearance/", told)

    assert shown.status_code == 400
    assert says in text(shown)
    assert marathoner.practice.history().facts_of(ClearanceRecorded) == ()


def test_a_run_that_was_none_is_taken_back_once_and_stays_on_the_record(marathoner, browser) -> None:
    marathoner.practice.record(easy_run(marathoner.now - timedelta(hours=2)))
    [run] = marathoner.practice.history().facts_of(RunRecorded)
    listed = browser.get("/settings/facts/?kind=run_recorded").content.decode()
    assert f"/settings/facts/{run.id}/" in listed

    for _ in range(2):
        browser.post(f"/settings/facts/{run.id}/", {"reason": "it was my bike"})
    assert marathoner.practice.history().facts_of(RunRecorded) == ()
    assert "Taken back or corrected" in text(browser.get("/settings/facts/?kind=run_recorded"))


def test_a_plan_is_no_fact_to_take_back_and_its_id_is_not_said(marathoner, browser) -> None:
    marathoner.practice.day()
    [plan, *_] = [fact for fact in marathoner.practice.history().facts if fact.kind == "plan_issued"]
    shown = browser.get(f"/settings/facts/{plan.id}/")

    assert shown.status_code == 404
    assert plan.id not in text(shown)
    assert "Nothing that you told or measured stands here" in text(shown)


def test_the_record_is_listed_by_the_hundred_and_in_full_when_asked(marathoner, browser) -> None:
    told_before = sum(coach.facts_counted(marathoner.practice.history()).values())
    marathoner.practice.record(*(NoteWritten(text=f"shoe no. {number}.") for number in range(100)))

    shown = text(browser.get("/settings/facts/"))
    assert "shoe no. 99." in shown and "shoe no. 0." in shown
    assert f"Show {told_before} more" in shown
    assert "Your running days are" not in shown

    everything = text(browser.get("/settings/facts/?all=1"))
    assert "Your running days are" in everything
    assert re.search(r"Show \d+ more", everything) is None
    assert "shoe" not in text(browser.get("/settings/facts/?kind=week_described"))


def test_pain_that_was_told_is_not_taken_back(marathoner, browser) -> None:
    marathoner.practice.record(CheckinAnswered(about=marathoner.practice.yesterday, soreness=(SORE_JOINT,)))
    [fact] = marathoner.practice.history().facts_of(CheckinAnswered)
    shown = browser.post(f"/settings/facts/{fact.id}/", {})

    assert shown.status_code == 400
    assert "It told of something that hurt, so it stays" in text(shown)
    assert marathoner.practice.history().facts_of(CheckinAnswered) == (fact,)


def test_nothing_is_deleted_before_the_word_was_typed(marathoner, browser) -> None:
    shown = browser.post("/settings/delete/", {"name": "dele"})
    assert shown.status_code == 400
    assert "Nothing was deleted." in text(shown)
    assert 'value="dele"' in shown.content.decode()

    known = len(marathoner.practice.history().facts)
    after = text(browser.post("/settings/delete/", {"name": "Delete"}, follow=True))
    assert [fact.kind for fact in marathoner.practice.history().facts] == ["runner_erased"]
    assert "Before you begin" in after
    assert f"Everything was deleted. {known} facts are gone. A receipt stays" in after
    browser.post("/begin/welcome/")
    assert "Everything was deleted" not in text(browser.get("/begin/welcome/"))


@pytest.mark.parametrize(
    ("account", "asks"), [("anna", "Type this name to delete everything"), (None, "Type this word to delete")]
)
def test_what_is_to_be_typed_is_called_what_it_is(marathoner, browser, monkeypatch, account, asks) -> None:
    """A name where somebody logs in, a word on a machine of one's own: the page asks for what is taken."""
    from triplane.web.settings_page import view

    monkeypatch.setattr(view, "has_account", lambda request: account is not None)
    shown = text(browser.get("/settings/delete/"))
    assert asks in shown
    wanted = marathoner.practice.runner if account else "delete"
    assert f": {wanted}" in shown
    browser.post("/settings/delete/", {"name": wanted})
    assert [fact.kind for fact in marathoner.practice.history().facts] == ["runner_erased"]


@pytest.mark.parametrize("place", PLACES)
def test_a_blocked_runner_keeps_the_settings_and_sees_no_drill_there(marathoner, browser, place) -> None:
    blocked(marathoner)
    answer = browser.get(f"/settings/{place}")
    names = [one.name for one in catalogue.load().values()]

    assert answer.status_code == 200
    if place != "export/":
        assert [name for name in names if name in text(answer)] == []
    assert "/settings/clearance/" in browser.get("/stop/").content.decode()


@pytest.mark.parametrize("place", PLACES)
def test_a_newcomer_may_open_every_setting(app, browser, place) -> None:
    assert browser.get(f"/settings/{place}").status_code == 200


def hurt_in_a_session(marathoner: Any) -> Any:
    """Log the next session with a pain that was a slip of the finger, and return the fact."""
    practice = marathoner.practice
    slot = practice.next_slot()
    drill = practice.drills_of(slot)[0]
    practice.log(slot, coach.SessionAnswers(effort=4, discomfort=7, pain=((drill, SORE_JOINT),)))
    marathoner.now += timedelta(minutes=5)
    return practice.history().facts_of(SessionLogged)[-1]


FELT_FINE = {"effort": "4", "discomfort": "1", "form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


def test_a_session_with_mistyped_pain_is_told_anew_and_asked_about(marathoner, browser) -> None:
    hurt = hurt_in_a_session(marathoner)
    place = f"/settings/facts/{hurt.id}/anew/"
    listed = browser.get("/settings/facts/?kind=session_logged").content.decode()
    assert place in listed
    assert f'"/settings/facts/{hurt.id}/"' not in listed, "what cannot be done is not offered"

    assert "Answer each of them." in text(browser.post(place, FELT_FINE))
    assert marathoner.practice.history().facts_of(SessionLogged) == (hurt,)

    no = dict.fromkeys(coach.asked_before_a_session(), "no")
    blocked = coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked
    told = {"anew": hurt.body.drills[0].drill}
    shown = text(browser.post(place, FELT_FINE | no | told, follow=True))
    [anew] = marathoner.practice.history().facts_of(SessionLogged)
    assert "Told anew" in shown
    first = anew.body.drills[0]
    assert (anew.supersedes, first.discomfort, first.pain) == (hurt.id, 1, ())
    assert coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked == blocked


def test_a_drill_that_is_not_chosen_to_be_told_anew_keeps_what_hurt_in_it(marathoner, browser) -> None:
    hurt = hurt_in_a_session(marathoner)
    place = f"/settings/facts/{hurt.id}/anew/"
    no = dict.fromkeys(coach.asked_before_a_session(), "no")
    assert "What hurt:" in text(browser.get(place)).split("Which drills do you tell anew?")[1]
    browser.post(place, FELT_FINE | no | {"too_much": hurt.body.drills[0].drill})
    [anew] = marathoner.practice.history().facts_of(SessionLogged)

    assert SORE_JOINT in anew.body.drills[0].pain
    assert anew.body.drills[0].too_much
    assert browser.get(f"/settings/facts/{anew.id}/anew/").status_code == 200, "the next drill may follow"


def test_who_says_that_it_hurts_now_has_told_that_and_nothing_else(marathoner, browser) -> None:
    hurt = hurt_in_a_session(marathoner)
    said = dict.fromkeys(coach.asked_before_a_session(), "no") | {"new_pain": "yes"}
    shown = text(browser.post(f"/settings/facts/{hurt.id}/anew/", FELT_FINE | said, follow=True))

    assert "stays as it was" in shown
    assert marathoner.practice.history().facts_of(SessionLogged) == (hurt,)
    assert coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked


def test_a_restriction_put_on_by_hand_says_how_it_ends_instead_of_offering_to_go(marathoner, browser) -> None:
    marathoner.practice.record(RestrictionTightened(tag="fai"))
    [fact] = marathoner.practice.history().facts_of(RestrictionTightened)
    listed = browser.get("/settings/facts/?kind=restriction_tightened")

    assert f"/settings/facts/{fact.id}/" not in listed.content.decode()
    assert "stays until it ends or a professional clears it" in text(listed)
