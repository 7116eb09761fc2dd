"""A session played in a browser to its end, and found in the journal once."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from night import WIDE
from playing import hurt_in_the_groin, logs, tell_of_the_groin, until
from scenes import answer_before_a_session
from stage import UNDRAWN, opened_page, served_player
from triplane.history import UNKNOWN_DRILL

PACE = 160

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse")


@pytest.fixture
def served(marathoner: Any) -> Iterator[str]:
    """The marathoner's app on loopback, with the islands as they were built."""
    with served_player() as server:
        yield server.address


@pytest.fixture
def page(served: str, chrome: Any) -> Iterator[Any]:
    """A page of a phone's size; whatever a script complains of fails the test."""
    with opened_page(chrome, 390, 844, base_url=served) as page:
        page.add_init_script(UNDRAWN)
        yield page


@pytest.fixture
def drawn_page(served: str, chrome: Any) -> Iterator[Any]:
    """A page as ``page``, with the moving figure."""
    with opened_page(chrome, 390, 844, base_url=served) as page:
        yield page


def begun(page: Any, app: Any, pace: int = PACE) -> str:
    """Answer the questions before the session and press Begin; return the slot."""
    slot = str(app.practice.day().next_slot)
    answer_before_a_session(app)
    page.add_init_script(f"globalThis.__pace = {pace}")
    page.goto(f"/session/{slot}/play/")
    page.get_by_role("button", name="Begin").click()
    page.locator("#start").wait_for(state="hidden")
    return slot


MANY_DRILLS = (
    "document.querySelector('#start h2').textContent = 'Standing hip circles on one leg, '.repeat(8)"
)
BELOW_EACH_OTHER = """() => {
  const last = [...document.querySelectorAll("#start .banner p")].at(-1);
  last.scrollIntoView({ block: "center" });
  const begin = document.querySelector("#start [data-do=begin]");
  return last.getBoundingClientRect().bottom <= begin.getBoundingClientRect().top;
}"""


def test_begin_is_in_view_however_long_the_list_above_it_is_and_covers_no_stop_sign(
    marathoner, served, chrome
) -> None:
    """On a phone with little height, and a session of so many drills that the sheet scrolls."""
    slot = marathoner.practice.day().next_slot
    answer_before_a_session(marathoner)
    with opened_page(chrome, 375, 600, base_url=served) as page:
        page.add_init_script(UNDRAWN)
        page.goto(f"/session/{slot}/play/")
        page.wait_for_selector("#start[open] [data-do=begin]:enabled")
        page.evaluate(MANY_DRILLS)
        sheet, begin = page.locator("#start"), page.locator("#start [data-do=begin]")
        assert sheet.evaluate("one => one.scrollHeight > one.clientHeight && one.scrollTop === 0")
        box = begin.bounding_box()
        assert box and 0 <= box["y"] <= 600 - box["height"]
        assert page.evaluate(BELOW_EACH_OTHER)
        assert "Stop at heaviness in the pelvis or leaking." in sheet.inner_text()


def choose(page: Any, name: str, value: int) -> None:
    page.locator(f"#after input[name={name}][value='{value}']").check(force=True)


def test_a_session_is_played_to_its_end_and_logged_once(marathoner, drawn_page) -> None:
    page = drawn_page
    begun(page, marathoner)
    page.wait_for_selector("canvas:not([hidden])")
    page.reload()
    assert not page.locator("#start[open]").count(), "a reload goes on where it was"
    page.wait_for_selector("#after:not([hidden])", timeout=60_000)
    choose(page, "effort", 6)
    choose(page, "discomfort", 1)
    page.get_by_role("button", name="Save").click()
    page.wait_for_url(re.compile(r":\d+/$"))

    (found,) = logs(marathoner)
    assert found.effort == 6
    assert all(done.clean_reps == done.reps_asked and not done.stopped_early for done in found.drills)


VOICE = """
window.said = []; window.cut = 0; window.atOnce = 0; window.most = 0;
window.SpeechSynthesisUtterance = class { constructor(text) { this.text = text; } };
Object.defineProperty(window, "speechSynthesis", { value: {
  getVoices: () => [{ lang: "en-GB", localService: true }], addEventListener() {},
  cancel() { if (window.atOnce) window.cut += 1; },
  speak(line) {
    window.said.push(line.text); window.most = Math.max(window.most, ++window.atOnce);
    setTimeout(() => { window.atOnce -= 1; line.onend(); }, 60 * line.text.split(" ").length);
  },
} });
"""


