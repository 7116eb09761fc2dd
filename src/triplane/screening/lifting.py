"""What a professional's word would lift, asked before it is recorded: who may, and what stands there."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import Enum, auto

from triplane.catalogue import Tag
from triplane.history import ClearanceRecorded, ClearedBy, History
from triplane.screening.flags import CLEARANCE_DAYS, Flag
from triplane.screening.load import tag_rules
from triplane.screening.record import safety_record
from triplane.value import Value


class WhyNot(Enum):
    """Why a word lifts nothing: nothing of that name stands, the word is over, or another role is needed."""

    NOTHING = auto()
    OVER = auto()
    ROLE = auto()


class NotLifted(Value):
    """One entry of a scope that the word would not lift, and who may."""

    name: str
    why: WhyNot
    roles: tuple[ClearedBy, ...] = ()


def who_may_lift(history: History, name: str, now: datetime) -> tuple[ClearedBy, ...]:
    """Return who may lift a block or a restriction as it stands; nobody where nothing of the name stands.

    ``tag:drill`` asks who may allow one drill: any professional, where that restriction leaves drills at all.
    """
    tag, _, drill = name.partition(":")
    found = [*_named(history, tag, now)]
    if drill:
        adds = bool(found) and tag in tuple(Tag) and not tag_rules()[Tag(tag)].blocks
        return tuple(ClearedBy) if adds else ()
    return tuple(role for role in ClearedBy if found and all(role in flag.may_lift for flag in found))


def not_lifted(history: History, word: ClearanceRecorded, now: datetime) -> Iterator[NotLifted]:
    """Give every entry of a word's scope that it would not lift today: recorded, it would have no effect."""
    last = word.expires_on or word.given_on + timedelta(days=CLEARANCE_DAYS)
    for name in word.scope:
        roles = who_may_lift(history, name, now)
        if not roles:
            yield NotLifted(name=name, why=WhyNot.NOTHING)
        elif word.role not in roles:
            yield NotLifted(name=name, why=WhyNot.ROLE, roles=roles)
        elif last < now.date():
            yield NotLifted(name=name, why=WhyNot.OVER, roles=roles)


def _named(history: History, name: str, now: datetime) -> Iterator[Flag]:
    """Give what stands under a name, lifted by an earlier word or not: a word may be renewed."""
    flags = safety_record(history, now).flags.values()
    return (flag for flag in flags if flag.stands(now) and flag.answers_to(name))
