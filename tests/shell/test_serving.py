"""The app as a program: it says where it is, answers there alone, and ends when it is asked to."""

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from keyboard import MONDAY
from night import WIDE

POSIX = pytest.mark.skipif(sys.platform == "win32", reason="ctrl-c is sent otherwise there")


@contextmanager
def served(journal: Path, *words: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Start the app on a free port and return it with the address that it tells."""
    environment = {**os.environ, "TRIPLANE_ZONE": "Europe/Berlin", "TRIPLANE_NOW": MONDAY}
    call = [sys.executable, "-m", "triplane.cli", "--journal", str(journal), "serve", "--port", "0"]
    started = subprocess.Popen(
        [*call, "--no-browser", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env=environment,
    )
    assert started.stdout is not None
    try:
        line = next(line for line in started.stdout if "http://" in line)
        yield started, re.findall(r"http://\S+", line)[0]
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


def test_the_journal_may_be_named_behind_the_command(tmp_path) -> None:
    before, behind = tmp_path / "before.journal", tmp_path / "behind.journal"
    with served(before, "--journal", str(behind)) as (_, address):
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert answer.status == 200
        assert behind.exists() and not before.exists()


@POSIX
def test_ctrl_c_ends_the_app_without_a_fault(tmp_path) -> None:
    with served(tmp_path / "anna.journal") as (started, address):
        with urllib.request.urlopen(address, timeout=30) as answer:
            assert "Before you begin" in answer.read().decode()
        started.send_signal(signal.SIGINT)
        said, _ = started.communicate(timeout=30)

    assert started.returncode == 0
    assert "Everything you told it is kept" in said
    assert "Traceback" not in said


STARTED = """
import gc
from triplane.web import serving
serving._run = lambda listeners: print(gc.get_freeze_count())
serving.serve(lambda: None, lambda monday: None, 0, lambda up: None)
"""


def test_a_collection_of_garbage_in_an_answer_passes_over_what_the_app_was_started_with() -> None:
    told = subprocess.run([sys.executable, "-c", STARTED], capture_output=True, text=True, check=True)

    assert int(told.stdout) > 50_000


STOPPED = """
import sys
from triplane import cli

class Loading:
    def find_spec(self, name, *_):
        if name == sys.argv[1]:
            raise KeyboardInterrupt

sys.meta_path.insert(0, Loading())
cli.run(["--journal", sys.argv[2], "serve", "--port", "0", "--no-browser"])
"""


@pytest.mark.parametrize(
    ("loading", "code", "says"),
    [
        ("triplane.cli.app", 1, "Stopped. Nothing was recorded."),
        ("uvicorn", 0, "Everything you told it is kept."),
    ],
)
def test_ctrl_c_while_the_app_is_still_loaded_is_said_in_a_sentence(tmp_path, loading, code, says) -> None:
    call = [sys.executable, "-c", STOPPED, loading, str(tmp_path / "anna.journal")]
    told = subprocess.run(call, capture_output=True, text=True, check=False)

    assert (told.returncode, "Traceback" in told.stderr) == (code, False)
    assert says in told.stdout + told.stderr


@WIDE
def test_the_sample_is_there_at_once_when_it_is_asked_for(tmp_path) -> None:
    with served(tmp_path / "anna.journal", "--sample") as (_, address):
        opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        with opener.open(address, timeout=60) as answer:
            assert "You are looking at a sample runner" in answer.read().decode()


def test_the_app_answers_on_this_machines_own_address_alone(tmp_path) -> None:
    with served(tmp_path / "anna.journal") as (_, address):
        port = int(address.rstrip("/").rpartition(":")[2])
        outside = [found[4][0] for found in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
        for place in {place for place in outside if not place.startswith("127.")}:
            with pytest.raises(OSError), socket.create_connection((place, port), timeout=2):
                pass


def test_a_port_that_is_taken_is_one_sentence(tmp_path) -> None:
    with served(tmp_path / "anna.journal") as (_, address):
        port = address.rstrip("/").rpartition(":")[2]
        call = [
            sys.executable,
            "-m",
            "triplane.cli",
            "--journal",
            str(tmp_path / "b"),
            "serve",
            "--port",
            port,
        ]
        second = subprocess.run(call, capture_output=True, text=True, timeout=60, check=False)

    assert second.returncode == 2
    assert (
        f"port {port} is taken on this machine or not free to use; choose another with --port"
        in second.stderr
    )
    assert "Traceback" not in second.stderr
