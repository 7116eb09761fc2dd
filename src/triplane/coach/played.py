"""From the cues that were played to what was done, drill by drill and side by side."""

from typing import Annotated

from pydantic import Field

from triplane import screening
from triplane.body import Side
from triplane.catalogue import SidesWorked, load_one, lunges
from triplane.coach.cue import Cue
from triplane.coach.cues import Session
from triplane.coach.library import name_of
from triplane.history import (
    MOST_FORM,
    UNKNOWN_DRILL,
    DrillDone,
    Feeling,
    FeelingKind,
    FormSeen,
    PlanItem,
    Score,
    Sign,
)
from triplane.value import Value

TAKEN_FOR = FeelingKind.JOINT
"""What hurts in a session is taken for a joint, by whatever way it is told, until the runner calls it another
kind: pain of a joint stops, and pain of a muscle does not."""


LITTLE = 0.25
"""Below this share of its minutes a session was mostly skipped. Coach's default."""


MOST_FELT, MOST_TOLD = 20, 300
"""The most told of one interruption, and the most of a session: beyond, no person told it. Ours."""


class Interruption(Value):
    """Why a drill was left before its end: skipped, too much, or pain with where and how much.

    What is told after the session names its drill without a side; ``UNKNOWN_DRILL`` where nobody can say.
    """

    item: str
    side: Side | None = None
    too_much: bool = False
    pain: Annotated[tuple[Feeling, ...], Field(max_length=MOST_FELT)] = ()
    signs: Annotated[tuple[Sign, ...], Field(max_length=MOST_FELT)] = ()


class CleanReps(Value):
    """How many repetitions of a drill and side the runner calls clean, where the clock counted otherwise."""

    item: str
    side: Side | None = None
    reps: Annotated[int, Field(ge=0, le=300)]


class FormTold(Value):
    """What a camera saw of a drill and side, and what the runner answered: faults by number in its file."""

    item: str
    side: Side | None = None
    ended_by: Annotated[tuple[int, ...], Field(max_length=20)] = ()
    answers: Annotated[dict[int, bool], Field(max_length=20)] = {}


class Played(Value):
    """How far a session was played: seconds counted for each cue, in order.

    ``clean`` is what the runner says of repetitions; it goes before what the clock counted. ``form`` is
    there for what a camera watched.
    """

    seconds: tuple[Annotated[float, Field(ge=0)], ...]
    interruptions: Annotated[tuple[Interruption, ...], Field(max_length=MOST_TOLD)] = ()
    clean: Annotated[tuple[CleanReps, ...], Field(max_length=MOST_TOLD)] = ()
    form: tuple[FormTold, ...] = ()


_Laid = dict[tuple[str, Side | None], list[tuple[Cue, float]]]
"""The cues of each drill and side, with the seconds played of each."""


class Counted(Value):
    """How many repetitions of a drill and side the clock counted, of how many asked."""

    item: str
    drill: str
    name: str
    side: Side | None
    reps: int
    asked: int


def counted(session: Session, played: Played) -> tuple[Counted, ...]:
    """Return what the clock counted of a session, for whoever did it to put right."""
    if not fits(session, played):
        return ()
    items = {item.drill: item.id for item in session.items}
    return tuple(
        Counted(
            item=items[done.drill],
            drill=done.drill,
            name=name_of(done.drill),
            side=done.side,
            reps=done.clean_reps or 0,
            asked=done.reps_asked,
        )
        for done in drills_done(session, played)
        if done.reps_asked and done.reps_asked > 1 and not done.skipped
    )


def countable(session: Session) -> tuple[Counted, ...]:
    """Return what is counted of a session that is played to its end."""
    return counted(session, Played(seconds=tuple(cue.seconds for cue in session.cues)))


def fits(session: Session, played: Played) -> bool:
    """Whether what was played counts these cues; another version of the drills has others."""
    return len(played.seconds) == len(session.cues)


