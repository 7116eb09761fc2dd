"""TCX: training files in XML. Laps are added up; positions are never read."""

from datetime import UTC, datetime
from math import isfinite
from typing import Any

from triplane.formats.activities.activity import Activity, Format
from triplane.formats.activities.elements import TooMuch, elements


def recognises(start: bytes) -> bool:
    """The name of the outer element stands near the beginning."""
    return b"<TrainingCenterDatabase" in start.replace(b"\0", b"")


def read(data: bytes) -> tuple[list[Activity], list[tuple[str, str]]]:
    """Return one activity for each ``Activity`` element, also inside a multi-sport session."""
    from xml.etree.ElementTree import ParseError

    from defusedxml.common import DefusedXmlException

    activities: list[Activity] = []
    track = _Track()
    laps: list[_Lap] = []
    try:
        for event, element in elements(data.lstrip()):
            if event == "start":
                continue
            name = _local(element.tag)
            if name == "Trackpoint":
                track.add(element)
                element.clear()
            elif name == "Lap":
                laps.append(_Lap(element, track))
                track = _Track()
                element.clear()
            elif name == "Activity":
                activities.append(_activity(element.get("Sport"), laps))
                laps = []
                element.clear()
    except TooMuch:
        raise
    except DefusedXmlException as error:
        raise ValueError("the TCX file carries definitions that we do not open") from error
    except (ParseError, UnicodeError, LookupError, ValueError) as error:
        raise ValueError("the TCX file is damaged or cut off; export it again") from error
    return activities, []


class _Track:
    """What the points of a lap add: first and last time, ascent, means where the lap has none."""

    def __init__(self) -> None:
        self.first: datetime | None = None
        self.last: datetime | None = None
        self.ascent_m = 0.0
        self.height_m: float | None = None
        self.distances_m: list[float] = []
        self.heart_rates: list[float] = []
        self.cadences: list[float] = []

    def add(self, point: Any) -> None:
        at = _instant(_text(point, "Time"))
        self.first, self.last = self.first or at, at or self.last
        height = _number(_text(point, "AltitudeMeters"))
        if height is not None:
            self.ascent_m += max(0.0, height - self.height_m) if self.height_m is not None else 0.0
            self.height_m = height
        distance = _number(_text(point, "DistanceMeters"))
        self.distances_m = [*self.distances_m[:1], distance] if distance is not None else self.distances_m
        rate = _number(_text(point, "Value"))
        self.heart_rates += [rate] if rate else []
        cadence = _number(_text(point, "RunCadence")) or _number(_text(point, "Cadence"))
        self.cadences += [cadence] if cadence else []


class _Lap:
    """One lap: its own totals, filled from its points where they are missing."""

    def __init__(self, lap: Any, track: _Track) -> None:
        self.started_at = _instant(lap.get("StartTime")) or track.first
        spanned = (track.last - track.first).total_seconds() if track.first and track.last else None
        self.duration_s = _number(_text(lap, "TotalTimeSeconds")) or spanned or 0.0
        ran_m = track.distances_m[-1] - track.distances_m[0] if track.distances_m else None
        told_m = _number(_text(lap, "DistanceMeters"))
        self.distance_m = told_m if told_m is not None else ran_m
        self.ascent_m = track.ascent_m if track.height_m is not None else None
        average = next((e for e in lap.iter() if _local(e.tag) == "AverageHeartRateBpm"), None)
        rate = _number(_text(average, "Value")) if average is not None else None
        self.heart_rate_bpm = rate or _mean(track.heart_rates)
        told = _number(_text(lap, "AvgRunCadence")) or _number(_text(lap, "Cadence"))
        self.cadence = told or _mean(track.cadences)
        self.power_w = _number(_text(lap, "AvgWatts"))


def _activity(sport: str | None, laps: list[_Lap]) -> Activity:
    duration_s = sum(lap.duration_s for lap in laps)
    distances = [lap.distance_m for lap in laps if lap.distance_m is not None]
    ascents = [lap.ascent_m for lap in laps if lap.ascent_m is not None]
    return Activity(
        sport=sport.lower() if sport else None,
        started_at=next((lap.started_at for lap in laps if lap.started_at), None),
        duration_s=duration_s or None,
        distance_m=sum(distances) if distances else None,
        ascent_m=sum(ascents) if ascents else None,
        cadence=_mean_over_time([(lap.cadence, lap.duration_s) for lap in laps]),
        heart_rate_bpm=_mean_over_time([(lap.heart_rate_bpm, lap.duration_s) for lap in laps]),
        power_w=_mean_over_time([(lap.power_w, lap.duration_s) for lap in laps]),
    )


def _text(element: Any, name: str) -> str | None:
    """The text of the first element of that local name; namespaces differ between programs."""
    return next((child.text for child in element.iter() if _local(child.tag) == name), None)


def _local(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _number(text: str | None) -> float | None:
    try:
        value = float(text) if text else None
    except ValueError:
        return None
    return value if value is not None and isfinite(value) and value >= -500 else None


def _instant(text: str | None) -> datetime | None:
    """An instant; a time without a zone is read as UTC, as the format asks."""
    try:
        at = datetime.fromisoformat(text.strip()) if text else None
    except ValueError:
        return None
    return at.replace(tzinfo=UTC) if at and not at.tzinfo else at


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None


def _mean_over_time(pairs: list[tuple[float | None, float]]) -> float | None:
    """The mean of what is known, each weighted by its seconds."""
    known = [(value, seconds) for value, seconds in pairs if value and seconds > 0]
    total = sum(seconds for _, seconds in known)
    return sum(value * seconds for value, seconds in known) / total if total else None


FORMAT = Format("tcx", (".tcx",), "TCX (training files)", recognises, read)