@WIDE
def test_words_are_said_whole_one_after_the_other_and_the_clock_waits_for_them(marathoner, page) -> None:
    page.add_init_script(VOICE.replace("60 *", "30 *"))
    slot = begun(page, marathoner, pace=8)
    until(page, lambda: any(text.startswith("Left side.") for text in page.evaluate("window.said")))
    told = [cue.says for cue in marathoner.practice.bundle(slot).session.cues]
    said = page.evaluate("window.said")

    assert said == told[: len(said)]
    assert page.evaluate("[window.cut, window.most]") == [0, 1]


@WIDE
def test_a_page_that_stood_still_passes_over_no_words(marathoner, page) -> None:
    page.add_init_script(VOICE)
    slot = begun(page, marathoner, pace=8)
    told = [cue.says for cue in marathoner.practice.bundle(slot).session.cues]
    for _ in range(6):
        page.evaluate("const until = Date.now() + 1900; while (Date.now() < until);")
        page.wait_for_timeout(150)

    said = page.evaluate("window.said")
    assert len(said) > 3
    assert said == told[: len(said)]


def test_one_key_says_all_of_a_drill_again_while_the_clock_stands(marathoner, page) -> None:
    page.add_init_script(VOICE.replace("60 *", "9 *"))
    begun(page, marathoner, pace=1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("r")
    lines = page.locator("#repeat p, #repeat li").all_inner_texts()[1:]
    until(page, lambda: page.evaluate("window.said").count(lines[-1]))

    said = page.evaluate("window.said")
    assert [line for line in said if line in lines][-len(lines) :] == lines
    assert any(line.startswith("What you should feel") for line in lines)
    assert said.count("Stop signs:") == 1
    assert page.locator("#repeat h2").inner_text() == page.locator(".caption h1").inner_text()
    page.locator("#repeat").get_by_role("button", name="Go on").click()
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"


def test_next_does_not_wait_for_words(marathoner, page) -> None:
    page.add_init_script(VOICE.replace("60 *", "900 *"))
    begun(page, marathoner, pace=1)
    until(page, lambda: page.evaluate("window.said"))
    page.keyboard.press("ArrowRight")

    assert page.locator("[data-show=phase]").inner_text() == "Get ready"
    assert page.evaluate("window.cut") == 0


def test_a_pause_stops_the_clock_and_keys_do_what_buttons_do(marathoner, page) -> None:
    begun(page, marathoner, pace=1)
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"
    page.locator("main.stage").focus()
    page.keyboard.press("Space")
    stood = page.locator("[data-show=count]").inner_text()
    page.wait_for_timeout(1500)

    assert page.locator("[data-show=phase]").inner_text() == "Paused"
    assert page.locator("[data-show=count]").inner_text() == stood
    assert page.locator("[role=timer]").get_attribute("aria-live") == "off"
    page.keyboard.press("p")
    assert page.locator("#hurts[open]").count() == 1


def test_joint_pain_ends_the_session_and_is_recorded_at_once(marathoner, page) -> None:
    begun(page, marathoner, pace=1)
    page.keyboard.press("ArrowRight")
    hurt_in_the_groin(page)
    page.get_by_text("Recorded: ").wait_for()

    (found,) = logs(marathoner)
    assert found.effort is None
    assert [feeling.score for done in found.drills for feeling in done.pain] == [6]


def test_what_hurt_is_told_after_the_session_with_its_drill_and_nothing_told_before_is_lost(
    marathoner, page
) -> None:
    begun(page, marathoner)
    page.wait_for_selector("#after:not([hidden])", timeout=60_000)
    page.locator("#after input[name=effort][value='3']").check(force=True)
    page.get_by_role("button", name="Tell where").click()
    sheet = page.locator("#hurts")
    assert "The clock is stopped" not in sheet.inner_text()
    assert "End session" not in sheet.inner_text()
    tell_of_the_groin(page)
    sheet.get_by_text("Choose the drill it was in, or that you cannot say.").wait_for()
    assert logs(marathoner) == []
    sheet.locator("input[name=which][value=unknown_drill]").check(force=True)
    sheet.get_by_role("button", name="Tell", exact=True).click()
    page.get_by_text("Recorded: ").wait_for()

    (found,) = logs(marathoner)
    assert found.effort == 3
    assert {done.drill for done in found.drills if done.pain} == {UNKNOWN_DRILL}


def test_without_a_canvas_the_drawn_poses_stay_and_the_session_plays(marathoner, page) -> None:
    begun(page, marathoner, pace=1)
    page.wait_for_timeout(800)

    shown = page.locator(".art img")
    assert shown.is_visible()
    assert shown.evaluate("image => image.naturalWidth") > 0


def test_nothing_is_fetched_from_elsewhere_and_no_policy_is_broken(marathoner, drawn_page, served) -> None:
    page = drawn_page
    asked: list[str] = []
    broken: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda line: broken.append(line.text) if "Content Security" in line.text else None)
    begun(page, marathoner, pace=1)
    page.wait_for_selector("canvas:not([hidden])")

    assert [url for url in asked if not url.startswith((served, "data:", "blob:"))] == []
    assert broken == []
    assert json.loads(page.evaluate("JSON.stringify(Object.keys(sessionStorage))"))


