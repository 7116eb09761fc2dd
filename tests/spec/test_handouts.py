"""What leaves the house on a watch, as text or on paper: dated, complete, and never to whoever is stopped."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import Any

import fitdecode
import pytest

from cast import MONDAY, told
from personas import NAMES, history_of_file, persona
from triplane import catalogue, coach
from triplane.coach import CueKind, Handout, StepKind
from triplane.coach.laying import GET_READY_S
from triplane.errors import Blocked, UserError
from triplane.formats.watch import WRITERS, fit, intervals, markdown
from triplane.formats.watch.exercises import LONGEST_NAME, exercises
from triplane.formats.watch.fit import LONGEST_NOTE, MOST_STEPS
from triplane.history import History

NOW = MONDAY + timedelta(minutes=10)
NEWER_THAN_RUN = 32


def read(content: bytes, name: str) -> list[dict[str, Any]]:
    """Read messages back with a decoder that shares nothing with what wrote them."""
    with fitdecode.FitReader(io.BytesIO(content), check_crc=fitdecode.CrcCheck.RAISE) as frames:
        return [
            {field.name: field.value for field in frame.fields if field.value is not None}
            for frame in frames
            if isinstance(frame, fitdecode.FitDataMessage) and frame.name == name
        ]


def played(steps: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Go through steps as a watch does: a step that repeats leads back so many times."""
    for place, step in enumerate(steps):
        if step["duration_type"] == "repeat_until_steps_cmplt":
            for _ in range(step["repeat_steps"] - 1):
                yield from steps[step["duration_step"] : place]
        else:
            yield step


@pytest.fixture(scope="module", params=[name for name in NAMES if name not in ("P4", "P5")])
def handouts(request: pytest.FixtureRequest) -> tuple[Handout, ...]:
    history = week_of(request.param)
    return coach.week_handout(history, NOW)


@cache
def week_of(name: str) -> History:
    """A persona's facts, with the week that was planned of them."""
    history = history_of_file(persona(name), "anna")
    return history.plus(*coach.week(history, NOW).proposed)


def test_a_watch_gets_every_second_of_work_on_the_side_it_belongs_to(handouts) -> None:
    for handout in handouts:
        steps = list(played(read(fit(handout, str), "workout_step")))
        for side, mark in (("left", "L "), ("right", "R ")):
            sides = [s for s in steps if s.get("wkt_step_name", "").startswith(mark)]
            worked = [s for s in sides if s["intensity"] == "active"]
            asked = [
                dose
                for one in handout.drills
                if one.drill.dose.sides is catalogue.SidesWorked.EACH
                and (dose := one.item.on(coach.Side(side)))
            ]
            by_time = sum(s["duration_time"] for s in worked if s["duration_type"] == "time")
            reps = sum(s["duration_reps"] for s in worked if s["duration_type"] == "reps")
            seconds = sum(
                step.seconds * block.times
                for one in handout.drills
                for block in one.blocks
                for step in block.steps
                if step.side == side and step.kind is StepKind.REPS
            )
            assert by_time + seconds == pytest.approx(sum(dose.work_s for dose in asked), abs=1)
            assert (reps > 0) is (seconds > 0)


def between(work: list[bool], seconds: list[float]) -> list[float]:
    """Return how long each pause between work lasts, first to last."""
    found, ends = [0.0], [place for place, is_work in enumerate(work) if is_work]
    for place in range(ends[0], ends[-1]):
        if not work[place]:
            found[-1] += seconds[place]
        elif found[-1]:
            found.append(0.0)
    return [pause for pause in found if pause]


def test_a_watch_rests_and_changes_sides_for_as_long_as_the_player(handouts) -> None:
    same = 0
    for handout in handouts:
        for one in handout.drills:
            steps = [s for block in one.blocks for _ in range(block.times) for s in block.steps]
            cues = [cue for cue in handout.session.cues if cue.item == one.item.id]
            watch = between(
                [s.kind in (StepKind.HOLD, StepKind.REPS) for s in steps], [s.seconds for s in steps]
            )
            player = between([cue.is_work for cue in cues], [cue.seconds for cue in cues])
            talks = [cue for cue in cues if cue.kind is CueKind.GET_READY][1:]

            assert len(watch) == len(player) == len(talks)
            for paused, by_ear, cue in zip(watch, player, talks, strict=True):
                says_more = cue.seconds - GET_READY_S
                assert paused <= by_ear <= paused + says_more, (one.drill.id, cue.says)
                same += paused == by_ear
    assert same


