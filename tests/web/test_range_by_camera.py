"""A test before the camera when connection or camera go: what was read until then stays."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from stage import Stage, needs_player, opened_page

SEATED = "/measure/internal_rotation_seated/"

MADE_UP = """
// A camera that shows nothing and a model that finds a point: what it sees, the answers below say.
const video = document.createElement('canvas').captureStream(30);
globalThis.taken = () => video.getTracks()[0].dispatchEvent(new Event('ended'));
navigator.mediaDevices.getUserMedia = async () => video;
HTMLMediaElement.prototype.play = async () => {};
Object.defineProperty(HTMLVideoElement.prototype, 'videoWidth', { get: () => 640 });
HTMLVideoElement.prototype.requestVideoFrameCallback = undefined;
globalThis.pictures = 0;
globalThis.createImageBitmap = async () => { pictures++; return { close() {} }; };
globalThis.Worker = class {
  constructor() { setTimeout(() => this.onmessage({ data: { kind: 'ready' } })); }
  postMessage({ at }) {
    const frame = new Float32Array([at / 1000, 1, 0, 0.5]).buffer;
    setTimeout(() => {
      this.onmessage?.({ data: { kind: 'found', frame, ms: 1, model: 'lite' } });
      this.onmessage?.({ data: { kind: 'free' } });
    });
  }
  terminate() { this.onmessage = null; }
};
"""


FRAMES_GO_BY = """
() => new Promise(done => {
  let left = 12;
  const next = () => left-- ? requestAnimationFrame(next) : done();
  next();
})
"""


class Process:
    """A process of the server and the phone: what was read of this side so far is told with every answer."""

    def __init__(self, page: Any) -> None:
        self.held: list[int] = []
        self.socket: Any = None
        self.phone = page.context.new_cdp_session(page)
        self.lies(90, 0)  # a browser that felt nothing when it was first asked never feels anything
        page.route_web_socket("**/eye/**", self.answer)

    def answer(self, socket: Any) -> None:
        self.socket = socket
        socket.on_message(
            lambda _: socket.send(json.dumps({"at": 1.0, "value": 30, "why": "", "held": self.held}))
        )

    def lies(self, beta: float, gamma: float) -> None:
        """Turn the phone."""
        how = {"alpha": 0, "beta": beta, "gamma": gamma}
        self.phone.send("DeviceOrientation.setDeviceOrientationOverride", how)

    def gives_way(self) -> None:
        """Go, as at a restart; another one takes the side up, and has read nothing of it."""
        self.held = []
        self.socket.close(code=1012)


@pytest.fixture
def before_a_camera(stage: Stage, chrome: Any) -> Iterator[tuple[Any, Process]]:
    needs_player()
    with opened_page(chrome, 390, 844) as page:
        page.add_init_script(MADE_UP)
        process = Process(page)
        stage.copy("measuring", "reads-by-camera")
        page.goto(stage.address("reads-by-camera") + SEATED)
        page.locator(".ways summary").click()
        page.locator("input[name=method][value=camera_front]").check(force=True)
        page.locator("[data-range=open]").click()
        page.get_by_role("button", name="Switch the camera on").click()
        yield page, process


def slots(page: Any, *told: str) -> None:
    """Wait until the slots of the sheet say this."""
    wanted = " ".join(f"{number}. {one}" for number, one in enumerate(told, start=1))
    page.wait_for_function(
        "wanted => [...document.querySelectorAll('#range .slots li')]"
        ".map(one => [...one.children].map(part => part.textContent).join(' ')).join(' ') === wanted",
        arg=wanted,
    )


def test_a_phone_on_its_side_is_told_to_stand_and_reads_nothing_until_it_does(
    before_a_camera: tuple[Any, Process],
) -> None:
    page, process = before_a_camera

    process.lies(0, -90)
    page.get_by_role("alert").get_by_text("Stand the phone upright").wait_for()
    before = page.evaluate("pictures")
    page.evaluate(FRAMES_GO_BY)
    assert page.evaluate("pictures") == before, "nobody looks at what lies on its side"
    assert page.locator("#range [data-show=range-now]").inner_text() == "–"

    process.lies(85, 0)
    page.get_by_role("alert").get_by_text("Stand the phone upright").wait_for(state="hidden")


def test_what_was_read_stays_when_the_coach_begins_anew_and_when_the_camera_is_taken_away(
    before_a_camera: tuple[Any, Process],
) -> None:
    page, process = before_a_camera
    process.held = [31]
    slots(page, "31°", "now", "–")
    process.gives_way()
    page.get_by_text("The coach does not answer").wait_for()
    page.get_by_text("The coach does not answer").wait_for(state="hidden")
    slots(page, "31°", "now", "–")
    process.held = [33]
    slots(page, "31°", "33°", "now")

    page.evaluate("taken()")

    page.get_by_role("alert").get_by_text("The camera was taken away.").wait_for()
    assert page.locator("#range .eye").is_hidden(), "nothing says that the camera is on"
    fields = page.locator("input[name=left_reading]")
    assert [fields.nth(number).input_value() for number in range(3)] == ["31", "33", ""]
    process.held = [32]
    page.get_by_role("button", name="Switch the camera on").click()
    page.get_by_text("The left side is done").wait_for()
    assert [fields.nth(number).input_value() for number in range(3)] == ["31", "33", "32"]
