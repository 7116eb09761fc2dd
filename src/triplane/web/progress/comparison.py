"""Before and after on one page, for a letter or a review: two dates, and all that lies between."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from triplane import coach
from triplane.errors import UserError
from triplane.web.fields import day, says
from triplane.web.progress.saying import Verdict, method_in_words, moved_by, verdict_of, with_error
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.words import sentence, stage

if TYPE_CHECKING:
    from triplane.coach import Comparison, ReadingPair
    from triplane.history import Units


class TwoDates(forms.Form):
    """Which two dates."""

    before = day(_("Before"))
    after = day(_("After"))


@dataclass(frozen=True)
class Row:
    """One test, side and method on two dates."""

    state: "coach.PairState"
    name: str
    side: "coach.Side"
    method: str
    before: tuple[date, str] | None
    after: tuple[date, str]
    moved: str
    takes: str
    verdict: Verdict | None


@require_safe
def comparison(request: HttpRequest) -> HttpResponse:
    """Show two dates side by side; without any, from the first reading lately to today."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    if coach.questions_due(history, now).disclaimer:
        return redirect("begin")
    before, after = coach.usual_dates(history, now)
    asked = request.GET if {"before", "after"} & set(request.GET) else None
    form, found = TwoDates(asked, initial={"before": before, "after": after}), None
    if asked is None:
        found = coach.compare(history, before, after, now)
    elif form.is_valid():
        try:
            found = coach.compare(history, form.cleaned_data["before"], form.cleaned_data["after"], now)
        except UserError as error:
            form.add_error(error.field, says(error))
    page = {
        "form": form,
        "found": found,
        **(comparison_told(found, coach.preferences(history).units) if found else {}),
        "now": now,
        "here": "progress",
    }
    return render(request, "progress/comparison.html", page, status=400 if form.errors else 200)


def comparison_told(found: "Comparison", units: "Units") -> dict[str, Any]:
    """Return what of a comparison is said in words and numbers, for ``progress/compared.html``."""
    rows = [_row(pair, units) for pair in found.pairs]
    by_state = {state: [row for row in rows if row.state is state] for state in coach.PairState}
    return {
        "rows": by_state[coach.PairState.COMPARED],
        "unchanged": by_state[coach.PairState.UNCHANGED_SINCE],
        "alone": by_state[coach.PairState.NEW],
        "real": sum(_is_real(pair) for pair in found.pairs),
        "stages": [(stage(one), found.by_stage[int(one)]) for one in coach.Stage],
        "directions": [
            (sentence(said(way.plain_name)), sides[coach.Side.LEFT], sides[coach.Side.RIGHT])
            for way, sides in found.by_direction.items()
            if any(sides.values())
        ],
        "decided": [(fact, coach.fact_in_words(fact)) for fact in found.decided],
    }


def _is_real(pair: "ReadingPair") -> bool:
    return pair.change is not None and pair.change.certainty is coach.Certainty.REAL


def _row(pair: "ReadingPair", units: "Units") -> Row:
    line, change = pair.series, pair.change
    is_judged = change is not None and change.delta is not None and change.mdc is not None
    return Row(
        state=pair.state,
        name=said(pair.plain_name) + (gettext(", owned") if line.active else ""),
        side=line.side,
        method=method_in_words(line),
        before=(pair.before.on, with_error(line, pair.before.value, units)) if pair.before else None,
        after=(pair.after.on, with_error(line, pair.after.value, units)),
        moved=moved_by(line, change.delta, units) if change and change.delta is not None else "",
        takes=moved_by(line, change.mdc, units).lstrip("+") if change and change.mdc is not None else "",
        verdict=verdict_of(change) if change and is_judged else None,
    )
