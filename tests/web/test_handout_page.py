"""A session or the week taken away: the sheet on the page, its files, and nothing recorded by looking."""

import base64
import builtins
import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.html import escape

from triplane import coach
from triplane.web.handout.paper import laid_out

SLOT = "2026-11-25-pre_run-1"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_the_sheet_carries_its_date_the_questions_and_a_box_for_every_set(marathoner, browser) -> None:
    before = marathoner.practice.history().facts
    page = browser.get(f"/session/{SLOT}/handout/")
    shown = text(page)

    assert "Made on Wednesday 25 November 2026. Do this only if nothing has changed since then." in shown
    assert "Do you have a fever, or do you feel ill?" in shown
    assert "Stop at a sharp or sudden pain." in shown
    assert page.content.count(b'class="tick"') >= 2
    assert page.content.count(b"<svg") > 1
    assert b"var(--figure" not in page.content.split(b'class="sheets"')[1]
    assert marathoner.practice.history().facts == before


def test_the_sheet_of_the_week_holds_what_is_left_of_it_and_nothing_that_is_over(marathoner, browser) -> None:
    shown = text(browser.get("/week/handout/"))

    assert "Sunday 29 November" in shown
    assert "Monday 23 November," not in shown


@pytest.mark.parametrize(
    ("ending", "begins"),
    [("fit", rb".{8}\.FIT"), ("txt", rb"Made on Wednesday"), ("md", rb"# Your hips"), ("pdf", rb"%PDF-")],
)
def test_a_session_is_handed_out_as_a_file_without_recording_anything(
    marathoner, browser, ending: str, begins: bytes
) -> None:
    if ending == "pdf":
        pytest.importorskip("weasyprint", reason="the extra pdf is not installed here", exc_type=Exception)
    before = marathoner.practice.history().facts
    given = browser.get(f"/session/{SLOT}/handout/triplane.{ending}")

    assert given.status_code == 200
    assert re.match(begins, given.content, re.DOTALL)
    assert given.headers["Content-Disposition"] == f'attachment; filename="triplane-2026-11-25.{ending}"'
    assert marathoner.practice.history().facts == before


def test_the_week_is_handed_out_as_a_pdf(marathoner, browser) -> None:
    pytest.importorskip("weasyprint", reason="the extra pdf is not installed here", exc_type=Exception)
    assert browser.get("/week/handout/triplane.pdf").content.startswith(b"%PDF-")


def test_in_a_pdf_each_drawing_is_one_image_told_by_the_name_of_its_drill(marathoner, browser) -> None:
    practice = marathoner.practice
    handouts = coach.week_handout(practice.history(), practice.now)
    sheets = render_to_string("handout/sheets.html", laid_out(handouts, practice, as_images=True))

    drills = [one.drill for handout in handouts for one in handout.drills]
    images = re.findall(r'<img alt="([^"]+)" src="data:image/svg\+xml;base64,([^"]+)">', sheets)
    assert [name for name, _ in images] == [escape(drill.name) for drill in drills]
    assert len({content for _, content in images}) < len(images), "what is drawn again is the same image"
    for _, content in images:
        drawing = base64.b64decode(content).decode()
        assert drawing.startswith("<svg") and "var(--" not in drawing


def test_without_the_extra_a_pdf_is_refused_in_a_sentence(marathoner, browser, monkeypatch) -> None:
    known = builtins.__import__

    def without(name: str, *more: Any, **named: Any) -> Any:
        if name.startswith("weasyprint"):
            raise OSError("cannot load library 'libpango-1.0-0'")
        return known(name, *more, **named)

    monkeypatch.setattr(builtins, "__import__", without)
    answer = browser.get("/week/handout/triplane.pdf")

    assert answer.status_code == 400
    assert "A PDF needs more packages" in text(answer)


def test_a_kind_of_file_that_is_none_is_named(marathoner, browser) -> None:
    answer = browser.get(f"/session/{SLOT}/handout/triplane.exe")

    assert answer.status_code == 404
    assert "there is no kind of file called" in text(answer).lower()


def test_the_files_speak_german(marathoner, browser) -> None:
    told = browser.get(f"/session/{SLOT}/handout/triplane.md", headers={"accept-language": "de"})

    assert "Mach das nur, wenn sich seither nichts geändert hat." in told.content.decode()


def test_steps_for_a_watch_are_said_in_the_runners_language(marathoner, browser) -> None:
    told = browser.get(f"/session/{SLOT}/handout/triplane.txt", headers={"accept-language": "de"})
    lines = [line for line in told.content.decode().splitlines() if line.startswith("- ")]

    assert lines
    for line in lines:
        assert not {"Left", "Right", "Rest", "Hold", "Get ready", "times"} & set(line.split()), line
