"""The app as a browser meets it: one journal a test, a clock that stands where the test puts it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from cast import MONDAY
from postgres import SERVED, place_of
from triplane import coach
from triplane.bootstrap import Histories, Practice, open_practice, sample_journal, sample_of_week
from triplane.formats.runner_file import sample_runner
from triplane.history import NoteWritten, record
from triplane.web import application
from triplane.web.built import PLAYER

RUNNER = "anna"


def _nowhere() -> Practice:
    raise AssertionError("a test that asks for a page first says whose")


@pytest.fixture(scope="session")
def configured() -> None:
    """Tell Django once a process what it is told for life."""
    application(_nowhere, hosts=["testserver"])


@dataclass
class App:
    """The app over one journal. ``now`` is the clock; ``open`` what the app itself opens.

    ``in_file`` keeps the journal in its file where all others lie in PostgreSQL, to be copied from there.
    Histories are kept between requests as the server keeps them.
    """

    journal: Path
    now: datetime
    in_file: bool = False
    kept: Histories = field(default_factory=Histories)

    @property
    def place(self) -> Path | str:
        return self.journal if self.in_file else place_of(self.journal)

    def open(self, request: object = None) -> Practice:
        return open_practice(self.place, RUNNER, "Europe/Berlin", self.now.isoformat(), self.kept)

    def open_sample(self, monday: date) -> Practice:
        place = place_of(sample_journal(self.journal))
        runner = sample_of_week(monday)
        return open_practice(place, runner, "Europe/Berlin", self.now.isoformat(), self.kept)

    @property
    def practice(self) -> Practice:
        return self.open()


@pytest.fixture
def app(configured: None, tmp_path: Path) -> Iterator[App]:
    """A runner nobody knows yet."""
    from django.test import override_settings

    made = App(tmp_path / "anna.journal", MONDAY.replace(hour=5, minute=30))
    with override_settings(
        FEEDS="postgres.feeds_of" if SERVED else None,
        OPEN_PRACTICE=made.open,
        OPEN_SAMPLE=made.open_sample,
        BUILT=tmp_path / "not-built",
    ):
        yield made


@contextmanager
def as_if_built(folder: Path, *entries: str) -> Iterator[None]:
    """Let pages find islands as if they were built: the manifest names scripts, and none is there."""
    from django.test import override_settings

    folder.mkdir()
    told = {entry: {"file": f"built/{Path(entry).stem}-1.js"} for entry in entries}
    (folder / "manifest.json").write_text(json.dumps(told))
    with override_settings(BUILT=folder):
        yield


@pytest.fixture
def with_player(app: App, tmp_path: Path) -> Iterator[None]:
    """The player as if it were built."""
    with as_if_built(tmp_path / "built", PLAYER):
        yield


@pytest.fixture(scope="session")
def told_on_monday(configured: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The journal of the sample marathoner, who told everything on Monday and has a plan; to be copied."""
    early = MONDAY.replace(hour=5, minute=30)
    made = App(tmp_path_factory.mktemp("told") / "anna.journal", early, in_file=True)
    practice = made.open()
    with closing(practice.journal):
        file = sample_runner("marathoner", made.now.date())
        practice.record(*file.bodies(coach.first_questions(), coach.disclaimer().version))
        practice.day()
    return made.journal


@pytest.fixture
def marathoner(app: App, told_on_monday: Path) -> App:
    """A runner who told everything on Monday: the sample marathoner, on Wednesday before the easy run."""
    for file in told_on_monday.parent.iterdir():
        shutil.copy(file, app.journal.with_name(file.name))
    app.now += timedelta(days=2)
    return app


@pytest.fixture
def stranger(marathoner: App) -> App:
    """Another journal to be served at the same address, with a runner of the same name and plan."""
    other = App(marathoner.journal.with_name("stranger.journal"), marathoner.now)
    first = record(NoteWritten(text="A new shoe."), RUNNER, MONDAY)
    with closing(other.open().journal) as journal:
        known = marathoner.practice.history().facts
        journal.append([first, *(fact.model_copy(update={"seq": 0}) for fact in known)])
    return other


@pytest.fixture
def browser(app: App):
    """A browser without scripts: follows redirects, and sends forms with their token."""
    from django.test import Client

    return Client(raise_request_exception=True)
