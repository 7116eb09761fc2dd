"""What a session's cues say of sides and poses, for the eye as for the ear."""

import pytest

from cast import MONDAY
from triplane.body import Side
from triplane.catalogue import load, load_one, prescribe
from triplane.coach import CueKind, Played, Session, drills_done, takes_turns
from triplane.coach.cue_words import all_words, speak_s
from triplane.coach.cues import minutes_to_play, session
from triplane.coach.laying import item_cues
from triplane.evidence import Reason
from triplane.history import Context, PlanItem, Slot

TURNS = sorted(drill.id for drill in load().values() if takes_turns(drill))
PHASED = sorted(drill.id for drill in load().values() if drill.dose.phases)


def played_out(drill: str, is_new: bool = True, how: tuple[str, ...] = ()) -> Session:
    dose = prescribe(load_one(drill), 2)
    why = (Reason(rule="R16", says="Your left hip turns in less."),)
    item = PlanItem(
        id="i",
        slot="s",
        order=0,
        drill=drill,
        left=dose,
        right=dose,
        minutes=3,
        first_exposure=is_new,
        how=how,
        reasons=why,
    )
    slot = Slot(id="s", starts_at=MONDAY, context=Context.FULL_SESSION, minutes=20)
    return session(slot, (item,), {drill: load_one(drill)})


@pytest.mark.parametrize("drill", TURNS)
def test_the_sides_take_turns_repetition_by_repetition_left_first(drill: str) -> None:
    cues = played_out(drill).cues
    turns = {(cue.set, cue.rep): cue.turn for cue in cues if cue.rep}

    assert set(turns.values()) == {Side.LEFT, Side.RIGHT}
    assert all(turn is (Side.LEFT if rep % 2 else Side.RIGHT) for (_, rep), turn in turns.items())
    assert any("left first" in cue.says for cue in cues if cue.kind is CueKind.GET_READY)


@pytest.mark.parametrize("drill", TURNS)
def test_turns_are_recorded_as_one_drill_with_repetitions_per_side(drill: str) -> None:
    found = played_out(drill)
    (done,) = drills_done(found, Played(seconds=tuple(cue.seconds for cue in found.cues)))

    assert done.side is None
    assert done.clean_reps == done.reps_asked == max(cue.reps for cue in found.cues) // 2 * done.sets_asked


@pytest.mark.parametrize("drill", PHASED)
def test_every_phase_leads_the_figure_to_a_pose_and_a_round_shows_them_all(drill: str) -> None:
    keys = {pose.key for pose in load_one(drill).pose}
    shown = [cue.pose for cue in played_out(drill).cues if cue.kind is CueKind.HOLD]

    assert set(shown) == keys


def test_a_drill_of_each_side_has_no_turns() -> None:
    assert {cue.turn for cue in played_out("str_sl_rdl").cues} == {None}


def test_a_new_drill_is_taught_and_a_known_one_only_named() -> None:
    drill = load_one("mob_quad_band")
    taught = [cue.says for cue in played_out(drill.id).cues]
    named = [cue.says for cue in played_out(drill.id, is_new=False).cues]

    for line in (*drill.setup, *drill.steps, f"What you should feel: {drill.feel}"):
        assert sum(line in says for says in taught) == 1, line
    assert named[0] == taught[0]
    assert not any(line in says for line in (*drill.setup, *drill.steps) for says in named)
    assert named[1].startswith("Left side. "), "the side and one thing to mind come next"


@pytest.mark.parametrize("drill", sorted(load()))
def test_a_new_drill_is_taught_whole_and_once_while_it_is_done(drill: str) -> None:
    """Set-up before the first repetition, every step by the end of the first set, in order in each part."""
    found, words = load_one(drill), [cue.says for cue in played_out(drill).cues]
    said = " ".join(words)
    lines = (*found.setup, *found.steps)
    first_ends = next(
        (n for n, cue in enumerate(played_out(drill).cues) if cue.kind in (CueKind.REST, CueKind.SWITCH)),
        len(words),
    )

    assert all(line in said for line in lines)
    for part in {*found.when}:
        at = [said.index(line) for line, when in zip(found.steps, found.when, strict=True) if when == part]
        assert at == sorted(at), part
    assert [said.index(line) for line in found.setup] == sorted(said.index(line) for line in found.setup)
    assert all(line in " ".join(words[:first_ends]) for line in lines)
    assert said.count(found.feel) == 1


