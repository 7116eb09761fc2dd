"""What was played out of reach of the app: recorded once it is handed in, whatever happened meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from cast import MONDAY
from triplane import adaptation, catalogue, coach
from triplane.coach.cues import session as laying_out
from triplane.errors import Blocked, OtherRunner, UnknownName, UserError
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    UNKNOWN_DRILL,
    BodyRegion,
    DayChanged,
    Feeling,
    FeelingKind,
    History,
    NoteWritten,
    ReadinessAnswered,
    SessionLogged,
    Sign,
    Slot,
    record,
)

NOW = MONDAY.replace(hour=5, minute=30) + timedelta(days=2)
LATER = NOW + timedelta(hours=5)
STUCK = coach.screening_answers({"H01": True, "H01.deformed_or_stuck": False})
MARK = History("me").plus(record(STUCK, "me", NOW, origin_key="t0")).mark
"""The mark of the runner who was planned for: it follows from who they are and their first fact."""
GROIN = Feeling(score=6, region=BodyRegion.GROIN, kind=FeelingKind.JOINT)


@pytest.fixture(scope="module")
def planned() -> History:
    """The sample marathoner on Wednesday morning, with the week planned."""
    at = NOW - timedelta(days=2)
    bodies = sample_runner("marathoner", at.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    told = History("me").plus(
        *(record(b, "me", at + timedelta(seconds=n), origin_key=f"t{n}") for n, b in enumerate(bodies))
    )
    return told.plus(*coach.day(told, at + timedelta(minutes=5)).proposed)


@pytest.fixture(scope="module")
def session(planned: History) -> coach.Session:
    return coach.bundle(planned, str(coach.day(planned, NOW).next_slot), NOW).session


def played(session: coach.Session, key: str = "0000000a", **told: object) -> coach.HandIn:
    """The whole session as a phone hands it in."""
    seconds = tuple(cue.seconds for cue in session.cues)
    given = {"key": key, "mark": MARK, "reference": session.reference, "effort": 6, "discomfort": 1, **told}
    given.setdefault("played", coach.Played(seconds=seconds))
    given.setdefault("ended_at", NOW + timedelta(minutes=30))
    return coach.HandIn.model_validate(given)


def hurt(session: coach.Session, **felt: object) -> coach.Played:
    stop = coach.Interruption(item=session.items[0].id, **felt)
    return coach.Played(seconds=tuple(cue.seconds for cue in session.cues), interruptions=(stop,))


def logs(history: History) -> list[SessionLogged]:
    return [log for _, log in history.all(SessionLogged)]


def took(history: History, told: coach.HandIn, now: datetime = LATER) -> History:
    return history.plus(*coach.hand_in(history, told, now).facts)


def replanned(history: History) -> History:
    """An hour later the runner has no time today: another plan is issued."""
    at = NOW + timedelta(hours=1)
    history = history.plus(record(DayChanged(date=NOW.date(), away=True), "me", at))
    return history.plus(*coach.day(history, at + timedelta(minutes=1)).proposed)


def test_a_session_is_recorded_as_it_was_played_after_the_plan_changed(planned, session) -> None:
    changed = replanned(planned)
    with pytest.raises((UnknownName, Blocked)):
        coach.bundle(changed, session.slot, LATER)
    (log,) = logs(took(changed, played(session)))

    told = played(session).played
    assert coach.counted_then(changed, session.reference, told, LATER) == coach.counted(session, told) != ()
    assert (log.slot, log.plan, log.effort) == (session.slot, session.plan, 6)
    assert all(done.clean_reps == done.reps_asked for done in log.drills)
    assert {done.drill for done in log.drills} == {item.drill for item in session.items}


def test_whoever_was_stopped_meanwhile_is_offered_nothing_but_what_was_done_counts(planned, session) -> None:
    stopped = planned.plus(record(STUCK, "me", NOW + timedelta(hours=1)))
    after = took(stopped, played(session))

    assert len(logs(after)) == 1
    with pytest.raises(Blocked):
        coach.bundle(after, session.slot, LATER)
    assert coach.day(after, LATER).slots == ()


def test_the_same_playing_is_recorded_once_from_wherever_it_comes(planned, session) -> None:
    once = took(planned, played(session))
    again = coach.hand_in(once, played(session), LATER + timedelta(days=1))

    assert again.facts == ()
    assert "once" in again.says


def test_a_second_device_cannot_log_the_same_session_again(planned, session) -> None:
    once = took(planned, played(session))

    with pytest.raises(UserError, match="logged before"):
        coach.hand_in(once, played(session, "0000000b"), LATER)


def test_pain_told_on_a_second_device_is_kept_and_nothing_counts_twice(planned, session) -> None:
    once = took(planned, played(session))
    told = played(session, "0000000b", played=hurt(session, pain=(GROIN,)), effort=None, discomfort=6)
    _, second = logs(took(once, told))

    assert second.slot is None
    assert second.minutes == 0
    assert {done.drill for done in second.drills if done.pain == (GROIN,)} == {session.items[0].drill}
    assert {done.discomfort for done in second.drills} == {6}
    assert all(done.work_s == 0 and done.clean_reps == 0 for done in second.drills)


def test_a_sign_told_out_of_reach_stops_the_runner_once_it_is_handed_in(planned, session) -> None:
    told = played(session, played=hurt(session, signs=(Sign.GIVING_WAY,)))

    assert coach.clearance(took(planned, told), LATER).is_blocked


def test_it_is_dated_when_it_was_done_and_a_wrong_clock_cannot_date_it_ahead_or_before_its_plan(
    planned, session
) -> None:
    def dated(ended_at: datetime) -> datetime:
        (fact,) = coach.hand_in(planned, played(session, ended_at=ended_at), LATER).facts
        return fact.occurred_at

    issued = next(fact.occurred_at for fact in planned.facts if fact.kind == "plan_issued")
    assert dated(NOW + timedelta(minutes=30)) == NOW + timedelta(minutes=30)
    assert dated(LATER + timedelta(days=400)) == LATER
    assert dated(NOW - timedelta(days=4000)) == issued


def test_answers_that_kept_a_session_from_being_begun_are_recorded_alone(planned) -> None:
    told = coach.HandIn(key="0000000c", mark=MARK, readiness={"ill": True, "new_pain": True}, began_at=NOW)
    after = took(planned, told)

    assert coach.clearance(after, LATER).is_blocked
    assert coach.hand_in(after, told, LATER).facts == ()


def test_a_no_given_on_the_phone_lifts_nothing_that_was_told_elsewhere(planned, session) -> None:
    ill = coach.readiness_answers({"ill": True, "new_pain": True})
    stopped = planned.plus(record(ill, "me", NOW + timedelta(minutes=1)))
    no = dict.fromkeys(coach.questions_due(planned, NOW, coach.Purpose.SESSION).readiness, False)
    after = took(stopped, played(session, readiness=no, began_at=NOW + timedelta(minutes=5)))

    assert len(after.facts_of(ReadinessAnswered)) == 1
    assert coach.clearance(after, LATER).is_blocked


def of_another(history: History) -> History:
    """The same facts of the same name and the same plan, in a journal that was begun by another fact."""
    first = record(NoteWritten(text="A new shoe."), "me", NOW - timedelta(days=2))
    return History("me", (first, *history.facts))


@pytest.mark.parametrize("told", ["work", "pain", "a yes", "told again"])
def test_what_was_played_for_another_runner_is_refused_whatever_it_tells(planned, session, told) -> None:
    other, handed = of_another(planned), played(session)
    if told == "pain":
        handed = played(session, played=hurt(session, pain=(GROIN,)))
    elif told == "a yes":
        handed = coach.HandIn(key="0000000a", mark=MARK, readiness={"fall": True}, began_at=NOW)
    elif told == "told again":
        other = of_another(took(planned, handed))
    with pytest.raises(OtherRunner, match="another runner"):
        coach.hand_in(other, handed, LATER)

    assert coach.hand_in(planned, handed, LATER).facts


def test_what_does_not_say_whose_it_is_is_refused_with_what_to_do(planned, session) -> None:
    for history in (planned, History("me")):
        with pytest.raises(OtherRunner, match="in words"):
            coach.hand_in(history, played(session, mark=""), LATER)


def test_a_block_in_between_changes_neither_whose_it_is_nor_that_it_is_taken(planned, session) -> None:
    stopped = planned.plus(record(STUCK, "me", NOW + timedelta(hours=1)))
    told = played(session, played=hurt(session, pain=(GROIN,)))

    assert stopped.mark == MARK
    assert logs(took(stopped, told))
    with pytest.raises(OtherRunner):
        coach.hand_in(of_another(stopped), told, LATER)


def test_what_no_plan_holds_or_other_drills_have_made_is_refused_in_words(planned, session) -> None:
    for reference in ({"plan": "nowhere", "items": ["a"]}, {"plan": session.plan, "items": ["a"]}):
        with pytest.raises(UnknownName, match="plan"):
            coach.hand_in(planned, played(session, reference=reference), LATER)
    with pytest.raises(UserError, match="have changed"):
        coach.hand_in(planned, played(session, played=coach.Played(seconds=(1.0,))), LATER)


@pytest.mark.parametrize("felt", [{"pain": (GROIN,)}, {"signs": (Sign.GIVING_WAY,)}], ids=["pain", "sign"])
@pytest.mark.parametrize("how", ["other cues", "as many other cues", "a drill that is gone"])
def test_what_hurt_is_recorded_where_the_drills_have_changed_since(
    planned, session, felt, how, monkeypatch
) -> None:
    told = played(session, played=hurt(session, **felt))
    if how == "other cues":
        told = told.model_copy(update={"played": told.played.model_copy(update={"seconds": (1.0,)})})
    elif how == "as many other cues":
        other = session.reference.model_copy(update={"cues": "0123456789abcdef"})
        told = told.model_copy(update={"reference": other})
    else:
        monkeypatch.setattr("triplane.coach.handing_in.find", lambda name: None)
    done = coach.hand_in(planned, told, LATER)
    (log,) = logs(planned.plus(*done.facts))

    assert (log.slot, log.minutes) == (None, 0)
    assert [(one.drill, one.pain, one.signs) for one in log.drills] == [
        (session.items[0].drill, felt.get("pain", ()), felt.get("signs", ()))
    ]
    assert "could not be counted" in done.says
    assert coach.clearance(planned.plus(*done.facts), LATER).level > coach.clearance(planned, LATER).level


def test_a_session_is_laid_out_the_same_in_every_language_and_otherwise_with_other_seconds(session) -> None:
    longer = session.cues[0].model_copy(update={"seconds": session.cues[0].seconds + 1})
    renamed = session.cues[0].model_copy(update={"says": "Hallo."})

    assert session.model_copy(update={"cues": (longer, *session.cues[1:])}).digest != session.digest
    assert session.model_copy(update={"cues": (renamed, *session.cues[1:])}).digest == session.digest


@pytest.mark.parametrize("left", ["all but one", "one alone"])
def test_a_drill_that_rests_keeps_no_slot_open(planned, left, monkeypatch) -> None:
    week = (
        (slot.slot, coach.bundle(planned, slot.slot.id, day).session.items)
        for day in (NOW + timedelta(days=days) for days in range(-1, 5))
        for slot in coach.day(planned, day).slots
        if slot.drills
    )
    slot, items = next((slot, items) for slot, items in week if len(items) > 1)
    now, drills = slot.starts_at + timedelta(minutes=1), [item.drill for item in items]
    rests = frozenset(drills[:1] if left == "all but one" else drills[1:])
    monkeypatch.setattr("triplane.coach.safe_items._resting", lambda situation: rests)
    session = coach.bundle(planned, slot.id, now).session
    seconds = coach.Played(seconds=tuple(cue.seconds for cue in session.cues))
    assert {item.drill for item in session.items} == set(drills) - rests

    (log,) = logs(took(planned, played(session, played=seconds, ended_at=now), now))
    assert log.slot == slot.id


def test_what_is_taken_along_is_today_and_tomorrow_morning_and_nothing_of_a_stopped_runner(planned) -> None:
    along = coach.sessions_along(planned, NOW)

    assert along
    assert {one.slot.starts_at.date() for one in along} <= {NOW.date(), NOW.date() + timedelta(days=1)}
    assert all(one.bundle == coach.bundle(planned, one.slot.id, NOW) for one in along)
    assert all(one.slot.starts_at.date() == NOW.date() or one.slot.starts_at.hour < 12 for one in along)
    for word in (STUCK, coach.readiness_answers({"ill": True})):
        with pytest.raises(Blocked):
            coach.sessions_along(planned.plus(record(word, "me", NOW)), NOW + timedelta(minutes=1))


def test_what_was_done_is_not_taken_along_again(planned, session) -> None:
    after = took(planned, played(session))

    assert session.slot not in {one.slot.id for one in coach.sessions_along(after, LATER)}


def test_the_table_of_what_ends_a_session_says_what_the_coach_says() -> None:
    table = coach.judgement()
    assert set(table.signs) == set(Sign)
    for region in BodyRegion:
        for kind in FeelingKind:
            row = table.pain[region].get(kind)
            for score in range(11):
                felt = Feeling(score=score, region=region, kind=kind)
                stop = coach.Interruption(item="i", pain=(felt,))
                assert coach.stops_session(stop) is (row is not None and score >= row[0]), (
                    region,
                    kind,
                    score,
                )
                if row and score >= row[0]:
                    assert coach.what_follows(stop) == row[1]


def test_what_is_said_before_a_session_stands_ready_for_every_set_of_answers(planned) -> None:
    asked = coach.questions_due(planned, NOW, coach.Purpose.SESSION).readiness
    table = coach.not_now(planned, NOW)

    assert len(table) == 2 ** len(asked) - 1
    assert not any(found.may_train for found in table.values())
    for key in ("ill", "new_pain", "ill+new_pain", "+".join(asked)):
        said = coach.readiness(planned, {name: name in key.split("+") for name in asked}, NOW)
        assert table[key] == said


def test_a_cue_counts_for_no_longer_than_it_lasts_whatever_a_device_says(planned, session) -> None:
    endless = coach.Played(seconds=tuple(1e308 for _ in session.cues))

    (logged,) = logs(took(planned, played(session, played=endless)))

    assert logged.minutes == pytest.approx(sum(cue.seconds for cue in session.cues) / 60)


def asked_again(history: History, at: datetime) -> bool:
    return bool(coach.questions_due(history, at).must)


def test_pain_that_is_told_under_a_known_key_is_taken_all_the_same(planned, session) -> None:
    once = took(planned, played(session))
    again = played(session, played=hurt(session, pain=(GROIN,)))

    found = took(once, again)

    assert asked_again(found, LATER)
    assert [log.minutes > 0 for log in logs(found)] == [True, False]
    assert logs(took(found, again)) == logs(found)


def test_a_yes_that_is_told_under_a_known_key_is_taken_all_the_same(planned, session) -> None:
    once = took(planned, played(session))

    found = took(once, played(session, readiness={"fall": True}))

    assert coach.clearance(found, LATER).is_blocked or asked_again(found, LATER)


def test_a_yes_from_a_second_device_is_taken_though_the_session_was_logged_before(planned, session) -> None:
    once = took(planned, played(session))
    feels_ill = played(session, key="0000000b", readiness={"ill": True})
    said = coach.hand_in(once, feels_ill, LATER)
    after = once.plus(*said.facts)
    twice = coach.hand_in(after, feels_ill, LATER + timedelta(minutes=1))
    more = played(session, key="0000000b", readiness={"ill": True, "new_pain": True})

    assert coach.clearance(after, LATER).is_paused
    assert len(logs(after)) == 1
    assert said.says == "Recorded: what you answered before the session. The rest was logged before."
    assert twice.facts == ()
    assert [fact.body.answers for fact in coach.hand_in(after, more, LATER).facts] == [{"new_pain": True}]
    with pytest.raises(UserError, match="logged before"):
        coach.hand_in(once, played(session, key="0000000c", readiness={"ill": False}), LATER)


def test_a_yes_is_taken_though_the_drills_have_changed_since(planned, session) -> None:
    other = coach.Played(seconds=(1.0,))
    said = coach.hand_in(planned, played(session, played=other, readiness={"ill": True}), LATER)

    assert coach.clearance(planned.plus(*said.facts), LATER).is_paused
    assert "tell in words how it was" in said.says


@pytest.mark.parametrize(
    "much",
    [
        {"interruptions": [{"item": "a"}] * 20_000},
        {"clean": [{"item": "a", "reps": 3}] * 20_000},
    ],
)
def test_more_than_anybody_tells_of_a_session_is_refused_by_its_field(session, much) -> None:
    with pytest.raises(ValidationError, match="at most") as refused:
        played(session, played={"seconds": [1.0], **much})

    assert len(refused.value.errors()) == 1


def test_pain_from_a_device_whose_clock_stands_wrong_reopens_the_questions(planned, session) -> None:
    all_no = coach.screening_answers(dict.fromkeys(coach.first_questions(), False))
    answered = planned.plus(record(all_no, "me", LATER - timedelta(minutes=5)))
    told = played(session, played=hurt(session, pain=(GROIN,)), ended_at=datetime(1970, 1, 1, tzinfo=UTC))

    assert not asked_again(answered, LATER)
    assert asked_again(took(answered, told), LATER)


def test_pain_told_after_the_last_drill_belongs_to_the_last_one(planned, session) -> None:
    stop = coach.Interruption(item="", pain=(GROIN,))
    told = coach.Played(seconds=tuple(cue.seconds for cue in session.cues), interruptions=(stop,))

    found = took(planned, played(session, played=told))

    assert GROIN in logs(found)[-1].drills[-1].pain
    assert asked_again(found, LATER)


ALL_NO = coach.screening_answers(dict.fromkeys(coach.first_questions(), False))


@pytest.mark.parametrize("yes", ["new_pain", "fall"])
def test_a_yes_that_comes_late_asks_again_although_the_questions_were_answered_meanwhile(
    planned, yes
) -> None:
    answered = planned.plus(record(ALL_NO, "me", NOW + timedelta(hours=2)))
    said = {"ill": False, yes: True}
    told = coach.HandIn(key="0000000c", mark=MARK, readiness=said, began_at=NOW)
    tomorrow = NOW + timedelta(days=1)

    after = took(answered, told, tomorrow)
    [fact] = after.facts_of(ReadinessAnswered)

    assert not asked_again(answered, tomorrow)
    assert asked_again(after, tomorrow)
    assert fact.body == ReadinessAnswered(answers={yes: True}), "what was denied before the answers is over"
    assert coach.hand_in(after, told, tomorrow).facts == ()


def test_who_felt_ill_before_the_last_answers_rests_that_day_and_not_the_next(planned) -> None:
    answered = planned.plus(record(ALL_NO, "me", NOW + timedelta(hours=2)))
    told = coach.HandIn(key="0000000c", mark=MARK, readiness={"ill": True}, began_at=NOW)

    assert coach.clearance(took(answered, told), LATER).is_paused
    assert not coach.clearance(
        took(answered, told, NOW + timedelta(days=1)), NOW + timedelta(days=1)
    ).is_paused


def test_discomfort_alone_is_taken_where_the_session_was_logged_before(planned, session) -> None:
    once = took(planned, played(session))
    sore = played(session, "0000000b", discomfort=9)

    _, second = logs(took(once, sore))

    assert (second.slot, second.minutes) == (None, 0)
    assert {done.discomfort for done in second.drills} == {9}
    assert {done.drill for done in second.drills} == {item.drill for item in session.items}
    assert doses(took(once, sore)) < doses(once)
    with pytest.raises(UserError, match="logged before"):
        coach.hand_in(once, played(session, "0000000b", discomfort=3), LATER)


def test_more_discomfort_under_a_known_key_is_taken_once(planned, session) -> None:
    once = took(planned, played(session, discomfort=0))
    sore = played(session, discomfort=9)

    after = took(once, sore)

    assert doses(after) < doses(once)
    assert coach.hand_in(after, sore, LATER).facts == ()
    assert coach.hand_in(after, played(session, discomfort=5), LATER).facts == ()
    assert coach.hand_in(once, played(session, discomfort=3), LATER).facts == ()


def test_discomfort_is_taken_where_the_drills_have_changed_since(planned, session) -> None:
    changed = played(session, played=coach.Played(seconds=(1.0,)), discomfort=9)

    (log,) = logs(took(planned, changed))

    assert {(done.drill, done.discomfort) for done in log.drills} == {(i.drill, 9) for i in session.items}


NUMBERS = st.integers(-2, 10**20)
FORM = st.lists(
    st.fixed_dictionaries(
        {
            "item": st.sampled_from(["", "nothing of ours", *range(4)]),
            "side": st.sampled_from([None, "left", "right"]),
            "ended_by": st.lists(st.integers(0, 3) | NUMBERS, max_size=22),
            "answers": st.dictionaries(st.integers(0, 3) | NUMBERS, st.booleans(), max_size=22),
        }
    ),
    max_size=60,
)


def of_these(session, form: list[dict[str, object]]) -> list[dict[str, object]]:
    """Form of drills by their place in the session, or of a drill that it lacks."""
    names = [item.id for item in session.items]
    return [
        one | {"item": names[one["item"] % len(names)] if isinstance(one["item"], int) else one["item"]}
        for one in form
    ]


@settings(deadline=None, max_examples=60)
@given(form=FORM)
def test_whatever_is_told_of_form_what_hurts_is_recorded(planned, session, form) -> None:
    told = hurt(session, pain=(GROIN,)).model_dump(mode="json") | {"form": of_these(session, form)}
    given = {"key": "0000000a", "mark": MARK, "reference": session.reference, "played": told}
    (log,) = logs(took(planned, coach.HandIn.model_validate(given)))

    assert any(GROIN in done.pain for done in log.drills)


@pytest.mark.parametrize("times", [(21, 1), (2, 11), (1, 20)], ids=str)
def test_more_told_of_form_than_is_kept_is_cut_and_a_yes_stays(planned, session, times) -> None:
    often, faults = times
    first = session.items[0].id
    side = next(cue.side for cue in session.cues if cue.item == first and cue.set)
    told = hurt(session, pain=(GROIN,)).model_dump(mode="json")
    told["form"] = [
        {"item": first, "side": side, "ended_by": [0] * faults, "answers": {number: number == often}}
        for number in range(often)
    ]
    (log,) = logs(took(planned, played(session, played=told)))

    done = next(done for done in log.drills if done.drill == session.items[0].drill and done.side == side)
    assert GROIN in done.pain
    assert done.form is not None
    assert 1 <= len(done.form.ended_by) <= 20


@pytest.mark.parametrize("version", ["2", "1", 1.0, True, None, 0.5, [], float("nan")], ids=repr)
def test_a_version_that_is_no_whole_number_is_refused(session, version) -> None:
    with pytest.raises(ValidationError, match="version"):
        played(session, version=version)


@pytest.mark.parametrize("version", [2, 2.0, float("inf")], ids=repr)
def test_a_newer_version_is_refused_with_what_to_do(session, version) -> None:
    with pytest.raises(UserError, match="Update Triplane"):
        played(session, version=version)


def doses(history: History) -> float:
    """How much of their full doses the drills get next, all together."""
    found = adaptation.adjust(history, catalogue.load(), LATER)
    return sum(one.dose_factor for one in found)


def test_a_session_skipped_to_its_end_says_how_little_of_it_was_done(planned, session) -> None:
    skipped = coach.Played(seconds=tuple(0.2 for _ in session.cues))
    told = coach.hand_in(planned, played(session, played=skipped), LATER)

    assert told.says == f"Recorded: 0 of {session.minutes:.0f} minutes. Most of it was not done."
    slot = next(one for one in coach.day(planned.plus(*told.facts), LATER).slots if one.done)
    assert (slot.mostly_skipped, round(slot.done_minutes)) == (True, 0)


def test_a_session_done_is_not_called_skipped(planned, session) -> None:
    told = coach.hand_in(planned, played(session), LATER)

    assert "skipped" not in told.says
    assert not any(one.mostly_skipped for one in coach.day(planned.plus(*told.facts), LATER).slots)


def laid_out(history: History, *names: str) -> coach.Session:
    """A session of these items of the week's plan, as a device would have it."""
    plan = history.issued_plan(NOW.date() - timedelta(days=NOW.weekday()))
    assert plan is not None
    items = tuple(item for name in names for item in plan.items if item.id == name)
    slot = next(slot for slot in plan.slots if slot.id == items[0].slot)
    drills = {item.drill: catalogue.load_one(item.drill) for item in items}
    return laying_out(slot, items, drills).model_copy(update={"plan": plan.id})


