"""What a coach does for a runner: a note, a restriction, a default, a time, a drill, a clearance."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from triplane import coach
from triplane.errors import UserError
from triplane.history import History, NoteWritten, RestrictionTightened, Slot
from triplane.value import Value
from triplane.web.drills.view import WANTED
from triplane.web.fields import choose_among, day, number, origin_of, says, words
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.server.looking import who_asks
from triplane.web.settings_page.forms import HIGHEST, NAMES
from triplane.web.settings_page.view import scopes_of
from triplane.web.words import clock, occasion, restriction, sentence
from triplane.web.words import day as written

GET_POST = require_http_methods(["GET", "HEAD", "POST"])

SELECT = {"class": "field"}

WISHES = (
    ("wanted", _("It should be in their weeks")),
    ("left_out", _("It should stay out of their weeks")),
    ("neither", _("Neither any more")),
)

Told = Callable[[History, datetime], Value]
"""What somebody does, made of the runner's facts as they are when it is recorded."""


def why() -> forms.CharField:
    """Return the field for a reason, which the runner reads."""
    return words(_("Why"), 200, needed=True, missing=_("Say why; the runner reads it."))


class NoteForm(forms.Form):
    """A note to the runner."""

    text = words(_("What the runner should read"), 1000, needed=True, missing=_("Write the note."))

    @property
    def act(self) -> Told:
        """What is recorded of it."""
        text = self.cleaned_data["text"]
        return lambda history, now: NoteWritten(text=text)


