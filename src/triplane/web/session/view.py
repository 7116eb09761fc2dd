"""A session to be done: the questions before it, every drill in words, and how it was."""

from collections.abc import Container, Sequence
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import NotPlanned, NotReady, UnknownName, UserError
from triplane.history import UNKNOWN_DRILL, Sign
from triplane.web.built import PLAYER, script
from triplane.web.feelings import PainFormSet, feelings_in
from triplane.web.fields import choose_among
from triplane.web.methods import require_safe_or_post
from triplane.web.plan.view import needs_plan
from triplane.web.problems import Problem, problem_at, problems_of
from triplane.web.runner import practice_of
from triplane.web.said import said, said_later

CANNOT_SAY = _("I cannot say")
SCORES = [(str(score), str(score)) for score in range(11)]


class HowItWasForm(forms.Form):
    """Effort and discomfort, and drills that were skipped or too much."""

    effort = forms.ChoiceField(
        choices=SCORES, label=_("Effort"), error_messages={"required": _("Choose how hard it was, 0 to 10.")}
    )
    discomfort = forms.ChoiceField(
        choices=SCORES,
        label=_("Most discomfort"),
        error_messages={"required": _("Choose the most you felt, 0 to 10.")},
    )
    skipped = forms.MultipleChoiceField(required=False, label=_("Not done"))
    too_much = forms.MultipleChoiceField(required=False, label=_("Too much"))
    hurt_in = forms.MultipleChoiceField(required=False, label=_("Which drills hurt"))
    signs = forms.MultipleChoiceField(
        required=False,
        label=_("Was one of these there?"),
        choices=[(one.value, said_later(one.value.replace("_", " ").capitalize())) for one in Sign],
    )

    are_drills: tuple[str, ...] = ("skipped", "too_much", "hurt_in")
    """The fields in which one chooses among the session's drills."""

    def __init__(self, drills: list[tuple[str, str]], posted: QueryDict | None) -> None:
        super().__init__(posted)
        for name in self.are_drills:
            choose_among(self, name, drills)
        choose_among(self, "hurt_in", [*drills, (UNKNOWN_DRILL, str(CANNOT_SAY))])

    def answers(self, feelings: "tuple[coach.Feeling, ...]") -> "coach.SessionAnswers":
        told = self.cleaned_data
        hurt, signs = dict.fromkeys(told["hurt_in"]), dict.fromkeys(told["signs"])
        return coach.SessionAnswers(
            effort=int(told["effort"]),
            discomfort=int(told["discomfort"]),
            skipped=tuple(told["skipped"]),
            too_much=tuple(told["too_much"]),
            pain=tuple((drill, feeling) for drill in hurt for feeling in feelings),
            signs=tuple((drill, Sign(sign)) for drill in hurt for sign in signs),
        )

    def clean(self) -> None:
        told = self.cleaned_data
        if told.get("signs") and not told.get("hurt_in"):
            self.add_error("hurt_in", _("Choose the drill it was in."))


@require_safe_or_post
@needs_plan
def session(request: HttpRequest, slot: str) -> HttpResponse:
    """Show a session once the questions before it are answered."""
    practice = practice_of(request)
    opens = coach.opens_later(practice.history(), slot, practice.now)
    if opens:
        soonest = coach.soonest(coach.week(practice.history(), practice.now), practice.now, slot)
        page = {"opens": opens, "slot": slot, "soonest": soonest, "here": "today"}
        return render(request, "session/not_yet.html", page)
    try:
        planned = practice.begin(slot)
    except NotReady as open_ones:
        return _ready(request, practice, slot, open_ones.questions)
    cards = coach.drill_cards(practice.history(), (item.drill for item in planned.items), practice.now)
    page = {
        "session": planned,
        "stop_words": coach.stop_words(),
        "here": "today",
        "slot": slot,
        "has_player": script(PLAYER) is not None,
        "drills": [
            (item, cards[item.drill].drill, coach.drill_figure(cards[item.drill], _side(item), said))
            for item in planned.items
        ],
    }
    return render(request, "session/session.html", page)