def slots_ahead(history: History, now: datetime) -> list[tuple[Slot, list[str]]]:
    """The slots of the week that open only later, with their items."""
    plan = history.issued_plan(NOW.date() - timedelta(days=NOW.weekday()))
    assert plan is not None
    ahead = [slot for slot in plan.slots if slot.starts_at > now + timedelta(hours=13)]
    held = [(slot, [item.id for item in plan.items if item.slot == slot.id]) for slot in ahead]
    return [(slot, items) for slot, items in held if items]


def test_a_session_that_lies_ahead_is_not_counted_before_its_time(planned) -> None:
    ahead = [laid_out(planned, *items) for _, items in slots_ahead(planned, LATER)]
    assert len(ahead) >= 2
    for number, session in enumerate(ahead):
        with pytest.raises(UserError, match=r"lies ahead; it can be done and logged from \w+day"):
            coach.hand_in(planned, played(session, f"0000000{number}-a"), LATER)

    opens = slots_ahead(planned, LATER)[0][0].starts_at - timedelta(hours=12)
    (log,) = logs(took(planned, played(ahead[0], ended_at=opens), opens))
    assert log.slot == ahead[0].slot
    assert log.minutes > 0


def test_a_device_whose_clock_is_a_little_ahead_loses_no_work(planned) -> None:
    slot, items = slots_ahead(planned, LATER)[0]
    early = slot.starts_at - timedelta(hours=12, minutes=40)

    (log,) = logs(took(planned, played(laid_out(planned, *items), ended_at=early), early))
    assert log.slot == slot.id


