"""A safety question as data: what is asked, what follows it up and what each answer leads to."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, model_validator

from triplane.catalogue import Tag
from triplane.history import Answer, ClearedBy, Sign
from triplane.screening.level import SafetyLevel
from triplane.value import Value

Answers = Mapping[str, Answer]
Sentence = Annotated[str, Field(min_length=3, max_length=400)]


class Group(StrEnum):
    """Where a question stands on the page; asked in this order."""

    RED_FLAGS = "red_flags"
    GENERAL = "general"
    STATUS = "status"
    CHANGES = "changes"


class FollowUpKind(StrEnum):
    """What a follow-up is answered with."""

    YES_NO = "yes_no"
    NUMBER = "number"
    CHOICE = "choice"
    CHOICES = "choices"


def _each(given: Answer) -> tuple[Answer, ...]:
    return given if isinstance(given, tuple) else (given,)


def _in_a_word(given: Answer) -> str:
    return ("yes" if given else "no") if isinstance(given, bool) else str(given)


class Choice(Value):
    """One thing to choose, with the words the runner reads."""

    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    say: Sentence


class After(Value):
    """The answers to an earlier follow-up of which one has to be given: its key, and choices, yes or no."""

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    any_of: Annotated[tuple[str, ...], Field(min_length=1)]

    def is_met(self, given: Answer) -> bool:
        """Whether an answer is among them."""
        return bool({_in_a_word(one) for one in _each(given)} & set(self.any_of))


class FollowUp(Value):
    """Asked only after a yes; answered under ``<question>.<key>``.

    ``after`` limits it to certain answers to an earlier follow-up. ``optional``: it may be left open, as
    nobody need know the answer; it then counts as the worst and is not asked for again.
    """

    key: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    ask: Sentence
    kind: FollowUpKind = FollowUpKind.YES_NO
    unit: str = ""
    low: float = 0
    high: float = 10
    choice: tuple[Choice, ...] = ()
    after: After | None = None
    optional: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        """The answers that an ``after`` may name."""
        return ("yes", "no") if self.kind is FollowUpKind.YES_NO else tuple(one.id for one in self.choice)


class Condition(Value):
    """One thing that must hold. ``unanswered_counts``: an answer that is missing is read as the worst.

    Either ``any_yes`` names questions of which one is answered yes, or ``answer`` names an answer
    (``H09.since_weeks``, ``about.age_years``, ``about.hypermobile_by_score``) that is yes, above, at
    least or below a number, or among ``any_of`` the choices.
    """

    any_yes: tuple[str, ...] = ()
    answer: str | None = None
    above: float | None = None
    at_least: float | None = None
    below: float | None = None
    any_of: tuple[str, ...] = ()
    unanswered_counts: bool = True

    @model_validator(mode="after")
    def _asks_one_thing(self) -> "Condition":
        if bool(self.any_yes) == bool(self.answer):
            raise ValueError("give either any_yes or answer")
        return self

    def holds(self, answers: Answers) -> bool:
        """Whether it holds for these answers."""
        if self.answer is None:
            return any(answers.get(question) is True for question in self.any_yes)
        given = answers.get(self.answer)
        return self.unanswered_counts if given is None or given == () else self._holds_for(given)

    def _holds_for(self, given: Answer) -> bool:
        if self.any_of:
            return bool(set(_each(given)) & set(self.any_of))
        if isinstance(given, bool):
            return given
        if isinstance(given, (str, tuple)):
            return self.unanswered_counts
        return (
            (self.above is None or given > self.above)
            and (self.at_least is None or given >= self.at_least)
            and (self.below is None or given < self.below)
        )


class Outcome(Value):
    """What an answer leads to when all conditions hold. ``lasts_h``: ends by itself after these hours.

    ``without_yes`` makes it speak although its question was not answered with yes (an age, a score).
    """

    level: SafetyLevel
    when: tuple[Condition, ...] = ()
    tags: tuple[Tag, ...] = ()
    lasts_h: Annotated[float, Field(gt=0, le=2000)] | None = None
    without_yes: bool = False
    says: Sentence
    do: Annotated[tuple[Sentence, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _levels_and_tags_agree(self) -> "Outcome":
        if self.level is SafetyLevel.UNSCREENED:
            raise ValueError("an answer never leads to unscreened")
        if self.level in (SafetyLevel.RESTRICT, SafetyLevel.URGENT, SafetyLevel.EMERGENCY) and not self.tags:
            raise ValueError(f"{self.level} names at least one tag")
        return self

    def applies(self, question: str, answers: Answers) -> bool:
        """Whether these answers lead here."""
        asked = answers.get(question) is True or self.without_yes
        return asked and all(condition.holds(answers) for condition in self.when)


class Provenance(StrEnum):
    """How sure we are of where a question comes from."""

    FOUND = "found"
    KNOWN = "known"
    DEFAULT = "default"


class Question(Value):
    """One safety question. ``short`` ones are asked again every month. A yes is always the worse answer.

    ``cleared_by`` lists who may lift a ``refer``; ``urgent`` and ``emergency`` need a physician or surgeon.
    """

    schema_: Annotated[Literal["question/1"], Field(alias="schema")] = "question/1"
    id: Annotated[str, Field(pattern=r"^[QHPS]\d\d$")]
    group: Group
    ask: Sentence
    short: bool = False
    about_pain: bool = False
    why: Sentence
    certainty: Provenance
    source: Annotated[tuple[str, ...], Field(min_length=1)]
    link: str = ""
    cleared_by: tuple[ClearedBy, ...] = (ClearedBy.PHYSICIAN, ClearedBy.PHYSIOTHERAPIST, ClearedBy.SURGEON)
    follow_up: tuple[FollowUp, ...] = ()
    leads_to: Annotated[tuple[Outcome, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _follows_what_is_always_asked(self) -> "Question":
        always: dict[str, FollowUp] = {}
        for follow in self.follow_up:
            if follow.after is None:
                always[follow.key] = follow
            elif follow.after.key not in always:
                raise ValueError(f"{follow.key} is to come after a follow-up that is always asked")
            elif unknown := set(follow.after.any_of) - set(always[follow.after.key].words):
                raise ValueError(f"{follow.key}: nobody answers {follow.after.key} with {sorted(unknown)}")
        return self

    def leaves_out(self, follow: FollowUp, answers: Answers) -> bool:
        """Whether a follow-up is not to be asked, as the one before it was answered otherwise.

        While that one has no answer nothing is left out: what is not known counts as the worst.
        """
        if follow.after is None:
            return False
        given = answers.get(f"{self.id}.{follow.after.key}")
        return given is not None and given != () and not follow.after.is_met(given)

    def outcomes(self, answers: Answers) -> tuple[Outcome, ...]:
        """Return all that these answers lead to, strictest first."""
        found = (outcome for outcome in self.leads_to if outcome.applies(self.id, answers))
        return tuple(sorted(found, key=lambda outcome: -outcome.level.rank))


class ReadinessQuestion(Value):
    """Asked before every session. ``reopens`` names the safety questions that a yes brings back."""

    schema_: Annotated[Literal["readiness/1"], Field(alias="schema")] = "readiness/1"
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    order: Annotated[int, Field(ge=1)]
    ask: Sentence
    answers_question: str | None = None
    reopens: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    says: Sentence
    do: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    source: Annotated[tuple[str, ...], Field(min_length=1)]


class SignRule(Value):
    """What follows a stop sign or a feeling that was reported: questions that reopen, tags at once.

    ``id`` is a ``Sign`` or one of the feelings that lead back to the safety questions.
    """

    schema_: Annotated[Literal["sign/1"], Field(alias="schema")] = "sign/1"
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$")]
    sign: Sign | None = None
    level: SafetyLevel = SafetyLevel.UNSCREENED
    reopens: tuple[str, ...] = ()
    tags: tuple[Tag, ...] = ()
    says: Sentence
    do: Annotated[tuple[Sentence, ...], Field(min_length=1)]
    source: Annotated[tuple[str, ...], Field(min_length=1)]
