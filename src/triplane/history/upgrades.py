"""Kinds whose shape has changed, and the small steps that bring older facts up to date."""

from collections.abc import Callable
from typing import Any

KIND_VERSION: dict[str, int] = {"consent_given": 2}
"""Current version of a kind whose shape has changed since 1; all others are at 1."""


def _first_terms(consent: dict[str, Any]) -> dict[str, Any]:
    """Say what a runner agreed to when a consent did not say it: nothing that was thought of since."""
    agreed = ["look", "note", "tighten"]
    return {**consent, "deeds": agreed if consent["role"] == "coach" else [*agreed, "clear"]}


UPGRADES: dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]] = {
    ("consent_given", 1): _first_terms,
}
"""For (kind, old version): the small pure step that brings a body one version on."""


def upgraded(kind: str, version: object, body: dict[str, Any]) -> dict[str, Any]:
    """Bring the body of an older version of a kind up to date, one step at a time.

    Raises
    ------
    ValueError
        Where the version is newer than this program, is none, or the body is not what it promises.
    """
    current = KIND_VERSION.get(kind, 1)
    if not isinstance(version, int) or version < 1:
        raise ValueError(f"{version!r} is no version of a {kind}")
    if version > current:
        raise ValueError(
            f"a fact ({kind}, version {version}) from a newer Triplane; update Triplane to read it"
        )
    for step in range(version, current):
        try:
            body = UPGRADES[kind, step](body)
        except (LookupError, TypeError, AttributeError) as error:
            raise ValueError(f"it is not what version {step} of a {kind} holds") from error
    return body
