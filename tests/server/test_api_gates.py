"""Who may ask the API for what: every way is walked as everybody who may not."""

import re
import secrets
from datetime import timedelta
from typing import Any

import pytest

from programs import Account, Answer, Program, drills_in, marathoner_in, ready, ways
from triplane import catalogue, coach
from visiting import PASSWORD, Running, Visitor

BLOCKS = {
    "an emergency": {"H01": True, "H01.deformed_or_stuck": True},
    "urgent": {"H01": True, "H01.deformed_or_stuck": False},
    "a professional first": {"Q07": True},
}
GIVES_BACK = "/api/v1/archive"
"""The runner's own facts, whatever safety says."""


def every(program: Program, account: Account) -> dict[tuple[str, str], Answer]:
    """Go every way and return the answers."""
    keyed = {"Idempotency-Key": secrets.token_hex(8)}
    found = {}
    for method, path, told in ways(account):
        keyed = {"Idempotency-Key": secrets.token_hex(8)}
        found[method, path] = program.ask(method, path, told, keyed)
    return found


def facts_of(account: Account) -> int:
    practice = account.practice()
    with practice.journal:
        return practice.history().last_seq


def test_nobody_gets_anything_and_changes_nothing(planned: Account, server: Running) -> None:
    facts = facts_of(planned)
    expired = planned.token(ends_in=timedelta(seconds=-1))
    ended = planned.token()
    server.tell("DELETE FROM server_apitoken WHERE account_id = %s AND ends > now()", planned.number)
    for token in (
        "",
        expired,
        ended,
        "triplane_" + "A" * 43,
        "triplane_\N{SNOWMAN}".encode().decode("latin-1"),
    ):
        for way, answer in every(Program(server, token), planned).items():
            assert (answer.status, answer.kind) == (401, "no-token"), way
            assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert facts_of(planned) == facts


def test_a_closed_account_opens_nothing(planned: Account, server: Running) -> None:
    program = planned.program()
    assert program.get("day").status == 200
    server.tell("UPDATE server_account SET is_active = false WHERE id = %s", planned.number)
    assert program.get("day").kind == "no-token"


def test_a_token_that_reads_records_nothing(planned: Account) -> None:
    facts = facts_of(planned)
    program = planned.program("read")
    for (method, path), answer in every(program, planned).items():
        if "/coach/" in path:
            assert answer.kind == "other-scope", path
        elif method == "GET":
            assert answer.status != 403, path
        else:
            assert (answer.status, answer.kind) == (403, "read-only"), path
    assert facts_of(planned) == facts


def test_another_runners_token_shows_and_changes_nothing_of_this_one(
    planned: Account, newcomer: Account
) -> None:
    facts = facts_of(planned)
    others = newcomer.program()
    for way, answer in every(others, planned).items():
        assert planned.runner not in answer.body.decode(errors="replace"), way
        if way[1].startswith(("/api/v1/facts/", "/api/v1/sessions/", "/api/v1/changes/move/")):
            assert answer.status in (404, 409), way
    assert facts_of(planned) == facts


@pytest.mark.parametrize("why", BLOCKS)
def test_no_way_gives_a_blocked_runner_a_drill(planned: Account, why: str) -> None:
    ready(planned)
    planned.told(coach.screening_answers(BLOCKS[why]))
    program = planned.program()
    for way, answer in every(program, planned).items():
        if way[1] == GIVES_BACK:
            continue
        named = {word for word in re.findall(r"\w+", way[1]) if word in catalogue.load()}
        assert drills_in(answer) <= named, way
        assert b'"cues":[{' not in answer.body, way
        assert "/file/" not in way[1] or answer.kind == "blocked", way
        assert b'"CarePlan"' not in answer.body, way
    assert program.get("day").json["state"] == "blocked"
    assert (program.get("week").kind, program.get("week").json["next"]) == ("blocked", "/stop/")


def test_no_way_gives_a_runner_who_is_ill_a_session(planned: Account) -> None:
    ready(planned)
    program = planned.program()
    slot = program.get("day").json["next_slot"]
    assert b'"cues":[{' in program.get(f"sessions/{slot}").body

    planned.told(coach.readiness_answers({"ill": True}))
    program.post("plan")
    for way in (*every(program, planned).items(), ((), program.get(f"sessions/{slot}"))):
        assert b'"cues":[{' not in way[1].body, way[0]
    assert program.get("readiness").kind == "blocked"


def test_a_cookie_of_a_browser_opens_nothing(new_runner: Any) -> None:
    visitor, _ = new_runner()
    assert visitor.get("/settings/").status == 200
    assert visitor.once("GET", "/api/v1/day").status == 401
    assert visitor.once("POST", "/api/v1/plan", {}).status == 401


def test_a_runner_makes_a_token_sees_it_once_and_ends_it(server: Running, new_runner: Any) -> None:
    visitor, email = new_runner()
    asked = visitor.get("/accounts/tokens/")
    assert asked.path.startswith("/accounts/reauthenticate/"), "an open browser alone makes no token"
    visitor.post(asked.path, {"password": PASSWORD})
    made = new_token(visitor, "My script", "read")
    program = Program(server, made)
    assert program.get("runner").status == 200
    assert program.post("plan").kind == "read-only"
    assert server.ask("SELECT 1 FROM server_apitoken WHERE digest = %s", made) == [], "only its hash is kept"

    listed = visitor.get("/accounts/tokens/")
    assert "My script" in listed.text
    assert "Last used on" in listed.text
    assert made not in listed.html
    [address] = re.findall(r'action="(/accounts/tokens/\d+/end/)"', listed.html)
    other, _ = new_runner()
    other.get("/accounts/tokens/")
    other.post(address, {})
    assert program.get("runner").status == 200, "nobody ends the token of another"

    visitor.get("/accounts/tokens/")
    visitor.post(address, {})
    assert program.get("runner").kind == "no-token"
    made = new_token(visitor, "My table", "coach")
    assert "Looks at the runners who share with you" in visitor.get("/accounts/tokens/").text
    assert Program(server, made).get("coach/runners").json == {"items": [], "next": ""}
    wrong = visitor.post("/accounts/tokens/", {"name": "", "scope": "all", "days": "9999"})
    assert wrong.status == 400
    assert email not in wrong.text


def new_token(visitor: Visitor, name: str, scope: str) -> str:
    visitor.get("/accounts/tokens/")
    shown = visitor.post("/accounts/tokens/", {"name": name, "scope": scope, "days": "30"})
    found = re.search(r'id="token"[^>]*>(triplane_[\w-]{43})<', shown.html)
    assert found, shown.text
    assert shown.headers["Cache-Control"] == "no-store"
    return found[1]


def test_the_log_holds_no_token_and_no_runner(server: Running) -> None:
    account = marathoner_in(server)
    program = account.program()
    program.get("day")
    program.get("facts/nothing")
    log = server.log.read_text()
    assert "/api/v1/day" in log
    assert program.token not in log
    assert account.runner not in log
