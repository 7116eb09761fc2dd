"""What a password may not be, in our words; the rules themselves are Django's."""

from django.contrib.auth import password_validation as theirs
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class LongEnough(theirs.MinimumLengthValidator):
    """A password has a least length."""

    def get_error_message(self) -> str:
        return self.get_help_text()

    def get_help_text(self) -> str:
        says = ngettext(
            "A password here has %(number)s sign at least.",
            "A password here has %(number)s signs at least.",
            self.min_length,
        )
        return says % {"number": self.min_length}


class UnlikeTheAddress(theirs.UserAttributeSimilarityValidator):
    """A password is not what everybody knows of its account."""

    def get_error_message(self) -> str:
        return _("This is too much like your e-mail address.")

    def get_help_text(self) -> str:
        return _("It is not much like your e-mail address.")


class Uncommon(theirs.CommonPasswordValidator):
    """A password is none of those that are tried first."""

    def get_error_message(self) -> str:
        return _(
            "Many people have this password, and it is tried first. Take one that only you would think of."
        )

    def get_help_text(self) -> str:
        return _("It is none that many people have.")


class NotOnlyNumbers(theirs.NumericPasswordValidator):
    """A password is not digits alone."""

    def get_error_message(self) -> str:
        return _("A password here is not made of digits alone.")

    def get_help_text(self) -> str:
        return _("It is not made of digits alone.")
