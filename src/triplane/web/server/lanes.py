"""The lanes on which files are read: a few of the whole server, two of one account, over all processes.

A lane is a lock of one transaction, on a connection of its own that belongs to no pool: others are asked for
accounts while files are read. It ends with that connection, so that a process that is killed keeps nobody
waiting, and holds behind a pooler that keeps transactions together.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from threading import Lock

import psycopg
from django.conf import settings
from django.db import connection
from django.utils.translation import gettext as _

from triplane.bootstrap import Practice
from triplane.errors import JournalError, Later

OF_ACCOUNT = 2
"""Sendings of one account that are read at once; the files of one are read one after the other. Ours."""

OF_PROCESS = 4
"""Sendings that one process reads at once, of eight connections that it has to the journal. Ours."""

AGAIN_S = 5
"""Seconds after which somebody for whom no lane was free sends again. Ours."""

REACHED_WITHIN_S = 5

TAKES = "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))"
LASTS = "SET LOCAL idle_in_transaction_session_timeout = 0"
"""A lane lies idle for as long as files are read, whatever the database does with such by itself."""

_here: Counter[str] = Counter()
_counting = Lock()


def lanes_of(runner: str) -> tuple[str, ...]:
    """Return the names of the locks of an account, one for each lane."""
    return tuple(f"triplane reads for {runner}, {number}" for number in range(OF_ACCOUNT))


def lanes_of_all(most: int) -> tuple[str, ...]:
    """Return the names of the locks of a server that reads so many sendings at once."""
    return tuple(f"triplane reads, {number}" for number in range(most))


@contextmanager
def lane_for(practice: Practice) -> Iterator[None]:
    """Hold a lane of a runner's account and one of the server for as long as the block lasts.

    Raises
    ------
    Later
        Where each is taken. Nobody waits for one here: that would hold what others can be answered with.
    JournalError
        Where the database cannot be reached.
    """
    with _counted(practice.runner):
        connection.close()  # back into the pool, as long as this takes; whoever needs one asks for it
        with closing(_taken(practice.runner)) as own:
            try:
                yield
            finally:
                with suppress(psycopg.OperationalError):  # it broke, and the lane ended with it
                    own.rollback()


@contextmanager
def _counted(runner: str) -> Iterator[None]:
    """Let no more in than this process takes, so that who sends many at once asks no database for each."""
    with _counting:
        if _here[runner] >= OF_ACCOUNT:
            raise _theirs_are_taken()
        if _here.total() >= OF_PROCESS:
            raise _all_are_taken()
        _here[runner] += 1
    try:
        yield
    finally:
        with _counting:
            _here[runner] -= 1
            if not _here[runner]:
                del _here[runner]


def _taken(runner: str) -> "psycopg.Connection[tuple[bool]]":
    """Return the connection that holds a lane from now on."""
    try:
        own = psycopg.connect(settings.READS_BESIDE, connect_timeout=REACHED_WITHIN_S)
        try:
            own.execute(LASTS)
            if not _takes_one(own, lanes_of(runner)):
                raise _theirs_are_taken()
            if not _takes_one(own, lanes_of_all(settings.FILES_AT_ONCE)):
                raise _all_are_taken()
        except BaseException:
            own.close()
            raise
    except psycopg.OperationalError as error:
        said = _("the accounts cannot be reached just now, try again in a moment")
        raise JournalError(said) from error
    return own


def _takes_one(own: "psycopg.Connection[tuple[bool]]", lanes: Sequence[str]) -> bool:
    return any(found for lane in lanes for (found,) in own.execute(TAKES, [lane]))


def _theirs_are_taken() -> Later:
    says = _(
        "as many of your files are being read as may be at once, and nothing of these was taken; bring "
        "them in again in a few seconds"
    )
    return Later(says, wait_s=AGAIN_S)


def _all_are_taken() -> Later:
    says = _(
        "as many files are being read here as may be at once, and nothing of yours was taken; bring them in "
        "again in a few seconds"
    )
    return Later(says, wait_s=AGAIN_S)
