"""What a device is sent: sealed as the RFC's own example, opened by nobody else, posted to the open net."""

import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

from push_service import HOST, Device, PushService, push_service
from triplane.bootstrap.open_net import OpenNet
from triplane.bootstrap.posting import NoAnswer, NotReached, Posting, checked
from triplane.web.server.push.sealing import Lock, ServerKey, packed, sealed, unpacked

RFC_WORDS = b"When I grow up, I want to be a watermelon"
RFC_POINT = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
RFC_SECRET = "BTBZMqHH6r4Tts7J_aSIgg"
RFC_ONCE = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
RFC_DEVICE = "q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94"
RFC_SALT = "DGv6ra1nlYgDCS1FRnbzlw"
RFC_BODY = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_y"
    "l95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)
"""RFC 8291, section 5 and appendix A."""


def test_words_are_sealed_as_in_the_rfcs_own_example() -> None:
    body = sealed(
        RFC_WORDS,
        Lock.of(RFC_POINT, RFC_SECRET),
        once=ServerKey(RFC_ONCE).private,
        salt=unpacked(RFC_SALT),
        fill=0,
    )
    assert packed(body) == RFC_BODY
    device = Device(key=ServerKey(RFC_DEVICE).private, secret=unpacked(RFC_SECRET))
    assert device.opened(unpacked(RFC_BODY)) == RFC_WORDS, "what opens here opens as the RFC does"


def test_only_the_device_opens_it_and_its_length_tells_nothing() -> None:
    device, other = Device(), Device()
    lock = Lock(device.point, device.secret)
    short, long = sealed(b"6", lock), sealed(b"06:30: Triplane, 12 Minuten", lock)
    assert device.opened(short) == b"6"
    assert len(short) == len(long)
    assert sealed(b"6", lock) != short, "nothing is used twice"
    with pytest.raises(InvalidTag):
        other.opened(short)


@pytest.mark.parametrize(
    ("point", "secret"),
    [
        ("", ""),
        ("é", RFC_SECRET),
        (RFC_POINT, "AAAA"),
        (RFC_POINT[:-4], RFC_SECRET),
        ("B" + "A" * 86, RFC_SECRET),
        ("!" * 87, RFC_SECRET),
    ],
)
def test_keys_that_are_none_are_refused(point: str, secret: str) -> None:
    with pytest.raises(ValueError):
        Lock.of(point, secret)


def test_the_servers_word_is_signed_for_one_service_and_ends_within_a_day() -> None:
    key = ServerKey.new()
    word = key.word("https://push.example", "mailto:coach@example.org", 1_800_000_000)
    token, _, public = word.removeprefix("vapid t=").partition(", k=")
    assert public == key.public
    head, told, signature = token.split(".")
    assert json.loads(unpacked(head)) == {"typ": "JWT", "alg": "ES256"}
    read = json.loads(unpacked(told))
    assert (read["aud"], read["sub"]) == ("https://push.example", "mailto:coach@example.org")
    assert 0 < read["exp"] - 1_800_000_000 <= 24 * 3600
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(public))
    raw = unpacked(signature)
    assert len(raw) == 64
    signed = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    point.verify(signed, f"{head}.{told}".encode(), ec.ECDSA(hashes.SHA256()))
    with pytest.raises(InvalidSignature):
        point.verify(signed, f"{head}.{told}x".encode(), ec.ECDSA(hashes.SHA256()))


def test_a_key_is_not_told_by_looking_at_it() -> None:
    key = ServerKey.new()
    assert key.told not in repr(key)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[PushService]:
    with push_service(tmp_path) as running:
        monkeypatch.setenv("SSL_CERT_FILE", str(running.certificate))
        yield running


def posting(port: int, **more: float) -> Posting:
    return Posting(OpenNet(lambda *_: ["127.0.0.1"], lambda _: True, {"https": port}), **more)


def test_what_is_posted_arrives_and_no_redirect_is_followed(service: PushService) -> None:
    address = f"https://{HOST}/to/x"
    assert posting(service.port).post(address, b"sealed", {"TTL": "60"}) == 201
    assert (service.got[0].body, service.got[0].headers["TTL"]) == (b"sealed", "60")
    service.answers["/to/x"] = 307
    assert posting(service.port).post(address, b"sealed", {}) == 307
    assert [one.path for one in service.got] == ["/to/x", "/to/x"]


@pytest.mark.parametrize(
    "address",
    [
        "http://push.example/to",
        "https://push.example:8443/to",
        "https://anna:secret@push.example/to",
        "https:///to",
        "ftp://push.example/to",
        "https://push.example/a b",
        "https://push.example/\r\nX: y",
        "https://püsh.example/",
        "https://push.example:x/",
        "https://push.example/" + "a" * 1000,
        "",
    ],
)
def test_no_other_address_is_posted_to(address: str, service: PushService) -> None:
    with pytest.raises(ValueError):
        checked(address)
    with pytest.raises(NotReached):
        posting(service.port).post(address, b"sealed", {})
    assert service.got == []


@pytest.mark.parametrize(
    "found", ["127.0.0.1", "10.0.0.7", "169.254.169.254", "::1", "fd00::1", "100.64.0.1"]
)
def test_nothing_is_posted_into_this_machine_or_its_network(found: str, service: PushService) -> None:
    for names in ([found], ["93.184.216.34", found]):
        inward = Posting(OpenNet(look_up=lambda *_, names=names: names, ports={"https": service.port}))
        with pytest.raises(NotReached):
            inward.post(f"https://{HOST}/to", b"sealed", {})
    assert service.got == []


def test_a_name_that_nobody_answers_for_is_given_up_in_time(service: PushService) -> None:
    never = threading.Event()

    def look_up(*_: object) -> list[str]:
        never.wait()
        return ["127.0.0.1"]

    waits = Posting(OpenNet(look_up, lambda _: True, {"https": service.port}), longest_s=0.05)
    with pytest.raises(NotReached):
        waits.post(f"https://{HOST}/to", b"sealed", {})
    never.set()
    assert service.got == []


def test_a_certificate_of_nobody_is_not_trusted(
    service: PushService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(NotReached):
        posting(service.port).post(f"https://{HOST}/to", b"sealed", {})
    assert service.got == []


@pytest.mark.parametrize("shakes", [False, True], ids=["silent from the start", "answers by the letter"])
def test_a_service_that_is_slow_on_purpose_is_given_up_in_time(service: PushService, shakes: bool) -> None:
    """Each letter comes within the time that a letter may take, and the whole never ends."""
    ended = threading.Event()

    def dribble(listening: socket.socket) -> None:
        taken, _ = listening.accept()
        if shakes:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(service.certificate, service.certificate.with_suffix(".key"))
            taken = context.wrap_socket(taken, server_side=True)
            taken.sendall(b"HTTP/1.1 201 Created\r\nX: ")
        try:
            while not ended.wait(0.1):
                if shakes:
                    taken.sendall(b"x")
        except OSError:
            pass
        finally:
            taken.close()

    with socket.create_server(("127.0.0.1", 0)) as listening:
        slow = threading.Thread(target=dribble, args=(listening,), daemon=True)
        slow.start()
        began = time.monotonic()
        with pytest.raises(NoAnswer if shakes else NotReached):
            posting(listening.getsockname()[1], longest_s=0.6).post(f"https://{HOST}/to", b"sealed", {})
        took = time.monotonic() - began
        ended.set()
        slow.join()
    assert took < 5
