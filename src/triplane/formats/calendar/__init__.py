"""Calendars in the open format (iCalendar): what of one is a run, a gym visit or a race.

Speaks:  is_calendar, read_calendar, CalendarFound.      Knows: history, errors.      Never: what a week makes of it.
"""

from triplane.formats.calendar.read import CalendarFound, is_calendar, read_calendar

__all__ = ["CalendarFound", "is_calendar", "read_calendar"]