class RestrictionForm(forms.Form):
    """A restriction, which only makes the plan more careful."""

    tag = forms.ChoiceField(label=_("What to be careful of"), widget=forms.Select(SELECT))
    until = day(_("Last day, where it ends"), needed=False)
    reason = why()

    def __init__(self, *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        tags = [(tag, sentence(restriction(tag))) for tag in coach.restriction_tags()]
        choose_among(self, "tag", sorted(tags, key=lambda one: one[1]))

    @property
    def act(self) -> Told:
        """What is recorded of it."""
        told = self.cleaned_data
        return lambda history, now: RestrictionTightened(tag=told["tag"], ends_on=told["until"])


class ClearingForm(forms.Form):
    """A professional's own word on what stands."""

    scope = forms.MultipleChoiceField(
        label=_("What is cleared"),
        widget=forms.CheckboxSelectMultiple,
        error_messages=dict.fromkeys(("required", "invalid_choice"), _("Choose what you clear.")),
    )
    given = day(_("Day it was given"))
    cleared_until = day(_("Last day it holds, where it ends"), needed=False)

    def __init__(self, role: str, history: History, now: datetime, told: Any) -> None:
        super().__init__(told, initial={"given": now.date()})
        scopes = scopes_of(history, now)
        choose_among(self, "scope", [(one.name, one.says) for one in scopes])
        self.own = [one for one in scopes if role in one.roles]
        """What whoever asks may clear."""
        self.others = [one for one in scopes if role not in one.roles]
        """What takes another profession."""


class DefaultForm(forms.Form):
    """A default of the coach, for this runner."""

    key = forms.ChoiceField(label=_("Which default"), widget=forms.Select(SELECT))
    value = number(_("To what"), 0, HIGHEST, "", or_else=_("leave it empty for ours"))
    reason = why()

    def __init__(self, present: "tuple[coach.Default, ...]", *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        named = [(one.key, f"{NAMES[one.key][0]}: {one.value:g}") for one in present if one.key in NAMES]
        choose_among(self, "key", named)

    @property
    def act(self) -> Told:
        """What is recorded of it."""
        key, value = self.cleaned_data["key"], self.cleaned_data["value"]
        return lambda history, now: coach.changed_default(key, value)


class TimeForm(forms.Form):
    """A session of this week, and when it shall begin."""

    slot = forms.ChoiceField(label=_("Which session"), widget=forms.Select(SELECT))
    on = forms.ChoiceField(label=_("Day"), widget=forms.Select(SELECT))
    at = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput({"class": "field", "type": "time"}, format="%H:%M"),
        error_messages=dict.fromkeys(("invalid", "required"), _("Write it as 18:00.")),
    )
    reason = why()

    def __init__(self, slots: tuple[Slot, ...], now: datetime, *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        self.now = now
        named = [
            (one.id, f"{written(one.starts_at, 'l j F')}, {clock(one.starts_at)}, {occasion(one.context)}")
            for one in slots
        ]
        days = [now.date() + timedelta(days=ahead) for ahead in range(7 - now.weekday())]
        choose_among(self, "slot", named)
        choose_among(self, "on", [(one.isoformat(), written(one, "l j F")) for one in days])

    @property
    def act(self) -> Told:
        """What is recorded of it: the rules say what leaves the session there when the week is planned."""
        slot, at = self.cleaned_data["slot"], self.cleaned_data["at"]
        to = datetime.combine(datetime.fromisoformat(self.cleaned_data["on"]), at, tzinfo=self.now.tzinfo)
        return lambda history, now: coach.moved_by_another(history, slot, to, now)


class DrillForm(forms.Form):
    """A drill that the coach wants for this runner, or leaves out."""

    drill = forms.ChoiceField(label=_("Which drill"), widget=forms.Select(SELECT))
    wish = forms.ChoiceField(label=_("What about it"), choices=WISHES, widget=forms.Select(SELECT))
    last = day(_("Last day, twelve weeks off at most"), needed=False)
    reason = why()

    def __init__(self, drills: list[tuple[str, str]], *told: Any, **how: Any) -> None:
        super().__init__(*told, **how)
        choose_among(self, "drill", sorted(drills, key=lambda one: one[1]))

    @property
    def act(self) -> Told:
        """What is recorded of it: the plan's own rules say whether, where and how much."""
        drill, last = self.cleaned_data["drill"], self.cleaned_data["last"]
        wanted = WANTED[self.cleaned_data["wish"]]
        return lambda history, now: coach.chosen_drill(history, drill, now, wanted, last, by_runner=False)


@GET_POST
def acts(request: HttpRequest) -> HttpResponse:
    """Let whoever looks at a runner note, restrict, change a default, fix a time; a professional, clear."""
    line = getattr(request, "sharing", None)
    if line is None:
        return redirect("coach")
    practice, who = practice_of(request), who_asks(request).runner
    history, now = practice.history(), practice.now
    agreed = frozenset(deed for deed in coach.Deed if coach.may(history, who, deed))
    bound = _forms(request, history, now, agreed)
    if any(_was_done(request, what, form) for what, form in bound.items()):
        return redirect(f"{request.path}?saved=1")
    refused = _why_not(request, bound, line.label) if request.method == "POST" else ""
    may_clear = coach.Deed.CLEAR in agreed and bound["clear"].fields["scope"].choices
    page = {
        "line": line,
        **bound,
        "clear": bound["clear"] if may_clear else None,
        "done": coach.done_by_others(history, now),
        "not_agreed": next((one.not_agreed for one in coach.consents(history) if one.to == who), ()),
        "saved": "saved" in request.GET,
        "refused": refused,
        "had_written": request.POST.get("reason", "") if refused else "",
    }
    is_wrong = any(form.errors for form in bound.values())
    return render(request, "server/acts.html", page, status=409 if refused else 400 if is_wrong else 200)


def _why_not(request: HttpRequest, bound: dict[str, Any], name: str) -> str:
    """Return why a form that was sent is not there any more: the page was opened before that was so."""
    if request.POST.get("what", "") in bound:
        return ""
    practice, told = practice_of(request), {"name": name}
    if coach.clearance(practice.history(), practice.now).is_blocked:
        return gettext("%(name)s is stopped for safety by now. Nothing was recorded.") % told
    return gettext("This cannot be done for %(name)s, or not any more. Nothing was recorded.") % told


def _forms(
    request: HttpRequest, history: History, now: datetime, agreed: "frozenset[coach.Deed]"
) -> dict[str, Any]:
    """Return every form by its name that the runner agreed to, the one that was sent with what was sent."""
    safety = coach.clearance(history, now)
    what = request.POST.get("what", "") if request.method == "POST" else ""

    def sent(name: str) -> Any:
        return request.POST if what == name else None

    found: dict[str, Any] = {
        "note": NoteForm(sent("note")),
        "clear": ClearingForm(_role(history, who_asks(request).runner), history, now, sent("clear")),
    }
    if coach.Deed.TIGHTEN in agreed:
        found["careful"] = RestrictionForm(sent("careful"))
    if coach.Deed.PLAN in agreed:
        found["default"] = DefaultForm(coach.defaults(history), sent("default"))
    if coach.Deed.PLAN in agreed and not safety.is_blocked:
        slots = coach.movable_slots(history, now)
        if slots:
            found["time"] = TimeForm(slots, now, sent("time"))
    if coach.Deed.CHOOSE in agreed and not safety.is_blocked:
        drills = coach.drills(history, coach.DrillFilter(), now).drills
        found["drill"] = DrillForm([(one.id, said(one.name)) for one in drills], sent("drill"))
    return found


FIELDS = {"clear": "given", "default": "value", "time": "at", "drill": "last"}
"""The field beside which is said what cannot be."""


def _was_done(request: HttpRequest, what: str, form: Any) -> bool:
    """Record the form that was sent and is whole; whether it was this one."""
    if not (form.is_bound and form.is_valid()):
        return False
    try:
        act = _word(request, form.cleaned_data) if what == "clear" else form.act
        _record(request, act, form.cleaned_data.get("reason", ""))
    except UserError as error:
        beside = {"expires_on": "cleared_until", "scope": "scope"}.get(error.field, FIELDS.get(what))
        if beside is None:
            raise
        form.add_error(beside, says(error))
        return False
    return True


def _role(history: History, who: str) -> str:
    """Return the role that the runner let somebody in by."""
    return next((one.role.value for one in coach.consents(history) if one.to == who), "")


def _word(request: HttpRequest, told: dict[str, Any]) -> Told:
    """Return what a professional clears, in the name and role that the runner consented to."""
    who, scope = who_asks(request).runner, tuple(told["scope"])
    given, until = told["given"], told["cleared_until"]
    return lambda history, now: coach.own_clearance(history, who, given, scope, until, now)


def _record(request: HttpRequest, act: Told, reason: str) -> None:
    """Record what a coach does, once, as theirs; refused where the runner's facts do not let them."""
    who = who_asks(request).runner
    practice_of(request).decide(
        lambda history, now: coach.act(history, who, act(history, now)),
        reason=reason,
        author=coach.author_of(who),
        origin_key=origin_of(request),
    )


paths = [path("coach/runner/", acts, name="acts")]
