"""Who may see and do what follows from the runner's own facts, and from nothing else."""

from datetime import datetime, timedelta

import pytest

from cast import MONDAY
from triplane import coach
from triplane.coach.sharing import MAY, Viewer, viewer
from triplane.errors import UserError
from triplane.history import (
    AssistantLetIn,
    ClearanceRecorded,
    ClearedBy,
    ConsentEnded,
    ConsentGiven,
    DefaultChanged,
    DrillChosen,
    Fact,
    History,
    NoteWritten,
    RestrictionTightened,
    SharedAs,
    SlotMoved,
    record,
)
from triplane.history.upgrades import upgraded
from triplane.value import Value

COACH, PHYSIO = "r-coach", "r-physio"
COACH_MAY = {"look", "note", "tighten", "plan", "hand on", "choose"}


def given(to: str = COACH, role: SharedAs = SharedAs.COACH) -> ConsentGiven:
    return ConsentGiven(to=to, called="Cara Coach", role=role, deeds=coach.asked_for(role))


def given_before_plans(to: str = COACH, role: SharedAs = SharedAs.COACH) -> ConsentGiven:
    """A consent as it was written when it did not say to what."""
    old = {"to": to, "called": "Cara Coach", "role": role.value}
    return ConsentGiven.model_validate(upgraded("consent_given", 1, old))


def history(*bodies: Value, author: str = "runner", back: bool = False) -> History:
    """Facts in the order they were recorded; ``back`` sets the clock back by an hour before each."""
    facts: list[Fact] = []
    for number, body in enumerate(bodies, start=1):
        at = MONDAY + timedelta(hours=-number if back else number)
        fact = record(body, "anna", at, author=author, origin_key=str(number))
        facts.append(fact.model_copy(update={"seq": number}))
    return History("anna", tuple(facts))


def allowed(found: History, who: str | None) -> set[str]:
    return {deed.value for deed in coach.Deed if coach.may(found, who, deed)}


def test_nobody_sees_anything_who_was_not_let_in() -> None:
    for who in (None, COACH, "", "anna "):
        assert allowed(history(), who) == set()
    assert allowed(history(given()), PHYSIO) == set()


def test_the_runner_may_everything() -> None:
    assert allowed(history(), "anna") == {deed.value for deed in coach.Deed}


def test_a_coach_looks_notes_and_makes_careful_and_loosens_nothing() -> None:
    assert allowed(history(given()), COACH) == COACH_MAY


@pytest.mark.parametrize("role", [SharedAs.PHYSIOTHERAPIST, SharedAs.PHYSICIAN])
def test_a_professional_may_clear_too_and_tell_or_share_nothing(role: SharedAs) -> None:
    assert allowed(history(given(PHYSIO, role)), PHYSIO) == {*COACH_MAY, "clear"}


@pytest.mark.parametrize("back", [False, True])
def test_what_is_ended_is_ended_also_where_the_clock_was_set_back(back: bool) -> None:
    ended = ConsentEnded(to=COACH, called="Cara Coach")
    assert allowed(history(given(), ended, back=back), COACH) == set()
    assert viewer(history(given(), ended, back=back), COACH) is Viewer.ENDED
    assert allowed(history(given(), ended, given(), back=back), COACH) == COACH_MAY


def test_consent_is_given_once_and_ended_once_and_never_to_oneself() -> None:
    assert coach.consent(history(), COACH, "Cara Coach", SharedAs.COACH) == (given(),)
    assert coach.consent(history(given()), COACH, "Cara Coach", SharedAs.COACH) == ()
    assert coach.consent_ended(history(), COACH) == ()
    assert len(coach.consent_ended(history(given()), COACH)) == 1
    with pytest.raises(UserError, match="your own"):
        coach.consent(history(), "anna", "Anna", SharedAs.COACH)


def test_a_coach_who_comes_back_as_a_professional_asks_anew() -> None:
    [anew] = coach.consent(history(given()), COACH, "Cara Coach", SharedAs.PHYSIOTHERAPIST)
    found = history(given(), anew)
    assert "clear" in allowed(found, COACH)
    [only] = coach.consents(found)
    assert only.role is SharedAs.PHYSIOTHERAPIST


