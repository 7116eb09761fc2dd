"""A session as a file of its own: it plays with the network cut, and what was done is brought in once."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from test_offline import answer, begin, finish

from playing import logs, until
from stage import opened_page
from triplane import coach
from triplane.errors import Blocked
from triplane.web.settings import BUILT

OWN = ("file:", "data:", "blob:")


@pytest.fixture
def saved(marathoner: Any, tmp_path: Path) -> Path:
    """The session that is next, saved as a file."""
    if not (BUILT / "file.json").is_file():
        pytest.skip("the islands are not built here (make run builds them)")
    from django.test import override_settings

    from triplane.web.offline.file import session_file

    with override_settings(BUILT=BUILT):
        place = tmp_path / "session.html"
        place.write_text(session_file(marathoner.practice, str(marathoner.practice.day().next_slot)))
    return place


@pytest.fixture
def page(saved: Path, chrome: Any) -> Iterator[Any]:
    """The file opened at a phone's size with the network cut; whatever it asks for or complains of fails."""
    wrong: list[str] = []
    with opened_page(chrome, 390, 844, offline=True) as page:
        page.on("console", lambda line: wrong.append(line.text) if "Security" in line.text else None)
        page.on("request", lambda asked: wrong.append(asked.url) if not asked.url.startswith(OWN) else None)
        yield page
    assert wrong == []


def opened(page: Any, saved: Path, hours: float = 0) -> None:
    """Open the file so many hours after it was made."""
    made = json.loads(saved.read_text().split('id="bundle">')[1].split("</script>")[0])["made"]
    page.clock.install()
    page.clock.set_system_time(coach_time(made, hours))
    page.goto(saved.as_uri())


def coach_time(made: str, hours: float) -> float:
    from datetime import datetime

    return datetime.fromisoformat(made).timestamp() + 60 + hours * 3600


def test_a_file_plays_with_the_network_cut_and_is_brought_in_once(marathoner, saved, page, tmp_path) -> None:
    opened(page, saved)
    page.get_by_role("button", name="Start").click()
    answer(page)
    begin(page)
    page.wait_for_selector("canvas:not([hidden])")
    finish(page)
    with page.expect_download() as coming:
        page.get_by_role("button", name="Save what was done").click()
    result = tmp_path / "triplane-played.json"
    coming.value.save_as(result)

    reports = [marathoner.practice.bring_in([result]).files[0] for _ in range(2)]
    assert [report.problem for report in reports] == ["", ""]
    assert "once" in reports[1].played
    (log,) = logs(marathoner)
    assert log.effort == 5


def test_a_file_of_yesterday_says_so_and_plays_nothing(saved, page) -> None:
    opened(page, saved, hours=25)

    assert page.get_by_text("more than a day old").is_visible()
    assert not page.get_by_role("button", name="Start").count()


def test_a_yes_lets_the_file_play_nothing(saved, page) -> None:
    opened(page, saved)
    page.get_by_role("button", name="Start").click()
    answer(page, yes=("ill",))

    until(page, lambda: page.get_by_role("heading", name="Not now").is_visible())
    with page.expect_download() as loading:
        page.get_by_role("button", name="Save your answers").click()
    told = json.loads(Path(loading.value.path()).read_text())
    assert (told["readiness"]["ill"], "played" in told) == (True, False)


def test_a_blocked_runner_gets_no_file(marathoner, browser) -> None:
    from triplane.web.offline.file import session_file

    slot = marathoner.practice.day().next_slot
    marathoner.practice.record(coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False}))

    assert browser.get(f"/session/{slot}/file/").headers["Location"] == "/stop/"
    with pytest.raises(Blocked):
        session_file(marathoner.practice, str(slot))


def test_a_damaged_result_is_refused_in_words(marathoner, tmp_path) -> None:
    bad = tmp_path / "played.json"
    for content in (
        '{"schema": "triplane-played/1"}',
        '{"schema": "triplane-played/1", "key": 3}',
        '{"schema": "triplane-played/1"',
    ):
        bad.write_text(content)
        assert "played.json" in marathoner.practice.bring_in([bad]).files[0].problem
    assert logs(marathoner) == []


def test_what_a_newer_triplane_saved_is_refused_with_what_to_do(marathoner, tmp_path) -> None:
    newer = tmp_path / "played.json"
    newer.write_text('{"schema": "triplane-played/2", "key": "0a1b2c3d-0000", "weather": "rain"}')

    assert "Update Triplane here" in marathoner.practice.bring_in([newer]).files[0].problem
    assert logs(marathoner) == []


def test_the_command_writes_the_same_file(marathoner, tmp_path) -> None:
    if not (BUILT / "file.json").is_file():
        pytest.skip("the islands are not built here (make run builds them)")
    import os
    import subprocess
    import sys

    page = tmp_path / "out.html"
    asked = [sys.executable, "-m", "triplane.cli", "do", "--file", str(page)]
    told = {
        "TRIPLANE_JOURNAL": str(marathoner.journal),
        "TRIPLANE_RUNNER": "anna",
        "TRIPLANE_NOW": marathoner.now.isoformat(),
        "TRIPLANE_ZONE": "Europe/Berlin",
    }
    done = subprocess.run(asked, env={**os.environ, **told}, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert 'id="bundle"' in page.read_text()
