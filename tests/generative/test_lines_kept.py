"""A line of a coach's table that was kept is the line that follows from the facts, whatever happened."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cast import MONDAY
from triplane import coach
from triplane.body import Side
from triplane.bootstrap import Practices, caseload, serving_many
from triplane.bootstrap.caseload import Caseload
from triplane.errors import JournalError
from triplane.evidence import reason
from triplane.history import (
    CheckinAnswered,
    ComparisonTaken,
    ConsentEnded,
    ConsentGiven,
    DrillDone,
    Feeling,
    FeelingKind,
    History,
    MeasurementTaken,
    Method,
    Plan,
    PlanIssued,
    PlanItem,
    ScreeningAnswered,
    SessionLogged,
    SharedAs,
    Slot,
    record,
)
from triplane.history.plan_facts import Context, Prescription
from triplane.screening import first_questions
from triplane.store import open_journal, served_journals
from triplane.value import Value

COACH = "r-coach"
BERLIN, HONOLULU = "Europe/Berlin", "Pacific/Honolulu"
LETS = ConsentGiven(to=COACH, called="Cara", role=SharedAs.COACH, deeds=coach.asked_for(SharedAs.COACH))
NO = dict.fromkeys(first_questions(), False)
GROIN = Feeling(score=5, region="groin", side=Side.LEFT, kind=FeelingKind.JOINT)


def planned(weeks: int) -> PlanIssued:
    monday = MONDAY + timedelta(weeks=weeks)
    dose = Prescription(sets=1, reps=8, tempo_s=(1, 0, 2, 0), hold_s=4, work_s=56, total_s=80)
    why = reason("E23", "It is light.")
    items = tuple(
        PlanItem(
            id=f"{weeks}-{n}-drill", slot=f"{weeks}-{n}", drill="mob_quad_band", order=n,
            left=dose, minutes=2, reasons=(why,),
        )
        for n in range(2)
    )  # fmt: skip
    slots = tuple(
        Slot(id=f"{weeks}-{n}", starts_at=monday + timedelta(days=n), context=Context.REST_DAY, minutes=10)
        for n in range(2)
    )
    return PlanIssued(plan=Plan(id=f"plan {weeks}", week=monday.date(), slots=slots, items=items))


def range_of(degrees: float) -> MeasurementTaken:
    readings = (degrees, degrees, degrees)
    return MeasurementTaken(
        test="T01_flexion_supine", side=Side.LEFT, method=Method.PHONE_HELPER, readings=readings
    )


BODIES: tuple[Value, ...] = (
    ScreeningAnswered(answers=NO),
    coach.disclaimer_accepted(),
    ScreeningAnswered(answers={"Q07": True}, short=True),
    ScreeningAnswered(answers={"Q07": False}, short=True),
    ScreeningAnswered(answers={"Q08": True, "Q08.hip_pain": False}, short=True),
    CheckinAnswered(about=MONDAY.date()),
    CheckinAnswered(about=MONDAY.date(), soreness=(GROIN,)),
    SessionLogged(slot="0-0", plan="plan 0", minutes=10, drills=(DrillDone(drill="mob_quad_band"),)),
    SessionLogged(minutes=10, drills=(DrillDone(drill="lm_anterior", pain=(GROIN,), clean_reps=8),)),
    planned(-3),
    planned(0),
    planned(1),
    range_of(90),
    range_of(125),
    SessionLogged(slot="0-1-drill", plan="plan 0", minutes=2, drills=(DrillDone(drill="mob_quad_band"),)),
    ComparisonTaken(before=MONDAY.date() - timedelta(days=28), after=MONDAY.date()),
)
HOURS = st.sampled_from((-30 * 24, -72, -25, -5, 0, 0.5, 3, 20, 26, 49, 100))
TOLD = st.lists(st.tuples(st.integers(0, len(BODIES) - 1), HOURS), max_size=9)
LOOKS = st.lists(st.sampled_from((-40, -1, 0, 1, 2.5, 18.6, 24, 30, 72, 23.99, 167, 200)), max_size=5)


def history_of(told: list[tuple[int, float]], zone: str = BERLIN) -> History:
    """The beginning everybody has, and what was told at hours around Monday; late or ahead of the clock."""
    begun = (LETS, ScreeningAnswered(answers=NO), coach.disclaimer_accepted())
    at = MONDAY.astimezone(ZoneInfo(zone))
    facts = [record(body, "anna", at - timedelta(days=35)) for body in begun]
    for number, (which, hours) in enumerate(told):
        when = at + timedelta(hours=hours)
        supersedes = facts[-1].id if number % 5 == 4 else None
        key = f"told {number}"
        facts.append(record(BODIES[which], "anna", when, origin_key=key, supersedes=supersedes))
    return History("anna", tuple(one.model_copy(update={"seq": n}) for n, one in enumerate(facts, 1)))


@settings(max_examples=150)
@given(TOLD, LOOKS, st.integers(1, 9), st.sampled_from((BERLIN, HONOLULU)))
def test_lines_ahead_are_the_lines_of_the_facts_of_every_prefix(
    told: list[tuple[int, float]], looks: list[float], days: int, zone: str
) -> None:
    whole = history_of(told, zone)
    for length in (len(whole.facts), len(whole.facts) // 2):
        known = History("anna", whole.facts[: max(length, 3)])
        made = MONDAY.astimezone(ZoneInfo(zone))
        ahead = coach.lines_ahead(known, made, days)
        read = coach.LinesAhead.model_validate_json(ahead.model_dump_json())
        assert read.at(made) == coach.line_of_day(History("anna", known.facts), made)
        for hours in looks:
            at = made + timedelta(hours=hours)
            said = read.at(at)
            assert said is None or said == coach.line_of_day(History("anna", known.facts), at)


def test_a_line_is_kept_for_days_and_ends_where_a_clock_was_ahead() -> None:
    calm = history_of([(10, 0), (5, 0)])
    ahead = coach.lines_ahead(calm, MONDAY, 7)
    assert ahead.at(MONDAY + timedelta(days=6)) is not None
    assert ahead.at(MONDAY + timedelta(days=8)) is None
    assert ahead.at(MONDAY - timedelta(days=1)) is None, "a clock that was moved back asks the facts"
    early = coach.lines_ahead(history_of([(10, 0), (6, 3)]), MONDAY, 7)
    assert early.ends == MONDAY + timedelta(hours=3)


def test_what_a_day_passes_is_said_the_day_after_and_what_is_told_at_once() -> None:
    """Silence is counted in days; a groin that hurts shows with the fact that says so."""
    history = history_of([(10, 0), (5, -49)])
    silent = coach.line_of_day(history, MONDAY + timedelta(days=2))
    assert [call.need for call in silent.calls] == [coach.Need.SILENT]
    assert coach.line_of_day(history, MONDAY + timedelta(days=1)).calls == ()
    hurt = coach.line_of_day(history_of([(10, 0), (5, 0), (6, 0.5)]), MONDAY + timedelta(hours=0.5))
    assert hurt.calls != ()


_runs = count(1)


@pytest.fixture
def tables(database: str) -> Iterator[tuple[str, Caseload, list[datetime]]]:
    """An empty journal in a server's database, its tables of lines, and the clock they go by."""
    journals, clock = served_journals(database), [MONDAY]
    journals.prepare()
    yield database, Caseload(journals, lambda zone: clock[0].astimezone(ZoneInfo(zone))), clock
    journals.close()


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("told"), st.integers(0, len(BODIES) - 1)),
        st.tuples(st.just("looked"), st.sampled_from((0, 1, 20, 49, 200, -30))),
        st.tuples(st.sampled_from(("crashed", "erased", "ended", "let in", "prepared", "moved")), st.just(0)),
    ),
    max_size=12,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None)
