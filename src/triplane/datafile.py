"""Read the project's own TOML files into values, and report all that is wrong at once.

Speaks:  read_folder, read_one, check_folder.      Knows: value, errors.      Never: what a file means.
"""

import tomllib
from collections.abc import Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeVar

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from triplane.errors import DataFileError, Problem, UnknownName
from triplane.value import Value

V = TypeVar("V", bound=Value)


def folder(room: str, name: str) -> Traversable:
    """Return the folder ``name`` inside the package ``room`` (for example ``triplane.catalogue``)."""
    return files(room).joinpath(name)


def read_folder(place: Traversable, model: type[V]) -> dict[str, V]:
    """Read every ``*.toml`` of a folder; the file stem becomes the value's ``id``.

    Raises
    ------
    DataFileError
        With every problem of every file.
    """
    values, problems = check_folder(place, model)
    if problems:
        raise DataFileError(problems)
    return values


def check_folder(place: Traversable, model: type[V]) -> tuple[dict[str, V], list[Problem]]:
    """Read as ``read_folder`` does, but return the problems instead of raising."""
    values: dict[str, V] = {}
    problems: list[Problem] = []
    for stem, path in _toml_files(place):
        value, found = _parse(path, stem, model)
        problems += found
        if value is not None:
            values[stem] = value
    return values, problems


def read_one(place: Traversable, stem: str, model: type[V], kind: str) -> V:
    """Read the single file ``stem.toml``; an unknown stem names its nearest neighbours."""
    path = place.joinpath(f"{stem}.toml")
    if not path.is_file():
        raise UnknownName(kind, stem, [known for known, _ in _toml_files(place)])
    value, problems = _parse(path, stem, model)
    if value is None:
        raise DataFileError(problems)
    return value


def _toml_files(place: Traversable) -> Iterator[tuple[str, Traversable]]:
    for path in sorted(place.iterdir(), key=lambda entry: entry.name):
        if path.name.endswith(".toml"):
            yield path.name.removesuffix(".toml"), path


def _parse(path: Traversable, stem: str, model: type[V]) -> tuple[V | None, list[Problem]]:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        return None, [Problem(path.name, "file", "-", f"is not TOML: {error}", "see CONTRIBUTING")]
    try:
        return model.model_validate({"id": stem, **raw}), []
    except ValidationError as error:
        return None, [_problem(path.name, detail) for detail in error.errors()]


def _problem(file: str, detail: ErrorDetails) -> Problem:
    where = ".".join(str(step) for step in detail["loc"]) or "file"
    shown = repr(detail.get("input"))
    shown = shown if len(shown) <= 60 else shown[:57] + "..."
    return Problem(file, where, shown, detail["msg"].removeprefix("Value error, "))
