"""A sample runner to look at, in a journal of its own: nothing of it stands among anyone's facts."""

from datetime import date, datetime, time
from pathlib import Path

from triplane import coach
from triplane.bootstrap.practice import Practice

SAMPLE = "marathoner"
"""Who is looked at where no other sample is named."""

BEGINS_AT = time(5, 30)
"""Before the sample runners' first run of a day."""


def begin_sample(practice: Practice, sample: str = SAMPLE) -> None:
    """Let the sample runner tell everything on Monday morning, so that the week is whole on any day.

    A sample that has begun is left as it is.
    """
    from triplane.formats.runner_file import sample_runner

    if practice.history().facts:
        return
    monday = datetime.combine(coach.monday_of(practice.now.date()), BEGINS_AT, practice.now.tzinfo)
    then = practice.as_of(min(monday, practice.now))
    then.tell(sample_runner(sample, then.now.date()))
    then.week()


def sample_journal(journal: Path, sample: str = SAMPLE) -> Path:
    """Return the journal of a sample, beside a runner's own."""
    return journal.with_name(f"sample-{sample}.journal")


def sample_of_week(monday: date) -> str:
    """Return the runner that a sample is in a week: each week has one of its own, so none grows stale."""
    return f"sample-{monday}"
