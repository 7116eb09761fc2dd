"""A history that is kept between requests is the history that is read anew, whatever happened in between."""

import shutil
import sys
import threading
import tracemalloc
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from cast import MONDAY
from triplane import catalogue
from triplane.adaptation import events_of
from triplane.body import Side
from triplane.bootstrap import Histories, Practice, open_practice
from triplane.bootstrap.kept import weight_of
from triplane.coach.situation import Situation
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    AboutRunner,
    CheckinAnswered,
    DayChanged,
    DrillDone,
    Fact,
    Feeling,
    FeelingKind,
    History,
    NoteWritten,
    RunRecorded,
    ScreeningAnswered,
    SessionLogged,
    record,
)
from triplane.history.fact import id_of
from triplane.history.history import MOST_WORKED_OUT
from triplane.planning import week_of
from triplane.screening import first_questions, screen
from triplane.screening.record import safety_record
from triplane.store import Journal, open_journal
from triplane.value import Value

RUNNERS = ("anna", "ben")
BODIES = (
    NoteWritten(text="left shoe"),
    DayChanged(date=MONDAY.date(), away=True),
    CheckinAnswered(about=MONDAY.date()),
    ScreeningAnswered(answers={"Q07": True}, short=True),
    ScreeningAnswered(answers={"Q07": False}, short=True),
)


def told(journal: Journal, runner: str, number: int, place: Path) -> None:
    """Tell one more thing, sometimes of yesterday, sometimes correcting what was told last."""
    at = MONDAY + timedelta(minutes=number)
    known = journal.history(runner).facts
    late = at - timedelta(days=number % 3)
    supersedes = known[-1].id if known and number % 4 == 0 and known[-1].kind != "runner_erased" else None
    fact = record(
        BODIES[number % len(BODIES)],
        runner,
        at,
        occurred_at=late,
        supersedes=supersedes,
        origin_key=f"told:{number}",
    )
    journal.append((fact,))


def erased(journal: Journal, runner: str, number: int, place: Path) -> None:
    journal.erase(runner, MONDAY + timedelta(minutes=number))


def looked(journal: Journal, runner: str, number: int, place: Path) -> None:
    """Nothing happens; it is only looked at."""


HAPPENS: tuple[Callable[[Journal, str, int, Path], None], ...] = (told, told, told, erased, looked)


def says(history: History) -> tuple[object, ...]:
    at = MONDAY + timedelta(days=1)
    return history.facts, screen(history, at), history.issued_plan(MONDAY.date()), history.last_seq


NEEDS = {"note_written": None, "day_changed": MONDAY.date(), "screening_answered": None}
"""Some kinds, and one of them only from a day on."""


@given(
    st.lists(st.tuples(st.sampled_from(HAPPENS), st.sampled_from(RUNNERS)), max_size=14),
    st.sampled_from((1, 10_000, 10**9)),
)
def test_what_is_kept_is_what_the_journal_holds(
    happened: list[tuple[Callable[..., None], str]], most_bytes: int
) -> None:
    with TemporaryDirectory() as folder:
        place = Path(folder) / "kept.journal"
        kept, parts = Histories(most_bytes), Histories(most_bytes)
        for number, (happens, runner) in enumerate(happened, start=1):
            with open_journal(place) as another:
                happens(another, runner, number, place)
            with open_journal(place) as journal:
                for who in RUNNERS:
                    assert says(kept.history(journal, who)) == says(journal.history(who))
                    part = journal.history(who, NEEDS, with_first=True)
                    assert says(parts.recent(journal, who, NEEDS)) == says(part)
                    assert part.mark == journal.history(who).mark


def test_what_is_kept_weighs_no_more_than_it_may_and_what_was_used_last_stays(tmp_path: Path) -> None:
    with open_journal(tmp_path / "one.journal") as journal:
        for runner in ("anna", "ben", "cara"):
            facts = (record(NoteWritten(text=f"{n}"), runner, MONDAY, origin_key=f"{n}") for n in range(100))
            journal.append(tuple(facts))
        kept = Histories(weight_of(journal.history("anna")) * 2)
        found = {runner: kept.history(journal, runner) for runner in ("anna", "ben", "cara")}
        assert kept.weight <= kept.most_bytes
        assert kept.history(journal, "cara") is found["cara"]
        assert kept.history(journal, "anna") is not found["anna"]
        alone = Histories(1)
        assert alone.history(journal, "anna") is alone.history(journal, "anna")


def test_a_heavy_history_makes_no_other_runners_go(tmp_path: Path) -> None:
    """Whoever looks at two years of their own leaves everybody else's day as quick as it was."""
    with open_journal(tmp_path / "one.journal") as journal:
        for runner, many in (("anna", 400), ("ben", 10), ("cara", 10)):
            facts = (record(NoteWritten(text=f"{n}"), runner, MONDAY, origin_key=f"{n}") for n in range(many))
            journal.append(tuple(facts))
        kept = Histories(weight_of(journal.history("anna")))
        first = kept.history(journal, "anna")
        assert kept.history(journal, "anna") is first, "alone, it is kept"
        others = [kept.recent(journal, runner, NEEDS) for runner in ("ben", "cara")]
        assert kept.weight <= kept.most_bytes
        anew = kept.history(journal, "anna")
        assert says(anew) == says(first)
        assert kept.history(journal, "anna") is anew, "whoever has the journal open reads it once"
        again = [kept.recent(journal, runner, NEEDS) for runner in ("ben", "cara")]
        assert all(one is before for one, before in zip(again, others, strict=True))
        assert kept.weight <= kept.most_bytes


