"""A shell on a journal of its own, for every test of the commands."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner

from triplane.cli.app import main

SAMPLE = Path(__file__).parents[1] / "src/triplane/formats/samples/marathoner.toml"
MONDAY = "2026-11-23T05:30"

Told = Callable[..., tuple[int, str]]


@pytest.fixture(scope="session")
def planned_journal(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal in which the sample runner was told and the week planned, made once."""
    place = tmp_path_factory.mktemp("planned") / "test.journal"
    common = ["--journal", str(place), "--zone", "Europe/Berlin", "--now", MONDAY]
    assert main([*common, "start", "--from", str(SAMPLE)]) == 0
    return place


@pytest.fixture
def talk(tmp_path: Path) -> Told:
    """Run a command with lines typed into it, on an empty journal; return code and all it said."""

    def run(*words: str, typed: str = "", now: str = MONDAY) -> tuple[int, str]:
        common = ["--journal", str(tmp_path / "talk.journal"), "--zone", "Europe/Berlin", "--now", now]
        keyboard = CliRunner()
        with keyboard.isolation(input=typed) as (_, _, out):
            code = main([*common, *words])
            said = out.getvalue().decode()
        return code, said

    return run


@pytest.fixture
def planned(talk: Told, planned_journal: Path, tmp_path: Path) -> Told:
    """The same, with the sample runner told and the week planned."""
    shutil.copy(planned_journal, tmp_path / "talk.journal")
    return talk
