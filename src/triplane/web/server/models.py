"""Accounts and what belongs to them. A runner's facts lie in the journal, under the account's opaque name."""

import secrets
from datetime import date, datetime
from hashlib import sha256
from typing import ClassVar

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


def new_runner() -> str:
    """Return a runner's name in the journal: it tells nothing of who it is."""
    return f"r-{secrets.token_hex(12)}"


def server_zone() -> str:
    """Return the zone of a runner who told none."""
    return str(settings.ZONE)


class AccountManager(BaseUserManager["Account"]):
    """Makes and finds accounts by their e-mail address."""

    def create_user(self, email: str, password: str | None = None) -> "Account":
        """Make an account."""
        account = self.model(email=self.normalize_email(email).lower())
        account.set_password(password)
        account.save(using=self._db)
        return account

    def get_by_natural_key(self, username: str | None) -> "Account":
        return self.get(email__iexact=username)


class Account(AbstractBaseUser):
    """Somebody who may log in. ``runner`` is the name their facts stand under, ``zone`` where they live."""

    email: "models.EmailField[str, str]" = models.EmailField(unique=True)
    runner: "models.CharField[str, str]" = models.CharField(
        max_length=64, unique=True, default=new_runner, editable=False
    )
    zone: "models.CharField[str, str]" = models.CharField(max_length=64, default=server_zone)
    is_active: "models.BooleanField[bool, bool]" = models.BooleanField(default=True)
    is_staff: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)
    since: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(
        default=timezone.now, editable=False
    )

    objects = AccountManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def __str__(self) -> str:
        return self.runner


def new_secret() -> str:
    """Return what nobody guesses, to stand in an address."""
    return secrets.token_urlsafe(32)


class ReminderChoice(models.Model):
    """What somebody who asked for reminders chose; without such a row nobody is reminded.

    ``secret`` stands in the address that ends them. ``planned_at`` is when a week was last planned for it.
    """

    account: "models.OneToOneField[Account, Account]" = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="reminders"
    )
    by_mail: "models.BooleanField[bool, bool]" = models.BooleanField(default=True, db_default=True)
    ahead_min: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField()
    most_a_day: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField()
    language: "models.CharField[str, str]" = models.CharField(max_length=16)
    secret: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True, default=new_secret)
    planned_at: "models.DateTimeField[datetime | None, datetime | None]" = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.account)


class PushDevice(models.Model):
    """A device that its owner asked to be reminded on.

    ``endpoint`` is where its browser's service takes messages, ``point`` and ``secret`` what they are sealed
    for, ``key`` the server's key that the service was told: with another one it takes nothing.
    """

    choice: "models.ForeignKey[ReminderChoice, ReminderChoice]" = models.ForeignKey(
        ReminderChoice, on_delete=models.CASCADE, related_name="devices"
    )
    endpoint: "models.CharField[str, str]" = models.CharField(max_length=1000, unique=True)
    point: "models.CharField[str, str]" = models.CharField(max_length=90)
    secret: "models.CharField[str, str]" = models.CharField(max_length=30)
    key: "models.CharField[str, str]" = models.CharField(max_length=90)
    name: "models.CharField[str, str]" = models.CharField(max_length=60)
    since: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return self.name

    @property
    def digest(self) -> str:
        """What a page knows its own browser by in the list, without the address standing there."""
        return sha256(self.endpoint.encode()).hexdigest()

    @property
    def way(self) -> str:
        """What stands in the table of what went out."""
        return f"device {self.pk}"


class Reminded(models.Model):
    """That a reminder of a session went out one way; written before it does, so that none goes twice."""

    MAIL = "mail"

    account: "models.ForeignKey[Account, Account]" = models.ForeignKey(Account, on_delete=models.CASCADE)
    slot: "models.CharField[str, str]" = models.CharField(max_length=64)
    day: "models.DateField[date, date]" = models.DateField()
    way: "models.CharField[str, str]" = models.CharField(max_length=32, default=MAIL, db_default=MAIL)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("account", "slot", "way"), name="reminded_once"),)

    def __str__(self) -> str:
        return str(self.account)


