"""The one place where clock, store and settings meet the use cases.

Speaks:  Practice, open_practice, begin_sample.      Knows: coach, store, formats.      Never: how an answer is shown.
"""

from triplane.bootstrap.kept import Histories
from triplane.bootstrap.practice import Practice
from triplane.bootstrap.sample import (
    begin_sample,
    is_sample_journal,
    refuse_sample,
    sample_journal,
    sample_of_week,
)
from triplane.bootstrap.settings import default_journal, open_practice

__all__ = [
    "Histories",
    "Practice",
    "begin_sample",
    "default_journal",
    "is_sample_journal",
    "open_practice",
    "refuse_sample",
    "sample_journal",
    "sample_of_week",
]
