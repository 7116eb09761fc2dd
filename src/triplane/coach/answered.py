"""What logs answer: the one place that says whether a session, or a drill of it, was told of."""

from collections.abc import Iterable, Mapping

from triplane.history import Fact, History, PlanItem, SessionLogged

Logs = Mapping[str, tuple[Fact, SessionLogged]]
"""The logs by what they answer: a slot, or one item that was played by itself."""


def logs_of(history: History) -> Logs:
    """Return what was logged, by the id of the slot or item it answers; the last word on each."""
    return {body.slot: (fact, body) for fact, body in history.all(SessionLogged) if body.slot}


def is_answered(slot: str, items: Iterable[PlanItem], logs: Logs) -> bool:
    """Say whether logs answer these items of a slot: all of it at once, or each of them by itself.

    Whoever asks of a session names all that the plan holds of it, whatever safety leaves of it by now.
    """
    asked = [item.id for item in items]
    return slot in logs or (bool(asked) and all(name in logs for name in asked))


def items_of(slot: str, items: Iterable[PlanItem]) -> tuple[PlanItem, ...]:
    """Return those of a plan's items that are of a slot."""
    return tuple(item for item in items if item.slot == slot)
