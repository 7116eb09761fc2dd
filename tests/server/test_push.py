"""Reminders on devices: sealed, through a push service, once, and to nobody who did not ask or may not."""

import base64
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from socketserver import BaseRequestHandler, ThreadingTCPServer
from threading import Thread
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from club import ZONE, Club
from push_service import HOST, Device, PushService, push_service
from triplane import catalogue
from triplane.web.server.push.sealing import ServerKey, unpacked
from visiting import HOST as OURS
from visiting import PUSH_KEY, Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
DEVICES = "/accounts/reminders/devices/"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PushService]:
    with push_service(tmp_path_factory.mktemp("push")) as running:
        yield running


@pytest.fixture(scope="module")
def club(server: Running, told_on_monday: Path) -> Club:
    return Club(server, told_on_monday)


@pytest.fixture
def round_(club: Club, service: PushService) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    """Run a round so long before the session, with the services on this machine."""

    def run(minutes: float, **more: str) -> "subprocess.CompletedProcess[str]":
        return club.round(minutes, **(way_to(service) | more))

    return run


def way_to(service: PushService) -> dict[str, str]:
    return {"PUSH_PORT": str(service.port), "SSL_CERT_FILE": str(service.certificate)}


def asks(club: Club, email: str, device: Device) -> Device:
    """Let a device of somebody who joined be reminded."""
    [(choice,)] = club.server.ask(
        "SELECT r.id FROM server_reminderchoice r JOIN server_account a ON a.id = account_id"
        " WHERE email = %s",
        email,
    )
    told = device.told
    club.server.ask(
        "INSERT INTO server_pushdevice (choice_id, endpoint, point, secret, key, name, since)"
        " VALUES (%s, %s, %s, %s, %s, 'Firefox on Linux', now()) RETURNING id",
        *(choice, told["endpoint"], told["point"], told["secret"], ServerKey(PUSH_KEY).public),
    )
    return device


def devices_of(club: Club, email: str) -> int:
    [(number,)] = club.server.ask(
        "SELECT count(*) FROM server_pushdevice d JOIN server_reminderchoice r ON r.id = choice_id"
        " JOIN server_account a ON a.id = r.account_id WHERE email = %s",
        email,
    )
    return int(str(number))


def test_a_device_is_told_a_time_and_a_length_sealed_and_nothing_else(
    club: Club, service: PushService, round_: Any
) -> None:
    email = club.joins(by_mail=False)
    device = asks(club, email, Device())
    assert round_(31).returncode == 0
    assert service.to(device) == [], "not yet"
    done = round_(20)
    assert (done.returncode, done.stderr) == (0, "")
    [told] = service.told(device)
    at = f"{club.slot.starts_at.astimezone(ZoneInfo(ZONE)):%H:%M}"
    assert told.pop("lang") == "en"
    title = told.pop("title")
    assert title.startswith(f"{at}: Triplane, ")
    assert told == {}, "nothing else"
    assert [one.id for one in catalogue.load().values() if one.name in title or one.id in title] == []
    [came] = service.to(device)
    assert title.encode() not in came.body and club.slot.id.encode() not in came.body
    assert club.slot.id not in str(came.headers) and email not in str(came.headers)
    assert 0 < int(came.headers["TTL"]) <= 20 * 60, "a device that is off is not told once it has begun"
    word = came.headers["Authorization"]
    assert word.endswith(f"k={ServerKey(PUSH_KEY).public}")
    claims = json.loads(unpacked(word.split(".")[1]))
    assert claims["aud"] == f"https://{HOST}"
    assert claims["sub"] == f"mailto:coach@{OURS}"
    assert club.mails(email) == []


def test_nobody_is_told_twice_nor_by_e_mail_what_a_device_was_told(
    club: Club, service: PushService, round_: Any
) -> None:
    both, two = club.joins(), club.joins(by_mail=False)
    phone, laptop = asks(club, two, Device()), asks(club, two, Device())
    tablet = asks(club, both, Device())
    rounds = [club.begin_round(20, **way_to(service)) for _ in range(2)]
    said = [one.communicate(timeout=120) for one in rounds]
    assert [one.returncode for one in rounds] == [0, 0], said
    round_(15)
    assert [len(service.to(one)) for one in (phone, laptop, tablet)] == [1, 1, 1]
    assert club.mails(both) == []


