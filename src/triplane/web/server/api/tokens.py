"""Personal tokens: made and shown once, kept as a hash, good for what they were made for and no longer."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from triplane.web.server.models import Account, ApiToken

BEGINS = "triplane_"
"""How every token begins, so that whoever searches for secrets that leaked finds it."""

MOST = 20
"""Tokens of one account. Ours."""

LONGEST_DAYS = 366
"""No token is good for longer. Ours."""


A_MINUTE_S = 60
MOST_A_MINUTE = 600
"""What one token may ask in a minute, in all processes together; telling counts as five. Ours."""

TELLS = 5


def make(account: Account, name: str, scope: str, days: int) -> str:
    """Make a token and return it: from here on only its hash is known."""
    token = BEGINS + secrets.token_urlsafe(32)
    ends = timezone.now() + timedelta(days=min(days, LONGEST_DAYS))
    ApiToken.objects.create(account=account, name=name, scope=scope, digest=digest_of(token), ends=ends)
    return token


def token_of(request: HttpRequest) -> ApiToken | None:
    """Return the token that a request carries, where it is still good and its account open."""
    kind, _, given = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() != "bearer" or not given.startswith(BEGINS):
        return None
    now = timezone.now()
    known = ApiToken.objects.select_related("account").filter(digest=digest_of(given.strip())).first()
    if known is None or known.ends <= now or not known.account.is_active:
        return None
    return known


def waits_s(token: ApiToken, *, tells: bool) -> int:
    """Count one more that a token asks; return for how many seconds it is to wait, 0 where it need not."""
    now = timezone.now()
    minute, since = divmod(int(now.timestamp()), A_MINUTE_S)
    weight = TELLS if tells else 1
    with connection.cursor() as cursor:  # counted and read in one step, for all processes
        cursor.execute(
            "UPDATE server_apitoken SET asked = CASE WHEN minute = %s THEN asked + %s ELSE %s END, "
            "minute = %s, used_on = %s WHERE id = %s RETURNING asked",
            [minute, weight, weight, minute, now.date(), token.pk],
        )
        found = cursor.fetchone()
    return A_MINUTE_S - since if found and found[0] > MOST_A_MINUTE else 0


def digest_of(token: str) -> str:
    """Return what is kept of a token: it holds 256 bits of chance, so that one round of hashing is enough."""
    return sha256(token.encode(errors="replace")).hexdigest()
