"""A whole recording of a set: the same counts as live, values without lag, and what could not be seen."""

import re
from dataclasses import replace
from html import escape
from itertools import count, repeat
from math import pi, sin
from pathlib import Path

import pytest

from acting import Take, acted
from screening_cast import MORNING, screened
from triplane.body import Side
from triplane.catalogue import learnt, load_one
from triplane.coach import SetBook, eye_on
from triplane.formats.motion import (
    landmark_frame,
    landmark_line,
    read_landmarks,
    read_motion,
)
from triplane.formats.set_page import FOOT, HEIGHT, set_page
from triplane.movement import LandmarkFrame, Signal, View, Watch, analyse_form
from triplane.movement.form import report
from triplane.movement.form.counting import HoldClock
from triplane.movement.form.report import without_noise

DRILL = "str_step_down"
FLUNG = "mob_swing_sagittal"


def test_a_recording_is_counted_and_its_faults_are_named() -> None:
    fault = load_one(DRILL).fault[2].seen
    found = analyse_form(
        acted(DRILL, Take(repetitions=4, jitter=0.003), fault), learnt(load_one(DRILL)), Side.RIGHT
    )

    assert (len(found.repetitions), found.clean) == (4, 0)
    assert found.faults[2] == 4
    assert found.ended_by == 2


def test_a_fault_of_pace_is_seen_at_the_end_of_its_repetition_and_its_advice_is_given() -> None:
    number, fault = next(
        (number, one)
        for number, one in enumerate(load_one(FLUNG).fault)
        if one.seen and one.seen.signal is Signal.PACE_OUT
    )
    book = SetBook(eye_on(screened(), FLUNG, Side.RIGHT, MORNING))
    for frame in acted(FLUNG, Take(repetitions=3), fault.seen):
        book.take(frame)
    found = book.whole()

    ends = [one.end_s for one in found.repetitions if number in one.faults]
    assert len(ends) == 3
    assert [one.at_s for one in found.faults if one.fault == number] == ends
    assert escape(fault.say) in set_page(found, "set.mp4").partition("<h2>Faults</h2>")[2]


@pytest.mark.parametrize("shift", [-7.0, 0.0, 3.0])
def test_the_whole_way_is_drawn_however_far_it_went(shift: float) -> None:
    book = SetBook(eye_on(screened(), DRILL, Side.RIGHT, MORNING))
    for frame in acted(DRILL, Take(repetitions=1)):
        book.take(frame)
    found = book.whole()
    moved = tuple((at_s, None if share is None else share + shift) for at_s, share in found.curve)
    drawn = set_page(found.model_copy(update={"curve": moved}), "set.mp4")

    heights = [
        float(pair.partition(",")[2]) for run in re.findall('points="(.*?)"', drawn) for pair in run.split()
    ]
    flat = max(heights.count(min(heights)), heights.count(max(heights)))
    start, shown = (float(re.search(f'y="([^"]+)">{said}<', drawn)[1]) for said in ("start", "as shown"))
    assert max(heights) - min(heights) > 10
    assert flat < len(heights) / 2, "it does not lie along an edge"
    assert min(heights) > 0 and max(heights) < HEIGHT - FOOT
    assert start - shown >= 19, "the names of the levels do not lie on each other"


def test_a_clean_one_has_no_fault_and_says_how_far_each_signal_went() -> None:
    found = analyse_form(
        acted(DRILL, Take(repetitions=4, side=Side.LEFT)), learnt(load_one(DRILL)), Side.LEFT
    )

    assert (len(found.repetitions), found.clean, found.faults) == (4, 4, {})
    height = found.ranges[0]
    assert height.signal is Signal.HIP_HEIGHT
    assert height.low == pytest.approx(0.84, abs=0.03)
    assert height.high == pytest.approx(1.0, abs=0.03)


def test_a_set_that_breaks_ends_by_the_same_fault_live_and_reported() -> None:
    drill = load_one(DRILL)
    for fault in drill.seen_faults.values():
        frames = acted(DRILL, Take(repetitions=5, jitter=0.003), fault)
        watch = Watch(learnt(drill), Side.RIGHT)
        seen = [watch.see(frame) for frame in frames][-1]
        told = analyse_form(frames, learnt(drill), Side.RIGHT)

        assert seen.ended_by == told.ended_by is not None
        assert (seen.repetitions, seen.clean) == (len(told.repetitions), told.clean)


def test_from_the_wrong_side_nothing_is_measured_and_the_reason_is_given() -> None:
    found = analyse_form(acted(DRILL, Take(), view=View.WORKING_SIDE), learnt(load_one(DRILL)), Side.RIGHT)

    assert found.repetitions == ()
    assert {one.low for one in found.ranges} == {None}
    assert "another side" in found.ranges[0].why_not


def test_what_is_reported_lags_behind_nothing() -> None:
    times = [n / 30 for n in range(300)]
    wave = [sin(2 * pi * 0.5 * at) for at in times]
    found = without_noise(times, wave)

    assert max(abs(a - b) for a, b in zip(wave, found, strict=True) if b is not None) < 0.02


def test_gaps_stay_gaps() -> None:
    times = [n / 30 for n in range(60)]
    values = [1.0 if n < 20 or n >= 40 else None for n in range(60)]

    assert [value is None for value in without_noise(times, values)] == [value is None for value in values]


def test_a_recording_without_end_or_without_a_frame_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(report, "MOST_FRAMES", 50)
    endless = (LandmarkFrame(at / 30, people=0) for at in count())
    with pytest.raises(ValueError, match="cut one set"):
        analyse_form(endless, learnt(load_one(DRILL)), Side.RIGHT)
    with pytest.raises(ValueError, match="no frame"):
        analyse_form([], learnt(load_one(DRILL)), Side.RIGHT)
    with pytest.raises(ValueError, match="no frame"):
        analyse_form(repeat(LandmarkFrame(float("nan")), 10), learnt(load_one(DRILL)), Side.RIGHT)


def test_frames_are_written_and_read_back(tmp_path: Path) -> None:
    frames = [*acted(DRILL, Take(repetitions=1, fps=15)), LandmarkFrame(6.5, people=0, light=0.5)]
    (tmp_path / "set.jsonl").write_text("".join(f"{landmark_line(one)}\n" for one in frames))
    back = list(read_landmarks(tmp_path / "set.jsonl"))

    assert len(back) == len(frames)
    assert back[3].image[24] == pytest.approx(frames[3].image[24], abs=1e-5)
    assert (back[-1].people, back[-1].light, back[-1].shows_somebody) == (0, 0.5, False)
    assert landmark_frame(landmark_line(back[3])) == back[3]
    assert read_motion(tmp_path / "set.jsonl").frames == len(frames)


def test_a_recording_whose_clock_goes_back_is_judged_by_what_goes_on() -> None:
    frames = acted(DRILL, Take(repetitions=3))
    mixed = [*frames[:100], replace(frames[5], at_s=-1.0), *frames[100:]]

    assert len(analyse_form(mixed, learnt(load_one(DRILL)), Side.RIGHT).repetitions) == 3


def test_a_moment_of_noise_does_not_cut_a_hold_in_two_and_giving_way_ends_it() -> None:
    held = HoldClock(within=5.0, deeper=1.0)
    ended = [
        held.step(
            40.0 - (8.0 if 60 <= number < 66 else 30.0 if number >= 150 else 0.0), number / 30, number < 150
        )
        for number in range(200)
    ]

    assert [seconds for seconds in ended if seconds] == [pytest.approx(5.0, abs=0.1)]
