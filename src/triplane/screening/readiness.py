"""Before every session: may this runner train now?"""

from collections.abc import Mapping
from enum import StrEnum

from triplane.history import Answer
from triplane.screening.clearance import Clearance
from triplane.screening.level import SafetyLevel
from triplane.screening.load import questions, readiness_questions, words
from triplane.screening.screen import stop_page
from triplane.value import Value


class ReadyVerdict(StrEnum):
    """``go``: train. ``ask``: questions first. ``rest``: not today. ``stop``: blocked."""

    GO = "go"
    ASK = "ask"
    REST = "rest"
    STOP = "stop"


class Readiness(Value):
    """The answer, with what to say and do; ``reopens`` are safety questions to answer first.

    ``unanswered`` are readiness questions still missing. ``level`` is what the answers amount to.
    """

    verdict: ReadyVerdict
    level: SafetyLevel = SafetyLevel.NONE
    says: tuple[str, ...] = ()
    do: tuple[str, ...] = ()
    reopens: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    @property
    def may_train(self) -> bool:
        """Whether the session may begin."""
        return self.verdict is ReadyVerdict.GO


def ready(answers: Mapping[str, Answer], clearance: Clearance) -> Readiness:
    """Judge the readiness answers for one session.

    A block in ``clearance`` stands above any answer. Every question needs a yes or a no.
    ``answers`` should also be recorded as a ``ReadinessAnswered`` fact: ``screen`` remembers them.
    """
    if clearance.is_blocked:
        page = stop_page(clearance)
        return Readiness(
            verdict=ReadyVerdict.STOP,
            level=clearance.level,
            says=page.says,
            do=page.do,
            reopens=page.open_questions,
        )
    asked = readiness_questions()
    yes = [question for name, question in asked.items() if answers.get(name) is True]
    if answers.get("ill") is True and answers.get("new_pain") is True:
        urgent = next(o for o in questions()["Q08"].leads_to if o.level is SafetyLevel.URGENT)
        return Readiness(
            verdict=ReadyVerdict.STOP, level=SafetyLevel.URGENT, says=(urgent.says,), do=urgent.do
        )
    if clearance.is_paused or any(question.answers_question for question in yes):
        return Readiness(verdict=ReadyVerdict.REST, level=SafetyLevel.CAUTION, says=(words().paused,))
    if yes:
        return Readiness(
            verdict=ReadyVerdict.ASK,
            level=SafetyLevel.UNSCREENED,
            says=tuple(question.says for question in yes),
            do=tuple(dict.fromkeys(step for question in yes for step in question.do)),
            reopens=tuple(q for q in questions() if any(q in question.reopens for question in yes)),
        )
    unanswered = tuple(name for name in asked if not isinstance(answers.get(name), bool))
    verdict = ReadyVerdict.ASK if unanswered else ReadyVerdict.GO
    return Readiness(verdict=verdict, unanswered=unanswered)
