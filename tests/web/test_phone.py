"""The door for phones: paired ones come in, all others get a sentence; each listener has its own names."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client, override_settings
from django.test.client import ClientHandler
from test_pages import every_address

from triplane.web.phone.authority import certificates
from triplane.web.phone.door import Door
from triplane.web.phone.guard import AT_THE_DOOR, COOKIE
from triplane.web.phone.pairing import MOST_TRIES, Phones

LAN = "192.168.1.20"
SENTENCE = "This phone is not paired"


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


@pytest.fixture
def door(marathoner: Any, tmp_path: Any) -> Iterator[Door]:
    """The app of the marathoner with the phones' door open."""
    shown = certificates(tmp_path / "phone", [LAN], [], datetime(2026, 11, 22, tzinfo=UTC))
    made = Door(LAN, 8428, [LAN], shown, Phones(tmp_path / "phone" / "paired.json"))
    with override_settings(PHONE=made, ALLOWED_HOSTS=["testserver", LAN], LOOPBACK_NAMES=["testserver"]):
        yield made


class AtTheDoor(ClientHandler):
    """What the listener on the local network does: it marks what comes through it."""

    def get_response(self, request: Any) -> Any:
        request.scope = {AT_THE_DOOR: True}
        return super().get_response(request)


class OnPhone(Client):
    """A phone's browser: everything it asks for goes to the door."""

    def __init__(self, **more: Any) -> None:
        super().__init__(**more)
        self.handler = AtTheDoor(self.handler.enforce_csrf_checks)

    def generic(self, *args: Any, **more: Any) -> Any:
        return super().generic(*args, **{**more, "secure": True, "SERVER_NAME": LAN})


@pytest.fixture
def phone(door: Door) -> OnPhone:
    return OnPhone(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0)"})


def paired(phone: OnPhone, door: Door) -> OnPhone:
    phone.post(f"/phone/pair/{door.codes.offer()}/")
    return phone


def test_looking_at_the_code_uses_nothing_up_and_the_button_pairs(marathoner, door, phone) -> None:
    address = f"/phone/pair/{door.codes.offer()}/"
    for _ in range(3):
        assert "Pair this phone" in text(phone.get(address))
    assert phone.get("/").status_code == 403
    answer = phone.post(address)

    cookie = answer.cookies[COOKIE]
    assert (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/",
    )
    assert phone.get("/week/").status_code == 200
    assert [one.called for one in door.phones.all()] == ["iPhone"]


def test_the_same_code_pairs_no_second_phone(door, phone) -> None:
    address = f"/phone/pair/{door.codes.offer()}/"
    phone.post(address)
    second = OnPhone()
    refused = second.post(address)

    assert refused.status_code == 403
    assert "used before" in text(refused)
    assert second.get("/").status_code == 403
    assert len(door.phones.all()) == 1


def test_a_paired_phone_that_opens_the_code_again_uses_none_up(door, phone) -> None:
    paired(phone, door)
    code = door.codes.offer()
    phone.post(f"/phone/pair/{code}/")

    assert door.codes.offer() == code


def test_who_guesses_is_soon_told_so_and_the_code_on_the_computer_still_pairs(door, phone) -> None:
    door.codes.offer()
    tries = [phone.post("/phone/pair/guess/").status_code for _ in range(MOST_TRIES + 1)]
    assert tries == [403] * MOST_TRIES + [429]
    assert phone.post(f"/phone/pair/{door.codes.offer()}/").status_code == 302

    assert phone.get("/").status_code == 200


def test_nobody_who_is_not_paired_gets_anything_of_a_runner(marathoner, door, phone) -> None:
    figures = [
        "/figures/mob_quad_band/poster.svg",
        "/static/go-on.js",
        "/static/player.css",
        "/static/mark.svg",
    ]
    drawn = ["/session/anything/play.json", "/nowhere/", "/phone/triplane.crt/x", "/STATIC/base.css"]
    own = {"/phone/triplane.crt", "/phone/triplane.mobileconfig"}
    told = {page: phone.get(page) for page in {*every_address(), *figures, *drawn} - own}

    assert len(told) > 30
    assert {page: answer.status_code for page, answer in told.items() if answer.status_code != 403} == {}
    assert {page for page, answer in told.items() if SENTENCE not in text(answer)} == set()
    shown = told["/"].content.decode()
    assert "<nav" not in shown
    assert set(re.findall(r'(?:href|src)="([^"]+)"', shown)) == {
        "/static/tokens.css", "/static/base.css", "/static/app.css", "data:,",
    }  # fmt: skip


def test_nobody_who_is_not_paired_can_send_anything(marathoner, door, phone) -> None:
    before = marathoner.practice.history().facts
    told = [phone.post(page, {"name": "anna"}).status_code for page in every_address() if "pair" not in page]

    assert set(told) <= {403, 405}
    assert marathoner.practice.history().facts == before


