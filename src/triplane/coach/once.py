"""What is told a second time on a day, from another tab or another device: it is one fact."""

from datetime import datetime

from triplane.history import (
    AboutRunner,
    CalendarWords,
    CheckinAnswered,
    DayChanged,
    DefaultChanged,
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
}
"""What gives way to the next of its kind, and the field that says what it is about.

What is not here is a fact each time it is told: safety's answers above all, and every reading.
"""


def told_before(history: History, body: Value, now: datetime) -> Fact | None:
    """Return the fact of today that says the same already and still stands as the last word, if any."""
    if type(body) not in SUBJECT:
        return None
    name = SUBJECT[type(body)]
    about = [
        fact
        for fact in history.facts_of(type(body))
        if not name or getattr(fact.body, name) == getattr(body, name)
    ]
    last = about[-1] if about else None
    return last if last and last.body == body and last.local_date == now.date() else None
