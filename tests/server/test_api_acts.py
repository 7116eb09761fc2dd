"""A coach's program acts for runners who agreed to it, groups them, and takes a group along."""

import io
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from test_api_coach import account_of

from letting_in import Pair, facts_of, let_in, runner_of
from programs import COACHS, Account, Program
from triplane import coach
from triplane.history import ConsentGiven, Deed, SharedAs
from visiting import Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
DATES = {"before": "2026-09-01", "after": "2026-11-20"}


@pytest.fixture
def pair(server: Running, new_runner: NewRunner) -> Pair:
    return let_in(server, new_runner)


def acting(pair: Pair) -> tuple[Program, str]:
    """Return the coach's program and where its runner stands."""
    program = account_of(pair.server, pair.coach_email).program("coaching")
    [line] = program.get("coach/runners").json["items"]
    return program, f"coach/runners/{line['number']}"


def done(pair: Pair) -> list[tuple[object, ...]]:
    """Return kind and reason of what the coach recorded."""
    who = f"coach:{runner_of(pair.server, pair.coach_email)}"
    return [(fact[0], fact[2]) for fact in facts_of(pair.server, pair.runner_email) if fact[1] == who]


def test_each_act_is_a_fact_with_author_and_why_and_told_once(pair: Pair) -> None:
    program, at = acting(pair)
    slots = [one["slot"]["id"] for day in program.get(f"{at}/week").json["days"] for one in day["slots"]]
    slot = next(one for one in slots if one > "2026-11-26" and ("rest_day" in one or "full" in one))
    told: dict[str, object] = {
        "notes": {"text": "Slower on the way down."},
        "restrictions": {"tag": "acute", "reason": "The groin, after Sunday."},
        "defaults/caps.new_drills": {"value": 1, "reason": "One is enough."},
        "drills/str_step_down": {"wanted": False, "until": "2026-12-20", "reason": "Not on that stair."},
        f"times/{slot}": {"to": "2026-11-28T20:30:00+01:00", "reason": "After the long run."},
    }
    for number, (where, body) in enumerate(told.items()):
        first = program.post(f"{at}/{where}", body, key=f"act-number-{number}")
        again = program.post(f"{at}/{where}", body, key=f"act-number-{number}")
        assert (first.status, again.status) == (200, 200), first.body
        assert first.json["id"] == again.json["id"]
    assert program.post(f"{at}/notes", {"text": "Other."}, key="act-number-0").kind == "key-used"
    at_night = {"to": "2026-11-28T02:30:00+01:00", "reason": "Early bird."}
    refused = program.post(f"{at}/times/{slot}", at_night)
    assert refused.kind == "refused", refused.body
    assert b"only the runner puts a session there" in refused.body
    assert done(pair) == [
        ("note_written", ""),
        ("restriction_tightened", "The groin, after Sunday."),
        ("default_changed", "One is enough."),
        ("drill_chosen", "Not on that stair."),
        ("slot_moved", "After the long run."),
    ]
    shown = program.get(f"{at}/acts").json
    assert [one["who"] for one in shown] == ["Cara Coach"] * 5

    own = account_of(pair.server, pair.runner_email).program("write")
    seen = own.get("acts").json
    assert [one["fact"]["id"] for one in seen] == [one["fact"]["id"] for one in shown]
    [moved] = [one for one in seen if one["puts_back"]]
    assert own.delete(f"acts/{moved['fact']['id']}").status == 200
    assert not any(one["puts_back"] for one in own.get("acts").json)


