"""``make run`` and ctrl-c, as typed: what ends as it was asked to is no failure, and what fails is one."""

import os
import re
import select
import shutil
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ENDS_WITHIN_S = 30

pytestmark = pytest.mark.skipif(
    sys.platform == "win32" or shutil.which("make") is None,
    reason="there is no make, or no terminal to type in",
)

AN_APP = """#!/bin/sh
trap 'echo; echo "It has ended."; exit %s' INT
echo "It is here"
while true; do sleep 0.1; done
"""


def typed(venv: Path, until: str) -> tuple[int, str]:
    """Type ``make run``, and ctrl-c once something is said; return how it ended, and what was said."""
    import pty

    child, screen = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execvp("make", ["make", "run", f"VENV={venv}"])
    said, waits, ends_at = "", True, time.monotonic() + ENDS_WITHIN_S
    while time.monotonic() < ends_at:
        if not select.select([screen], [], [], 0.2)[0]:
            continue
        try:
            said += os.read(screen, 4096).decode(errors="replace")
        except OSError:  # nobody has the terminal any more
            break
        if waits and re.search(until, said):
            os.write(screen, b"\x03")
            waits = False
    os.close(screen)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status), said


@pytest.fixture
def venv(tmp_path: Path) -> Path:
    """Where make finds an app that was set up."""
    programs = tmp_path / "bin"
    programs.mkdir()
    (programs / "python").symlink_to(sys.executable)
    (tmp_path / ".ready").touch()
    return tmp_path


def app_that_ends(venv: Path, code: int) -> None:
    program = venv / "bin" / "triplane"
    program.write_text(AN_APP % code, encoding="ascii")
    program.chmod(0o755)


def test_ctrl_c_ends_the_app_and_make_says_nothing_of_a_failure(venv: Path) -> None:
    app_that_ends(venv, 0)
    code, said = typed(venv, "It is here")

    assert "It has ended." in said
    assert "***" not in said
    assert code == 0


def test_an_app_that_fails_is_said_to_have_failed(venv: Path) -> None:
    app_that_ends(venv, 4)
    code, said = typed(venv, "It is here")

    assert code == 2
    assert re.search(r"\*\*\* .*run\] Error 4", said)


def test_ctrl_c_while_it_is_set_up_says_one_sentence_and_goes_no_further(venv: Path) -> None:
    (venv / ".ready").unlink()
    (venv / "bin" / "python").unlink()
    (venv / "bin" / "python").write_text("#!/bin/sh\necho fetching\nsleep 20\n", encoding="ascii")
    (venv / "bin" / "python").chmod(0o755)
    code, said = typed(venv, "fetching")

    assert "What was fetched stays; the next make goes on from here." in said
    assert "***" not in said and "2 of 2" not in said
    assert code != 0, "what was not set up is not there"
    assert not (venv / ".ready").exists()
