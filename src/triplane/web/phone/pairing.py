"""How a phone is paired: by a code that works once and soon ends, then by a secret of that phone's own."""

import hashlib
import json
import secrets
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from hmac import compare_digest
from pathlib import Path
from time import monotonic

from triplane.errors import UserError
from triplane.web.keeping import kept
from triplane.web.phone.keeping import keep

HOLDS_S = 600
LEFT_AT_LEAST_S = 60
"""How long a code holds, and how much of that one must have left to be shown again. Ours."""

MOST_TRIES = 5
"""Wrong codes from one address after which it is told to stop guessing. The right one, of 192 random bits,
pairs however many wrong ones came before it. Ours."""

MOST_PHONES = 20
"""Phones that are paired at once; whoever has more forgets one. Ours."""


class NotPaired(UserError):
    """A code that pairs nothing; says why."""


class TooManyTries(NotPaired):
    """Wrong codes again and again from one address."""


@dataclass
class Codes:
    """The one code that pairs the next phone. A new one ends the one before."""

    clock: Callable[[], float] = monotonic
    _code: str = ""
    _until: float = 0
    _tries: dict[str, list[float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def offer(self) -> str:
        """Return the code that holds, or a new one where it was used or ends soon."""
        with self._lock:
            if not self._code or self._until - self.clock() < LEFT_AT_LEAST_S:
                self._code, self._until = secrets.token_urlsafe(24), self.clock() + HOLDS_S
            return self._code

    def use(self, code: str, address: str) -> None:
        """Use a code up.

        Raises
        ------
        NotPaired
            Where it is not the one that holds.
        """
        with self._lock:
            now = self.clock()
            self._tries = {
                one: recent
                for one, tries in self._tries.items()
                if (recent := [at for at in tries if now - at < HOLDS_S])
            }
            holds = bool(self._code) and now < self._until
            if holds and compare_digest(code.encode(errors="replace"), self._code.encode()):
                self._code = ""
                return
            wrong = self._tries.setdefault(address, [])
            if len(wrong) >= MOST_TRIES:
                raise TooManyTries(
                    "too many codes that do not hold came from here; scan the one that the computer shows now"
                )
            wrong.append(now)
            raise NotPaired("this code was used before or is older than ten minutes; show a new one")


@dataclass(frozen=True)
class Phone:
    """A paired phone: what it is called, since when, and the hash of its secret."""

    id: str
    called: str
    since: str
    secret_hash: str

    @property
    def day(self) -> date:
        return date.fromisoformat(self.since)


@dataclass
class Phones:
    """The paired phones, kept in a file that holds no secret itself."""

    file: Path
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def all(self) -> tuple[Phone, ...]:
        """Return the paired phones; a file that cannot be understood pairs none."""
        try:
            return tuple(Phone(**one) for one in json.loads(kept(self.file) or b"[]"))
        except (ValueError, TypeError):
            return ()

    def known(self, secret: str) -> Phone | None:
        """Return the phone that a secret belongs to."""
        told = _hash(secret)
        return next((one for one in self.all() if compare_digest(one.secret_hash, told)), None)

    def pair(self, called: str, today: date) -> str:
        """Pair a phone and return its secret, which is kept nowhere else.

        Raises
        ------
        UserError
            Where it cannot be kept, or there are too many.
        """
        secret = secrets.token_urlsafe(32)
        with self._lock:
            present = self.all()
            if len(present) >= MOST_PHONES:
                raise NotPaired(f"{MOST_PHONES} phones are paired already; forget one of them first")
            new = Phone(secrets.token_hex(8), called, today.isoformat(), _hash(secret))
            self._keep((*present, new))
        return secret

    def forget(self, name: str) -> None:
        """Forget a phone; from here on it gets nothing."""
        with self._lock:
            self._keep(tuple(one for one in self.all() if one.id != name))

    def _keep(self, phones: tuple[Phone, ...]) -> None:
        keep(self.file, json.dumps([asdict(one) for one in phones], indent=1).encode())


def _hash(secret: str) -> str:
    """A secret of 256 random bits needs no salt and no slowness."""
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
