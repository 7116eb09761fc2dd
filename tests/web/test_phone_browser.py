"""A phone's browser on the local network: it trusts the certificate, pairs, and finds the same app."""

import base64
import hashlib
import os
import re
import shutil
import signal
import ssl
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from icalendar import Calendar

from browsing import RUNNER
from cast import MONDAY
from night import WIDE
from triplane.bootstrap import open_practice
from triplane.web.feed.keeping import feeds_of, new_feed
from triplane.web.phone.network import lan_addresses

CHROMIUM = Path("/usr/bin/chromium")

pytestmark = pytest.mark.skipif(not lan_addresses(), reason="this machine is on no local network")


@contextmanager
def served(journal: Path, *whose: str) -> Iterator[tuple[str, str]]:
    """Start the app with the phones' door on free ports; give its address, and the one that pairs."""
    words = [
        "--journal",
        str(journal),
        *whose,
        "serve",
        "--port",
        "0",
        "--no-browser",
        "--phone",
        "--phone-port",
        "0",
    ]
    told = {"TRIPLANE_ZONE": "Europe/Berlin", "TRIPLANE_NOW": MONDAY.isoformat()}
    started = subprocess.Popen(
        [sys.executable, "-m", "triplane.cli", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, **told},
    )
    assert started.stdout is not None
    try:
        lines = iter(started.stdout)
        here = next(found[0] for line in lines if (found := re.findall(r"http://\S+", line)))
        pairs = next(found[0] for line in lines if (found := re.findall(r"https://\S+", line)))
        yield here, pairs
        started.send_signal(signal.SIGINT)
        said, _ = started.communicate(timeout=30)
        assert (started.returncode, "Traceback" in said) == (0, False), said
    finally:
        started.kill()
        started.wait()
        started.stdout.close()


@contextmanager
def phone(folder: Path, secrets: dict[str, Any] | None = None) -> Iterator[Any]:
    """A page of a phone's size in a browser that takes this one certificate and no other fault."""
    playwright = pytest.importorskip(
        "playwright.sync_api", reason="the packages that drive a browser are not here (make test brings them)"
    )
    if not CHROMIUM.exists():
        pytest.skip(f"there is no browser at {CHROMIUM}")
    shown = x509.load_pem_x509_certificate((folder / "leaf.crt").read_bytes()).public_key()
    key = hashlib.sha256(shown.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).digest()
    trusts = f"--ignore-certificate-errors-spki-list={base64.b64encode(key).decode()}"
    with playwright.sync_playwright() as started:
        browser = started.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", trusts])
        yield browser.new_context(viewport={"width": 390, "height": 844}, storage_state=secrets).new_page()
        browser.close()


@WIDE
def test_a_phone_pairs_over_the_network_and_stays_paired_until_it_is_forgotten(tmp_path) -> None:
    folder = tmp_path / "phone"
    with served(tmp_path / "anna.journal") as (here, pairs), phone(folder) as page:
        outside = pairs.partition("/phone/")[0]
        page.goto(outside)
        assert page.get_by_text("This phone is not paired").is_visible()
        page.goto(pairs)
        assert page.evaluate("window.isSecureContext")
        page.get_by_role("button", name="Pair this phone").click()
        page.get_by_role("heading", name="Before you begin").wait_for()
        page.get_by_role("button", name="Yes, begin").click()
        page.wait_for_url("**/begin/safety/**")
        port = here.rstrip("/").rpartition(":")[2]
        with pytest.raises(OSError):
            urllib.request.urlopen(f"http://{outside.split('/')[2].partition(':')[0]}:{port}/", timeout=5)
        kept = page.context.storage_state()

    with served(tmp_path / "anna.journal") as (here, pairs), phone(folder, kept) as page:
        outside = pairs.partition("/phone/")[0]
        page.goto(outside)
        page.wait_for_url("**/begin/safety/**")
        computer = page.context.browser.new_page()
        computer.goto(f"{here}phone/")
        computer.get_by_role("button", name="Forget").click()
        computer.get_by_text("None yet.").wait_for()
        page.goto(outside)
        assert page.get_by_text("This phone is not paired").is_visible()


def test_a_client_that_trusts_the_authority_needs_no_exception(tmp_path) -> None:
    with served(tmp_path / "anna.journal") as (_, pairs):
        trusts = ssl.create_default_context(cafile=str(tmp_path / "phone" / "authority.crt"))
        with urllib.request.urlopen(pairs, timeout=30, context=trusts) as answer:
            assert "Pair this phone" in answer.read().decode()
        with pytest.raises(urllib.error.URLError, match="certificate verify failed"):
            urllib.request.urlopen(pairs, timeout=30, context=ssl.create_default_context())


def test_a_calendar_program_reads_the_feed_through_the_phones_door(
    tmp_path: Path, told_on_monday: Path
) -> None:
    for file in told_on_monday.parent.iterdir():
        shutil.copy(file, tmp_path / file.name)
    journal = tmp_path / told_on_monday.name
    practice = open_practice(journal, RUNNER, "Europe/Berlin", MONDAY.isoformat())
    feeds = feeds_of(practice)
    secret = new_feed(feeds, RUNNER, MONDAY.date(), 10).secret
    practice.journal.close()

    with served(journal, "--runner", RUNNER) as (_, pairs):
        outside = pairs.partition("/phone/")[0]
        trusts = ssl.create_default_context(cafile=str(tmp_path / "phone" / "authority.crt"))

        def asked(place: str) -> tuple[int, bytes]:
            try:
                with urllib.request.urlopen(f"{outside}{place}", context=trusts, timeout=30) as answer:
                    return answer.status, answer.read()
            except urllib.error.HTTPError as refused:
                return refused.code, refused.read()

        status, content = asked(f"/feed/{secret}.ics")
        entries = Calendar.from_ical(content).walk("VEVENT")
        assert status == 200
        assert len(entries) > 3
        assert {str(one["URL"]).partition("/session/")[0] for one in entries} == {outside}
        assert asked(f"/feed/{'0' * 43}.ics")[0] == 404
        assert asked("/week/")[0] == 403, "the secret of a calendar opens nothing else"
        feeds.revoke(RUNNER)
        assert asked(f"/feed/{secret}.ics")[0] == 404