def test_a_consent_from_before_lets_nobody_change_defaults_or_times() -> None:
    """What a coach may do by now is not what a runner agreed to then."""
    for role, was in ((SharedAs.COACH, set[str]()), (SharedAs.PHYSICIAN, {"clear"})):
        found = history(given_before_plans(role=role))
        assert allowed(found, COACH) == {"look", "note", "tighten"} | was
        for body in (coach.changed_default("caps.new_drills", 1), SlotMoved(slot="x", to=MONDAY)):
            with pytest.raises(UserError, match="does not share"):
                coach.act(found, COACH, body)
        [one] = coach.consents(found)
        assert one.not_agreed == (coach.Deed.PLAN, coach.Deed.HAND_ON, coach.Deed.CHOOSE)


def test_whoever_was_let_in_before_drills_could_be_chosen_chooses_none_until_the_runner_agrees() -> None:
    before = given().model_copy(update={"deeds": tuple(d for d in given().deeds if d != coach.Deed.CHOOSE)})
    wanted = DrillChosen(drill="own_hip_cars", wanted=True, until=MONDAY.date())
    with pytest.raises(UserError, match="does not share"):
        coach.act(history(before), COACH, wanted)
    [more] = coach.agreed_to_more(history(before), COACH)
    assert coach.act(history(before, more), COACH, wanted) == (wanted,)


def test_the_runner_agrees_to_more_by_a_word_of_their_own_and_once() -> None:
    before = given_before_plans()
    [more] = coach.agreed_to_more(history(before), COACH)
    found = history(before, more)
    assert allowed(found, COACH) == COACH_MAY
    [one] = coach.consents(found)
    assert (one.since, one.not_agreed) == (found.facts[0], ())
    assert coach.agreed_to_more(found, COACH) == ()
    ended = history(before, ConsentEnded(to=COACH, called="Cara Coach"))
    assert coach.agreed_to_more(ended, COACH) == ()
    assert coach.agreed_to_more(history(), COACH) == ()


def test_a_word_that_names_more_than_a_role_may_gives_no_more() -> None:
    all_of_it = given().model_copy(update={"deeds": tuple(coach.Deed)})
    assert allowed(history(all_of_it), COACH) == COACH_MAY


HELPER = "r-helper"


def with_assistant(*after: Value) -> History:
    let_in = history(given())
    [yes] = coach.assistant_let_in(let_in, HELPER, "Ben", COACH)
    return history(given(), yes, *after)


def test_an_assistant_looks_and_writes_notes_and_nothing_else() -> None:
    found = with_assistant()
    assert allowed(found, HELPER) == {"look", "note"}
    for body in (
        coach.changed_default("caps.new_drills", 1),
        RestrictionTightened(tag="fai"),
        ClearanceRecorded(who="Ben", role=ClearedBy.PHYSICIAN, given_on=MONDAY.date(), scope=("H01",)),
        SlotMoved(slot="x", to=MONDAY),
        DrillChosen(drill="own_hip_cars", wanted=False, until=MONDAY.date()),
    ):
        with pytest.raises(UserError, match="does not share"):
            coach.act(found, HELPER, body)
    more = AssistantLetIn(to=HELPER, called="Ben", through=COACH, deeds=tuple(coach.Deed))
    assert allowed(history(given(), more), HELPER) == {"look", "note"}, "whatever a fact says"


def test_an_assistant_is_let_in_no_longer_than_the_coach_and_comes_back_with_nobody() -> None:
    ended = ConsentEnded(to=COACH, called="Cara Coach")
    assert allowed(with_assistant(ended), HELPER) == set()
    assert viewer(with_assistant(ended), HELPER) is Viewer.ENDED
    again = with_assistant(ended, given())
    assert allowed(again, COACH) == COACH_MAY
    assert allowed(again, HELPER) == set()
    assert allowed(with_assistant(ConsentEnded(to=HELPER, called="Ben")), HELPER) == set()
    assert allowed(with_assistant(ConsentEnded(to=HELPER, called="Ben")), COACH) == COACH_MAY


