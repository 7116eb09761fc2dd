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
from triplane.bootstrap.serving_many import Practices, ToHandOn, move_journal
from triplane.bootstrap.settings import default_journal, open_practice, runners_clock
from triplane.store import is_address

__all__ = [
    "Histories",
    "Practice",
    "Practices",
    "ToHandOn",
    "begin_sample",
    "default_journal",
    "is_address",
    "is_sample_journal",
    "move_journal",
    "open_practice",
    "refuse_sample",
    "runners_clock",
    "sample_journal",
    "sample_of_week",
]
