"""Measuring hips: which tests, what a measurement is worth, and the map they draw."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import lru_cache

from triplane import assessment, screening
from triplane.assessment import HipMap, MeasurementVerdict, NormBand, Protocol, Retest
from triplane.body import Side
from triplane.coach.progressing import RangeLine, range_line
from triplane.coach.screening_talk import question, refuse_if_blocked
from triplane.coach.situation import Situation
from triplane.errors import Blocked, UserError
from triplane.evidence import Reason
from triplane.history import (
    AboutRunner,
    Answer,
    EndFeel,
    History,
    MeasurementTaken,
    Method,
    ScreeningAnswered,
)
from triplane.screening import Question
from triplane.value import Value

ESTIMATED = Reason(
    rule="",
    says="The values of the map are estimates from your readings: "
    "as long as those are few, an estimate leans a little towards the usual range.",
    sources=("coach_default",),
)
"""Why a value of the map is not quite the number that was read."""


SET_UP_S, READING_S, NOTE_DOWN_S = 60, 15, 60
PRACTICE_AND_READINGS = 4
"""What a test takes on both sides: lying down for it, one practice and three readings, and typing them in.

Coach's defaults, for somebody who does it the first time.
"""


class HipMeasurement(Value):
    """A measurement ready to be recorded, and what is made of it."""

    body: MeasurementTaken
    verdict: MeasurementVerdict

    @property
    def name(self) -> str:
        """What the test is called."""
        return assessment.find_test(self.body.test).name

    @property
    def unit(self) -> str:
        """What its readings count."""
        return assessment.find_test(self.body.test).unit

    @property
    def key(self) -> str:
        """What makes handing in the very same readings twice on one day harmless."""
        body = self.body
        parts = (body.test, body.side, body.active, body.method, body.readings, body.pain, body.end_feel)
        return ":".join(str(part) for part in parts)


class SideReadings(Value):
    """What was read off on one side, how much it hurt and what stopped it."""

    readings: tuple[float, ...]
    pain: int = 0
    end_feel: EndFeel | None = None


class ShortQuestion(Value):
    """A safety question that is asked again, and whether it was answered with yes the last time."""

    question: Question
    said_yes: bool


class Measured(Value):
    """A measurement of today with its error, what is usual, and its change against the first one."""

    measurement: HipMeasurement
    line: RangeLine | None = None
    norm: NormBand | None = None


def hip_map(history: History, now: datetime) -> HipMap:
    """Return both hips in six directions as known now: what comes first is nothing to whoever is stopped.

    Raises
    ------
    Blocked
        As ``refuse_if_blocked``: with the words of the stop page.
    """
    refuse_if_blocked(history, now)
    return Situation(history, now).reckoned_hip_map


def protocol(history: History, word: str, now: datetime) -> Protocol:
    """Return a test of the battery by any of its names, to whoever may be tested: it is drawn from this.

    Raises
    ------
    Blocked
        When safety stops all testing.
    UnknownName
        When the battery has no such test.
    """
    refuse_if_blocked(history, now)
    return assessment.find_test(word)


def test_figure(test: Protocol, side: Side, say: Callable[[str], str] = str) -> str:
    """Draw a test that was handed out from its start to its end, from the side and the front, as SVG text.

    ``say`` puts the captions into a language.
    """
    from triplane import body

    return _figure(test.id, side, tuple(map(say, body.caption_words(test.pose))))


@lru_cache(maxsize=64)
def _figure(test: str, side: Side, captions: tuple[str, ...]) -> str:
    from triplane import body

    shown = assessment.find_test(test)
    return body.draw_drill(shown.pose, working=side, title=shown.name, captions=captions)


def questions_before_test(history: History, word: str, now: datetime) -> tuple[ShortQuestion, ...]:
    """Return the safety questions to answer before a test is taken again.

    A retest begins where a test was measured on an earlier day; then the short questions are asked, unless
    they were answered since yesterday. A first measurement follows the first screening.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    """
    test, known = assessment.find_test(word), history.until(now)
    before = any(
        taken.test == test.id and fact.local_date < now.date() for fact, taken in known.all(MeasurementTaken)
    )
    if not before:
        return ()
    told: dict[str, Answer] = {}
    for _, said in known.all(ScreeningAnswered):
        told.update(said.answers)
    due = screening.questions_due(known, now, screening.Purpose.RETEST).must
    return tuple(ShortQuestion(question=question(name), said_yes=told.get(name) is True) for name in due)


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


def minutes_to_take(tests: int) -> int:
    """Return about how long so many tests take on both sides, each in one way."""
    seconds = SET_UP_S + 2 * PRACTICE_AND_READINGS * READING_S + NOTE_DOWN_S
    return round(tests * seconds / 60)


def estimates_said(found: HipMap) -> str:
    """Say beneath a map that its values are no readings; nothing where there is none."""
    return ESTIMATED.says if any(entry.passive or entry.owned for entry in found.directions) else ""


def further_tests(history: History, now: datetime) -> tuple[Protocol, ...]:
    """Return the tests beyond the core that safety allows in some way; directions left out are not tested.

    Raises
    ------
    Blocked
        When safety stops all testing.
    """
    refuse_if_blocked(history, now)
    situation = Situation(history, now)
    allowed = screening.allowed_tests(situation.clearance)
    core = {retest.test for retest in assessment.retest_due(history, now)}
    taken = {body.test for _, body in history.all(MeasurementTaken)}
    return tuple(
        test
        for test in assessment.battery().values()
        if test.id not in core
        and test.direction not in situation.excluded_directions
        and any(
            not allowed.refusal(test.handbook, active=active, measured_before=test.id in taken)
            for active in test.modes()
        )
    )


def modes_allowed(history: History, word: str, now: datetime) -> tuple[tuple[bool, ...], str]:
    """Return the ways a test may be taken now, owned as true, and why another is refused, if any is.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    Blocked
        When safety stops all testing.
    """
    refuse_if_blocked(history, now)
    test = assessment.find_test(word)
    refusals = {active: _refusal(history, test, active, now) for active in test.modes()}
    modes = tuple(active for active, refusal in refusals.items() if not refusal)
    return modes, next((refusal for refusal in refusals.values() if refusal), "")


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
    test = refuse_test(history, word, active, now)
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


def refuse_test(history: History, word: str, active: bool, now: datetime) -> Protocol:
    """Return a test that the runner may take now.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    Blocked
        When safety refuses this test.
    """
    refuse_if_blocked(history, now)
    test = assessment.find_test(word)
    refusal = _refusal(history, test, active, now)
    if refusal:
        raise Blocked(refusal)
    return test


def measured_today(history: History, word: str, now: datetime) -> tuple[Measured, ...]:
    """Return the newest measurement of today for each side and mode of a test.

    Raises
    ------
    UnknownName
        When the battery has no such test.
    Blocked
        When safety stops the runner, as it may after what was just measured.
    """
    refuse_if_blocked(history, now)
    test, known = assessment.find_test(word), history.until(now)
    newest = {
        (taken.active, taken.side): taken
        for fact, taken in known.all(MeasurementTaken)
        if taken.test == test.id and fact.local_date == now.date()
    }
    return tuple(_measured(known, test, newest[place]) for place in sorted(newest))


def _measured(history: History, test: Protocol, taken: MeasurementTaken) -> Measured:
    measurement = HipMeasurement(body=taken, verdict=assessment.assess(taken))
    if measurement.verdict.median is None:
        return Measured(measurement=measurement)
    line = range_line(history, test.id, taken.side, taken.active, taken.method)
    norm = usual(history, test, taken.active, taken.method)
    return Measured(measurement=measurement, line=line, norm=norm)


def usual(history: History, test: Protocol, active: bool, method: Method) -> NormBand | None:
    """Return the reference of a test for a runner; none where the method follows another protocol."""
    error = test.error_of(method)
    if error is None or error.protocol:
        return None
    return assessment.reference(assessment.norm_rows(test.id), active, history.latest(AboutRunner))


def _refusal(history: History, test: Protocol, active: bool, now: datetime) -> str:
    before = any(taken.test == test.id for _, taken in history.all(MeasurementTaken))
    allowed = screening.allowed_tests(Situation(history, now).clearance)
    return allowed.refusal(test.handbook, active=active, measured_before=before)
