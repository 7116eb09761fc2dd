"""From the facts to the word of safety at an instant: the strictest of everything that stands."""

from datetime import date, datetime, time, timedelta

from triplane.catalogue import Muscle, Tag
from triplane.history import History
from triplane.screening.clearance import Clearance, Message, StopPage, TagHeld
from triplane.screening.flags import CLEARANCE_DAYS, Flag
from triplane.screening.level import SafetyLevel, strictest
from triplane.screening.load import questions, readiness_questions, sign_rules, tag_rules, words
from triplane.screening.record import SafetyRecord, safety_record

SHORT_DAYS = 31
"""Days after which the short questions are due again; coach's default (handbook F: monthly)."""

SHORT_GRACE_DAYS = 7
"""Days after which unanswered short questions stop the plan; coach's default."""

DISCLAIMER = "disclaimer"
"""The open question that stands for accepting own responsibility."""

STRAINED = {
    "hip_flexors": (Muscle.ILIOPSOAS, Muscle.RECTUS_FEMORIS, Muscle.TENSOR_FASCIAE_LATAE),
    "quadriceps": (Muscle.QUADRICEPS, Muscle.RECTUS_FEMORIS),
    "hamstrings": (Muscle.HAMSTRINGS,),
    "adductors": (Muscle.ADDUCTORS,),
    "gluteals": (
        Muscle.GLUTEUS_MAXIMUS,
        Muscle.GLUTEUS_MEDIUS,
        Muscle.GLUTEUS_MINIMUS,
        Muscle.DEEP_ROTATORS,
    ),
    "calf": (Muscle.CALF,),
    "trunk": (Muscle.TRUNK, Muscle.OBLIQUES, Muscle.QUADRATUS_LUMBORUM),
}


def screen(history: History, now: datetime) -> Clearance:
    """Say what safety says about a runner at an instant.

    Everything that was ever answered, felt or measured is combined, strictest first. A yes leads on
    until a professional's clearance lifts it; a later no does not, except where the tag's file says so.
    Without answers to all 34 questions and the disclaimer the level is ``unscreened``, which blocks.

    Parameters
    ----------
    history : History
        All facts of one runner. Facts dated after ``now`` speak only where they tighten.
    now : datetime
        An instant with a time zone; its date counts as the runner's local date.

    Sources
    -------
    triplane_handbook, chapter F; decision 8.
    """
    return history.worked_out(("screen", now, now.tzinfo), lambda: _screen(history, now))


def _screen(history: History, now: datetime) -> Clearance:
    record = safety_record(history, now)
    speaking = [s for s in record.flags.values() if s.speaks(now, now.date())]
    tags = tuple(_tag_held(s) for s in speaking if s.tag is not None)
    open_questions = _open_questions(record, now.date())
    cautions = _cautions(record, now)
    levels = [s.level for s in speaking] + [message.level for message in cautions]
    if open_questions:
        levels.append(SafetyLevel.UNSCREENED)
    messages = _messages(record, speaking, now) + cautions + _open_messages(record, open_questions)
    due = _short_due_on(record)
    return Clearance(
        as_of=now,
        level=strictest(levels),
        tags=tuple(sorted(tags, key=lambda held: (tuple(Tag).index(held.tag), held.origin))),
        messages=tuple(sorted(messages, key=lambda message: -message.level.rank)),
        open_questions=open_questions,
        unanswered_follow_ups=unanswered_follow_ups(record),
        screened_on=_screened_on(record),
        short_due_on=due,
        blocked_from=due + timedelta(days=SHORT_GRACE_DAYS) if due else None,
        clearance_ends_on=_clearance_ends_on(record, now.date()),
        paused_until=_paused_until(record, now),
        strained=_strained(record, tags),
        drills_added=_drills_added(record, now.date()),
    )


def stop_page(clearance: Clearance) -> StopPage:
    """Return the whole page for a clearance: title, what is so, what to do, and what is always said."""
    level = clearance.level
    told = [m for m in clearance.messages if m.level is level and not m.cleared] or list(clearance.messages)
    steps = tuple(dict.fromkeys(step for message in told for step in message.do))
    do = steps if level is SafetyLevel.UNSCREENED else _said_once(words().advice[level], steps)
    return StopPage(
        level=level,
        title=words().titles[level],
        says=tuple(dict.fromkeys(m.says for m in told)) or (words().advice[level],),
        do=do or (words().advice[level],),
        always=words().always,
        open_questions=clearance.open_questions,
        call=words().call if level is SafetyLevel.EMERGENCY else None,
    )


