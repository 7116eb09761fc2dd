"""A passkey is made and used in a real browser, under the policy that lets no script stand in a page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from night import WIDE
from postgres import schema_in
from stage import chromium, needs_browser
from visiting import PASSWORD, running, signed_up

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
"""A phone that says yes by itself."""


@pytest.fixture
def chrome() -> Iterator[Any]:
    """The machine's own browser."""
    needs_browser()
    with chromium() as browser:
        yield browser


@WIDE
def test_a_passkey_made_on_the_accounts_page_lets_its_owner_in_without_a_password(
    postgres: str, tmp_path: Path, chrome: Any
) -> None:
    trial = {"TRIPLANE_TRIAL": "yes", "TRIPLANE_HOSTS": "localhost", "TRIPLANE_WORKERS": "1"}
    with running(schema_in(postgres), tmp_path, **trial) as server:
        signed_up(server, "anna@example.org")
        page = chrome.new_page()
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        session.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        here = f"http://localhost:{server.port}"

        page.goto(f"{here}/accounts/login/?next=/accounts/2fa/webauthn/add/")
        page.fill("[name=login]", "anna@example.org")
        while "/webauthn/add/" not in page.url.partition("?")[0]:  # the password, and once more for this page
            page.fill("[name=password]", PASSWORD)
            with page.expect_navigation():
                page.click("main form button")
        page.check("[name=passwordless]")
        with page.expect_navigation():
            page.click("#mfa_webauthn_add")

        page.context.clear_cookies()
        page.goto(f"{here}/accounts/login/?next=/accounts/")
        page.click("#passkey_login")
        page.wait_for_url(f"{here}/accounts/")
        assert "anna@example.org" in page.inner_text("main")
        assert complaints == []
