"""A push service as browsers' makers run one, and devices that open what it carried, each by its own key."""

import base64
import datetime
import json
import os
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import count
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

HOST = "push.example"

_numbers = count(1)


def packed(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Device:
    """A browser that subscribed; ``opened`` is the receiving half of RFC 8188 and 8291, written from them."""

    path: str = field(default_factory=lambda: f"/to/{next(_numbers)}")
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    secret: bytes = field(default_factory=lambda: os.urandom(16))

    @property
    def point(self) -> bytes:
        return self.key.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )

    @property
    def told(self) -> dict[str, str]:
        """What its browser hands out, as the page's form sends it."""
        address = f"https://{HOST}{self.path}"
        return {"endpoint": address, "point": packed(self.point), "secret": packed(self.secret)}

    def opened(self, body: bytes) -> bytes:
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        theirs, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size
        shared = self.key.exchange(
            ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs)
        )

        def derived(secret: bytes, with_salt: bytes, info: bytes, long: int) -> bytes:
            return HKDF(hashes.SHA256(), long, with_salt, info).derive(secret)

        known = derived(shared, self.secret, b"WebPush: info\x00" + self.point + theirs, 32)
        key = derived(known, salt, b"Content-Encoding: aes128gcm\x00", 16)
        nonce = derived(known, salt, b"Content-Encoding: nonce\x00", 12)
        text = AESGCM(key).decrypt(nonce, record, None).rstrip(b"\x00")
        assert text.endswith(b"\x02")
        return text[:-1]


@dataclass
class Message:
    """What came: where to, with which headers, sealed."""

    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class PushService:
    """What it was sent, and how it answers whom; 201 where nothing else was said."""

    port: int
    certificate: Path
    got: list[Message] = field(default_factory=list)
    answers: dict[str, int] = field(default_factory=dict)

    def to(self, device: Device) -> list[Message]:
        return [one for one in self.got if one.path == device.path]

    def told(self, device: Device) -> list[dict[str, Any]]:
        """Return what a device was told, opened by itself."""
        return [json.loads(device.opened(one.body)) for one in self.to(device)]


@contextmanager
def push_service(folder: Path) -> Iterator[PushService]:
    """Run one at loopback until the block ends."""
    certificate = _certificate(folder)
    service: PushService

    class Answering(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            service.got.append(Message(self.path, dict(self.headers), body))
            status = service.answers.get(self.path, 201)
            self.send_response(status)
            if status in (301, 307):
                self.send_header("Location", f"https://{HOST}/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, certificate.with_suffix(".key"))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    service = PushService(server.server_address[1], certificate)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield service
    finally:
        server.shutdown()
        server.server_close()


def _certificate(folder: Path) -> Path:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, HOST)])
    now = datetime.datetime.fromtimestamp(time.time(), datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(HOST)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "push.crt"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    file.with_suffix(".key").write_bytes(private)
    return file
