"""A server whose processes cannot begin says so and ends; it does not begin them for ever in silence."""

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

TRIED = """
from multiprocessing import spawn
import uvicorn
from triplane.errors import UserError
from triplane.web.server.processes import keep_answering

if __name__ == "__main__":
    {before}
    try:
        told = {{"port": {port}, "workers": {workers}, "log_config": None}}
        keep_answering(uvicorn.Config("triplane.errors:UserError", **told))
    except UserError as error:
        raise SystemExit("said: " + str(error))
"""


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that somebody else listens at."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other.getsockname()[1]


def tried(folder: Path, **told: object) -> str:
    script = folder / "tried.py"
    script.write_text(TRIED.format(**told))
    ended = subprocess.run([sys.executable, script], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 1
    return ended.stderr


def test_processes_that_end_as_soon_as_they_begin_end_the_server(tmp_path: Path) -> None:
    said = tried(tmp_path, before="spawn.set_executable('/nowhere/python')", port=0, workers=2)

    assert "said: the server ended as soon as it began" in said
    assert "journalctl -u triplane" in said


@pytest.mark.parametrize("workers", [1, 2])
def test_a_server_whose_port_is_taken_does_not_end_as_if_all_were_well(
    tmp_path: Path, taken, workers
) -> None:
    said = tried(tmp_path, before="", port=taken, workers=workers)

    assert "said: the server ended as soon as it began" in said
    assert "address already in use" in said.lower()
