"""Programs that come with a token, and the runners they speak for."""

import http.client
import json
import re
import secrets
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from itertools import count
from typing import Any

from triplane import catalogue, coach
from triplane.bootstrap import Practice, open_practice
from triplane.formats.runner_file import sample_runner
from triplane.value import Value
from visiting import HOST, NOW, Running

ZONE = "Europe/Berlin"
_numbers = count(1)


@dataclass
class Answer:
    """What a program was answered."""

    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def kind(self) -> str:
        """The kind of a problem."""
        assert self.headers["Content-Type"] == "application/problem+json", self.headers["Content-Type"]
        told = self.json
        assert told["status"] == self.status
        return str(told["type"]).removeprefix("urn:triplane:problem:")


@dataclass
class Program:
    """Somebody's script: it shows a token, or none."""

    server: Running
    token: str = ""

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, None, headers)

    def post(self, path: str, told: object = None, *, key: str = "", **headers: str) -> Answer:
        return self.ask("POST", path, told, {"Idempotency-Key": key or secrets.token_hex(8), **headers})

    def put(self, path: str, told: object, **headers: str) -> Answer:
        return self.ask("PUT", path, told, headers)

    def send(self, path: str, content: bytes, **headers: str) -> Answer:
        """Send a file as it is."""
        return self.ask("POST", path, content, {"Content-Type": "application/octet-stream", **headers})

    def delete(self, path: str, **headers: str) -> Answer:
        return self.ask("DELETE", path, None, {"Idempotency-Key": secrets.token_hex(8), **headers})

    def ask(self, method: str, path: str, told: object = None, headers: Mapping[str, str] = {}) -> Answer:
        sent = {"Host": HOST, "X-Forwarded-For": "203.0.113.9", "X-Forwarded-Proto": "https", **headers}
        if self.token:
            sent["Authorization"] = f"Bearer {self.token}"
        body = told if isinstance(told, bytes) else json.dumps(told).encode() if told is not None else None
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        where = path if path.startswith("/") else f"/api/v1/{path}"
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        try:
            connection.request(method, where, body, sent)
            got = connection.getresponse()
            return Answer(got.status, got.headers, got.read())
        finally:
            connection.close()


@dataclass
class Account:
    """A runner with an account, laid straight into the tables."""

    server: Running
    number: int
    runner: str

    def token(self, scope: str = "write", *, ends_in: timedelta = timedelta(days=30)) -> str:
        """Make a token as the page of tokens does."""
        token = "triplane_" + secrets.token_urlsafe(32)
        self.server.tell(
            "INSERT INTO server_apitoken (account_id, name, scope, digest, since, ends) "
            "VALUES (%s, 'a script', %s, %s, now(), now() + %s)",
            *(self.number, scope, sha256(token.encode()).hexdigest(), ends_in),
        )
        return token

    def program(self, scope: str = "write") -> Program:
        return Program(self.server, self.token(scope))

    def practice(self, now: str = NOW) -> Practice:
        return open_practice(self.server.database, self.runner, ZONE, now)

    def told(self, *bodies: Value) -> None:
        """Record something, as if the pages did."""
        practice = self.practice()
        with closing(practice.journal):
            practice.record(*bodies)


def account_in(server: Running) -> Account:
    """Make an account that told nothing yet."""
    number = next(_numbers)
    runner, email = f"r-{secrets.token_hex(12)}", f"program{number}@example.org"
    [(made,)] = server.ask(
        "INSERT INTO server_account (email, runner, zone, password, is_active, is_staff, since) "
        "VALUES (%s, %s, %s, '!', true, false, now()) RETURNING id",
        *(email, runner, ZONE),
    )
    assert isinstance(made, int)
    return Account(server, made, runner)


def marathoner_in(server: Running) -> Account:
    """Make the account of the sample marathoner, who told everything on Monday and has a plan."""
    account = account_in(server)
    tell_all(account)
    return account


def tell_all(account: Account) -> None:
    """Tell everything that the sample marathoner tells, and plan the week."""
    practice = account.practice("2026-11-23T05:30:00+00:00")
    with closing(practice.journal):
        file = sample_runner("marathoner", practice.now.date())
        practice.record(*file.bodies(coach.first_questions(), coach.disclaimer().version))
        practice.day()


def drills_in(answer: Answer) -> set[str]:
    """Return every drill that an answer names, by its id or its name."""
    said = answer.body.decode(errors="replace")
    words = set(re.findall(r"\w+", said))
    return {d.id for d in catalogue.load().values() if d.id in words or d.name in said}


