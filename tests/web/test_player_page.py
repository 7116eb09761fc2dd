"""The player's page and its documents: what it plays from, who gets none, and that it is logged once."""

import json
import re
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders

from playing import KEY, logs, played_in_full
from triplane import coach
from triplane.catalogue import load_one
from triplane.history import DayChanged, FormSeen
from triplane.web.built import PLAYER, script

NO_FEELINGS = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}


@pytest.fixture
def slot(marathoner, browser, with_player) -> str:
    """The slot that is next, with the questions before it answered."""
    found = marathoner.practice.day().next_slot
    asked = browser.get(f"/session/{found}/").content.decode()
    names = re.findall(r'name="([a-z_]+)" value="no"', asked)
    browser.post(f"/session/{found}/", dict.fromkeys(names, "no"))
    return str(found)


def score(browser: Any, slot: str) -> dict[str, Any]:
    return json.loads(browser.get(f"/session/{slot}/play.json").content)


def hand_in(browser: Any, slot: str, where: str = "done", **told: Any) -> Any:
    found = told.pop("score", None) or score(browser, slot)
    body = {**played_in_full(found, effort=6), **told}
    return browser.post(f"/session/{slot}/play/{where}/", json.dumps(body), content_type="application/json")


def test_start_leads_to_the_player_where_it_was_built(marathoner, browser, with_player) -> None:
    assert re.search(r'href="/session/[^"]+/play/"[^>]*>.*Start', browser.get("/").content.decode())


def test_without_the_built_player_the_session_is_told_in_words_and_says_so(marathoner, browser) -> None:
    slot = marathoner.practice.day().next_slot
    assert "/play/" not in browser.get("/").content.decode()
    asked = browser.get(f"/session/{slot}/play/", follow=True).content.decode()
    names = re.findall(r'name="([a-z_]+)" value="no"', asked)
    shown = browser.post(f"/session/{slot}/", dict.fromkeys(names, "no"), follow=True)

    assert "The player was not built" in shown.content.decode()


def test_the_player_asks_first_then_shows_its_page(marathoner, browser, with_player) -> None:
    slot = marathoner.practice.day().next_slot
    asked = browser.get(f"/session/{slot}/play/", follow=True).content.decode()
    assert "Has anything changed?" in asked

    names = re.findall(r'name="([a-z_]+)" value="no"', asked)
    shown = browser.post(f"/session/{slot}/", dict.fromkeys(names, "no"), follow=True).content.decode()
    assert f'src="{script(PLAYER)}"' in shown
    assert "The player needs scripts" in shown
    assert not re.search(r"<script(?![^>]*(\bsrc=|\"application/json\"))", shown)


def test_what_is_played_and_when_to_stop_is_read_before_any_script_came(marathoner, browser, slot) -> None:
    shown = browser.get(f"/session/{slot}/play/").content.decode()
    first = marathoner.practice.begin(slot).cues[0]

    assert re.search(r'<dialog[^>]* id="start"[^>]* open>', shown)
    assert re.search(r'data-do="begin" disabled>', shown), "nothing is there yet that could begin"
    assert not re.search(r'id="player"[^>]* hidden', shown)
    assert re.search(rf'data-show="tell">\s*{re.escape(first.says)}<', shown)
    assert all(str(word) in unescape(shown) for word in coach.stop_words())


def test_where_scripts_are_off_only_the_way_to_the_session_in_words_is_shown(browser, slot) -> None:
    shown = browser.get(f"/session/{slot}/play/").content.decode()
    (sheet,) = re.findall(r'<noscript><link rel="stylesheet" href="/static/(\w+\.css)"></noscript>', shown)
    hides = (Path(finders.find(sheet))).read_text(encoding="utf-8")

    assert re.search(r"#player, #start \{ display: none; \}", hides)