def test_what_a_coach_may_not_is_refused_and_recorded_nowhere(pair: Pair) -> None:
    program, at = acting(pair)
    for where, body in {
        "defaults/caps.new_drills": {"value": 50, "reason": "More."},
        "defaults/nothing": {"value": 1, "reason": "More."},
        "restrictions": {"tag": "nothing", "reason": "x"},
        "times/2026-11-25-nothing": {"to": "2026-11-28T20:30:00+01:00", "reason": "x"},
        "clearances": {"scope": ["acute"], "given": "2026-11-25"},
        "notes": {"text": ""},
    }.items():
        assert program.post(f"{at}/{where}", body).kind in ("refused", "unknown", "invalid"), where
    looks = account_of(pair.server, pair.coach_email).program("coach")
    for way, told in COACHS.items():
        if "{number}" in way:
            where = (
                way.replace("coach/runners/{number}", at)
                .replace("{name}", "x")
                .replace("{slot}", "x")
                .replace("{drill}", "x")
            )
            assert looks.post(where, told).kind == "read-only"
    assert done(pair) == []


@pytest.mark.parametrize("who_first", ["the runner", "the coach"])
def test_a_program_of_a_coach_wants_no_drill_that_the_runner_left_out(pair: Pair, who_first: str) -> None:
    program, at = acting(pair)
    own = account_of(pair.server, pair.runner_email).program("write")
    where = f"{at}/drills/str_step_down"
    left_out = {"wanted": False, "reason": "Not on that stair."}
    if who_first == "the coach":
        assert program.post(where, left_out).status == 200
    assert own.post("changes/drill/str_step_down", {"wanted": False}).status == 200
    assert program.post(where, left_out | {"until": "2026-12-20"}).status == 200

    for wanted in (True, None):
        refused = program.post(where, {"wanted": wanted, "reason": "I would."})
        assert refused.kind == "refused", refused.body
    wish = own.get("changes/drill/str_step_down").json
    assert (wish["wanted"], wish["set_by"]) == (False, "")


def test_a_coach_reads_what_became_of_a_wish_as_the_runner_does(pair: Pair) -> None:
    program, at = acting(pair)
    own = account_of(pair.server, pair.runner_email).program("write")
    told = {"wanted": False, "until": "2026-12-20", "reason": "Not on that stair."}
    assert program.post(f"{at}/drills/str_step_down", told).status == 200
    own.post("changes/drill/own_hip_cars", {"wanted": True})

    wish = program.get(f"{at}/drills/str_step_down").json
    assert (wish["set_by"], wish["reason"], wish["wanted"]) == ("Cara Coach", "Not on that stair.", False)
    assert wish == own.get("changes/drill/str_step_down").json
    first = program.get(f"{at}/drills?limit=1").json
    assert first["items"] + program.get(first["next"]).json["items"] == own.get("changes/drill").json["items"]
    looks = account_of(pair.server, pair.coach_email).program("coach")
    assert looks.get(f"{at}/drills/str_step_down").json == wish

    own.delete(f"sharing/{runner_of(pair.server, pair.coach_email)}")
    for where in ("drills", "drills/str_step_down"):
        assert program.get(f"{at}/{where}").kind == "unknown"


def test_a_physician_clears_and_a_blocked_runners_session_is_not_moved(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner, "physician")
    program, at = acting(pair)
    slot = program.get(f"{at}/week").json["days"][-1]["slots"][0]["slot"]["id"]
    account_of(server, pair.runner_email).told(coach.screening_answers({"Q07": True}))
    there = {"to": "2026-11-28T20:30:00+01:00", "reason": "Later."}
    assert program.post(f"{at}/times/{slot}", there).kind == "blocked"
    told = {"scope": ["Q07"], "given": "2026-11-25"}
    assert program.post(f"{at}/clearances", {**told, "given": "2031-01-01"}).kind == "refused"
    assert program.post(f"{at}/clearances", told).status == 200
    assert [kind for kind, _ in done(pair)] == ["clearance_recorded"]
    assert program.get(f"{at}/safety").json["level"] != "refer"


def test_an_act_holds_to_what_was_seen_of_that_runner(pair: Pair) -> None:
    program, at = acting(pair)
    tag = program.get(f"{at}/acts").headers["ETag"]
    note = {"text": "On what I saw."}
    assert program.post(f"{at}/notes", note, **{"If-Match": tag}).status == 200
    late = program.post(f"{at}/notes", {"text": "Too late."}, **{"If-Match": tag})
    assert late.kind == "changed"
    assert len(done(pair)) == 1


