"""The settings: theme, the coach's defaults, files in and out, clearances, facts, and removing everything."""

from datetime import datetime
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from triplane import coach
from triplane.errors import Blocked, UserError
from triplane.formats.archive import pack
from triplane.formats.fhir import write_bundle
from triplane.history import ClearedBy, History, is_empty
from triplane.web.feed.keeping import feeds_of
from triplane.web.fields import origin_of, says
from triplane.web.headers import device_cleared
from triplane.web.methods import require_safe_or_post
from triplane.web.problems import problems_of
from triplane.web.runner import has_account, practice_of
from triplane.web.said import said
from triplane.web.settings_page.anew import ToldAnew
from triplane.web.settings_page.bringing import bring_in, problem_with
from triplane.web.settings_page.calendar_words import calendar_words
from triplane.web.settings_page.forms import ClearanceForm, DefaultsForm, PreferencesForm
from triplane.web.words import restriction

THEMES = {"": _("As the system"), "light": _("Light"), "dark": _("Dark")}
A_YEAR_S = 365 * 24 * 3600

LISTED = 100
"""Facts on one page of the record; more are asked for."""

LED_FROM = frozenset({"today"})
"""The pages, beside the record, that lead to taking a fact back and are led back to (``?back=``)."""


@require_safe_or_post
def settings(request: HttpRequest) -> HttpResponse:
    """Show what can be set; units, sound and quiet hours are kept as a fact."""
    practice = practice_of(request)
    present = coach.preferences(practice.history())
    form = PreferencesForm(present, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        body = form.body()
        if body is not None:
            practice.decide(
                lambda history, now: () if body == coach.preferences(history) else (body,),
                origin_key=origin_of(request),
            )
            return redirect(f"{request.path}?saved=1")
    chosen = request.COOKIES.get("theme", "")
    page = {
        "themes": THEMES,
        "chosen": chosen if chosen in THEMES else "",
        "form": form,
        "problems": problems_of(form),
        "saved": "saved" in request.GET,
        "is_quiet": present.is_quiet(practice.now.time()),
        "here": "settings",
    }
    return render(request, "settings_page/settings.html", page, status=400 if form.errors else 200)


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Keep the theme in a cookie; it is no fact about a runner."""
    chosen = request.POST.get("theme", "")
    answer = redirect("settings")
    if chosen in THEMES and chosen:
        answer.set_cookie("theme", chosen, max_age=A_YEAR_S, httponly=True, samesite="Strict")
    else:
        answer.delete_cookie("theme", samesite="Strict")
    return answer


@require_safe_or_post
def defaults(request: HttpRequest) -> HttpResponse:
    """Show the coach's defaults; what is changed is a fact, and an empty field is ours again."""
    practice = practice_of(request)
    present = coach.defaults(practice.history())
    form = DefaultsForm(present, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        changes = form.changes()
        if not form.errors:
            practice.decide(lambda history, now: changes, origin_key=origin_of(request))
            return redirect(f"{request.path}?saved={len(changes)}")
    page = {"form": form, "problems": problems_of(form), "here": "settings"}
    page["saved"] = request.GET.get("saved", "")
    return render(request, "settings_page/defaults.html", page, status=400 if form.errors else 200)


@require_safe_or_post
def files(request: HttpRequest) -> HttpResponse:
    """Bring in runs or a journal, with a report for each file; offer the journal to take away."""
    practice = practice_of(request)
    page = {"facts": len(practice.history().facts), "here": "settings", "problem": "", "report": None}
    if request.method == "POST":
        sent = request.FILES.getlist("files")
        page["problem"] = problem_with(sent)
        if not page["problem"]:
            told = {name: request.POST.get(name) == "on" for name in ("assume_run", "mine")}
            page["report"] = bring_in(practice, sent, told["assume_run"], mine=told["mine"])
            page["facts"] = len(practice.history().facts)
    page["is_empty"] = is_empty(practice.history())
    return render(request, "settings_page/files.html", page, status=400 if page["problem"] else 200)


@require_safe
def export(request: HttpRequest) -> HttpResponse:
    """Hand out everything on record about this runner in one file."""
    practice = practice_of(request)
    content = pack(practice.history().facts)
    return _to_keep(content, "application/zip", f"triplane-{practice.now:%Y-%m-%d}.zip")


@require_safe
def export_fhir(request: HttpRequest) -> HttpResponse:
    """Hand out what a clinic reads. The plan is in it only for whom safety does not stop."""
    practice = practice_of(request)
    content = write_bundle(coach.clinic_record(practice.history(), practice.now))
    name = f"triplane-{practice.now:%Y-%m-%d}.fhir.json"
    return _to_keep(content, "application/fhir+json", name)


def _to_keep(content: bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)


CLEARANCE_FIELDS = {"expires_on": "until", "scope": "scope"}
"""The field of the form beside which is said what cannot be; beside the day else."""


@require_safe_or_post
def clearance(request: HttpRequest) -> HttpResponse:
    """Show what safety says, and record a professional's word on what stands."""
    practice = practice_of(request)
    history, now = practice.history(), practice.now
    found = coach.clearance(history, now)
    scopes = [(one.name, f"{one.says} {one.only_by}".strip()) for one in scopes_of(history, now)]
    posted = request.POST if request.method == "POST" else None
    form = ClearanceForm(scopes, posted, initial={"given": now.date()})
    if form.is_bound and form.is_valid():
        try:
            body = form.body(history, now)
        except UserError as error:
            form.add_error(CLEARANCE_FIELDS.get(error.field, "given"), says(error))
        else:
            practice.record(body, origin_key=origin_of(request), author="runner")
            return redirect(f"{request.path}?saved=1")
    page = {
        "found": found,
        "scopes": scopes,
        "form": form,
        "problems": problems_of(form) if scopes else [],
        "not_counting": [one for one in found.messages if one.why_not_cleared],
        "saved": "saved" in request.GET,
        "here": "settings",
    }
    return render(request, "settings_page/clearance.html", page, status=400 if form.errors else 200)


@require_safe
def facts(request: HttpRequest) -> HttpResponse:
    """List what is on record, the newest first."""
    practice = practice_of(request)
    history = practice.history()
    counted = coach.facts_counted(history)
    kind = request.GET.get("kind", "") if request.GET.get("kind", "") in counted else ""
    number = counted[kind] if kind else sum(counted.values())
    shown = number if "all" in request.GET else min(number, LISTED)
    page = {
        "facts": coach.facts_told(history, kind or None, shown, practice.now) if shown else (),
        "more": number - shown,
        "kinds": list(counted),
        "kind": kind,
        "gone": "gone" in request.GET,
        "anew": "anew" in request.GET,
        "asked": "asked" in request.GET,
        "here": "settings",
    }
    return render(request, "settings_page/facts.html", page)


@require_safe_or_post
def fact(request: HttpRequest, name: str) -> HttpResponse:
    """Ask once more, then take a fact back; it stays on the record and no longer speaks."""
    practice = practice_of(request)
    found = coach.fact_told(practice.history(), name, practice.now)
    asked = request.GET.get("back", "")
    back = asked if asked in LED_FROM else "facts"
    if found.corrected:
        return redirect(back)
    problem = said(found.stays)
    if request.method == "POST" and not problem:
        try:
            reason = request.POST.get("reason", "")[:200]
            practice.correct(lambda history, now: [coach.withdrawal(history, name, now, reason)])
        except Blocked as error:
            problem = said(error)
        else:
            return redirect(f"{reverse('facts')}?gone=1" if back == "facts" else back)
    reason = request.POST.get("reason", "")
    page = {"fact": found, "problem": problem, "reason": reason, "back": back, "here": "settings"}
    is_refused = request.method == "POST"
    return render(request, "settings_page/fact.html", page, status=400 if is_refused else 200)


@require_safe_or_post
def fact_anew(request: HttpRequest, name: str) -> HttpResponse:
    """Ask anew how a session felt in which something hurt, and what is asked before any session."""
    practice = practice_of(request)
    found = coach.fact_told(practice.history(), name, practice.now)
    if not found.may_be_told_anew:
        return redirect("fact", name)
    drills = coach.drills_told_anew(practice.history(), name, practice.now)
    posted = request.POST if request.method == "POST" else None
    told = ToldAnew(drills, posted)
    if told.is_whole:
        felt, answers, of = told.felt, told.answers, told.of
        facts = practice.correct(
            lambda history, now: coach.session_told_anew(history, name, felt, answers, now, of=of)
        )
        stands = any(one.supersedes for one in facts)
        return redirect(f"{reverse('facts')}?anew=1" if stands else f"{reverse('facts')}?asked=1")
    page = {**told.page, "fact": found, "here": "settings"}
    return render(request, "settings_page/fact_anew.html", page, status=200 if posted is None else 400)


@require_safe_or_post
def erase(request: HttpRequest) -> HttpResponse:
    """Remove everything on record, once a word was typed that nobody types by mistake."""
    practice = practice_of(request)
    by_name = has_account(request)
    wanted = practice.runner if by_name else gettext("delete")
    typed, problem = request.POST.get("name", "").strip(), ""
    if request.method == "POST":
        if typed.casefold() == wanted.casefold():
            practice.erase()
            feeds_of(practice).revoke(practice.runner)
            return device_cleared(redirect("begin"))
        problem = gettext("Type %(word)s to delete everything. Nothing was deleted.") % {"word": wanted}
    page = {
        "wanted": wanted,
        "by_name": by_name,
        "place": practice.journal.place,
        "facts": len(practice.history().facts),
        "typed": typed,
        "problem": problem,
        "here": "settings",
    }
    return render(request, "settings_page/erase.html", page, status=400 if problem else 200)


class Scope(NamedTuple):
    """Something a professional may clear as it stands: by what name, in words, and by whom."""

    name: str
    says: str
    roles: tuple[ClearedBy, ...]

    @property
    def only_by(self) -> str:
        """Who alone lifts it, where a physiotherapist does not."""
        if ClearedBy.PHYSIOTHERAPIST in self.roles:
            return ""
        return gettext("Lifted only by: %(roles)s.") % {"roles": said(coach.roles_in_words(self.roles))}


def scopes_of(history: History, now: datetime) -> list[Scope]:
    """Return what a professional may clear, with what it says on the page."""
    messages, held = coach.may_be_cleared(coach.clearance(history, now))
    told = {one.origin: said(one.says) for one in messages}
    told |= {
        str(one.tag): " ".join(
            (gettext("Restriction: %(what)s.") % {"what": restriction(one.tag)}, said(one.note))
        ).strip()
        for one in held
    }
    return [Scope(name, says, coach.who_may_clear(history, name, now)) for name, says in told.items()]


paths = [
    path("settings/", settings, name="settings"),
    path("settings/theme/", theme, name="theme"),
    path("settings/defaults/", defaults, name="defaults"),
    path("settings/calendar-words/", calendar_words, name="calendar_words"),
    path("settings/files/", files, name="files"),
    path("settings/export/", export, name="export"),
    path("settings/export/fhir/", export_fhir, name="export_fhir"),
    path("settings/clearance/", clearance, name="clearance"),
    path("settings/facts/", facts, name="facts"),
    path("settings/facts/<str:name>/", fact, name="fact"),
    path("settings/facts/<str:name>/anew/", fact_anew, name="fact_anew"),
    path("settings/delete/", erase, name="erase"),
]
