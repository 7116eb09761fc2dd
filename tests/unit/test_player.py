"""The player reads the clock, hears the keys, and counts what was really done."""

import io
from datetime import UTC, datetime

import pytest

from triplane.catalogue import load_one
from triplane.cli.player import Player
from triplane.coach import CueKind, Interruption, Played, Session, drills_done, session
from triplane.evidence import Reason
from triplane.history import Context, PlanItem, Prescription, Slot

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

    def play(self, played: Session) -> tuple[Played, str]:
        out = io.StringIO()
        player = Player(
            session=played,
            clock=lambda: self.time,
            sleep=self.sleep,
            read_key=self.read_key,
            out=out,
            ask_pain=lambda cue: Interruption(item=cue.item, side=cue.side, too_much=True),
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
