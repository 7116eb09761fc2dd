"""What the app sends its scripts is what their readers read: every kind of document, in both languages."""

import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from acting import Take, acted
from browsing import as_if_built
from scenes import answer_before_a_session
from triplane import coach
from triplane.web.built import LEVEL, PLAYER, RANGE
from triplane.web.languages import offered

FRONTEND = Path(__file__).parents[2] / "frontend"
VITEST = FRONTEND / "node_modules" / "vitest" / "vitest.mjs"
SEATED = "internal_rotation_seated"
DRILL = "str_step_down"


def _on_page(page: str, name: str) -> Any:
    found = re.search(rf'id="{name}"[^>]*>(.*?)</script>', page)
    assert found is not None, name
    return json.loads(found[1])


def _seen(marathoner: Any) -> Any:
    """What a page hears after the last frame of a set in which form broke."""
    from triplane.web.eye.telling import told

    eye = coach.eye_on(marathoner.practice.history(), DRILL, coach.Side.RIGHT, marathoner.now)
    watch, fault = eye.watch(), eye.drill.fault[2].seen
    return told([watch.see(frame) for frame in acted(DRILL, Take(repetitions=4), fault)][-1], eye)


def documents(marathoner: Any, browser: Any) -> dict[str, Any]:
    """Return every kind of document, as it goes to a page."""
    slot = marathoner.practice.day().next_slot
    session = browser.get(f"/session/{slot}/play.json").json()
    page = browser.get(f"/measure/{SEATED}/").content.decode()
    films = (drill["film"] for drill in session["drills"].values())
    return {
        "session": session,
        "bundle": browser.get("/offline/bundle.json").json(),
        **{f"film-{number}": browser.get(film).json() for number, film in enumerate(films)},
        "phone": _on_page(page, "level-told"),
        "camera": _on_page(page, "range-told"),
        "leave": browser.post("/eye/", {"test": SEATED, "side": "left"}).json(),
        "seen": _seen(marathoner),
    }


def refused_by_scripts(folder: Path) -> list[str]:
    """Let the readers of the front end read all documents of a folder; return what they say is wrong."""
    node = shutil.which("node")
    if node is None or not VITEST.exists():
        pytest.skip("node and the packages of frontend/ are not here (python hatch_build.py fetches them)")
    report = folder.with_suffix(".report.json")
    words = ("run", "src/contract/documents.test.ts", "--reporter=json", f"--outputFile={report}")
    told = {**os.environ, "TRIPLANE_DOCUMENTS": str(folder)}
    subprocess.run([node, VITEST, *words], cwd=FRONTEND, env=told, capture_output=True, timeout=120)
    [found] = json.loads(report.read_text(encoding="utf-8"))["testResults"]
    assert {one["status"] for one in found["assertionResults"]} <= {"passed", "failed"}, found
    return [says for one in found["assertionResults"] for says in one["failureMessages"]]


@pytest.fixture
def told(marathoner: Any, browser: Any, laid: Path, tmp_path: Path) -> Path:
    """A folder with the documents of one runner, in English and in German."""
    from django.test import override_settings

    due = coach.questions_before_test(marathoner.practice.history(), SEATED, marathoner.now)
    answers = dict.fromkeys((one.question.id for one in due), False)
    marathoner.practice.record(coach.screening_answers(answers, short=True))
    answer_before_a_session(marathoner)
    folder = tmp_path / "told"
    folder.mkdir()
    islands = as_if_built(tmp_path / "built", PLAYER, LEVEL, RANGE)
    with islands, override_settings(LOCALE_PATHS=[laid], LANGUAGES=offered(laid)):
        for language in ("en", "de"):
            browser.cookies["language"] = language
            for name, document in documents(marathoner, browser).items():
                kind, _, more = name.partition("-")
                file = folder / f"{kind}-{language}{more}.json"
                file.write_text(json.dumps(document), encoding="utf-8")
    return folder


def test_every_document_of_the_app_is_read_to_its_last_place_by_the_scripts(told: Path) -> None:
    german = json.loads((told / "bundle-de.json").read_text(encoding="utf-8"))
    assert "Hör" in " ".join(german["stop_words"])

    assert refused_by_scripts(told) == []

    changed = json.loads((told / "session-en.json").read_text(encoding="utf-8"))
    changed["cues"][0]["spoken"] = changed["cues"][0].pop("says")
    (told / "session-en.json").write_text(json.dumps(changed), encoding="utf-8")
    (told / "film-en0.json").write_text('{"scale": 1000}', encoding="utf-8")
    (told / "seen-de.json").write_text((told / "seen-de.json").read_text().replace('"reps"', '"times"'))
    refused = refused_by_scripts(told)
    assert len(refused) == 3
    assert any("the session.cues.0.says is no text" in one for one in refused), refused


def test_a_place_that_only_the_app_knows_is_named(told: Path) -> None:
    changed = json.loads((told / "bundle-en.json").read_text(encoding="utf-8"))
    changed["sessions"][0]["score"]["cues"][0]["is_worked"] = True
    (told / "bundle-en.json").write_text(json.dumps(changed), encoding="utf-8")

    [refused] = refused_by_scripts(told)
    assert "cues.0.is_worked" in refused
