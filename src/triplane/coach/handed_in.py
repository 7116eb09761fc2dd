"""What is handed in: one playing; of one that cannot be read whole, what tightens: a yes, and what hurt."""

from collections import Counter
from collections.abc import Iterable
from functools import cache
from math import ceil
from typing import Annotated, Any, NamedTuple, Self

from pydantic import (
    AwareDatetime,
    Field,
    ModelWrapValidatorHandler,
    PrivateAttr,
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

HURTS = frozenset({"pain", "signs", "too_much", "interruptions", "discomfort"})
"""What of a hand-in is too much where it cannot be read, by our names of it."""

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

    _unread: tuple[str, ...] = PrivateAttr(())

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
            return read(part.told).unread_besides(part.unread)

    @property
    def unread(self) -> tuple[str, ...]:
        """What could not be read, in the names of our own fields, each as often as it was met.

        ``work`` is among them whenever not all was read; empty, all of it was. It holds nothing of what was
        told, so whoever runs a server may see that a device and the app no longer agree.
        """
        return self._unread

    def unread_besides(self, unread: Iterable[str]) -> Self:
        """Return the same with more that could not be read."""
        found = self.model_copy()
        found._unread = tuple(sorted((Counter(self._unread) | Counter(unread)).elements()))
        return found


class Part(NamedTuple):
    """What can be read of a hand-in that tightens, and what could not be read, as ``HandIn.unread``."""

    told: dict[str, Any]
    unread: tuple[str, ...]


def what_tightens(told: Any) -> Part | None:
    """Return what can be read of a hand-in that tightens, as one whose seconds nobody knows; else nothing.

    An answer that is no yes, work, effort and clean repetitions are left out whatever they say: who reads
    only a part does not know what the rest would have said of them. Of what hurt nothing is left out: what
    cannot be read of it was too much.
    """
    if not isinstance(told, dict):
        return None
    played, reference = _table(told.get("played")), _reference(told.get("reference"))
    yes = {name: True for name, said in _table(told.get("readiness")).items() if _read(bool, said)}
    met, unread = _interruptions(played.get("interruptions"))
    score = _score(told.get("discomfort"))
    if score is None and told.get("discomfort") is not None:
        # It was told of the session, so it was too much in each of its drills.
        items = reference.items if reference else ("",)
        met = (*(Interruption(item=item, too_much=True) for item in items), *met)
        unread = (*unread, "discomfort")
    stops, discomfort = _worst(met), score or 0
    if not (yes or stops or discomfort > FINE):
        return None
    part = {
        "key": told.get("key"),
        "mark": told.get("mark"),
        "readiness": yes,
        "began_at": _read(AwareDatetime, told.get("began_at")),
        "ended_at": _read(AwareDatetime, told.get("ended_at")),
        "reference": reference,
        "played": {"seconds": (), "interruptions": stops},
        "discomfort": discomfort,
    }
    return Part(part, (*unread, "work"))


def _reference(told: Any) -> SessionReference | None:
    named = _table(told)
    items = dict.fromkeys(one for one in _list(named.get("items")) if isinstance(one, str))
    found: SessionReference | None = _read(
        SessionReference, {"plan": named.get("plan"), "items": tuple(items)}
    )
    return found


def _interruptions(told: Any) -> tuple[tuple[Interruption, ...], tuple[str, ...]]:
    """Return what tightens of all that was told on the way, and the names of what could not be read."""
    found = [_interruption(one) for one in _each(told)]
    met = (stop for stop, _ in found if stop.pain or stop.signs or stop.too_much)
    return tuple(met), tuple(name for _, unread in found for name in unread)


def _interruption(told: Any) -> tuple[Interruption, tuple[str, ...]]:
    """Return an interruption and what could not be read of it: where anything could not, it was too much."""
    named = _table(told)
    felt = [_feeling(one) for one in _each(named.get("pain"))]
    signs = [_read(Sign, one) for one in _each(named.get("signs"))]
    too_much = _read(bool, named.get("too_much"))
    unread = ["pain" for _, is_whole in felt if not is_whole] + ["signs" for sign in signs if sign is None]
    if too_much is None and named.get("too_much") is not None:
        unread.append("too_much")
    if not _is_of(Interruption, told):
        unread.append("interruptions")
    pain = {feeling for feeling, _ in felt if feeling}
    item = named.get("item")
    stop = Interruption(
        item=item if isinstance(item, str) and len(item) <= LONGEST else "",
        side=_read(Side, named.get("side")),
        too_much=bool(too_much or unread),
        pain=tuple(sorted(pain, key=lambda one: (-one.score, str(one)))[:MOST_FELT]),
        signs=tuple(dict.fromkeys(sign for sign in signs if sign)),
    )
    return stop, tuple(unread)


def _feeling(told: Any) -> tuple[Feeling | None, bool]:
    """Return a feeling as far as it can be read, and whether all of it was."""
    named = _table(told)
    region, score = _read(BodyRegion, named.get("region")), _score(named.get("score"))
    if region is None or score is None:
        return None, False
    kind, side = _read(FeelingKind, named.get("kind")), _read(Side, named.get("side"))
    lost = [
        name for name, read in (("kind", kind), ("side", side)) if not read and named.get(name) is not None
    ]
    feeling = Feeling(score=score, region=region, kind=kind or TAKEN_FOR, side=side)
    return feeling, not lost and _is_of(Feeling, told)


def _score(told: Any) -> int | None:
    """Return a score, the higher one where it lies between two; nothing where it is none."""
    number = _read(float, told)
    if number is None or not number >= 0:  # below nothing, or no number at all
        return None
    return MOST if number > MOST else ceil(number)


def _worst(found: Iterable[Interruption]) -> tuple[Interruption, ...]:
    """Return each once, what ends a session first: where more is told than is kept, that is what stays."""
    once = dict.fromkeys(found)
    return tuple(sorted(once, key=lambda one: not stops_session(one))[:MOST_TOLD])


def _table(told: Any) -> dict[Any, Any]:
    return told if isinstance(told, dict) else {}


def _list(told: Any) -> list[Any] | tuple[Any, ...]:
    return told if isinstance(told, list | tuple) else ()


def _each(told: Any) -> list[Any] | tuple[Any, ...]:
    """Return the entries of a list; what is no list and not empty is one entry, so that it is not lost."""
    return _list(told) or ([told] if told else ())


def _is_of(kind: type[Value], told: Any) -> bool:
    """Whether something told holds nothing but what a value of this kind may hold."""
    return isinstance(told, dict) and told.keys() <= kind.model_fields.keys()


def _read(kind: Any, told: Any) -> Any:
    """Return something told as a value of a kind; nothing where it is none."""
    try:
        return _reader(kind).validate_python(told)
    except ValidationError:
        return None


@cache
def _reader(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)
