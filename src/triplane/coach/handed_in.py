"""What is handed in: one playing; of one that cannot be read whole, what tightens: a yes, and what hurt."""

from collections.abc import Iterable
from functools import cache
from typing import Annotated, Any, Self

from pydantic import (
    AwareDatetime,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)

from triplane.body import Side
from triplane.coach.counting_from import FINE
from triplane.coach.cues import SessionReference
from triplane.coach.played import MOST_FELT, MOST_TOLD, TAKEN_FOR, Interruption, Played, stops_session
from triplane.errors import UserError
from triplane.history import BodyRegion, Feeling, FeelingKind, Score, Sign
from triplane.value import Value

MOST = 10
"""The most of a score; who tells more of what hurts tells the most."""

LONGEST = 200
"""Letters of the longest name that is looked at: beyond, it is none of ours."""


HAND_IN_VERSION = 1
"""Of what a device keeps to be handed in. What was kept before versions were told is the first."""

NEWER = (
    "this was kept by a newer Triplane than the one here; nothing of it was recorded, and it stays where it "
    "is kept. Update Triplane here and hand it in then"
)


class HandIn(Value):
    """One playing, or answers alone that kept a session from being begun.

    ``key`` names it: handed in twice, from wherever, it is recorded once. ``mark`` is that of the history
    it was played for (``History.mark``). The instants are the device's. A device may be newer than the app:
    a later ``version`` is no error of the runner's, and a ``UserError`` says what to do. What cannot be read
    whole is read as far as it tightens, and then holds no second of work.
    """

    version: Annotated[int, Field(strict=True, ge=1)] = HAND_IN_VERSION
    key: Annotated[str, Field(pattern=r"^[0-9a-f-]{8,40}$")]
    mark: Annotated[str, Field(max_length=40)] = ""
    readiness: dict[str, bool] = {}
    began_at: AwareDatetime | None = None
    ended_at: AwareDatetime | None = None
    reference: SessionReference | None = None
    played: Played | None = None
    effort: Score | None = None
    discomfort: Score = 0

    @model_validator(mode="before")
    @classmethod
    def _is_known(cls, told: Any) -> Any:
        version = told.get("version") if isinstance(told, dict) else None
        if isinstance(version, int | float) and version > HAND_IN_VERSION:
            raise UserError(NEWER)
        return told

    @model_validator(mode="wrap")
    @classmethod
    def _as_far_as_it_tightens(cls, told: Any, read: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return read(told)
        except ValidationError:
            part = what_tightens(told)
            if part is None:
                raise
            return read(part)


def what_tightens(told: Any) -> dict[str, Any] | None:
    """Return what can be read of a hand-in that tightens, as one whose seconds nobody knows; else nothing.

    An answer that is no yes, work, effort and clean repetitions are left out whatever they say: who reads
    only a part does not know what the rest would have said of them.
    """
    if not isinstance(told, dict):
        return None
    played = _table(told.get("played"))
    yes = {name: True for name, said in _table(told.get("readiness")).items() if _read(bool, said)}
    stops = _worst(_interruption(one) for one in _list(played.get("interruptions")))
    discomfort = _score(told.get("discomfort")) or 0
    if not (yes or stops or discomfort > FINE):
        return None
    return {
        "key": told.get("key"),
        "mark": told.get("mark"),
        "readiness": yes,
        "began_at": _read(AwareDatetime, told.get("began_at")),
        "ended_at": _read(AwareDatetime, told.get("ended_at")),
        "reference": _reference(told.get("reference")),
        "played": {"seconds": (), "interruptions": stops},
        "discomfort": discomfort,
    }


def _reference(told: Any) -> SessionReference | None:
    named = _table(told)
    items = dict.fromkeys(one for one in _list(named.get("items")) if isinstance(one, str))
    found: SessionReference | None = _read(
        SessionReference, {"plan": named.get("plan"), "items": tuple(items)}
    )
    return found


def _interruption(told: Any) -> Interruption | None:
    """Return what tightens of an interruption; where something hurt that cannot be read, it was too much."""
    told = _table(told)
    felt, met = _list(told.get("pain")), _list(told.get("signs"))
    pain = sorted({one for each in felt if (one := _feeling(each))}, key=lambda one: -one.score)
    signs = tuple(dict.fromkeys(sign for each in met if (sign := _read(Sign, each))))
    is_unread = bool(told.get("pain") or told.get("signs")) and not (pain or signs)
    if not (pain or signs or is_unread or _read(bool, told.get("too_much"))):
        return None
    item = told.get("item")
    return Interruption(
        item=item if isinstance(item, str) and len(item) <= LONGEST else "",
        side=_read(Side, told.get("side")),
        too_much=is_unread or bool(_read(bool, told.get("too_much"))),
        pain=tuple(pain[:MOST_FELT]),
        signs=signs,
    )


def _feeling(told: Any) -> Feeling | None:
    told = _table(told)
    region, score = _read(BodyRegion, told.get("region")), _score(told.get("score"))
    if region is None or score is None:
        return None
    kind, side = _read(FeelingKind, told.get("kind")) or TAKEN_FOR, _read(Side, told.get("side"))
    return Feeling(score=score, region=region, kind=kind, side=side)


def _score(told: Any) -> int | None:
    number = _read(float, told)
    return None if number is None else _read(Score, MOST if number > MOST else told)


def _worst(found: Iterable[Interruption | None]) -> tuple[Interruption, ...]:
    """Return each once, what ends a session first: where more is told than is kept, that is what stays."""
    once = dict.fromkeys(one for one in found if one is not None)
    return tuple(sorted(once, key=lambda one: not stops_session(one))[:MOST_TOLD])


def _table(told: Any) -> dict[Any, Any]:
    return told if isinstance(told, dict) else {}


def _list(told: Any) -> list[Any] | tuple[Any, ...]:
    return told if isinstance(told, list | tuple) else ()


def _read(kind: Any, told: Any) -> Any:
    """Return something told as a value of a kind; nothing where it is none."""
    try:
        return _reader(kind).validate_python(told)
    except ValidationError:
        return None


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
