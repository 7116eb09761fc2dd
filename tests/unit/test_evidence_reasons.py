"""Reasons take their ground from the rule book."""

import pytest

from triplane.errors import UnknownName
from triplane.evidence import Strength, reason, rule, source


def test_a_reason_carries_sources_and_strength_of_its_rule() -> None:
    given = reason("E20", "Short holds only before your run.")

    assert given.rule == "E20"
    assert given.says == "Short holds only before your run."
    assert given.sources == rule("E20").sources == ("behm_2016",)
    assert given.strength is Strength.A


def test_a_rule_that_is_not_in_the_book_names_its_neighbours() -> None:
    with pytest.raises(UnknownName, match="E87"):
        rule("E88")


def test_a_source_that_is_not_there_names_its_neighbours() -> None:
    with pytest.raises(UnknownName, match="behm_2016"):
        source("behm_2017")