def stops_session(interruption: Interruption) -> bool:
    """Say whether a session ends here: at any stop sign, joint pain above 3 of 10, or a nerve's feeling.

    The groin counts as joint whatever it is called, as on the morning after.

    Sources
    -------
    triplane_handbook, chapter F, in-session stop.
    """
    return bool(interruption.signs) or any(_stops(feeling) for feeling in interruption.pain)


def what_follows(interruption: Interruption) -> tuple[str, ...]:
    """Return what is said and to be done after an interruption that ended a session."""
    signs: list[str] = [*interruption.signs]
    stopping = [feeling for feeling in interruption.pain if _stops(feeling)]
    signs += ["nerve_feeling" if f.kind is FeelingKind.NERVE else "joint_pain_in_session" for f in stopping]
    rules = screening.sign_rules()
    return tuple(dict.fromkeys(line for sign in signs for line in (rules[sign].says, *rules[sign].do)))


def _stops(feeling: Feeling) -> bool:
    if feeling.kind is FeelingKind.NERVE:
        return feeling.score > 0
    return screening.is_joint_soreness(feeling) and feeling.score > screening.JOINT_STOP


def drills_done(session: Session, played: Played, discomfort: Score = 0) -> tuple[DrillDone, ...]:
    """Return what was done of every drill and side that the session asked for.

    Work is counted by the clock, a repetition when its last moment was played to the end; both per side,
    also where the sides take turns. Drills that were never reached are left out, unless pain or a sign
    was told there; drills left before any work stand as skipped. The load and the lunge are those asked.
    """
    done = []
    clean = {(told.item, told.side): told.reps for told in played.clean}
    asked = {item.id: item for item in session.items}
    laid = _by_item_and_side(session, played)
    told = [_placed(stop, laid) for stop in played.interruptions]
    for (item, side), cues in laid.items():
        met = [stop for stop in told if stop.item == item and stop.side in (None, side)]
        if not met and not any(seconds > 0 for _, seconds in cues):
            continue
        found = _drill_done(side, cues, met, discomfort)
        if (item, side) in clean:
            said = min(clean[item, side], found.reps_asked or 0)
            found = found.model_copy(update={"clean_reps": said})
        if item in asked:
            seen = _form_seen(
                asked[item], [one for one in played.form if (one.item, one.side) == (item, side)]
            )
            carried = {"load_kg": asked[item].load_kg, "lunge": asked[item].lunge, "form": seen}
            worked_s = min(found.work_s, _asked_s(asked[item], side))
            found = found.model_copy(update={**carried, "work_s": worked_s})
        done.append(found)
    return (*done, *_in_no_drill(told, discomfort))


def _in_no_drill(told: list[Interruption], discomfort: Score) -> tuple[DrillDone, ...]:
    """Return what hurt of which the runner cannot say in which drill: it is kept, and no drill is named."""
    met = [stop for stop in told if stop.item == UNKNOWN_DRILL and (stop.pain or stop.signs)]
    pain = tuple(feeling for stop in met for feeling in stop.pain)
    signs = tuple(sign for stop in met for sign in stop.signs)
    return (in_no_drill(pain, signs, discomfort),) if met else ()


def in_no_drill(pain: tuple[Feeling, ...], signs: tuple[Sign, ...], discomfort: Score) -> DrillDone:
    """Return what hurt in a session without a drill to blame for it; no work counts."""
    return DrillDone(
        drill=UNKNOWN_DRILL,
        sets_done=0,
        sets_asked=0,
        discomfort=discomfort,
        pain=pain,
        signs=signs,
        stopped_early=True,
    )


