"""What is said and shown in a moment of the work is what the figure does in it, for every drill."""

import re
from collections.abc import Callable, Iterator

import pytest

from triplane.body import Pose, Side
from triplane.catalogue import Drill, SidesWorked, load, prescribe
from triplane.coach import Cue, CueKind
from triplane.coach.cue_words import all_words
from triplane.coach.laying import item_cues
from triplane.evidence import Reason
from triplane.history import PlanItem

EVERY = load()
REASON = Reason(rule="R16", says="Your left hip turns in less.")


def _up(degrees: tuple[float, float, float]) -> bool:
    return max(map(abs, degrees)) > 90


def right_arm_up(pose: Pose) -> bool:
    return _up(pose.shoulder_right_deg) and not _up(pose.shoulder_left_deg)


def left_arm_up(pose: Pose) -> bool:
    return _up(pose.shoulder_left_deg) and not _up(pose.shoulder_right_deg)


SHOWN: dict[str, Callable[[Pose], bool]] = {
    r"arm on (the kneeling|that) side (up|overhead)": right_arm_up,
    r"over with the other arm": left_arm_up,
    r"may reach the other arm": right_arm_up,
    r"arm of the (back-leg|stepping) side": left_arm_up,
    r"both arms (up|overhead)": lambda pose: _up(pose.shoulder_right_deg) and _up(pose.shoulder_left_deg),
    r"[Rr]each both arms (down|low)": lambda pose: not _up(pose.shoulder_right_deg),
    r"hip turns out": lambda pose: pose.hip_right_deg[2] > 5,
    r"hip turns in\b": lambda pose: pose.hip_right_deg[2] < -5,
    r"[Oo]pen the pelvis|open it out to the side": lambda pose: pose.hip_right_deg[2] > 5,
    r"Close it slowly towards the standing leg": lambda pose: pose.hip_right_deg[2] < 0,
    r"working knee up (towards|past)": lambda pose: pose.hip_right_deg[0] > 80,
    r"back heel towards your seat": lambda pose: pose.knee_deg[1] > 60 or pose.knee_deg[0] > 60,
}
"""Words of a step, and what a pose shows while it is said, right side working."""


def laid(drill: Drill, is_new: bool) -> tuple[Cue, ...]:
    dose = prescribe(drill, 2)
    item = PlanItem(
        id="i", slot="s", order=0, drill=drill.id, left=dose, right=dose, minutes=3, first_exposure=is_new,
        reasons=(REASON,),
    )  # fmt: skip
    return item_cues(item, drill)


def words_at_work(drill: Drill) -> Iterator[tuple[Cue, str, int]]:
    """Yield each step that is said or shown in a moment of work, with its number."""
    words = all_words(
        PlanItem(id="i", slot="s", order=0, drill=drill.id, minutes=3, first_exposure=True, reasons=(REASON,),
                 left=prescribe(drill, 2)),
        drill,
    )  # fmt: skip
    for is_new in (True, False):
        for cue in laid(drill, is_new):
            for number, step in enumerate(drill.steps):
                if cue.is_work and (step in cue.says or step in {words[line] for line in cue.shows}):
                    yield cue, step, number


def pose_led_to(drill: Drill, cue: Cue) -> Pose:
    """The pose that the player's figure is in at the end of a moment of work."""
    if cue.pose:
        return next(pose for pose in drill.pose if pose.key == cue.pose)
    return drill.pose[0 if cue.is_way_back else -1]


@pytest.mark.parametrize("name", sorted(EVERY))
def test_a_step_is_said_and_shown_only_in_the_part_of_a_repetition_that_it_belongs_to(name: str) -> None:
    drill = EVERY[name]
    assert drill.when, "the file says of each step which part it belongs to"
    for cue, step, number in words_at_work(drill):
        when = drill.when[number]
        if not when:
            continue
        kind, _, pose = when.partition(" ")
        fits = {
            "there": cue.kind is CueKind.MOVE and not cue.is_way_back,
            "hold": cue.kind is CueKind.HOLD or (cue.kind is CueKind.MOVE and not cue.is_way_back),
            "back": cue.is_way_back,
            "to": cue.pose == pose and cue.kind is CueKind.MOVE,
            "at": cue.pose == pose,
            "phase": kind == "phase" and cue.does == drill.dose.phases[int(pose or 1) - 1].do,
        }
        assert fits[kind], f"{cue.kind} {cue.rep} {cue.pose}: {step}"


@pytest.mark.parametrize("name", sorted(EVERY))
def test_an_arm_a_side_or_a_turn_that_is_said_is_what_the_figure_shows(name: str) -> None:
    drill = EVERY[name]
    for cue, step, number in words_at_work(drill):
        for words, shows in SHOWN.items():
            if drill.when[number] and re.search(words, step):
                pose = pose_led_to(drill, cue)
                assert shows(pose), f"{pose.key} while it is said: {step}"


@pytest.mark.parametrize("name", [name for name, drill in EVERY.items() if drill.halves])
def test_both_ends_of_a_drill_that_goes_from_one_to_the_other_have_their_time(name: str) -> None:
    drill = EVERY[name]
    first = [cue for cue in laid(drill, is_new=False) if (cue.set, cue.rep) == (1, 1) and cue.is_work]
    seconds = {
        end: [cue.seconds for cue in first if cue.pose == end and cue.side is first[0].side]
        for end in drill.halves or ()
    }
    out, pause, back, low = drill.dose.tempo_s

    assert list(seconds.values()) == [[s for s in half if s] for half in ((out, pause), (back, low))]


@pytest.mark.parametrize("name", sorted(EVERY))
@pytest.mark.parametrize("is_new", [True, False])
def test_the_side_is_seen_and_said_before_one_gets_into_place(name: str, is_new: bool) -> None:
    drill = EVERY[name]
    cues = laid(drill, is_new)
    before = cues[: next(number for number, cue in enumerate(cues) if cue.kind is CueKind.GET_READY)]
    if drill.dose.sides is SidesWorked.EACH:
        assert {cue.side for cue in before} == {Side.LEFT}
        assert before[0].says.endswith(" Left side.")
    else:
        assert {cue.side for cue in before} == {None}
