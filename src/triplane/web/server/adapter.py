"""What of allauth is ours: who may sign up, how an address is kept, and what is said in whose name."""

from types import SimpleNamespace
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.http import HttpRequest

from triplane.web.server.models import Account

UNSAID = ("account/messages/logged_in.txt", "account/messages/logged_out.txt")
"""What everybody sees for themselves; it would stand on the next page of the account, however much later."""


class Accounts(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts as this server has them."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return bool(settings.SIGNUP_IS_OPEN)

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

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
