"""A safety question as a form: yes or no, and after a yes what belongs to it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from triplane.history import Answer
from triplane.web.problems import Problem, problem_at
from triplane.web.said import said

if TYPE_CHECKING:
    from triplane.coach import FollowUp, Question


_PLAIN_SPAN = gettext_lazy("Give a number from %(low)s to %(high)s.")


@dataclass
class FollowUpField:
    """One follow-up with what was given, and what is wrong with it.

    ``is_open``: the question is not whole without it. ``then`` are those that come only after certain of its
    answers; they stand beneath it, and ``opens`` are these answers.
    """

    asked: "FollowUp"
    given: list[str]
    problem: str = ""
    answer: Answer | None = None
    is_open: bool = True
    then: list["FollowUpField"] = field(default_factory=list)

    @property
    def opens(self) -> set[str]:
        return {word for one in self.then if one.asked.after for word in one.asked.after.any_of}


@dataclass
class SafetyForm:
    """The answers to one question as they were posted; nothing posted is no answer."""

    asked: "Question"
    posted: QueryDict | None
    problem: str = ""
    follow_ups: list[FollowUpField] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.posted is None:
            return
        if self.given not in ("yes", "no"):
            self.problem = _("Choose yes or no.")
            return
        if self.given == "yes":
            for follow in self.asked.follow_up:
                self.follow_ups.append(self._follow_up(follow))

    @property
    def given(self) -> str:
        return str(self.posted.get("answer", "")) if self.posted is not None else ""

    @property
    def asked_first(self) -> list[FollowUpField]:
        """The follow-ups that a yes alone brings; what comes after certain answers stands beneath these."""
        return [one for one in self.follow_ups if one.asked.after is None]

    @property
    def problems(self) -> list[Problem]:
        """What is wrong with the follow-ups; the question itself stands at the top of its page."""
        return [
            problem_at(one.asked.key, one.problem, said(one.asked.ask))
            for one in self.follow_ups
            if one.problem
        ]

    @property
    def is_complete(self) -> bool:
        """Whether it can be recorded: yes or no, and every follow-up of a yes."""
        return self.given in ("yes", "no") and not any(one.is_open for one in self.follow_ups)

    @property
    def is_sure(self) -> bool:
        """Whether a yes was said twice: once by the button, once by what it asks further or by saying so."""
        return bool(self.follow_ups) or self.given == "no" or "sure" in (self.posted or {})

    @property
    def answers(self) -> dict[str, Answer]:
        found: dict[str, Answer] = {self.asked.id: self.given == "yes"}
        for one in self.follow_ups:
            if one.answer is not None:
                found[f"{self.asked.id}.{one.asked.key}"] = one.answer
        return found

    def _follow_up(self, follow: "FollowUp") -> FollowUpField:
        assert self.posted is not None
        given = [str(word) for word in self.posted.getlist(follow.key)]
        found = FollowUpField(follow, given)
        before = next(
            (one for one in self.follow_ups if follow.after and one.asked.key == follow.after.key), None
        )
        if before is not None:
            before.then.append(found)
        if f"asked_{follow.key}" not in self.posted or (before is not None and before.answer is None):
            return found
        is_blank = not any(word.strip() for word in given)
        found.is_open = not (self.asked.leaves_out(follow, self.answers) or (follow.optional and is_blank))
        if found.is_open:
            found.answer, found.problem = _read(follow, given)
            found.is_open = found.answer is None
        return found


def _read(follow: "FollowUp", given: list[str]) -> tuple[Answer | None, str]:
    """Return a follow-up's answer, or what is wrong with it."""
    ids = [choice.id for choice in follow.choice]
    if not given or not given[0].strip():
        return None, _("This needs an answer.")
    if follow.kind == "choices":
        return (tuple(given), "") if set(given) <= set(ids) else (None, _("Choose from the list."))
    if follow.kind == "number":
        return _number(follow, given[0])
    known: Mapping[str, Any] = {"yes": True, "no": False} if follow.kind == "yes_no" else dict.fromkeys(ids)
    if given[0] not in known:
        return None, _("Choose from the list.")
    return (known[given[0]] if follow.kind == "yes_no" else given[0]), ""


def _number(follow: "FollowUp", given: str) -> tuple[Answer | None, str]:
    try:
        number = float(given.replace(",", "."))
    except ValueError:
        number = float("nan")
    if not follow.low <= number <= follow.high:
        span = {"low": f"{follow.low:g}", "high": f"{follow.high:g}", "unit": follow.unit}
        says = _("Give a number from %(low)s to %(high)s %(unit)s.") if follow.unit else _PLAIN_SPAN
        return None, str(says) % span
    return number, ""