def ready(account: Account) -> None:
    """Answer the questions before a session, each with no."""
    account.told(coach.readiness_answers(dict.fromkeys((one.id for one in coach.readiness_asked()), False)))


def ways(account: Account) -> list[tuple[str, str, object]]:
    """Return every way of the API as its description has it, filled in, with something that may be sent.

    The runner has a plan; whoever adds a way that takes something new says here what to send.
    """
    practice = account.practice()
    with closing(practice.journal):
        history, now = practice.history(), practice.now
        plan = history.issued_plan(coach.monday_of(now.date()))
        assert plan
        fact = coach.facts_told(history, None, 1, now)[0].id
    item = plan.items[-1]
    filled = {
        "{direction}": ["flexion"],
        "{test}": ["flexion_supine"],
        "{slot}": [item.slot],
        "{name}": [fact],
        "{day}": ["2026-11-27"],
        "{key}": ["caps.new_drills"],
        "{ending}": ["html", "fit", "txt", "md", "pdf"],
        "{to}": ["r-000000000000000000000000"],
        "{number}": ["1"],
        "{drill}": [item.drill],
        "{way}": ["anterior"],
        "{reach}": ["none"],
        "{word}": [item.slot, item.id, item.drill, "flexion", "E72", "H02"],
    }
    left = {"readings": [30, 31, 30], "pain": 0, "end_feel": "stretch"}
    sent: dict[str, object] = {
        "/api/v1/plan": None,
        "/api/v1/readiness": {"answers": {"fall": False}},
        "/api/v1/hand-in": {"key": "0000aaaa-1", "mark": history.mark},
        "/api/v1/sessions/{slot}/log": {"effort": 3},
        "/api/v1/check-in": {},
        "/api/v1/tests/{test}/questions": {"answers": {}},
        "/api/v1/measurements": {"test": "flexion_supine", "method": "phone_helper", "sides": {"left": left}},
        "/api/v1/changes/move/{slot}": {"to": "2026-11-27T20:00:00+01:00"},
        "/api/v1/changes/day/{day}": {"goes": "away"},
        "/api/v1/changes/race/{day}": {"distance_m": 10000},
        "/api/v1/safety/terms": {"version": coach.disclaimer().version},
        "/api/v1/safety/answers": {"answers": {"H05": False}},
        "/api/v1/preferences": {"units": "imperial"},
        "/api/v1/defaults/{key}": {"value": 2},
        "/api/v1/about": {"age_years": 44},
        "/api/v1/equipment": {"equipment": ["mat"]},
        "/api/v1/usual-week": {"weekly_minutes": 60, "max_session_minutes": 15, "home_session_at": "18:00"},
        "/api/v1/files": b"no file of any kind",
        "/api/v1/files/calendar": {"sealed": "nothing"},
        "/api/v1/feed": {"remind_min": 5},
        "/api/v1/changes/drill/{drill}": {"wanted": False},
        **COACHS,
    }
    described = Program(account.server).get("openapi.json").json["paths"]
    found = []
    for path, methods in described.items():
        addresses = [path]
        for blank in re.findall(r"{\w+}", path):
            addresses = [where.replace(blank, word) for where in addresses for word in filled[blank]]
        for where in addresses:
            for method in methods:
                body = sent[path] if method in ("post", "put") else None
                found.append((method.upper(), where + ASKED.get((method, path), ""), body))
    return found


COACHS: dict[str, object] = {
    "/api/v1/coach/runners/{number}/notes": {"text": "Slower on the way down."},
    "/api/v1/coach/runners/{number}/restrictions": {"tag": "acute", "reason": "The groin."},
    "/api/v1/coach/runners/{number}/defaults/{name}": {"value": 1, "reason": "One new one is enough."},
    "/api/v1/coach/runners/{number}/times/{slot}": {
        **{"to": "2026-11-28T20:30:00+01:00", "reason": "After the run."}
    },
    "/api/v1/coach/runners/{number}/drills/{drill}": {"wanted": True, "reason": "You asked for it."},
    "/api/v1/coach/runners/{number}/clearances": {"scope": ["acute"], "given": "2026-11-25"},
    "/api/v1/coach/groups/{name}": {"members": []},
    "/api/v1/coach/groups/{name}/file": {"before": "2026-09-01", "after": "2026-11-20"},
}
"""What a coach's program sends."""

ASKED = {
    ("get", "/api/v1/changes/move/{slot}"): "?to=2026-11-27T20:00:00%2B01:00",
    ("post", "/api/v1/files"): "?name=run.fit",
}
"""What stands behind an address that asks for more."""
