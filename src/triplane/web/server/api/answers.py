"""Answers: a value of the coach's as it is, with a tag that says whether anything in it changed."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from hashlib import sha256
from typing import Annotated, Any, TypeVar

from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response
from ninja import Header
from pydantic import AfterValidator, Field, RootModel, StringConstraints

from triplane.errors import NoPlan
from triplane.history import Fact, History
from triplane.value import Value
from triplane.web.runner import practice_of
from triplane.web.server.api.problems import KeyUsed

Key = Annotated[str, Header(alias="Idempotency-Key", pattern=r"^[A-Za-z0-9_-]{8,64}$")]
"""What a program calls one thing that it tells; the same name again is the same thing, told once."""

Words = Annotated[
    str,
    StringConstraints(
        pattern=r"^[^\x00-\x09\x0b-\x1f\x7f\u2028\u2029\u202a-\u202e\u2066-\u2069]*$", max_length=1000
    ),
]
"""What is kept as it was written: no signs that no keyboard writes."""

Name = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9_.:-]{1,80}$")]


def _of_the_runners_day(at: time) -> time:
    if at.tzinfo is not None:
        raise ValueError("a time of the runner's own day has no zone")
    return at.replace(second=0, microsecond=0)


Clock = Annotated[time, AfterValidator(_of_the_runners_day)]
"""A time of the runner's own day, to the minute."""

LIMIT = Annotated[int, Field(ge=1, le=200)]
CURSOR = Annotated[str, Field(max_length=40)]

Listed = TypeVar("Listed")


def answer(request: HttpRequest, value: Value | tuple[Value, ...], status: int = 200) -> HttpResponse:
    """Return a value as JSON. Its tag begins with the number of the runner's last fact.

    What a day holds also follows from what time it is: the rest of the tag is the hash of what is said, so
    that nobody is told that nothing changed where something did.
    """
    whole = _without_proposals(value) if isinstance(value, Value) else RootModel[tuple[Any, ...]](value)
    content = whole.model_dump_json(by_alias=True).encode()
    last = practice_of(request).history().last_seq
    tag = f'"{last}-{sha256(content).hexdigest()[:16]}"'
    found = HttpResponse(content, status=status, content_type="application/json")
    found.headers["ETag"] = tag
    found.headers["Cache-Control"] = "private, no-cache"
    if request.method not in ("GET", "HEAD"):
        return found
    unchanged = get_conditional_response(request, etag=tag, response=found)
    return found if unchanged is None else unchanged


def _without_proposals(value: Value) -> Value:
    """Return a value without the facts that a use case proposes: those are for the journal."""
    proposals = {name: () for name in ("proposed", "facts") if isinstance(getattr(value, name, None), tuple)}
    return value.model_copy(update=proposals) if proposals else value


def page_of(lines: tuple[Listed, ...], limit: int) -> tuple[tuple[Listed, ...], bool]:
    """Return the first lines of a list, and whether there are more."""
    return lines[:limit], len(lines) > limit


def look_first(request: HttpRequest) -> None:
    """Refuse where the week is first to be made: looking never plans.

    Raises
    ------
    NoPlan
        Where something happened that no plan has answered.
    """
    if practice_of(request).look() is None:
        raise NoPlan("the week is not made yet, or something happened since; let it be made first")


def tell(
    request: HttpRequest,
    key: str,
    told: Callable[[History, datetime], Value],
    *,
    author: str = "runner",
    reason: str = "",
) -> Fact:
    """Record what a use case makes of what was told, once for one key, and return the fact.

    Raises
    ------
    KeyUsed
        When the key came before with something else.
    """
    origin = origin_of(request, key)

    def once(history: History, now: datetime) -> tuple[Value, ...]:
        before = told_under(history, key, origin)
        return (before.body if before else told(history, now),)

    [fact] = practice_of(request).decide(once, origin_key=origin, author=author, reason=reason, for_good=True)
    return fact


def hold_to_what_was_seen(request: HttpRequest, begins: str = "") -> None:
    """Let nothing be recorded but on what was looked at, by the tag of any answer that ``If-Match`` carries.

    The number in the tag is that of the last fact of then. From here on the journal takes facts only behind
    that one, or behind those that this request added: a write in between is never passed over, and the plan
    that a change is laid upon is no change of somebody else's. What was told under its key before is told
    already; ``begins`` stands before a key of somebody else's. An answer that was packed on its way has a
    weak tag (``W/"12-…"``), which holds as well.

    Raises
    ------
    Overtaken
        Where that is not the last fact any more.
    """
    told = request.headers.get("If-Match", "").strip()
    if told in ("", "*"):
        return
    practice, key = practice_of(request), request.headers.get("Idempotency-Key", "")
    key = f"{begins}{key}" if key else ""
    if key and told_under(practice.history(), key, origin_of(request, key)) is not None:
        return
    numbers = [tag.strip().removeprefix("W/").strip('"').partition("-")[0] for tag in told.split(",")]
    seen = {int(number) for number in numbers if re.fullmatch("[0-9]{1,18}", number)}
    journal = practice.journal.following(practice.runner, seen)
    request.practice = replace(practice, journal=journal)  # type: ignore[attr-defined]


def origin_of(request: HttpRequest, key: str) -> str:
    """Return the name in the journal of what is told under a key: it knows what was told, too."""
    said = b"\0".join((request.path_info.encode(errors="replace"), request.body))
    return f"api:{key}:{sha256(said).hexdigest()[:16]}"


def told_under(history: History, key: str, origin: str) -> Fact | None:
    """Return the fact that was told under a key before.

    Raises
    ------
    KeyUsed
        When that was something else.
    """
    before = [fact for fact in history.facts if fact.origin_key.startswith(f"api:{key}:")]
    if before and before[-1].origin_key != origin:
        raise KeyUsed("this idempotency key was used for something else; take a new one")
    return before[-1] if before else None
