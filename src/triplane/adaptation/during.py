"""How a drill went while it was done: pain, stop signs, too much, clean or not (E50, R07, R10, R12)."""

from datetime import datetime, timedelta

from triplane.adaptation.regions import is_harmless_cramp
from triplane.adaptation.response import Consequence, Response, strictest_of
from triplane.catalogue import Drill, Stage
from triplane.evidence import reason
from triplane.history import DrillDone, Feeling, FeelingKind, SessionLogged, Sign
from triplane.screening import JOINT_SORE, is_joint_soreness

REST_AFTER_SIGN = timedelta(hours=48)
"""A drill that brought on a stop sign rests this long (as joint soreness does in E52)."""

EFFORT_MOST = 8
"""A session harder than this (0 to 10) is not a clean one (coach's default)."""

GENTLE_SIGNS = frozenset({Sign.GROIN_PINCH, Sign.CRAMP_OVER_60_S, Sign.PELVIC_HEAVINESS_OR_LEAKING})
"""Stop signs after which the drill goes one level down; after the others it is halved."""


def consequence_of_session(drill: Drill, done: DrillDone, effort: int | None, at: datetime) -> Consequence:
    """Judge one drill of one session, by all that was logged with it; the strictest rule stands.

    ``effort`` is the session's, 0 to 10 or unknown. Cramp in an isometric hold of stage 3 is not pain.
    """
    return strictest_of(
        [how_it_felt(drill, done, at), _of_form(drill, done), _of_the_work(drill, done, effort)]
    )


def how_it_felt(drill: Drill, done: DrillDone, at: datetime) -> Consequence:
    """Judge one drill of one session by what hurt alone: pain, stop signs, discomfort, and too much."""
    return strictest_of(
        [
            *(_of_feeling(drill, feeling, at) for feeling in done.pain),
            *(_of_sign(drill, sign, at) for sign in done.signs),
            _of_discomfort(drill, done),
            _of_too_much(drill, done),
        ]
    )


def hurts_in_no_drill(session: SessionLogged) -> bool:
    """Whether something hurt in a session, and nobody can say in which of its drills."""
    return any(done.signs or any(f.score for f in done.pain) for done in session.in_no_drill)


def _of_feeling(drill: Drill, feeling: Feeling, at: datetime) -> Consequence:
    if feeling.score == 0 or is_harmless_cramp(drill, feeling.kind):
        return Consequence(Response.ADVANCE)
    if is_joint_soreness(feeling):
        return _of_joint_pain(drill, feeling.score, at)
    if feeling.kind is FeelingKind.NERVE:
        says = (
            f"{drill.name} brought tingling or nerve pain, so we go a level down and leave it for two days."
        )
        return Consequence(Response.LOWER, reason("E50", says), at + REST_AFTER_SIGN)
    if feeling.kind is FeelingKind.CRAMP:
        says = f"{drill.name} brought a cramp, so we repeat the same dose before adding anything."
        return Consequence(Response.REPEAT, reason("R10", says))
    return _of_score(drill, feeling.score)


def _of_joint_pain(drill: Drill, score: int, at: datetime) -> Consequence:
    if score < JOINT_SORE:
        says = f"{drill.name} was felt in the joint ({score} of 10), so we repeat and do not advance."
        return Consequence(Response.REPEAT, reason("R07", says))
    says = f"{drill.name} hurt in the joint ({score} of 10), so it rests for two days and comes back easier."
    return Consequence(Response.LOWER, reason("R07", says), at + REST_AFTER_SIGN)


def _of_score(drill: Drill, score: int) -> Consequence:
    """Judge muscle, tendon or unplaced discomfort: to 3 fine, 4 and 5 acceptable, above that too much."""
    if score <= 3:
        return Consequence(Response.ADVANCE)
    if score <= 5:
        says = f"{drill.name} was {score} of 10: acceptable, but we repeat it before adding anything."
        return Consequence(Response.REPEAT, reason("E50", says))
    says = f"{drill.name} was {score} of 10, more than we want, so we go a level down."
    return Consequence(Response.LOWER, reason("E50", says))


def _of_discomfort(drill: Drill, done: DrillDone) -> Consequence:
    """Judge the slider; discomfort that a harmless cramp accounts for is not counted twice."""
    cramp = max((f.score for f in done.pain if is_harmless_cramp(drill, f.kind)), default=-1)
    return Consequence(Response.ADVANCE) if cramp >= done.discomfort else _of_score(drill, done.discomfort)


def _of_sign(drill: Drill, sign: Sign, at: datetime) -> Consequence:
    if sign is Sign.CRAMP_OVER_60_S and drill.stage is Stage.OWN:
        says = f"The cramp in {drill.name} took long to let go, so we repeat the dose before adding anything."
        return Consequence(Response.REPEAT, reason("R10", says))
    said = str(sign).replace("_", " ")
    response = Response.LOWER if sign in GENTLE_SIGNS else Response.HALVE
    says = f"{drill.name} met a stop sign ({said}), so it rests for two days and comes back easier."
    return Consequence(response, reason("R07", says), at + REST_AFTER_SIGN)


def _of_too_much(drill: Drill, done: DrillDone) -> Consequence:
    if not done.too_much:
        return Consequence(Response.ADVANCE)
    return Consequence(
        Response.LOWER, reason("R05", f"You said {drill.name} was too much, so we go a level down.")
    )


def _of_form(drill: Drill, done: DrillDone) -> Consequence:
    """Judge what a camera saw and what was answered of the rest; neither ever lets a drill grow."""
    form = done.form
    if form is not None and form.ended_by:
        says = f"Form broke in {drill.name} and ended a set, so we repeat it before adding anything."
        return Consequence(Response.REPEAT, reason("R12", says))
    if form is not None and form.slipped:
        says = f"You said that form slipped in {drill.name}, so we repeat it before adding anything."
        return Consequence(Response.REPEAT, reason("R12", says))
    return Consequence(Response.ADVANCE)


def _of_the_work(drill: Drill, done: DrillDone, effort: int | None) -> Consequence:
    too_few_sets = done.sets_done < done.sets_asked
    too_few_reps = done.clean_reps is not None and done.clean_reps < (done.reps_asked or 0)
    if done.stopped_early or too_few_sets or too_few_reps:
        says = f"{drill.name} was not finished cleanly, so we repeat it before adding anything."
        return Consequence(Response.REPEAT, reason("R12", says))
    if effort is not None and effort > EFFORT_MOST:
        says = f"The session was hard ({effort} of 10), so {drill.name} repeats before it grows."
        return Consequence(Response.REPEAT, reason("E43", says))
    return Consequence(Response.ADVANCE)
