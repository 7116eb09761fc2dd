"""Secrets of authenticator apps and recovery codes, sealed by a key that lies outside of the database."""

import base64
import secrets
from collections.abc import Sequence
from logging import getLogger

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

SEALED = "fernet:"
"""How what is sealed begins; what was written before anything was sealed does not, and is read as it is."""


def seal_of(keys: Sequence[str], of: bytes = b"triplane second step") -> MultiFernet:
    """Return what seals with the first of some secrets, and opens what any of them sealed ``of`` one kind."""

    def derived(key: str) -> Fernet:
        kdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=of)
        return Fernet(base64.urlsafe_b64encode(kdf.derive(key.encode())))

    return MultiFernet([derived(key) for key in keys])


def sealed(text: str, keys: Sequence[str]) -> str:
    """Seal a secret."""
    return SEALED + seal_of(keys).encrypt(text.encode()).decode()


def opened(text: str, keys: Sequence[str]) -> str:
    """Open a secret, or return one that nobody knows where another key sealed it.

    Whoever set it up is then told that the code is wrong: nothing, or the same for everybody, would let in
    whoever reckons with it.
    """
    if not text.startswith(SEALED):
        return text
    try:
        return seal_of(keys).decrypt(text.removeprefix(SEALED).encode()).decode()
    except InvalidToken:
        getLogger(__name__).warning("a second step was sealed with another SECRET_KEY")
        return base64.b32encode(secrets.token_bytes(20)).decode()


def sealed_anew(text: str, keys: Sequence[str]) -> str | None:
    """Return a secret sealed with the first key; nothing where it is, or where no key opens it."""
    if not text.startswith(SEALED):
        return sealed(text, keys)
    token = text.removeprefix(SEALED).encode()
    try:
        seal_of(keys[:1]).decrypt(token)
    except InvalidToken:
        try:
            return SEALED + seal_of(keys).rotate(token).decode()
        except InvalidToken:
            return None
    return None
