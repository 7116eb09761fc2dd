"""The server itself: it says what it lacks, is watched without a word about anybody, and ends when asked."""

import json
import logging
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from night import WIDE
from triplane.errors import UserError
from triplane.web.server.environment import read_environment
from triplane.web.server.running import refuse_what_is_for_trials
from visiting import HOST, METRICS, NOW, PASSWORD, Running, Visitor, environment, running, signed_up

GOOD = environment("postgresql://triplane@localhost/triplane", Path("/var/mail/triplane"))


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("SECRET_KEY", "", "needs SECRET_KEY"),
        ("SECRET_KEY", "short", "SECRET_KEY .* cannot be; give at least 50 signs"),
        ("SECRET_KEY", "a" * 60, "SECRET_KEY .* cannot be"),
        ("DATABASE_URL", "", "needs DATABASE_URL"),
        ("DATABASE_URL", "sqlite:///here", "DATABASE_URL .* cannot be; give as postgresql"),
        ("TRIPLANE_HOSTS", "", "needs TRIPLANE_HOSTS"),
        ("TRIPLANE_HOSTS", "*", "TRIPLANE_HOSTS .* cannot be"),
        ("TRIPLANE_HOSTS", "https://coach.example", "TRIPLANE_HOSTS .* cannot be"),
        ("EMAIL_URL", "", "needs EMAIL_URL"),
        ("EMAIL_URL", "post.example", "EMAIL_URL .* cannot be"),
        ("TRIPLANE_SENDER", "a@b\nBcc: c@d", "TRIPLANE_SENDER .* cannot be"),
        ("TRIPLANE_ADDRESS", "coach.example/", "TRIPLANE_ADDRESS .* cannot be"),
        ("TRIPLANE_WORKERS", "0", "a number from 1 to 64"),
        ("TRIPLANE_WORKERS", "²", "a number from 1 to 64"),
        ("TRIPLANE_FILES_AT_ONCE", "0", "a number from 1 to 256"),
        ("TRIPLANE_FILES_AT_ONCE", "many", "a number from 1 to 256"),
        ("TRIPLANE_ZONE", "Mars/Olympus", "a time zone"),
        ("TRIPLANE_PROXIES", "proxy.example", "TRIPLANE_PROXIES .* cannot be; give addresses"),
        ("TRIPLANE_PROXIES", "10.0.0.2,*", "TRIPLANE_PROXIES .* cannot be"),
        ("TRIPLANE_NOW", "yesterday", "TRIPLANE_NOW .* cannot be; give an instant"),
        ("TRIPLANE_NOW", "0001-01-01T00:00", "TRIPLANE_NOW .* cannot be"),
        ("OIDC_URL", "https://id.example", "needs OIDC_NAME"),
    ],
)
def test_what_is_missing_or_cannot_be_is_named(name: str, value: str, says: str) -> None:
    with pytest.raises(UserError, match=says) as said:
        read_environment({**GOOD, name: value})
    assert not value or len(value) < 6 or value not in str(said.value), "what was given may be a secret"


def test_a_whole_environment_is_read() -> None:
    mail = "smtps://name:pa%40ss@mail.example"
    oidc = {"OIDC_NAME": "Club", "OIDC_URL": "https://id.example/", "OIDC_CLIENT": "x", "OIDC_SECRET": "y"}
    told = read_environment({**GOOD, "EMAIL_URL": mail, "TRIPLANE_SIGNUP": "closed", **oidc})
    assert (told.post.host, told.post.port, told.post.password) == ("mail.example", 465, "pa@ss")
    assert told.sign_on is not None
    assert not told.is_open
    assert told.hosts == (HOST,)
    assert told.address == f"https://{HOST}"


def test_proxies_are_addresses_and_networks() -> None:
    told = read_environment({**GOOD, "TRIPLANE_PROXIES": "10.0.0.2, 172.30.84.0/24, ::1/128"})
    assert told.proxies == "10.0.0.2,172.30.84.0/24,::1"
    assert read_environment(GOOD).proxies == "127.0.0.1"