class FeedAddress(models.Model):
    """The secret address of a runner's calendar."""

    account: "models.OneToOneField[Account, Account]" = models.OneToOneField(
        Account, on_delete=models.CASCADE, related_name="feed"
    )
    secret: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True)
    since: "models.DateField[date, date]" = models.DateField()
    remind_min: "models.PositiveSmallIntegerField[int, int]" = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return str(self.account)


class Invitation(models.Model):
    """A coach's invitation: who they say they are, what they call the runner. Its secret is not kept."""

    coach: "models.ForeignKey[Account, Account]" = models.ForeignKey(Account, on_delete=models.CASCADE)
    called: "models.CharField[str, str]" = models.CharField(max_length=120)
    role: "models.CharField[str, str]" = models.CharField(max_length=32)
    label: "models.CharField[str, str]" = models.CharField(max_length=120)
    group: "models.CharField[str, str]" = models.CharField(max_length=120, blank=True)
    digest: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True)
    ends: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    used: "models.BooleanField[bool, bool]" = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.label


class Assistant(models.Model):
    """Somebody who assists a coach, once they took up the invitation. It lets nobody see anything either."""

    coach: "models.ForeignKey[Account, Account]" = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="assistants"
    )
    account: "models.ForeignKey[Account | None, Account | None]" = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="assists", null=True
    )
    called: "models.CharField[str, str]" = models.CharField(max_length=120)
    coach_called: "models.CharField[str, str]" = models.CharField(max_length=120)
    digest: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True)
    ends: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("coach", "account"), name="one_assistant_a_coach"),)

    def __str__(self) -> str:
        return self.called


class Sharing(models.Model):
    """A line of a coach's table. It lets nobody see anything: that the runner's own facts say."""

    coach: "models.ForeignKey[Account, Account]" = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="runners"
    )
    runner: "models.ForeignKey[Account, Account]" = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="coaches"
    )
    label: "models.CharField[str, str]" = models.CharField(max_length=120)
    group: "models.CharField[str, str]" = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("coach", "runner"), name="one_line_a_runner"),)

    def __str__(self) -> str:
        return self.label


class ApiToken(models.Model):
    """What a program shows instead of a password. ``digest`` is its hash, ``ends`` when it opens no more.

    ``asked`` counts what it asked in the ``minute`` it asked last.
    """

    READ, WRITE, COACH, COACHING = "read", "write", "coach", "coaching"

    account: "models.ForeignKey[Account, Account]" = models.ForeignKey(
        Account, on_delete=models.CASCADE, related_name="tokens"
    )
    name: "models.CharField[str, str]" = models.CharField(max_length=60)
    scope: "models.CharField[str, str]" = models.CharField(max_length=8)
    digest: "models.CharField[str, str]" = models.CharField(max_length=64, unique=True)
    since: "models.DateTimeField[datetime, datetime]" = models.DateTimeField(default=timezone.now)
    ends: "models.DateTimeField[datetime, datetime]" = models.DateTimeField()
    used_on: "models.DateField[date | None, date | None]" = models.DateField(null=True)
    minute: "models.BigIntegerField[int, int]" = models.BigIntegerField(default=0, db_default=0)
    asked: "models.PositiveIntegerField[int, int]" = models.PositiveIntegerField(default=0, db_default=0)

    def __str__(self) -> str:
        return f"{self.account} {self.scope}"

    @property
    def may_write(self) -> bool:
        """Whether it may record anything."""
        return self.scope in (self.WRITE, self.COACHING)

    @property
    def is_for_runners(self) -> bool:
        """Whether it is about the runners who share with the account, and nothing of the account's own."""
        return self.scope in (self.COACH, self.COACHING)
