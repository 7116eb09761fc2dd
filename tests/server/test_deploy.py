"""What ``deploy/`` names is there; a backup made by its one script comes back whole by the other."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import yaml

from triplane import coach
from triplane.bootstrap import move_journal, open_practice
from triplane.cli.commands import cmd_serve
from triplane.web.server.environment import read_environment
from visiting import HOST, Running, environment

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
COMPOSE = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
OF_POSTGRES = {"POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}

_numbers = count(1)


class Listening(dict[str, str]):
    """An environment that remembers what it was asked for."""

    def __init__(self, *given: Any) -> None:
        super().__init__(*given)
        self.asked: set[str] = set()

    def get(self, key: str, default: Any = None) -> Any:
        self.asked.add(key)
        return super().get(key, default)


def known() -> set[str]:
    """Return the name of every variable that the server reads."""
    told = Listening(environment("postgresql://triplane@localhost/triplane", Path("/var/mail/triplane")))
    read_environment(told)
    return told.asked


def example() -> dict[str, str]:
    """Return what the example tells, with a secret where it leaves one out."""
    lines = (DEPLOY / "example.env").read_text(encoding="utf-8").splitlines()
    told = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    return {**told, "SECRET_KEY": os.urandom(32).hex()}


def lines_of(unit: Path, name: str) -> list[str]:
    return re.findall(rf"^{name}=(.*)$", unit.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_example_is_enough_for_a_server_and_names_nothing_that_nobody_reads() -> None:
    assert set(example()) <= known() | OF_POSTGRES
    assert read_environment(example()).hosts == ("coach.example",)


def test_compose_tells_the_app_what_it_reads_and_everything_it_cannot_do_without() -> None:
    needed = {"SECRET_KEY", "DATABASE_URL", "TRIPLANE_HOSTS", "EMAIL_URL", "TRIPLANE_SENDER"}
    ours = {name: one for name, one in COMPOSE["services"].items() if one["image"] == "triplane"}
    assert set(ours) == {"app", "reminders"}
    for name, one in ours.items():
        assert needed <= set(one["environment"]) <= known(), name
    proxy = set(COMPOSE["services"]["proxy"]["environment"])
    caddy = (DEPLOY / "Caddyfile").read_text(encoding="utf-8")
    assert set(re.findall(r"\{\$(\w+)", caddy)) == proxy
    assert set(COMPOSE["services"]["database"]["environment"]) == OF_POSTGRES
    said = set(re.findall(r"\$\{(\w+)", (DEPLOY / "compose.yaml").read_text(encoding="utf-8")))
    assert said <= known() | {"POSTGRES_PASSWORD"}


def test_compose_trusts_the_word_of_its_own_network_alone() -> None:
    trusted = COMPOSE["services"]["app"]["environment"]["TRIPLANE_PROXIES"]
    assert COMPOSE["networks"]["default"]["ipam"]["config"] == [{"subnet": trusted}]
    assert {name for name, one in COMPOSE["services"].items() if "ports" in one} == {"proxy"}


def test_files_that_compose_image_and_units_name_are_there() -> None:
    named = [mount.split(":")[0] for one in COMPOSE["services"].values() for mount in one.get("volumes", ())]
    ours = {name for name in named if name.startswith("./")} - {"./backups"}
    assert ours
    assert [name for name in ours if not (DEPLOY / name).is_file()] == []
    build = COMPOSE["services"]["app"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    assert [name for words in copied for name in words.split() if not (ROOT / name).exists()] == []
    started = [line.split()[0] for unit in UNITS for line in lines_of(unit, "ExecStart")]
    assert started
    for program in started:
        inside = Path(program).relative_to("/opt/triplane")
        assert inside == Path(".venv/bin/triplane") or os.access(ROOT / inside, os.X_OK), program


def test_the_server_takes_the_words_that_image_and_unit_start_it_with() -> None:
    [line] = re.findall(r"^CMD (.+)$", (DEPLOY / "Dockerfile").read_text(), re.MULTILINE)
    image = [word.strip('"') for word in line.strip("[]").split(", ")]
    [unit] = lines_of(DEPLOY / "triplane.service", "ExecStart")
    ports = set()
    for words in (image, shlex.split(unit)):
        assert words[1] == "serve"
        taken = cmd_serve.command.make_context("serve", words[2:]).params
        assert taken["settings"] == "server"
        ports.add(taken["port"])
    assert ports == {8427}
    assert "127.0.0.1:8427" in (DEPLOY / "Caddyfile").read_text()
    assert COMPOSE["services"]["proxy"]["environment"]["TRIPLANE_APP"] == "app:8427"


def test_every_command_of_ours_that_is_started_by_name_is_one() -> None:
    loop = COMPOSE["services"]["reminders"]["command"][-1]
    [unit] = lines_of(DEPLOY / "triplane-reminders.service", "ExecStart")
    for words in (loop, unit):
        named = re.findall(r"triplane ([a-z]+)", words)
        assert named == ["reminders"]
        assert (ROOT / f"src/triplane/cli/commands/cmd_{named[0]}.py").is_file()


def test_every_timer_has_what_it_starts_and_stands_in_the_readme() -> None:
    readme = (DEPLOY / "README.md").read_text(encoding="utf-8")
    timers = [unit for unit in UNITS if unit.suffix == ".timer"]
    assert timers
    for timer in timers:
        assert timer.with_suffix(".service") in UNITS
        assert timer.name in readme, "a stranger is told to enable it"


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="there is no systemd-analyze to ask")
def test_systemd_understands_the_units(tmp_path: Path) -> None:
    for unit in UNITS:
        here = unit.read_text(encoding="utf-8").replace("/opt/triplane/.venv/bin/triplane", sys.executable)
        (tmp_path / unit.name).write_text(here.replace("/opt/triplane", str(ROOT)), encoding="utf-8")
    words = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(tmp_path.iterdir()))]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    ours = [line for line in done.stderr.splitlines() if "triplane" in line.lower()]
    assert ours == []


def test_it_is_ready_where_it_answers_and_not_where_nobody_does(server: Running) -> None:
    def asked(port: int) -> int:
        words = [sys.executable, str(DEPLOY / "is_ready.py"), str(port)]
        return subprocess.run(words, env={"TRIPLANE_HOSTS": f"{HOST}, other.example"}, check=False).returncode

    assert asked(server.port) == 0
    assert asked(1) == 1


@pytest.fixture(scope="module")
def new_database(postgres: str) -> Iterator[Callable[[], str]]:
    """Make one more whole database, as PostgreSQL makes them."""
    import psycopg

    made = []

    def make() -> str:
        made.append(f"deploy_{os.getpid()}_{next(_numbers)}")
        with psycopg.connect(postgres, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {made[-1]}")  # type: ignore[arg-type]
        return postgres.replace("/postgres?", f"/{made[-1]}?")

    yield make
    with psycopg.connect(postgres, autocommit=True) as connection:
        for name in made:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")  # type: ignore[arg-type]


def by_script(name: str, database: str, *words: str) -> "subprocess.CompletedProcess[str]":
    told = {"PATH": os.environ["PATH"], "DATABASE_URL": database}
    return subprocess.run(
        ["sh", str(DEPLOY / name), *words], env=told, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def begun(new_database: Callable[[], str], tmp_path_factory: pytest.TempPathFactory) -> str:
    """A server's database as it is once it began, with an account and what two runners told."""
    address = new_database()
    code = (
        "from triplane.web.server.beginning import tell_django; tell_django()\n"
        "from triplane.web.server.running import prepare; prepare()\n"
        "from triplane.web.server.models import Account\n"
        "Account.objects.create_user('anna@example.org', 'a long walk by the sea')"
    )
    told = {**os.environ, **environment(address, tmp_path_factory.mktemp("mail"))}
    subprocess.run([sys.executable, "-c", code], env=told, check=True)
    for runner in ("anna", "ben"):
        practice = open_practice(address, runner, "Europe/Berlin", "2026-11-25T08:00")
        with practice.journal:
            practice.record(coach.screening_answers({"Q07": runner == "ben"}))
    return address


