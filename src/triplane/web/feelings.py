"""What is felt, as a form: where, which side, what kind, how much; empty lines say nothing.

Pain of a session and soreness of a morning are asked alike. Of what kind it is only the runner can say: none
is chosen for them, and what they cannot say is taken for the kind that stops soonest.
"""

from collections.abc import Sequence

from django import forms
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from triplane.coach import TAKEN_FOR, Side
from triplane.history import BodyRegion, Feeling, FeelingKind
from triplane.web.said import said_later

MOST = 5
"""Places on one screen; more than so many are a matter for a person, not for a form. Ours."""

REGIONS = (
    ("", _("Nothing more")),
    *((one.value, said_later(one.plain_name.capitalize())) for one in BodyRegion),
)
CANNOT_SAY = "cannot_say"
KINDS = (
    ("", _("Choose the kind")),
    (FeelingKind.MUSCLE.value, _("Muscle, like after a run")),
    (FeelingKind.JOINT.value, _("Joint")),
    (FeelingKind.TENDON.value, _("Tendon")),
    (FeelingKind.NERVE.value, _("Tingling or nerve pain")),
    (FeelingKind.CRAMP.value, _("Cramp")),
    (CANNOT_SAY, _("I cannot say")),
)
SIDES = (("", _("Both")), (Side.LEFT.value, _("Left")), (Side.RIGHT.value, _("Right")))
SCORES = tuple((str(score), str(score)) for score in range(11))
NEEDED = _("Choose how much, from 0 to 10.")
KIND_NEEDED = _("Choose of what kind it is.")


class FeelingForm(forms.Form):
    """One place. Nothing chosen as a place is no feeling; a place needs a kind and a score."""

    region = forms.ChoiceField(choices=REGIONS, required=False, label=_("Where"))
    side = forms.ChoiceField(choices=SIDES, required=False, label=_("Side"))
    kind = forms.ChoiceField(choices=KINDS, required=False, label=_("Kind"))
    score = forms.ChoiceField(choices=SCORES, required=False, label=_("How much, 0 to 10"))

    def clean_kind(self) -> str:
        kind = str(self.cleaned_data.get("kind") or "")
        if self.cleaned_data.get("region") and not kind:
            raise forms.ValidationError(KIND_NEEDED)
        return kind

    def clean_score(self) -> str:
        score = str(self.cleaned_data.get("score") or "")
        if self.cleaned_data.get("region") and not score:
            raise forms.ValidationError(NEEDED)
        return score

    @property
    def feeling(self) -> Feeling | None:
        told = self.cleaned_data
        if not told.get("region"):
            return None
        return Feeling(
            region=BodyRegion(told["region"]),
            side=Side(told["side"]) if told["side"] else None,
            kind=TAKEN_FOR if told["kind"] == CANNOT_SAY else FeelingKind(told["kind"]),
            score=int(told["score"]),
        )


class PainForm(FeelingForm):
    """What hurt in a session."""

    asks = _("Where does it hurt?")
    nowhere = _("Choose a place")


class SorenessForm(FeelingForm):
    """What is sore in the morning."""

    asks = _("Where is it sore?")
    nowhere = _("Nowhere")


class _Feelings(BaseFormSet):  # type: ignore[type-arg]  # only its stub takes one
    """Says in our words that a sending is not whole; the framework's speak of its own fields."""

    default_error_messages = {
        **BaseFormSet.default_error_messages,
        "missing_management_form": _("This arrived incomplete. Nothing was recorded; send it again."),
    }


def _several(form: type[FeelingForm]) -> "type[BaseFormSet[FeelingForm]]":
    return formset_factory(
        form, formset=_Feelings, extra=2, max_num=MOST, validate_max=True, absolute_max=MOST
    )


PainFormSet, SorenessFormSet = _several(PainForm), _several(SorenessForm)


def feelings_in(forms_told: Sequence[FeelingForm]) -> tuple[Feeling, ...]:
    """Return what was said, in order."""
    return tuple(found for one in forms_told if (found := one.feeling) is not None)
