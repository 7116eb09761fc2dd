"""A reminder that a browser's service hands to the app is shown, and a press on it leads to Today."""

from typing import Any

import pytest

from playing import until
from stage import opened_page, served_player

pytestmark = pytest.mark.filterwarnings("ignore:StreamingHttpResponse")

SHOWN = """async () => (await (await navigator.serviceWorker.getRegistration("/")).getNotifications())
  .map((one) => [one.title, one.lang])"""
PRESSED = """async () => {
  const went = [], instead = (one, name, value) => Object.defineProperty(one.prototype, name, { value });
  instead(Clients, "openWindow", async (address) => { went.push(address); });
  instead(WindowClient, "focus", async function () { went.push(this.url); });
  const [one] = await self.registration.getNotifications(), waits = [];
  const press = new NotificationEvent("notificationclick", { notification: one });
  press.waitUntil = (done) => waits.push(done);
  self.dispatchEvent(press);
  await Promise.all(waits);
  return went;
}"""


def test_a_reminder_is_shown_and_a_press_leads_to_today(marathoner: Any, chrome: Any) -> None:
    with served_player() as server, opened_page(chrome, 390, 844, base_url=server.address) as page:
        context = page.context
        context.grant_permissions(["notifications"], origin=server.address)
        session = context.new_cdp_session(page)
        found: dict[str, str] = {}

        def heard(told: Any) -> None:
            for one in told["registrations"]:
                found[one["scopeURL"]] = one["registrationId"]

        session.on("ServiceWorker.workerRegistrationUpdated", heard)
        session.send("ServiceWorker.enable")
        page.goto("/week/")
        page.evaluate("() => navigator.serviceWorker.ready.then(() => true)")
        until(page, lambda: bool(found))

        def deliver(data: str) -> None:
            told = {"origin": server.address, "registrationId": next(iter(found.values())), "data": data}
            session.send("ServiceWorker.deliverPushMessage", told)

        def pressed() -> object:
            [worker] = context.service_workers
            return worker.evaluate(PRESSED)

        def shown(*reminders: list[str]) -> None:
            # What is shown and taken away is known a moment later: a page waits for it, and never looks once.
            until(page, lambda: page.evaluate(SHOWN) == list(reminders))

        deliver('{"title": "06:30: Triplane, 12 Minuten", "lang": "de"}')
        shown(["06:30: Triplane, 12 Minuten", "de"])
        deliver('{"title": "06:30: Triplane, 12 Minuten", "lang": "en"}')
        shown(["06:30: Triplane, 12 Minuten", "en"])
        assert pressed() == ["/"], "another page is left alone, and Today opened"
        shown()
        page.goto("/")
        deliver("what no server of ours sends")
        shown(["Triplane", ""])
        assert pressed() == [f"{server.address}/"], "Today is there already"
        shown()
