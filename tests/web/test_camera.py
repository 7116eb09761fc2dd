"""A real walk before a real browser's camera: points reach the coach, the same as the video path finds."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from night import NIGHT, WIDE
from stage import CHROMIUM, Stage, has_player, opened_page, switched_on
from triplane import coach
from triplane.body import Leg, Side
from triplane.formats.video import MODELS
from triplane.movement import LandmarkFrame, Signal
from triplane.web.eye import socket

SEEN_FROM_THE_FRONT = "str_step_down"
FRAMES = 70
WATCHED_S = 12
"""Enough for most of the walk, however slow or quick the machine is."""

AGREES = 0.9
RATE = 30
WALKS_S = (3.0, 5.6)
SLOWER = 6
"""Each picture is shown so often: a browser that draws in software sees few of thirty a second."""

JOINT_S = 1.6
"""Left out where the film begins anew: there somebody is at two places at once."""


@pytest.fixture(scope="module")
def walk(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Somebody who walks by, alone."""
    pytest.importorskip("av", reason="the packages of the extra `video` are not here")
    from videos import DEMO, walker, write

    return write(tmp_path_factory.mktemp("walk") / "walk.mjpeg", walker(shared / DEMO, *WALKS_S))


@pytest.fixture(scope="module")
def slow_walk(shared: Path, walk: Path) -> Path:
    """The same pictures as Chromium's made-up camera plays them over and over."""
    from videos import DEMO, walker, write

    slowly = (one for one in walker(shared / DEMO, *WALKS_S) for _ in range(SLOWER))
    return write(walk.with_name("slow.mjpeg"), slowly)


@pytest.fixture(scope="module")
def chrome_that_sees(slow_walk: Path) -> Iterator[Any]:
    """A browser before whose camera somebody walks."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the packages that drive a browser are not here (make test brings them)"
    )
    if not (CHROMIUM.exists() and has_player() and MODELS.is_dir()):
        pytest.skip(
            "there is no browser here, or the islands and models are not built (make run builds them)"
        )
    how = ("use-fake-device-for-media-stream", f"use-file-for-fake-video-capture={slow_walk}")
    with playwright.sync_playwright() as started:
        arguments = ["--no-sandbox", *(f"--{one}" for one in how)]
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def received(monkeypatch: pytest.MonkeyPatch) -> list[LandmarkFrame]:
    """What reaches the coach, frame by frame."""
    found: list[LandmarkFrame] = []
    read = socket.sent_frame

    def noting(message: bytes) -> LandmarkFrame:
        found.append(read(message))
        return found[-1]

    monkeypatch.setattr(socket, "sent_frame", noting)
    return found


@pytest.fixture
def watched(
    stage: Stage,
    chrome_that_sees: Any,
    received: list[LandmarkFrame],
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[int, float], None]:
    """Let the camera watch so many frames and seconds; what must hold of it holds however long that is."""

    def seen_from_the_front(history: Any, slot: str, item: str, side: Any, now: Any) -> Any:
        """Watch another drill in place of the item, once it is known that the item may be begun."""
        assert item in [one.id for one in coach.begin(history, slot, now).items]
        return coach.eye_on(history, SEEN_FROM_THE_FRONT, side, now)

    monkeypatch.setattr(coach, "eye_in_session", seen_from_the_front)

    def watching(frames: int, seconds: float) -> None:
        app = stage.scene("first-session")
        base, asked = stage.address("first-session"), list[str]()
        with opened_page(chrome_that_sees, 390, 844, permissions=["camera"]) as page:
            page.on("request", lambda request: asked.append(request.url))
            page.on("websocket", lambda link: asked.append(link.url.replace("ws://", "http://")))
            page.add_init_script("globalThis.__model = 'full'")  # drawing in software it would be given lite
            page.goto(f"{base}/session/{app.practice.look().next_slot}/play/")
            assert page.locator(".eye").is_hidden(), "off until it is asked for"
            switched_on(page)
            page.locator(".eye-help").get_by_text("Turn to face the camera.").wait_for(timeout=60_000)
            assert "±" not in page.locator(".eye-now").text_content(), "no number of the front from the side"
            for _ in range(1200):
                if len(received) >= frames and received[-1].at_s - received[0].at_s >= seconds:
                    break
                page.wait_for_timeout(100)
            page.locator("[data-do=camera]").click()
            assert page.locator(".eye").is_hidden()
            assert page.evaluate("document.querySelector('.eye video').srcObject") is None
        assert [one for one in asked if not one.startswith(base)] == []

    return watching


@WIDE
def test_whoever_walks_by_reaches_the_coach_and_no_picture_leaves(
    watched: Callable[[int, float], None], received: list[LandmarkFrame]
) -> None:
    watched(5, 0)

    assert all(frame.shows_somebody for frame in received[:5])


@NIGHT
def test_a_walk_is_seen_as_the_video_path_sees_it(
    watched: Callable[[int, float], None], received: list[LandmarkFrame], walk: Path
) -> None:
    watched(FRAMES, WATCHED_S)

    knee, hip = agreement(received, walk)
    assert min(knee, hip) >= AGREES, f"knee {knee:.3f}, hip {hip:.3f} over {len(received)} frames"


def agreement(received: list[LandmarkFrame], walk: Path) -> tuple[float, float]:
    """Return how knee and hip bend of both ways go together, at the moment of the walk that fits best."""
    from triplane.formats.video import Model, watch

    with watch(walk, Model.FULL) as watched:
        film = [replace(one.landmarks, at_s=i * SLOWER / RATE) for i, one in enumerate(watched.frames)]
    times, live = bends(received)
    known_at, known = bends(film)
    whole = len(film) * SLOWER / RATE
    best = (-1.0, -1.0)
    for shift in np.arange(0, whole, 1 / 60):
        at = (times - times[0] + shift) % whole
        near = (at > JOINT_S) & (at < whole - JOINT_S)
        near &= np.abs(known_at[:, None] - at[None, :]).min(axis=0) < 2 * SLOWER / RATE
        pairs = [np.corrcoef(live[near, i], np.interp(at[near], known_at, known[:, i]))[0, 1] for i in (0, 1)]
        best = max(best, (float(pairs[0]), float(pairs[1])), key=sum)
    return best


def bends(frames: list[LandmarkFrame]) -> tuple[Any, Any]:
    """Return when both joints of the near leg are seen, and how far they are bent."""
    from triplane.movement.form.glimpse import Glimpse
    from triplane.movement.form.signals import read_signal

    found = []
    for frame in frames:
        if frame.shows_somebody:
            glimpse = Glimpse(frame, Side.LEFT, False)
            bent = [
                read_signal(glimpse, signal, Leg.WORKING) for signal in (Signal.KNEE_BEND, Signal.HIP_BEND)
            ]
            if None not in bent:
                found.append((frame.at_s, *bent))
    rows = np.array(found, dtype=float)
    return rows[:, 0], rows[:, 1:]
