"""GPX: tracks in XML. Distance and ascent are computed from positions, which are then dropped."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from math import isfinite
from typing import Any

from triplane.formats.activities.activity import Activity, Format
from triplane.formats.activities.elements import TooMuch, elements

HEART_RATE, CADENCE, POWER = ("hr", "heartrate"), ("cad", "cadence"), ("power", "watts", "powerinwatts")


def recognises(start: bytes) -> bool:
    """The name of the outer element stands near the beginning."""
    return b"<gpx" in start.replace(b"\0", b"").lower()


def read(data: bytes) -> tuple[list[Activity], list[tuple[str, str]]]:
    """Return one activity for each track. The file is read point by point, so a day's track stays small."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException
    from gpxpy.gpx import GPXException

    try:
        tracks = _tracks(data.lstrip())
        activities = [_activity(track) for track in tracks]
    except TooMuch:
        raise
    except DefusedXmlException as error:
        raise ValueError("the GPX file carries definitions that we do not open") from error
    except (ParseError, GPXException, UnicodeError, LookupError, ValueError, ArithmeticError) as error:
        raise ValueError("the GPX file is damaged or cut off; export it again") from error
    if not activities:
        raise ValueError("the GPX file holds no track, only points or a route")
    return activities, []


@dataclass
class _Sum:
    """A mean in the making."""

    total: float = 0.0
    count: int = 0

    def add(self, value: float | None) -> None:
        if value:
            self.total += value
            self.count += 1

    @property
    def mean(self) -> float | None:
        return self.total / self.count if self.count else None


@dataclass
class _Track:
    """One track while it is read: its segments, the file's word for its sport, and three means."""

    sport: str | None = None
    segments: list[Any] = field(default_factory=list)
    heart_rate: _Sum = field(default_factory=_Sum)
    cadence: _Sum = field(default_factory=_Sum)
    power: _Sum = field(default_factory=_Sum)


def _tracks(data: bytes) -> list[_Track]:
    from gpxpy.gpx import GPXTrackSegment

    tracks: list[_Track] = []
    path: list[str] = []
    for event, element in elements(data):
        name = _local(element.tag)
        if event == "start":
            path.append(name)
            if name == "trk":
                tracks.append(_Track())
            elif name == "trkseg" and tracks:
                tracks[-1].segments.append(GPXTrackSegment())
            continue
        path.pop()
        if name == "trkpt" and tracks and tracks[-1].segments:
            _add_point(tracks[-1], element)
            element.clear()
        elif name == "type" and tracks and path[-1:] == ["trk"]:
            tracks[-1].sport = element.text
        elif name in ("trkseg", "wpt", "rte"):
            element.clear()
    return tracks


def _add_point(track: _Track, point: Any) -> None:
    from gpxpy.gpx import GPXTrackPoint
    from gpxpy.gpxfield import parse_time

    told = {_local(child.tag): child.text for child in point.iter() if child.text}
    latitude, longitude = float(point.get("lat", "")), float(point.get("lon", ""))
    at = parse_time(told["time"].strip()) if "time" in told else None
    height = _number(told.get("ele"))
    segment = track.segments[-1]
    segment.points.append(GPXTrackPoint(latitude, longitude, elevation=height, time=_aware(at)))
    for total, names in ((track.heart_rate, HEART_RATE), (track.cadence, CADENCE), (track.power, POWER)):
        total.add(next((_number(told[name]) for name in names if name in told), None))


def _activity(track: _Track) -> Activity:
    times = [point.time for segment in track.segments for point in segment.points if point.time]
    spans = [_span(segment) for segment in track.segments]
    heights = [p.elevation for segment in track.segments for p in segment.points if p.elevation is not None]
    climbs = [segment.get_uphill_downhill().uphill for segment in track.segments]
    return Activity(
        sport=track.sport,
        started_at=times[0] if times else None,
        duration_s=sum(span for span in spans if span > 0) if times else None,
        distance_m=_finite(sum(segment.length_2d() for segment in track.segments)),
        ascent_m=_finite(sum(climbs)) if heights else None,
        cadence=track.cadence.mean,
        heart_rate_bpm=track.heart_rate.mean,
        power_w=track.power.mean,
    )


def _span(segment: Any) -> float:
    """Seconds from the first to the last point of a segment; pauses between segments do not count."""
    times = [point.time for point in segment.points if point.time]
    return (times[-1] - times[0]).total_seconds() if times else 0.0


def _aware(at: datetime | None) -> datetime | None:
    """A time without a zone is read as UTC, as the format asks."""
    return at.replace(tzinfo=UTC) if at and not at.tzinfo else at


def _local(tag: object) -> str:
    return tag.rpartition("}")[2].lower() if isinstance(tag, str) else ""


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) else None


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) and value >= 0 else None


FORMAT = Format("gpx", (".gpx",), "GPX (tracks)", recognises, read)