def test_a_session_of_an_earlier_plan_is_held_to_the_time_it_had_there(planned, session) -> None:
    assert logs(took(replanned(planned), played(session)))[0].minutes > 0


@pytest.mark.parametrize("told", ["pain", "a yes", "both"])
def test_what_hurt_in_a_session_that_lies_ahead_is_kept_and_its_work_is_not(planned, told) -> None:
    ahead = laid_out(planned, *slots_ahead(planned, LATER)[0][1])
    felt = {} if told == "a yes" else {"played": hurt(ahead, pain=(GROIN,))}
    yes = {} if told == "pain" else {"readiness": {"new_pain": True}}
    found = coach.hand_in(planned, played(ahead, **felt, **yes), LATER)
    after = planned.plus(*found.facts)

    assert "lies ahead" in found.says
    assert [log.minutes for log in logs(after)] == ([] if told == "a yes" else [0])
    assert coach.clearance(after, LATER).is_blocked or asked_again(after, LATER)
    assert coach.session_to_tell_of(after, LATER) == coach.session_to_tell_of(planned, LATER)


def test_whoever_is_stopped_is_counted_nothing_out_loud(planned, session) -> None:
    stopped = planned.plus(record(STUCK, "me", NOW + timedelta(hours=1)))

    assert coach.counted_then(planned, session.reference, played(session).played, LATER)
    assert coach.counted_then(stopped, session.reference, played(session).played, LATER) == ()


