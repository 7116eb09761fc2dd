"""Histories kept between requests; each is brought up to the journal's last line before it is used."""

from collections import OrderedDict
from dataclasses import dataclass, field

from triplane.history import History
from triplane.store import Journal

MOST_KEPT = 8
"""Runners whose histories are kept in memory at once. Ours."""


@dataclass
class Histories:
    """What was read of journals before, by place and runner. Thrown away, it is read again."""

    most: int = MOST_KEPT
    _kept: "OrderedDict[tuple[str, str], History]" = field(default_factory=OrderedDict)

    def history(self, journal: Journal, runner: str) -> History:
        """Return a runner's history as the journal holds it now: what is known, and all that came since.

        The journal is asked for the last fact that is known and what stands behind it. Where that fact is
        not there any more (all was removed, or another file lies in its place) everything is read anew.
        """
        key = (journal.place, runner)
        known = self._kept.pop(key, None)
        found = journal.history(runner) if known is None or not known.facts else self._later(journal, known)
        self._kept[key] = found
        while len(self._kept) > self.most:
            self._kept.popitem(last=False)
        return found

    @staticmethod
    def _later(journal: Journal, known: History) -> History:
        last = known.facts[-1]
        first, *new = journal.history_from(known.runner, last.seq) or (None,)
        if first != last:
            return journal.history(known.runner)
        return known.plus(*new) if new else known
