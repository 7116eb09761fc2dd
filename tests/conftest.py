"""What every test may ask for. Real recordings live outside the project and are found by one setting."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from night import IS_NIGHT
from real_files import SHARED
from solved_once import solving_once

settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("night", max_examples=1000, deadline=None)
settings.load_profile("night" if IS_NIGHT else "quick")

pytest_plugins = ["postgres", "browsing"]


BROWSERS = {"chrome", "chrome_that_sees"}
TRIED_TWICE_AT_MOST = 3


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test in a real browser that fails is tried once more, and the run's last lines name it.

    A browser of a loaded machine is late now and then. That may hide a race of ours, so each that was tried
    twice is one to look into, and more than three fail the run. No other test is tried twice.
    """
    for item in items:
        if BROWSERS & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.flaky(reruns=1))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    told = session.config.pluginmanager.get_plugin("terminalreporter")
    if told is not None and len(told.stats.get("rerun", ())) > TRIED_TWICE_AT_MOST:
        told.write_line(f"more than {TRIED_TWICE_AT_MOST} tests were tried twice: look into them", red=True)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real recordings and reference papers, or a visible skip."""
    if not (SHARED / "data").is_dir():
        pytest.skip("real recordings are not here (set TRIPLANE_SHARED to their folder)")
    return SHARED


@pytest.fixture(scope="session")
def kept_by_all(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """A folder that all processes of a run share: what is made once lies there."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@pytest.fixture(scope="session", autouse=True)
def weeks_solved_once(kept_by_all: Path) -> Iterator[None]:
    """Every plan of a run is issued from an answer that was found once; by night each is found anew."""
    folder = kept_by_all / "solved"
    folder.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        if not IS_NIGHT:
            patch.setattr("triplane.planning.issue.solve", solving_once(folder))
        yield
