"""The player reads the clock, hears the keys, and counts what was really done."""

import io
from datetime import UTC, datetime

import pytest

from triplane.catalogue import load_one
from triplane.cli.player import KEYS, Player
from triplane.coach import (
    CueKind,
    Interruption,
    Played,
    Session,
    SessionAnswers,
    drills_done,
    logged_session,
    stops_session,
    what_follows,
)
from triplane.coach.cues import session
from triplane.evidence import Reason
from triplane.history import (
    BodyRegion,
    Context,
    DrillDone,
    Feeling,
    FeelingKind,
    Plan,
    PlanItem,
    Prescription,
    Sign,
    Slot,
)

SLOT = Slot(
    id="2026-11-23/rest_day/1",
    starts_at=datetime(2026, 11, 23, 18, tzinfo=UTC),
    context=Context.REST_DAY,
    minutes=15,
)
DOSE = Prescription(
    sets=2, reps=3, hold_s=4, tempo_s=(2, 0, 2, 0), rest_s=20, setup_s=15, work_s=48, total_s=85
)


def item(drill: str, order: int = 0) -> PlanItem:
    why = Reason(rule="R16", says="Your left hip turns in less.")
    return PlanItem(
        id=f"i{order}",
        slot=SLOT.id,
        drill=drill,
        order=order,
        left=DOSE,
        right=DOSE,
        minutes=3,
        reasons=(why,),
    )


def quad_band() -> Session:
    return session(SLOT, (item("mob_quad_band"),), {"mob_quad_band": load_one("mob_quad_band")})


class Room:
    """A room with its own clock: sleeping moves it on, keys are pressed at given seconds."""

    def __init__(self, keys: dict[float, str] | None = None) -> None:
        self.time, self.keys = 0.0, dict(keys or {})

    def sleep(self, seconds: float) -> None:
        self.time += seconds

    def read_key(self) -> str:
        due = [at for at in sorted(self.keys) if at <= self.time]
        return self.keys.pop(due[0]) if due else ""

    def play(
        self,
        played: Session,
        pain: tuple[Feeling, ...] = (),
        signs: tuple[Sign, ...] = (),
        columns: int = 80,
    ) -> tuple[Played, str]:
        out = io.StringIO()
        player = Player(
            session=played,
            clock=lambda: self.time,
            sleep=self.sleep,
            read_key=self.read_key,
            out=out,
            ask_pain=lambda cue: Interruption(item=cue.item, side=cue.side, pain=pain, signs=signs),
            columns=columns,
        )
        return player.play(), out.getvalue()


def seconds_until(played: Session, kind: CueKind) -> float:
    total = 0.0
    for cue in played.cues:
        if cue.kind is kind:
            return total
        total += cue.seconds
    raise AssertionError(kind)


def test_a_session_played_to_the_end_counts_every_repetition_on_both_sides() -> None:
    played, said = Room().play(quad_band())

    left, right = drills_done(quad_band(), played)
    assert (left.clean_reps, right.clean_reps) == (6, 6)
    assert (left.sets_done, left.sets_asked) == (2, 2)
    assert left.work_s == 48
    assert "Switch. Now right." in said


def test_a_pause_stops_the_clock() -> None:
    plain = Room()
    plain.play(quad_band())
    paused = Room({30.0: " ", 130.0: " "})
    played, _ = paused.play(quad_band())

    assert pytest.approx(plain.time + 100, abs=1) == paused.time
    assert sum(done.clean_reps or 0 for done in drills_done(quad_band(), played)) == 12


def test_too_much_leaves_the_drill_on_both_sides_and_is_remembered() -> None:
    at = seconds_until(quad_band(), CueKind.HOLD) + 1
    played, said = Room({at: "t"}).play(quad_band())

    [done] = drills_done(quad_band(), played)
    assert done.too_much
    assert not done.skipped
    assert done.clean_reps == 0
    assert "lower the dose" in said


def test_next_leaves_one_side_and_the_other_is_still_done() -> None:
    at = seconds_until(quad_band(), CueKind.GET_READY) + 1
    played, _ = Room({at: "n"}).play(quad_band())

    done = {entry.side: entry for entry in drills_done(quad_band(), played)}
    assert done["right"].clean_reps == 6
    assert "left" not in done or done["left"].skipped


