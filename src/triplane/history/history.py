"""The history: a runner's facts in order, with corrections applied."""

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeVar

from triplane.history.fact import KIND_OF, Fact
from triplane.history.plan_facts import Plan, PlanIssued
from triplane.value import Value

SAFETYS_WORD = frozenset({"screening_answered", "readiness_answered", "restriction_tightened"})
"""What safety was told gives way only to a correction of its own kind; a note does not take it back."""

B = TypeVar("B", bound=Value)
R = TypeVar("R")

MOST_WORKED_OUT = 16
"""Answers kept beside the facts they follow from. Ours."""


@dataclass(frozen=True)
class History:
    """All facts of one runner, oldest first. Superseded facts stay on the record but do not speak.

    The order is by ``occurred_at``, then by ``seq``: what was handed in late still takes its place.
    """

    runner: str
    facts: tuple[Fact, ...] = ()

    @cached_property
    def _newest_at(self) -> datetime | None:
        return max((fact.occurred_at for fact in self.facts), default=None)

    @cached_property
    def _worked_out(self) -> dict[Hashable, Any]:
        return {}

    def worked_out(self, key: Hashable, work_out: Callable[[], R]) -> R:
        """Return what follows from these facts, worked out once for a key; the key names all else it needs.

        Only the last few are kept: each is worked out anew from the facts where it is not.
        """
        known = self._worked_out
        if key in known:
            kept: R = known[key]
            return kept
        found = work_out()
        # Many requests read one history at once: what is kept is never changed but put in place of the last.
        newest = list(self._worked_out.items())[1 - MOST_WORKED_OUT :]
        self.__dict__["_worked_out"] = {**dict(newest), key: found}
        return found

    @cached_property
    def _follows(self) -> dict[Hashable, Any]:
        return {}

    def follows(self, key: Hashable, work_out: Callable[[], R]) -> R:
        """Return what follows from these facts whatever the hour, worked out once and kept with them.

        For the few things that take reading the whole record and never ask what time it is.
        """
        if key not in self._follows:
            self._follows.setdefault(key, work_out())
        kept: R = self._follows[key]
        return kept

    @cached_property
    def _by_kind(self) -> dict[str, tuple[Fact, ...]]:
        corrections = [fact for fact in self.facts if fact.supersedes]
        corrected = {fact.supersedes for fact in corrections}
        put_right = {(fact.supersedes, fact.kind) for fact in corrections}
        kinds: dict[str, list[Fact]] = {}
        for fact in sorted(self.facts, key=lambda fact: (fact.occurred_at, fact.seq)):
            told_safety = fact.kind in SAFETYS_WORD
            gives_way = (fact.id, fact.kind) in put_right if told_safety else fact.id in corrected
            if not gives_way:
                kinds.setdefault(fact.kind, []).append(fact)
        return {kind: tuple(facts) for kind, facts in kinds.items()}

    @cached_property
    def mark(self) -> str:
        """What stands for a runner where something of them is kept; empty before the first fact.

        It follows from the runner and the first fact, so it is the same for as long as the journal lives and
        wherever its archive is brought in anew, another one after everything was deleted, and tells nothing.
        A journal that is read in part gives the first fact of all with it.
        """
        if not self.facts:
            return ""
        return sha256(f"mark\n{self.runner}\n{self.facts[0].id}".encode()).hexdigest()[:24]

    @property
    def last_seq(self) -> int:
        return max((fact.seq for fact in self.facts), default=0)

    def facts_of(self, body: type[Value]) -> tuple[Fact, ...]:
        """Return the facts whose body is of this kind, oldest first."""
        return self._by_kind.get(KIND_OF[body], ())

    def told_anew(self, body: type[Value]) -> tuple[Fact, ...]:
        """Return the facts of this kind in whose place another of the same kind stands now."""
        kind = KIND_OF[body]
        anew = {fact.supersedes for fact in self.facts if fact.supersedes and fact.kind == kind}
        return tuple(fact for fact in self.facts if fact.id in anew and fact.kind == kind)

    def all(self, body: type[B]) -> Iterator[tuple[Fact, B]]:
        """Yield each fact of this kind with its body, oldest first."""
        for fact in self.facts_of(body):
            assert isinstance(fact.body, body)
            yield fact, fact.body

    def latest(self, body: type[B]) -> B | None:
        """Return the newest body of this kind, or ``None``: unknown is an answer."""
        facts = self.facts_of(body)
        newest = facts[-1].body if facts else None
        return newest if isinstance(newest, body) else None

    def issued_plan(self, week: date) -> Plan | None:
        """Return the plan for a week (its Monday) that was recorded last, or ``None``.

        The journal's order decides, not the clock's: a clock that was ahead does not keep an old plan alive.
        """
        plans = (fact.body.plan for fact in reversed(self.facts) if isinstance(fact.body, PlanIssued))
        return next((plan for plan in plans if plan.week == week), None)

    def until(self, now: datetime) -> "History":
        """Return what was known at an instant; where that is everything, these facts as they are."""
        if self._newest_at is None or self._newest_at <= now:
            return self
        return History(self.runner, tuple(fact for fact in self.facts if fact.occurred_at <= now))

    def plus(self, *facts: Fact) -> "History":
        """Return the history with facts added at its end, as a journal would."""
        return History(self.runner, (*self.facts, *facts))
