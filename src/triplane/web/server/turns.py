"""Whose turn it is to have files read: a few of one account at once, counted over all processes.

A turn is an advisory lock of the database, held by the connection that a request has anyway. It ends with
that connection, so that a process that is killed keeps nobody waiting.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from triplane.bootstrap import Practice
from triplane.errors import Later

TURNS = 2
"""Sendings of one account that are read at once; the files of one are read one after the other. Ours."""

AGAIN_S = 5
"""Seconds after which somebody whose turn it was not sends again. Ours."""

TAKES = "SELECT pg_try_advisory_lock(hashtextextended(%s, 0))"
GIVES_BACK = "SELECT pg_advisory_unlock(hashtextextended(%s, 0))"


def turns_of(runner: str) -> tuple[str, ...]:
    """Return the names of the locks of an account, one for each turn."""
    return tuple(f"triplane reads for {runner}, {turn}" for turn in range(TURNS))


@contextmanager
def turn_of(practice: Practice) -> Iterator[None]:
    """Hold a turn of a runner's account for as long as the block lasts.

    Raises
    ------
    Later
        Where each is taken. Nobody waits for one here: that would hold what others can be answered with.
    """
    turn = next((one for one in turns_of(practice.runner) if _is_so(TAKES, one)), None)
    if turn is None:
        says = _(
            "as many of your files are being read as may be at once, and nothing of these was taken; bring "
            "them in again in a few seconds"
        )
        raise Later(says, wait_s=AGAIN_S)
    try:
        yield
    finally:
        with suppress(DatabaseError):  # the connection broke, and the turn ended with it
            _is_so(GIVES_BACK, turn)


def _is_so(question: str, turn: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(question, [turn])
        [found] = cursor.fetchone()
    return bool(found)
