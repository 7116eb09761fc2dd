"""The safety talk: what to ask now, what answers mean, and what stops."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from triplane import screening
from triplane.catalogue import Tag, load
from triplane.coach.telling import cleared_in_words
from triplane.errors import Blocked, UnknownName, UserError
from triplane.history import (
    Answer,
    ClearanceRecorded,
    ClearedBy,
    DisclaimerAccepted,
    Fact,
    History,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    record,
)
from triplane.screening import (
    Clearance,
    Disclaimer,
    Message,
    Question,
    Readiness,
    ReadinessQuestion,
    StopPage,
    TagHeld,
)

E52 = "E52"
"""Soreness of a joint that came twice, which a professional clears by this name."""


def clearance(history: History, now: datetime) -> Clearance:
    """Return what safety says about the runner now."""
    return screening.screen(history, now)


def disclaimer() -> Disclaimer:
    """Return what the runner accepts once, and again after changes."""
    return screening.words().disclaimer


def disclaimer_accepted() -> DisclaimerAccepted:
    """Return the acceptance of the present text as a fact's body."""
    return DisclaimerAccepted(text_version=disclaimer().version)


def question(name: str) -> Question:
    """Return a safety question by its id.

    Raises
    ------
    UnknownName
        When there is no such question.
    """
    asked = screening.questions()
    if name not in asked:
        raise UnknownName("safety question", name, list(asked))
    return asked[name]


def readiness_question(name: str) -> ReadinessQuestion:
    """Return a question before a session by its id."""
    return screening.readiness_questions()[name]


def may_put_right(history: History, now: datetime) -> bool:
    """Whether an answer may still be put right: the first questions go on and nothing stopped the runner."""
    return _first_questions_go_on(history, now) and not answers_stop_here(history, {}, now)


def _first_questions_go_on(history: History, now: datetime) -> bool:
    """Whether they are not all answered yet, also by answers that a clock ahead dated after now."""
    is_ahead = any(fact.occurred_at > now for fact in history.facts_of(ScreeningAnswered))
    return not is_ahead and screening.screen(history, now).screened_on is None


def may_be_cleared(found: Clearance) -> tuple[tuple[Message, ...], tuple[TagHeld, ...]]:
    """Return what a professional may clear as it stands: messages that stop, and restrictions held.

    What stops only as a restriction put on by hand is cleared by that restriction's name.
    """
    known = {*screening.questions(), E52}
    stops = (
        one
        for one in found.messages
        if one.level.needs_professional and not one.cleared and one.origin in known
    )
    return tuple(stops), found.tags


def stop_page(history: History, now: datetime) -> StopPage:
    """Return the stop page in full sentences."""
    return screening.stop_page(screening.screen(history, now))


def stop_words() -> tuple[str, ...]:
    """Return when to stop a session at once, one sentence each."""
    return screening.words().stop_during_session


def refuse_if_blocked(history: History, now: datetime) -> None:
    """Stop whoever is blocked.

    Raises
    ------
    Blocked
        With the words of the stop page; nothing but a clearance or answers open it.
    """
    found = screening.screen(history, now)
    if found.is_blocked:
        page = screening.stop_page(found)
        raise Blocked(" ".join((f"{page.title}.", *page.says, *page.do, page.always)))


def refuse_if_paused(history: History, now: datetime) -> None:
    """Stop whoever is blocked, or feels ill and rests today.

    Raises
    ------
    Blocked
        With what safety says.
    """
    refuse_if_blocked(history, now)
    refuse_if_ill(history, now)


def refuse_if_ill(history: History, now: datetime) -> None:
    """Stop whoever feels ill and rests today, whatever else is still to be answered.

    Raises
    ------
    Blocked
        With what safety says.
    """
    if screening.screen(history, now).is_paused:
        raise Blocked(screening.words().paused)


def tag_name(tag: str) -> str:
    """Return what a restriction tag stands for, in plain words."""
    return screening.tag_rules()[Tag(tag)].name


def restriction_tags() -> tuple[str, ...]:
    """Return every restriction there is, by its tag."""
    return tuple(str(tag) for tag in screening.tag_rules())


def refuse_if_stopped(history: History, now: datetime) -> str:
    """Stop whoever safety stopped from reading drills, too; return what to say to others.

    A newcomer who has not answered all questions yet may look around, and is told to answer them first.

    Raises
    ------
    Blocked
        At refer, urgent and emergency, and when something that hurt opened questions again.
    """
    found = screening.screen(history, now)
    if found.is_blocked and (found.level.needs_professional or found.screened_on is not None):
        refuse_if_blocked(history, now)
    return "Answer the safety questions before you do any of this." if found.is_blocked else ""


def unknown_restriction(facts: Iterable[Fact]) -> str | None:
    """Return the first restriction of an archive's facts that no rule knows, or ``None``."""
    told = (fact.body.tag for fact in facts if isinstance(fact.body, RestrictionTightened))
    return next((tag for tag in told if tag not in tuple(Tag)), None)