def _ready(request: HttpRequest, practice: Practice, slot: str, asked: tuple[str, ...]) -> HttpResponse:
    """Ask what is asked before every session, and go on only when nothing speaks against it."""
    questions = [coach.readiness_question(name) for name in asked]
    if request.method != "POST":
        return render(request, "session/ready.html", {"questions": questions})
    given = {name: request.POST.get(name) for name in asked}
    answers = {name: answer == "yes" for name, answer in given.items() if answer in ("yes", "no")}
    if len(answers) < len(asked):
        page = {"questions": questions, "problem": _("Answer each of them."), "yes": _said(given, "yes")}
        page["no"], page["problems"] = _said(given, "no"), unanswered(questions, answers)
        return render(request, "session/ready.html", page, status=400)
    found = practice.answer_readiness(answers)
    if found.may_train:
        return redirect("session" if script(PLAYER) is None else "play", slot)
    return render(request, "session/not_now.html", {"found": found})


def unanswered(questions: Sequence[Any], answers: Container[str]) -> list[Problem]:
    """Return the questions that still wait, each where it is answered."""
    return [problem_at(one.id, said(one.ask)) for one in questions if one.id not in answers]


def _said(given: dict[str, str | None], word: str) -> list[str]:
    return [name for name, answer in given.items() if answer == word]


@require_safe_or_post
def how_it_was(request: HttpRequest, slot: str) -> HttpResponse:
    """Ask how it was, on one screen, and record the session once."""
    practice = practice_of(request)
    if request.method == "POST" and coach.clearance(practice.history(), practice.now).is_blocked:
        return _told_though_stopped(request.POST, practice, slot)
    coach.refuse_if_blocked(practice.history(), practice.now)
    if request.method != "POST":
        practice.refuse_to_log(slot)
    cards = coach.drill_cards(practice.history(), practice.drills_of(slot), practice.now)
    names = [(name, said(card.drill.name)) for name, card in cards.items()]
    posted = request.POST if request.method == "POST" else None
    form, feelings = HowItWasForm(names, posted), PainFormSet(posted)
    if posted is not None and (told := _told(form, feelings)):
        _logged(practice, slot, told)
        return redirect(f"{reverse('today')}?recorded")
    practice.refuse_to_log(slot)
    page = {"form": form, "feelings": feelings, "slot": slot, "here": "today", "names": names}
    page["problems"] = problems_of(form, feelings)
    return render(request, "session/how_it_was.html", page, status=400 if posted is not None else 200)


def _told_though_stopped(posted: QueryDict, practice: Practice, slot: str) -> HttpResponse:
    """Record what is told by a page that is older than a block: nothing that hurt is lost to it.

    The form is not shown again where something is wrong with it, nor what the session holds: a drill is
    named by whoever sends it alone.
    """
    drills = {name for field in HowItWasForm.are_drills for name in posted.getlist(field)}
    form, feelings = HowItWasForm([(name, name) for name in drills], posted), PainFormSet(posted)
    told = _told(form, feelings)
    if told is None:
        problem = problems_of(form, feelings)[0].says
        raise UserError(
            gettext("Nothing was recorded. %(problem)s Go back, and send it again.") % {"problem": problem}
        )
    try:
        _logged(practice, slot, told)
    except UnknownName as error:
        raise NotPlanned("planned session", slot) from error
    return redirect(f"{reverse('stop')}?recorded")


def _told(form: HowItWasForm, feelings: Any) -> "coach.SessionAnswers | None":
    """Return what was told; nothing where something is wrong with it, which the form then says."""
    if not (form.is_valid() and feelings.is_valid()):
        return None
    felt = feelings_in(feelings.forms)
    if felt and not form.cleaned_data["hurt_in"]:
        form.add_error("hurt_in", _("Choose the drill it was in."))
        return None
    return form.answers(felt)


def _logged(practice: Practice, slot: str, told: "coach.SessionAnswers") -> None:
    if not coach.was_logged_so(practice.history(), slot, told, practice.now):
        practice.log(slot, told)


def _side(item: "coach.PlanItem") -> "coach.Side":
    return coach.Side.LEFT if item.left else coach.Side.RIGHT


paths = [
    path("session/<str:slot>/", session, name="session"),
    path("session/<str:slot>/how-it-was/", how_it_was, name="how_it_was"),
]
