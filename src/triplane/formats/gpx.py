"""GPX: tracks in XML. Distance and ascent are computed from positions, which are then dropped."""

import io
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from triplane.formats import Activity, Format

DAMAGED = "the GPX file is damaged or cut off; export it again"
HEART_RATE, CADENCE, POWER = ("hr", "heartrate"), ("cad", "cadence"), ("power", "watts", "powerinwatts")


def recognises(start: bytes) -> bool:
    """The name of the outer element stands near the beginning."""
    return b"<gpx" in start.replace(b"\0", b"").lower()


def read(data: bytes) -> tuple[list[Activity], list[tuple[str, str]]]:
    """Return one activity for each track."""
    import gpxpy
    from gpxpy.gpx import GPXException

    _refuse_definitions(data)
    try:
        told = gpxpy.parse(data)
    except (GPXException, UnicodeError, LookupError, ValueError, TypeError, ArithmeticError) as error:
        raise ValueError(DAMAGED) from error
    if not told.tracks:
        raise ValueError("the GPX file holds no track, only points or a route")
    return [_activity(track) for track in told.tracks], []


def _refuse_definitions(data: bytes) -> None:
    """Entities can swell a small file without end, so a file that defines any is not opened further."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from defusedxml.ElementTree import iterparse

    try:
        for _, element in iterparse(io.BytesIO(data), forbid_dtd=True):
            element.clear()
    except DefusedXmlException as error:
        raise ValueError("the GPX file carries definitions that we do not open") from error
    except (ParseError, UnicodeError, LookupError, ValueError) as error:
        raise ValueError(DAMAGED) from error


def _activity(track: Any) -> Activity:
    times = [point.time for segment in track.segments for point in segment.points if point.time]
    spans = [_span(segment) for segment in track.segments]
    heights = [point.elevation for segment in track.segments for point in segment.points if point.elevation]
    return Activity(
        sport=(track.type or "").strip().lower() or None,
        started_at=_aware(times[0]) if times else None,
        duration_s=sum(span for span in spans if span > 0) if times else None,
        distance_m=_finite(track.length_2d()),
        ascent_m=_finite(track.get_uphill_downhill().uphill) if heights else None,
        cadence=_mean_of(track, CADENCE),
        heart_rate_bpm=_mean_of(track, HEART_RATE),
        power_w=_mean_of(track, POWER),
    )


def _span(segment: Any) -> float:
    """Seconds from the first to the last point of a segment; pauses between segments do not count."""
    times = [_aware(point.time) for point in segment.points if point.time]
    return (times[-1] - times[0]).total_seconds() if times else 0.0


def _aware(at: datetime) -> datetime:
    """A time without a zone is read as UTC, as the format asks."""
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _mean_of(track: Any, names: tuple[str, ...]) -> float | None:
    """The mean of a number that the points carry in their extensions, whatever the namespace."""
    values = []
    for segment in track.segments:
        for point in segment.points:
            for extension in point.extensions:
                values += [_number(e.text) for e in extension.iter() if _local(e.tag) in names]
    known = [value for value in values if value]
    return sum(known) / len(known) if known else None


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _number(text: str | None) -> float | None:
    try:
        return _finite(float(text)) if text else None
    except ValueError:
        return None


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) and value >= 0 else None


FORMAT = Format("gpx", (".gpx",), "GPX (tracks)", recognises, read)
