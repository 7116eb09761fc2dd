"""Persona papers in their own words: ours as a check of the reader, and whatever the setting names."""

from pathlib import Path
from typing import Any

import pytest

from persona_lives import NOW
from personas import NAMES, history_of_file, kept_back, owned_range, persona, personas_in, runner_file
from plan_reading import broken_rules
from triplane import assessment, coach, screening
from triplane.coach import DayState
from triplane.formats.runner_file import RunnerFile
from triplane.history import Plan

KEPT_BACK = kept_back()


def by_test(file: RunnerFile) -> dict[tuple[str, str, bool], float | None]:
    return {(m.test, m.side, m.active): assessment.assess(m).median for m in file.measurement}


@pytest.fixture(scope="module")
def paper(shared: Path) -> dict[str, dict[str, Any]]:
    return {entry["id"][:2]: entry for entry in personas_in(shared / "domain" / "personas.yaml")}


@pytest.mark.parametrize("name", NAMES)
class TestTheReaderAgreesWithWhatIsWrittenOut:
    def test_on_every_reading(self, name: str, paper: dict[str, dict[str, Any]]) -> None:
        assert by_test(runner_file(paper[name])) == by_test(persona(name))

    def test_on_who_runs_with_what(self, name: str, paper: dict[str, dict[str, Any]]) -> None:
        read, written = runner_file(paper[name]), persona(name)
        assert (read.about, read.equipment, read.race) == (written.about, written.equipment, written.race)

    def test_on_what_safety_says(self, name: str, paper: dict[str, dict[str, Any]]) -> None:
        read = screening.screen(history_of_file(runner_file(paper[name]), name), NOW)
        written = screening.screen(history_of_file(persona(name), name), NOW)
        assert read.tag_names == written.tag_names

    def test_on_the_minutes_and_the_number_of_runs(self, name: str, paper: dict[str, dict[str, Any]]) -> None:
        read, written = runner_file(paper[name]).week, persona(name).week
        assert read is not None
        assert written is not None
        for get in (lambda w: w.weekly_minutes, lambda w: w.max_session_minutes, lambda w: w.in_gym_only):
            assert get(read) == get(written)
        for day, pattern in written.days.items():
            assert len(read.days[day].runs) == len(pattern.runs)


@pytest.mark.parametrize(
    ("passive", "ratio", "owned"), [(40, 0.6, 24), (18, 0.7, 12.5), (15, 0.6, 9), (-2, 0.6, -8), (0, 1.0, 0)]
)
def test_an_owned_ratio_becomes_degrees(passive: float, ratio: float, owned: float) -> None:
    assert owned_range(passive, ratio) == owned


@pytest.mark.skipif(not KEPT_BACK, reason="no other persona paper is named (set TRIPLANE_PERSONAS to one)")
@pytest.mark.parametrize("entry", KEPT_BACK, ids=lambda entry: str(entry.get("id")))
def test_every_persona_kept_back_is_screened_mapped_and_planned_unless_blocked(entry: dict[str, Any]) -> None:
    history = history_of_file(runner_file(entry), str(entry["id"]))
    clearance = coach.clearance(history, NOW)
    drawn = coach.hip_map(history, NOW)
    day = coach.day(history, NOW)

    assert len(drawn.directions) == 12
    if clearance.is_blocked:
        assert day.state.is_stop
        assert not (day.slots or day.proposed)
        return
    plan = coach.issue_plan(history, NOW)
    assert isinstance(plan, Plan), plan
    assert day.state is not DayState.INFEASIBLE
    assert broken_rules(history, NOW, plan) == []
