"""The journal of facts: one append-only table, in a file or in a server's database.

Speaks:  Journal, open_journal, move.      Knows: history, errors.      Never: what a fact is good for.
"""

from typing import TYPE_CHECKING

from triplane.store.journal import Journal, JournalMoved
from triplane.store.moving import Moved, move
from triplane.store.opening import is_address, open_journal, served_journals
from triplane.store.worked_out import Followed

if TYPE_CHECKING:
    from triplane.store.postgresql import ServedJournals as ServedJournals

__all__ = [
    "Followed",
    "Journal",
    "JournalMoved",
    "Moved",
    "is_address",
    "move",
    "open_journal",
    "served_journals",
]
