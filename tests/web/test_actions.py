"""What the coach asks for leads somewhere: each action has its page, and a page of faults leads on to it."""

from typing import Any

import pytest

from triplane.errors import Action, Blocked, JournalError, NotReady, UnknownName, UserError


def test_every_action_leads_to_a_page(marathoner, browser) -> None:
    from django.urls import reverse

    from triplane.web.actions import WAYS

    assert set(WAYS) == set(Action)
    for action, way in WAYS.items():
        assert browser.get(reverse(way.address), follow=True).status_code == 200, action


@pytest.mark.parametrize(
    ("action", "leads_to"),
    [(Action.MEASURE, 'href="/measure/"'), (Action.WEEK, 'href="/week/"'), (None, 'href="/"')],
)
def test_a_page_that_cannot_do_what_was_asked_leads_on(
    marathoner, browser, monkeypatch: Any, action: Any, leads_to: str
) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise UserError("that cannot be", action=action)

    from triplane.bootstrap import Practice

    monkeypatch.setattr(Practice, "refuse_to_log", refuse)
    monkeypatch.setattr(Practice, "begin", refuse)
    shown = browser.get("/session/anything/play/")
    told = shown.content.decode().split('class="empty"')[1].split("</main>")[0]

    assert shown.status_code == 400
    assert "That cannot be." in told
    assert leads_to in told


@pytest.mark.parametrize(
    ("error", "looked_at", "sent", "leads_to"),
    [
        (Blocked("no"), 409, 400, "/stop/"),
        (NotReady("a-slot", ()), 409, 400, "/session/a-slot/"),
        (UnknownName("drill", "x"), 404, 400, None),
        (JournalError("the journal is locked"), 503, 503, None),
        (UserError("no", action=Action.DAY), 400, 400, "/"),
    ],
)
def test_a_script_is_told_the_same_in_json(configured, error, looked_at, sent, leads_to) -> None:
    """What was sent and refused is 400, so that what waits on a device is let go of with its sentence."""
    import json

    from django.test import RequestFactory

    from triplane.web.faults import in_json

    def refusing(request: Any) -> Any:
        raise error

    for request, status in ((RequestFactory().get("/"), looked_at), (RequestFactory().post("/"), sent)):
        answer = in_json(refusing)(request)
        told = json.loads(answer.content)
        assert (answer.status_code, told.get("next")) == (status, leads_to)
        assert told["problem"]