def test_stopping_leaves_the_rest_undone() -> None:
    played, _ = Room({1.0: "q"}).play(quad_band())

    assert drills_done(quad_band(), played) == ()


def test_a_late_wake_up_does_not_stretch_a_rest() -> None:
    """A phone that dozes for ten seconds of a twenty-second rest still rests for twenty."""
    into_rest = seconds_until(quad_band(), CueKind.REST) + 3

    class Dozing(Room):
        dozed = False

        def sleep(self, seconds: float) -> None:
            doze = self.time > into_rest and not self.dozed
            self.dozed = self.dozed or doze
            super().sleep(seconds + (10 if doze else 0))

    awake, dozing = Room(), Dozing()
    awake.play(quad_band())
    dozing.play(quad_band())

    assert dozing.dozed
    assert pytest.approx(awake.time, abs=1) == dozing.time


def feeling(score: int, kind: FeelingKind, region: BodyRegion = BodyRegion.KNEE) -> Feeling:
    return Feeling(score=score, kind=kind, region=region)


STOPPING = [
    Interruption(item="i0", pain=(feeling(4, FeelingKind.JOINT),)),
    Interruption(item="i0", pain=(feeling(9, FeelingKind.MUSCLE, BodyRegion.GROIN),)),
    Interruption(item="i0", pain=(feeling(1, FeelingKind.NERVE),)),
    *(Interruption(item="i0", signs=(sign,)) for sign in Sign),
]


@pytest.mark.parametrize("met", STOPPING, ids=str)
def test_a_stop_sign_or_joint_pain_above_3_ends_a_session(met: Interruption) -> None:
    assert stops_session(met)
    assert what_follows(met)


@pytest.mark.parametrize(
    "met",
    [
        Interruption(item="i0", too_much=True),
        Interruption(item="i0", pain=(feeling(3, FeelingKind.JOINT),)),
        Interruption(item="i0", pain=(feeling(8, FeelingKind.MUSCLE),)),
    ],
    ids=str,
)
def test_sore_muscles_and_too_much_end_only_the_drill(met: Interruption) -> None:
    assert not stops_session(met)


def two_drills() -> Session:
    names = ("mob_quad_band", "mob_9090_switch")
    items = tuple(item(name, order) for order, name in enumerate(names))
    return session(SLOT, items, {name: load_one(name) for name in names})


@pytest.mark.parametrize(
    ("pain", "signs"),
    [((feeling(9, FeelingKind.JOINT, BodyRegion.GROIN),), ()), ((), (Sign.GIVING_WAY,))],
)
def test_severe_pain_in_the_first_drill_leaves_the_second_unplayed(
    pain: tuple[Feeling, ...], signs: tuple[Sign, ...]
) -> None:
    at = seconds_until(two_drills(), CueKind.HOLD) + 1
    played, _ = Room({at: "p"}).play(two_drills(), pain, signs)

    [done] = drills_done(two_drills(), played)
    assert (done.drill, done.pain, done.signs) == ("mob_quad_band", pain, signs)
    assert sum(s for cue, s in zip(two_drills().cues, played.seconds, strict=True) if cue.item == "i1") == 0


def test_a_sore_muscle_leaves_its_drill_and_the_next_one_is_played() -> None:
    at = seconds_until(two_drills(), CueKind.HOLD) + 1
    played, _ = Room({at: "p"}).play(two_drills(), (feeling(5, FeelingKind.MUSCLE),))

    assert {done.drill for done in drills_done(two_drills(), played)} == {"mob_quad_band", "mob_9090_switch"}


def test_a_sign_met_while_setting_up_is_kept_though_no_work_was_done() -> None:
    played, _ = Room({1.0: "p"}).play(quad_band(), signs=(Sign.DIZZINESS_OR_CHEST,))

    done = drills_done(quad_band(), played)
    assert {sign for entry in done for sign in entry.signs} == {Sign.DIZZINESS_OR_CHEST}
    assert not any(entry.skipped or entry.work_s for entry in done)