def _said_once(advice: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """Return the advice of a level and then all steps; where steps give that advice too, it is given once.

    A step that gives it with a way out beside it stands for it only where no step gives it without one.
    """
    given = tuple(step for step in steps if step.startswith(advice.rstrip(".")))
    others = tuple(step for step in steps if step not in given)
    first = given if given and advice not in given else (advice,)
    return (*first, *others)


def first_questions() -> tuple[str, ...]:
    """Return the ids of the 34 questions of the first screening, in the order they are asked."""
    return tuple(name for name, question in questions().items() if question.group != "changes")


READ_A_MINUTE = 200
"""Words a minute that a grown-up reads of what has to be answered. Coach's default."""

TAP_S = 1
"""Seconds between having read a question and its answer. Coach's default."""


def minutes_to_answer() -> int:
    """Return how long the first questions take, in whole minutes, read at an easy pace and tapped."""
    asked = [questions()[name].ask for name in first_questions()]
    words = sum(len(ask.split()) for ask in asked)
    return round(words / READ_A_MINUTE + len(asked) * TAP_S / 60)


def short_questions() -> tuple[str, ...]:
    """Return the ids of the monthly questions, in the order they are asked."""
    return tuple(name for name, question in questions().items() if question.short)


def unanswered_follow_ups(record: SafetyRecord) -> tuple[str, ...]:
    """Return the follow-ups of a yes that are to be asked and have no answer yet, as ``question.key``."""
    return tuple(
        f"{question.id}.{follow.key}"
        for question in questions().values()
        if record.answers.get(question.id) is True
        for follow in question.follow_up
        if record.answers.get(f"{question.id}.{follow.key}", ()) == ()
        and not (follow.optional or question.leaves_out(follow, record.answers))
    )


def _tag_held(flag: Flag) -> TagHeld:
    assert flag.tag is not None
    note = tag_rules()[flag.tag].note
    return TagHeld(tag=flag.tag, origin=flag.origin, since=flag.since, until=flag.ends_at, note=note)


def _open_questions(record: SafetyRecord, today: date) -> tuple[str, ...]:
    """What must be answered before anything else, in the order it is asked."""
    wanted = {name for name in first_questions() if name not in record.answers} | set(record.reopened)
    due = _short_due_on(record)
    if due is not None and today >= due + timedelta(days=SHORT_GRACE_DAYS):
        wanted |= set(short_due(record, today))
    opened = [name for name in questions() if name in wanted]
    if record.disclaimer != words().disclaimer.version:
        opened.insert(0, DISCLAIMER)
    return (*opened, *(f"restriction:{name}" for name in record.unknown_tags))


def short_due(record: SafetyRecord, today: date, after_days: int = SHORT_DAYS) -> tuple[str, ...]:
    """Return the short questions whose answer is older than ``after_days`` days."""
    screened = _screened_on(record)
    if screened is None:
        return ()
    old = timedelta(days=after_days)
    return tuple(n for n in short_questions() if today - record.answered_on.get(n, screened) >= old)


def _screened_on(record: SafetyRecord) -> date | None:
    """The day of the oldest answer still in use, once every first question has one."""
    days = [record.answered_on.get(name) for name in first_questions()]
    known = [day for day in days if day is not None]
    return min(known) if len(known) == len(days) else None


def _short_due_on(record: SafetyRecord) -> date | None:
    screened = _screened_on(record)
    if screened is None:
        return None
    oldest = min(record.answered_on.get(name, screened) for name in short_questions())
    return oldest + timedelta(days=SHORT_DAYS)


def _cautions(record: SafetyRecord, now: datetime) -> list[Message]:
    """What questions say whose strictest outcome is a caution: it lasts as long as the answer does."""
    found, known = [], record.known
    for question in questions().values():
        outcome = next(iter(question.outcomes(known)), None)
        if outcome is None or outcome.level is not SafetyLevel.CAUTION:
            continue
        given = record.answered_at.get(question.id, now)
        if outcome.lasts_h and now >= given + timedelta(hours=outcome.lasts_h):
            continue
        found.append(_told(outcome.level, question.id, outcome.says, outcome.do, question.source))
    return found


def _told(
    level: SafetyLevel, origin: str, says: str, do: tuple[str, ...], sources: tuple[str, ...] = ()
) -> Message:
    return Message(level=level, origin=origin, says=says, do=do, sources=sources)


def _messages(record: SafetyRecord, speaking: list[Flag], now: datetime) -> list[Message]:
    """One message for each block and tag that speaks, and for each block that was lifted."""
    blocked = {s.origin for s in speaking if s.tag is None}
    found = []
    for flag in record.flags.values():
        lifted = flag.tag is None and flag not in speaking
        if lifted and (flag.lifted is None or not flag.stays):
            continue
        if flag.tag is not None and (flag not in speaking or flag.origin in blocked):
            continue
        if flag.level is SafetyLevel.CAUTION:
            continue
        found.append(_message(flag, lifted, now))
    return found


def _message(flag: Flag, lifted: bool, now: datetime) -> Message:
    says, do, why = flag.says, flag.do, ""
    if lifted:
        says, do = words().cleared_before, ()
    elif flag.lifted is not None:
        spoke = flag.lifted
        why = words().clearance_over if spoke.role_suffices else words().clearance_role
    if flag.tag is not None and flag.lifted is None and flag.origin in questions():
        says, do = _restricted(flag)
    level = SafetyLevel.RESTRICT if lifted else flag.level
    return Message(
        level=level, origin=flag.origin, says=says, do=do, sources=flag.sources,
        cleared=lifted, why_not_cleared=why,
    )  # fmt: skip


def _restricted(flag: Flag) -> tuple[str, tuple[str, ...]]:
    """The words of a tag: those of its restriction, not of the block it came with."""
    assert flag.tag is not None
    rule, question = tag_rules()[flag.tag], questions()[flag.origin]
    own = [o for o in question.leads_to if o.level is SafetyLevel.RESTRICT and flag.tag in o.tags]
    for outcome in sorted(own, key=lambda outcome: len(outcome.tags)):
        return outcome.says, outcome.do
    return rule.note or flag.says, (words().advice[SafetyLevel.RESTRICT],)


def _open_messages(record: SafetyRecord, open_questions: tuple[str, ...]) -> list[Message]:
    if not open_questions:
        return []
    found = []
    for cause in dict.fromkeys(record.reopened.values()):
        rule = sign_rules().get(cause) or readiness_questions().get(cause)
        if rule:
            found.append(_told(SafetyLevel.UNSCREENED, cause, rule.says, rule.do, rule.source))
    known = _screened_on(record) is not None
    says = words().asked_again if known else words().not_asked
    if record.unknown_tags:
        says = words().unknown_restriction
    advice = words().advice[SafetyLevel.UNSCREENED]
    found.append(_told(SafetyLevel.UNSCREENED, "screening", says, (advice,)))
    return found


def _clearance_ends_on(record: SafetyRecord, today: date) -> date | None:
    lifted = (s.lifted for s in record.flags.values() if s.lifted and s.lifted.holds(today, s.level))
    return min((word.ends_on for word in lifted), default=None)


def _paused_until(record: SafetyRecord, now: datetime) -> datetime | None:
    """The end of the day on which the runner felt ill, there and here, while it lasts.

    Whoever travels gains no day: the later of the two midnights ends the rest.
    """
    if record.ill_on is None or record.ill_until is None:
        return None
    here = datetime.combine(record.ill_on + timedelta(days=1), time(), now.tzinfo)
    until = max(here, record.ill_until.astimezone(now.tzinfo))
    return until if now < until else None


def _strained(record: SafetyRecord, tags: tuple[TagHeld, ...]) -> tuple[Muscle, ...]:
    """The muscles of a fresh strain; all of them while it is not said which."""
    if Tag.ACUTE not in {held.tag for held in tags}:
        return ()
    said = record.answers.get("H16.muscle")
    chosen = said if isinstance(said, tuple) else (said,) if isinstance(said, str) else ()
    muscles = {muscle for name in chosen for muscle in STRAINED.get(name, tuple(Muscle))}
    return tuple(m for m in Muscle if m in muscles) if muscles else tuple(Muscle)


def _drills_added(record: SafetyRecord, today: date) -> tuple[tuple[Tag, str], ...]:
    """Drills a professional allowed in spite of a tag, while that word holds."""
    return tuple(
        key
        for key, word in sorted(record.drills_added.items())
        if not word.withdrawn
        and word.given_on <= today <= (word.expires_on or word.given_on + timedelta(days=CLEARANCE_DAYS))
    )
