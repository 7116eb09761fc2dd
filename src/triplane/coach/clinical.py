"""What a clinician is handed: what was measured and answered, what safety says, and the plan, if any.

What was measured is the runner's own record, whatever safety says. A plan leaves the house only as a handout
does (decision 8): whoever is stopped or paused has none in it, and it says why.
"""

from datetime import datetime
from typing import Self

from pydantic import model_validator

from triplane import assessment, screening
from triplane.assessment import MeasurementVerdict, MethodError, NormBand
from triplane.coach.counting_from import counts_from
from triplane.coach.handing_over import Handout, week_handout
from triplane.coach.hips import usual
from triplane.coach.screening_talk import tag_name
from triplane.coach.today import look
from triplane.errors import UserError
from triplane.history import (
    AboutRunner,
    Answer,
    Fact,
    History,
    MeasurementTaken,
    ScreeningAnswered,
    record,
)
from triplane.screening import FollowUp, Question
from triplane.value import Value

STALE = "something happened since the plan was made, so that it is to be looked at again first"


class ClinicMeasurement(Value):
    """One measurement as it was taken, what is made of it, how far off it may be, and what is usual."""

    fact: Fact
    taken: MeasurementTaken
    verdict: MeasurementVerdict
    error: MethodError | None = None
    norm: NormBand | None = None


class ClinicAnswer(Value):
    """One answer to a safety question, with the question and its follow-ups where it is still asked."""

    name: str
    answer: Answer
    question: Question | None = None
    follow_up: FollowUp | None = None


class ClinicScreening(Value):
    """The safety questions that were answered together."""

    fact: Fact
    answers: tuple[ClinicAnswer, ...]


class ClinicFlag(Value):
    """One thing that safety holds against training as before; ``stops`` where nothing is offered at all."""

    name: str
    says: str
    since: datetime | None = None
    stops: bool = False


class ClinicRecord(Value):
    """Everything that leaves for a clinic. ``no_plan`` says why there are no ``sessions``."""

    made_at: datetime
    runner: str
    mark: str
    about: AboutRunner | None
    measurements: tuple[ClinicMeasurement, ...]
    screenings: tuple[ClinicScreening, ...]
    flags: tuple[ClinicFlag, ...]
    sessions: tuple[Handout, ...] = ()
    no_plan: str = ""
    left_out: tuple[tuple[str, str], ...] = ()

    @model_validator(mode="after")
    def _a_plan_or_why_not(self) -> Self:
        if bool(self.sessions) is bool(self.no_plan):
            raise ValueError("there are sessions, or it is said why there are none")
        if self.sessions and any(flag.stops for flag in self.flags):
            raise ValueError("whoever is stopped is handed no sessions")
        return self


def clinic_record(history: History, now: datetime) -> ClinicRecord:
    """Return what a clinician is handed; nothing is planned: the plan is the issued one, or none."""
    known = history.until(now)
    found = [(fact, taken) for fact, taken in known.all(MeasurementTaken)]
    sessions, no_plan = _plan(history, now)
    return ClinicRecord(
        made_at=now,
        runner=history.runner,
        mark=history.mark,
        about=known.latest(AboutRunner),
        measurements=tuple(
            _measurement(known, fact, taken) for fact, taken in found if assessment.is_known(taken.test)
        ),
        screenings=tuple(
            ClinicScreening(fact=fact, answers=_answers(told)) for fact, told in known.all(ScreeningAnswered)
        ),
        flags=_flags(known, now),
        sessions=sessions,
        no_plan=no_plan,
        left_out=tuple(
            (f"{taken.test}, {fact.local_date:%d %B %Y}", "the test is no longer in the battery")
            for fact, taken in found
            if not assessment.is_known(taken.test)
        ),
    )


def cannot_be_read(taken: MeasurementTaken) -> str:
    """Return why a measurement from outside cannot be, in half a sentence; nothing where it can.

    One that is void because it pinched or hurt can be: safety must know of it.
    """
    if not assessment.is_known(taken.test):
        return "no test of the battery goes by that name"
    verdict = assessment.assess(taken)
    hurts = verdict.tag is not None or taken.pain > 0
    return "" if verdict.valid or hurts else " ".join(verdict.says).rstrip(".")


def brought_measurement(
    history: History, taken: MeasurementTaken, when: datetime, now: datetime, as_told: Fact
) -> Fact:
    """Return the fact of a measurement from outside that was taken at ``when``: as it was told there.

    One that pinched or hurt counts no earlier than safety's last word here, which did not know of it.
    """
    counts = counts_from(history, when, now) if screening.signs_of(taken) else when
    if counts == when:
        return as_told
    told = {"author": as_told.author, "reason": as_told.reason, "origin_key": as_told.origin_key}
    return record(taken, history.runner, now, occurred_at=counts, **told)


def _measurement(history: History, fact: Fact, taken: MeasurementTaken) -> ClinicMeasurement:
    test = assessment.find_test(taken.test)
    return ClinicMeasurement(
        fact=fact,
        taken=taken,
        verdict=assessment.assess(taken),
        error=test.error_of(taken.method),
        norm=usual(history, test, taken.active, taken.method),
    )


def _answers(told: ScreeningAnswered) -> tuple[ClinicAnswer, ...]:
    asked = screening.questions()
    found = []
    for name in sorted(told.answers):
        number, _, key = name.partition(".")
        question = asked.get(number)
        follow_up = next((one for one in question.follow_up if one.key == key), None) if question else None
        found.append(
            ClinicAnswer(name=name, answer=told.answers[name], question=question, follow_up=follow_up)
        )
    return tuple(found)


def _flags(history: History, now: datetime) -> tuple[ClinicFlag, ...]:
    clearance = screening.screen(history, now)
    flags = []
    if clearance.is_blocked:
        page = screening.stop_page(clearance)
        says = " ".join((f"{page.title}.", *page.says))
        flags.append(ClinicFlag(name=f"level-{clearance.level}", says=says, stops=True))
    elif clearance.is_paused:
        flags.append(ClinicFlag(name="paused", says=screening.words().paused, stops=True))
    for held in clearance.tags:
        says = " ".join(part for part in (f"{tag_name(held.tag)}.", held.note) if part)
        flags.append(ClinicFlag(name=f"restriction-{held.tag}", says=says, since=held.since))
    return tuple(flags)


def _plan(history: History, now: datetime) -> tuple[tuple[Handout, ...], str]:
    """Return what is left of this week as it leaves the house, or why there is nothing."""
    clearance = screening.screen(history, now)
    if clearance.is_blocked or clearance.is_paused:
        return (), "safety stops this runner now, so that no plan is handed out"
    if look(history, now) is None:
        return (), STALE
    try:
        return week_handout(history, now), ""
    except UserError as refusal:
        return (), str(refusal)