def test_an_item_counts_once_however_often_it_is_named(planned, session) -> None:
    twice = session.reference.model_dump(mode="json") | {"items": [session.reference.items[0]] * 3}
    with pytest.raises(ValidationError, match="once"):
        played(session, reference=twice)


def test_items_of_two_sessions_are_no_session(planned, session) -> None:
    plan = planned.issued_plan(NOW.date() - timedelta(days=NOW.weekday()))
    other = next(item.id for item in plan.items if item.slot != session.slot)
    mixed = session.reference.model_copy(update={"items": (*session.reference.items, other), "cues": ""})
    with pytest.raises(UserError, match="one session"):
        coach.hand_in(planned, played(session, reference=mixed), LATER)
    with pytest.raises(UserError, match="one session"):
        coach.counted_then(planned, mixed, played(session).played, LATER)

    found = coach.hand_in(planned, played(session, reference=mixed, readiness={"new_pain": True}), LATER)
    assert coach.clearance(planned.plus(*found.facts), LATER).is_blocked
    assert logs(planned.plus(*found.facts)) == []


KNEE = Feeling(region=BodyRegion.KNEE, score=2, kind=FeelingKind.JOINT, side=coach.Side.LEFT)


def told_after(session, item: str, *pain: Feeling) -> coach.HandIn:
    """A session played to its end, and what was told of it afterwards."""
    stop = coach.Interruption(item=item, pain=pain)
    seconds = tuple(cue.seconds for cue in session.cues)
    return played(session, played=coach.Played(seconds=seconds, interruptions=(stop,)))


