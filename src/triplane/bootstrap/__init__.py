"""The one place where clock, store and settings meet the use cases.

Speaks:  Practice, open_practice.      Knows: coach, store, formats.      Never: how an answer is shown.
"""

from triplane.bootstrap.practice import Practice
from triplane.bootstrap.settings import default_journal, open_practice

__all__ = ["Practice", "default_journal", "open_practice"]
