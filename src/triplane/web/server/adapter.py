"""What of allauth is ours: who may sign up, how an address is kept, and what is said in whose name."""

from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.utils import get_next_redirect_url
from allauth.core.internal.ratelimit import RateLimitUsage, consume, get_ip
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.http import HttpRequest

from triplane.web.server.form_words import in_our_words
from triplane.web.server.models import Account

UNSAID = (
    "account/messages/logged_in.txt",
    "account/messages/logged_out.txt",
    "account/messages/email_confirmation_sent.txt",
)
"""What everybody sees for themselves; it would stand on the next page of the account, however much later.

That an e-mail went out stands on the page itself: said a second time it would tell who has an account."""


EVERYWHERE = "login_failed_everywhere"
"""Names how many wrong passwords an address takes from all visitors together."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts as this server has them."""

    _everywhere: RateLimitUsage | None = None

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_IS_OPEN)

    def clean_email(self, email: str) -> str:
        """Return an address as it is kept: of seen signs, without quotes, which nobody needs."""
        cleaned = str(super().clean_email(email)).lower()
        if '"' in cleaned or not cleaned.isprintable():
            raise ValidationError(EmailValidator.message, code="invalid")
        return cleaned

    def get_http_user_agent(self, request: HttpRequest) -> str:
        """Return what a browser calls itself, as it may stand in an e-mail: one short line."""
        told = str(super().get_http_user_agent(request))
        return "".join(sign for sign in told if sign.isascii() and sign.isprintable())

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """Name what wrong passwords are counted by: address and visitor, so that nobody locks others out."""
        return f"{super()._get_login_attempts_cache_key(request, **credentials)}:{get_ip(request)}"

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a try, for this visitor and, by a far higher number, for all who try one address together."""
        super().pre_authenticate(request, **credentials)
        address = str(credentials.get("email", "")).lower()
        self._everywhere = consume(request, app="allauth.account", action=EVERYWHERE, key=address)
        if self._everywhere is None:
            raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        super()._rollback_login_failed_rl_usage()
        if self._everywhere is not None:
            self._everywhere.rollback()

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """Return the ways in which somebody may show that it is them, in our words."""
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": in_our_words(way["description"])} for way in ways]

    def get_email_confirmation_url(self, request: HttpRequest, emailconfirmation: Any) -> str:
        """Return the address that confirms; it leads on to where somebody was going, on any device."""
        address = str(super().get_email_confirmation_url(request, emailconfirmation))
        going = get_next_redirect_url(request)  # of this server alone
        return f"{address}?{urlencode({REDIRECT_FIELD_NAME: going})}" if going else address

    def format_email_subject(self, subject: Any) -> str:
        return f"Triplane: {subject}"

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send in the name of the app, not of the address it is reached by."""
        site = SimpleNamespace(name="Triplane", domain=self.request.get_host())
        super().send_mail(template_prefix, email, {"current_site": site, **context})

    def add_message(
        self, request: HttpRequest, level: int, message_template: Any = None, *more: Any, **how: Any
    ) -> None:
        if message_template not in UNSAID:
            super().add_message(request, level, message_template, *more, **how)


def shown_name(account: Account) -> str:
    """Return what somebody is called on their own pages: the name in the journal is for nobody's eyes."""
    return account.email