def test_the_score_holds_every_cue_and_the_figures_of_its_drills(marathoner, browser, slot) -> None:
    found, planned = score(browser, slot), marathoner.practice.begin(slot)

    told = [{k: v for k, v in cue.items() if k not in ("is_work", "is_talk")} for cue in found["cues"]]
    assert [coach.Cue.model_validate(cue) for cue in told] == list(planned.cues)
    assert set(found["drills"]) == {item.drill for item in planned.items}
    for drill in found["drills"].values():
        for address in (drill["film"], *drill["posters"].values()):
            kept = browser.get(address)
            assert kept.status_code == 200
            assert "immutable" in kept.headers["Cache-Control"]


def test_the_score_says_what_every_cue_is_for_so_that_no_script_reads_it_from_words(
    marathoner, browser, slot
) -> None:
    for cue in score(browser, slot)["cues"]:
        kind = cue["kind"]
        assert cue.get("is_work", False) is (kind in ("move", "hold")), cue
        assert cue.get("is_talk", False) is (kind in ("announce", "set_up", "step", "feeling")), cue
        assert cue["says"] != "And back." or cue["is_way_back"], cue
        assert not cue.get("is_taught") or cue["is_work"], cue
        if cue.get("focus"):
            assert cue["focus"] in cue["says"] or kind in ("move", "hold", "rest"), cue
        assert bool(cue.get("focus")) is bool(cue.get("set") or kind == "feeling"), cue


def test_an_old_name_of_a_figure_leads_to_the_present_one(marathoner, browser) -> None:
    answer = browser.get("/figures/mob_quad_band/000000000000.json")

    assert answer.status_code == 302
    assert "immutable" not in answer.headers["Cache-Control"]
    assert browser.get(answer.headers["Location"]).status_code == 200


def test_a_blocked_runner_gets_no_player_no_score_and_no_figure(marathoner, browser, slot) -> None:
    addresses, documents = [f"/session/{slot}/play/"], [f"/session/{slot}/play.json"]
    documents += [drill["film"] for drill in score(browser, slot)["drills"].values()]
    addresses += [drill["posters"]["left"] for drill in score(browser, slot)["drills"].values()]
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    for address in addresses:
        answer = browser.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, "/stop/"), address
    for address in documents:
        answer = browser.get(address)
        assert (answer.status_code, answer.json()["next"]) == (409, "/stop/"), address
        assert answer.json().keys() == {"problem", "next"}, address


def test_a_score_asked_for_before_the_questions_says_so_and_where_they_are(marathoner, browser) -> None:
    slot = marathoner.practice.next_slot()
    answer = browser.get(f"/session/{slot}/play.json")

    assert answer.status_code == 409
    assert answer.json()["problem"].startswith("The questions before a session come first")
    assert answer.json()["next"] == f"/session/{slot}/"


def test_what_was_played_is_logged_once_however_often_it_is_handed_in(marathoner, browser, slot) -> None:
    answers = [hand_in(browser, slot) for _ in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 200]
    (found,) = logs(marathoner)
    assert found.effort == 6
    assert all(done.clean_reps == done.reps_asked for done in found.drills)


def test_another_window_cannot_log_the_same_session_again(marathoner, browser, slot) -> None:
    hand_in(browser, slot)
    browser.raise_request_exception = False

    assert hand_in(browser, slot, key=KEY.replace("0", "1")).status_code == 400
    assert len(logs(marathoner)) == 1


def test_the_runners_own_count_of_clean_repetitions_goes_before_the_clocks(marathoner, browser, slot) -> None:
    played = {"seconds": [cue["seconds"] for cue in score(browser, slot)["cues"]]}
    counted = json.loads(hand_in(browser, slot, "count").content)["counted"]
    first = counted[0]
    clean = [{"item": first["item"], "side": first["side"], "reps": first["reps"] - 2}]
    hand_in(browser, slot, played={**played, "clean": clean})

    assert logs(marathoner)[0].drills[0].clean_reps == first["asked"] - 2


