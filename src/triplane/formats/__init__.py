"""Files from and for other programs, one module each: what is a run comes in as totals, the rest is named.

Speaks:  read_runs, all_formats, Format, Activity.      Knows: history, errors.      Never: positions kept, what a run is good for.
"""

from triplane.formats.activities.activity import Activity, Format
from triplane.formats.activities.read import ReadResult, all_formats, read_each, read_runs

__all__ = ["Activity", "Format", "ReadResult", "all_formats", "read_each", "read_runs"]
