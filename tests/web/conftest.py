"""What tests in a real browser share: the app served over the scenes, and one browser for a module."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from lay import lay
from stage import HOSTS, Stage, chromium, needs_browser, served
from triplane.web.settings import BUILT

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def laid(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every language that may be offered, laid out as the app reads it."""
    place = tmp_path_factory.mktemp("locale")
    lay(ROOT, place)
    return place


@pytest.fixture(scope="session")
def scene_folder(kept_by_all: Path) -> Path:
    """Where scenes lie: made once for all processes of a run."""
    folder = kept_by_all / "scenes"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def running(configured: None, scene_folder: Path) -> Iterator[Stage]:
    """The app on loopback; it answers for whoever was put on the stage."""
    from triplane.web.serving import answering

    with served(Stage(scene_folder), answering()) as stage:
        yield stage


@pytest.fixture
def stage(running: Stage) -> Iterator[Stage]:
    """The scenes, served for one test."""
    from django.test import override_settings

    with override_settings(OPEN_PRACTICE=running.open, BUILT=BUILT, ALLOWED_HOSTS=HOSTS):
        yield running


@pytest.fixture(scope="module")
def chrome() -> Iterator[Any]:
    """A browser for the tests of a module; without one on the machine they are left out, and say so."""
    if os.environ.get("TRIPLANE_TEST_JOURNAL") == "postgresql":
        pytest.skip("a browser sees no journal: it looks once, at the embedded one")
    needs_browser()
    with chromium() as browser:
        yield browser
