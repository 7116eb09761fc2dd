"""Which code a try of a drill before the camera was of: a mark that changes when what was tried does.

A commit would say that all must be tried again after every change of anything. Comments, docstrings and the
words of a drill do not change what came of it, so they do not count.
"""

import ast
import hashlib
import json
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from triplane.catalogue.lunges import file_watched
from triplane.history import LungeVector

ROOT = Path(__file__).parents[1]
ROOMS = ROOT / "src/triplane"
DRILLS = ROOMS / "catalogue/drills"

FIGURE = (
    "contact",
    "directions",
    "figure",
    "keys",
    "moving",
    "pose",
    "reach",
    "rotation",
    "settle",
    "skeleton",
    "touching",
)
"""What of `body` the acting figure is made of; pictures and films are others'."""

SHARED = (
    *sorted((ROOMS / "movement/form").glob("*.py")),
    *(ROOMS / "body" / f"{name}.py" for name in FIGURE),
    ROOMS / "catalogue/form.py",
    ROOT / "tests/acting.py",
)
"""What judges, and who acts: alike for every drill."""

LUNGES = tuple(ROOMS / "catalogue/lunges" / f"{name}.py" for name in ("levels", "matrix", "poses", "seen"))

ACTED = ("pose", "form", "dose", "stands_on")
"""What of a drill's file is acted and watched, beside what is seen of its faults."""


def code_of(drill_id: str) -> str:
    """Return the mark of a drill as it is tried today."""
    return _mark(_all(SHARED), acted(DRILLS / f"{drill_id}.toml"))


def code_of_lunge(vector: LungeVector) -> str:
    """Return the mark of one cell of the matrix: of its making, and of the file whose rules it has."""
    return _mark(_all(SHARED), _all(LUNGES), acted(DRILLS / f"{file_watched(vector).id}.toml"))


def acted(file: Path) -> str:
    """Return what of a drill's file changes what a camera sees of it and says."""
    whole: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    part = {name: whole.get(name) for name in ACTED}
    faults = [fault.get("seen") for fault in whole.get("fault", [])]
    return json.dumps([part, faults], sort_keys=True)


def worked(source: str) -> str:
    """Return Python without what only people read: comments and docstrings."""
    tree = ast.parse(source)
    for one in ast.walk(tree):
        body = getattr(one, "body", None)
        if isinstance(body, list):
            one.body = [part for part in body if not _is_said(part)] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.unparse(tree)


def _is_said(part: ast.stmt) -> bool:
    return (
        isinstance(part, ast.Expr)
        and isinstance(part.value, ast.Constant)
        and isinstance(part.value.value, str)
    )


@cache
def _all(files: tuple[Path, ...]) -> str:
    return _mark(*(worked(file.read_text(encoding="utf-8")) for file in files))


def _mark(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:12]
