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
    """Return the line that adds an extra to the Python that runs now, from wherever it is given."""
    is_here = (CHECKOUT / "pyproject.toml").is_file()
    where = f"{CHECKOUT}[{extra}]" if is_here else f".[{extra}]"
    line = [sys.executable or "python", "-m", "pip", "install", *(["-e"] if is_here else []), where]
    command = subprocess.list2cmdline(line) if os.name == "nt" else shlex.join(line)
    return command if is_here else f"{command} in a checkout of Triplane"
