"""What is told a second time on a day, from another tab or another device: it is one fact."""

from datetime import datetime

from triplane.history import (
    AboutRunner,
    CalendarWords,
    CheckinAnswered,
    DayChanged,
    DefaultChanged,
    DrillChosen,
    EquipmentListed,
    Fact,
    History,
    PreferencesChosen,
    RaceEntered,
    SlotMoved,
    WeekDescribed,
)
from triplane.value import Value

SUBJECT: dict[type[Value], str] = {
    AboutRunner: "",
    EquipmentListed: "",
    WeekDescribed: "",
    PreferencesChosen: "",
    CalendarWords: "",
    DayChanged: "date",
    RaceEntered: "date",
    SlotMoved: "slot",
    CheckinAnswered: "about",
    DefaultChanged: "key",
    DrillChosen: "drill",
}
"""What gives way to the next of its kind, and the field that says what it is about.

What is not here is a fact each time it is told: safety's answers above all, and every reading.
"""


def told_before(history: History, body: Value, now: datetime, author: str) -> Fact | None:
    """Return the fact of today by which the same author said the same, if it still is the last word.

    Who says what somebody else said has a word of their own: the other may take theirs back.
    """
    last = _last_word(history, body)
    is_told = last and (last.body, last.author, last.local_date) == (body, author, now.date())
    return last if is_told else None


def gave_way(history: History, fact: Fact) -> bool:
    """Whether something else was said since on what a fact is about, or it was taken back."""
    if type(fact.body) not in SUBJECT:
        return False
    last = _last_word(history, fact.body)
    return last is None or last.body != fact.body


def _last_word(history: History, body: Value) -> Fact | None:
    """Return the fact that stands as the last of its kind on what a body is about."""
    if type(body) not in SUBJECT:
        return None
    name = SUBJECT[type(body)]
    about = [
        fact
        for fact in history.facts_of(type(body))
        if not name or getattr(fact.body, name) == getattr(body, name)
    ]
    return about[-1] if about else None