def test_a_set_that_ended_by_form_and_what_was_answered_stand_on_the_record(
    marathoner, browser, slot
) -> None:
    found = score(browser, slot)
    item = next(
        one
        for one in marathoner.practice.bundle(slot).session.items
        if any(fault.ask for fault in load_one(one.drill).fault)
    )
    faults = load_one(item.drill).fault
    asked = next(number for number, fault in enumerate(faults) if fault.ask)
    side = next(cue.get("side") for cue in found["cues"] if cue.get("item") == item.id and cue.get("is_work"))
    told = {"item": item.id, "side": side, "ended_by": [0, 99], "answers": {asked: True, 99: True}}
    played = {"seconds": [cue["seconds"] for cue in found["cues"]], "form": [told]}
    assert hand_in(browser, slot, played=played).status_code == 200

    forms = [done.form for done in logs(marathoner)[0].drills if done.form]
    assert forms == [FormSeen(ended_by=(faults[0].happens,), answers={faults[asked].ask: True})]
    record = browser.get("/settings/facts/").content.decode()
    assert "Form broke and ended a set" in record
    assert "Slips of form that you told of: 1." in record


@pytest.mark.parametrize(
    ("felt", "stops"),
    [
        ({"form-0-region": "groin", "form-0-kind": "joint", "form-0-score": "5"}, True),
        ({"form-0-region": "buttock", "form-0-kind": "muscle", "form-0-score": "4"}, False),
        ({"signs": ["giving_way"]}, True),
        ({}, False),
    ],
)
def test_what_hurts_is_judged_by_the_coach_and_recorded_with_the_drill(
    marathoner, browser, slot, felt, stops
) -> None:
    item = marathoner.practice.bundle(slot).session.items[0].id
    told = {**NO_FEELINGS, "item": item, "side": "left", **felt}
    verdict = json.loads(browser.post(f"/session/{slot}/play/hurts/", told).content)
    assert verdict["stops"] is stops
    assert bool(verdict["follows"]) is stops

    seconds = [cue["seconds"] for cue in score(browser, slot)["cues"]]
    played = {"seconds": seconds, "interruptions": [verdict["interruption"]]}
    assert hand_in(browser, slot, played=played, effort=None).status_code == 200
    done = next(one for one in logs(marathoner)[0].drills if one.side == "left")
    assert bool(done.pain or done.signs) is bool(felt)
    assert done.too_much is not bool(felt)


def test_pain_without_how_much_says_what_is_missing(marathoner, browser, slot) -> None:
    told = {**NO_FEELINGS, "item": "x", "form-0-region": "groin", "form-0-kind": "joint"}
    answer = browser.post(f"/session/{slot}/play/hurts/", told)

    assert answer.status_code == 400
    assert "Choose how much" in json.loads(answer.content)["problem"]


@pytest.mark.parametrize(
    "body",
    [
        "{}", "[]", "nonsense", '{"key": "x", "played": {"seconds": []}}',
        f'{{"key": "{KEY}", "played": {{"seconds": [-1]}}}}',
        f'{{"key": "{KEY}", "played": {{"seconds": [1e999]}}}}',
    ],
)  # fmt: skip
def test_what_no_player_hands_in_is_refused_and_keeps_nothing(marathoner, browser, slot, body) -> None:
    browser.raise_request_exception = False
    answer = browser.post(f"/session/{slot}/play/done/", body, content_type="application/json")

    assert answer.status_code == 400
    assert logs(marathoner) == []


@pytest.mark.parametrize("wrong", ["the same three times", "of two sessions"])
def test_one_sessions_work_counts_once_whatever_items_a_device_names(
    marathoner, browser, slot, wrong
) -> None:
    told = played_in_full(score(browser, slot))
    items = told["reference"]["items"]
    plan = marathoner.practice.history().issued_plan(coach.monday_of(marathoner.now.date()))
    other = next(item.id for item in plan.items if item.slot != slot)
    told["reference"]["items"] = items[:1] * 3 if wrong == "the same three times" else [*items, other]
    answer = browser.post("/hand-in/", json.dumps(told), content_type="application/json")

    assert answer.status_code == 400
    assert logs(marathoner) == []


