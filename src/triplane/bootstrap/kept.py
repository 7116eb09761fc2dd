"""Histories kept between requests; each is brought up to the journal's last line before it is used."""

from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from threading import Lock
from weakref import WeakKeyDictionary

from triplane import coach
from triplane.history import Fact, History, Part, PlanIssued
from triplane.store import Journal

MOST_BYTES = 24 * 2**20
"""What the histories that are kept in memory may weigh together, as it is reckoned here. Ours."""

HEAVY = 1 / 4
"""The part of that from which one history is heavy and goes before those of others. Ours."""

FACT_BYTES = 2_300
PLAN_BYTES = 30_000
PLANNED_BYTES = 2_400
"""What a fact, a plan, and each item, slot and target of a plan weigh in memory, as measured. Two years of a
runner come to about 24 MB, without the plans of weeks long gone to 5 MB."""

Needs = Mapping[str, date | None] | Part
"""Kinds of facts, each with the first date that matters; or a part that says more."""


@dataclass
class Histories:
    """What was read of journals before, by place and runner. Thrown away, it is read again.

    A heavy one goes before any other runner's does, so that nobody's two years empty the memory of all; then
    what was not used for longest. What is kept of one runner alone stays, however much it weighs. What went
    at once is known beside the journal it was read from until that is let go: one page may ask many times.
    """

    most_bytes: int = MOST_BYTES
    _kept: "OrderedDict[tuple[object, ...], tuple[History, int]]" = field(default_factory=OrderedDict)
    _in_hand: "WeakKeyDictionary[Journal, dict[tuple[object, ...], tuple[History, int]]]" = field(
        default_factory=WeakKeyDictionary
    )
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
        name = needs.name if isinstance(needs, Part) else tuple(needs.items())
        whole, part = (journal.place, runner), (journal.place, runner, name)
        with self._lock:
            has_whole = whole in self._kept
        return self.history(journal, runner) if has_whole else self._current(part, journal, runner, needs)

    def for_a_look(self, journal: Journal, runner: str, now: datetime) -> History:
        """Return what a look at an instant is made from.

        Of who did not train lately that is all but the plans of weeks long gone.
        """
        part = self.recent(journal, runner, coach.look_needs(now))
        suffices = coach.look_suffices(part, now)
        return part if suffices else self.recent(journal, runner, coach.day_needs(now))

    @property
    def weight(self) -> int:
        """What is kept weighs, as it is reckoned here."""
        with self._lock:
            return sum(weight for _, weight in self._kept.values())

    def _current(
        self, key: tuple[object, ...], journal: Journal, runner: str, needs: Needs | None
    ) -> History:
        with self._lock:
            before = self._kept.pop(key, None) or self._in_hand.get(journal, {}).get(key)
        known, weight = before or (None, 0)
        found = _later(journal, known, needs) if known and known.facts else None
        if found is None:
            found = journal.history(runner, needs, with_first=needs is not None)
        if found is not known:
            weight = weight_of(found)
        with self._lock:
            self._kept[key] = found, weight
            self._let_go()
            if key not in self._kept:
                self._in_hand[journal] = {key: (found, weight)}
        return found

    def _let_go(self) -> None:
        weight = sum(weight for _, weight in self._kept.values())
        while weight > self.most_bytes and len(self._kept) > 1:
            are_others = len({key[:2] for key in self._kept}) > 1
            heavy = (key for key, (_, one) in self._kept.items() if one > self.most_bytes * HEAVY)
            oldest = next(iter(self._kept))
            weight -= self._kept.pop(next(heavy, oldest) if are_others else oldest)[1]


def _later(journal: Journal, known: History, needs: Needs | None) -> History | None:
    """Return what is known with all that came since, or nothing where its last fact is not there any more."""
    last = known.facts[-1]
    first, *new = journal.history_from(known.runner, last.seq) or (None,)
    if first != last:
        return None
    if isinstance(needs, Part):
        # What is told from now on is read whatever its date, unless it makes something older speak again.
        if any(_speaks_for_older(fact, needs) for fact in new):
            return None
        wanted = [fact for fact in new if fact.kind in needs.since]
    else:
        wanted = [fact for fact in new if needs is None or _is_needed(fact, needs)]
    return known.plus(*wanted) if wanted else known


def _speaks_for_older(fact: Fact, part: Part) -> bool:
    """Whether other old facts are to be read now: one was corrected, or an old measurement came in."""
    early = [part.since.get(kind) for kind, other in part.last_before.items() if other == fact.kind]
    return bool(fact.supersedes) or any(first and fact.local_date < first for first in early)


def _is_needed(fact: Fact, needs: Mapping[str, date | None]) -> bool:
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