def test_each_step_is_said_where_it_belongs_and_the_clock_waits_for_it() -> None:
    drill = load_one("mob_quad_band")
    first = [cue for cue in played_out(drill.id).cues if (cue.set, cue.rep, cue.side) == (1, 1, "left")]
    out, hold, back = first

    assert out.says == " ".join(drill.steps[:3])
    assert (hold.says, back.says, back.is_way_back) == (drill.steps[3], drill.steps[4], True)
    assert all(cue.is_taught and cue.seconds >= speak_s(cue.says) - 1 for cue in first)


def test_a_drill_of_quick_repetitions_is_taught_one_step_a_repetition_where_time_is_short() -> None:
    drill = load_one("mob_swing_sagittal")
    dose = prescribe(drill, 1)
    why = (Reason(rule="R16", says="Your left hip turns in less."),)
    short = PlanItem(
        id="i", slot="s", order=0, drill=drill.id, left=dose, right=dose, minutes=1.2, first_exposure=True,
        reasons=why,
    )  # fmt: skip
    starts = [
        cue
        for cue in item_cues(short, drill)
        if cue.set == 1 and cue.rep in (1, 2, 3) and cue.says != "And back."
    ]

    assert [cue.says for cue in starts[:3]] == list(drill.steps)
    assert 60 * minutes_to_play(short) <= 1.3 * 60 * short.minutes


@pytest.mark.parametrize("drill", sorted(load()))
def test_beside_every_moment_of_work_stands_a_step_or_what_to_feel(drill: str) -> None:
    found = played_out(drill, is_new=False)
    words = all_words(found.items[0], load_one(drill))
    steps = {*load_one(drill).steps, words[-1]}
    shown = [{words[line] for line in cue.shows} for cue in found.cues if cue.is_work]

    assert all(shown)
    assert set().union(*shown) <= steps
    assert all(cue.shows for cue in found.cues if cue.kind in (CueKind.ANNOUNCE, CueKind.GET_READY))


def test_a_slow_first_repetition_counts_for_no_more_work_than_was_asked() -> None:
    found = played_out("mob_quad_band")
    done = drills_done(found, Played(seconds=tuple(cue.seconds for cue in found.cues)))

    assert [one.work_s for one in done] == [found.items[0].left.work_s, found.items[0].right.work_s]


def test_the_count_in_is_the_end_of_the_rest_and_not_more_of_it() -> None:
    cues = played_out("lm_lateral", is_new=False).cues
    rests = [(cue, cues[n + 1]) for n, cue in enumerate(cues) if cue.kind is CueKind.REST]
    asked = prescribe(load_one("lm_lateral"), 2).rest_s

    assert rests
    assert all(rest.seconds + ready.seconds == pytest.approx(asked) for rest, ready in rests)


def test_what_is_changed_for_the_runner_is_said_of_a_known_drill_too() -> None:
    known = played_out("mob_quad_band", is_new=False, how=("The hip stays below 90 degrees.",))

    assert sum("below 90 degrees" in cue.says for cue in known.cues) >= 2


@pytest.mark.parametrize("drill", sorted(load()))
def test_a_known_drill_still_leaves_time_to_get_into_place(drill: str) -> None:
    cues = played_out(drill, is_new=False).cues
    first = next(number for number, cue in enumerate(cues) if cue.rep)

    assert sum(cue.seconds for cue in cues[:first]) >= load_one(drill).dose.setup_s - 0.1


def test_a_session_says_the_minutes_it_takes_not_those_of_its_slot() -> None:
    found = played_out("mob_quad_band")

    assert found.minutes == pytest.approx(sum(cue.seconds for cue in found.cues) / 60)
    assert found.minutes < 20
    assert minutes_to_play(found.items[0]) == pytest.approx(found.minutes)
