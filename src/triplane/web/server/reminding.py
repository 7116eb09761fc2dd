"""Reminders by e-mail and web push: who asked for them, what goes out, and that nothing goes out twice."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import JournalError, TriplaneError, UserError
from triplane.web.built import PLAYER, script
from triplane.web.server.models import PushDevice, Reminded, ReminderChoice
from triplane.web.server.push.sending import Fate, pushed
from triplane.web.server.whose import practices

PLANS_AGAIN = timedelta(hours=1)
"""How long a runner's week is not looked at anew for a reminder after it was. Ours."""

KEPT = timedelta(days=30)
"""How long it is kept that a reminder went out. Ours."""

MOST_SILENT = 12
"""So many services that do not answer are waited for in one round, a minute at most. Ours."""


@dataclass
class Sent:
    """One round: messages that went out, that were refused, runners left out, devices that are gone.

    ``later`` counts devices whose service took nothing just now, ``mail_away`` says why the mail server did
    not; ``silent`` holds the services that did not answer in this round, which are asked nothing more, as
    is nothing of the accounts in ``waited_for``, whose devices named one.
    """

    sent: int = 0
    refused: int = 0
    left_out: int = 0
    gone: int = 0
    later: int = 0
    mail_away: str = ""
    silent: set[str] = field(default_factory=set)
    waited_for: set[int] = field(default_factory=set)

    def asks(self, service: str, account: int) -> bool:
        """Whether a service is asked: nobody's own addresses may keep the others waiting for theirs."""
        is_silent = service in self.silent or account in self.waited_for
        return not is_silent and len(self.silent) < MOST_SILENT


def remind_all() -> Sent:
    """Send every reminder that is due now, once.

    Raises
    ------
    UserError
        Where the mail server takes nothing; what was not begun goes out the next time, devices were told.
    JournalError
        Where the accounts cannot be reached.
    """
    done = Sent()
    key = settings.PUSH_KEY.public if settings.PUSH_KEY else ""
    ways = Q(by_mail=True) | Exists(PushDevice.objects.filter(choice=OuterRef("pk"), key=key))
    try:
        Reminded.objects.filter(day__lt=timezone.now().date() - KEPT).delete()
        chosen = ReminderChoice.objects.filter(ways, account__is_active=True).select_related("account")
        # In another order each time: whoever comes behind too many silent services does not do so for ever.
        chosen = chosen.order_by("?")
        for choice in chosen.iterator():
            _remind(choice, done)
    except DatabaseError as error:
        raise JournalError("the accounts cannot be reached, or no server has begun with them yet") from error
    if done.mail_away:
        raise UserError(
            f"the mail server takes nothing just now ({done.mail_away}); {done.sent} reminders went out"
        )
    return done


def _remind(choice: ReminderChoice, done: Sent) -> None:
    account = choice.account
    try:
        practice = practices().of(account.runner, account.zone)
        with practice.journal:
            due, now = tuple(_due(choice, practice)), practice.now
    except TriplaneError:
        # What cannot be worked out for one runner keeps no other runner from being reminded.
        done.left_out += 1
        return
    for reminder in due:
        _push(choice, reminder, now, done)
        if choice.by_mail and not done.mail_away:
            _mail(choice, reminder, now.date(), done)


def _push(choice: ReminderChoice, reminder: "coach.Reminder", now: datetime, done: Sent) -> None:
    """Tell the devices that were not told yet. One whose service is away is told at the next round."""
    if settings.PUSH_KEY is None:
        return
    lasts_s = (reminder.starts_at - now).total_seconds()
    devices = PushDevice.objects.filter(choice=choice, key=settings.PUSH_KEY.public).order_by("pk")
    for device in devices:
        service = urlsplit(device.endpoint).netloc
        if not done.asks(service, choice.account.pk):
            continue
        note = _noted(choice, reminder, now.date(), device.way)
        if note is None:
            continue
        fate = pushed(device, _title(choice, reminder), choice.language, lasts_s)
        if fate in (Fate.TAKEN, Fate.UNKNOWN):
            done.sent += 1
        else:
            note.delete()
        if fate in (Fate.AWAY, Fate.UNKNOWN):
            done.silent.add(service)
            done.waited_for.add(choice.account.pk)
        if fate is Fate.GONE:
            device.delete()
        done.gone += fate is Fate.GONE
        done.refused += fate is Fate.REFUSED
        done.later += fate in (Fate.AWAY, Fate.LATER)


def _mail(choice: ReminderChoice, reminder: "coach.Reminder", day: date, done: Sent) -> None:
    """Send it by e-mail, unless a device was told of it."""
    if Reminded.objects.filter(account=choice.account, slot=reminder.slot).exists():
        return
    try:
        # The mail server is there before anything is noted as sent.
        with get_connection() as mail:
            if _noted(choice, reminder, day, Reminded.MAIL) is None:
                return
            try:
                _written(choice, reminder, mail).send()
                done.sent += 1
            except (SMTPRecipientsRefused, SMTPDataError):
                done.refused += 1
    except (SMTPException, OSError) as error:
        done.mail_away = type(error).__name__


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


def _noted(choice: ReminderChoice, reminder: "coach.Reminder", day: date, way: str) -> Reminded | None:
    """Note a reminder as sent one way, where it may go: still wanted, not too many today, not gone before.

    A session counts once, however many devices are told of it; an e-mail of it goes out only where no
    device was told, and no device is told after it.
    """
    with transaction.atomic():
        # Whoever holds the row decides alone: two rounds at once send neither twice nor more than was chosen.
        held = ReminderChoice.objects.select_for_update().filter(pk=choice.pk).first()
        gone_out = Reminded.objects.filter(account=choice.account)
        ways = set(gone_out.filter(slot=reminder.slot).values_list("way", flat=True))
        others = gone_out.filter(day=day).exclude(slot=reminder.slot).values("slot").distinct().count()
        if held is None or others >= held.most_a_day or way in ways or Reminded.MAIL in ways:
            return None
        if way == Reminded.MAIL and (ways or not held.by_mail):
            return None
        return Reminded.objects.create(account=choice.account, slot=reminder.slot, day=day, way=way)


def _title(choice: ReminderChoice, reminder: "coach.Reminder") -> str:
    """Return all that is said of a session: when, and how long."""
    minutes = max(1, round(reminder.minutes))
    with translation.override(choice.language):
        title = ngettext(
            "%(time)s: Triplane, %(number)s minute", "%(time)s: Triplane, %(number)s minutes", minutes
        )
        return title % {"time": f"{reminder.starts_at:%H:%M}", "number": minutes}


def _written(choice: ReminderChoice, reminder: "coach.Reminder", mail: BaseEmailBackend) -> EmailMessage:
    """Return the e-mail: a time, how long, a link. What is done in the session stays on the server."""
    ends = settings.ADDRESS + reverse("reminders_end", args=[choice.secret])
    page = "session" if script(PLAYER) is None else "play"
    title = _title(choice, reminder)
    with translation.override(choice.language):
        lines = (
            title,
            settings.ADDRESS + reverse(page, args=[reminder.slot]),
            "",
            _("You asked for this reminder. This ends all of them:"),
            ends,
        )
    return EmailMessage(
        title,
        "\n".join(lines) + "\n",
        to=[choice.account.email],
        connection=mail,
        headers={
            "List-Unsubscribe": f"<{ends}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