def test_only_whoever_was_let_in_brings_an_assistant_and_only_that_coach_ends_it() -> None:
    found = with_assistant()
    assert coach.assistant_let_in(found, HELPER, "Ben", COACH) == ()
    for who, through in (("r-third", PHYSIO), ("anna", COACH), ("r-third", HELPER)):
        assert coach.assistant_let_in(found, who, "Ben", through) == ()
    made_up = AssistantLetIn(to=HELPER, called="Ben", through=PHYSIO, deeds=(coach.Deed.LOOK,))
    assert allowed(history(given(), made_up), HELPER) == set(), "through nobody who was let in"
    assert coach.assistance_ended(found, HELPER, PHYSIO) == ()
    assert len(coach.assistance_ended(found, HELPER, COACH)) == 1


def test_what_others_did_is_told_with_who() -> None:
    noted = record(NoteWritten(text="Well done."), "anna", MONDAY, author=coach.author_of(COACH))
    found = history(given()).plus(noted.model_copy(update={"seq": 9}))
    assert [(one.who, one.fact.body) for one in coach.done_by_others(found, MONDAY)] == [
        ("Cara Coach", NoteWritten(text="Well done."))
    ]
    with pytest.raises(UserError, match="does not share"):
        coach.refuse_unless(found, COACH, coach.Deed.CLEAR)


def test_what_is_added_is_decided_by_the_facts_that_it_is_added_to() -> None:
    note = NoteWritten(text="Well done.")
    assert coach.act(history(given()), COACH, note) == (note,)
    ended = history(given(), ConsentEnded(to=COACH, called="Cara Coach"))
    with pytest.raises(UserError, match="does not share"):
        coach.act(ended, COACH, note)
    with pytest.raises(UserError, match="the runner alone"):
        coach.act(history(given()), COACH, given(PHYSIO))


def test_a_clearance_stands_in_the_name_and_role_that_was_consented_to() -> None:
    def word(who: str, role: ClearedBy) -> ClearanceRecorded:
        return ClearanceRecorded(who=who, role=role, given_on=MONDAY.date(), scope=("H01",))

    own = word("Cara Coach", ClearedBy.PHYSIOTHERAPIST)
    found = history(given(PHYSIO, SharedAs.PHYSIOTHERAPIST))
    assert coach.act(found, PHYSIO, own) == (own,)
    for other in (word("Dr Else", ClearedBy.PHYSIOTHERAPIST), word("Cara Coach", ClearedBy.PHYSICIAN)):
        with pytest.raises(UserError, match="name and role"):
            coach.act(found, PHYSIO, other)
    with pytest.raises(UserError, match="does not share"):
        coach.act(history(given()), COACH, own)


def test_nothing_is_recorded_where_the_sharing_ends_between_asking_and_recording(marathoner) -> None:
    practice = marathoner.practice
    practice.record(given())

    def ended_meanwhile(found: History, now: datetime) -> tuple[Value, ...]:
        body = coach.act(found, COACH, NoteWritten(text="Well done."))
        practice.record(ConsentEnded(to=COACH, called="Cara Coach"))
        return body

    with pytest.raises(UserError, match="does not share"):
        practice.decide(ended_meanwhile, author=coach.author_of(COACH))
    assert practice.history().facts_of(NoteWritten) == ()


def test_every_viewer_stands_in_the_table() -> None:
    assert set(MAY) == set(Viewer)
    assert all(coach.Deed.SHARE not in may for viewer, may in MAY.items() if viewer is not Viewer.RUNNER)