def test_what_a_plan_weighs_is_not_reckoned_too_low(tmp_path: Path) -> None:
    """The bound is one of memory only where what is reckoned is what is there."""
    practice = open_practice(tmp_path / "one.journal", "me", "Europe/Berlin", MONDAY.isoformat())
    with practice.journal as journal:
        practice.tell(sample_runner("marathoner", MONDAY.date()))
        plan = practice.week().proposed or practice.history().facts[-1:]
        for number in range(15):
            again = {"origin_key": f"again {number}", "seq": 0, "id": id_of("me", f"again {number}")}
            journal.append([plan[-1].model_copy(update=again)])
        journal.history("me")
        tracemalloc.start()
        try:
            history = journal.history("me")
            weighs, _ = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert 0.7 < weight_of(history) / weighs < 2


def test_another_file_in_the_journals_place_is_read_anew(tmp_path: Path) -> None:
    first, second, kept = tmp_path / "one.journal", tmp_path / "two.journal", Histories()
    for place, text in ((first, "mine"), (second, "restored")):
        with open_journal(place) as journal:
            journal.append(tuple(note(f"{text} {number}", number) for number in range(3)))
    with open_journal(first) as journal:
        assert kept.history(journal, "anna") == journal.history("anna")
    for end in ("-wal", "-shm"):
        Path(f"{first}{end}").unlink(missing_ok=True)
    shutil.copy(second, first)

    with open_journal(first) as journal:
        assert kept.history(journal, "anna").facts[0].body == NoteWritten(text="restored 0")


def note(text: str, number: int) -> Fact:
    return record(NoteWritten(text=text), "anna", MONDAY + timedelta(minutes=number))


def test_a_red_flag_of_another_program_shows_at_once(tmp_path: Path) -> None:
    place, kept = tmp_path / "shared.journal", Histories()
    with open_journal(place) as journal, open_journal(place) as another:
        here = Practice(journal, "anna", lambda: MONDAY, kept)
        assert not any(m.origin == "Q07" for m in screen(here.history(), MONDAY).messages)

        Practice(another, "anna", lambda: MONDAY).record(ScreeningAnswered(answers={"Q07": True}, short=True))
        assert any(m.origin == "Q07" for m in screen(here.history(), MONDAY).messages)


def test_what_was_worked_out_at_one_instant_does_not_speak_at_another(tmp_path: Path) -> None:
    ill = record(ScreeningAnswered(answers={"Q08": True, "Q08.hip_pain": False}, short=True), "anna", MONDAY)
    history = History("anna", (ill,))

    assert screen(history, MONDAY).is_paused
    assert not screen(history, MONDAY + timedelta(days=2)).is_paused
    assert screen(history, MONDAY).is_paused


HIP = Feeling(score=5, region="groin", side=Side.LEFT, kind=FeelingKind.JOINT)
HAPPENED: tuple[Value, ...] = (
    AboutRunner(age_years=15, beighton=7),
    ScreeningAnswered(answers=dict.fromkeys(first_questions(), False)),
    ScreeningAnswered(answers={"Q08": True, "Q08.hip_pain": False}, short=True),
    CheckinAnswered(about=MONDAY.date(), soreness=(HIP,)),
    SessionLogged(minutes=10, drills=(DrillDone(drill="lm_anterior", pain=(HIP,), clean_reps=8),)),
    SessionLogged(minutes=10, drills=(DrillDone(drill="mob_quad_band", clean_reps=8),)),
    RunRecorded(started_at=MONDAY, duration_s=3000),
)
DAYS = st.sampled_from((0, 0.1, 1, 3, 30, 400, 1500))


@given(
    st.lists(st.tuples(st.sampled_from(HAPPENED), DAYS), min_size=1, max_size=6), st.permutations(range(4))
)
def test_the_same_facts_say_the_same_at_any_hour_whatever_was_asked_of_them_before(
    happened: list[tuple[Value, float]], looks: list[int]
) -> None:
    facts = [
        record(body, "anna", MONDAY + timedelta(days=days), origin_key=f"happened:{number}")
        for number, (body, days) in enumerate(happened)
    ]
    kept = History("anna", tuple(facts))
    for look in looks:
        at = MONDAY + timedelta(days=(0, 2, 40, 2000)[look])
        anew = History("anna", tuple(facts))
        assert screen(kept, at) == screen(anew, at)
        assert Situation(kept, at).events == events_of(anew, catalogue.load(), at)
        assert week_of(kept, at) == week_of(anew, at)


def test_what_safety_knows_at_one_instant_is_not_changed_by_a_look_at_another() -> None:
    told = record(AboutRunner(age_years=15), "anna", MONDAY)
    history = History("anna", (told,))
    young, grown = safety_record(history, MONDAY), safety_record(history, MONDAY + timedelta(days=4 * 366))

    assert [flag.asserted for flag in young.flags.values()] == [True]
    assert [flag.asserted for flag in grown.flags.values()] == [False]


def test_one_history_is_read_by_many_requests_at_once() -> None:
    """Requests run in threads of their own and share what is kept."""
    history, faults, before = History("anna", ()), [], sys.getswitchinterval()

    def reading(thread: int) -> None:
        try:
            for number in range(4000):
                found = history.worked_out((thread, number % 40), lambda at=(thread, number % 40): at)
                assert found == (thread, number % 40)
        except (RuntimeError, StopIteration, AssertionError) as error:
            faults.append(error)

    sys.setswitchinterval(1e-6)
    try:
        threads = [threading.Thread(target=reading, args=(number,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    finally:
        sys.setswitchinterval(before)
    assert faults == []
    assert len(history._worked_out) <= MOST_WORKED_OUT


def test_what_one_request_reads_of_it_another_does_not_change() -> None:
    history = History("anna", ())
    history.worked_out("one", lambda: 1)
    reading = iter(history._worked_out)
    history.worked_out("two", lambda: 2)
    assert next(reading) == "one", "it was changed while it was read"
