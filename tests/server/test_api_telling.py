"""What a program tells beside the day: safety's questions, settings, files; and what holds it back."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from hashlib import sha256
from time import sleep

import pytest

from activity_files import gpx
from programs import Account, Answer, Program, account_in
from triplane import coach
from triplane.history import CheckinAnswered
from visiting import HOST, Running


def accepted(program: Program) -> None:
    terms = program.get("safety/questions").json["terms"]
    assert terms["says"] and terms["ask"]
    assert program.put("safety/terms", {"version": "0"}).kind == "unknown"
    assert program.put("safety/terms", {"version": terms["version"]}).json["terms"] is None


def test_somebody_answers_all_questions_and_is_given_a_week(newcomer: Account) -> None:
    program = newcomer.program()
    first = program.post("safety/answers", {"answers": {"H01": False}})
    assert first.kind == "refused", "the terms come first"
    accepted(program)
    facts = program.get("runner").json["facts"]
    accepted_twice = program.put("safety/terms", {"version": coach.disclaimer().version})
    assert (accepted_twice.status, program.get("runner").json["facts"]) == (200, facts)

    asked = [one["question"]["id"] for one in program.get("safety/questions").json["questions"]]
    assert len(asked) > 30
    assert program.post("safety/answers", {"answers": {"Q99": False}}).kind == "unknown"
    assert program.post("safety/answers", {"answers": {asked[0]: 7}}).kind == "refused"
    assert program.post("safety/answers", {"answers": {}}).kind == "invalid"
    told = program.post("safety/answers", {"answers": dict.fromkeys(asked, False)})
    assert told.json["screened_on"] == "2026-11-25", told.json
    assert program.get("safety/questions").json["questions"] == []
    assert program.post("safety/answers", {"answers": {"H01": False}}).kind == "unknown", "it is not open"

    assert program.get("usual-week").kind == "nothing-yet"
    program.put("about", {"age_years": 40})
    program.put("equipment", {"equipment": ["mat", "chair"]})
    week = {"weekly_minutes": 60, "max_session_minutes": 20, "home_session_at": "18:00"}
    runs = {"tue": {"runs": [{"at": "07:00", "minutes": 45}]}}
    assert program.put("usual-week", {**week, "days": runs}).status == 200
    assert program.get("usual-week").json["days"]["tue"]["runs"][0]["at"] == "07:00:00"
    assert program.post("plan").json["state"] in ("session", "rest")


def test_a_yes_that_stops_everything_is_said_twice_and_then_stops(newcomer: Account) -> None:
    program = newcomer.program()
    accepted(program)
    stops = {"H01": True, "H01.deformed_or_stuck": True}
    facts = program.get("runner").json["facts"]
    assert program.post("safety/answers", {"answers": stops}).kind == "sure-first"
    assert program.get("runner").json["facts"] == facts
    assert program.post("safety/answers", {"answers": stops, "sure": True}).json["level"] == "emergency"
    page = program.get("safety/stop").json
    assert page["level"] == "emergency" and page["do"]
    assert program.get("week").kind == "blocked"


def test_what_was_chosen_is_put_as_a_whole_and_a_second_time_nothing_changes(planned: Account) -> None:
    program = planned.program()
    for address, told in (
        ("preferences", {"units": "imperial", "quiet_from": "22:00", "quiet_until": "07:00"}),
        ("about", {"age_years": 51, "sex": "female"}),
        ("equipment", {"equipment": ["mat", "wall"]}),
        ("defaults/caps.new_drills", {"value": 1}),
    ):
        put = program.put(address, told)
        assert put.status == 200, put.json
        facts = program.get("runner").json["facts"]
        assert program.put(address, told).json == put.json
        assert program.get("runner").json["facts"] == facts, address
        assert program.get(address.partition("/")[0]).json == put.json
    ours = program.put("defaults/caps.new_drills", {"value": None}).json
    assert next(one for one in ours if one["key"] == "caps.new_drills")["value"] != 1

    assert program.put("preferences", {"quiet_from": "22:00"}).status in (400, 422)
    assert program.put("preferences", {"quiet_from": "22:00+01:00", "quiet_until": "07:00"}).kind == "invalid"
    assert program.put("equipment", {"equipment": ["trampoline"]}).kind == "invalid"
    assert program.put("defaults/caps.unheard_of", {"value": 1}).kind == "unknown"


def test_a_run_comes_in_once_and_what_cannot_be_read_is_said(planned: Account) -> None:
    program = planned.program()
    run = gpx()
    first = program.send("files?name=morning.gpx", run)
    assert first.status == 200, first.json
    assert first.json["read"] and "1 run new" in first.json["says"]
    facts = program.get("runner").json["facts"]
    assert "1 known before" in program.send("files?name=morning.gpx", run).json["says"]
    assert program.get("runner").json["facts"] == facts
    broken = program.send("files?name=run.fit", b"\x0e\x10 no fit")
    assert (broken.status, broken.json["read"]) == (200, False)
    assert "run.fit" not in broken.json["says"] or "/tmp" not in broken.json["says"]
    assert program.send("files", run).kind == "invalid"
    assert program.send("files?name=..%2F..%2Fetc%2Fpasswd", run).kind == "invalid"
    assert program.send("files?name=run.gpx", bytes(64 * 2**20 + 1)).kind == "too-large"


def test_the_record_leaves_in_one_file_and_comes_back_as_its_runners_own(
    planned: Account, newcomer: Account
) -> None:
    program = planned.program()
    content = program.get("archive").body
    back = program.send("files?name=triplane.zip", content).json
    assert back["read"] and "0 new facts" in back["says"], back
    other = newcomer.program()
    refused = other.send("files?name=triplane.zip", content).json
    assert (refused["read"], "If it is your own" in refused["says"]) == (False, True)
    assert other.send("files?name=triplane.zip&mine=true", content).json["read"]
    assert other.get("day").json == program.get("day").json
    assert json.loads(program.get("fhir").body)["resourceType"] == "Bundle"


def test_a_session_is_taken_along_in_every_form(planned: Account) -> None:
    program = planned.program("read")
    slot = program.get("day").json["next_slot"]
    assert program.get(f"sessions/{slot}/bundle").json["asks"]
    holds = {"fit": b".FIT", "txt": b"30s", "md": b"# "}
    for ending, word in holds.items():
        got = program.get(f"sessions/{slot}/file/{ending}")
        assert got.status == 200
        assert word in got.body, ending
    assert program.get(f"sessions/{slot}/file/exe").kind == "invalid"
    assert program.get("sessions/nothing/file/fit").kind == "unknown"


def test_a_calendars_address_is_told_as_it_is_made_and_revoked(planned: Account, server: Running) -> None:
    program = planned.program()
    assert program.get("feed").json == {"since": "", "remind_min": 0, "address": ""}
    made = program.post("feed", {"remind_min": 5}).json
    path = made["address"].removeprefix(f"https://{HOST}")
    assert server.visitor().get(path).body.startswith(b"BEGIN:VCALENDAR")
    assert program.get("feed").json == {**made, "address": ""}
    assert program.delete("feed").status == 200
    assert server.visitor().get(path).status == 404


def test_an_address_that_was_made_and_lost_on_its_way_is_told_again_under_its_key(
    planned: Account, server: Running
) -> None:
    program = planned.program()

    def path(told: Answer) -> str:
        return str(told.json["address"]).removeprefix(f"https://{HOST}")

    first = program.post("feed", {"remind_min": 5}, key="phone-0001")
    again = program.post("feed", {"remind_min": 5}, key="phone-0001")
    assert (again.status, again.json) == (200, first.json)
    assert server.visitor().get(path(first)).status == 200
    assert program.post("feed", {"remind_min": 10}, key="phone-0001").kind == "key-used"

    other = program.post("feed", {"remind_min": 5}, key="phone-0002")
    assert path(other) != path(first)
    assert [server.visitor().get(path(one)).status for one in (first, other)] == [404, 200]
    program.delete("feed")
    assert path(program.post("feed", {"remind_min": 5}, key="phone-0002")) != path(other), "it was revoked"
    assert program.post("feed", {"remind_min": 7}).kind == "invalid"
    assert program.ask("POST", "feed", {"remind_min": 5}).kind == "invalid", "it has no key"


def test_what_rests_on_an_old_look_is_refused_and_what_was_told_stays_told(planned: Account) -> None:
    program = planned.program()
    tag = program.get("preferences").headers["ETag"]
    first = program.post("check-in", {}, key="morning-77", **{"If-Match": tag})
    assert first.status == 200
    again = program.post("check-in", {}, key="morning-77", **{"If-Match": tag})
    assert again.json == first.json, "an answer that was lost is asked for again"
    facts = program.get("runner").json["facts"]
    late = program.put("preferences", {"units": "imperial"}, **{"If-Match": tag})
    assert (late.status, late.kind) == (412, "changed")
    assert program.get("runner").json["facts"] == facts
    fresh = program.get("preferences").headers["ETag"]
    assert program.put("preferences", {"units": "imperial"}, **{"If-Match": fresh}).status == 200


def test_a_tag_holds_however_its_answer_was_packed(planned: Account) -> None:
    program = planned.program()
    packed = program.get("defaults", **{"Accept-Encoding": "gzip"})
    tag = packed.headers["ETag"]
    assert (packed.headers["Content-Encoding"], tag[:3]) == ("gzip", 'W/"')
    assert program.get("defaults", **{"If-None-Match": tag}).status == 304
    told = program.put("preferences", {"units": "imperial"}, **{"If-Match": tag})
    assert told.status == 200, told.json
    for late in (tag, f'"0-none", {tag}', tag.removeprefix("W/")):
        assert program.put("preferences", {"units": "metric"}, **{"If-Match": late}).kind == "changed"


def test_of_changes_that_rest_on_one_look_one_is_made_and_the_others_hear_of_it(planned: Account) -> None:
    program = planned.program()
    planned.told(CheckinAnswered(about=date(2026, 11, 24)))  # a plan is to be made before a change
    tag = program.get("runner").headers["ETag"]
    days = ["2026-12-05", "2026-12-06", "2026-12-12", "2026-12-13"]

    def race(day: str) -> Answer:
        said = program.put(f"changes/race/{day}", {"distance_m": 10000}, **{"If-Match": tag})
        while said.status == 429:  # a plan of this account is being made: what was sent is sent again
            sleep(0.2)
            said = program.put(f"changes/race/{day}", {"distance_m": 10000}, **{"If-Match": tag})
        return said

    with ThreadPoolExecutor(len(days)) as together:
        told = list(together.map(race, days))
    assert sorted(one.status for one in told) == [200, 412, 412, 412]
    [entered] = [
        one for one in program.get("facts?kind=race_entered").json["items"] if one["on"] == "2026-11-25"
    ]
    fresh = program.get("runner").headers["ETag"]
    assert program.delete(f"facts/{entered['id']}", **{"If-Match": tag}).kind == "changed"
    assert program.delete(f"facts/{entered['id']}", **{"If-Match": fresh}).status == 200


def test_the_plan_that_a_change_is_laid_upon_is_no_change_of_somebody_elses(planned: Account) -> None:
    program = planned.program()
    week = program.get("week").json
    slot = next(one["slot"] for day in week["days"] for one in day["slots"] if one["may_move"])
    to = slot["starts_at"].replace(slot["starts_at"][11:16], "20:00")
    looked = program.get(f"changes/move/{slot['id']}?to={to.replace('+', '%2B')}").json
    shown = [one["rule"] for one in looked["breaks"] if one["is_preference"]]
    planned.told(CheckinAnswered(about=date(2026, 11, 24)))
    tag = program.get("runner").headers["ETag"]
    assert program.get("week").kind == "no-plan"
    told = {"to": to, "insist": shown}
    moved = program.post(f"changes/move/{slot['id']}", told, key="moved-0001", **{"If-Match": tag})
    assert moved.status == 200, moved.json
    assert program.post("plan", **{"If-Match": tag}).kind == "changed"


def test_a_token_that_asks_too_much_waits_whichever_process_it_asks(server: Running) -> None:
    program = account_in(server).program()
    assert program.get("runner").status == 200
    digest = sha256(program.token.encode()).hexdigest()
    minute = "extract(epoch FROM now())::bigint / 60"
    refused: list[Answer] = []
    while not refused:  # once more where a minute ended meanwhile
        server.tell(f"UPDATE server_apitoken SET asked = 599, minute = {minute} WHERE digest = %s", digest)
        met = [program.get("runner") for _ in range(8)]
        refused = [answer for answer in met if answer.status == 429]
    assert refused[0].kind == "too-many"
    assert 0 < int(refused[0].headers["Retry-After"]) <= 60
    server.tell("UPDATE server_apitoken SET minute = minute - 1 WHERE digest = %s", digest)
    assert program.get("runner").status == 200, "a new minute"


def test_more_than_is_read_is_a_problem_too(newcomer: Account) -> None:
    program = newcomer.program()
    told = {"note": "x" * 3 * 2**20}
    tag = program.get("runner").headers["ETag"]
    for more in ({}, {"If-Match": tag}):
        assert program.post("check-in", told, **more).kind == "too-large"


@pytest.mark.parametrize("scope", ["read", "coach"])
def test_a_token_of_another_kind_tells_nothing(planned: Account, scope: str) -> None:
    program = planned.program(scope)
    assert program.put("preferences", {"units": "imperial"}).status == 403
    assert program.send("files?name=run.gpx", gpx()).status == 403


def test_a_session_told_before_the_first_week_is_made_waits_for_the_plan(newcomer: Account) -> None:
    answer = newcomer.program().post("sessions/2026-11-25-full_session-1/log", {"effort": 3})

    assert (answer.status, answer.kind) == (409, "no-plan")
    assert answer.json["next"] == "/api/v1/plan"
