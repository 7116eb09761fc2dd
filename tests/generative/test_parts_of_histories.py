"""A look made from the facts that still speak is the look made from all, whatever was told and when."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import MONDAY
from triplane import coach
from triplane.body import Side
from triplane.bootstrap import Histories, Practice
from triplane.catalogue import catalogue_version
from triplane.errors import Blocked
from triplane.evidence import reason
from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    ClearanceRecorded,
    ConsentGiven,
    DayChanged,
    DrillChosen,
    DrillDone,
    EndFeel,
    Equipment,
    EquipmentListed,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    Method,
    NoteWritten,
    Plan,
    PlanIssued,
    PlanItem,
    ReadinessAnswered,
    RestrictionTightened,
    RunRecorded,
    ScreeningAnswered,
    SessionLogged,
    SharedAs,
    Sign,
    Slot,
    SlotMoved,
    WeekDescribed,
    record,
)
from triplane.history.plan_facts import Context, Prescription
from triplane.screening import Purpose, first_questions
from triplane.store import Journal, open_journal
from triplane.value import Value

COACH = "r-coach"
NO = dict.fromkeys(first_questions(), False)
GROIN = Feeling(score=6, region="groin", side=Side.LEFT, kind=FeelingKind.JOINT)
NERVE = Feeling(score=4, region="buttock", kind=FeelingKind.NERVE)
CALF = Feeling(score=2, region="calf", kind=FeelingKind.MUSCLE)
DONE = DrillDone(drill="mob_quad_band", clean_reps=8)
BEGAN = (
    ScreeningAnswered(answers=NO),
    coach.disclaimer_accepted(),
    AboutRunner(age_years=34),
    WeekDescribed(weekly_minutes=60, max_session_minutes=20),
)
NOW = MONDAY + timedelta(days=2, hours=3)


def plan_of(weeks: int) -> Value:
    """A plan of a week with two sessions, as one is issued."""
    monday = MONDAY + timedelta(weeks=weeks)
    dose = Prescription(sets=1, reps=8, tempo_s=(2, 1, 2, 1), work_s=60, total_s=80)
    places = [(f"{weeks}-{number}", monday + timedelta(days=2 * number + 1)) for number in range(2)]
    slots = (Slot(id=name, starts_at=at, context=Context.REST_DAY, minutes=10) for name, at in places)
    items = (
        PlanItem(
            id=name, slot=name, drill="mob_quad_band", order=0, left=dose, minutes=2,
            reasons=(reason("E23", "It is light."),),
        )
        for name, _ in places
    )  # fmt: skip
    return PlanIssued(
        plan=Plan(
            id=f"plan {weeks}", week=monday.date(), slots=tuple(slots), items=tuple(items),
            catalogue_version=catalogue_version(),
        )
    )  # fmt: skip


def range_of(degrees: float, end_feel: EndFeel | None = None) -> Value:
    readings = (degrees, degrees, degrees)
    return MeasurementTaken(
        test="T01_flexion_supine", side=Side.LEFT, method=Method.PHONE_HELPER, readings=readings,
        end_feel=end_feel,
    )  # fmt: skip


Telling = Callable[[datetime], Value]
TELLS: tuple[Telling, ...] = (
    lambda at: CheckinAnswered(about=at.date() - timedelta(days=1)),
    lambda at: CheckinAnswered(about=at.date() - timedelta(days=1), soreness=(GROIN,)),
    lambda at: CheckinAnswered(about=at.date() - timedelta(days=1), soreness=(CALF,), hours_since_onset=80),
    lambda at: CheckinAnswered(about=at.date() - timedelta(days=1), soreness=(NERVE,)),
    lambda at: SessionLogged(minutes=10, drills=(DONE,)),
    lambda at: SessionLogged(minutes=10, drills=(DONE.model_copy(update={"pain": (GROIN,)}),)),
    lambda at: SessionLogged(minutes=8, drills=(DONE.model_copy(update={"signs": (Sign.SHARP_PAIN,)}),)),
    lambda at: SessionLogged(minutes=9, drills=(DONE.model_copy(update={"skipped": True}),)),
    lambda at: SessionLogged(slot="0-0", plan="plan 0", minutes=10, drills=(DONE,)),
    lambda at: RunRecorded(started_at=at, duration_s=3000, distance_m=10_000),
    lambda at: range_of(100 + at.day),
    lambda at: range_of(80, EndFeel.PINCH),
    lambda at: ScreeningAnswered(answers=NO),
    lambda at: ScreeningAnswered(answers={"Q07": True}, short=True),
    lambda at: ScreeningAnswered(answers={"Q08": True, "Q08.hip_pain": False}, short=True),
    lambda at: ReadinessAnswered(answers={"new_pain": True}),
    lambda at: RestrictionTightened(tag="fai"),
    lambda at: ClearanceRecorded(
        who="Dr Example", role="physician", given_on=at.date(), scope=("Q07", "fai", "E52")
    ),
    lambda at: DayChanged(date=MONDAY.date() + timedelta(days=2), away=True),
    lambda at: SlotMoved(slot="0-1", to=MONDAY + timedelta(days=4)),
    lambda at: NoteWritten(text="left shoe"),
    lambda at: plan_of(-9),
    lambda at: plan_of(0),
    lambda at: SessionLogged(minutes=10, drills=(DONE.model_copy(update={"too_much": True}),)),
    lambda at: SessionLogged(minutes=10, drills=(DONE.model_copy(update={"discomfort": 7}),)),
    lambda at: DrillChosen(drill="str_sl_bridge", wanted=True, until=at.date() + timedelta(weeks=6)),
    lambda at: DrillChosen(drill="mob_quad_band", wanted=False, until=at.date() + timedelta(weeks=12)),
    lambda at: DrillChosen(drill="mob_quad_band", wanted=True, until=at.date() + timedelta(weeks=12)),
    lambda at: EquipmentListed(equipment=frozenset({Equipment.STEP})),
)
DAYS_AGO = st.sampled_from((0, 0.5, 1, 2, 7, 20, 27, 29, 55, 58, 59, 61, 100, 400, 700))
MOMENTS = st.tuples(
    st.integers(0, len(TELLS) - 1), DAYS_AGO, st.sampled_from((0, 0, 0, 1, 30, 500)), st.integers(-9, 12)
)
LIVES = st.tuples(st.lists(MOMENTS, max_size=12), st.none() | st.lists(MOMENTS, max_size=2))
"""What happened before the plan of this week and since; without a plan where there is no second part."""

Moment = tuple[int, float, float, int]
Life = tuple[list[Moment], list[Moment] | None]


def tell(journal: Journal, number: int, moment: Moment) -> None:
    """Tell one thing of some days ago, at once or some days late, sometimes in the place of another."""
    which, ago, late, corrects = moment
    at = NOW - timedelta(days=ago)
    told_at = min(at + timedelta(days=late), NOW)
    known = journal.history("anna").facts
    supersedes = known[corrects].id if len(BEGAN) <= corrects < len(known) else None
    body, key = TELLS[which](at), f"told {number}"
    journal.append([record(body, "anna", told_at, occurred_at=at, origin_key=key, supersedes=supersedes)])


def live(journal: Journal, lived: Life) -> Iterator[None]:
    """Begin, tell what happened before the plan of this week was made, make it, tell the rest."""
    before, after = lived
    first = NOW - timedelta(days=500)
    journal.append([record(body, "anna", first, origin_key=f"began {n}") for n, body in enumerate(BEGAN)])
    yield
    for number, moment in enumerate(before):
        tell(journal, number, moment)
        yield
    if after is not None:
        asked = record(
            ScreeningAnswered(answers=NO), "anna", NOW - timedelta(days=3), origin_key="asked again"
        )
        trained = record(TELLS[4](NOW), "anna", NOW - timedelta(days=9), origin_key="trained")
        plan = record(plan_of(0), "anna", NOW - timedelta(days=2), origin_key="planned")
        journal.append([asked, trained, plan])
        yield
    for number, moment in enumerate(after or (), len(before)):
        tell(journal, number, moment)
        yield


def at_home(history: History, now: datetime) -> object:
    """The drills for what is at hand."""
    return coach.drills(history, coach.DrillFilter(at_home=True), now)


def cards(history: History, now: datetime) -> object:
    """Two drills, from which their figures and films are drawn."""
    return coach.drill_cards(history, ("mob_quad_band", "lm_anterior"), now)


CHOSEN = ("str_sl_bridge", "mob_quad_band")


def seen(history: History, now: datetime) -> dict[str, object]:
    """All that a look shows: what safety says, the day, both weeks, the hips and drills, where they may."""
    found: dict[str, object] = {
        "mark": history.mark,
        "clearance": coach.clearance(history, now),
        "due": [coach.questions_due(history, now, purpose) for purpose in Purpose],
        "look": coach.look(history, now),
        "calendars": coach.calendars_read(history),
    }
    this_week = (coach.week,) if found["look"] else ()
    for page in (coach.hip_map, coach.next_week, at_home, cards, *this_week):
        try:
            found[page.__name__] = page(history, now)
        except Blocked as error:
            found[page.__name__] = str(error)
    return found


LOOKS = (NOW, NOW + timedelta(hours=20), NOW - timedelta(days=30), NOW + timedelta(days=6))


@settings(max_examples=150, deadline=None)
@given(LIVES)
def test_what_still_speaks_says_what_all_facts_say(lived: Life) -> None:
    with TemporaryDirectory() as folder, open_journal(Path(folder) / "one.journal") as journal:
        for _ in live(journal, lived):
            pass
        for now in LOOKS:
            whole, part = journal.history("anna"), journal.history("anna", coach.look_needs(now))
            assert coach.clearance(part, now) == coach.clearance(whole, now)
            if coach.look_suffices(part, now):
                assert seen(part, now) == seen(whole, now)


LETS = ConsentGiven(to=COACH, called="Cara", role=SharedAs.COACH, deeds=coach.asked_for(SharedAs.COACH))


@settings(max_examples=150, deadline=None)
@given(LIVES, st.sampled_from((1, 2, 28, 60, 90, 401)), st.sampled_from((-1, 0, 1, 3, 59)))
def test_two_dates_say_what_all_facts_say_of_them(lived: Life, before: int, after: int) -> None:
    with TemporaryDirectory() as folder, open_journal(Path(folder) / "one.journal") as journal:
        for _ in live(journal, lived):
            pass
        journal.append([record(LETS, "anna", NOW - timedelta(days=40), origin_key="lets")])
        for now in LOOKS:
            last = now.date() - timedelta(days=after)
            first = min(now.date() - timedelta(days=before), last - timedelta(days=1))
            whole = journal.history("anna")
            part = journal.history("anna", coach.comparison_needs(first, now))
            found = coach.hand_on(part, COACH, first, last, now)
            assert found is not None
            assert found == coach.hand_on(whole, COACH, first, last, now)


@settings(max_examples=60, deadline=None)
@given(LIVES)
def test_what_is_kept_of_it_says_so_after_every_fact(lived: Life) -> None:
    kept = Histories()
    with TemporaryDirectory() as folder, open_journal(Path(folder) / "one.journal") as journal:
        practice = Practice(journal, "anna", lambda: NOW, kept)
        for _ in live(journal, lived):
            assert seen(practice.recent(), NOW) == seen(journal.history("anna"), NOW)


@settings(max_examples=60, deadline=None)
@given(LIVES)
def test_a_drills_page_says_what_all_facts_say_of_its_choice(lived: Life) -> None:
    with TemporaryDirectory() as folder, open_journal(Path(folder) / "one.journal") as journal:
        for _ in live(journal, lived):
            pass
        whole = journal.history("anna")
        for now, word in product(LOOKS, CHOSEN):
            part = Practice(journal, "anna", lambda now=now: now).recent()
            found = told_of(coach.drill_choice, part, word, now, lambda: whole)
            assert found == told_of(coach.drill_choice, whole, word, now)


def told_of(use_case: Callable[..., object], *asked: object) -> object:
    try:
        return use_case(*asked)
    except Blocked as error:
        return str(error)


@pytest.mark.parametrize("wanted", [True, False, None])
def test_only_of_a_wanted_drill_that_is_not_in_the_week_all_facts_are_read(
    wanted: bool | None, tmp_path: Path
) -> None:
    asked = []

    def whole() -> History:
        asked.append("all")
        return journal.history("anna")

    with open_journal(tmp_path / "one.journal") as journal:
        assert list(live(journal, ([], [])))
        for word in CHOSEN:
            journal.append([record(DrillChosen(drill=word, wanted=wanted, until=NOW.date()), "anna", NOW)])
        part = journal.history("anna", coach.look_needs(NOW))
        for word, in_the_week in (("mob_quad_band", True), ("str_sl_bridge", False)):
            found = coach.drill_choice(part, word, NOW, whole)
            assert found == coach.drill_choice(journal.history("anna"), word, NOW)
            assert (found is None) is (wanted is None)
            assert bool(asked) is (wanted is True and not in_the_week), word


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LIVES)
def test_both_databases_read_the_same_part(database: str, lived: Life) -> None:
    with TemporaryDirectory() as folder, open_journal(Path(folder) / "one.journal") as here:
        for _ in live(here, lived):
            pass
        with open_journal(database) as there:
            there._connection.execute("DELETE FROM facts")
            with there.held():
                there.bring(here.rows_after(0, 1000))
            for now in LOOKS:
                needs = coach.look_needs(now)
                assert there.history("anna", needs) == here.history("anna", needs)


OLD = {
    "a calm morning": (CheckinAnswered(about=MONDAY.date() - timedelta(days=300)), False),
    "a session": (SessionLogged(minutes=10, drills=(DONE,)), False),
    "a run": (RunRecorded(started_at=MONDAY, duration_s=3000), False),
    "a sore morning": (CheckinAnswered(about=MONDAY.date(), soreness=(CALF,)), True),
    "a session that hurt": (SessionLogged(minutes=1, drills=(DrillDone(drill="x", pain=(CALF,)),)), True),
    **{
        f"a session with {sign}": (
            SessionLogged(minutes=1, drills=(DrillDone(drill="x", signs=(sign,)),)),
            True,
        )
        for sign in Sign
    },
}


@pytest.mark.parametrize("name", OLD)
def test_of_what_is_old_only_what_hurt_is_read(name: str, tmp_path: Path) -> None:
    body, is_read = OLD[name]
    with open_journal(tmp_path / "one.journal") as journal:
        assert list(live(journal, ([], None)))
        old = journal.append([record(body, "anna", NOW - timedelta(days=300))])
        journal.append([record(plan_of(0), "anna", NOW)])
        read = {fact.id for fact in journal.history("anna", coach.look_needs(NOW)).facts}
        assert (old[0].id in read) is is_read


@pytest.mark.parametrize("corrected", [False, True])
def test_training_between_measurements_of_long_ago_is_known(corrected: bool, tmp_path: Path) -> None:
    """After three measurements under the same training the error is the runner's own."""
    with open_journal(tmp_path / "one.journal") as journal:
        assert list(live(journal, ([], None)))
        for body in (ScreeningAnswered(answers=NO), TELLS[4](NOW)):
            journal.append([record(body, "anna", NOW - timedelta(days=9))])
        trained = [400, 395, 310, *([305] if corrected else [])]
        measured = ((430, 100), (390, 101), (350, 99), (300, 108), (250, 108))
        told = [(days, TELLS[4](NOW)) for days in trained] + [(days, range_of(to)) for days, to in measured]
        for days, body in sorted(told, key=lambda one: -one[0]):
            journal.append([record(body, "anna", NOW - timedelta(days=days))])
        journal.append([record(plan_of(0), "anna", NOW)])
        practice = Practice(journal, "anna", lambda: NOW, Histories())
        whole = journal.history("anna")
        assert coach.hip_map(practice.recent(), NOW) == coach.hip_map(whole, NOW)
        if corrected:
            wrong = next(fact for fact in whole.facts if fact.occurred_at == NOW - timedelta(days=305))
            note = NoteWritten(text="that was another day")
            journal.append([record(note, "anna", NOW, supersedes=wrong.id)])
        whole, part = journal.history("anna"), journal.history("anna", coach.look_needs(NOW))
        assert practice.recent().facts_of(SessionLogged) == part.facts_of(SessionLogged)
        untrained = History("anna", tuple(one for one in whole.facts if one.kind != "session_logged"))
        assert coach.hip_map(part, NOW) == coach.hip_map(whole, NOW) != coach.hip_map(untrained, NOW)
        assert len(part.facts_of(SessionLogged)) < len(whole.facts_of(SessionLogged))

        dates = NOW.date() - timedelta(days=260), NOW.date() - timedelta(days=200)
        part = journal.history("anna", coach.comparison_needs(dates[0], NOW))
        compared = [coach.compare(told, *dates, NOW) for told in (part, whole, untrained)]
        assert compared[0] == compared[1] != compared[2]