def test_a_default_that_a_coach_set_says_by_whom_until_the_runner_sets_it() -> None:
    body = coach.changed_default("caps.new_drills", 1)
    assert coach.act(history(given()), COACH, body) == (body,)
    by_coach = record(body, "anna", MONDAY, author=coach.author_of(COACH), origin_key="7")
    found = history(given()).plus(by_coach.model_copy(update={"seq": 8}))
    [set_by] = [one.set_by for one in coach.defaults(found) if one.key == "caps.new_drills"]
    assert set_by == "Cara Coach"
    own = record(coach.changed_default("caps.new_drills", 3), "anna", MONDAY, origin_key="9")
    after = found.plus(own.model_copy(update={"seq": 9}))
    assert {one.set_by for one in coach.defaults(after)} == {""}


STRICTER = {
    "new_drills": -1,
    "full_session_fatigue": -1,
    "rest_day_fatigue": -1,
    "micro_stage3_a_day": -1,
    "micro_a_day": -1,
    "micro_apart_h": 1,
    "stage3_plus_a_day": -1,
    "own_within_h": -1,
    "key_guard_h": 1,
    "new_guard_h": 1,
    "end_range_min_a_session": -1,
    "prerun_hold_s": -1,
    "transition_s": 1,
    "spread_days": 1,
}
"""Which way each default is stricter, as a coach would say it."""


def test_every_default_has_a_direction() -> None:
    assert {f"caps.{name}" for name in STRICTER} == {one.key for one in coach.defaults(history())}


@pytest.mark.parametrize("role", [one for one in SharedAs if one is not SharedAs.ASSISTANT])
@pytest.mark.parametrize("name", STRICTER)
def test_whoever_was_let_in_makes_a_default_stricter_and_never_looser(name: str, role: SharedAs) -> None:
    key, stricter = f"caps.{name}", STRICTER[name]
    ours = next(one.ours for one in coach.defaults(history()) if one.key == key)
    found = history(given(role=role))
    for value in (ours, ours + stricter):
        body = coach.changed_default(key, value)
        assert coach.act(found, COACH, body) == (body,)
    with pytest.raises(UserError, match="only the runner loosens"):
        coach.act(found, COACH, coach.changed_default(key, ours - stricter))

    by_runner = coach.changed_default(key, ours + stricter)
    set_by_her = history(given(role=role), by_runner)
    for back in (ours, None):
        with pytest.raises(UserError, match="only the runner loosens"):
            coach.act(set_by_her, COACH, coach.changed_default(key, back))
    loose = history(given(role=role), coach.changed_default(key, ours - stricter))
    assert coach.act(loose, COACH, coach.changed_default(key, None))
    assert coach.act(loose, "anna", coach.changed_default(key, ours - 2 * stricter))


@pytest.mark.parametrize(
    "key", ["caps.weekly_minutes", "caps.session_minutes", "new_drills", "caps.caps.new_drills"]
)
@pytest.mark.parametrize("value", [1, 85, None])
def test_what_the_runner_says_of_a_week_is_no_default_for_anybody_else(key: str, value: float | None) -> None:
    with pytest.raises(UserError, match="told by the runner alone"):
        coach.act(history(given()), COACH, DefaultChanged(key=key, value=value))


def test_a_value_that_a_default_cannot_take_stays_on_record_and_speaks_nowhere() -> None:
    told = history(given(), DefaultChanged(key="caps.new_drills", value=-5))

    (shown,) = (one for one in coach.defaults(told) if one.key == "caps.new_drills")
    assert (shown.value, shown.set_by) == (shown.ours, "")
    with pytest.raises(UserError, match=f"set it to {shown.ours:g} or less"):
        coach.act(told, COACH, coach.changed_default("caps.new_drills", shown.ours + 1))
    assert coach.act(told, COACH, coach.changed_default("caps.new_drills", shown.ours - 1))


def test_only_the_runner_keeps_a_preference_off() -> None:
    move = SlotMoved(slot="x", to=MONDAY)
    assert coach.act(history(given()), COACH, move) == (move,)
    with pytest.raises(UserError, match="only the runner"):
        coach.act(history(given()), COACH, move.model_copy(update={"despite": ("key_guard",)}))
    with pytest.raises(UserError, match="does not share"):
        coach.act(history(), COACH, move)