@given(STEPS)
def test_a_table_is_what_the_facts_say_after_whatever_happened(
    tables: tuple[str, Caseload, list[datetime]], steps: list[tuple[str, float]]
) -> None:
    place, load, clock = tables
    runner, zone, clock[0] = f"r-{next(_runs)}", BERLIN, MONDAY
    with open_journal(place) as journal:
        journal.append([record(LETS, runner, MONDAY - timedelta(days=40))])
        for number, (what, which) in enumerate(steps):
            key = f"{what} {number}"
            if what == "told":
                told = BODIES[int(which)]
                journal.append([record(told, runner, clock[0], origin_key=key)])
            elif what == "looked":
                clock[0] += timedelta(hours=which)
            elif what == "erased":
                journal.erase(runner, clock[0])
            elif what in ("ended", "let in"):
                body = LETS if what == "let in" else ConsentEnded(to=COACH, called="Cara")
                journal.append([record(body, runner, clock[0], origin_key=key)])
            elif what == "crashed":
                journal._connection.execute("TRUNCATE worked_out")
            elif what == "moved":
                zone = HONOLULU if zone == BERLIN else BERLIN
            elif what == "prepared" and journal.last_seq(runner):
                load.work_out(journal.history(runner), zone)
            for _ in range(2):
                shown = load.lines(COACH, {runner: zone})
                history = journal.history(runner)
                lets = coach.may(history, COACH, coach.Deed.LOOK)
                at = clock[0].astimezone(ZoneInfo(zone))
                assert shown == ({runner: coach.line_of_day(history, at)} if lets else {})


