"""Pain of a session is judged alike by whatever way it is told: what kind it is, only the runner can say."""

import json
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from browsing import RUNNER
from night import every
from triplane import coach
from triplane.cli.app import main
from triplane.cli.commands import cmd_do
from triplane.formats.played_file import SCHEMA
from triplane.history import UNKNOWN_DRILL, BodyRegion, Feeling, FeelingKind, SessionLogged
from triplane.screening import Clearance

Told = tuple[str, int, str]
"""Where, how much, and of what kind; an empty kind is what the runner left as it stood or cannot say."""

WORDS: dict[Told, bool] = {
    ("knee", 6, ""): True,
    ("front_of_hip", 6, ""): True,
    ("groin", 6, ""): True,
    ("knee", 3, ""): False,
    ("knee", 6, "muscle"): False,
    ("front_of_hip", 6, "muscle"): False,
    ("groin", 6, "muscle"): True,
    ("knee", 6, "tendon"): False,
    ("buttock", 1, "nerve"): True,
}
"""Whether the safety questions open again; one of these words is as good by one way as by another."""

SIZES = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
CANNOT_SAY = "cannot_say"
HOW = {"effort": "5", "discomfort": "6"}


def felt(told: Told, kind: str) -> dict[str, str]:
    region, score, _ = told
    return {
        **SIZES,
        "form-0-region": region,
        "form-0-side": "",
        "form-0-kind": kind,
        "form-0-score": str(score),
    }


def chosen(page: Any) -> str:
    """Return the kind that a page has chosen before the runner touches it."""
    select = re.search(r'<select[^>]*name="form-0-kind".*?</select>', page.content.decode(), re.S)
    assert select, "the page asks of what kind it is"
    options = re.findall(r'<option value="(\w*)"( selected)?>', select.group())
    return next((value for value, is_chosen in options if is_chosen), options[0][0])


def begun(app: Any) -> str:
    practice = app.practice
    slot = practice.next_slot()
    practice.answer_readiness(dict.fromkeys([one.id for one in practice.bundle(slot).asks], False))
    return str(slot)


def handed_in(app: Any, slot: str, interruption: dict[str, Any]) -> dict[str, Any]:
    session = app.practice.begin(slot)
    return {
        "key": "0f8fad5b-d9cb-469f-a165-70867728950e",
        "mark": app.practice.history().mark,
        "reference": session.reference.model_dump(mode="json"),
        "played": {"seconds": [cue.seconds for cue in session.cues], "interruptions": [interruption]},
        "effort": 5,
    }


def interruption(app: Any, slot: str, told: Told) -> dict[str, Any]:
    """What a device without the app makes of it, which knows the coach's table and no more."""
    region, score, kind = told
    pain = {"region": region, "score": score, "kind": kind or coach.judgement().taken_for}
    return {"item": app.practice.begin(slot).items[0].id, "pain": [pain]}


