"""What happened in sessions, check-ins and measurements that leads back to the safety questions."""

from triplane.assessment import find_test, is_known
from triplane.body import Direction
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DrillDone,
    EndFeel,
    Feeling,
    FeelingKind,
    MeasurementTaken,
    SessionLogged,
)

READINESS_H = 4
"""Hours for which the answers before a session hold, if no session was logged since; coach's default."""

JOINT_STOP = 3
"""Joint pain of 10 above which a session stops (handbook F, in-session stop)."""

JOINT_SORE = 3
"""Joint or groin pain or soreness of 10 from which what brought it rests (E52, R07)."""

JOINT_ASKS = 5
"""Joint or groin soreness of 10 above which one morning is enough to ask again (E50 stops above 5)."""

SORE_DAYS = 14
"""Days within which a second sore morning refers (E52)."""

MUSCLE_SORE_H = 72
"""Hours beyond which muscle soreness is no longer training soreness (E54)."""


def is_joint_soreness(feeling: Feeling) -> bool:
    """Whether a feeling counts as joint, groin or front-of-hip soreness for E52; cramp never does.

    The groin counts whatever the runner calls it; the front of the hip where it is not muscle.
    """
    if feeling.kind is FeelingKind.CRAMP:
        return False
    if feeling.region is BodyRegion.GROIN or feeling.kind is FeelingKind.JOINT:
        return True
    return feeling.region is BodyRegion.FRONT_OF_HIP and feeling.kind is not FeelingKind.MUSCLE


def is_sore_joint_morning(checkin: CheckinAnswered) -> bool:
    """Whether a check-in reports joint, groin or front-of-hip soreness of 3 or more (E52)."""
    return any(is_joint_soreness(f) and f.score >= JOINT_SORE for f in checkin.soreness)


def signs_of(body: object) -> tuple[str, ...]:
    """Return the ids of the sign rules that a fact's body calls for, in order, without repetition."""
    if isinstance(body, SessionLogged):
        found = [sign for drill in body.drills for sign in _in_session(drill)]
    elif isinstance(body, CheckinAnswered):
        found = _next_morning(body)
    elif isinstance(body, MeasurementTaken):
        found = _when_measured(body)
    else:
        found = []
    return tuple(dict.fromkeys(found))


def _in_session(drill: DrillDone) -> list[str]:
    found = [str(sign) for sign in drill.signs]
    if any(is_joint_soreness(f) and f.score > JOINT_STOP for f in drill.pain):
        found.append("joint_pain_in_session")
    if any(f.kind is FeelingKind.NERVE and f.score > 0 for f in drill.pain):
        found.append("nerve_feeling")
    return found


def _next_morning(checkin: CheckinAnswered) -> list[str]:
    found = []
    if any(is_joint_soreness(f) and f.score > JOINT_ASKS for f in checkin.soreness):
        found.append("joint_pain_next_morning")
    if any(f.kind is FeelingKind.NERVE and f.score > 0 for f in checkin.soreness):
        found.append("nerve_feeling")
    lasting = (checkin.hours_since_onset or 0) > MUSCLE_SORE_H
    if lasting and any(f.kind is not FeelingKind.CRAMP and f.score > 0 for f in checkin.soreness):
        found.append("soreness_beyond_72_h")
    return found


def _when_measured(taken: MeasurementTaken) -> list[str]:
    """A pinch anywhere, or pain at the end of turning in, speaks for a pinching hip (test battery)."""
    hurts = taken.end_feel is EndFeel.PAIN or taken.pain > JOINT_STOP
    found = ["pain_when_measured"] if taken.pain > JOINT_STOP else []
    if taken.end_feel is EndFeel.PINCH or (hurts and measures_turning_in(taken.test)):
        found.append("pinch_when_measured")
    return found


def measures_turning_in(test: str) -> bool:
    """Whether a test turns the leg in; one that the battery no longer has may have."""
    return not is_known(test) or find_test(test).direction is Direction.INTERNAL_ROTATION
