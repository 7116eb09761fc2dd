"""Reminders by e-mail: who asked for them, what goes out, and that nothing goes out twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import JournalError, TriplaneError, UserError
from triplane.web.built import PLAYER, script
from triplane.web.server.models import Reminded, ReminderChoice
from triplane.web.server.whose import practices

PLANS_AGAIN = timedelta(hours=1)
"""How long a runner's week is not looked at anew for a reminder after it was. Ours."""

KEPT = timedelta(days=30)
"""How long it is kept that a reminder went out. Ours."""


@dataclass
class Sent:
    """One round: reminders that went out, that the mail server refused, runners left out."""

    sent: int = 0
    refused: int = 0
    left_out: int = 0


def remind_all() -> Sent:
    """Send every reminder that is due now, once.

    Raises
    ------
    UserError
        Where the mail server takes nothing; what was not begun goes out the next time.
    JournalError
        Where the accounts cannot be reached.
    """
    done = Sent()
    try:
        Reminded.objects.filter(day__lt=timezone.now().date() - KEPT).delete()
        chosen = ReminderChoice.objects.filter(account__is_active=True).select_related("account")
        for choice in chosen.iterator():
            _remind(choice, done)
    except DatabaseError as error:
        raise JournalError("the accounts cannot be reached, or no server has begun with them yet") from error
    except (SMTPException, OSError) as error:
        why = type(error).__name__
        raise UserError(
            f"the mail server takes nothing just now ({why}); {done.sent} reminders went out"
        ) from error
    return done


def _remind(choice: ReminderChoice, done: Sent) -> None:
    account = choice.account
    try:
        practice = practices().of(account.runner, account.zone)
        with practice.journal:
            due, day = tuple(_due(choice, practice)), practice.now.date()
    except TriplaneError:
        # What cannot be worked out for one runner keeps no other runner from being reminded.
        done.left_out += 1
        return
    if not due:
        return
    # The mail server is there before anything is noted as sent.
    with get_connection() as mail:
        for reminder in due:
            if not _noted(choice, reminder, day):
                continue
            try:
                _written(choice, reminder, mail).send()
                done.sent += 1
            except (SMTPRecipientsRefused, SMTPDataError):
                done.refused += 1


def _due(choice: ReminderChoice, practice: Practice) -> "Iterator[coach.Reminder]":
    """Yield what is to be reminded of now; a week that is to be planned is planned, as opening the app would.

    Not more than once an hour: a week that no plan fits is not tried at each round.
    """
    now = practice.now
    if coach.preferences(practice.history()).is_quiet(now.time()):
        return
    if practice.look() is None:
        if choice.planned_at and now - choice.planned_at < PLANS_AGAIN:
            return
        ReminderChoice.objects.filter(pk=choice.pk).update(planned_at=now)
        practice.day()
    yield from coach.reminders(practice.history(), now, timedelta(minutes=choice.ahead_min))


def _noted(choice: ReminderChoice, reminder: "coach.Reminder", day: date) -> bool:
    """Note a reminder as sent; say whether it may go: still wanted, not too many today, not gone before."""
    with transaction.atomic():
        # Whoever holds the row decides alone: two rounds at once send neither twice nor more than was chosen.
        held = ReminderChoice.objects.select_for_update().filter(pk=choice.pk).first()
        today = Reminded.objects.filter(account=choice.account, day=day)
        if held is None or today.count() >= held.most_a_day:
            return False
        _row, is_new = Reminded.objects.get_or_create(
            account=choice.account, slot=reminder.slot, defaults={"day": day}
        )
        return is_new


def _written(choice: ReminderChoice, reminder: "coach.Reminder", mail: BaseEmailBackend) -> EmailMessage:
    """Return the e-mail: a time, how long, a link. What is done in the session stays on the server."""
    ends = settings.ADDRESS + reverse("reminders_end", args=[choice.secret])
    page = "session" if script(PLAYER) is None else "play"
    minutes = max(1, round(reminder.minutes))
    with translation.override(choice.language):
        told = {"time": f"{reminder.starts_at:%H:%M}", "number": minutes}
        subject = ngettext(
            "%(time)s: Triplane, %(number)s minute", "%(time)s: Triplane, %(number)s minutes", minutes
        )
        lines = (
            subject % told,
            settings.ADDRESS + reverse(page, args=[reminder.slot]),
            "",
            _("You asked for this reminder. This ends all of them:"),
            ends,
        )
    return EmailMessage(
        subject % told,
        "\n".join(lines) + "\n",
        to=[choice.account.email],
        connection=mail,
        headers={
            "List-Unsubscribe": f"<{ends}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