def test_an_old_run_that_comes_in_after_the_plan_moves_it(tmp_path: Path) -> None:
    with open_journal(tmp_path / "one.journal") as journal:
        assert list(live(journal, ([], [])))
        assert coach.look(journal.history("anna", coach.look_needs(NOW)), NOW) is not None
        run = RunRecorded(started_at=NOW - timedelta(days=300), duration_s=3000)
        journal.append([record(run, "anna", NOW, occurred_at=run.started_at)])
        assert coach.look(journal.history("anna", coach.look_needs(NOW)), NOW) is None


def test_who_brings_old_runs_along_began_with_them(tmp_path: Path) -> None:
    """Days before anything was on record are shown as such in a first week, and only those."""
    with open_journal(tmp_path / "one.journal") as journal:
        journal.append([record(body, "anna", NOW, origin_key=f"began {n}") for n, body in enumerate(BEGAN)])
        run = RunRecorded(started_at=NOW - timedelta(days=300), duration_s=3000)
        told = ((run, run.started_at), (TELLS[4](NOW), NOW), (plan_of(0), NOW))
        journal.append([record(body, "anna", NOW, occurred_at=at) for body, at in told])
        part = journal.history("anna", coach.look_needs(NOW))
        assert coach.week(part, NOW) == coach.week(journal.history("anna"), NOW)
        assert not any(day.before for day in coach.week(part, NOW).days)


def test_who_comes_back_after_a_year_is_told_how_long_it_was(tmp_path: Path) -> None:
    with open_journal(tmp_path / "one.journal") as journal:
        assert list(live(journal, ([], None)))
        asked = (TELLS[4](NOW), 400), (ScreeningAnswered(answers=NO), 3), (plan_of(0), 2)
        journal.append([record(body, "anna", NOW - timedelta(days=days)) for body, days in asked])
        seen_of_part = coach.look(Practice(journal, "anna", lambda: NOW).recent(), NOW)
        assert seen_of_part == coach.look(journal.history("anna"), NOW)
        assert seen_of_part is not None
        assert seen_of_part.back is not None
        assert "57 weeks" in seen_of_part.back.says