@pytest.mark.parametrize("address", ["/hand-in/", "/session/any/play/done/"])
@pytest.mark.parametrize("wrong", ["effort", "plan", "question", "25 feelings"])
def test_what_hurt_is_kept_where_the_rest_cannot_be_read_and_says_so(
    marathoner, browser, slot, address, wrong
) -> None:
    told = played_in_full(score(browser, slot)) | {"readiness": {"new_pain": True}}
    groin = {"region": "groin", "side": "left", "kind": "joint", "score": 8}
    first = told["reference"]["items"][0]
    told["played"]["interruptions"] = [
        {"item": first, "side": "left", "pain": [groin] * (25 if wrong == "25 feelings" else 1)}
    ]
    if wrong == "effort":
        told["effort"] = 11
    elif wrong == "plan":
        told["reference"] = told["reference"] | {"plan": "2026-11-23-00000000"}
    elif wrong == "question":
        told["readiness"]["asked_since"] = False
    answer = browser.post(address, json.dumps(told), content_type="application/json")

    assert answer.status_code == 200
    assert "could not be read" in json.loads(answer.content)["says"]
    ((felt,),) = [done.pain for log in logs(marathoner) for done in log.drills if done.pain]
    assert (felt.region, felt.score) == ("groin", 8)
    assert coach.clearance(marathoner.practice.history(), marathoner.now).is_blocked
    for page in ("/", "/week/", "/progress/", "/settings/facts/"):
        assert browser.get(page, follow=True).status_code == 200


def test_whoever_is_stopped_meanwhile_is_told_no_drill_by_what_was_counted(marathoner, browser, slot) -> None:
    found = score(browser, slot)
    assert json.loads(hand_in(browser, slot, "count", score=found).content)["counted"]
    marathoner.practice.record(coach.screening_answers({"H07": True}))
    answer = hand_in(browser, slot, "count", score=found)

    assert (answer.status_code, json.loads(answer.content)) == (200, {"counted": []})


@pytest.mark.parametrize(
    "felt", [{"signs": ["sharp_pain"] * 21}, {"signs": ["giving_way", "sharp_pain"] * 300}]
)
def test_a_sign_that_is_sent_many_times_is_one_sign(marathoner, browser, slot, felt) -> None:
    answer = browser.post(f"/session/{slot}/play/hurts/", {**NO_FEELINGS, "item": "x", **felt})
    found = json.loads(answer.content)

    assert (answer.status_code, found["stops"]) == (200, True)
    assert sorted(found["interruption"]["signs"]) == sorted(set(felt["signs"]))


def test_drills_of_another_version_are_refused_in_a_sentence(marathoner, browser, slot) -> None:
    browser.raise_request_exception = False
    answer = hand_in(browser, slot, played={"seconds": [1.0]})

    assert answer.status_code == 400
    assert "have changed since" in answer.content.decode()
    assert logs(marathoner) == []


def test_who_must_tell_in_words_what_could_not_be_counted_is_told_so(marathoner, browser, slot) -> None:
    found = score(browser, slot)
    stop = {"item": found["reference"]["items"][0], "too_much": True}
    played = {"seconds": [1.0], "interruptions": [stop]}
    answers = [
        hand_in(browser, slot, score=found, played=played),
        hand_in(browser, slot, score=found, key=KEY.replace("0f8f", "1f8f")),
    ]
    by_device = {
        "key": KEY.replace("0f8f", "2f8f"),
        "mark": found["mark"],
        "reference": found["reference"],
        "played": played,
    }
    answers.append(browser.post("/hand-in/", json.dumps(by_device), content_type="application/json"))
    says = [json.loads(answer.content)["says"] for answer in answers]

    assert ["tell in words how it was" in one for one in says] == [True, False, True]
    assert says[1].startswith("Recorded: ")


def test_a_session_begun_before_the_plan_changed_is_counted_and_logged_all_the_same(
    marathoner, browser, slot
) -> None:
    before = score(browser, slot)
    marathoner.now += timedelta(minutes=40)
    marathoner.practice.record(DayChanged(date=marathoner.now.date(), away=True))
    marathoner.practice.day()

    assert json.loads(hand_in(browser, slot, "count", score=before).content)["counted"]
    assert hand_in(browser, slot, score=before).status_code == 200
    (found,) = logs(marathoner)
    assert found.slot == before["slot"]
