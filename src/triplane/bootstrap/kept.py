"""Histories kept between requests; each is brought up to the journal's last line before it is used."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from threading import Lock

from triplane.history import Fact, History, PlanIssued
from triplane.store import Journal

MOST_BYTES = 48 * 2**20
"""What the histories that are kept in memory may weigh together, as it is reckoned here. Ours."""

FACT_BYTES = 2_300
PLAN_BYTES = 30_000
PLANNED_BYTES = 2_400
"""What a fact, a plan, and each item, slot and target of a plan weigh in memory, as measured. Two years of a
runner come to about 24 MB, without the plans of weeks long gone to 5 MB."""

Needs = Mapping[str, date | None]
"""Kinds of facts, each with the first date that matters."""


@dataclass
class Histories:
    """What was read of journals before, by place and runner. Thrown away, it is read again.

    What was not used for longest goes first; what was used last stays, however much it weighs.
    """

    most_bytes: int = MOST_BYTES
    _kept: "OrderedDict[tuple[object, ...], tuple[History, int]]" = field(default_factory=OrderedDict)
    _lock: Lock = field(default_factory=Lock)

    def history(self, journal: Journal, runner: str) -> History:
        """Return a runner's history as the journal holds it now: what is known, and all that came since.

        The journal is asked for the last fact that is known and what stands behind it. Where that fact is
        not there any more (all was removed, or another file lies in its place) everything is read anew.
        """
        return self._current((journal.place, runner), journal, runner, None)

    def recent(self, journal: Journal, runner: str, needs: Needs) -> History:
        """Return what of a runner's history is needed now, and the first fact of all.

        Where the whole history is kept already it is that one.
        """
        whole, part = (journal.place, runner), (journal.place, runner, tuple(needs.items()))
        with self._lock:
            has_whole = whole in self._kept
        return self.history(journal, runner) if has_whole else self._current(part, journal, runner, needs)

    @property
    def weight(self) -> int:
        """What is kept weighs, as it is reckoned here."""
        with self._lock:
            return sum(weight for _, weight in self._kept.values())

    def _current(
        self, key: tuple[object, ...], journal: Journal, runner: str, needs: Needs | None
    ) -> History:
        with self._lock:
            known, weight = self._kept.pop(key, (None, 0))
        found = _later(journal, known, needs) if known and known.facts else None
        if found is None:
            found = journal.history(runner, needs, with_first=needs is not None)
        if found is not known:
            weight = weight_of(found)
        with self._lock:
            self._kept[key] = found, weight
            self._let_go()
        return found

    def _let_go(self) -> None:
        weight = sum(weight for _, weight in self._kept.values())
        while weight > self.most_bytes and len(self._kept) > 1:
            _, (_, gone) = self._kept.popitem(last=False)
            weight -= gone


def _later(journal: Journal, known: History, needs: Needs | None) -> History | None:
    """Return what is known with all that came since, or nothing where its last fact is not there any more."""
    last = known.facts[-1]
    first, *new = journal.history_from(known.runner, last.seq) or (None,)
    if first != last:
        return None
    wanted = [fact for fact in new if needs is None or _is_needed(fact, needs)]
    return known.plus(*wanted) if wanted else known


def _is_needed(fact: Fact, needs: Needs) -> bool:
    first = needs.get(fact.kind)
    return fact.kind in needs and (first is None or fact.local_date >= first)


def weight_of(history: History) -> int:
    """Reckon what a history weighs in memory: plans are by far the largest facts."""
    return sum(_weight(fact) for fact in history.facts)


def _weight(fact: Fact) -> int:
    if not isinstance(fact.body, PlanIssued):
        return FACT_BYTES
    plan = fact.body.plan
    return FACT_BYTES + PLAN_BYTES + PLANNED_BYTES * (len(plan.items) + len(plan.slots) + len(plan.targets))
