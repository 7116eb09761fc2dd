"""What fields of accounts are called, explain and refuse, in our words; the forms stay those of others.

``in_our_words`` puts them in place where a field is shown (``templates/allauth/elements``): by the sentence
as it is said in the language of the page, because a form says it before any template sees it.
"""

from django.forms import BoundField
from django.template import Library
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_noop as _

register = Library()

FIELDS = {
    "Email": _("E-mail address"),
    "Password (again)": _("The password once more"),
    "Current Password": _("Your present password"),
    "New Password": _("The new password"),
    "New Password (again)": _("The new password once more"),
    "Authenticator code": _("The code of your app"),
    "Passwordless": _("Sign in with it alone"),
    (
        "Enabling passwordless operation allows you to sign in using just this key, but imposes additional "
        "requirements such as biometrics or PIN protection."
    ): _("No password is asked then: your device asks for its PIN, your finger or your face."),
    "Use authenticator app or code": _("Use the authenticator app or a recovery code"),
    "Use a security key": _("Use a passkey or security key"),
}
"""Our words for what fields and ways are called, by theirs."""

REFUSALS = {
    "This field is required.": _("Fill this in."),
    "Enter a valid email address.": _("Write an e-mail address, as name@example.org."),
    "You must type the same password each time.": _(
        "The two are not the same. Write the new password twice."
    ),
    "This account is currently inactive.": _("Nobody can sign in to this account any more."),
    "You cannot remove your primary email address.": _("You sign in with this address, so it stays."),
    "This email address is already associated with this account.": _(
        "This address belongs to your account already."
    ),
    "The email address and/or password you specified are not correct.": _(
        "Address and password do not belong together. Look at both once more."
    ),
    "A user is already registered with this email address.": _("This address belongs to an account already."),
    "Please type your current password.": _("This is not your present password."),
    "Incorrect code.": _("This code does not hold. It may be too old, or was used before."),
    "Incorrect password.": _("This is not your password."),
    "Invalid or expired key.": _("This link does not work any more."),
    "The password reset token was invalid.": _("This link does not work any more. Ask for a new one."),
    "Too many failed login attempts. Try again later.": _(
        "Too many wrong passwords were tried. Wait a few minutes, then try again."
    ),
    "Your primary email address must be verified.": _(
        "Confirm the address first: then you can sign in with it."
    ),
    "The new value must be different from the current one.": _("This is what you have already."),
    "Be patient, you are sending too many requests.": _(
        "That was often, in a short time. Wait a little, then try again."
    ),
    "You cannot add an email address to an account protected by two-factor authentication.": _(
        "While a second step protects your account, the address stays. Switch the second step off first."
    ),
    "You cannot generate recovery codes without having two-factor authentication enabled.": _(
        "Set up an authenticator app or a passkey first: recovery codes stand in for it."
    ),
    "You cannot activate two-factor authentication until you have verified your email address.": _(
        "Confirm your e-mail address first, then set up a second step."
    ),
    "Your account has no password set up.": _("Choose a password first: without it you could not sign in."),
    "Your account has no verified email address.": _(
        "Confirm your e-mail address first: without it you could not sign in."
    ),
    "You cannot disconnect your last remaining third-party account.": _(
        "This is the only service that signs you in, so it stays."
    ),
    "The third-party account is already connected to a different account.": _(
        "This service signs in to another account already."
    ),
}
"""Our words for why something is not taken, by theirs."""

FORM_WORDS = {**FIELDS, **REFUSALS}


@register.filter
def in_our_words(theirs: object) -> object:
    """Return our words for what a field says; what is ours, or nobody's to change, as it is."""
    return theirs if isinstance(theirs, SafeString) else _said(get_language() or "").get(str(theirs), theirs)


@register.filter
def without_placeholder(field: BoundField) -> str:
    """Return a field without the words in it: they say what its label says, and go as somebody types."""
    return field.as_widget(attrs={"placeholder": False})


def _said(language: str) -> dict[str, str]:
    """Return our words by theirs, each as it is said in the language of now."""
    if language not in _KNOWN:
        _KNOWN[language] = {gettext(theirs): gettext(ours) for theirs, ours in FORM_WORDS.items()}
    return _KNOWN[language]


_KNOWN: dict[str, dict[str, str]] = {}
