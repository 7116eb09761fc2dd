"""No way leads to a drill past a block, nor to a session past a pause: commands and addresses are walked.

New ones are found, never listed; whoever adds one that takes something new tells this test what to hand in.
The use cases behind them are walked in ``test_every_gate.py``.
"""

import io
import pkgutil
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from night import every
from triplane import catalogue, coach
from triplane.bootstrap import Practice, default_journal, open_practice, sample_journal, videos
from triplane.cli import commands
from triplane.cli.app import main
from triplane.errors import TriplaneError
from triplane.value import Value

BLOCKS = {
    "an emergency": {"H01": True, "H01.deformed_or_stuck": True},
    "urgent": {"H01": True, "H01.deformed_or_stuck": False},
    "a professional first": {"Q07": True},
}


@dataclass(frozen=True)
class Stopped:
    """A runner whose week was planned before safety stopped it."""

    practice: Practice
    journal: Path
    slot: str
    item: str
    fact: str


@pytest.fixture(params=every(3, [*BLOCKS]))
def stopped(request: pytest.FixtureRequest, marathoner: Any) -> Stopped:
    return told_after_planning(marathoner, coach.screening_answers(BLOCKS[request.param]))


@pytest.fixture
def ready(marathoner: Any) -> Stopped:
    """Nobody stopped yet: every question before a session is answered with no."""
    answered = dict.fromkeys((asked.id for asked in coach.readiness_asked()), False)
    return told_after_planning(marathoner, coach.readiness_answers(answered))


@pytest.fixture
def ill(ready: Stopped, marathoner: Any) -> Stopped:
    return told_after_planning(marathoner, coach.readiness_answers({"ill": True}))


def told_after_planning(marathoner: Any, told: Value, before: Stopped | None = None) -> Stopped:
    """Tell something once the week is planned; the session named is the next one, or that of ``before``."""
    practice = marathoner.practice
    entry = practice.day().next
    slot, item = (before.slot, before.item) if before else (entry.slot.id, entry.drills[0].item.id)
    practice.record(told)
    marathoner.now += timedelta(minutes=1)
    marathoner.practice.day()
    fact = practice.history().facts[-1].id
    return Stopped(marathoner.practice, marathoner.journal, slot, item, fact)


def drills_in(said: object) -> set[str]:
    """Return every drill that is named in what was said, by its id or its name."""
    text = said if isinstance(said, str) else repr(said)
    words = set(re.findall(r"\w+", text))
    named = (d for d in catalogue.load().values() if d.id in words or d.name in text)  # cheap before exact
    return {d.id for d in named if d.id in words or re.search(rf"(?<!\w){re.escape(d.name)}(?!\w)", text)}


def given(call: Any, *first: Any, **named: Any) -> object:
    """Return what is given to the runner, or the words it is refused with."""
    try:
        return call(*first, **named)
    except TriplaneError as refusal:
        return str(refusal)


WORDS = {
    "angles": [],
    "change": [["2026-11-26", "--away"]],
    "checkin": [["--none"]],
    "clearance": [],
    "correct": [],
    "demo": [[], ["--json"], ["desk_beginner"]],
    "do": [
        [],
        ["{slot}"],
        ["{item}"],
        ["{slot}", "--show"],
        ["{slot}", "--json"],
        *(["{slot}", "--file", "{out}." + ending] for ending in ("html", "fit", "txt", "md", "pdf")),
    ],
    "drill": [["mob_quad_band"], ["mob_quad_band", "--json"], ["mob_quad_band", "--figure", "{out}"]],
    "drills": [[], ["--json"]],
    "erase": [],
    "export": [["{out.parent}/hips.json", "--fhir"]],
    "facts": [[], ["--json"]],
    "form": [["set.mp4", "--drill", "mob_quad_band"], ["set.mp4", "--drill", "str_step_down", "--json"]],
    "import": [],
    "journal": [],
    "lint": [],
    "log": [[], ["{slot}"]],
    "lunges": [[], ["--json"]],
    "map": [[], ["--json"]],
    "measure": [
        [],
        ["internal_rotation", "--left", "30,31,30", "--method", "phone_helper"],
        ["internal_rotation", "--video", "set.mp4", "--side", "left"],
    ],
    "progress": [[], ["--json"]],
    "reminders": [[], ["--json"]],
    "serve": [],
    "start": [["--safety"]],
    "today": [[], ["--json"]],
    "week": [[], ["--json"], ["--file", "{out}.md"], ["--file", "{out}.pdf"]],
    "words": [],
    "why": [["{slot}"], ["{item}"], ["mob_quad_band"], ["internal_rotation"], ["E72"]],
}
"""Every command with what may be asked of it; without words: it gives back the runner's own facts or none."""


