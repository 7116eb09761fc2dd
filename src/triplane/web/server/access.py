"""Whom each address of a server answers, by the name of its route; what is not listed is the runner's alone.

What whoever was let in may do stands in ``MAY`` of ``coach/sharing.py``; ``docs/access.md`` shows both.
"""

from collections.abc import Mapping
from enum import StrEnum

from django.urls import Resolver404, resolve


class Opens(StrEnum):
    """Whom an address answers."""

    TO_ALL = "to all"
    TO_THE_RUNNER = "to the runner"
    TO_WHOEVER_LOOKS = "to whoever looks"
    IN_THE_ROOM = "in the coach's room"
    ON_ONE_MACHINE = "on one machine"


TO_ALL = frozenset(
    {
        *("health", "ready", "metrics"),
        *("account", "account_close", "tokens", "token_end"),
        *("reminders", "reminders_end", "reminder_device", "reminder_device_end"),
        *("account_login", "account_logout", "account_inactive", "account_signup", "account_reauthenticate"),
        *("account_email", "account_email_verification_sent", "account_confirm_email"),
        *("account_change_password", "account_set_password", "account_reset_password"),
        *("account_reset_password_done", "account_reset_password_from_key"),
        *("account_reset_password_from_key_done", "account_confirm_login_code"),
        *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
        *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
        *("mfa_list_webauthn", "mfa_add_webauthn", "mfa_reauthenticate_webauthn", "mfa_remove_webauthn"),
        *("mfa_edit_webauthn", "mfa_login_webauthn"),
        *("socialaccount_login_cancelled", "socialaccount_login_error", "socialaccount_signup"),
        *("socialaccount_connections", "openid_connect_login", "openid_connect_callback"),
        *("usersessions_list", "session_end"),
    }
)
"""What needs no account, or asks for one itself; none of it holds a runner's facts."""

TO_WHOEVER_LOOKS = frozenset(
    {
        *("today", "week", "hips", "direction", "progress", "comparison", "drills", "drill"),
        *("lunges", "why", "stop"),
        *("film", "thumb", "moving", "poster", "facts", "clearance"),
    }
)
"""The runner's pages that whoever was let in is shown, only to look at."""

IN_THE_ROOM = frozenset(
    {
        *("coach", "invite", "take_back", "look", "end_own", "look_leave", "acts", "group", "group_export"),
        *("assistants", "assistant_end", "assisting_end"),
    }
)
"""The coach's own pages, open also while a runner is looked at; acts are done there, nowhere else."""

ON_ONE_MACHINE = frozenset(
    {
        *("phone", "pair", "phone_forget", "phone_authority", "phone_profile"),
        *("sample", "sample_leave", "sample_start", "erase"),
    }
)
"""What only the app on one's own machine has: phones that are paired, a sample in a journal of its own, and
removing all facts by their runner's name, which an account does instead (``account.close``)."""

TELLING_FIRST = frozenset({"begin", "welcome", "question", "about", "equipment", "usual_week"})
"""Where the pages of a runner lead who has not told everything yet."""

NAMES: Mapping[Opens, frozenset[str]] = {
    Opens.TO_ALL: TO_ALL,
    Opens.TO_WHOEVER_LOOKS: TO_WHOEVER_LOOKS,
    Opens.IN_THE_ROOM: IN_THE_ROOM,
    Opens.ON_ONE_MACHINE: ON_ONE_MACHINE,
}


def route_of(path: str) -> str:
    """Return the name of the route that an address leads to; nothing where it leads nowhere."""
    try:
        return resolve(path).view_name or ""
    except Resolver404:
        return ""


def opens(route: str) -> Opens:
    """Return whom a route answers, by its name."""
    return next((whom for whom, names in NAMES.items() if route in names), Opens.TO_THE_RUNNER)
