"""Taking a whole journal from one database to another, checked fact by fact."""

from dataclasses import dataclass

from triplane.errors import JournalError, UserError
from triplane.store.journal import Journal
from triplane.store.rows import fact_from_row

AT_ONCE = 500
"""Facts that are held in memory at once on the way. Ours."""


@dataclass(frozen=True)
class Moved:
    """Facts that both journals hold now, how many of them were new there, and of how many runners."""

    facts: int
    new: int
    runners: int


def move(source: Journal, target: Journal) -> Moved:
    """Bring all facts of a journal into another one as they are written, and compare every one of them.

    The source stays as it is. A target that holds the first facts of the source already is gone on with,
    so the way back from a server takes only what is new.

    Raises
    ------
    UserError
        When the target is the source, or holds a fact that is not the source's; then nothing was brought.
    JournalError
        When one of them cannot be used, or a fact cannot be read or did not come whole; then nothing was
        brought either.
    """
    if source.place == target.place:
        raise UserError(f"{source.place} is where the journal lies already; name another place")
    new = 0
    with source.held(), target.held():
        last = 0
        while coming := source.rows_after(last, AT_ONCE):
            # What the target holds behind this portion is looked at with the next one.
            there = [row for row in target.rows_after(last, AT_ONCE) if row[0] <= coming[-1][0]]
            if there != coming[: len(there)]:
                raise _of_others(target)
            target.bring(coming[len(there) :])
            new += len(coming) - len(there)
            last = coming[-1][0]
        return Moved(_compared(source, target), new, len(target.runners()))


def _compared(source: Journal, target: Journal) -> int:
    """Return how many facts both hold, once each was read again from both, is the same, and is a fact."""
    last, count = 0, 0
    while True:
        ours, theirs = source.rows_after(last, AT_ONCE), target.rows_after(last, AT_ONCE)
        if len(theirs) > len(ours):
            raise _of_others(target)
        if theirs != ours:
            raise JournalError(f"not every fact came whole to {target.place}; nothing was changed")
        for row in theirs:
            fact_from_row(row)
        if not ours:
            return count
        last, count = ours[-1][0], count + len(ours)


def _of_others(target: Journal) -> UserError:
    return UserError(
        f"{target.place} holds facts that are not those of this journal; name a place that is empty, or one "
        "that this journal was moved to before. Nothing was changed."
    )
