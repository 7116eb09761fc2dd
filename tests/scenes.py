"""Runners at one instant, made of real facts: what the pages show to whom.

A scene is a journal and a clock. What takes long to live (two months, planned and done) is lived once.
"""

import fcntl
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from browsing import App
from cast import MONDAY, easy_run
from living import Life
from personas import history_of_file, persona
from triplane import coach
from triplane.body import Side
from triplane.coach import SideReadings
from triplane.formats.runner_file import RunnerFile, sample_runner
from triplane.history import (
    AboutRunner,
    Answer,
    CheckinAnswered,
    DayChanged,
    EquipmentListed,
    Fact,
    Feeling,
    FeelingKind,
    MeasurementTaken,
    Method,
    SorenessCourse,
    record,
)
from triplane.value import Value

EARLY = MONDAY.replace(hour=5, minute=30)
"""Before the first run of the day."""

WEDNESDAY = EARLY + timedelta(days=2)
WEEKS = 8

Scene = Callable[[App], None]
SCENES: dict[str, Scene] = {}
"""Name and what makes it of a fresh journal; its page address wears the name."""


def scene(make: Scene) -> Scene:
    """Put a scene on the list under its own name."""
    SCENES[make.__name__.replace("_", "-")] = make
    return make


def made(name: str, folder: Path) -> App:
    """Return a scene's journal and clock, making it where no other process has."""
    place, clock = folder / f"{name}.journal", folder / f"{name}.now"
    with (folder / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not clock.exists():
            app = App(place, EARLY, in_file=True)
            SCENES[name](app)
            clock.write_text(app.now.isoformat(), encoding="ascii")
    return App(place, datetime.fromisoformat(clock.read_text(encoding="ascii")).astimezone(MONDAY.tzinfo))


def tell(app: App, file: RunnerFile) -> None:
    """Record everything a runner file says, as at the command line."""
    app.practice.tell(file)


def answer_what_is_due(app: App) -> None:
    """Answer the safety questions that are due with no, as before."""
    due = coach.questions_due(app.practice.history(), app.now)
    if names := (*due.must, *due.should):
        app.practice.record(coach.screening_answers(dict.fromkeys(names, False), short=True))


def answer_before_a_session(app: App) -> None:
    """Answer the questions before a session: nothing has changed."""
    due = coach.questions_due(app.practice.history(), app.now, coach.Purpose.SESSION).readiness
    app.practice.record(coach.readiness_answers(dict.fromkeys(due, False)))


def retested(file: RunnerFile, weeks: int) -> tuple[Value, ...]:
    """Return the sample's measurements as they come out weeks later: stiff turning a good deal freer."""
    freer = {"internal_rotation_prone": 1.6, "extension_thomas": 0.6}
    return tuple(
        told.model_copy(
            update={"readings": tuple(r + freer.get(told.test, 0.2) * weeks for r in told.readings)}
        )
        for told in file.measurement
        if isinstance(told, MeasurementTaken)
    )


@cache
def lived() -> tuple[Fact, ...]:
    """The sample marathoner's two months before the week of all scenes: planned, done, run and retested."""
    start = MONDAY - timedelta(weeks=WEEKS)
    file = sample_runner("marathoner", start.date())
    life = Life(history_of_file(file, "anna", at=start), start)
    for half in (1, 2):
        life.live(WEEKS // 2)
        sunday = start + timedelta(weeks=half * WEEKS // 2, hours=-9)
        bodies = (*retested(file, half * WEEKS // 2), *_runs(start + timedelta(weeks=(half - 1) * 4), 4))
        for body in bodies:
            life.history = life.history.plus(_next(record(body, "anna", sunday), life))
    return life.history.facts


def _next(fact: Fact, life: Life) -> Fact:
    return fact.model_copy(update={"seq": life.history.last_seq + 1})


def _runs(first: datetime, weeks: int) -> list[Value]:
    days = [first + timedelta(weeks=week, days=day) for week in range(weeks) for day in (1, 2, 4, 6)]
    return [easy_run(day, 45 + 30 * (day.weekday() == 6)) for day in days]


def go_on_living(app: App) -> None:
    """Two months behind, and the week of all scenes planned on its Monday."""
    app.practice.append(lived())
    answer_what_is_due(app)
    app.practice.day()


@scene
def first_day(app: App) -> None:
    """Nobody has told anything yet."""


@scene
def asked(app: App) -> None:
    """The disclaimer is read; the safety questions begin."""
    app.practice.record(coach.disclaimer_accepted())


@scene
def screened(app: App) -> None:
    """The safety questions are answered; who runs is asked next."""
    asked(app)
    app.practice.record(coach.screening_answers(dict.fromkeys(coach.first_questions(), False)))


@scene
def told(app: App) -> None:
    """All was told, and the first week is not made yet."""
    tell(app, sample_runner("marathoner", app.now.date()))


@scene
def sample(app: App) -> None:
    """The sample marathoner on the first Wednesday, before the easy run."""
    told(app)
    app.practice.day()
    app.now = WEDNESDAY


@scene
def first_session(app: App) -> None:
    """The same, with the questions before a session answered: sets and sides to rest and switch between."""
    sample(app)
    answer_before_a_session(app)


@scene
def beginner(app: App) -> None:
    """The sample beginner at a desk, on the first Wednesday."""
    tell(app, sample_runner("desk_beginner", app.now.date()))
    app.practice.day()
    app.now = WEDNESDAY


@scene
def nothing_measured(app: App) -> None:
    """A newcomer with a week and no measurement."""
    screened(app)
    file = sample_runner("desk_beginner", app.now.date())
    assert file.week is not None
    app.practice.record(AboutRunner(), EquipmentListed(equipment=file.equipment or frozenset()), file.week)
    app.practice.day()


@scene
def not_measured_session(app: App) -> None:
    """The same on Tuesday, with a session ahead."""
    nothing_measured(app)
    app.now = EARLY + timedelta(days=1)
    app.practice.day()


@scene
def hypermobile(app: App) -> None:
    """A runner whose hips go far and are not held."""
    tell(app, persona("P3"))
    app.practice.day()
    app.now = WEDNESDAY


@scene
def midweek(app: App) -> None:
    """Two months behind, on Wednesday before the easy run; yesterday's morning is not told yet."""
    go_on_living(app)
    app.now = WEDNESDAY
    app.practice.day()


@scene
def about_to_begin(app: App) -> None:
    """The same, with the questions before a session answered."""
    midweek(app)
    answer_before_a_session(app)


@scene
def measuring(app: App) -> None:
    """The same, with the short questions before a retest answered."""
    midweek(app)
    asked_now = coach.questions_before_test(app.practice.history(), "internal_rotation_prone", app.now)
    answers = dict.fromkeys((one.question.id for one in asked_now), False)
    app.practice.record(coach.screening_answers(answers, short=True))


def _turned_in(app: App, **how: object) -> None:
    sides = {
        Side.LEFT: SideReadings(readings=(24, 25, 26), **how),
        Side.RIGHT: SideReadings(readings=(30, 31, 31)),
    }
    app.practice.measure_sides("internal_rotation_prone", sides, Method.PHONE_HELPER)


@scene
def both_legs(app: App) -> None:
    """A runner whose hip pinches, on Friday before a run: a drill of her choice works both legs at once."""
    tell(app, persona("P4"))
    app.practice.record(coach.changed_default("caps.new_drills", 12))
    app.practice.record(coach.chosen_drill(app.practice.history(), "own_add_squeeze", app.now, wanted=True))
    app.practice.day()
    app.now = EARLY + timedelta(days=4)
    answer_what_is_due(app)
    app.practice.day()
    answer_before_a_session(app)


@scene
def measured(app: App) -> None:
    """The same, with turning in measured today."""
    measuring(app)
    _turned_in(app)


@scene
def pinched(app: App) -> None:
    """The same; the left groin pinched while it was measured."""
    measuring(app)
    _turned_in(app, pain=5, end_feel="pinch")


@scene
def sore(app: App) -> None:
    """The same, checked in with a sore buttock that stays."""
    midweek(app)
    buttock = Feeling(region="buttock", side="left", kind=FeelingKind.MUSCLE, score=6)
    app.practice.record(
        coach.check_in(
            app.practice.yesterday, (buttock,), SorenessCourse.STAYS, app.now, hours_since_onset=30
        )
    )
    app.practice.day()


@scene
def hardly_begun(app: App) -> None:
    """A session ended after a minute; nothing hurt."""
    not_measured_session(app)
    slot = app.practice.next_slot()
    answer_before_a_session(app)
    app.practice.log(slot, coach.SessionAnswers(minutes=0, effort=1))
    app.practice.day()


@scene
def hurt(app: App) -> None:
    """The same, after a session in which the groin hurt."""
    midweek(app)
    slot = app.practice.next_slot()
    groin = Feeling(region="groin", side="left", kind=FeelingKind.JOINT, score=6)
    told = coach.SessionAnswers(effort=4, discomfort=6, pain=((app.practice.drills_of(slot)[0], groin),))
    app.practice.log(slot, told)


@scene
def away(app: App) -> None:
    """Away today and tomorrow, told this morning."""
    midweek(app)
    for days in (0, 1):
        app.practice.record(DayChanged(date=(app.now + timedelta(days=days)).date(), away=True))
    app.practice.day()


@scene
def all_done(app: App) -> None:
    """Every session of the day is done, in the evening."""
    midweek(app)
    app.practice.record(CheckinAnswered(about=app.practice.yesterday))
    while slot := app.practice.day().next:
        app.now = slot.slot.starts_at + timedelta(minutes=slot.minutes)
        app.practice.log(slot.slot.id, coach.SessionAnswers(effort=5, discomfort=1))
        app.practice.record(easy_run(WEDNESDAY.replace(hour=6, minute=30)))
    app.now = app.now.replace(hour=21)
    app.practice.day()


@scene
def asked_again(app: App) -> None:
    """Nothing done or told for three weeks, and back on a Wednesday: the short questions come first."""
    go_on_living(app)
    app.now = WEDNESDAY + timedelta(weeks=3)


@scene
def missed_three_weeks(app: App) -> None:
    """The same, with the questions answered and the week made."""
    asked_again(app)
    answer_what_is_due(app)
    app.practice.day()


@scene
def race_week(app: App) -> None:
    """The week of the marathon, on Wednesday."""
    go_on_living(app)
    app.now = EARLY + timedelta(weeks=1)
    app.practice.day()
    app.now = WEDNESDAY + timedelta(weeks=1)
    app.practice.day()


def _blocked(app: App, answers: dict[str, Answer]) -> None:
    sample(app)
    app.practice.record(coach.screening_answers(answers))
    assert coach.clearance(app.practice.history(), app.now).is_blocked


@scene
def emergency(app: App) -> None:
    """Numb around the saddle."""
    _blocked(app, {"H07": True})


@scene
def urgent(app: App) -> None:
    """Weight cannot be put on a leg."""
    _blocked(app, {"H01": True, "H01.deformed_or_stuck": False})


@scene
def refer(app: App) -> None:
    """A hip that has hurt for months: a professional looks first."""
    _blocked(app, {"P07": True})
