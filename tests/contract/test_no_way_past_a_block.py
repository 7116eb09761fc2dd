"""No way leads to a drill past a block: each use case, command and address is walked as a blocked runner.

New ones are found, never listed; whoever adds one that takes something new tells this test what to hand in.
"""

import inspect
import io
import pkgutil
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from triplane import catalogue, coach
from triplane.bootstrap import Practice, default_journal, open_practice, sample_journal, videos
from triplane.cli import commands
from triplane.cli.app import main
from triplane.errors import TriplaneError
from triplane.history import Method

BLOCKS = {
    "an emergency": {"H01": True, "H01.deformed_or_stuck": True},
    "urgent": {"H01": True, "H01.deformed_or_stuck": False},
    "a professional first": {"Q07": True},
}
HANDED_OUT = re.compile(r"\b(DrillCard|Session|Plan|PlanItem|Prescription|HipMap|Drill|Interruption)\b")
"""Values that a use case only hands to whoever may have them; what takes one needs no gate of its own."""
GIVES_DRILLS = re.compile(r"Drill|Session\b|Bundle|Film|\bPlan\b|PlanItem|Lunge|Week\b|Cue")
TELLS = {"hand_in", "counted_then", "log", "log_played", "logged_session", "drills_done"}
"""Use cases that record or count what was done, in the words of whoever did it."""
OWN_FACTS = {
    "history",
    "append",
    "record",
    "decide",
    "erase",
    "correct",
    "as_of",
    "bring_in",
    "start_from",
    "tell",
}
"""What a practice does with the runner's facts as they are."""
PLAYED = coach.Played(seconds=(1.0,))


@dataclass(frozen=True)
class Stopped:
    """A runner whose week was planned before safety stopped it."""

    practice: Practice
    journal: Path
    slot: str
    item: str
    fact: str

    @property
    def words(self) -> dict[str, Any]:
        """What a use case may be handed, by the name of the parameter."""
        return {
            "history": self.practice.history(),
            "now": self.practice.now,
            "slot": self.slot,
            "item": self.item,
            "name": self.slot,
            "slot_id": self.slot,
            "word": "mob_quad_band",
            "words": ("mob_quad_band",),
            "drill": "mob_quad_band",
            "wanted": coach.DrillFilter(),
            "played": PLAYED,
            "answers": {},
            "day": self.practice.now.date(),
            "kind": None,
            "source": "Club",
            "entries": (),
            "last": 500,
            "side": coach.Side.LEFT,
            "readings": (30.0, 31.0, 30.0),
            "sides": {coach.Side.LEFT: (30.0, 31.0, 30.0)},
            "test": "internal_rotation_prone",
            "method": Method.PHONE_HELPER,
            "effort": 5,
            "discomfort": 0,
            "direction": "anterior",
            "reach": "none",
            "levels": {},
            "to": self.practice.now + timedelta(hours=2),
            "body": coach.check_in(self.practice.yesterday, (), None, self.practice.now),
        }


@pytest.fixture(params=BLOCKS)
def stopped(request: pytest.FixtureRequest, marathoner: Any) -> Stopped:
    practice = marathoner.practice
    entry = practice.day().next
    assert entry
    practice.record(coach.screening_answers(BLOCKS[request.param]))
    marathoner.now += timedelta(minutes=1)
    fact = practice.history().facts[-1].id
    return Stopped(marathoner.practice, marathoner.journal, entry.slot.id, entry.drills[0].item.id, fact)


def drills_in(said: object) -> set[str]:
    """Return every drill that is named in what was said, by its id or its name."""
    text = said if isinstance(said, str) else repr(said)
    words = set(re.findall(r"\w+", text))
    return {d.id for d in catalogue.load().values() if d.id in words or re.search(rf"\b{d.name}\b", text)}


def functions_of(front_door: Any, names: Iterable[str]) -> Iterator[tuple[str, Any]]:
    found = ((name, getattr(front_door, name)) for name in names)
    yield from ((name, one) for name, one in found if inspect.isroutine(one))


USE_CASES = [
    (name, use_case)
    for name, use_case in functions_of(coach, coach.__all__)
    if "history" in inspect.signature(use_case).parameters and name not in TELLS
]
METHODS = [
    (name, method)
    for name, method in functions_of(Practice, vars(Practice))
    if not name.startswith("_") and name not in TELLS | OWN_FACTS
]


def handed(use_case: Any, words: dict[str, Any]) -> dict[str, Any]:
    needed = [
        name
        for name, parameter in inspect.signature(use_case).parameters.items()
        if parameter.default is parameter.empty
        and parameter.kind is not parameter.VAR_KEYWORD
        and name != "self"
    ]
    unknown = set(needed) - words.keys()
    assert not unknown, f"tell this test what to hand in as {unknown}"
    return {name: words[name] for name in needed}


def given(call: Any, *first: Any, **named: Any) -> object:
    """Return what is given to the runner, or the words it is refused with."""
    try:
        return call(*first, **named)
    except TriplaneError as refusal:
        return str(refusal)


NEEDS_OTHERS = {
    "clearance_word",
    "corrected_run",
    "drills_told_anew",
    "session_told_anew",
    "was_logged_so",
    "session_fact",
    "withdrawal",
    "origin_of",
    "week_before",
}
"""Use cases that name or correct a fact of the runner's own."""


def test_no_use_case_gives_a_blocked_runner_a_drill(stopped: Stopped) -> None:
    for name, use_case in USE_CASES:
        if name not in NEEDS_OTHERS:
            assert given_away(use_case, handed(use_case, stopped.words)) == set(), name


def given_away(call: Any, words: dict[str, Any]) -> set[str]:
    """Return the drills in what is given; a refusal may name what was asked for."""
    try:
        return drills_in(call(**words))
    except TriplaneError as refusal:
        return drills_in(str(refusal)) - {"mob_quad_band"}


def test_what_gives_drills_asks_for_the_history_or_takes_what_was_handed_out() -> None:
    for name, use_case in functions_of(coach, coach.__all__):
        signature = inspect.signature(use_case)
        gives = GIVES_DRILLS.search(str(signature.return_annotation).rpartition(".")[2])
        takes = [str(parameter.annotation) for parameter in signature.parameters.values()]
        assert not gives or "history" in signature.parameters or HANDED_OUT.search(" ".join(takes)), name


def test_no_practice_gives_a_blocked_runner_a_drill(stopped: Stopped) -> None:
    for name, method in METHODS:
        words = {"self": stopped.practice, **handed(method, stopped.words)}
        if name == "measure_sides":
            words["sides"] = {coach.Side.LEFT: coach.SideReadings(readings=(30.0, 31.0, 30.0))}
        assert given_away(method, words) == set(), name


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
    "export": [],
    "facts": [[], ["--json"]],
    "form": [["set.mp4", "--drill", "mob_quad_band"], ["set.mp4", "--drill", "str_step_down", "--json"]],
    "import": [],
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
    "serve": [],
    "start": [["--safety"]],
    "today": [[], ["--json"]],
    "week": [[], ["--json"], ["--file", "{out}.md"], ["--file", "{out}.pdf"]],
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
