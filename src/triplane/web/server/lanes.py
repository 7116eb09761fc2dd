"""The lanes on which files are read and weeks are planned: a few of the whole server, fewer of one account.

They are counted over all processes. A lane is a lock of one transaction, on a connection of its own that
belongs to no pool: others are asked for accounts meanwhile. It ends with that connection, so that a process
that is killed keeps nobody waiting, and holds behind a pooler that keeps transactions together.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock
from typing import TYPE_CHECKING

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from triplane.bootstrap import Practice
from triplane.errors import JournalError, Later

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

AGAIN_S = 5
"""Seconds after which somebody for whom no lane was free sends again. Ours."""

REACHED_WITHIN_S = 5

TAKES = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
LASTS = "SET LOCAL idle_in_transaction_session_timeout = 0"
"""A lane lies idle for as long as it is held, whatever the database does with such by itself."""


@dataclass(frozen=True)
class Lanes:
    """The lanes for one thing that takes long.

    ``does`` names it in the locks. So many of it are under way at once: ``of_account`` for one account,
    ``of_process`` in one process, ``most()`` on the whole server. ``theirs`` and ``everybodys`` say to whom
    no lane is free that those of the account, or all, are taken.
    """

    does: str
    of_account: int
    of_process: int
    most: Callable[[], int]
    theirs: "StrPromise"
    everybodys: "StrPromise"
    _here: Counter[str] = field(default_factory=Counter)
    _counting: Lock = field(default_factory=Lock)

    def of(self, runner: str) -> tuple[str, ...]:
        """Return the names of the locks of an account, one for each lane."""
        return tuple(f"triplane {self.does} for {runner}, {number}" for number in range(self.of_account))

    def of_all(self, most: int) -> tuple[str, ...]:
        """Return the names of the locks of a server that does so many at once."""
        return tuple(f"triplane {self.does}, {number}" for number in range(most))

    @contextmanager
    def hold(self, runner: str) -> Iterator[None]:
        """Hold a lane of a runner's account and one of the server for as long as the block lasts.

        Raises
        ------
        Later
            Where each is taken. Nobody waits for one here: that would hold what others can be answered with.
        JournalError
            Where the database cannot be reached.
        """
        with self._counted(runner), closing(self._taken(runner)) as own:
            try:
                yield
            finally:
                with suppress(psycopg.OperationalError):  # it broke, and the lane ended with it
                    own.rollback()

    @contextmanager
    def _counted(self, runner: str) -> Iterator[None]:
        """Let no more in than this process takes, so that who asks many at once asks no database for each."""
        with self._counting:
            if self._here[runner] >= self.of_account:
                raise Later(str(self.theirs), wait_s=AGAIN_S)
            if self._here.total() >= self.of_process:
                raise Later(str(self.everybodys), wait_s=AGAIN_S)
            self._here[runner] += 1
        try:
            yield
        finally:
            with self._counting:
                self._here[runner] -= 1
                if not self._here[runner]:
                    del self._here[runner]

    def _taken(self, runner: str) -> "psycopg.Connection[tuple[bool]]":
        """Return the connection that holds a lane from now on."""
        try:
            own = psycopg.connect(settings.LANES_BESIDE, connect_timeout=REACHED_WITHIN_S)
            try:
                own.execute(LASTS)
                if not _takes_one(own, self.of(runner)):
                    raise Later(str(self.theirs), wait_s=AGAIN_S)
                if not _takes_one(own, self.of_all(self.most())):
                    raise Later(str(self.everybodys), wait_s=AGAIN_S)
            except BaseException:
                own.close()
                raise
        except psycopg.OperationalError as error:
            said = _("the accounts cannot be reached just now, try again in a moment")
            raise JournalError(said) from error
        return own


def _takes_one(own: "psycopg.Connection[tuple[bool]]", lanes: Sequence[str]) -> bool:
    return any(found for lane in lanes for (found,) in own.execute(TAKES, [lane]))


READING = Lanes(
    does="reads",
    of_account=2,
    of_process=4,  # of eight connections that it has to the journal
    most=lambda: int(settings.FILES_AT_ONCE),
    theirs=gettext_lazy(
        "as many of your files are being read as may be at once, and nothing of these was taken; bring "
        "them in again in a few seconds"
    ),
    everybodys=gettext_lazy(
        "as many files are being read here as may be at once, and nothing of yours was taken; bring them in "
        "again in a few seconds"
    ),
)
"""Sendings of files; the files of one sending are read one after the other. The numbers are ours."""

PLANNING = Lanes(
    does="plans",
    of_account=1,
    of_process=2,
    most=lambda: int(settings.PLANS_AT_ONCE),
    theirs=gettext_lazy(
        "your week is being planned already; do this again in a few seconds. Nothing is recorded twice, and "
        "nothing that you told is lost"
    ),
    everybodys=gettext_lazy(
        "as many weeks are being planned here as may be at once; do this again in a few seconds. Nothing is "
        "recorded twice, and nothing that you told is lost"
    ),
)
"""Weeks that the solver plans, each with a processor for itself. The numbers are ours."""


@contextmanager
def lane_for(practice: Practice) -> Iterator[None]:
    """Hold a lane for reading a runner's files, as ``Lanes.hold``, and no connection to accounts."""
    connection.close()  # back into the pool, as long as this takes; whoever needs one asks for it
    with READING.hold(practice.runner):
        yield


def planning_lane(runner: str) -> AbstractContextManager[None]:
    """Return what is held while a runner's week is planned, as ``Lanes.hold``."""
    return PLANNING.hold(runner)
