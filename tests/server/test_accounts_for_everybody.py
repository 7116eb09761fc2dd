"""The pages around an account, for everybody: axe in light and in the dark, fingers, narrow windows."""

from collections.abc import Iterator
from typing import Any

import pytest

from everybody import PHONE, found_on_a_phone
from night import IS_WIDE
from postgres import schema_in
from stage import chromium, needs_browser
from visiting import PASSWORD, running, signed_up

EMAIL = "anna@example.org"
OUTSIDE = (
    "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/", "/accounts/password/reset/done/",
    "/accounts/confirm-email/", "/accounts/password/reset/key/1-wrong/",
)  # fmt: skip
INSIDE = (
    "/accounts/", "/accounts/email/", "/accounts/password/change/", "/accounts/2fa/",
    "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/sessions/", "/accounts/tokens/",
    "/accounts/reminders/", "/accounts/close/", "/accounts/reauthenticate/", "/accounts/logout/", "/sharing/",
)  # fmt: skip


@pytest.fixture(scope="module")
def server(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server on trial, which a browser reaches without encryption, and one account on it."""
    if not IS_WIDE:
        pytest.skip("a server of several processes: make wide")
    pytest.importorskip("allauth", reason="the packages of the extra called server are not here")
    trial = {"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost", "TRIPLANE_WORKERS": "1"}
    with running(schema_in(postgres), tmp_path_factory.mktemp("server"), **trial) as started:
        signed_up(started, EMAIL)
        yield f"http://localhost:{started.port}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    needs_browser()
    with chromium() as started:
        yield started


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport=PHONE, reduced_motion="reduce")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def known(server: str, browser: Any) -> Any:
    """What the browser of somebody who is logged in keeps."""
    page = browser.new_page()
    page.goto(f"{server}/accounts/login/")
    log_in(page)
    kept = page.context.storage_state()
    page.close()
    return kept


def log_in(page: Any, password: str = PASSWORD) -> None:
    if page.locator("[name=login]").count():
        page.fill("[name=login]", EMAIL)
    page.fill("[name=password]", password)
    with page.expect_navigation():
        page.click("main form button")


@pytest.mark.parametrize("path", OUTSIDE)
def test_whoever_is_not_logged_in_can_use_every_page(path: str, server: str, page: Any) -> None:
    page.goto(server + path)
    assert found_on_a_phone(page) == []


def test_what_was_wrong_at_logging_in_is_said_to_everybody(server: str, page: Any) -> None:
    page.goto(f"{server}/accounts/login/")
    log_in(page, "not my password at all")
    assert page.locator(".problem, [role=alert]").count()
    assert found_on_a_phone(page) == []


@pytest.mark.parametrize("path", INSIDE)
def test_whoever_is_logged_in_can_use_every_page(path: str, server: str, browser: Any, known: Any) -> None:
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", storage_state=known)
    page = context.new_page()
    try:
        page.goto(server + path)
        if "reauthenticate" in page.url and "reauthenticate" not in path:
            log_in(page)
        assert path.rstrip("/") in page.url
        assert found_on_a_phone(page) == []
    finally:
        context.close()