def test_a_closed_tab_is_offered_again_and_goes_on_where_it_was(marathoner, page) -> None:
    slot = begun(page, marathoner, pace=1)
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    stood = page.locator("[data-show=count]").inner_text()
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(f"/session/{slot}/play/")
    again.get_by_role("button", name="Go on where you were").click()
    again.locator("#start").wait_for(state="hidden")

    assert again.locator("[data-show=phase]").inner_text() == "Paused"
    assert again.locator("[data-show=count]").inner_text() == stood


@WIDE
def test_a_second_tab_does_not_play_the_same_session_and_says_so(marathoner, page) -> None:
    slot = begun(page, marathoner, pace=1)
    second = page.context.new_page()
    second.goto(f"/session/{slot}/play/")
    second.get_by_role("button", name="Begin").click()
    second.get_by_text("being played in another window").wait_for()

    assert not second.locator("#start[open]").count()
    page.close()
    second.get_by_role("button", name="Try again").click()
    second.get_by_role("button", name="Begin").click()
    second.locator("#start").wait_for(state="hidden")
    assert not second.locator("#elsewhere[open]").count()


EAR = """
window.heard = [];
window.SpeechRecognition = class {
  start() { window.ear = this; window.heard.push("start"); }
  abort() { window.heard.push("abort"); this.onend(); }
  hears(transcript) {
    this.onresult({ resultIndex: 0, results: [Object.assign([{ transcript }], { isFinal: true })] });
  }
};
"""


def switch_ear_on(page: Any) -> None:
    page.get_by_role("button", name="Listen").click()
    assert "send the sound to their maker" in page.locator("#listen").inner_text()
    page.get_by_role("button", name="Switch on").click()
    until(page, lambda: page.evaluate("window.heard.length"))


def test_voice_commands_are_off_until_switched_on_and_then_do_what_is_said(marathoner, page) -> None:
    page.add_init_script(EAR)
    begun(page, marathoner, pace=1)
    page.wait_for_timeout(300)
    assert page.evaluate("window.heard") == []

    switch_ear_on(page)
    page.get_by_role("button", name="Listening").wait_for()
    page.evaluate("window.ear.hears('next')")
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"
    page.evaluate("window.ear.hears('Pause.')")
    assert page.locator("[data-show=phase]").inner_text() == "Paused"
    page.evaluate("window.ear.hears('go on')")
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"
    page.evaluate("window.ear.hears('say it again')")
    assert page.locator("#repeat[open]").count() == 1
    page.keyboard.press("Escape")
    page.evaluate("window.ear.hears('wait there is some pain')")
    assert page.locator("#hurts[open]").count() == 1


@WIDE
def test_nothing_is_heard_while_we_speak(marathoner, page) -> None:
    page.add_init_script(EAR + VOICE.replace("60 *", "200 *"))
    begun(page, marathoner, pace=1)
    page.get_by_role("button", name="Listen").click()
    page.get_by_role("button", name="Switch on").click()
    page.get_by_role("button", name="Not now").wait_for()

    assert page.evaluate("window.heard") == []
    until(page, lambda: page.evaluate("window.atOnce") == 0 and page.evaluate("window.heard.length"))


@WIDE
def test_without_recognition_there_is_no_key_for_it_and_without_full_screen_none_either(
    marathoner, page
) -> None:
    page.add_init_script(
        "delete window.SpeechRecognition; delete window.webkitSpeechRecognition;"
        "Object.defineProperty(document, 'fullscreenEnabled', { value: false });"
        "Element.prototype.requestFullscreen = undefined;"
    )
    begun(page, marathoner, pace=1)

    assert page.locator("[data-do=listen]").is_hidden()
    assert page.locator("[data-do=full]").is_hidden()
    assert page.locator("[data-show=phase]").inner_text() == "Next drill"


