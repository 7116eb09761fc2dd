"""Which tests of the battery a runner may do: none when blocked, no maximum where it is not wanted."""

import re

from triplane.catalogue import Tag
from triplane.screening.clearance import Clearance
from triplane.screening.load import tag_rules
from triplane.value import Value

RANGE_TESTS = ("T01", "T02", "T03", "T04", "T05", "T06", "T07", "T08")
"""Numbers of the tests that go to the end of a range (handbook B)."""

_NUMBER = re.compile(r"^t\d\d", re.IGNORECASE)


class TestsAllowed(Value):
    """What may be measured. ``refusal`` asks about one test; nothing here makes a runner provoke pain."""

    __test__ = False

    blocked: bool = False
    no_range: tuple[Tag, ...] = ()
    no_maximal_retest: tuple[Tag, ...] = ()
    excluded: tuple[tuple[str, Tag], ...] = ()

    def refusal(self, test: str, *, active: bool = False, measured_before: bool = False) -> str:
        """Say why a test is refused, in one sentence; empty when it may be done.

        ``test`` is or begins with its number in the handbook (``T05``). ``active`` marks the owned range,
        which never goes past what the runner controls. ``measured_before`` makes it a retest.
        """
        if self.blocked:
            return "Nothing is measured while safety says stop."
        number = _NUMBER.match(test)
        is_range = number is None or number.group().upper() in RANGE_TESTS
        if self.no_range and is_range:
            return f"Range is not measured with {tag_rules()[self.no_range[0]].name}."
        for letters, tag in self.excluded:
            if test.upper().startswith(letters):
                return f"This test waits with {tag_rules()[tag].name}."
        if self.no_maximal_retest and is_range and measured_before and not active:
            name = tag_rules()[self.no_maximal_retest[0]].name
            return f"With {name} the passive maximum is not measured again; measure what you own."
        return ""


def allowed_tests(clearance: Clearance) -> TestsAllowed:
    """Return what may be measured under a clearance."""
    rules = [tag_rules()[tag] for tag in clearance.tag_names]
    return TestsAllowed(
        blocked=clearance.is_blocked,
        no_range=tuple(rule.id for rule in rules if rule.no_range_tests),
        no_maximal_retest=tuple(rule.id for rule in rules if rule.no_maximal_retest),
        excluded=tuple((letters, rule.id) for rule in rules for letters in rule.exclude_tests),
    )
