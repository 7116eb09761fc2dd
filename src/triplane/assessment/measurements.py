"""A runner's valid measurements, judged once and laid out by test, side and mode."""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from triplane.assessment.load import is_known
from triplane.assessment.verdict import assess
from triplane.body import Side
from triplane.history import Fact, History, MeasurementTaken, Method, SessionLogged


class Measurement(NamedTuple):
    """One valid set of readings: its fact, what was handed in, and the median in the test's unit."""

    fact: Fact
    taken: MeasurementTaken
    value: float


@dataclass(frozen=True)
class Measurements:
    """All valid measurements of a runner, oldest first, and the local days on which there was training.

    ``pinches`` holds, for each test, side and mode whose newest sound or pinching measurement pinched,
    the restriction tag and the sentence.
    """

    by_test: dict[tuple[str, Side, bool], list[Measurement]] = field(default_factory=dict)
    pinches: dict[tuple[str, Side, bool], tuple[str, str]] = field(default_factory=dict)
    trained_on: frozenset[date] = frozenset()

    def of(self, test: str, side: Side, active: bool, method: Method | None = None) -> list[Measurement]:
        """Return the measurements of a test on one side, owned (``active``) or passive, oldest first."""
        found = self.by_test.get((test, side, active), [])
        return [one for one in found if method in (None, one.taken.method)]


def measurements(history: History) -> Measurements:
    """Judge every measurement of a history and return the valid ones; what is returned is only looked at.

    A test that is no longer in the battery stays on the record and says nothing.
    """
    return history.follows("measurements", lambda: _measurements(history))


def _measurements(history: History) -> Measurements:
    found = Measurements(trained_on=frozenset(fact.local_date for fact in history.facts_of(SessionLogged)))
    for fact, taken in history.all(MeasurementTaken):
        if not is_known(taken.test):
            continue
        verdict = assess(taken)
        place = (verdict.test, taken.side, taken.active)
        if verdict.median is not None:
            found.by_test.setdefault(place, []).append(Measurement(fact, taken, verdict.median))
            found.pinches.pop(place, None)
        elif verdict.tag:
            found.pinches[place] = (verdict.tag, verdict.says[0])
    return found