def screening_answers(answers: Mapping[str, Answer], *, short: bool = False) -> ScreeningAnswered:
    """Check answers and return them as a fact's body.

    Raises
    ------
    UserError
        With one sentence for each answer that cannot be.
    """
    problems = screening.answer_problems(answers)
    if problems:
        raise UserError("\n".join(problems))
    return ScreeningAnswered(answers=dict(answers), short=short)


def answers_put_right(history: History, name: str, answers: Mapping[str, Answer], now: datetime) -> Fact:
    """Return a correction of the answer to one question, while the first questions are still being asked.

    Raises
    ------
    UserError
        When the question was not answered alone, or all are answered: then a later word is a fact of its own.
    Blocked
        When the answers so far are an emergency or urgent: what stopped a runner is not taken back.
    """
    found = screening.screen(history, now)
    if found.level in (screening.SafetyLevel.URGENT, screening.SafetyLevel.EMERGENCY):
        refuse_if_blocked(history, now)
    before = answer_told(history, name)
    if before is None or not _first_questions_go_on(history, now):
        raise UserError("this answer is on record; tell what is new instead")
    return record(
        screening_answers(answers),
        history.runner,
        now,
        supersedes=before.id,
        reason="put right while answering",
    )


def answer_told(history: History, name: str) -> Fact | None:
    """Return the fact that answers one safety question and no other, or ``None``."""
    for fact, told in reversed([*history.all(ScreeningAnswered)]):
        if {key.partition(".")[0] for key in told.answers} == {name}:
            return fact
    return None


def answers_stop_here(history: History, answers: Mapping[str, Answer], now: datetime) -> StopPage | None:
    """Return the stop page as soon as the answers so far are an emergency or urgent, else ``None``."""
    told = history.plus(record(ScreeningAnswered(answers=dict(answers)), history.runner, now))
    found = screening.screen(told, now)
    if found.level in (screening.SafetyLevel.URGENT, screening.SafetyLevel.EMERGENCY):
        return screening.stop_page(found)
    return None


def who_may_clear(history: History, name: str, now: datetime) -> tuple[ClearedBy, ...]:
    """Return who may clear a question, a tag or ``tag:drill`` as it stands; nobody where nothing does."""
    return screening.who_may_lift(history, name, now)


def clearance_word(
    history: History,
    who: str,
    role: ClearedBy,
    given_on: date,
    scope: tuple[str, ...],
    expires_on: date | None,
    now: datetime,
) -> ClearanceRecorded:
    """Check a professional's word and return it as a fact's body.

    ``scope`` names questions, restriction tags, ``tag:drill``, or E52 (soreness that came twice).

    Raises
    ------
    UnknownName
        When the scope names nothing that can be cleared.
    UserError
        When it was given after today, is over, or would not lift something in its scope: nothing stands,
        or another profession is needed. A word without effect is not recorded.
    """
    _refuse_unknown(scope)
    if given_on > now.date():
        says = f"{given_on} lies ahead; a clearance counts from the day it was given"
        raise UserError(says, field="given_on")
    if expires_on and expires_on < given_on:
        raise UserError(f"it ends on {expires_on}, before it begins", field="expires_on")
    word = ClearanceRecorded(who=who, role=role, given_on=given_on, scope=scope, expires_on=expires_on)
    for found in screening.not_lifted(history, word, now):
        raise _without_effect(found, word)
    return word


def _refuse_unknown(scope: tuple[str, ...]) -> None:
    known = {*screening.questions(), *Tag, E52}
    for name in scope:
        tag, colon, drill = name.partition(":")
        if tag not in (set(Tag) if colon else known):
            raise UnknownName("question, tag or tag:drill", name, sorted(known))
        if colon and drill not in load():
            raise UnknownName("drill", drill, sorted(load()))


def _without_effect(found: screening.NotLifted, word: ClearanceRecorded) -> UserError:
    """Say why a word would lift nothing, and who could lift it."""
    what = cleared_in_words(found.name)
    if found.why is screening.WhyNot.NOTHING:
        return UserError(f"nothing is held back now by {what}; nothing was recorded", field="scope")
    if found.why is screening.WhyNot.OVER:
        field = "expires_on" if word.expires_on else "given_on"
        return UserError("this clearance is over already; nothing was recorded", field=field)
    role, others = _plain(word.role), roles_in_words(found.roles)
    says = f"a clearance by a {role} does not lift {what}; it takes one of: {others}. Nothing was recorded"
    return UserError(says, field="scope")


def roles_in_words(roles: tuple[ClearedBy, ...]) -> str:
    """Say who may clear something."""
    return ", ".join(_plain(one) for one in roles)


def _plain(role: ClearedBy) -> str:
    return str(role).replace("_", " ")


def readiness(history: History, answers: Mapping[str, Answer], now: datetime) -> Readiness:
    """Judge the readiness answers before a session."""
    problems = screening.answer_problems(answers)
    if problems:
        raise UserError("\n".join(problems))
    return screening.ready(answers, screening.screen(history, now))


def readiness_answers(answers: Mapping[str, Answer]) -> ReadinessAnswered:
    """Return readiness answers as a fact's body; they are remembered."""
    return ReadinessAnswered(answers=dict(answers))
