"""A cell of a table for a spreadsheet: what it may hold, and how it is told so that nothing is reckoned."""

from datetime import date

Cell = str | int | float | bool | date | None
"""What a cell holds; a time with its day is a date, too."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
"""Letters with which a spreadsheet takes words for something to reckon; the last ones are wide."""


def as_text(cell: Cell) -> str:
    """Return a cell as text; words never begin as a formula does."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return f"'{cell}" if cell.startswith(FORMULA) else cell
    if isinstance(cell, bool):
        return "yes" if cell else "no"
    if isinstance(cell, date):
        return cell.isoformat()
    return f"{cell:.10g}" if isinstance(cell, float) else f"{cell}"
