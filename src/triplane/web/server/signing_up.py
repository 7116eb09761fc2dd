"""Signing up, which takes as long for an address that has an account as for one that has none; signing in."""

from typing import Any

from allauth.account.forms import LoginForm, SignupForm
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest


class SigningUp(SignupForm):  # type: ignore[misc]
    """The form that makes an account."""

    def try_save(self, request: HttpRequest) -> Any:
        """Make the account; where there is one, do the work all the same: its time would tell of it."""
        if self.account_already_exists:
            make_password(self.cleaned_data["password1"])
        return super().try_save(request)


class SigningIn(LoginForm):  # type: ignore[misc]
    """The form that lets somebody in who has an account."""

    @property
    def takes_new(self) -> bool:
        """Whether somebody without one may make it."""
        return bool(settings.SIGNUP_IS_OPEN)
