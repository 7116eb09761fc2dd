"""The API as a program meets it: what it reads is the coach's word, what it tells is recorded once."""

from pathlib import Path

from programs import Account, Program, ready
from triplane import coach
from triplane.formats.archive import unpack
from visiting import Running


def test_a_day_a_week_and_a_map_are_the_coachs_own_values(planned: Account) -> None:
    program, practice = planned.program("read"), planned.practice()
    with practice.journal:
        history, now = practice.history(), practice.now
        assert coach.Day.model_validate(program.get("day").json) == practice.look()
        assert coach.Week.model_validate(program.get("week").json) == coach.week(history, now)
        assert coach.Week.model_validate(program.get("week?ahead=true").json) == coach.next_week(history, now)
        assert coach.HipMap.model_validate(program.get("map").json) == coach.hip_map(history, now)
        assert coach.Progress.model_validate(program.get("progress").json) == coach.progress(history, now)
        assert program.get("runner").json["mark"] == history.mark


def test_whoever_told_nothing_yet_is_shown_no_drill_and_told_what_comes_first(newcomer: Account) -> None:
    program = newcomer.program("read")
    assert program.get("day").json["state"] == "unscreened"
    assert program.get("week").kind == "blocked"
    told = program.get("progress")
    assert (told.kind, told.json["next"]) == ("refused", "/begin/")
    assert program.get("facts").json == {"items": [], "next": ""}


def test_looking_plans_nothing_and_says_where_the_week_is_made(planned: Account) -> None:
    program = planned.program()
    planned.told(coach.check_in(planned.practice().yesterday, (), None, planned.practice().now))
    before = program.get("runner").json["facts"]

    looked = program.get("day")
    if looked.status == 409:
        assert (looked.kind, looked.json["next"]) == ("no-plan", "/api/v1/plan")
    assert program.get("runner").json["facts"] == before

    assert program.post("plan").json["state"] in ("session", "rest")
    assert program.get("day").status == 200
    assert program.get("week").status == 200


def test_a_tag_says_whether_anything_changed(planned: Account) -> None:
    program = planned.program()
    first = program.get("map")
    tag = first.headers["ETag"]
    assert tag.strip('W/"').startswith(f"{program.get('runner').json['facts']}-")
    again = program.get("map", **{"If-None-Match": tag})
    assert (again.status, again.body) == (304, b"")

    planned.told(coach.check_in(planned.practice().yesterday, (), None, planned.practice().now))
    assert program.get("map", **{"If-None-Match": tag}).status == 200


def test_facts_are_read_page_by_page_and_end(planned: Account) -> None:
    program = planned.program("read")
    whole = program.get("facts?limit=200").json["items"]
    assert len(whole) > 4
    read, address = [], "facts?limit=3"
    while address:
        page = program.get(address).json
        assert len(page["items"]) <= 3
        read += page["items"]
        address = page["next"]
    assert read == whole

    assert program.get("facts?before=nothing").kind == "unknown"
    assert program.get("facts?kind=plan_issued").kind == "unknown"
    assert program.get("facts?limit=0").kind == "invalid"
    assert program.get(f"facts/{whole[0]['id']}").json == whole[0]


def test_what_became_of_a_wish_for_a_drill_is_read_where_it_was_told(planned: Account) -> None:
    program = planned.program()
    in_plan = [item["item"]["drill"] for slot in program.get("day").json["slots"] for item in slot["drills"]]
    name = in_plan[0]
    assert program.get(f"changes/drill/{name}").kind == "nothing-yet"
    assert program.get("changes/drill").json == {"items": [], "next": ""}
    before = program.get("changes/drill").headers["ETag"]
    assert program.post(f"changes/drill/{name}", {"wanted": True, "until": "2026-12-20"}).status == 200

    wish = program.get(f"changes/drill/{name}")
    assert wish.json["drill"] == name
    assert (wish.json["wanted"], wish.json["until"], wish.json["set_by"]) == (True, "2026-12-20", "")
    assert wish.json["says"] == "It is in this week's plan."
    assert wish.json["sessions"] >= 1
    tag = wish.headers["ETag"]
    assert program.get(f"changes/drill/{name}", **{"If-None-Match": tag}).status == 304
    assert program.get("changes/drill", **{"If-None-Match": before}).status == 200

    assert program.post(f"changes/drill/{name}", {"wanted": None}).status == 200
    assert program.get(f"changes/drill/{name}").kind == "nothing-yet"
    assert program.get("changes/drill/no_such_drill").kind == "unknown"


def test_wishes_are_read_page_by_page_also_where_one_is_taken_back_meanwhile(planned: Account) -> None:
    program = planned.program()
    names = ["mob_quad_band", "own_hip_cars", "str_sl_bridge", "str_step_down"]
    for name in names:
        program.post(f"changes/drill/{name}", {"wanted": name.startswith("str")})
    whole = program.get("changes/drill").json
    assert ([one["drill"] for one in whole["items"]], whole["next"]) == (names, "")
    first = program.get("changes/drill?limit=2").json
    program.post(f"changes/drill/{names[1]}", {"wanted": None})
    second = program.get(first["next"]).json
    assert [one["drill"] for one in first["items"] + second["items"]] == names
    assert second["next"] == ""
    assert program.get("changes/drill?after=%20").kind == "invalid"


