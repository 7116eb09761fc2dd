"""The words of stop pages: complete in every language that is offered."""

from typing import Annotated, Literal

from pydantic import Field

from triplane.screening.level import SafetyLevel
from triplane.value import Value

Text = Annotated[str, Field(min_length=3, max_length=600)]


class Disclaimer(Value):
    """What the runner accepts once, and again after changes."""

    version: Annotated[str, Field(min_length=1)]
    title: Text
    says: Annotated[tuple[Text, ...], Field(min_length=1)]
    ask: Text


class EmergencyCall(Value):
    """Whom to call, as a telephone dials it; ``elsewhere`` is for where that number reaches nobody."""

    number: Annotated[str, Field(pattern=r"^[0-9]{3,4}$")]
    says: Text
    elsewhere: Text


class Words(Value):
    """Every sentence that safety says by itself; ``titles`` and ``advice`` hold one for each level."""

    schema_: Annotated[Literal["words/1"], Field(alias="schema")] = "words/1"
    id: str
    always: Text
    titles: dict[SafetyLevel, Text]
    advice: dict[SafetyLevel, Text]
    call: EmergencyCall
    disclaimer: Disclaimer
    not_asked: Text
    asked_again: Text
    paused: Text
    cleared_before: Text
    clearance_over: Text
    clearance_role: Text
    unknown_restriction: Text
    direction_gone: Text
    stop_during_session: Annotated[tuple[Text, ...], Field(min_length=1)]
