"""A record that its runner brings from another machine: the same facts, under the name the runner has here.

A fact's id follows from its runner and its origin key, so each gets another one; wherever a fact names an
earlier one by its id, it names it by the new one. Nothing else of a fact changes.
"""

import json
import re
from collections.abc import Sequence

from triplane.history.about import DisclaimerAccepted, RunnerErased
from triplane.history.fact import KIND_OF, Fact, id_of
from triplane.history.history import History
from triplane.history.sharing import AssistantLetIn, ConsentEnded, ConsentGiven

SAYS_NOTHING = tuple(
    KIND_OF[body] for body in (RunnerErased, DisclaimerAccepted, ConsentGiven, AssistantLetIn, ConsentEnded)
)
"""Kinds that say nothing of a body: beside them, a record is empty."""

AN_ID = re.compile(r"\b[0-9a-f]{24}\b")


def is_empty(history: History) -> bool:
    """Whether nothing was told yet, so that a whole record may come in as the runner's own."""
    return all(fact.kind in SAYS_NOTHING for fact in history.facts)


def taken_over(facts: Sequence[Fact], runner: str) -> tuple[Fact, ...]:
    """Return the facts of a record, oldest first, as those of a runner of another name."""
    names: dict[str, str] = {}
    found = []
    for fact in facts:
        told = fact.model_dump(mode="json", exclude={"id", "runner"})
        named = json.loads(AN_ID.sub(lambda id_: names.get(id_[0], id_[0]), json.dumps(told)))
        names[fact.id] = id_of(runner, named["origin_key"])
        found.append(Fact.model_validate({**named, "id": names[fact.id], "runner": runner}))
    return tuple(found)
