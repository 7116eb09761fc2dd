"""A calendar to subscribe to, as open iCalendar text: a time, a neutral title and a link for each session."""

from collections.abc import Callable, Sequence
from datetime import UTC, timedelta
from hashlib import sha256
from math import ceil

from triplane.coach import FeedEntry

LOOK_AGAIN = timedelta(hours=1)
"""How often a calendar is asked to look again. Ours."""


def feed_text(
    entries: Sequence[FeedEntry], runner: str, title: Callable[[int], str], link: Callable[[str], str]
) -> bytes:
    """Return the calendar; the same entries give the same bytes.

    An entry keeps its id for good, so that one that moved is moved and does not stand there twice.
    """
    from icalendar import Alarm, Calendar, Event

    calendar = Calendar()
    calendar.add("prodid", "-//Triplane//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Triplane")
    calendar.add("x-published-ttl", "PT1H")
    calendar.add("refresh-interval", LOOK_AGAIN, parameters={"VALUE": "DURATION"})
    for entry in entries:
        event = Event()
        named = sha256(f"{runner}\n{entry.slot}".encode()).hexdigest()[:24]
        whole = max(1, ceil(round(entry.minutes, 2)))
        event.add("uid", f"{named}@triplane")
        event.add("dtstamp", entry.changed_at.astimezone(UTC))
        event.add("last-modified", entry.changed_at.astimezone(UTC))
        event.add("sequence", entry.sequence)
        event.add("dtstart", entry.starts_at.astimezone(UTC))
        event.add("duration", timedelta(minutes=whole))
        event.add("summary", title(whole))
        event.add("url", link(entry.slot))
        event.add("description", link(entry.slot))
        event.add("class", "PRIVATE")
        event.add("transp", "TRANSPARENT")
        if entry.remind_at is not None:
            alarm = Alarm()
            alarm.add("action", "DISPLAY")
            alarm.add("description", title(whole))
            alarm.add("trigger", entry.remind_at - entry.starts_at)
            event.add_component(alarm)
        calendar.add_component(event)
    return bytes(calendar.to_ical())
