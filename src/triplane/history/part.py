"""A part of a runner's history: which facts are read where most old ones have nothing to say any more."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class Part:
    """Which facts are read of a runner: all of some kinds, of others the late ones and whatever still speaks.

    Two kinds are read beyond this of whatever is in ``since``, however old it is: what stands in the place of
    another fact, which would speak again without it, and what was told after the first fact of ``watched``
    that is read.
    """

    since: Mapping[str, date | None]
    """Kinds, each with the first local date from which it is read; ``None``: from the beginning."""

    loud: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Kinds whose older facts are read, too, where their body holds one of these texts."""

    watched: str = ""
    """The kind after whose first fact that is read everything counts, whatever its date."""

    last_before: Mapping[str, str] = field(default_factory=dict)
    """Kinds whose last day up to each day of another kind is read, too, corrected facts left aside."""

    @property
    def name(self) -> tuple[object, ...]:
        """What stands for it where a part that was read is kept."""
        told = (self.since, self.loud, self.last_before)
        return (*(tuple(one.items()) for one in told), self.watched)
