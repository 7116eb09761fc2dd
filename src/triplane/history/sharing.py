"""Facts about who else may see a runner's facts, and for what: consent, and its end."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from triplane.value import Value

Name = Annotated[str, Field(min_length=1, max_length=64)]
"""The opaque name of an account: it tells nothing of whose it is."""


class SharedAs(StrEnum):
    """What somebody is to the runner; only a professional's word may loosen anything."""

    COACH = "coach"
    PHYSIOTHERAPIST = "physiotherapist"
    PHYSICIAN = "physician"
    ASSISTANT = "assistant"


class Deed(StrEnum):
    """What may be done with a runner's facts.

    A deed that comes to mean more is a new one: nobody agreed to the rest.
    """

    LOOK = "look"
    NOTE = "note"
    TIGHTEN = "tighten"
    PLAN = "plan"
    CLEAR = "clear"
    HAND_ON = "hand on"
    CHOOSE = "choose"
    TELL = "tell"
    TAKE_AWAY = "take away"
    SHARE = "share"


class ConsentGiven(Value):
    """The runner lets somebody do with what is on record what ``deeds`` says, and nothing else.

    ``called`` is who it was said to be.
    """

    to: Name
    called: Annotated[str, Field(min_length=1, max_length=120)]
    role: SharedAs
    deeds: tuple[Deed, ...]


class AssistantLetIn(Value):
    """The runner lets in somebody who assists a coach they let in, for as long as that coach is.

    ``through`` is the coach's account.
    """

    to: Name
    called: Annotated[str, Field(min_length=1, max_length=120)]
    through: Name
    deeds: tuple[Deed, ...]


class ConsentEnded(Value):
    """Somebody sees nothing from here on, at the runner's wish or at their own, nor who assists them."""

    to: Name
    called: Annotated[str, Field(min_length=1, max_length=120)]


class ComparisonTaken(Value):
    """Whoever was let in took their line of the runner and the comparison of two dates along in a file."""

    before: date
    after: date
