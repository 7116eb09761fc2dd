"""The short safety questions before a test is taken again, all on one page."""

from dataclasses import dataclass, field

from django.http import QueryDict
from django.utils.translation import gettext

from triplane.coach import ShortQuestion
from triplane.history import Answer
from triplane.web.begin.answers import SafetyForm
from triplane.web.problems import Problem, problem_at
from triplane.web.said import said

REST_IS_NO = "rest"
"""Name of the button that answers what is left open with no."""


@dataclass
class Asked:
    """One question with its form; its fields carry its id before their names."""

    short: ShortQuestion
    form: SafetyForm


@dataclass
class ShortForm:
    """All questions as they were posted. What was a yes is never taken for a no unasked."""

    due: tuple[ShortQuestion, ...]
    posted: QueryDict | None = None
    asked: list[Asked] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.asked = [Asked(one, SafetyForm(one.question, self._of(one))) for one in self.due]

    @property
    def is_complete(self) -> bool:
        return self.posted is not None and all(one.form.is_complete for one in self.asked)

    @property
    def answers(self) -> dict[str, Answer]:
        """Return what is answered in full so far."""
        whole = (one.form.answers for one in self.asked if one.form.is_complete)
        return {name: answer for answers in whole for name, answer in answers.items()}

    @property
    def problems(self) -> list[Problem]:
        """What still waits for an answer, once something was sent."""
        return [
            problem
            for one in self.asked
            if self.posted is not None
            for problem in _problems(one.short.question.id, one)
        ]

    def leave_what_is_open(self) -> None:
        """Ask only for what is not answered in full yet."""
        self.asked = [one for one in self.asked if not one.form.is_complete]

    def _of(self, one: ShortQuestion) -> QueryDict | None:
        """Return what was posted for one question."""
        if self.posted is None:
            return None
        found, begins = QueryDict(mutable=True), f"{one.question.id}."
        for name in self.posted:
            if name.startswith(begins):
                found.setlist(name.removeprefix(begins), self.posted.getlist(name))
        if REST_IS_NO in self.posted and not one.said_yes:
            found.setdefault("answer", "no")
        return found


def _problems(name: str, one: Asked) -> list[Problem]:
    """A question that is open, or what is wrong with what belongs to its yes."""
    if one.form.given not in ("yes", "no"):
        return [problem_at(f"{name}.answer", said(one.short.question.ask))]
    return [
        problem_at(
            f"{name}.{more.asked.key}",
            more.problem or gettext("This needs an answer."),
            said(more.asked.ask),
        )
        for more in one.form.follow_ups
        if more.is_open and (more.asked.after is None or more.problem)
    ]