@WIDE
def test_full_screen_is_entered_by_its_key_and_left_with_the_session(marathoner, page) -> None:
    begun(page, marathoner, pace=1)
    page.get_by_role("button", name="Full screen").click()
    until(page, lambda: page.evaluate("document.fullscreenElement !== null"))
    until(page, lambda: page.locator("[data-do=full]").get_attribute("aria-pressed") == "true")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    page.wait_for_timeout(1200)
    page.get_by_role("button", name="Leave the session").click()

    page.wait_for_selector("#after:not([hidden])")
    until(page, lambda: page.evaluate("document.fullscreenElement === null"))


def test_a_lock_screen_says_what_is_played_and_its_keys_work(marathoner, page) -> None:
    page.add_init_script(
        "window.locks = {}; const own = navigator.mediaSession;"
        "own.setActionHandler = (name, does) => { window.locks[name] = does; };"
    )
    begun(page, marathoner, pace=1)
    page.evaluate("window.locks.nexttrack()")
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"
    assert page.evaluate("navigator.mediaSession.metadata.title") == page.locator(".caption h1").inner_text()
    page.evaluate("window.locks.pause()")
    assert page.locator("[data-show=phase]").inner_text() == "Paused"
    assert page.evaluate("navigator.mediaSession.playbackState") == "paused"
    page.evaluate("window.locks.pause()")
    assert page.locator("[data-show=phase]").inner_text() == "Paused", "pause never starts what is paused"
    page.evaluate("window.locks.play()")
    assert page.locator("[data-show=phase]").inner_text() == "Get ready"


MOVED = """
window.moved = 0;
new PerformanceObserver((list) => { for (const one of list.getEntries()) window.moved += one.value; })
  .observe({ type: "layout-shift", buffered: true });
"""


@WIDE
@pytest.mark.parametrize(("width", "height", "text"), [(390, 844, 32), (1280, 900, 16)])
def test_counts_that_arrive_late_move_nothing_under_the_finger(marathoner, page, width, height, text) -> None:
    """The scales stand where they stood when the counts of clean repetitions come, however late."""
    page.set_viewport_size({"width": width, "height": height})
    page.add_init_script(MOVED)
    page.route("**/play/count/", lambda route: (page.wait_for_timeout(700), route.continue_()))
    begun(page, marathoner, pace=20)
    page.evaluate("size => { document.documentElement.style.fontSize = size + 'px'; }", text)
    until(page, lambda: page.locator("[data-show=phase]").inner_text() == "Rest")
    page.get_by_role("button", name="Leave the session").click()
    page.wait_for_selector("#after:not([hidden])")
    page.evaluate("window.moved = 0")
    scales = page.locator("#after .scale")
    stood = [scales.nth(n).bounding_box() for n in range(2)]
    assert page.locator("#after .counted").count(), "the rows are there before their numbers"
    page.locator("#after .counted b", has_text=re.compile(r"^\d+$")).first.wait_for()

    assert [scales.nth(n).bounding_box() for n in range(2)] == stood
    assert page.evaluate("window.moved") < 0.02
    page.locator("#after").get_by_role("button", name="One less").first.click()


def test_stop_signs_are_one_tap_away_and_pause_nothing(marathoner, page) -> None:
    begun(page, marathoner, pace=1)
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Stop signs").click()
    signs, held = page.locator("#stops"), page.locator("#stops li").last

    assert signs.get_by_text("What you should feel").is_visible()
    foot = page.locator(".panel").bounding_box()["y"]
    assert held.bounding_box()["y"] + held.bounding_box()["height"] <= foot, "without scrolling"
    stood = page.locator("[data-show=count]").inner_text()
    until(page, lambda: page.locator("[data-show=count]").inner_text() != stood)
    assert page.locator("[data-show=phase]").inner_text() != "Paused"
    page.keyboard.press("Escape")
    assert signs.is_hidden()


@WIDE
def test_a_new_drills_steps_are_shown_and_said_while_it_is_done(marathoner, page) -> None:
    page.add_init_script(VOICE.replace("60 *", "30 *"))
    slot = begun(page, marathoner, pace=8)
    cues = marathoner.practice.bundle(slot).session.cues
    taught = [cue.says for cue in cues if cue.is_taught][:3]
    until(page, lambda: taught[-1] in page.evaluate("window.said"))

    assert [text for text in page.evaluate("window.said") if text in taught] == taught
    assert page.locator("[data-show=beside]").inner_text()
    assert page.evaluate("[window.cut, window.most]") == [0, 1]
