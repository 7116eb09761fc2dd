"""The API keeps to its own description, whatever is sent, and the example of its paper runs."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from night import IS_NIGHT
from programs import Account, Program, ready
from visiting import HOST, Running

PAPER = Path(__file__).parents[2] / "docs" / "api.md"
EXAMPLES = 200 if IS_NIGHT else 5
"""For each way; many more by night."""


@contextmanager
def proxied(server: Running) -> Iterator[str]:
    """A proxy before the server, as one that encrypts: it says so."""

    class Through(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            program = Program(server)
            told = {"Authorization": self.headers.get("Authorization", "")}
            answer = program.get(self.path, **told)
            self.send_response(answer.status)
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *told: object) -> None:
            pass

    proxy = ThreadingHTTPServer(("127.0.0.1", 0), Through)
    Thread(target=proxy.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{proxy.server_port}"
    finally:
        proxy.shutdown()
        proxy.server_close()


def test_the_example_of_the_paper_says_what_today_holds(planned: Account) -> None:
    found = re.search(r"```py\n(.*?)```", PAPER.read_text(encoding="utf-8"), re.DOTALL)
    assert found
    assert len([line for line in found[1].splitlines() if line.strip()]) <= 10
    day = planned.program("read").get("day").json
    with proxied(planned.server) as address:
        told = {"TRIPLANE_TOKEN": planned.token("read"), "TRIPLANE_URL": address, "PATH": os.environ["PATH"]}
        words = [sys.executable, "-c", found[1]]
        done = subprocess.run(words, env=told, capture_output=True, text=True, check=False, timeout=30)
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == len(day["slots"]) > 0
    assert day["slots"][0]["drills"][0]["name"] in done.stdout


def test_the_papers_table_is_the_routers_address_by_address(server: Running) -> None:
    paper = PAPER.read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(/[^`]*)` \| (.*?) ?\| (.*?) ?\|$", paper, re.MULTILINE)
    told = {}
    for address, reads, tells in rows:
        methods = {"get"} if reads else set()
        told[address] = methods | {word.lower() for word in re.findall(r"\b(POST|PUT|DELETE)\b", tells)}
    described = Program(server).get("openapi.json").json["paths"]
    known = {
        path.removeprefix("/api/v1").replace("{name}", "{id}"): set(methods)
        for path, methods in described.items()
    }
    assert told == known


def test_whatever_tells_may_say_on_what_it_rests(server: Running) -> None:
    for path, methods in Program(server).get("openapi.json").json["paths"].items():
        for method, told in methods.items():
            headers = [one["name"] for one in told["parameters"] if one["in"] == "header"]
            assert ("If-Match" in headers) is (method != "get"), (method, path)


def test_every_kind_of_problem_stands_in_the_paper() -> None:
    paper = PAPER.read_text(encoding="utf-8")
    api = PAPER.parents[1] / "src/triplane/web/server/api"
    source = (api / "problems.py").read_text(encoding="utf-8") + (api / "door.py").read_text(encoding="utf-8")
    kinds = set(re.findall(r'\d{3}, "([a-z-]+)"', source))
    assert len(kinds) > 15
    for kind in kinds:
        assert f"`{kind}`" in paper, kind


def test_whatever_is_sent_is_answered_as_described(planned: Account, server: Running) -> None:
    ready(planned)
    headers = {"Host": HOST, "X-Forwarded-Proto": "https"}
    checks = [not_a_server_error, content_type_conformance, response_schema_conformance]
    schema = schemathesis.openapi.from_dict(with_real_names(planned))
    walked = []
    for found in schema.get_all_operations():
        operation = found.ok()
        walked.append(operation.label)
        token = planned.token("coaching" if "/coach/" in operation.path else "write")
        headers["Authorization"] = f"Bearer {token}"

        @given(case=operation.as_strategy())
        @settings(suppress_health_check=list(HealthCheck), max_examples=EXAMPLES, deadline=None)
        def keeps_to_it(case: Any) -> None:
            case.call_and_validate(base_url=f"http://127.0.0.1:{server.port}", headers=headers, checks=checks)

        keeps_to_it()
    assert len(walked) > 50


def with_real_names(account: Account) -> dict[str, Any]:
    """Return the description, in which what stands in an address is often something that there is."""
    program = Program(account.server, account.token("read"))
    described: dict[str, Any] = program.get("openapi.json").json
    day = program.get("day").json
    known = {
        "slot": [slot["slot"]["id"] for slot in day["slots"]],
        "test": [one["test"]["id"] for one in program.get("tests").json],
        "name": [one["id"] for one in program.get("facts?limit=3").json["items"]],
        "word": [day["slots"][0]["drills"][0]["item"]["drill"], "flexion", "E72"],
    }
    for methods in described["paths"].values():
        for operation in methods.values():
            for told in operation["parameters"]:
                if told["name"] in known:
                    told["schema"] = {"anyOf": [{"enum": known[told["name"]]}, told["schema"]]}
    return described