def test_whoever_may_not_train_is_told_nothing_on_any_device(
    club: Club, service: PushService, round_: Any
) -> None:
    nobody = club.who_may_not_train(by_mail=False)
    devices = {name: asks(club, email, Device()) for name, email in nobody.items()}
    round_(20)
    assert {name: len(service.to(one)) for name, one in devices.items()} == dict.fromkeys(devices, 0)
    round_(5)
    assert {name for name, one in devices.items() if service.to(one)} == {"quiet"}, "its hours are over"


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten_and_the_others_are_told(
    club: Club, service: PushService, round_: Any, status: int
) -> None:
    email = club.joins(by_mail=False)
    gone, there = asks(club, email, Device()), asks(club, email, Device())
    service.answers[gone.path] = status
    done = round_(20)
    assert "1 devices take no reminders any more" in done.stdout
    assert devices_of(club, email) == 1
    assert len(service.to(there)) == 1


def test_a_service_that_is_down_is_asked_again_and_e_mail_goes_where_no_device_was_told(
    club: Club, service: PushService, round_: Any
) -> None:
    alone, with_mail = club.joins(by_mail=False), club.joins()
    device, other = asks(club, alone, Device()), asks(club, with_mail, Device())
    service.answers |= {device.path: 503, other.path: 429}
    round_(20)
    assert (len(service.to(device)), len(service.to(other))) == (1, 1)
    assert len(club.mails(with_mail)) == 1
    service.answers.clear()
    round_(15)
    round_(10)
    assert (len(service.to(device)), len(service.to(other))) == (2, 1), "who had an e-mail is told no more"
    nowhere = club.joins(by_mail=False)
    lost = asks(club, nowhere, Device())
    away = round_(10, PUSH_PORT="1")
    assert (away.returncode, away.stderr) == (0, "")
    assert "did not answer" in away.stdout
    round_(9)
    assert len(service.to(lost)) == 1
    assert devices_of(club, nowhere) == 1


def test_a_mail_server_that_is_away_keeps_no_device_from_being_told(
    club: Club, service: PushService, round_: Any
) -> None:
    mailed, pushed = club.joins(), club.joins(by_mail=False)
    device = asks(club, pushed, Device())
    away = round_(20, EMAIL_URL="smtp://127.0.0.1:1")
    assert away.returncode == 2
    assert len(service.to(device)) == 1
    round_(15)
    assert len(club.mails(mailed)) == 1
    assert len(service.to(device)) == 1


def test_another_key_of_the_server_tells_no_device_of_the_one_before(
    club: Club, service: PushService, round_: Any
) -> None:
    device = asks(club, club.joins(by_mail=False), Device())
    assert round_(20, TRIPLANE_PUSH_KEY=ServerKey.new().told).returncode == 0
    assert service.to(device) == []
    wrong = round_(20, TRIPLANE_PUSH_KEY="guess")
    assert wrong.stderr == "triplane: TRIPLANE_PUSH_KEY in the server's environment cannot be; " + (
        "give what reminders --new-key says\n"
    )


