"""Which tests of the battery a runner may do: none when blocked, no maximum where it is not wanted."""

from triplane.assessment import find_test
from triplane.catalogue import Tag
from triplane.screening.clearance import Clearance
from triplane.screening.load import tag_rules
from triplane.value import Value


class TestsAllowed(Value):
    """What may be measured. ``refusal`` asks about one test; nothing here makes a runner provoke pain."""

    __test__ = False

    blocked: bool = False
    no_range: tuple[Tag, ...] = ()
    no_maximal_retest: tuple[Tag, ...] = ()
    excluded: tuple[tuple[str, Tag], ...] = ()

    def refusal(self, test: str, *, active: bool = False, measured_before: bool = False) -> str:
        """Say why a test is refused, in one sentence; empty when it may be done.

        ``test`` is any word the battery knows it by. ``active`` marks the owned range, which never goes
        past what the runner controls. ``measured_before`` makes it a retest.

        Raises
        ------
        UnknownName
            When the battery has no such test.
        """
        asked = find_test(test)
        if self.blocked:
            return "Nothing is measured while safety says stop."
        if self.no_range and asked.goes_to_end_range:
            return f"Range is not measured with {tag_rules()[self.no_range[0]].name}."
        for letters, tag in self.excluded:
            if asked.handbook.startswith(letters):
                return f"This test waits with {tag_rules()[tag].name}."
        if self.no_maximal_retest and asked.goes_to_end_range and measured_before and not active:
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