@pytest.mark.parametrize(("told", "found"), [({}, 4), ({"WORKERS": "8"}, 16), ({"FILES_AT_ONCE": "3"}, 3)])
def test_how_many_files_are_read_at_once_follows_from_the_processes(told: dict[str, str], found: int) -> None:
    more = {f"TRIPLANE_{name}": value for name, value in told.items()}
    assert read_environment({**GOOD, **more}).files_at_once == found


@pytest.mark.parametrize(
    ("more", "host", "says"),
    [
        ({"TRIPLANE_NOW": "2026-11-25T06:30"}, "127.0.0.1", "stops the clock of every runner"),
        ({"TRIPLANE_TRIAL": "yes"}, "127.0.0.1", "coach.example is beyond it"),
        ({"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost"}, "0.0.0.0", "0.0.0.0 is beyond it"),
    ],
)
def test_a_trial_stays_on_this_machine_and_nothing_else_stops_a_clock(
    more: dict[str, str], host: str, says: str
) -> None:
    with pytest.raises(UserError, match=says):
        refuse_what_is_for_trials(read_environment({**GOOD, **more}), host)


def test_a_trial_on_this_machine_may_be_told_the_time() -> None:
    more = {"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost,127.0.0.1", "TRIPLANE_NOW": NOW}
    told = read_environment({**GOOD, **more})
    refuse_what_is_for_trials(told, "127.0.0.1")
    assert told.now == NOW