def test_every_step_has_a_category_and_a_name_that_fits_the_screen(handouts) -> None:
    for handout in handouts:
        content = fit(handout, str)
        steps = read(content, "workout_step")
        (workout,) = read(content, "workout")

        assert read(content, "file_id")[0]["type"] == "workout"
        assert (workout["sport"], workout["sub_sport"]) == ("training", "strength_training")
        assert workout["num_valid_steps"] == len(steps) <= MOST_STEPS
        assert [step["message_index"] for step in steps] == list(range(len(steps)))
        for step in played(steps):
            assert len(step["wkt_step_name"]) <= LONGEST_NAME + 2
            assert len(step["notes"].encode()) <= LONGEST_NOTE
            if step["duration_type"] != "open":
                assert isinstance(step["exercise_category"], str), step


def test_the_first_step_waits_and_says_when_it_was_made_and_what_speaks_against_it(handouts) -> None:
    first, ready, *_ = read(fit(handouts[0], str), "workout_step")

    assert first["duration_type"] == "open"
    for words in ("23 November 2026", "Only if nothing has changed", "ill", "fell", "pain", "medicine"):
        assert words in first["notes"]
    assert first["notes"].endswith("Stop at sharp pain.")
    assert ready["intensity"] in ("warmup", "other")


def test_what_is_changed_for_a_runner_reaches_the_watch_and_the_text_whole() -> None:
    history = week_of("P3")
    changed = [
        (handout, how)
        for handout in coach.week_handout(history, NOW)
        for one in handout.drills
        for how in one.item.how
    ]

    assert changed
    for handout, how in changed:
        notes = " ".join(step.get("notes", "") for step in read(fit(handout, str), "workout_step"))
        assert how in notes
        assert how.split()[0] in intervals(handout, str)
        assert how in markdown((handout,), str)


def test_every_drill_of_the_catalogue_has_its_exercise() -> None:
    from fit_tool.profile import profile_type

    table = exercises()

    assert set(table) == set(catalogue.load())
    for name, exercise in table.items():
        category = profile_type.ExerciseCategory[exercise.category.upper()]
        assert category.value <= NEWER_THAN_RUN, name
        assert len(exercise.short) <= LONGEST_NAME
        if exercise.exercise:
            names = getattr(profile_type, f"{exercise.category.title().replace('_', '')}ExerciseName")
            assert exercise.exercise.upper() in names.__members__, name


def test_nothing_that_intervals_would_count_stands_where_a_name_does(handouts) -> None:
    line = re.compile(r"- (?P<cue>\D+|.+: \d+ times) (?:\d+m)?(?:\d+s)?(?: press lap)?")
    for handout in handouts:
        text = intervals(handout, str)
        assert text.startswith("Made on Monday")
        for one in text.splitlines():
            if one.startswith("- "):
                assert line.fullmatch(one), one
        blocks = text.split("\n\n")
        assert all(block.count("x\n- ") <= 1 for block in blocks)


def test_text_holds_every_question_every_stop_sign_and_a_box_for_every_set(handouts) -> None:
    text = markdown(handouts, str)

    for asked in handouts[0].asks:
        assert asked.ask in text
    for word in handouts[0].stop_words:
        assert word in text
    sets = sum(
        dose.sets
        for handout in handouts
        for one in handout.drills
        for dose in (one.item.left, one.item.right)
        if dose
    )
    assert text.count("[ ]") == sets


def test_a_single_drill_of_a_session_is_a_handout_of_its_own() -> None:
    history = week_of("P1")
    whole = coach.week_handout(history, NOW)[-1]
    item = whole.session.items[0]

    alone = coach.handout(history, item.id, NOW)

    assert [one.item.id for one in alone.drills] == [item.id]
    assert read(fit(alone, str), "workout_step")


def test_who_is_stopped_after_the_week_was_planned_gets_nothing_to_take_away() -> None:
    history = week_of("P1")
    slot = coach.week_handout(history, NOW)[0].slot.id
    later = NOW + timedelta(minutes=5)
    stopped = history.plus(*told(coach.screening_answers({"Q07": True}), runner=history.runner, at=later))

    for take in (lambda: coach.handout(stopped, slot, later), lambda: coach.week_handout(stopped, later)):
        with pytest.raises(Blocked):
            take()


def test_more_steps_than_a_watch_takes_are_refused_in_a_sentence(handouts) -> None:
    longest = max(handouts, key=lambda one: len(read(fit(one, str), "workout_step")))
    many = longest.model_copy(update={"drills": longest.drills * 9})

    with pytest.raises(UserError, match="a watch takes 50; send its drills one by one"):
        fit(many, str)


def test_the_same_handout_gives_the_same_bytes(handouts) -> None:
    for ending, write in WRITERS.items():
        assert write(handouts[0], str) == write(handouts[0], str), ending