def test_pain_of_which_nobody_can_say_in_which_drill_is_kept_and_blames_none(planned, session) -> None:
    found = took(planned, told_after(session, UNKNOWN_DRILL, GROIN))

    (log,) = logs(found)[-1:]
    assert [done.drill for done in log.drills if done.pain] == [UNKNOWN_DRILL]
    assert asked_again(found, LATER)
    assert (
        UNKNOWN_DRILL.replace("_", " ")
        not in coach.facts_told(found, None, 1, LATER)[0].says.split("hurt")[0]
    )


def test_however_little_hurt_in_no_drill_that_is_known_none_of_the_session_grows(planned, session) -> None:
    found = took(planned, told_after(session, UNKNOWN_DRILL, KNEE))
    worked = {done.drill for done in logs(found)[-1].drills} - {UNKNOWN_DRILL}
    held = adaptation.events_of(found, catalogue.load(), LATER)

    for (drill, _), events in held.items():
        if drill in worked:
            assert max(one.consequence.response for one in events) is not adaptation.Response.ADVANCE, drill


def test_what_is_told_after_the_session_of_a_drill_counts_on_the_side_where_it_hurt(planned, session) -> None:
    each = {name for name, drill in catalogue.load().items() if drill.dose.sides == "each"}
    item = next(one for one in session.items if one.left and one.right and one.drill in each)
    found = took(planned, told_after(session, item.id, KNEE))

    assert {done.side for done in logs(found)[-1].drills if done.pain} == {coach.Side.LEFT}