def test_a_device_asks_by_a_form_is_listed_and_ends(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    other, _ = new_runner()
    shown = visitor.get("/accounts/reminders/")
    assert f'data-key="{ServerKey(PUSH_KEY).public}"' in shown.html
    device = Device()
    firefox = "Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0"
    listed = visitor.post(DEVICES, device.told, **{"User-Agent": firefox})
    assert "Firefox on Android" in listed.text
    asked = "SELECT d.id, email, ahead_min, most_a_day, by_mail FROM server_pushdevice d" + (
        " JOIN server_reminderchoice r ON r.id = choice_id JOIN server_account a ON a.id = r.account_id"
    )

    def kept() -> list[tuple[object, ...]]:
        return server.ask(f"{asked} WHERE endpoint = %s", device.told["endpoint"])

    [(number, *told)] = kept()
    assert told == [email, 30, 1, False], "no e-mail was asked for"
    other.post(f"{DEVICES}{number}/end/", {})
    assert len(kept()) == 1, "nobody ends another's"
    visitor.post(DEVICES, device.told)
    assert len(kept()) == 1
    other.post(DEVICES, device.told)
    assert [one[1] for one in kept()] != [email], "a browser that two use reminds who asked last, not both"
    visitor.post(DEVICES, device.told)
    assert visitor.post(f"{DEVICES}{kept()[0][0]}/end/", {}).status == 200
    assert kept() == []
    visitor.post(DEVICES, device.told)
    visitor.post("/accounts/reminders/", {"end": "1"})
    assert kept() == []


def test_devices_of_a_key_that_the_server_had_before_take_no_place(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    visitor.post(DEVICES, Device().told)
    server.ask(
        "INSERT INTO server_pushdevice (choice_id, endpoint, point, secret, key, name, since)"
        " SELECT choice_id, endpoint || n, point, d.secret, 'before', name, d.since FROM server_pushdevice d"
        " JOIN server_reminderchoice r ON r.id = choice_id JOIN server_account a ON a.id = account_id,"
        " generate_series(1, 10) n WHERE email = %s RETURNING id",
        email,
    )
    device = Device()
    visitor.post(DEVICES, device.told)
    kept = server.ask(
        "SELECT endpoint, d.key FROM server_pushdevice d JOIN server_reminderchoice r ON r.id = choice_id"
        " JOIN server_account a ON a.id = account_id WHERE email = %s",
        email,
    )

    assert device.told["endpoint"] in {endpoint for endpoint, _ in kept}
    assert {key for _, key in kept} == {ServerKey(PUSH_KEY).public}


def test_no_device_is_kept_that_could_not_be_told(new_runner: NewRunner) -> None:
    visitor, _ = new_runner()
    good = Device().told
    bad = [
        {"endpoint": "http://push.example/x"},
        {"endpoint": "https://push.example:8443/x"},
        {"endpoint": "https://a:b@push.example/x"},
        {"endpoint": "https://push.example/" + "x" * 1000},
        {"endpoint": ""},
        {"point": base64.urlsafe_b64encode(b"\x04" + b"\x01" * 64).decode()},
        {"point": "é"},
        {"secret": ""},
        {"secret": "x" * 5000},
    ]
    for wrong in bad:
        answer = visitor.post(DEVICES, good | wrong)
        assert answer.status == 400, wrong
        assert "Nothing was kept." in answer.text
    for _ in range(10):
        assert "Saved." in visitor.post(DEVICES, Device().told).text
    assert visitor.post(DEVICES, Device().told).status == 400


def test_a_device_is_kept_for_nobody_who_is_not_logged_in(stranger: Visitor) -> None:
    answer = stranger.once("POST", DEVICES, Device().told)
    assert answer.status == 403, "without a token of a form"
    assert stranger.once("GET", DEVICES).status == 405


def test_a_key_is_made_by_the_command() -> None:
    said = subprocess.run(
        [sys.executable, "-m", "triplane.cli", "reminders", "--new-key"],
        capture_output=True,
        text=True,
        check=True,
    )
    name, _, key = said.stdout.strip().partition("=")
    assert name == "TRIPLANE_PUSH_KEY"
    assert len(unpacked(ServerKey(key).public)) == 65


@contextmanager
def silent_services() -> Iterator[tuple[int, list[bytes]]]:
    """Services that take a connection and close it; what each was asked as is kept."""
    asked: list[bytes] = []

    class Closing(BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(4096))

    with ThreadingTCPServer(("127.0.0.1", 0), Closing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


def at_services(club: Club, email: str, *names: str) -> None:
    """Let somebody have a device at each of some services."""
    for name in names:
        device = asks(club, email, Device())
        club.server.tell(
            "UPDATE server_pushdevice SET endpoint = %s WHERE endpoint = %s",
            *(f"https://{name}.example/{email}", device.told["endpoint"]),
        )


def test_services_that_do_not_answer_keep_nobody_elses_waiting(club: Club, round_: Any) -> None:
    at_services(club, club.joins(by_mail=False), "hers-one", "hers-two", "hers-three")
    for number in range(14):
        at_services(club, club.joins(by_mail=False), f"silent-{number}")
    with silent_services() as (port, asked):
        done = round_(20, PUSH_PORT=str(port))
    assert done.returncode == 0, done.stderr
    met = [name for name in (b"hers-one", b"hers-two", b"hers-three") if any(name in one for one in asked)]
    assert len(met) <= 1, "one account's services are waited for once"
    assert len(asked) == 12, "and so many of all accounts in one round, a minute of waiting"