def test_a_backup_comes_back_whole_in_a_new_database(
    begun: str, new_database: Callable[[], str], tmp_path: Path
) -> None:
    import psycopg

    after, folder = new_database(), tmp_path / "backups"
    made = by_script("backup", begun, str(folder))
    assert made.returncode == 0, made.stderr
    [file] = folder.iterdir()
    assert file.stat().st_mode & 0o077 == 0, "a backup is its owner's alone"

    back = by_script("restore", after, str(file))
    assert back.returncode == 0, back.stderr
    assert back.stdout.strip() == "restore: 2 facts of 1 accounts are back"

    moved = move_journal(begun, after)
    assert (moved.new, moved.facts, moved.runners) == (0, 2, 2)
    with psycopg.connect(after, autocommit=True) as connection:
        assert connection.execute("SELECT email FROM server_account").fetchall() == [("anna@example.org",)]
        with pytest.raises(psycopg.Error, match="never changed"):
            connection.execute("UPDATE facts SET runner = 'carla'")

    again = by_script("restore", after, str(file))
    assert again.returncode == 1
    assert "not empty" in again.stderr
    assert move_journal(begun, after).facts == 2


def test_only_the_newest_backups_stay_and_nothing_else_is_touched(begun: str, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    old = [folder / f"triplane-202611{day:02}T023000Z.dump" for day in range(1, 6)]
    for file in (*old, folder / "notes.txt"):
        file.write_text("kept")
    done = by_script("backup", begun, str(folder), "3")
    assert done.returncode == 0, done.stderr
    left = {file.name for file in folder.iterdir()}
    assert {old[3].name, old[4].name, "notes.txt"} < left
    assert len(left) == 4

    refused = by_script("backup", begun, str(folder), "0")
    assert refused.returncode == 2
    assert {file.name for file in folder.iterdir()} == left


def test_what_is_no_journal_leaves_no_backup_and_loses_none(
    new_database: Callable[[], str], tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / "triplane-20261101T023000Z.dump").write_text("kept")
    for nothing in (new_database(), "postgresql://triplane@/nowhere?host=%2Fnowhere"):
        done = by_script("backup", nothing, str(folder), "1")
        assert done.returncode != 0
        assert [file.name for file in folder.iterdir()] == ["triplane-20261101T023000Z.dump"]


def test_half_a_backup_brings_nothing_back(
    begun: str, new_database: Callable[[], str], tmp_path: Path
) -> None:
    import psycopg

    after, folder = new_database(), tmp_path / "backups"
    by_script("backup", begun, str(folder))
    [file] = folder.iterdir()
    half = tmp_path / "half.dump"
    half.write_bytes(file.read_bytes()[:-64])
    done = by_script("restore", after, str(half))
    assert done.returncode != 0
    with psycopg.connect(after) as connection:
        there = connection.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'").fetchone()
    assert there == (0,)
