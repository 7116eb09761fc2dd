"""A FIT workout: the file that sports watches take, one step after the other, left and right by name."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from typing import Any

from triplane.coach import Handout, Side, Step, StepKind
from triplane.errors import UserError
from triplane.formats.watch.exercises import exercises, fitted, short_name

MOST_STEPS = 50
"""Steps that a workout may have on most watches, repeats counted (as makers of watches state it)."""

LONGEST_NOTE = 240
"""Bytes of a note: a field of FIT holds 255."""

ANY_CATEGORY = "hip_stability"
"""Where a drill is not in the table yet: a category that is known to every watch."""


def fit(handout: Handout, say: Callable[[str], str]) -> bytes:
    """Return a session as a FIT workout.

    Its first step waits for the runner, with the day it was made and what speaks against it.

    Raises
    ------
    UserError
        When it has more steps than watches take.
    """
    from fit_tool.fit_file_builder import FitFileBuilder
    from fit_tool.profile.messages.file_id_message import FileIdMessage
    from fit_tool.profile.messages.workout_message import WorkoutMessage
    from fit_tool.profile.profile_type import FileType, Manufacturer, Sport, SubSport

    steps = list(_steps(handout, say))
    if len(steps) > MOST_STEPS:
        raise UserError(
            f"this session has {len(steps)} steps and a watch takes {MOST_STEPS}; send its drills one by one"
        )
    file = FileIdMessage()
    file.type = FileType.WORKOUT
    file.manufacturer = Manufacturer.DEVELOPMENT.value
    file.product = 0
    file.serial_number = 1
    file.time_created = round(handout.made_at.timestamp()) * 1000
    workout = WorkoutMessage()
    workout.workout_name = f"Triplane {handout.made_at:%d.%m.%y}"
    workout.sport = Sport.TRAINING
    workout.sub_sport = SubSport.STRENGTH_TRAINING
    workout.num_valid_steps = len(steps)
    builder = FitFileBuilder(auto_define=True, min_string_size=0)
    builder.add(file)
    builder.add(workout)
    builder.add_all([_message(number, told) for number, told in enumerate(steps)])
    return bytes(builder.build().to_bytes())


def _steps(handout: Handout, say: Callable[[str], str]) -> Iterator[Mapping[str, Any]]:
    """Yield each step as the fields of its message; a block gone through again ends with the way back."""
    from fit_tool.profile.profile_type import WorkoutStepDuration as Duration

    yield _to_read(say("Read this first"), say(handout.watch_note))
    number = 1
    for drill in handout.drills:
        for how in _in_notes(say(how) for how in drill.item.how):
            yield _to_read(say("Changed for you"), how)
            number += 1
        for block in drill.blocks:
            first = number
            for step in block.steps:
                yield _step(step, say)
                number += 1
            if block.times > 1:
                yield {
                    "duration_type": Duration.REPEAT_UNTIL_STEPS_CMPLT,
                    "duration_step": first,
                    "target_repeat_steps": block.times,
                }
                number += 1


def _to_read(name: str, note: str) -> dict[str, Any]:
    """A step that waits until it was read."""
    from fit_tool.profile.profile_type import Intensity
    from fit_tool.profile.profile_type import WorkoutStepDuration as Duration

    return {
        "workout_step_name": fitted(name, 20),
        "intensity": Intensity.OTHER,
        "duration_type": Duration.OPEN,
        "notes": _note(note),
    }


def _in_notes(sentences: Iterable[str]) -> Iterator[str]:
    """Yield sentences together as far as one note holds them; nothing of them is lost."""
    held = ""
    for sentence in sentences:
        if held and len(f"{held} {sentence}".encode()) > LONGEST_NOTE:
            yield held
            held = sentence
        else:
            held = f"{held} {sentence}".strip()
    if held:
        yield held


def _step(step: Step, say: Callable[[str], str]) -> Mapping[str, Any]:
    from fit_tool.profile.profile_type import Intensity
    from fit_tool.profile.profile_type import WorkoutStepDuration as Duration

    short = short_name(step.drill, step.name, say(step.name))
    told: dict[str, Any] = {"notes": _note(_said(step, say)), **_exercise(step.drill)}
    if step.kind is StepKind.REST:
        told |= {"workout_step_name": fitted(say("Rest."), 20).rstrip("."), "intensity": Intensity.REST}
    elif step.kind is StepKind.READY:
        told |= {"workout_step_name": f"{_mark(step.side, say)}{short}", "intensity": Intensity.WARMUP}
    else:
        told |= {"workout_step_name": f"{_mark(step.side, say)}{short}", "intensity": Intensity.ACTIVE}
    if step.reps:
        return told | {"duration_type": Duration.REPS, "duration_reps": step.reps}
    return told | {"duration_type": Duration.TIME, "duration_time": round(step.seconds, 1)}


def _said(step: Step, say: Callable[[str], str]) -> str:
    words = {
        StepKind.READY: "Get ready.",
        StepKind.HOLD: "Hold.",
        StepKind.REPS: f"{step.reps} times.",
        StepKind.REST: "Rest.",
    }
    side = f"{step.side.capitalize()} side." if step.side else ""
    told = (say(words[step.kind]), say(side) if side else "", say(step.says) if step.says else "")
    return " ".join(part for part in told if part)


def _exercise(drill: str) -> dict[str, Any]:
    """What the watch calls it, in its own numbers; never nothing, or some watches refuse the file."""
    from fit_tool.profile import profile_type

    known = exercises().get(drill)
    category = profile_type.ExerciseCategory[(known.category if known else ANY_CATEGORY).upper()]
    told: dict[str, Any] = {"exercise_category": category}
    if known and known.exercise:
        named = f"{known.category.title().replace('_', '')}ExerciseName"
        names: type[Enum] = getattr(profile_type, named)
        told["exercise_name"] = names[known.exercise.upper()].value
    return told


def _mark(side: Side | None, say: Callable[[str], str]) -> str:
    return f"{say(side.capitalize())[:1]} " if side else ""


def _note(text: str) -> str:
    """As many whole words as a field holds, whatever letters they are written in."""
    while len(text.encode()) > LONGEST_NOTE:
        text = text.rpartition(" ")[0] if " " in text else text[:-1]
    return text


def _message(number: int, told: Mapping[str, Any]) -> Any:
    from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
    from fit_tool.profile.profile_type import WorkoutStepTarget

    step = WorkoutStepMessage()
    step.message_index = number
    step.duration_type = told["duration_type"]
    if "target_repeat_steps" not in told:
        step.target_type = WorkoutStepTarget.OPEN
        step.intensity = told["intensity"]
    for name, value in told.items():
        if name not in ("duration_type", "intensity"):
            setattr(step, name, value)
    return step