def test_the_archive_is_the_record_itself(planned: Account, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    file.write_bytes(planned.program("read").get("archive").body)
    practice = planned.practice()
    with practice.journal:
        known = practice.history().facts
    assert [fact.id for fact in unpack(file, "archive")] == [fact.id for fact in known]


def test_a_session_is_handed_out_only_after_the_questions_before_it(planned: Account) -> None:
    program = planned.program()
    slot = program.get("day").json["next_slot"]
    refused = program.get(f"sessions/{slot}")
    assert (refused.kind, refused.json["next"]) == ("not-ready", "/api/v1/readiness")
    asked = [one["id"] for one in program.get("readiness").json]
    assert asked == refused.json["questions"]

    told = program.post("readiness", {"answers": dict.fromkeys(asked, False)})
    assert told.json["verdict"] == "go", told.json
    assert program.get("readiness").json == []
    assert program.get(f"sessions/{slot}").json["cues"]


def test_what_is_played_is_handed_in_once_and_for_nobody_else(planned: Account, newcomer: Account) -> None:
    program = planned.program()
    ready(planned)
    slot = program.get("day").json["next_slot"]
    session = coach.Session.model_validate(program.get(f"sessions/{slot}").json)
    told = {
        "key": "0000aaaa-1",
        "mark": program.get("runner").json["mark"],
        "ended_at": planned.practice().now.isoformat(),
        "reference": session.reference.model_dump(mode="json"),
        "played": {"seconds": [cue.seconds for cue in session.cues]},
        "effort": 4,
    }
    assert newcomer.program().post("hand-in", told).kind == "other-runner"
    first = program.post("hand-in", told)
    assert first.status == 200, first.json
    facts = program.get("runner").json["facts"]
    assert program.post("hand-in", told).status == 200
    assert program.get("runner").json["facts"] == facts
    assert program.get("facts?kind=session_logged").json["items"]


def test_a_session_told_in_words_is_logged_once(planned: Account) -> None:
    program = planned.program()
    slot = program.get("day").json["next_slot"]
    first = program.post(f"sessions/{slot}/log", {"effort": 3}, key="evening-1")
    again = program.post(f"sessions/{slot}/log", {"effort": 3}, key="evening-1")
    assert first.json["kind"] == "session_logged"
    assert again.json == first.json
    assert program.post(f"sessions/{slot}/log", {"effort": 3}).kind == "refused"


def test_what_hurt_is_recorded_though_safety_stops_the_runner_meanwhile(planned: Account) -> None:
    program = planned.program()
    slot = program.get("day").json["next_slot"]
    drill = planned.practice().drills_of(slot)[0]
    planned.told(coach.screening_answers({"Q07": True}, short=True))
    groin = {"score": 8, "region": "groin", "kind": "joint", "side": "left"}
    mistyped = program.post(f"sessions/{slot}/log", {"skipped": [f"{drill}s"]}, key="evening-8")
    told = program.post(f"sessions/{slot}/log", {"effort": 9, "pain": [[drill, groin]]}, key="evening-9")
    assert (told.status, told.json["kind"]) == (200, "session_logged")
    assert len(program.get("facts?kind=session_logged").json["items"]) == 1
    assert mistyped.status == 404
    assert drill not in str(mistyped.json).replace(f"{drill}s", "")
    assert program.get("week").kind == "blocked"


def test_a_key_names_one_thing_for_good(planned: Account) -> None:
    program = planned.program()
    sore = [{"score": 3, "region": "groin", "kind": "muscle", "side": "left"}]
    first = program.post("check-in", {"soreness": sore, "course": "stays"}, key="morning-1")
    again = program.post("check-in", {"soreness": sore, "course": "stays"}, key="morning-1")
    assert first.json["kind"] == "checkin_answered"
    assert again.json == first.json
    assert len(program.get("facts?kind=checkin_answered").json["items"]) == 1

    assert program.post("check-in", {}, key="morning-1").kind == "key-used"
    assert len(program.get("facts?kind=checkin_answered").json["items"]) == 1
    assert program.ask("POST", "check-in", {}).kind == "invalid", "what is told has a key"
    assert program.post("check-in", {"about": "2026-12-25"}).kind == "refused"


def test_readings_are_recorded_once_and_what_is_apart_waits(planned: Account) -> None:
    program = planned.program()
    known = [one["test"]["id"] for one in program.get("tests").json]
    test = next(name for name in known if "internal" in name)
    left = {"readings": [30, 31, 30], "pain": 0, "end_feel": "stretch"}
    told = {"test": test, "method": "phone_helper", "sides": {"left": left}}
    refused = program.post("measurements", told)
    assert (refused.kind, refused.json["next"]) == ("not-ready", f"/api/v1/tests/{test}/questions")
    asked = [one["question"]["id"] for one in program.get(f"tests/{test}/questions").json]
    assert asked == refused.json["questions"]
    assert program.post(f"tests/{test}/questions", {"answers": {"Q07": False}}).kind == "unknown"
    answered = program.post(f"tests/{test}/questions", {"answers": dict.fromkeys(asked, False)})
    assert answered.json["screened_on"], answered.json

    first = program.post("measurements", told)
    assert first.status == 200, first.json
    assert first.json[0]["verdict"]["valid"]
    facts = program.get("runner").json["facts"]
    assert program.post("measurements", told).status == 200
    assert program.get("runner").json["facts"] == facts
    assert program.get("measurements").json["items"][0]["measurement"]["readings"] == [30, 31, 30]
    assert program.get(f"measurements/{told['test']}").json[0]["measurement"]["body"]["side"] == "left"

    left["readings"] = [10, 30, 44]
    apart = program.post("measurements", told)
    assert apart.json[0]["verdict"]["repeat"]
    assert program.get("runner").json["facts"] == facts, "it waits for two more"


def test_a_day_away_a_race_and_a_move_change_the_week(planned: Account) -> None:
    program = planned.program()
    away = program.put("changes/day/2026-11-27", {"goes": "away"}).json
    assert next(day for day in away["days"] if day["date"] == "2026-11-27")["away"]
    facts = program.get("runner").json["facts"]
    assert program.put("changes/day/2026-11-27", {"goes": "away"}).json == away
    assert program.get("runner").json["facts"] == facts, "put a second time it stands so already"
    back = program.delete("changes/day/2026-11-27").json
    assert not next(day for day in back["days"] if day["date"] == "2026-11-27")["away"]
    assert program.put("changes/day/2026-11-20", {"goes": "away"}).kind == "refused"
    assert program.put("changes/day/2026-11-27", {"goes": "away", "minutes": 10}).kind == "invalid"
    assert program.put("changes/day/2026-11-27", {"goes": "otherwise"}).kind == "refused"
    run = {"at": "07:00", "minutes": 40, "kind": "easy"}
    assert program.put("changes/day/2026-11-27", {"goes": "otherwise", "runs": [run]}).status == 200
    run["at"] = "07:00:00+05:00"
    assert program.put("changes/day/2026-11-27", {"goes": "otherwise", "runs": [run]}).kind == "invalid"

    told = {"distance_m": 10000, "called": "Lake"}
    race = program.put("changes/race/2026-11-28", told)
    assert race.status == 200, race.json
    facts = program.get("runner").json["facts"]
    assert program.put("changes/race/2026-11-28", told).json == race.json
    assert program.get("runner").json["facts"] == facts
    assert program.delete("changes/race/2026-11-28").status == 200
    facts = program.get("runner").json["facts"]
    assert program.delete("changes/race/2026-11-28").status == 200, "it is cancelled already"
    assert program.get("runner").json["facts"] == facts
    assert program.delete("changes/race/2026-11-29").kind == "refused"

    week = program.get("week").json
    slot = next(one["slot"] for day in week["days"] for one in day["slots"] if one["may_move"])
    to = slot["starts_at"].replace(slot["starts_at"][11:16], "20:00")
    looked = program.get(f"changes/move/{slot['id']}?to={to.replace('+', '%2B')}")
    assert looked.status == 200, looked.json
    shown = [one["rule"] for one in looked.json["breaks"] if one["is_preference"]]
    moved = program.post(f"changes/move/{slot['id']}", {"to": to, "insist": shown})
    assert moved.status == 200, moved.json
    assert program.delete(f"changes/move/{slot['id']}").status == 200


def test_a_fact_is_taken_back_unless_safety_rests_on_it(planned: Account) -> None:
    program = planned.program()
    program.put("changes/race/2026-12-12", {"distance_m": 21100})
    [race] = [
        one for one in program.get("facts?kind=race_entered").json["items"] if one["on"] == "2026-11-25"
    ]
    assert program.delete(f"facts/{race['id']}?reason=mistyped").json["corrected"]
    assert program.delete(f"facts/{race['id']}").json["corrected"], "a second time is harmless"
    [answered] = program.get("facts?kind=screening_answered&limit=1").json["items"]
    assert program.delete(f"facts/{answered['id']}").status in (400, 409)


def test_what_cannot_be_read_is_said_place_by_place(planned: Account, server: Running) -> None:
    program = planned.program()
    told = program.post("check-in", {"soreness": [{"score": 11, "region": "ear"}], "more": 1})
    assert told.kind == "invalid"
    assert {one["where"].rpartition(".")[2] for one in told.json["errors"]} >= {"score", "region", "more"}
    assert Program(server, program.token).get("nothing").kind == "unknown"
    assert program.ask("PUT", "day").kind == "method"
