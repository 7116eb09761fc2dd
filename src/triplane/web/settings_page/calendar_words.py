"""The words by which entries of a calendar are known, as a page: chosen, ours again, tried."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from triplane import coach
from triplane.bootstrap.importing import calendar_seen
from triplane.errors import Later, SaidSince, UserError
from triplane.formats.calendar import kind_of
from triplane.history import CalendarEntry, CalendarWords, History
from triplane.web.fields import origin_of, says
from triplane.web.methods import require_safe_or_post
from triplane.web.problems import Problem
from triplane.web.runner import practice_of
from triplane.web.said import said
from triplane.web.settings_page.bringing import on_a_lane
from triplane.web.words import sentence

if TYPE_CHECKING:
    from triplane.bootstrap import Practice

LISTS = {
    "none": (gettext_lazy("No sport"), gettext_lazy("What only sounds like it, and walks. It is left out.")),
    "training": (
        gettext_lazy("Training runs"),
        gettext_lazy("A run, even if a word for a race stands in it: “marathon training”."),
    ),
    "race": (gettext_lazy("Races"), gettext_lazy("A race is entered, and the weeks before it follow.")),
    "interval": (gettext_lazy("Intervals"), gettext_lazy("A hard run.")),
    "tempo": (gettext_lazy("Tempo runs"), gettext_lazy("A hard run.")),
    "long": (gettext_lazy("Long runs"), ""),
    "run": (gettext_lazy("Other runs"), gettext_lazy("A run; your calendar does not say how hard it is.")),
    "gym": (gettext_lazy("Gym visits"), ""),
}
"""What each list is called, and what becomes of an entry that it finds."""

BECOMES = {
    "training": gettext_lazy("Run"),
    "race": gettext_lazy("Race"),
    "interval": gettext_lazy("Interval run"),
    "tempo": gettext_lazy("Tempo run"),
    "long": gettext_lazy("Long run"),
    "run": gettext_lazy("Run"),
    "gym": gettext_lazy("Gym visit"),
    "": gettext_lazy("Left out"),
}

MOST_TITLES, LONGEST_LINE, LARGEST_BYTES = 20, 4000, 32 * 2**20
"""Titles and bytes of a calendar that are tried at once, and letters of a line of new words. Ours."""


@dataclass
class Sent:
    """One list on the page: which words are ticked, what is typed, what is wrong with it."""

    kind: str
    ours: list[tuple[str, bool]]
    own: list[tuple[str, bool]]
    typed: str = ""
    problem: str = ""

    @property
    def name(self) -> str:
        return str(LISTS[self.kind][0])

    @property
    def note(self) -> str:
        return str(LISTS[self.kind][1])

    @property
    def counts(self) -> int:
        return sum(ticked for _word, ticked in (*self.ours, *self.own))

    @property
    def is_ours(self) -> bool:
        """Whether it is as we hand it out."""
        return not self.own and not self.typed and all(ticked for _word, ticked in self.ours)


@require_safe_or_post
def calendar_words(request: HttpRequest) -> HttpResponse:
    """Show the lists; what is chosen is a fact. What is tried is recorded nowhere, nor is its calendar."""
    practice = practice_of(request)
    history = practice.history()
    posted = request.POST if request.method == "POST" else None
    lists, tried = _lists(history, posted), None
    problems: list[Problem] = []
    if posted is not None:
        is_trial = posted.get("do") == "try"
        try:
            if is_trial:
                tried = _tried(practice, _chosen(lists), request)
            else:
                _save(practice, lists, posted, origin_of(request))
                return redirect(f"{request.path}?saved=1")
        except SaidSince:
            history = practice.history()
            lists, problems = _lists(history, posted), [Problem("", _chosen_elsewhere())]
        except Later:
            raise  # the page comes back as it is now, with what was typed
        except UserError as error:
            problems = [_problem(error, lists, is_trial)]
    page = {
        "lists": lists,
        "since": _mark(history),
        "titles": posted.get("titles", "")[:LONGEST_LINE] if posted is not None else "",
        "tried": tried,
        "problems": problems,
        "is_known": bool(coach.calendars_read(history)),
        "saved": "saved" in request.GET and posted is None,
        "here": "settings",
    }
    return render(request, "settings_page/calendar_words.html", page, status=400 if problems else 200)


def _problem(error: UserError, lists: list[Sent], is_trial: bool) -> Problem:
    """Put what is wrong beside its list, and return it for the top of the page."""
    for one in lists:
        if one.kind == error.field:
            one.problem = says(error)
            told = {"field": one.name, "problem": one.problem}
            return Problem(f"id_add_{one.kind}", _("%(field)s: %(problem)s") % told)
    return Problem("id_titles" if is_trial else "", says(error))


def _chosen_elsewhere() -> str:
    return _(
        "Other words were chosen elsewhere since this page was opened. They stand here now, with what you "
        "ticked and wrote; save it again."
    )


def _mark(history: History) -> str:
    """Return what tells the words on a page from those chosen since: the fact that chose them."""
    chosen = history.facts_of(CalendarWords)
    return chosen[-1].id if chosen else ""


def _words_at(history: History, mark: str | None) -> CalendarWords | None:
    """Return the words that a page showed, by its mark; nothing where that is not known."""
    if mark == "":
        return coach.our_calendar_words()
    bodies = (fact.body for fact in history.facts if fact.id == mark)
    return next((body for body in bodies if isinstance(body, CalendarWords)), None)


def _lists(history: History, posted: QueryDict | None) -> list[Sent]:
    """Return the lists as they stand, with what was ticked, unticked and typed on the page that was sent.

    The page may be older than the words: a box that was left on it as it stood says nothing, nor does one
    that it did not have.
    """
    words, ours = coach.calendar_words(history), dict(coach.our_calendar_words())
    shown = None if posted is None else _words_at(history, posted.get("since"))
    found = []
    for one in coach.word_lists(words):
        ticked = set(one.words)
        if posted is not None and shown is not None:
            before, kept = set(getattr(shown, one.kind)), set(posted.getlist(f"keep_{one.kind}"))
            ticked = (ticked - (before - kept)) | (kept - before)
        found.append(
            Sent(
                kind=one.kind,
                ours=[(word, word in ticked) for word in ours[one.kind]],
                own=[(word, word in ticked) for word in one.own],
                typed="" if posted is None else posted.get(f"add_{one.kind}", ""),
            )
        )
    return found


def _chosen(lists: list[Sent]) -> CalendarWords:
    """Return what is ticked and typed, checked."""
    told = {}
    for one in lists:
        if len(one.typed) > LONGEST_LINE:
            typed, one.typed = one.typed, one.typed[:LONGEST_LINE]
            raise UserError(
                _("Write at most %(most)s letters at once; these are %(number)s.")
                % {"most": LONGEST_LINE, "number": len(typed)},
                field=one.kind,
            )
        ticked = [word for word, is_ticked in (*one.ours, *one.own) if is_ticked]
        told[one.kind] = [*ticked, *(word for word in one.typed.split(",") if word.strip())]
    return coach.chosen_words(told)


def _save(practice: "Practice", lists: list[Sent], posted: QueryDict, origin_key: str) -> None:
    """Keep what is ticked and typed; the list whose button says so, or every one, is ours again.

    Raises
    ------
    UserError
        Where a list cannot be so.
    SaidSince
        Where other words were chosen since the page was opened.
    """
    for one in lists:
        if posted.get("restore") in (one.kind, "all"):
            one.ours, one.own, one.typed = [(word, True) for word, _ticked in one.ours], [], ""
    wanted = _chosen(lists)

    def told(history: History, now: object) -> tuple[CalendarWords, ...]:
        if _words_at(history, posted.get("since")) is None:
            raise SaidSince
        if _as_sets(wanted) == _as_sets(coach.calendar_words(history)):
            return ()
        if posted.get("since") != _mark(history):
            raise SaidSince
        return (wanted,)

    practice.decide(told, origin_key=origin_key)


def _as_sets(words: CalendarWords) -> list[set[str]]:
    """Return the lists without their order, which makes no difference."""
    return [set(listed) for _name, listed in words]


def _tried(practice: "Practice", words: CalendarWords, request: HttpRequest) -> dict[str, Any]:
    """Return what titles, and the entries of a calendar, would become."""
    lines = request.POST.get("titles", "")[:LONGEST_LINE].splitlines()
    titles = [" ".join(one.split())[:120] for one in lines if one.strip()][:MOST_TITLES]
    file = request.FILES.get("calendar")
    if not titles and file is None:
        raise UserError(_("Choose a calendar, or write a title as it stands in yours."))
    shown: dict[str, Any] = {"titles": [(one, BECOMES[kind_of(words, one)]) for one in titles]}
    if file is None:
        return shown
    if (file.size or 0) > LARGEST_BYTES:
        size = {"size": LARGEST_BYTES // 2**20}
        raise UserError(_("This is larger than %(size)s MB. Export a part of it.") % size)
    with on_a_lane(practice):
        found = calendar_seen(file.read(), str(file.name), words, practice.now)
    zone = practice.now.tzinfo
    shown["name"] = file.name
    shown["entries"] = [
        (one.starts_at.astimezone(zone), _becomes(one), found.titles.get(one.uid, ""))
        for one in found.entries
    ]
    shown["left_out"] = [(what, sentence(said(why))) for what, why in found.skipped]
    return shown


def _becomes(entry: CalendarEntry) -> object:
    return BECOMES["gym" if entry.is_gym else str(entry.run) if entry.run else "run"]
