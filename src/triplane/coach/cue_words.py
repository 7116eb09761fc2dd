"""What is said of a drill and its dose, and how long saying it takes."""

from triplane.body import Side
from triplane.catalogue import Drill, SidesWorked, find
from triplane.history import PlanItem, Prescription

SPEAK_S = 2.5
"""Time a spoken sentence needs at least. Coach's default."""

WORD_S = 0.36
"""Time a spoken word needs: 167 words a minute; for a slower voice the clock waits. Coach's default."""


def all_words(item: PlanItem, drill: Drill) -> tuple[str, ...]:
    """Return all that is said of a drill before and after its work: what a new one is taught with."""
    return (*changed_in_words(item.how), *drill.setup, *drill.steps, felt(drill))


def speak_s(text: str) -> float:
    """Return the seconds a sentence needs to be said and taken in."""
    return max(SPEAK_S, round(WORD_S * len(text.split()), 1))


def changed_in_words(how: tuple[str, ...]) -> tuple[str, ...]:
    """Say what is changed for this runner, and that it stands above the drill's own words; nothing if so."""
    if not how:
        return ()
    return (f"For you, instead of the drill's own steps and cues where they differ: {_sentences(how)}",)


def changed_by_ear(how: tuple[str, ...]) -> str:
    """Say the same in few words, for whoever stands there and listens."""
    return f"Do it like this: {_sentences(how)}"


def felt(drill: Drill) -> str:
    """Say what the drill should feel like."""
    return f"What you should feel: {drill.feel}"


def _sentences(how: tuple[str, ...]) -> str:
    return " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in how)


def dose_in_words(prescription: Prescription) -> str:
    """Say a dose as a coach would: '2 sets of 8, hold each for 4 seconds'."""
    sets = "1 set" if prescription.sets == 1 else f"{prescription.sets} sets"
    if prescription.phases:
        rounds = f"{prescription.reps} rounds" if (prescription.reps or 1) > 1 else "1 round"
        long = sum(seconds for _, seconds in prescription.phases)
        return f"{sets} of {rounds}, {_seconds(long)} each"
    if (prescription.reps or 1) <= 1 and prescription.hold_s:
        return f"{sets}, hold {_seconds(prescription.hold_s)}"
    if prescription.hold_s:
        return f"{sets} of {prescription.reps}, hold each for {_seconds(prescription.hold_s)}"
    return f"{sets} of {prescription.reps}"


def doses_in_words(item: PlanItem) -> str:
    """Say the dose of each side; once where both are alike."""
    told = [(side, dose_in_words(dose)) for side in Side if (dose := item.on(side))]
    if len(told) == 2 and told[0][1] == told[1][1]:
        drill = find(item.drill)
        at_once = drill is not None and drill.dose.sides is SidesWorked.BOTH_AT_ONCE
        return f"{told[0][1]}, both legs at once" if at_once else f"{told[0][1]}, each side"
    return "; ".join(f"{side}: {text}" for side, text in told)


def _seconds(number: float) -> str:
    return "1 second" if round(number) == 1 else f"{number:.0f} seconds"
