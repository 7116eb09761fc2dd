"""Tables of activities (CSV): what training sites hand out beside the files, a row for each activity.

Rows that name a file are left to that file: it knows when, and pauses.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from triplane.formats.activities.activity import Activity, Format

NAMES = {
    "start": ("activity date", "start_date_local", "date", "aktivitätsdatum"),
    "sport": ("activity type", "type", "aktivitätsart"),
    "moving": ("moving time", "moving_time", "bewegungszeit"),
    "elapsed": ("elapsed time", "elapsed_time", "verstrichene zeit"),
    "distance": ("distance", "distanz"),
    "ascent": ("elevation gain", "total_elevation_gain", "höhenzunahme"),
    "cadence": ("average cadence", "average_cadence", "durchschnittliche trittfrequenz"),
    "heart": ("average heart rate", "average_heartrate", "durchschnittliche herzfrequenz"),
    "power": ("average watts", "icu_average_watts", "average_watts", "durchschnittliche watt"),
    "file": ("filename", "dateiname"),
}
"""What columns are called, in lower case, by sites and languages."""

LOCAL = "start_date_local"
DATES = ("%b %d, %Y, %I:%M:%S %p", "%d.%m.%Y, %H:%M:%S", "%d %b %Y, %H:%M:%S", "%Y-%m-%d %H:%M:%S")
LONGEST_FIELD = 200_000
MOST_ROWS = 50_000


def recognises(start: bytes) -> bool:
    """The first line names a start, a kind and a time."""
    heads = _heads(start.partition(b"\n")[0].decode("utf-8-sig", errors="replace"))
    return {"start", "sport"} <= heads.keys() and bool({"moving", "elapsed"} & heads.keys())


def read(data: bytes) -> tuple[list[Activity], list[tuple[str, str]]]:
    """Return one activity for each row that names no file of its own."""
    text = data.decode("utf-8-sig", errors="replace")
    csv.field_size_limit(LONGEST_FIELD)
    first, _, rest = text.partition("\n")
    heads, is_local = _heads(first), LOCAL in first.lower()
    activities: list[Activity] = []
    damaged: list[tuple[str, str]] = []
    try:
        for number, row in enumerate(csv.reader(io.StringIO(rest)), start=2):
            if number > MOST_ROWS:
                raise ValueError(f"the table has more than {MOST_ROWS} rows")
            if row and not _told(row, heads, "file"):
                activities.append(_activity(row, heads, is_local))
    except csv.Error as error:
        raise ValueError("the table is damaged; export it again") from error
    return activities, damaged


def _heads(line: str) -> dict[str, list[int]]:
    """Where each thing stands; what stands there twice is told in two units, the finer one last."""
    line = line.strip("\r\n")
    if not line.isprintable():
        return {}
    try:
        named = next(csv.reader([line]), [])
    except csv.Error:
        return {}
    lower = [name.strip().lower() for name in named]
    found = {what: [n for n, name in enumerate(lower) if name in names] for what, names in NAMES.items()}
    return {what: places for what, places in found.items() if places}


def _told(row: list[str], heads: Mapping[str, list[int]], what: str) -> str:
    return next(
        (row[n].strip() for n in reversed(heads.get(what, [])) if n < len(row) and row[n].strip()), ""
    )


def _activity(row: list[str], heads: Mapping[str, list[int]], is_local: bool) -> Activity:
    numbers = {
        what: _number(_told(row, heads, what))
        for what in ("moving", "elapsed", "distance", "ascent", "cadence", "heart", "power")
    }
    metres = numbers["distance"]
    if metres is not None and not is_local and len(heads.get("distance", [])) < 2:
        metres *= 1000
    return Activity(
        sport=_told(row, heads, "sport").lower() or None,
        started_at=next(_instants(_told(row, heads, "start"), is_local), None),
        duration_s=numbers["moving"] or numbers["elapsed"],
        distance_m=metres,
        ascent_m=numbers["ascent"],
        cadence=numbers["cadence"],
        heart_rate_bpm=numbers["heart"],
        power_w=numbers["power"],
        is_local=is_local,
    )


def _instants(told: str, is_local: bool) -> Iterator[datetime]:
    try:
        yield datetime.fromisoformat(told)
    except ValueError:
        for form in DATES:
            try:
                at = datetime.strptime(told, form)  # noqa: DTZ007  # the table says whose zone
                yield at if is_local else at.replace(tzinfo=UTC)
            except ValueError:
                continue


def _number(told: str) -> float | None:
    try:
        value = float(told.replace(",", "."))
    except ValueError:
        return None
    return value if 0 <= value < 10_000_000 else None


FORMAT = Format("table", (".csv",), "Tables of activities (CSV)", recognises, read)
