"""Personal tokens: made and shown once, kept as a hash, good for what they were made for and no longer."""

import secrets
from datetime import timedelta
from hashlib import sha256

from django.http import HttpRequest
from django.utils import timezone

from triplane.web.server.models import Account, ApiToken

BEGINS = "triplane_"
"""How every token begins, so that whoever searches for secrets that leaked finds it."""

MOST = 20
"""Tokens of one account. Ours."""

LONGEST_DAYS = 366
"""No token is good for longer. Ours."""


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
    if known.used_on != now.date():
        ApiToken.objects.filter(pk=known.pk).update(used_on=now.date())
    return known


def digest_of(token: str) -> str:
    """Return what is kept of a token: it holds 256 bits of chance, so that one round of hashing is enough."""
    return sha256(token.encode(errors="replace")).hexdigest()
