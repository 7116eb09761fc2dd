"""Read the drill files: all of them, or a single one fast."""

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources.abc import Traversable
from types import MappingProxyType

from triplane.catalogue.drill import Drill
from triplane.datafile import folder, read_folder, read_one
from triplane.errors import UnknownName


def drills_folder() -> Traversable:
    """Return the folder that holds the drill files of this release."""
    return folder("triplane.catalogue", "drills")


@cache
def load() -> Mapping[str, Drill]:
    """Return every drill by id, in the order of ids, validated.

    Raises
    ------
    DataFileError
        With every problem of every file.
    """
    return MappingProxyType(read_folder(drills_folder(), Drill))


@cache
def load_one(drill_id: str) -> Drill:
    """Return a single drill without reading the others; an old id finds the drill of today.

    Raises
    ------
    UnknownName
        With the nearest ids that exist.
    DataFileError
        With every problem of the file.
    """
    if drills_folder().joinpath(f"{drill_id}.toml").is_file():
        return read_one(drills_folder(), drill_id, Drill, "drill")
    renamed = (drill for drill in load().values() if drill_id in drill.was)
    return next(renamed, None) or read_one(drills_folder(), drill_id, Drill, "drill")


def find(drill_id: str) -> Drill | None:
    """Return a drill by its id or an old one, ``None`` when this release no longer has it."""
    try:
        return load_one(drill_id)
    except UnknownName:
        return None


@cache
def catalogue_version() -> str:
    """Return twelve hex digits that change when, and only when, a drill file changes."""
    digest = hashlib.sha256()
    for path in sorted(drills_folder().iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            digest.update(f"{path.name}\n".encode())
            digest.update(path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:12]
