"""The flags of a runner while the facts are read: blocks and tags, raised, lifted, ended."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from triplane.catalogue import Tag
from triplane.history import ClearanceRecorded, ClearedBy
from triplane.screening.level import SafetyLevel
from triplane.screening.load import tag_rules

CLEARANCE_DAYS = 365
"""Days a clearance holds when it names no end; coach's default."""

URGENT_ROLES = (ClearedBy.PHYSICIAN, ClearedBy.SURGEON)
"""Who may lift urgent and emergency; decision 8."""


@dataclass(frozen=True)
class Lifted:
    """A professional's word that lifted something, and the level it was about."""

    level: SafetyLevel
    begins_on: date
    ends_on: date
    role_suffices: bool
    withdrawn: bool = False

    def holds(self, today: date, level: SafetyLevel) -> bool:
        return (
            self.role_suffices
            and not self.withdrawn
            and self.begins_on <= today <= self.ends_on
            and level.rank <= self.level.rank
        )


@dataclass(frozen=True)
class Flag:
    """A block (``tag`` missing) or a tag, from one origin. ``asserted``: the latest answer still says so.

    Blocks and most tags stay when the answer turns to no; only a clearance lifts them.
    """

    origin: str
    tag: Tag | None
    level: SafetyLevel
    since: datetime
    asserted: bool = True
    stays: bool = True
    ends_at: datetime | None = None
    roles: tuple[ClearedBy, ...] = tuple(ClearedBy)
    says: str = ""
    do: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    lifted: Lifted | None = None

    @property
    def key(self) -> tuple[str, Tag | None]:
        return self.origin, self.tag

    @property
    def may_lift(self) -> tuple[ClearedBy, ...]:
        """Who may lift it at the level that it has."""
        return URGENT_ROLES if self.level.rank >= SafetyLevel.URGENT.rank else self.roles

    def answers_to(self, name: str) -> bool:
        """Whether a clearance of that name is about it: a question or rule lifts blocks, a tag itself."""
        blocks = self.tag is None or tag_rules()[self.tag].blocks
        return (self.origin == name and blocks) or self.tag == name

    def speaks(self, now: datetime, today: date) -> bool:
        """Whether it counts now: asserted or staying, not ended, not lifted."""
        return self.stands(now) and not (self.lifted and self.lifted.holds(today, self.level))

    def stands(self, now: datetime) -> bool:
        """Whether it would count now without any clearance."""
        return (self.asserted or self.stays) and not (self.ends_at is not None and now >= self.ends_at)

    def raised(self, again: "Flag") -> "Flag":
        """Return this flag after the answers were given again with the finding ``again``.

        A yes after a no begins anew, so an earlier clearance no longer covers it; a yes that goes on
        keeps it. The strictest level stays until it is cleared.
        """
        settled = self.lifted is not None and self.lifted.role_suffices and not self.lifted.withdrawn
        if not self.asserted and (settled or not self.stays):
            return again
        kept = max(self.level, again.level, key=lambda level: level.rank)
        words = self if kept is self.level and kept is not again.level else again
        ends = max(self.ends_at, again.ends_at) if self.ends_at and again.ends_at else None
        stays = self.stays or again.stays
        return replace(
            words,
            level=kept,
            since=self.since,
            lifted=self.lifted if self.asserted else None,
            ends_at=ends,
            asserted=True,
            stays=stays,
        )

    def met_by_an_event(self, today: date) -> "Flag":
        """Return this flag as a yes after a new event finds it: no earlier clearance covers it."""
        if self.lifted and self.lifted.holds(today, self.level):
            return replace(self, asserted=False)
        return replace(self, lifted=None)

    def cleared(self, word: ClearanceRecorded) -> "Flag":
        """Return this flag after a professional's word about it, or after its withdrawal."""
        if word.withdrawn:
            return replace(self, lifted=replace(self.lifted, withdrawn=True)) if self.lifted else self
        ends_on = word.expires_on or word.given_on + timedelta(days=CLEARANCE_DAYS)
        if word.role not in self.may_lift and self.lifted:
            return self
        lifted = Lifted(self.level, word.given_on, ends_on, word.role in self.may_lift)
        return replace(self, lifted=lifted)
