"""A sample runner to look at, in a journal of its own: nothing of it stands among anyone's facts."""

import threading
from datetime import date, datetime
from pathlib import Path

from triplane import coach
from triplane.bootstrap.behind import BEGINS_AT, lived, lived_since
from triplane.bootstrap.practice import Practice

SAMPLE = "marathoner"
"""Who is looked at where no other sample is named."""


_ONE_AT_A_TIME = threading.Lock()


def refuse_sample(own: Practice) -> None:
    """Stop whoever safety stopped or who is ill from a sample's drills, which they might do; see ``coach``.

    Raises
    ------
    Blocked
        With the words of the stop page, or for who is ill. Whoever answered nothing yet may look around.
    """
    history = own.history()
    coach.refuse_if_stopped(history, own.now)
    coach.refuse_if_ill(history, own.now)


def begin_sample(practice: Practice, own: Practice, sample: str = SAMPLE) -> None:
    """Let the sample runner have told everything, trained some weeks and gone on up to the present hour.

    Measured again on Monday morning; so the week is whole on any day, and most of it is done up to now.
    A sample that has begun, or begins just now, is left as it is.
    ``own`` is the practice of the runner who looks.

    Raises
    ------
    Blocked
        As ``refuse_sample``.
    """
    refuse_sample(own)
    with _ONE_AT_A_TIME:
        if practice.history().facts:
            return
        monday = datetime.combine(coach.monday_of(practice.now.date()), BEGINS_AT, practice.now.tzinfo)
        then = practice.as_of(min(monday, practice.now))
        practice.append(lived(sample, practice.runner, then.now))
        then.week()
        practice.append(lived_since(sample, practice.history(), practice.now))
        practice.week()


def sample_journal(journal: Path, sample: str = SAMPLE) -> Path:
    """Return the journal of a sample, beside a runner's own."""
    return journal.with_name(f"sample-{sample}.journal")


def is_sample_journal(journal: Path) -> bool:
    """Whether a path is that of a sample's journal, as ``sample_journal`` names them."""
    return journal == sample_journal(journal, journal.stem.removeprefix("sample-"))


def sample_of_week(monday: date) -> str:
    """Return the runner that a sample is in a week: each week has one of its own, so none grows stale."""
    return f"sample-{monday}"