def test_every_command_is_walked() -> None:
    assert set(WORDS) == {m.name.removeprefix("cmd_") for m in pkgutil.iter_modules(commands.__path__)}


def test_no_command_gives_a_blocked_runner_a_drill(
    stopped: Stopped, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    out = tmp_path / "figure.svg"
    common = ["--journal", str(stopped.journal), "--runner", "anna", "--zone", "Europe/Berlin"]
    now = ["--now", stopped.practice.now.isoformat()]
    for command, ways in WORDS.items():
        for words in ways:
            said = [word.format(slot=stopped.slot, item=stopped.item, out=out) for word in words]
            main([*common, *now, command, *said])
            told = capsys.readouterr()
            asked_for = {word for word in said if word in catalogue.load()}
            assert drills_in(told.out) | drills_in(told.err) <= asked_for, (command, *said)
            assert [*tmp_path.glob(f"{out.name}*")] == []
            assert drills_in(" ".join(one.read_text() for one in tmp_path.glob("*.json"))) == set()


@pytest.mark.parametrize(
    "stops",
    [
        lambda coach: coach.screening_answers({"Q07": True}),
        lambda coach: coach.readiness_answers({"ill": True}),
    ],
    ids=["stopped", "ill"],
)
def test_whom_safety_stops_finds_no_drill_in_a_samples_journal_either(
    stops: Callable[[Any], Any],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    at = ["--zone", "Europe/Berlin", "--now", "2026-11-25T08:00"]
    assert main([*at, "demo"]) == 0
    assert drills_in(capsys.readouterr().out)
    own = open_practice(None, "me", *at[1::2])
    own.record(stops(coach))
    monkeypatch.setattr("triplane.web.serve", lambda *given, **named: pytest.fail("it was served"))

    sample = sample_journal(default_journal())
    said = {}
    for words in (
        ["demo"],
        ["--runner", "me", "demo"],
        ["--journal", str(sample), "today"],
        ["serve", "--sample"],
    ):
        code, told = main([*at, *words]), capsys.readouterr()
        assert drills_in(told.out) | drills_in(told.err) == set(), words
        said[tuple(words)] = (code, told.err)
    assert set(said.values()) == {said["demo",]}
    assert said["demo",][0] == 5


def test_no_video_is_watched_for_a_blocked_runner(
    stopped: Stopped, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    watched: list[object] = []
    monkeypatch.setattr(videos, "_apart", lambda *given: watched.append(given))
    common = ["--journal", str(stopped.journal), "--runner", "anna", "--zone", "Europe/Berlin"]
    for words in (
        ["form", "set.mp4", "--drill", "str_step_down"],
        ["measure", "internal_rotation_seated", "--video", "set.mp4", "--side", "left"],
    ):
        code = main([*common, "--now", stopped.practice.now.isoformat(), *words])
        assert code == 5, capsys.readouterr().err

    assert watched == []


def addresses(stopped: Stopped) -> Iterator[str]:
    """Every address of the app, with what stands in it filled in; each address with every way to fill it."""
    from triplane.web.urls import urlpatterns

    ways = {
        "slot": [stopped.slot, stopped.item],
        "name": ["mob_quad_band", "flexion", "flexion_supine", "H02", stopped.fact],
        "drill": ["mob_quad_band"],
        "version": [
            coach.film_version(card_of("mob_quad_band")),
            coach.drawing_version(card_of("mob_quad_band")),
            "000000000000",
        ],
        "side": ["left"],
        "what": ["away", "minutes", "race", "sore"],
        "fact": [stopped.fact],
        "code": ["0000"],
        "key": ["0000"],
        "secret": ["0" * 43],
        "ending": ["fit", "txt", "md", "pdf"],
    }
    for pattern in urlpatterns:
        filled = [str(pattern.pattern)]
        for blank, name in re.findall(r"(<\w+:(\w+)>)", str(pattern.pattern)):
            assert name in ways, f"tell this test what to fill in as {name}"
            filled = [address.replace(blank, word) for address in filled for word in ways[name]]
        yield from (f"/{address}" for address in filled)


def card_of(drill: str) -> "coach.DrillCard":
    """Return a card as it is drawn from, whoever asks."""
    from triplane.coach.library import _card, find_drill

    return _card(find_drill(drill), "")


MAY_BE_READ = ("/drills/", "/lunges/", "/figures/", "/why/")
"""Where drills are looked up, which nobody does by the clock: open to whoever is ill."""
KEEPS_FACTS = ("/settings/export/", "/settings/delete/")
"""Addresses that give back or remove the runner's own facts."""


def test_no_address_gives_a_blocked_runner_a_drill(stopped: Stopped, browser: Any, with_player: None) -> None:
    for address in addresses(stopped):
        if address in KEEPS_FACTS:
            continue
        for ask in (browser.get, browser.post):
            answer = ask(address, follow=True)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            text = re.sub(r"<[^>]+>", " ", body.decode())
            assert drills_in(text) - {"mob_quad_band"} == set(), address
            assert catalogue.load()["mob_quad_band"].name not in text, address
            assert b'<svg class="figure' not in body and b'"frames"' not in body, address


def test_no_address_gives_a_runner_who_is_ill_a_session(
    ready: Stopped, marathoner: Any, browser: Any, with_player: None
) -> None:
    steps = steps_of(ready)
    own = [address for address in addresses(ready) if ready.slot in address]
    shown = {address for address in own if gives_session(browser.get(address), steps)}
    assert {way.replace(ready.slot, "") for way in shown} >= {
        *("/session//", "/session//play.json", "/session//handout/", "/session//handout/triplane.fit"),
    }

    ill = told_after_planning(marathoner, coach.readiness_answers({"ill": True}), ready)
    for address in addresses(ill):
        if address not in KEEPS_FACTS and not address.startswith(MAY_BE_READ):
            for ask in (browser.get, browser.post):
                assert not gives_session(ask(address, follow=True), steps), address


def steps_of(runner: Stopped) -> list[bytes]:
    """Return how the first drill of the runner's session is done, line by line."""
    plan = runner.practice.history().issued_plan(coach.monday_of(runner.practice.now.date()))
    assert plan
    drill = catalogue.load_one(next(item.drill for item in plan.items if item.id == runner.item))
    return [step.encode() for step in drill.steps]


def gives_session(answer: Any, steps: list[bytes]) -> bool:
    """Whether an answer holds a session: its cues, how its drill is done, or a file of it."""
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    is_file = "attachment" in answer.get("Content-Disposition", "")
    if answer.get("Content-Type") == "application/fhir+json":
        is_file = b'"CarePlan"' in body  # what was measured is no session
    return is_file or b'"cues"' in body or any(step in body for step in steps)


def test_no_command_gives_a_runner_who_is_ill_a_session(
    ill: Stopped, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    out = tmp_path / "session"
    common = ["--journal", str(ill.journal), "--runner", "anna", "--zone", "Europe/Berlin"]
    for words in WORDS["do"]:
        said = [word.format(slot=ill.slot, item=ill.item, out=out) for word in words]
        code = main([*common, "--now", ill.practice.now.isoformat(), "do", *said])
        told = capsys.readouterr()

        assert (code, drills_in(told.out + told.err)) == (5, set()), words
        assert [*tmp_path.glob("session*")] == []


def test_who_answered_nothing_yet_may_read_about_drills_and_gets_none_to_do(app: Any, browser: Any) -> None:
    practice = app.practice
    card = coach.drill_card(practice.history(), "mob_quad_band", practice.now)
    found = coach.drills(practice.history(), coach.DrillFilter(), practice.now)

    assert found.drills
    assert card.notice and card.notice == found.notice
    for use_case in (coach.begin, coach.bundle, coach.drills_of):
        assert "A few questions first" in str(given(use_case, practice.history(), "x", practice.now))


def test_a_session_is_begun_only_with_every_answer_and_only_while_they_hold(marathoner: Any) -> None:
    practice = marathoner.practice
    slot = practice.next_slot()
    questions = [asked.id for asked in practice.bundle(slot).asks]
    assert "questions before a session" in str(given(practice.begin, slot))

    practice.answer_readiness(dict.fromkeys(questions[1:], False))
    assert "questions before a session" in str(given(practice.begin, slot)), "one is not answered"

    practice.answer_readiness({questions[0]: False})
    assert practice.begin(slot).cues
    later = practice.as_of(practice.now + timedelta(hours=4, minutes=1))
    assert "questions before a session" in str(given(later.begin, slot)), "an answer of this morning is old"

    hours_on = practice.as_of(practice.now + timedelta(hours=3))
    hours_on.log(slot, coach.SessionAnswers(effort=4))
    assert "questions before a session" in str(given(hours_on.begin, slot)), "each session asks anew"


@pytest.mark.parametrize("yes", ["ill", "new_pain", "fall", "new_medicine", "pregnancy"])
def test_a_yes_to_any_question_before_a_session_begins_none(marathoner: Any, yes: str) -> None:
    practice = marathoner.practice
    slot = practice.next_slot()
    questions = {asked.id for asked in practice.bundle(slot).asks}
    practice.answer_readiness({name: name == yes for name in questions})

    assert drills_in(given(practice.begin, slot)) == set()
    assert drills_in(given(practice.bundle, slot)) == set()
