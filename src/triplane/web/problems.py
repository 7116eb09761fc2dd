"""What is wrong with a form, as a list above it that leads to each field.

A page that is told ``problems`` shows them first, takes the focus there and says so in its title
(``frame/problems.html``): who cannot see the whole form hears at once how much of it is to be put right.
"""

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

from django.forms import BaseForm, BaseFormSet, ChoiceField
from django.utils.translation import gettext

Sent: TypeAlias = "BaseForm | BaseFormSet[Any]"


class Problem(NamedTuple):
    """One thing that is wrong, and the id of where it is put right; empty where it is no single field's."""

    at: str
    says: str


def problems_of(*sent: Sent) -> list[Problem]:
    """Return what is wrong with forms, in the order of their fields; nothing before they were sent."""
    return [problem for one in sent for problem in _of(one)]


def problem_at(name: str, says: object, label: object = "") -> Problem:
    """Return what is wrong with a field by its name on the page."""
    return Problem(f"id_{name}", _labelled(str(says), str(label)))


def _of(sent: Sent) -> Iterator[Problem]:
    if isinstance(sent, BaseFormSet):
        for says in sent.non_form_errors():
            yield Problem("", str(says))
        for form in sent.forms:
            yield from _of(form)
        return
    wrong = sent.errors.as_data()
    for name, field in sent.fields.items():
        for error in wrong.get(name, ()):
            stands_alone = isinstance(field, ChoiceField) and error.code != "invalid_choice"
            label = "" if stands_alone else str(field.label or "")
            yield from (Problem(sent[name].auto_id, _labelled(says, label)) for says in error.messages)
    yield from (Problem("", says) for error in wrong.get("__all__", ()) for says in error.messages)


def _labelled(says: str, label: str) -> str:
    """Say which field it is: beside it that is plain, in a list above it is not."""
    return (
        gettext("%(field)s: %(problem)s") % {"field": label.rstrip("?"), "problem": says} if label else says
    )
