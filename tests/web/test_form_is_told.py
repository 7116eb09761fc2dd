"""After a watched set the player asks what no camera sees; all of it stands on the record."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from night import WIDE
from stage import opened_page, served_player
from triplane import coach
from triplane.catalogue import load_one
from triplane.history import FormSeen, SessionLogged

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse")

SEES = """
navigator.mediaDevices.getUserMedia = async () => {
  const drawn = document.createElement("canvas"), pen = drawn.getContext("2d");
  let grey = 100;
  setInterval(() => { pen.fillStyle = `rgb(${grey ^= 16} 99 99)`; pen.fillRect(0, 0, 300, 150); }, 50);
  return drawn.captureStream(20);
};
const place = (_, i) => ({ x: 0.4 + (i % 2) / 5, y: i / 40 + 0.1, z: 0, visibility: 1 });
const points = Array.from({ length: 33 }, place);
const floats = points.flatMap(({ x, y, z, visibility }) => [x, y, x, y, z, visibility]);
const someone = (at) => new Float32Array([at / 1000, 2, 1, 0.5, ...floats]).buffer;
globalThis.Worker = class {
  set onmessage(heard) {
    if (!this.heard) setTimeout(() => this.heard({ kind: "ready" }));
    this.heard = (data) => heard({ data });
  }
  postMessage({ picture, at }) {
    picture.close();
    this.heard({ kind: "found", ms: 5, model: "lite", frame: someone(at) });
    this.heard({ kind: "free" });
  }
  terminate() {}
};
"""
"""A camera that sees the same points for ever, in place of the pose model."""

SEEN: dict[str, Any] = {
    "share": 0.5, "held": 0, "framing": "", "cue": "", "ended": "", "ended_by": None, "happens": "",
    "shown": [{"name": "Knee bend", "value": 40, "error": 14, "unit": "°"}],
}  # fmt: skip


@pytest.fixture
def page(marathoner: Any, chrome: Any) -> Iterator[Any]:
    """A page of a phone's size, before a camera of our own."""
    with served_player() as server, opened_page(chrome, 390, 844, base_url=server.address) as page:
        page.add_init_script(SEES)
        yield page


def watched_by(page: Any, broke: dict[str, Any], asks: list[dict[str, Any]]) -> None:
    """Let a coach answer every frame who ends the first set, and no other."""
    links: list[Any] = []

    def talk(link: Any) -> None:
        links.append(link)

        def answer(_: Any) -> None:
            seen = {**SEEN, "at": 1.0, "reps": 3, "clean": 1}
            link.send(json.dumps({**seen, **(broke if link is links[0] else {})}))

        link.on_message(answer)

    page.route_web_socket(re.compile("/eye/"), talk)
    leave = {"socket": "/eye/ticket/", "place": "Stand the camera in front of you.", "asks": asks}
    page.route(re.compile("/eye/$"), lambda route: route.fulfill(json=leave))


HEARS = """
window.SpeechRecognition = class {
  start() { window.ear = this; }
  abort() { window.ear = null; this.onend(); }
  hears(transcript) {
    this.onresult({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal: true })] });
  }
};
"""
"""What the browser turns to words, said by the test; deaf while it is told to be."""

SPEAKS = """
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "en-GB", localService: true }], addEventListener() {}, cancel() {},
  speak(line) { setTimeout(() => line.onend()); },
} });
"""
"""A voice that has said a line at once; only what was said is answered by ear."""


def begun(page: Any, app: Any) -> None:
    slot = str(app.practice.day().next_slot)
    due = coach.questions_due(app.practice.history(), app.now, coach.Purpose.SESSION).readiness
    app.practice.record(coach.readiness_answers(dict.fromkeys(due, False)))
    page.goto(f"/session/{slot}/play/")
    page.get_by_role("button", name="Begin").click()
    page.locator("#start").wait_for(state="hidden")


def skip_to(page: Any, selector: str) -> None:
    for _ in range(200):
        if page.locator(selector).count():
            return
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(30)
    raise AssertionError(f"the session never came to {selector}")


@WIDE
def test_what_a_camera_saw_and_what_it_cannot_see_is_told_and_recorded(marathoner: Any, page: Any) -> None:
    session = marathoner.practice.bundle(str(marathoner.practice.day().next_slot)).session
    faults = load_one(session.items[0].drill).fault
    asks = [{"fault": number, "ask": one.ask} for number, one in enumerate(faults) if one.ask]
    assert len(asks) > 1, "the first drill of the marathoner asks something"
    watched_by(page, {"ended": faults[0].say, "ended_by": 0, "happens": faults[0].happens}, asks)
    page.add_init_script(SPEAKS + HEARS)
    begun(page, marathoner)
    page.get_by_role("button", name="Listen").click()
    page.get_by_role("button", name="Switch on").click()
    skip_to(page, ".panel.work")
    side = page.locator("#player").get_attribute("data-side") or None
    page.locator("[data-do=camera]").click()
    page.get_by_role("button", name="Switch the camera on").click()

    card = page.locator("#asks")
    card.wait_for(timeout=20_000)
    assert asks[0]["ask"] in card.inner_text()
    page.wait_for_function(
        "asked => (window.ear?.hears('yes'), !document.querySelector('#asks').innerText.includes(asked))",
        arg=asks[0]["ask"],
    )
    assert asks[1]["ask"] in card.inner_text()

    page.locator("[data-do=camera]").click()
    skip_to(page, "#after:not([hidden])")
    told = page.locator("#after [data-part=form]")
    assert faults[0].happens in told.inner_text()
    assert told.get_by_role("group", name=asks[0]["ask"]).get_by_label("Yes").is_checked()
    told.get_by_role("group", name=asks[1]["ask"]).get_by_text("No", exact=True).click()
    for name in ("effort", "discomfort"):
        page.locator(f"#after input[name={name}][value='2']").check(force=True)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r":\d+/$"))

    (log,) = (fact.body for fact in marathoner.practice.history().facts_of(SessionLogged))
    first = next(done for done in log.drills if done.drill == session.items[0].drill and done.form)
    assert (first.side and str(first.side)) == side
    assert first.form == FormSeen(
        ended_by=(faults[0].happens,), answers={asks[0]["ask"]: True, asks[1]["ask"]: False}
    )