def _form_seen(item: PlanItem, told: list[FormTold]) -> FormSeen | None:
    """Return what was told of form in the words of the watched file; a fault it lacks says nothing.

    A device may tell the same several times, and more than is kept. Nothing told of form may keep what was
    done, and what hurt, from being recorded: what is too much is left out here, a no before a yes.
    """
    if not told:
        return None
    watched = lunges.file_watched(item.lunge) if item.lunge else load_one(item.drill)
    faults = dict(enumerate(watched.fault))
    once = [one for number, one in enumerate(told) if one not in told[:number]]
    ended_by = [faults[number].happens for one in once for number in one.ended_by if number in faults]
    answers: dict[str, bool] = {}
    for number, yes in (answer for one in once for answer in one.answers.items()):
        if number in faults and (asked := faults[number].ask):
            answers[asked] = yes or answers.get(asked, False)
    kept = sorted(answers.items(), key=lambda answer: not answer[1])[:MOST_FORM]
    if not ended_by and not kept:
        return None
    return FormSeen(ended_by=tuple(ended_by[:MOST_FORM]), answers=dict(kept))


def _asked_s(item: PlanItem, side: Side | None) -> float:
    """The most that counts as work: repetitions that teach go slowly, and are no more work for that."""
    dose = (item.on(side) if side else None) or item.left or item.right
    assert dose is not None, "an item works at least one side"
    return dose.work_s


def _placed(stop: Interruption, laid: _Laid) -> Interruption:
    """Return what was told at a place that the session has: nothing that hurt is lost for want of one.

    What was told after the last drill belongs to the last one that was played, unless the runner cannot say
    in which it was; a side that its drill does not have apart counts for the drill. Told without a side it
    counts where it hurt.
    """
    if stop.item == UNKNOWN_DRILL:
        return stop
    if stop.item not in {item for item, _ in laid}:
        played = [item for (item, _), cues in laid.items() if any(seconds > 0 for _, seconds in cues)]
        last = (played or [item for item, _ in laid])[-1]
        stop = stop.model_copy(update={"item": last, "side": None})
    felt_on = {feeling.side for feeling in stop.pain}
    side = felt_on.pop() if stop.side is None and len(felt_on) == 1 and not stop.signs else stop.side
    return stop.model_copy(update={"side": side if (stop.item, side) in laid else None})


def _by_item_and_side(session: Session, played: Played) -> _Laid:
    found: _Laid = {}
    for cue, seconds in zip(session.cues, played.seconds, strict=True):
        if cue.set:
            found.setdefault((cue.item, cue.side), []).append((cue, min(seconds, cue.seconds)))
    return found


def minutes_played(session: Session, played: Played) -> float:
    """Return the minutes that were played; no cue counts for longer than it lasts, whatever a device says."""
    told = zip(session.cues, played.seconds, strict=True)
    return sum(min(seconds, cue.seconds) for cue, seconds in told) / 60


def mostly_skipped(minutes: float, whole: float) -> bool:
    """Whether so little of a session's minutes was done that nobody would call it done."""
    return minutes < LITTLE * whole


def _drill_done(
    side: Side | None, cues: list[tuple[Cue, float]], met: list[Interruption], discomfort: Score
) -> DrillDone:
    work = [(cue, seconds) for cue, seconds in cues if cue.is_work]
    unfinished = {(cue.set, cue.rep) for cue, seconds in work if seconds < cue.seconds - 0.5}
    asked = {(cue.set, cue.rep) for cue, _ in work}
    finished = asked - unfinished
    sets_asked = max(cue.sets for cue, _ in cues)
    sets_done = sum(
        all(rep in finished for rep in asked if rep[0] == number) for number in range(1, sets_asked + 1)
    )
    drill = cues[0][0].drill
    turns = 2 if load_one(drill).dose.sides is SidesWorked.ALTERNATING else 1
    worked_s = sum(seconds for _, seconds in work)
    return DrillDone(
        drill=drill,
        side=side,
        sets_done=sets_done,
        sets_asked=sets_asked,
        clean_reps=len(finished) // turns,
        reps_asked=len(asked) // turns,
        work_s=round(worked_s / turns, 1),
        discomfort=discomfort,
        pain=tuple(feeling for stop in met for feeling in stop.pain),
        signs=tuple(sign for stop in met for sign in stop.signs),
        stopped_early=bool(unfinished),
        skipped=not worked_s and not any(stop.too_much or stop.pain or stop.signs for stop in met),
        too_much=any(stop.too_much for stop in met),
    )
