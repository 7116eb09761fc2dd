"""The runner's journal on disk: one append-only table of facts.

Speaks:  Journal, open_journal.      Knows: history, errors.      Never: what a fact is good for.
"""

from triplane.store.journal import Journal, JournalMoved
from triplane.store.sqlite import open_journal

__all__ = ["Journal", "JournalMoved", "open_journal"]