def test_what_is_changed_for_the_runner_stands_above_the_drills_own_words() -> None:
    changed = item("mob_quad_band").model_copy(update={"how": ("Leave out the push.", "Stay short.")})
    cues = session(SLOT, (changed,), {"mob_quad_band": load_one("mob_quad_band")}).cues
    told = [cue.says for cue in cues if cue.kind in (CueKind.SET_UP, CueKind.STEP)]
    sets = [cue.says for cue in cues if cue.kind is CueKind.GET_READY]

    assert told[0] == "Do it like this: Leave out the push. Stay short."
    assert sum("Do it like this" in says for says in told) == 1
    assert all("Leave out" in s or "Stay short" in s for s in sets)


def test_a_spoken_line_lasts_as_long_as_it_takes_to_say() -> None:
    new = item("mob_quad_band").model_copy(update={"first_exposure": True})
    cues = session(SLOT, (new,), {"mob_quad_band": load_one("mob_quad_band")}).cues
    spoken = [cue for cue in cues if cue.kind in (CueKind.SET_UP, CueKind.STEP, CueKind.FEELING)]

    assert spoken
    assert all(cue.seconds >= max(2.5, 0.36 * len(cue.says.split())) - 0.05 for cue in spoken)


def test_a_hold_left_just_before_its_end_is_work_stopped_early_not_a_skipped_drill() -> None:
    dose = Prescription(sets=1, reps=1, hold_s=45, rest_s=0, setup_s=15, work_s=45, total_s=60)
    held = item("mob_quad_band").model_copy(update={"left": dose, "right": None})
    played_session = session(SLOT, (held,), {"mob_quad_band": load_one("mob_quad_band")})
    at = seconds_until(played_session, CueKind.HOLD) + 40
    played, _ = Room({at: "q"}).play(played_session)

    [done] = drills_done(played_session, played)
    assert done.work_s == pytest.approx(40, abs=1)
    assert (done.skipped, done.stopped_early, done.sets_done) == (False, True, 0)


def test_sides_that_take_turns_are_counted_per_side_by_the_player_and_by_hand() -> None:
    turns = item("int_wall_drive")
    played_session = session(SLOT, (turns,), {"int_wall_drive": load_one("int_wall_drive")})
    played, _ = Room().play(played_session)
    plan = Plan(id="p", week=SLOT.starts_at.date(), slots=(SLOT,), items=(turns,))

    [counted] = drills_done(played_session, played)
    [told] = logged_session(plan, SLOT.id, SessionAnswers()).drills
    assert (counted.reps_asked, counted.clean_reps, counted.work_s) == (6, 6, pytest.approx(48))
    assert (told.reps_asked, told.clean_reps, told.work_s) == (6, 6, 48)


def test_clean_and_done_are_two_numbers() -> None:
    plan = Plan(id="p", week=SLOT.starts_at.date(), slots=(SLOT,), items=(item("mob_quad_band"),))

    def left(**told: int) -> DrillDone:
        answers = {name: {"mob_quad_band": number} for name, number in told.items()}
        return logged_session(plan, SLOT.id, SessionAnswers.model_validate(answers)).drills[0]

    shaky, short, both = left(clean=4), left(reps=3), left(reps=5, clean=2)
    assert (shaky.clean_reps, shaky.work_s, shaky.stopped_early, shaky.sets_done) == (4, 48, False, 2)
    assert (short.clean_reps, short.work_s, short.stopped_early, short.sets_done) == (3, 24, True, 1)
    assert (both.clean_reps, both.work_s, both.stopped_early) == (2, 40, True)


def test_on_a_narrow_terminal_the_keys_are_named_once_and_the_clock_stays_on_its_line() -> None:
    _, said = Room().play(quad_band(), columns=40)
    counted = [
        part for line in said.splitlines() for part in line.split("\r") if part.rstrip().endswith(" s")
    ]

    assert said.count(KEYS) == 1
    assert counted
    assert max(len(line) for line in counted) < 40
    assert Room().play(quad_band(), columns=80)[1].count(KEYS) > 1