def in_the_player(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    item = app.practice.begin(slot).items[0].id
    kind = told[2] or CANNOT_SAY
    answer = browser.post(f"/session/{slot}/play/hurts/", {**felt(told, kind), "item": item})
    body = handed_in(app, slot, json.loads(answer.content)["interruption"])
    done = browser.post(f"/session/{slot}/play/done/", json.dumps(body), content_type="application/json")
    assert done.status_code == 200


def in_words(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    place = f"/session/{slot}/how-it-was/"
    kind = told[2] or CANNOT_SAY
    drill = app.practice.drills_of(slot)[0]
    assert browser.post(place, {**felt(told, kind), **HOW, "hurt_in": drill}).status_code == 302


def mistyped(app: Any) -> tuple[str, str]:
    """Log the next session with something small that hurt; return the fact and the drill."""
    practice, slot = app.practice, begun(app)
    drill = practice.drills_of(slot)[0]
    small = Feeling(region=BodyRegion.BUTTOCK, score=2, kind=FeelingKind.MUSCLE)
    practice.log(slot, coach.SessionAnswers(effort=4, discomfort=2, pain=((drill, small),)))
    app.now += timedelta(minutes=5)
    return app.practice.history().facts_of(SessionLogged)[-1].id, drill


def told_anew(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    fact, drill = mistyped(app)
    place = f"/settings/facts/{fact}/anew/"
    kind = told[2] or CANNOT_SAY
    no = dict.fromkeys(coach.asked_before_a_session(), "no")
    assert browser.post(place, {**felt(told, kind), **HOW, **no, "hurt_in": drill}).status_code == 302


def typed(app: Any, *words: str, lines: tuple[object, ...] = ()) -> None:
    at = ["--journal", str(app.journal), "--runner", RUNNER, "--zone", "Europe/Berlin"]
    with CliRunner().isolation(input="".join(f"{line}\n" for line in lines)) as (_, _, out):
        code = main([*at, "--now", app.now.isoformat(), *words])
        assert code == 0, out.getvalue().decode()


def asked_where(told: Told) -> tuple[object, ...]:
    """What is typed where a place is asked for: an empty line takes the kind that is offered."""
    region, score, kind = told
    return ("y", region, "both", kind, score, "n")


def told_anew_at_the_keyboard(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    fact, _ = mistyped(app)
    no = ["n"] * len(coach.asked_before_a_session())
    typed(app, "correct", fact, "--anew", lines=(5, 6, 1, *asked_where(told), "", "n", *no))


def logged_in_a_line(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    region, score, kind = told
    where = ":".join(str(part) for part in (region, score, kind) if part != "")
    pain = f"{app.practice.drills_of(slot)[0]}@{where}"
    typed(app, "log", slot, "--effort", "5", "--discomfort", "6", "--pain", pain)


def logged_when_asked(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    typed(app, "log", slot, lines=(5, 6, *asked_where(told), app.practice.drills_of(slot)[0]))


def in_the_terminals_player(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    session = app.practice.begin(slot)
    cue = next(cue for cue in session.cues if cue.is_work)
    with CliRunner().isolation(input="".join(f"{line}\n" for line in (*asked_where(told), ""))):
        stop = cmd_do._ask_pain(cue)
    seconds = tuple(one.seconds for one in session.cues)
    told_by_it = coach.HandIn(
        key="00000000-0000",
        mark=app.practice.history().mark,
        reference=session.reference,
        played=coach.Played(seconds=seconds, interruptions=(stop,)),
        effort=5,
        discomfort=6,
    )
    app.practice.hand_in(told_by_it)


def from_a_device(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    body = handed_in(app, slot, interruption(app, slot, told))
    answer = browser.post("/hand-in/", json.dumps(body), content_type="application/json")
    assert answer.status_code == 200, answer.content


def from_a_file(app: Any, browser: Any, tmp_path: Path, told: Told) -> None:
    slot = begun(app)
    file = tmp_path / "played.json"
    file.write_text(json.dumps({"schema": SCHEMA, **handed_in(app, slot, interruption(app, slot, told))}))
    typed(app, "import", str(file))


WAYS: tuple[Callable[[Any, Any, Path, Told], None], ...] = (
    in_the_player,
    in_words,
    told_anew,
    told_anew_at_the_keyboard,
    logged_in_a_line,
    logged_when_asked,
    in_the_terminals_player,
    from_a_device,
    from_a_file,
)


@pytest.fixture
def afresh(marathoner: Any) -> Iterator[Callable[[], Any]]:
    """The same runner for every way, as nothing had been told before."""
    kept, at = marathoner.journal.read_bytes(), marathoner.now

    def again() -> Any:
        for file in marathoner.journal.parent.glob(f"{marathoner.journal.name}*"):
            file.unlink()
        marathoner.journal.write_bytes(kept)
        marathoner.now = at
        return marathoner

    yield again


def judged(app: Any) -> Clearance:
    return coach.clearance(app.practice.history(), app.practice.now)


@pytest.mark.parametrize("way", every(3, WAYS), ids=lambda way: way.__name__)
def test_the_same_words_are_judged_alike_by_every_way(way, afresh, browser, with_player, tmp_path) -> None:
    for told, asks_again in WORDS.items():
        app = afresh()
        way(app, browser, tmp_path, told)
        app.now += timedelta(minutes=1)
        assert judged(app).is_blocked is asks_again, told


def test_a_device_judges_as_the_app_does() -> None:
    table = coach.judgement()
    for (region, score, kind), stops in WORDS.items():
        rows = table.pain.get(BodyRegion(region), {})
        row = rows.get(FeelingKind(kind) if kind else table.taken_for)
        assert (row is not None and score >= row[0]) is stops, (region, score, kind)


def test_what_is_handed_in_without_its_kind_is_taken_for_a_joint(marathoner, browser) -> None:
    slot = begun(marathoner)
    told = interruption(marathoner, slot, ("knee", 6, ""))
    del told["pain"][0]["kind"]
    body = handed_in(marathoner, slot, told)
    answer = browser.post("/hand-in/", json.dumps(body), content_type="application/json")

    assert answer.status_code == 200
    (log,) = [fact.body for fact in marathoner.practice.history().facts_of(SessionLogged)]
    assert {(one.region, one.kind, one.score) for done in log.drills for one in done.pain} == {
        ("knee", "joint", 6)
    }
    assert log.minutes == 0


def test_no_page_chooses_a_kind_and_none_does_without_one(marathoner, browser, with_player) -> None:
    slot = begun(marathoner)
    how_it_was = f"/session/{slot}/how-it-was/"
    for page in (how_it_was, f"/session/{slot}/play/", "/checkin/"):
        assert chosen(browser.get(page)) == "", page
    drill = marathoner.practice.drills_of(slot)[0]
    unsaid = felt(("knee", 6, ""), "")
    answer = browser.post(how_it_was, {**unsaid, **HOW, "hurt_in": drill})
    assert (answer.status_code, "Choose of what kind it is." in answer.content.decode()) == (400, True)
    assert browser.post(f"/session/{slot}/play/hurts/", {**unsaid, "item": "x"}).status_code == 400
    assert not marathoner.practice.history().facts_of(SessionLogged)


def test_soreness_of_a_morning_is_taken_for_muscle_at_the_keyboard_until_it_is_called_something_else(
    marathoner,
) -> None:
    typed(marathoner, "checkin", "--sore", "knee:6")
    marathoner.now += timedelta(minutes=1)
    assert not judged(marathoner).is_blocked


def test_who_cannot_say_in_which_drill_it_hurt_blames_none_and_is_asked_again(marathoner, browser) -> None:
    slot = begun(marathoner)
    told = {**felt(("knee", 6, ""), CANNOT_SAY), **HOW, "hurt_in": UNKNOWN_DRILL}
    assert UNKNOWN_DRILL in browser.get(f"/session/{slot}/how-it-was/").content.decode()
    assert browser.post(f"/session/{slot}/how-it-was/", told).status_code == 302

    (log,) = [fact.body for fact in marathoner.practice.history().facts_of(SessionLogged)]
    assert {done.drill for done in log.drills if done.pain} == {UNKNOWN_DRILL}
    marathoner.now += timedelta(minutes=1)
    assert judged(marathoner).is_blocked
    for page in ("/", "/week/", "/progress/", "/settings/facts/"):
        assert browser.get(page, follow=True).status_code == 200
