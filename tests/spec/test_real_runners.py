"""Twenty real runners, each through one written mapping: read, screened, mapped, planned."""

from functools import cache
from pathlib import Path

import pytest

from cast import MONDAY
from night import every
from personas import history_of_file
from plan_reading import broken_rules
from rbds import runners
from triplane import assessment, coach, screening
from triplane.assessment import Finding, assess
from triplane.body import Direction, Side
from triplane.catalogue import Tag
from triplane.history import History, Plan

NOW = MONDAY.replace(hour=7)


@pytest.fixture(scope="module")
def table(shared: Path) -> dict[int, runners.Row]:
    return runners.rows(shared)


def test_the_mapping_speaks_of_every_column_of_the_table(table: dict[int, runners.Row]) -> None:
    told = runners.MAPPING["not_used"]
    assert sorted(told["columns"] + told["used"]) == sorted(table[1])


def test_all_twenty_runners_are_there(table: dict[int, runners.Row]) -> None:
    assert sorted(table) == list(runners.NUMBERS)


@cache
def planned(number: int, shared: Path) -> tuple[History, Plan]:
    """Return a runner's history and first plan, made once."""
    history = history_of_file(runners.runner_file(runners.rows(shared)[number]), f"rbds_{number:02}")
    plan = coach.issue_plan(history, NOW)
    assert isinstance(plan, Plan), plan
    return history, plan


@pytest.mark.parametrize("number", every(3, runners.NUMBERS))
class TestEachPlannedWeek:
    def test_is_valid_the_checker_finds_nothing(self, number: int, shared: Path) -> None:
        history, plan = planned(number, shared)
        assert plan.items
        assert broken_rules(history, NOW, plan) == []

    def test_covers_and_doses_as_well_as_can_be_proven(self, number: int, shared: Path) -> None:
        _, plan = planned(number, shared)
        asked = [level for level in plan.levels if level.name in ("floors missed", "shortfall")]
        assert len(asked) == 2
        assert [(one.name, one.value, one.bound) for one in asked if one.gap > 0.02] == []

    def test_bounds_every_level_honestly(self, number: int, shared: Path) -> None:
        _, plan = planned(number, shared)
        assert all(level.bound <= level.value for level in plan.levels)
        assert all(level.proven is (level.value == level.bound) for level in plan.levels)

    def test_says_what_it_could_not_give(self, number: int, shared: Path) -> None:
        _, plan = planned(number, shared)
        for target in plan.targets:
            missing = [s for s in plan.shortfalls if (s.direction, s.side) == (target.direction, target.side)]
            assert len(missing) <= 1
            assert all(short.because for short in missing)


@pytest.mark.parametrize("number", runners.NUMBERS)
class TestEachRunner:
    def test_runs_as_often_as_told(self, number: int, table: dict[int, runners.Row]) -> None:
        week = runners.runner_file(table[number]).week
        assert week is not None
        assert sum(len(day.runs) for day in week.days.values()) == int(table[number]["SessionsPerWk"])

    def test_is_screened_without_a_block(self, number: int, table: dict[int, runners.Row]) -> None:
        history = history_of_file(runners.runner_file(table[number]), f"rbds_{number:02}")
        assert not screening.screen(history, NOW).is_blocked

    def test_has_readings_that_count(self, number: int, table: dict[int, runners.Row]) -> None:
        taken = runners.runner_file(table[number]).measurement
        assert [verdict.says for verdict in map(assess, taken) if not verdict.valid] == []

    def test_gets_no_verdict_from_a_foreign_ober_test(
        self, number: int, table: dict[int, runners.Row]
    ) -> None:
        history = history_of_file(runners.runner_file(table[number]), f"rbds_{number:02}")
        drawn = assessment.hip_map(history, NOW)
        for side in Side:
            assert drawn.on(Direction.ADDUCTION, side).finding is Finding.NO_REFERENCE
            assert drawn.on(Direction.EXTENSION, side).finding is not Finding.NOT_MEASURED
            assert drawn.on(Direction.FLEXION, side).finding is Finding.NOT_MEASURED


def test_a_past_stress_fracture_is_remembered_and_no_other_injury_restricts(
    table: dict[int, runners.Row],
) -> None:
    tagged = {}
    for number, row in table.items():
        history = history_of_file(runners.runner_file(row), f"rbds_{number:02}")
        tagged[number] = screening.screen(history, NOW).tag_names
    assert {number for number, tags in tagged.items() if tags} == {11, 15}
    assert tagged[11] == (Tag.BSI_RISK,)


def test_of_an_injury_only_the_year_is_read(table: dict[int, runners.Row]) -> None:
    years = {number: runners.injury_year(row) for number, row in table.items()}
    assert (years[1], years[7], years[2], years[4]) == (2015, 2012, 2009, None)
    assert all(year is None or 2000 < year <= 2016 for year in years.values())
