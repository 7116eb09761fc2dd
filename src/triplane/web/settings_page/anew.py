"""How a session felt in which something hurt, told anew, with the questions before any session."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.web.feelings import PainFormSet, feelings_in
from triplane.web.fields import Words
from triplane.web.problems import Problem, problems_of
from triplane.web.said import said
from triplane.web.session.view import HowItWasForm, unanswered

if TYPE_CHECKING:
    from django.http import QueryDict

YES, NO = "yes", "no"


class AnewForm(HowItWasForm):
    """How it was, and the drills whose earlier words go; the others stay as they were told."""

    anew = forms.MultipleChoiceField(required=False, label=_("Which drills do you tell anew?"))
    are_drills = (*HowItWasForm.are_drills, "anew")


class ToldAnew:
    """What is asked on the page, and what was sent; nothing counts before every question is answered."""

    def __init__(self, drills: "Mapping[str, coach.ToldOfDrill]", posted: "QueryDict | None") -> None:
        self.names = [(drill, said(told.name)) for drill, told in drills.items()]
        self.told = [(drill, told) for drill, told in drills.items()]
        self.form, self.feelings = AnewForm(self.names, posted), PainFormSet(posted)
        self.questions = [coach.readiness_question(name) for name in coach.asked_before_a_session()]
        given = {one.id: posted.get(one.id) if posted is not None else None for one in self.questions}
        self.yes = [name for name, answer in given.items() if answer == YES]
        self.no = [name for name, answer in given.items() if answer == NO]
        self.problem: Words = ""
        if posted is not None and len(self.yes) + len(self.no) < len(self.questions):
            self.problem = _("Answer each of them.")

    @property
    def is_whole(self) -> bool:
        """Whether everything was sent and can be; what cannot is said beside its field."""
        if not (self.form.is_valid() and self.feelings.is_valid()):
            return False
        if feelings_in(self.feelings.forms) and not self.form.cleaned_data["hurt_in"]:
            self.form.add_error("hurt_in", _("Choose the drill it was in."))
            return False
        return not self.problem

    @property
    def felt(self) -> "coach.SessionAnswers":
        return self.form.answers(feelings_in(self.feelings.forms))

    @property
    def of(self) -> tuple[str, ...]:
        """The drills whose earlier words go."""
        return tuple(self.form.cleaned_data["anew"])

    @property
    def answers(self) -> "dict[str, coach.Answer]":
        return {**dict.fromkeys(self.yes, True), **dict.fromkeys(self.no, False)}

    @property
    def problems(self) -> list[Problem]:
        """What is wrong, from the top of the page down."""
        waits = unanswered(self.questions, self.answers) if self.problem else []
        return [*problems_of(self.form, self.feelings), *waits]

    @property
    def page(self) -> dict[str, Any]:
        """What the templates are told."""
        shared = ("form", "feelings", "names", "told", "questions", "yes", "no", "problem", "problems")
        return {name: getattr(self, name) for name in shared}
