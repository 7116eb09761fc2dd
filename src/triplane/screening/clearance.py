"""What safety says about a runner at an instant: the level, the tags, what to do, what is open."""

from datetime import date, datetime

from triplane.catalogue import Muscle, Tag
from triplane.screening.level import SafetyLevel
from triplane.screening.words import EmergencyCall
from triplane.value import Value


class TagHeld(Value):
    """A restriction tag on a runner: where it comes from, since when and until when."""

    tag: Tag
    origin: str
    since: datetime
    until: datetime | None = None
    note: str = ""


class Message(Value):
    """One thing the runner is told: how serious, what it is, what to do, and where it comes from.

    ``cleared`` marks what a professional has lifted; ``why_not_cleared`` says why a clearance on record
    does not count.
    """

    level: SafetyLevel
    origin: str
    says: str
    do: tuple[str, ...]
    sources: tuple[str, ...] = ()
    cleared: bool = False
    why_not_cleared: str = ""


class Clearance(Value):
    """The word of safety, as of one instant. Whoever offers anything asks this first.

    ``open_questions`` are ids to answer before anything else; ``disclaimer`` among them is the
    acceptance of own responsibility. ``short_due_on`` is when the monthly questions are due,
    ``blocked_from`` when they stop the plan. ``paused_until`` keeps sessions (not plans) away.
    ``clearance_ends_on`` is the day after which the first clearance in use no longer holds.
    ``drills_added`` are drills a professional has allowed in spite of a tag.
    """

    as_of: datetime
    level: SafetyLevel
    tags: tuple[TagHeld, ...] = ()
    messages: tuple[Message, ...] = ()
    open_questions: tuple[str, ...] = ()
    unanswered_follow_ups: tuple[str, ...] = ()
    screened_on: date | None = None
    short_due_on: date | None = None
    blocked_from: date | None = None
    clearance_ends_on: date | None = None
    paused_until: datetime | None = None
    strained: tuple[Muscle, ...] = ()
    drills_added: tuple[tuple[Tag, str], ...] = ()

    @property
    def is_blocked(self) -> bool:
        """Whether no drill, test or plan may be offered."""
        return self.level.blocks

    @property
    def is_paused(self) -> bool:
        """Whether there is no session now, although the plan stands."""
        return self.paused_until is not None and self.as_of < self.paused_until

    @property
    def tag_names(self) -> tuple[Tag, ...]:
        """The tags without repetition, in the order of the list of tags."""
        held = {entry.tag for entry in self.tags}
        return tuple(tag for tag in Tag if tag in held)


class StopPage(Value):
    """What is shown where nothing is offered (or where it needs saying): complete sentences only."""

    level: SafetyLevel
    title: str
    says: tuple[str, ...]
    do: tuple[str, ...]
    always: str
    open_questions: tuple[str, ...] = ()
    call: EmergencyCall | None = None
