"""What the small install leaves out, and how to add it: one place for every extra."""

import os
import shlex
import subprocess
import sys
from collections.abc import Iterable
from importlib.util import find_spec
from pathlib import Path

from triplane.errors import UserError

CHECKOUT = Path(__file__).parents[3]
"""Where our source lies when Triplane runs from a checkout; somewhere within Python otherwise."""


def ask_for(extra: str, packages: Iterable[str], what: str) -> None:
    """Refuse where packages are missing that an extra of ours brings.

    Raises
    ------
    UserError
        Naming them, what needs them (``what``), and the line that adds them.
    """
    missing = [name for name in dict.fromkeys(packages) if find_spec(name) is None]
    if missing:
        raise UserError(f"{what} ({', '.join(missing)}): {adding(extra)}")


def adding(extra: str) -> str:
    """Return the line that adds an extra's locked packages to the Python that runs now."""
    is_here = (CHECKOUT / "requirements").is_dir()
    lock = str(CHECKOUT / "requirements" / f"{extra}.txt") if is_here else f"requirements/{extra}.txt"
    line = [sys.executable or "python", "-m", "pip", "install", "-r", lock]
    command = subprocess.list2cmdline(line) if os.name == "nt" else shlex.join(line)
    return command if is_here else f"{command} in a checkout of Triplane"
