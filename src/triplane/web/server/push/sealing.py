"""Words sealed for one device (RFC 8291) and the server's word for who sends them (RFC 8292).

The service that carries them reads neither the words nor their length: all are filled up to one size.
"""

import base64
import json
import os
from dataclasses import dataclass, field
from functools import cached_property

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
POINT_BYTES, SECRET_BYTES, KEY_BYTES = 65, 16, 32
RECORD_BYTES = 4096
FILLED_BYTES = 512
"""What a message is filled up to before it is sealed, so that its length tells nothing. Ours."""

LIVES_S = 12 * 3600
"""How long the server's word holds; a service takes a day at most. Ours."""


def packed(content: bytes) -> str:
    """Return bytes as they are written in web push: base64 for addresses, without its filling."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def unpacked(text: str) -> bytes:
    """Return the bytes that were so written.

    Raises
    ------
    ValueError
        Where the text is none.
    """
    told = text.removesuffix("=").removesuffix("=").encode("ascii")
    return base64.b64decode(told + b"=" * (-len(told) % 4), altchars=b"-_", validate=True)


@dataclass(frozen=True)
class Lock:
    """What a browser hands out so that others can seal for it: a point of the curve, and a shared secret."""

    point: bytes
    secret: bytes

    @classmethod
    def of(cls, point: str, secret: str) -> "Lock":
        """Read what a browser sent.

        Raises
        ------
        ValueError
            Where it is no point of the curve, or no secret.
        """
        found = cls(unpacked(point), unpacked(secret))
        if len(found.point) != POINT_BYTES or len(found.secret) != SECRET_BYTES:
            raise ValueError("the keys of a device have another length")
        ec.EllipticCurvePublicKey.from_encoded_point(CURVE, found.point)
        return found


def sealed(
    words: bytes,
    lock: Lock,
    *,
    once: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
    fill: int = FILLED_BYTES,
) -> bytes:
    """Seal words for one device, in one record. ``once`` and ``salt`` are new each time; tests name them."""
    once, salt = once or ec.generate_private_key(CURVE), salt or os.urandom(16)
    device = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, lock.point)
    ours = point_of(once)
    shared = once.exchange(ec.ECDH(), device)
    known = _derived(shared, lock.secret, b"WebPush: info\0" + lock.point + ours, KEY_BYTES)
    key = _derived(known, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(known, salt, b"Content-Encoding: nonce\0", 12)
    filled = (words + b"\x02").ljust(fill, b"\0")
    head = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(ours)]) + ours
    return head + AESGCM(key).encrypt(nonce, filled, None)


def _derived(secret: bytes, salt: bytes, info: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=info).derive(secret)


def point_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the public half of a key, as a point."""
    return key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


@dataclass(frozen=True)
class ServerKey:
    """The key by which push services know the server, as 32 bytes of it are told in the environment."""

    told: str = field(repr=False)

    @classmethod
    def new(cls) -> "ServerKey":
        """Make a key that nobody had."""
        number = ec.generate_private_key(CURVE).private_numbers().private_value
        return cls(packed(number.to_bytes(KEY_BYTES, "big")))

    @cached_property
    def private(self) -> ec.EllipticCurvePrivateKey:
        content = unpacked(self.told)
        if len(content) != KEY_BYTES:
            raise ValueError("a key has 32 bytes")
        return ec.derive_private_key(int.from_bytes(content, "big"), CURVE)

    @cached_property
    def public(self) -> str:
        """What a browser is told, so that its service takes messages of this server alone."""
        return packed(point_of(self.private))

    def word(self, service: str, contact: str, now_s: float) -> str:
        """Return the header that says to a service who sends, and where to reach them."""
        told = {"aud": service, "exp": int(now_s) + LIVES_S, "sub": contact}
        parts = ({"typ": "JWT", "alg": "ES256"}, told)
        text = ".".join(packed(json.dumps(one, separators=(",", ":")).encode()) for one in parts)
        r, s = decode_dss_signature(self.private.sign(text.encode(), ec.ECDSA(SHA256())))
        signed = packed(r.to_bytes(KEY_BYTES, "big") + s.to_bytes(KEY_BYTES, "big"))
        return f"vapid t={text}.{signed}, k={self.public}"
