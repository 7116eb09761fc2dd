"""The invented runners that come with the program, and races told in weeks."""

from datetime import date

import pytest

from cast import MONDAY, history_of
from triplane import assessment, screening
from triplane.errors import UnreadableFile
from triplane.formats.runner_file import SAMPLES, RunnerFile, read_runner_file, sample_runner
from triplane.history import MeasurementTaken

RACE_IN_TEN_WEEKS = b'schema = "runner/1"\n[[race]]\nin_weeks = 10\ndistance_m = 42195\n'


@pytest.fixture(params=SAMPLES)
def sample(request: pytest.FixtureRequest) -> RunnerFile:
    return sample_runner(request.param, MONDAY.date())


def test_every_sample_is_screened_without_a_block(sample: RunnerFile) -> None:
    bodies = sample.bodies(screening.first_questions(), screening.words().disclaimer.version)
    assert not screening.screen(history_of(*bodies), MONDAY.replace(hour=9)).is_blocked


def test_every_reading_of_a_sample_counts_without_asking_for_more(sample: RunnerFile) -> None:
    verdicts = [assessment.assess(taken) for taken in sample.measurement]
    assert len(verdicts) >= 20
    assert [verdict for verdict in verdicts if not verdict.valid or verdict.repeat] == []


def test_the_marathoner_turns_in_18_degrees_on_the_left_and_31_on_the_right() -> None:
    def turn_in(taken: MeasurementTaken) -> bool:
        return taken.test == "internal_rotation_prone" and not taken.active

    readings = [taken for taken in sample_runner("marathoner", MONDAY.date()).measurement if turn_in(taken)]
    assert [assessment.assess(taken).median for taken in readings] == [18, 31]


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 29)])
def test_a_race_in_ten_weeks_is_on_the_sunday_that_ends_the_tenth(today: date) -> None:
    file = read_runner_file(RACE_IN_TEN_WEEKS, "runner.toml", today)
    assert file.race[0].date == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("content", "today"),
    [
        (RACE_IN_TEN_WEEKS, None),
        (RACE_IN_TEN_WEEKS.replace(b"10\n", b"0\n"), MONDAY.date()),
        (RACE_IN_TEN_WEEKS.replace(b"10\n", b"9999999999\n"), MONDAY.date()),
        (RACE_IN_TEN_WEEKS.replace(b"10\n", b"true\n"), MONDAY.date()),
    ],
)
def test_a_race_in_weeks_that_cannot_be_counted_is_named(content: bytes, today: date | None) -> None:
    with pytest.raises(UnreadableFile, match=r"runner.toml: race.0.in_weeks"):
        read_runner_file(content, "runner.toml", today)