def test_no_reminders_go_out_by_a_clock_that_stands_still() -> None:
    told = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    words = [sys.executable, "-m", "triplane.cli", "reminders"]
    told |= {**GOOD, "TRIPLANE_NOW": "2026-11-25T06:30"}
    done = subprocess.run(words, env=told, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert "TRIPLANE_NOW stops the clock of every runner" in done.stderr


def test_a_server_that_is_told_nothing_says_so_and_does_not_begin() -> None:
    words = [sys.executable, "-m", "triplane.cli", "serve", "--settings", "server"]
    told = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
    done = subprocess.run(words, env=told, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 2
    assert done.stderr.strip() == (
        "triplane: the server needs SECRET_KEY in its environment: at least 50 signs that nobody can guess"
    )


def test_no_account_is_loaded_where_one_runner_is_served() -> None:
    code = (
        "import sys, triplane.web, triplane.bootstrap\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('allauth', 'psycopg')])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_it_says_that_it_is_there_and_that_it_can_work(stranger: Visitor) -> None:
    there = stranger.once("GET", "/health/", headers={"X-Forwarded-Proto": "http"})
    assert json.loads(there.body)["status"] == "ok"
    assert json.loads(stranger.get("/ready/").body) == {"journal": "ok", "accounts": "ok"}


def test_two_processes_answer_and_are_counted_together_for_who_has_the_token(
    server: Running, stranger: Visitor
) -> None:
    for _ in range(40):
        stranger.get("/health/")
    assert stranger.get("/metrics/").status == 404
    assert stranger.get("/metrics/", Authorization="Bearer wrong").status == 404
    counted = stranger.get("/metrics/", Authorization=f"Bearer {METRICS}").html
    lines = [line for line in server.log.read_text().splitlines() if line.startswith("{")]
    answered = [json.loads(line) for line in lines if '"says": "answered"' in line]
    health = [line for line in answered if line["page"] == "/health/"]
    assert f'triplane_answers_total{{method="GET",page="/health/",status="200"}} {len(health)}.0' in counted
    assert len({line["process"] for line in health}) == 2


def test_the_log_holds_no_word_about_anybody(
    server: Running, new_runner: Callable[[], tuple[Visitor, str]]
) -> None:
    visitor, email = new_runner()
    visitor.get("/settings/feed/")
    visitor.post("/settings/feed/", {"remind": "5"})
    visitor.get("/hips/?secret=word")
    visitor.get("/nowhere/secret/")
    visitor.get("/session/2026-11-25-secret/")
    text = server.log.read_text()
    [(runner,)] = server.ask("SELECT runner FROM server_account WHERE email = %s", email)
    [(secret,)] = server.ask("SELECT secret FROM server_feedaddress")[-1:]
    for word in (
        email,
        str(runner),
        PASSWORD,
        visitor.address,
        str(secret),
        "secret=word",
        "/nowhere/secret",
    ):
        assert word not in text, word
    assert "2026-11-25-secret" not in text
    for line in text.splitlines()[1:]:
        json.loads(line)


def test_a_picture_is_told_of_as_one_and_no_line_is_anything_but_json(
    server: Running, stranger: Visitor
) -> None:
    whole = stranger.get("/static/favicon.svg")
    assert whole.status == 200
    assert whole.headers["Content-Type"].startswith("image/svg+xml")
    assert int(whole.headers["Content-Length"]) == len(whole.body) > 0
    part = stranger.get("/static/favicon.svg", Range="bytes=0-9")
    assert (part.status, part.body) == (206, whole.body[:10])
    assert stranger.once("HEAD", "/static/favicon.svg").body == b""
    stranger.once("GET", "/nowhere/at/all/")
    lines = [json.loads(line) for line in server.log.read_text().splitlines()[1:]]
    pages = [line["page"] for line in lines if line.get("says") == "answered"]
    assert pages[-4:] == ["/static/", "/static/", "/static/", "(no page)"]


@pytest.mark.parametrize(
    ("name", "says"),
    [("triplane.server", "begins"), ("allauth", None), ("django.request", None), ("triplanes", None)],
)
def test_the_words_of_other_programs_stay_out_of_the_log(name: str, says: str | None) -> None:
    pytest.importorskip("prometheus_client", reason="the packages of the extra called server are not here")
    from triplane.web.server.monitoring import JsonLines

    words = "begins" if says else "anna@example.org did not log in"
    for told in ((), ("anna",)):
        line = JsonLines().format(logging.LogRecord(name, logging.WARNING, "file", 1, words, told, None))
        assert json.loads(line).get("says") == says
        assert (json.loads(line)["from"], json.loads(line)["level"]) == (name, "warning")
        assert "anna" not in line


def test_a_worker_that_is_killed_is_put_in_its_place_again(server: Running, stranger: Visitor) -> None:
    import signal

    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    before = {line["process"] for line in lines if line.get("says") == "answered"}
    os.kill(max(before), signal.SIGKILL)
    ends = time.monotonic() + 30
    while time.monotonic() < ends:
        try:
            stranger.get("/health/")
        except OSError:
            time.sleep(0.05)
            continue
        lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
        new = {line["process"] for line in lines if line.get("says") == "answered"} - before
        if new:
            return
        time.sleep(0.05)
    raise AssertionError("nobody took the place of the one that was killed")


@WIDE
def test_a_database_that_goes_away_is_a_sentence_and_comes_back_without_a_restart(
    postgres: str, tmp_path: Path
) -> None:
    import psycopg

    name = f"away{os.getpid()}"
    own = postgres.replace("/postgres?", f"/{name}?")
    with psycopg.connect(postgres, autocommit=True) as database:
        database.execute(f"CREATE DATABASE {name}")
        with running(own, tmp_path, TRIPLANE_WORKERS="1") as server:
            visitor = signed_up(server, "away@example.org")
            assert visitor.get("/settings/").status == 200
            database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
            database.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name]
            )

            assert visitor.once("GET", "/health/").status == 200
            assert visitor.once("GET", "/ready/").status == 503
            for path in ("/settings/", "/accounts/login/"):
                answer = visitor.once("GET", path)
                assert answer.status == 503, path
                assert "cannot be reached just now" in answer.text, path

            database.execute(f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
            ends = time.monotonic() + 60
            while visitor.once("GET", "/ready/").status != 200:
                assert time.monotonic() < ends, "the pools did not find the way back"
            assert visitor.get("/settings/").status == 200
