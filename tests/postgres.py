"""PostgreSQL for tests: one cluster of a process of tests, gone with it, and a schema for each journal.

The server refuses to run as root, so that root starts it as another user. Where there is none, the tests that
need one are skipped and say so.
"""

import os
import pwd
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import count
from pathlib import Path
from urllib.parse import quote, unquote

import pytest

from triplane.bootstrap import Practice
from triplane.web.feed.keeping import FeedsInFile

USERS = ("postgres", "nobody")
"""Who runs the server where the tests are root's."""

QUICK = "-c fsync=off -c full_page_writes=off -c synchronous_commit=off"


def programs() -> Path | None:
    """Return the folder of the server's programs; Debian keeps them off the path."""
    found = shutil.which("initdb")
    places = [Path(found).resolve().parent] if found else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)
    return next((place for place in places if (place / "pg_ctl").exists()), None)


def as_user(folder: Path) -> list[str]:
    """Return what stands before a command so that somebody other than root runs it, who gets the folder."""
    if os.geteuid() != 0:
        return []
    known = {entry.pw_name for entry in pwd.getpwall()}
    user = next((name for name in USERS if name in known), None)
    if user is None or shutil.which("runuser") is None:
        pytest.skip("PostgreSQL refuses root, and nobody else is here to run it")
    shutil.chown(folder, user)
    return ["runuser", "-u", user, "--"]


@contextmanager
def cluster(settings: str = QUICK) -> Iterator[str]:
    """Run a server of its own until the block ends, and give the address of a database of it."""
    place = programs()
    if place is None:
        pytest.skip("PostgreSQL is not on this machine (Debian: apt-get install postgresql)")
    folder = Path(tempfile.mkdtemp(prefix="triplane-pg-"))
    before, data = as_user(folder), folder / "data"

    def run(*words: str) -> None:
        done = subprocess.run([*before, *words], capture_output=True, text=True, cwd=folder, check=False)
        assert done.returncode == 0, done.stderr + done.stdout

    try:
        run(str(place / "initdb"), *f"-D {data} -U triplane -A trust -E UTF8 --no-sync".split())
        here = f"-c listen_addresses='' -c unix_socket_directories='{folder}' {settings}"
        run(str(place / "pg_ctl"), *f"-D {data} -l {folder}/log -w start -o".split(), here)
        try:
            yield f"postgresql://triplane@/postgres?host={quote(str(folder), safe='')}"
        finally:
            run(str(place / "pg_ctl"), *f"-D {data} -m immediate -w stop".split())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def folder_of(address: str) -> Path:
    """Return the folder of the cluster that an address leads to; it goes with the cluster."""
    return Path(unquote(re.findall(r"[?&]host=([^&]+)", address)[0]))


@contextmanager
def questions(address: str) -> Iterator[list[str]]:
    """Gather what a cluster is asked while the block runs, by whomever, but for whether it is there."""
    import psycopg

    asked: list[str] = []
    log = folder_of(address) / "log"
    with psycopg.connect(address, autocommit=True) as connection:

        def say(which: str) -> None:
            connection.execute(f"ALTER SYSTEM SET log_statement = '{which}'")  # type: ignore[arg-type]
            connection.execute("SELECT pg_reload_conf()")
            ends = time.monotonic() + 10
            while connection.execute("SHOW log_statement").fetchall() != [(which,)]:
                assert time.monotonic() < ends, "the cluster did not hear of it"

        say("all")
        begins = log.stat().st_size
        yield asked
        with log.open("rb") as lines:
            lines.seek(begins)
            text = lines.read().decode(errors="replace")
        say("none")
    told = re.findall(r"LOG:  (?:execute [^:]*|statement): (.*)", text)
    asked += [one for one in told if one.startswith(("SELECT", "INSERT", "UPDATE", "DELETE", "WITH"))]


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a database of a server that was started for the tests."""
    pytest.importorskip("psycopg_pool", reason="the packages of the extra called server are not here")
    with cluster() as address:
        yield address


_numbers = count(1)


def schema_in(address: str) -> str:
    """Make a schema of its own in a database and return the address at which it is all there is."""
    import psycopg

    name = f"j{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {name}")  # type: ignore[arg-type]
    return f"{address}&options={quote(f'-csearch_path={name}', safe='')}"


@dataclass
class Served:
    """All journals of the tests in PostgreSQL: where a test names a file, a schema stands for it."""

    address: str
    _schemas: dict[Path, str] = field(default_factory=dict)

    def at(self, file: Path) -> str:
        """Return the schema that stands for a file; it begins with what the file holds."""
        if file not in self._schemas:
            from triplane.bootstrap import move_journal

            self._schemas[file] = schema_in(self.address)
            if file.exists():
                move_journal(file, self._schemas[file])
        return self._schemas[file]

    def forget(self, file: Path) -> None:
        """Begin anew with what the file holds by then."""
        self._schemas.pop(file, None)


SERVED: list[Served] = []
"""Holds the one there is where the tests were told to keep all journals in PostgreSQL."""


@pytest.fixture(scope="session", autouse=True)
def served_journal(request: pytest.FixtureRequest) -> Iterator[None]:
    """Keep the journals of the app in PostgreSQL where ``TRIPLANE_TEST_JOURNAL`` says so."""
    if os.environ.get("TRIPLANE_TEST_JOURNAL", "file") == "file":
        yield
        return
    SERVED.append(Served(request.getfixturevalue("postgres")))
    yield
    SERVED.clear()


def feeds_of(practice: Practice) -> FeedsInFile:
    """Keep the calendars' addresses in a file where the journal beside which they lie is in none."""
    name = sha256(practice.journal.place.encode()).hexdigest()
    return FeedsInFile(folder_of(SERVED[0].address) / f"{name}.feeds")


def place_of(file: Path) -> Path | str:
    """Return where the journal that a test calls by a file lies."""
    return SERVED[0].at(file) if SERVED else file


@pytest.fixture
def database(postgres: str) -> str:
    """The address of a database that holds nothing yet."""
    return schema_in(postgres)


@pytest.fixture(params=["file", "postgresql"])
def journal_place(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], Path | str]:
    """Make one more place for a journal: a file, and once more all in PostgreSQL."""
    if request.param == "file":
        names = count(1)
        return lambda: tmp_path / f"{next(names)}.journal"
    address = request.getfixturevalue("postgres")
    return lambda: schema_in(address)
