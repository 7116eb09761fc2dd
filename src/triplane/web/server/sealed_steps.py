"""The second step of a log-in: allauth's, with its secrets sealed (``second_step.py``)."""

from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings

from triplane.web.server.second_step import opened, sealed, sealed_anew


def keys_told() -> tuple[str, ...]:
    """Return the server's secret and those before it."""
    return (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)


class SecondStep(DefaultMFAAdapter):  # type: ignore[misc]
    """The second step of a log-in as this server has it."""

    def encrypt(self, text: str) -> str:
        return sealed(text, keys_told())

    def decrypt(self, encrypted_text: str) -> str:
        return opened(encrypted_text, keys_told())


def seal_all() -> int:
    """Seal with the server's secret what lies open, or was sealed with one before; return how many were."""
    from allauth.mfa.models import Authenticator
    from django.db import transaction

    changed, keys = 0, keys_told()
    with transaction.atomic():
        for one in Authenticator.objects.select_for_update().exclude(type=Authenticator.Type.WEBAUTHN):
            held = {name: one.data[name] for name in ("secret", "seed") if name in one.data}
            anew = {name: sealed_anew(text, keys) for name, text in held.items()}
            found = {name: text for name, text in anew.items() if text is not None}
            if found:
                one.data |= found
                one.save(update_fields=["data"])
                changed += 1
    return changed