def kept_rows(journal: object, runner: str) -> int:
    query = "SELECT count(*) FROM worked_out WHERE runner = %s"
    [(found,)] = journal._connection.execute(query, (runner,)).fetchall()  # type: ignore[attr-defined]
    return int(found)


def test_a_process_that_dies_between_fact_and_line_leaves_the_table_right(
    tables: tuple[str, Caseload, list[datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, load, _ = tables
    with open_journal(place) as journal:
        for fact in history_of([]).facts:
            journal.append([fact.model_copy(update={"seq": 0})])
        before = load.lines(COACH, {"anna": BERLIN})
        journal.append([record(BODIES[2], "anna", MONDAY)])  # and nobody lived to work out the line
        assert load.lines(COACH, {"anna": BERLIN}) != before

        def full(*_: object) -> None:
            raise JournalError("the disk is full")

        journal.append([record(BODIES[6], "anna", MONDAY)])
        monkeypatch.setattr(load.journals, "keep", full)
        assert load.lines(COACH, {"anna": BERLIN})["anna"] == coach.line_of_day(
            journal.history("anna"), MONDAY
        )


def test_another_program_works_its_lines_out_itself_and_what_was_erased_is_not_kept(
    tables: tuple[str, Caseload, list[datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place, load, _ = tables
    with open_journal(place) as journal:
        for fact in history_of([]).facts:
            journal.append([fact.model_copy(update={"seq": 0})])
        first = load.lines(COACH, {"anna": BERLIN})
        wrong = "UPDATE worked_out SET body = replace(body, '\"planned\":0', '\"planned\":9')"
        journal._connection.execute(wrong)
        assert load.lines(COACH, {"anna": BERLIN})["anna"].planned == 9, "it is read, and not worked out"
        monkeypatch.setattr(caseload, "made_by", lambda: "the next release")
        assert load.lines(COACH, {"anna": BERLIN}) == first

        history = journal.history("anna")
        journal.erase("anna", MONDAY)
        assert kept_rows(journal, "anna") == 0
        load.work_out(history, BERLIN)  # somebody was still at it
        assert kept_rows(journal, "anna") == 0


def test_a_table_does_not_wait_for_many_lines_and_shows_none_that_is_old(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a release all lines are missing; what cannot be shown yet is said to be, and comes behind."""
    practices = Practices(database, MONDAY.isoformat())
    practices.prepare()
    zones = {f"r-{number}": BERLIN for number in range(5)}
    with open_journal(database) as journal:
        for runner in zones:
            journal.append([record(one.body, runner, one.recorded_at) for one in history_of([]).facts])
        monkeypatch.setattr(serving_many, "WAITS_S", 0)
        assert practices.lines_so_far(COACH, zones) == dict.fromkeys(zones)
        practices._behind.wait()
        shown = practices.lines_so_far(COACH, zones)
        assert shown == practices.lines(COACH, zones)
        assert all(shown.values())

        journal.append([record(BODIES[2], "r-3", MONDAY)])  # past the app: nobody worked anything out
        assert practices.lines_so_far(COACH, zones) == {**shown, "r-3": None}
        monkeypatch.undo()
        later = practices.lines_so_far(COACH, zones)
        assert later["r-3"] == coach.line_of_day(journal.history("r-3"), MONDAY) != shown["r-3"]

        journal.append([record(ConsentEnded(to=COACH, called="Cara"), "r-1", MONDAY)])
        assert "r-1" not in practices.lines_so_far(COACH, zones)


def test_a_line_that_was_taken_along_is_still_the_one_that_is_kept(
    tables: tuple[str, Caseload, list[datetime]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It would else be worked out anew of each runner of a group, after each file of it."""
    place, load, clock = tables
    taken = ComparisonTaken(before=MONDAY.date() - timedelta(days=28), after=MONDAY.date())
    with open_journal(place) as journal:
        for fact in history_of([(10, 0), (5, -30)]).facts:
            journal.append([fact.model_copy(update={"seq": 0})])
        before = load.lines(COACH, {"anna": BERLIN})
        clock[0] += timedelta(minutes=5)
        journal.append([record(taken, "anna", clock[0])])
        monkeypatch.setattr(coach, "lines_ahead", None)
        assert load.lines(COACH, {"anna": BERLIN}) == before
        line = coach.line_of_day(journal.history("anna"), clock[0].astimezone(ZoneInfo(BERLIN)))
        assert before == {"anna": line}
        monkeypatch.undo()
        session = next(fact for fact in journal.history("anna").facts if fact.kind == "checkin_answered")
        journal.append([record(taken, "anna", clock[0], origin_key="again", supersedes=session.id)])
        now = load.lines(COACH, {"anna": BERLIN})["anna"]
        assert (before["anna"].told_on, now.told_on) == (session.local_date, None)
