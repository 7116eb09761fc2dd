"""Reminders are asked for on a device itself: the browser is asked after a press, never before."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from night import WIDE
from postgres import schema_in
from push_service import Device
from stage import chromium, needs_browser, needs_player
from visiting import PASSWORD, running, signed_up

DEVICE = Device()

NO_SERVICE = """(told) => {
  window.asked = [];
  const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")),
    (one) => one.charCodeAt(0)).buffer;
  const one = { endpoint: told.endpoint, getKey: (name) => bytes(name === "auth" ? told.secret : told.point),
    unsubscribe: async () => { sessionStorage.removeItem("on"); return true; } };
  PushManager.prototype.getSubscription = async () => (sessionStorage.getItem("on") ? one : null);
  PushManager.prototype.subscribe = async (how) => {
    sessionStorage.setItem("on", how.applicationServerKey);
    return one;
  };
  Notification.requestPermission = async () => {
    window.asked.push("leave");
    return window.leave ?? "granted";
  };
}"""
"""The browser's own service is the browser's; here it hands out what a test names."""


@pytest.fixture
def chrome() -> Iterator[Any]:
    """The machine's own browser."""
    needs_browser()
    with chromium() as browser:
        yield browser


@WIDE
def test_a_device_is_set_up_by_a_press_known_again_and_ended_where_it_stands(
    postgres: str, tmp_path: Path, chrome: Any
) -> None:
    needs_player()
    trial = {"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost", "TRIPLANE_WORKERS": "1"}
    with running(schema_in(postgres), tmp_path, **trial) as server:
        signed_up(server, "anna@example.org")
        here = f"http://localhost:{server.port}"
        page = chrome.new_page(viewport={"width": 390, "height": 844})
        complaints: list[str] = []
        foreign: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", lambda one: foreign.append(one.url) if not one.url.startswith(here) else None)
        told = ", ".join(f"{name}: '{value}'" for name, value in DEVICE.told.items())
        page.add_init_script(f"({NO_SERVICE})({{{told}}})")
        page.goto(f"{here}/accounts/login/?next=/accounts/reminders/")
        page.fill("[name=login]", "anna@example.org")
        page.fill("[name=password]", PASSWORD)
        page.click("main form button")

        press = page.get_by_role("button", name="Remind me on this device")
        press.wait_for()
        assert page.evaluate("window.asked") == [], "nothing is asked before a press"
        page.evaluate("window.leave = 'denied'")
        press.click()
        page.get_by_text("Your browser blocks notifications").wait_for()
        assert server.ask("SELECT name FROM server_pushdevice") == []

        page.reload()
        press.click()
        page.locator("[data-here]").wait_for()
        assert press.is_hidden()
        assert server.ask("SELECT endpoint, point, secret FROM server_pushdevice") == [
            tuple(DEVICE.told.values())
        ]
        page.get_by_role("button", name="End reminders on").click()
        press.wait_for()
        assert server.ask("SELECT name FROM server_pushdevice") == []
        assert page.evaluate("sessionStorage.getItem('on')") is None, "the browser takes nothing any more"
        assert (complaints, foreign) == ([], [])
