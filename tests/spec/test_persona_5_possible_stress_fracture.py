"""P5, a possible bone stress injury: what is expected of the coach, line by line."""

from datetime import timedelta

import pytest

from persona_lives import NOW, history
from plan_reading import DRILLS, sentences
from triplane import assessment, coach, screening
from triplane.body import Side
from triplane.errors import Blocked
from triplane.history import Method
from triplane.screening import SafetyLevel

LEFT, RIGHT = Side


def test_the_screen_is_urgent() -> None:
    assert coach.clearance(history("P5"), NOW).level is SafetyLevel.URGENT


def test_there_are_no_tests() -> None:
    with pytest.raises(Blocked):
        coach.tests_to_take(history("P5"), NOW)
    with pytest.raises(Blocked):
        coach.take_measurement(history("P5"), "flexion", LEFT, (110,), Method.PHONE_SELF, NOW)


def test_there_are_no_drills() -> None:
    assert screening.offer(coach.clearance(history("P5"), NOW), DRILLS.values()).allowed == ()


def test_no_plan_is_created() -> None:
    with pytest.raises(Blocked):
        coach.issue_plan(history("P5"), NOW)
    with pytest.raises(Blocked):
        coach.week(history("P5"), NOW)


def test_the_advice_is_to_stop_running_and_be_seen() -> None:
    day = coach.day(history("P5"), NOW)
    said = " ".join((day.headline, *day.says)).lower()

    assert "stop running" in said
    assert "doctor today or tomorrow" in said


def test_energy_availability_is_explained() -> None:
    clearance = coach.clearance(history("P5"), NOW)
    day = coach.day(history("P5"), NOW)

    assert any("energy" in text for text in sentences(clearance))
    assert any("energy" in text for text in day.says)


def test_hop_and_impingement_tests_are_never_offered() -> None:
    battery = assessment.battery().values()
    words = [text.lower() for test in battery for text in (test.id, test.name, *test.setup, *test.steps)]

    assert not any(word in text for text in words for word in ("hop", "fadir", "impingement", "jump"))
    asked = [text.lower() for q in screening.questions().values() for text in (q.ask, q.why)]
    assert not any("hop" in text and "do not" not in text for text in asked)


def test_nothing_nudges_or_counts_streaks() -> None:
    for days in (0, 1, 3, 6):
        day = coach.day(history("P5"), NOW + timedelta(days=days))
        said = " ".join(sentences(day)).lower()
        assert (day.slots, day.due, day.changes, day.proposed, day.next_slot) == ((), (), (), (), None)
        assert not any(word in said for word in ("streak", "reschedule", "catch up", "missed session"))
