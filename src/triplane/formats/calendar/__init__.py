"""Calendars in the open format (iCalendar): what of one is a run, a gym visit or a race.

Speaks:  is_calendar, read_calendar, kind_of, CalendarFound.      Knows: history, errors.      Never: what a week makes of it.
"""

from triplane.formats.calendar.read import CalendarFound, is_calendar, kind_of, read_calendar

__all__ = ["CalendarFound", "is_calendar", "kind_of", "read_calendar"]
