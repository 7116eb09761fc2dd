"""FIT: what sports watches write. Session totals are read; records, positions and dynamics are not kept."""

import io
import struct
import warnings
from datetime import datetime
from typing import Any

from triplane.formats.activities.activity import Activity, Format
from triplane.formats.activities.fit_thinned import thinned

HEADER_SIZES = (12, 14)


def recognises(start: bytes) -> bool:
    """A FIT file carries its letters at the ninth byte."""
    return start[8:12] == b".FIT"


def read(data: bytes) -> tuple[list[Activity], list[tuple[str, str]]]:
    """Return one activity for each session of each file in the chain.

    A file of the chain counts only when it is whole: its check sum is right. What follows damage is named.
    """
    activities: list[Activity] = []
    place, part = 0, 1
    while place < len(data):
        try:
            end = _end_of(data, place)
            activities += _sessions(data[place:end])
        except ValueError as error:
            if not activities:
                raise
            return activities, [(f"part {part} of the file", str(error))]
        place, part = end, part + 1
    return activities, []


def _end_of(data: bytes, place: int) -> int:
    """Where the file of the chain that begins at ``place`` ends; its header says so."""
    header = data[place : place + 14]
    if len(header) < 12 or header[0] not in HEADER_SIZES or header[8:12] != b".FIT":
        raise ValueError("the FIT file is damaged or cut off; export it from the watch again")
    (size,) = struct.unpack("<I", header[4:8])
    end = place + int(header[0]) + int(size) + 2
    if end > len(data):
        raise ValueError("the FIT file is cut off before its end; export it from the watch again")
    return end


def _sessions(data: bytes) -> list[Activity]:
    import fitdecode

    fields: list[dict[str, Any]] = []
    sports: list[str] = []
    try:
        with (
            warnings.catch_warnings(),
            fitdecode.FitReader(io.BytesIO(thinned(data)), check_crc=fitdecode.CrcCheck.RAISE) as frames,
        ):
            warnings.simplefilter("ignore")
            for frame in frames:
                if not isinstance(frame, fitdecode.FitDataMessage):
                    continue
                if frame.name == "session":
                    fields.append({field.name: field.value for field in frame.fields})
                elif frame.name == "sport":
                    sports += [str(f.value) for f in frame.fields if f.name == "sport" and f.value]
    except Exception as error:
        # The decoder meets arbitrary bytes: besides its own errors it lets struct, key, type and
        # overflow errors through, all of which mean the same to the runner.
        raise ValueError("the FIT file is damaged or cut off; export it from the watch again") from error
    return [_activity(session, sports) for session in fields]


def _activity(session: dict[str, Any], sports: list[str]) -> Activity:
    sport = session.get("sport")
    if not isinstance(sport, str):
        sport = sports[-1] if sports else None
    started_at = session.get("start_time")
    whole = _number(session.get("avg_running_cadence")) or _number(session.get("avg_cadence"))
    fraction = _number(session.get("avg_fractional_cadence")) or 0
    return Activity(
        sport=sport,
        started_at=started_at if isinstance(started_at, datetime) else None,
        duration_s=_number(session.get("total_timer_time")) or _number(session.get("total_elapsed_time")),
        distance_m=_number(session.get("total_distance")),
        ascent_m=_number(session.get("total_ascent")),
        cadence=whole + fraction if whole else None,
        heart_rate_bpm=_number(session.get("avg_heart_rate")),
        power_w=_number(session.get("avg_power")),
    )


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, (int, float)) and not isinstance(value, bool) else None


FORMAT = Format("fit", (".fit",), "FIT (sports watches)", recognises, read)