@pytest.mark.parametrize("secret", ["", "guess", "é", "x" * 5000])
def test_a_secret_of_ones_own_making_opens_nothing(door, phone, secret) -> None:
    phone.cookies[COOKIE] = secret

    assert phone.get("/").status_code == 403


def test_a_phone_forgotten_on_the_computer_is_out_at_once(door, phone, browser) -> None:
    paired(phone, door)
    shown = browser.get("/phone/")
    assert "iPhone" in text(shown)
    name = re.findall(r'name="phone" value="([0-9a-f]+)"', shown.content.decode())[0]
    assert "None yet" in text(browser.post("/phone/forget/", {"phone": name}, follow=True))

    assert SENTENCE in text(phone.get("/"))
    assert browser.post("/phone/forget/", {"phone": name}).status_code == 400


def test_a_phone_forgets_itself_alone(door, phone) -> None:
    paired(phone, door)
    other = paired(OnPhone(headers={"user-agent": "Android 16"}), door)
    name = door.phones.all()[1].id
    phone.post("/phone/forget/", {"phone": name})

    assert phone.get("/").status_code == 403
    assert other.get("/week/").status_code == 200


def test_a_phone_is_shown_no_code_and_no_other_phone(door, phone) -> None:
    code = door.codes.offer()
    paired(phone, door)
    code = door.codes.offer()
    shown = phone.get("/phone/")

    assert "This phone is paired" in text(shown)
    assert code not in shown.content.decode()
    assert "<svg" not in shown.content.decode().partition("<main")[2].partition("</main>")[0]


def test_the_computer_shows_the_code_as_a_drawing_and_in_words(door, browser) -> None:
    shown = browser.get("/phone/").content.decode()

    assert f"https://{LAN}:8428/phone/pair/{door.codes.offer()}/" in shown
    assert "<svg" in shown
    assert door.certificates.fingerprint in shown


def test_the_certificate_is_handed_out_before_pairing_and_the_key_never(door, phone, browser) -> None:
    for asks in (phone, browser):
        assert asks.get("/phone/triplane.crt").content == door.certificates.der
        profile = asks.get("/phone/triplane.mobileconfig")
        assert b"com.apple.security.root" in profile.content
        assert profile.headers["Content-Type"] == "application/x-apple-aspen-config"
        assert b"PRIVATE" not in profile.content


@pytest.mark.parametrize(
    ("outside", "name"), [(True, "testserver"), (True, "evil.example"), (False, LAN), (False, "evil.example")]
)
def test_each_listener_answers_to_its_own_names_alone(door, browser, outside, name) -> None:
    browser.raise_request_exception = False
    browser.handler = AtTheDoor() if outside else browser.handler
    browser.cookies[COOKIE] = door.phones.pair("iPhone", datetime(2026, 11, 22, tzinfo=UTC).date())

    assert browser.get("/", secure=outside, headers={"host": name}).status_code == 400


def test_the_door_tells_a_phone_and_not_that_something_is_encrypted(door, browser) -> None:
    assert browser.get("/week/", secure=True).status_code == 200, "loopback behind a proxy of one's own"
    browser.handler = AtTheDoor()
    assert browser.get("/week/", secure=False, headers={"host": LAN}).status_code == 403


def test_without_phones_the_door_answers_nobody_and_the_page_says_how(marathoner, browser) -> None:
    browser.raise_request_exception = False
    here, browser.handler = browser.handler, AtTheDoor()
    assert browser.get("/", secure=True).status_code == 400
    browser.handler = here
    assert "triplane serve --phone" in text(browser.get("/phone/"))
    for page in ("/phone/pair/x/", "/phone/triplane.crt", "/phone/triplane.mobileconfig"):
        assert browser.get(page).status_code == 404


def test_pairing_on_the_computer_itself_is_no_thing(door, browser) -> None:
    assert browser.get(f"/phone/pair/{door.codes.offer()}/").status_code == 404


def test_cookies_are_for_encrypted_use_where_it_is_encrypted_and_no_address_is_bound_to_it(
    door, phone, browser
) -> None:
    paired(phone, door)
    there, here = phone.get("/settings/"), browser.get("/settings/")
    themed = phone.post("/settings/theme/", {"theme": "dark"})

    assert there.cookies["csrftoken"]["secure"]
    assert themed.cookies["theme"]["secure"]
    assert not here.cookies["csrftoken"]["secure"]
    for answer in (there, here, themed):
        assert "Strict-Transport-Security" not in answer.headers
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert {cookie["samesite"] for answer in (there, here, themed) for cookie in answer.cookies.values()} == {
        "Strict"
    }


def test_a_form_from_elsewhere_pairs_nothing_and_forgets_nothing(door) -> None:
    stranger = OnPhone(enforce_csrf_checks=True)
    code = door.codes.offer()

    assert stranger.post(f"/phone/pair/{code}/").status_code == 403
    assert door.phones.all() == ()
    assert door.codes.offer() == code
