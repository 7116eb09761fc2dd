"""The app on loopback over many journals at once, and one browser to look at it.

A journal is met under a name of its own, ``http://midweek.localhost:PORT``: so cookies, storage and workers
of one never reach another, while one server and one browser serve them all.
"""

import os
import socket
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from browsing import App
from postgres import SERVED
from scenes import made
from triplane.bootstrap import Practice
from triplane.web.serving import SOCKETS
from triplane.web.settings import BUILT

CHROMIUM = Path("/usr/bin/chromium")
HOST = "localhost"
HOSTS = [f".{HOST}"]

UNDRAWN = "HTMLCanvasElement.prototype.getContext = () => null;"
"""A device that draws no moving figure, for tests that look at something else: drawing takes a core."""

ASKED: ContextVar[str] = ContextVar("ASKED", default="")


@dataclass
class Stage:
    """Journals by the name they are met under, and the port all of them are served at."""

    folder: Path
    apps: dict[str, App] = field(default_factory=dict)
    port: int = 0

    def scene(self, name: str) -> App:
        """Return a scene that is only looked at; everybody may meet the same journal."""
        if name not in self.apps:
            self.apps[name] = made(name, self.folder)
        return self.apps[name]

    def copy(self, name: str, called: str) -> App:
        """Return a copy of a scene for somebody who changes it."""
        scene = made(name, self.folder)
        place = self.folder / f"{called}-{os.getpid()}.journal"
        for old in self.folder.glob(f"{place.name}*"):
            old.unlink()
        with closing(sqlite3.connect(scene.journal)) as source, closing(sqlite3.connect(place)) as target:
            source.backup(target)
        for served in SERVED:
            served.forget(place)
        self.apps[called] = App(place, scene.now)
        return self.apps[called]

    def address(self, name: str) -> str:
        return f"http://{name}.{HOST}:{self.port}"

    def open(self, request: object = None) -> Practice:
        """Open the practice that the present request asks for, by the name it was addressed with."""
        return self.apps[ASKED.get()].open()


def has_player() -> bool:
    """Return whether the islands are built here."""
    return (BUILT / "manifest.json").is_file()


def needs_player() -> None:
    """Leave a test out where the islands are not built, and say so."""
    if not has_player():
        pytest.skip("the islands are not built here (make run builds them)")


def needs_browser() -> None:
    """Leave a test out where no browser can be led, and say so."""
    pytest.importorskip(
        "playwright.sync_api", reason="the packages that drive a browser are not here (make test brings them)"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}")


class Server:
    """An ASGI application on one port of loopback, to be stopped and started again as a real one is."""

    def __init__(self, app: Any, at: socket.socket | None = None, **more: Any) -> None:
        self.app, self.port, self.at, self.more = app, 0, [at] if at else None, more
        self.start()

    def start(self) -> None:
        import uvicorn

        config = uvicorn.Config(
            self.app,
            port=self.port,
            log_level="error",
            lifespan="off",
            server_header=False,
            timeout_graceful_shutdown=1,
            **SOCKETS,
            **self.more,
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, args=(self.at,), daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.02)
        self.port = self.server.servers[0].sockets[0].getsockname()[1]

    def stop(self) -> None:
        self.server.should_exit = True
        self.thread.join(timeout=10)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def served_player() -> Iterator[Server]:
    """Serve the app that a test has set up, with the islands as they were built."""
    needs_player()
    from django.test import override_settings

    from triplane.web.serving import answering

    with override_settings(BUILT=BUILT):
        server = Server(answering())
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def served(stage: Stage, app: Any) -> Iterator[Stage]:
    """Serve the stage's journals with an ASGI application until the block ends."""

    async def by_name(scope: Any, receive: Any, send: Any) -> None:
        host = dict(scope["headers"]).get(b"host", b"").decode("latin-1")
        ASKED.set(host.partition(".")[0])
        await app(scope, receive, send)

    server = Server(by_name)
    stage.port = server.port
    try:
        yield stage
    finally:
        server.stop()


@contextmanager
def opened_page(browser: Any, width: int, height: int, **how: Any) -> Iterator[Any]:
    """A page in a context of its own; whatever a script complains of fails the test."""
    complaints: list[str] = []
    context = browser.new_context(viewport={"width": width, "height": height}, **how)
    page = context.new_page()
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text) if _is_ours(told) else None)
    try:
        yield page
    finally:
        context.close()
    assert complaints == []


def _is_ours(told: Any) -> bool:
    """Whether the console tells of a mistake in how the figure is put together."""
    return bool(told.type == "error" and told.text.startswith("THREE.Object3D"))


@contextmanager
def chromium() -> Iterator[Any]:
    """The machine's own browser, without a window."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


def switched_on(page: Any) -> None:
    """Begin the session, go to its first work, and let the camera watch."""
    page.locator("#start [data-do=begin]").click()
    for _ in range(60):
        if "work" in page.locator(".panel").get_attribute("class"):
            break
        page.keyboard.press("ArrowRight")
        page.wait_for_timeout(50)
    page.locator("[data-do=camera]").click()
    assert "Pictures never leave this page" in page.locator("#watch").inner_text()
    page.get_by_role("button", name="Switch the camera on").click()
    page.locator(".eye[data-state=on]").wait_for(timeout=60_000)