def test_ended_and_not_agreed_is_refused_at_once(server: Running, pair: Pair) -> None:
    program, at = acting(pair)
    runner, who = account_of(server, pair.runner_email), runner_of(server, pair.coach_email)
    only = ConsentGiven(to=who, called="Cara Coach", role=SharedAs.COACH, deeds=(Deed.LOOK,))
    runner.told(only)
    assert program.post(f"{at}/notes", {"text": "May I?"}).kind == "refused"
    runner.program("write").delete(f"sharing/{who}")
    assert program.post(f"{at}/notes", {"text": "May I?"}).kind == "unknown"
    assert done(pair) == []


def test_nobody_acts_on_somebody_elses_runner(pair: Pair, new_runner: NewRunner) -> None:
    _, at = acting(pair)
    _, email = new_runner()
    other = account_of(pair.server, email).program("coaching")
    for way, told in COACHS.items():
        where = (
            way.replace("coach/runners/{number}", at)
            .replace("{name}", "x")
            .replace("{slot}", "x")
            .replace("{drill}", "x")
        )
        if "{number}" in way:
            assert other.post(where, told).kind == "unknown", way
    assert done(pair) == []


def test_a_group_is_made_renamed_dissolved_and_taken_along(pair: Pair) -> None:
    program, at = acting(pair)
    number = int(at.rpartition("/")[2])
    [club] = program.get("coach/groups").json
    assert club == {"name": "Club", "members": [number], "handed_on": [number]}
    tag = program.get("coach/groups").headers["ETag"]
    named = {"members": [number], "name": "Track, and field"}
    [track] = program.put("coach/groups/Club", named, **{"If-Match": tag}).json
    assert track["name"] == "Track, and field"
    late = program.put("coach/groups/Late", {"members": [number]}, **{"If-Match": tag})
    assert late.kind == "changed"
    assert program.put("coach/groups/Mine", {"members": [number + 999]}).kind == "unknown"
    taken = program.put("coach/groups/Mine", {"members": [number], "name": track["name"]})
    assert (taken.status, taken.kind) == (409, "name-taken")

    where = "coach/groups/Track,%20and%20field/file"
    for _ in range(2):
        got = program.post(where, DATES, key="the-same-file")
        assert got.headers["Content-Type"] == "application/zip"
        assert "table.csv" in ZipFile(io.BytesIO(got.body)).namelist()
    assert done(pair) == [("comparison_taken", "")], "one file, one word on the record"
    assert program.post(where, {"before": "2026-11-20", "after": "2026-09-01"}).kind == "refused"
    assert program.post("coach/groups/None/file", DATES).kind == "unknown"
    assert program.delete("coach/groups/Track,%20and%20field").json == []
    assert len(program.get("coach/runners").json["items"]) == 1


def test_lunges_and_two_dates_are_what_the_coach_hands_out(planned: Account) -> None:
    program, practice = planned.program("read"), planned.practice()
    with practice.journal:
        history, now = practice.history(), practice.now
        assert coach.LungeMatrix.model_validate(program.get("lunges").json) == coach.lunge_matrix(
            history, now
        )
        chosen = coach.lunge_choice(history, "anterior", "none", {"load": 2, "speed": 1}, now)
        found = program.get("lunges/anterior/none?load=2&speed=1").json
        assert coach.LungeChoice.model_validate(found) == chosen
        assert [one["name"] for one in found["variables"]] == [one.name for one in chosen.variables]
        assert any(step["because"] for one in found["variables"] for step in one["steps"]), "locks are told"
        two = coach.compare(history, *coach.usual_dates(history, now), now)
    told = program.get("comparison").json
    assert (told["before"], told["after"]) == (two.before.isoformat(), two.after.isoformat())
    assert len(told["pairs"]) == len(two.pairs)
    assert program.get("comparison?before=2026-11-20&after=2026-09-01").kind == "refused"
    assert program.get("lunges/upward/none").kind == "unknown"
