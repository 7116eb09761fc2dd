"""What a field needs is said beside it, and a finger is not told of keys."""

from typing import Any

from triplane import coach
from triplane.formats.runner_file import sample_runner
from triplane.history import MeasurementTaken


def test_a_test_leads_to_its_readings_and_says_what_each_side_needs(app: Any, browser: Any) -> None:
    file = sample_runner("marathoner", app.now.date())
    bodies = file.bodies(coach.first_questions(), coach.disclaimer().version)
    app.practice.record(*(body for body in bodies if not isinstance(body, MeasurementTaken)))
    page = browser.get("/measure/internal_rotation_prone/").content.decode()
    assert page.index('href="#readings"') < page.index('id="readings"')
    assert page.count("needed for each side that you take") >= 2, "pain on either side"


def test_moving_by_finger_is_told_without_keys(marathoner: Any, browser: Any) -> None:
    page = browser.get("/week/").content.decode()
    assert 'by-keys">Arrow keys' in page
    assert 'by-finger">The arrows choose' in page
