"""Measuring hips: which tests, what a measurement is worth, and the map they draw."""

from collections.abc import Sequence
from datetime import datetime

from triplane import assessment, screening
from triplane.assessment import HipMap, MeasurementVerdict, Protocol, Retest
from triplane.body import Side
from triplane.coach.screening_talk import refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.errors import Blocked, UserError
from triplane.evidence import Reason
from triplane.history import EndFeel, History, MeasurementTaken, Method
from triplane.value import Value

ESTIMATED = Reason(
    rule="",
    says="The values of the map are estimates from your readings: "
    "as long as those are few, an estimate leans a little towards the usual range.",
    sources=("coach_default",),
)
"""Why a value of the map is not quite the number that was read."""


class HipMeasurement(Value):
    """A measurement ready to be recorded, and what is made of it."""

    body: MeasurementTaken
    verdict: MeasurementVerdict


def hip_map(history: History, now: datetime) -> HipMap:
    """Return both hips in six directions as known now. Looking is allowed to a blocked runner too."""
    return Situation(history, now).hip_map


def protocol(word: str) -> Protocol:
    """Return a test of the battery by any of its names."""
    return assessment.find_test(word)


def tests_to_take(history: History, now: datetime) -> tuple[tuple[Protocol, Retest], ...]:
    """Return the core tests that safety allows, the longest overdue first.

    Raises
    ------
    Blocked
        When safety stops all testing.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    allowed = screening.allowed_tests(situation.clearance)
    found = []
    for retest in assessment.retest_due(history, now, situation.excluded_directions):
        test = assessment.find_test(retest.test)
        if not allowed.refusal(test.handbook, measured_before=retest.last_on is not None):
            found.append((test, retest))
    return tuple(found)


def estimates_said(found: HipMap) -> str:
    """Say beneath a map that its values are no readings; nothing where there is none."""
    return ESTIMATED.says if any(entry.passive or entry.owned for entry in found.directions) else ""


def take_measurement(
    history: History,
    word: str,
    side: Side,
    readings: Sequence[float],
    method: Method,
    now: datetime,
    *,
    active: bool = False,
    pain: int = 0,
    end_feel: EndFeel | None = None,
    held_by: str = "",
) -> HipMeasurement:
    """Check readings of one test on one side and return what to record and what it is worth.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    Blocked
        When safety refuses this test.
    UserError
        When the values cannot be, or the test is not taken this way. A void reading that hurts is
        not an error: it is recorded, because safety must know.
    """
    refuse_if_blocked(history, now)
    test = assessment.find_test(word)
    situation = Situation(history, now)
    before = any(taken.test == test.id for _, taken in history.all(MeasurementTaken))
    refusal = screening.allowed_tests(situation.clearance).refusal(
        test.handbook, active=active, measured_before=before
    )
    if refusal:
        raise Blocked(refusal)
    body = MeasurementTaken(
        test=test.id,
        side=side,
        active=active,
        method=method,
        readings=tuple(readings),
        pain=pain,
        end_feel=end_feel,
        held_by=held_by,
    )
    verdict = assessment.assess(body)
    hurts = verdict.tag is not None or pain > 0 or end_feel in (EndFeel.PINCH, EndFeel.PAIN)
    if not verdict.valid and not hurts:
        raise UserError(" ".join(verdict.says))
    return HipMeasurement(body=body, verdict=verdict)
