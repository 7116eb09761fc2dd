"""The secret address of a runner's calendar: how it is made, known again, and compared."""

import re
import secrets
from hmac import compare_digest

SECRET = r"[\w-]{43}"
"""What 256 random bits look like in an address."""

ADDRESS = re.compile(rf"/feed/(?P<secret>{SECRET})\.ics", re.ASCII)
"""The whole path of a calendar; whoever guards a door lets it pass, for it holds a secret of its own."""


class SecretInPath:
    """How the secret stands in a path of Django's."""

    regex = SECRET

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


def new_secret(begins: str = "") -> str:
    """Return a secret that nobody guesses; how it ``begins`` may be known, a quarter of it at most."""
    made = secrets.token_urlsafe(32)
    assert len(begins) * 4 <= len(made)
    return begins + made[len(begins) :]


def is_same(one: str, told: str) -> bool:
    """Whether what was told is the secret; how long it takes to say tells nothing."""
    return compare_digest(one.encode(), told.encode(errors="replace"))
