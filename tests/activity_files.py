"""Small activity files made for the tests: a FIT writer, TCX and GPX in a few lines."""

import struct
from datetime import UTC, datetime, timedelta

START = datetime(2026, 3, 1, 7, 30, tzinfo=UTC)
FIT_EPOCH = datetime(1989, 12, 31, tzinfo=UTC)
RUNNING, CYCLING, SWIMMING, WALKING, GENERIC = 1, 2, 5, 11, 0
_CRC = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


def crc(data: bytes) -> int:
    """The check sum at the end of a FIT file."""
    value = 0
    for byte in data:
        for half in (byte & 0xF, byte >> 4):
            value = ((value >> 4) & 0x0FFF) ^ _CRC[value & 0xF] ^ _CRC[half]
    return value


def fit(*sessions: dict[str, float], start: datetime = START) -> bytes:
    """A whole FIT file: a session message (seconds, metres, strides a minute) for each of ``sessions``."""
    body = _definition(0, 0, [(0, 1, 0x00)]) + b"\x00\x04"
    body += _definition(
        1, 18, [(2, 4, 0x86), (8, 4, 0x86), (9, 4, 0x86), (5, 1, 0x00), (18, 1, 0x02), (16, 1, 0x02)]
    )
    at = start
    for session in sessions:
        seconds = session.get("seconds", 1800)
        began = int((at - FIT_EPOCH).total_seconds())
        numbers = (began % 2**32, int(seconds * 1000), int(session.get("metres", 5000) * 100))
        small = (session.get("sport", RUNNING), session.get("strides", 0xFF), session.get("heart", 0xFF))
        body += b"\x01" + struct.pack("<IIIBBB", *numbers, *(int(value) for value in small))
        at += timedelta(seconds=seconds)
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", crc(header))
    return header + body + struct.pack("<H", crc(header + body))


def _definition(local: int, message: int, fields: list[tuple[int, int, int]]) -> bytes:
    head = struct.pack("<BBBHB", 0x40 | local, 0, 0, message, len(fields))
    return head + b"".join(struct.pack("BBB", *field) for field in fields)


def tcx(sport: str = "Running", laps: str = "", start: str = "2026-03-01T07:30:00Z") -> bytes:
    """A TCX file with one activity; without ``laps`` it has one of 30 min and 5 km."""
    laps = laps or lap(start=start)
    return (
        '<?xml version="1.0"?><TrainingCenterDatabase xmlns="http://www.garmin.com/xmlschemas/'
        f'TrainingCenterDatabase/v2"><Activities><Activity Sport="{sport}"><Id>{start}</Id>{laps}'
        "</Activity></Activities></TrainingCenterDatabase>"
    ).encode()


def lap(
    seconds: float = 1800, metres: float = 5000, start: str = "2026-03-01T07:30:00Z", more: str = ""
) -> str:
    """One lap; ``more`` goes after its distance."""
    return (
        f'<Lap StartTime="{start}"><TotalTimeSeconds>{seconds}</TotalTimeSeconds>'
        f"<DistanceMeters>{metres}</DistanceMeters>{more}</Lap>"
    )


def gpx(
    kind: str | None = "running", points: int = 61, start: datetime = START, extension: str = ""
) -> bytes:
    """A GPX file with one track due north: a point each 10 s, about 27.8 m apart (2.78 m/s)."""
    type_ = f"<type>{kind}</type>" if kind is not None else ""
    rows = "".join(
        f'<trkpt lat="{n * 0.00025:.6f}" lon="0"><ele>{n % 2}</ele>'
        f"<time>{(start + timedelta(seconds=10 * n)).isoformat()}</time>{extension}</trkpt>"
        for n in range(points)
    )
    return (
        '<?xml version="1.0"?><gpx version="1.1" creator="test" xmlns="http://www.topografix.com/GPX/1/1">'
        f"<trk>{type_}<trkseg>{rows}</trkseg></trk></gpx>"
    ).encode()


def table(*rows: str) -> bytes:
    """A table as a training site hands it out; without ``rows`` it has one run that has no file."""
    heads = "Activity ID,Activity Date,Activity Type,Elapsed Time,Distance,Filename,Moving Time,Distance"
    rows = rows or ('1,"Mar 1, 2026, 7:30:00 AM",Run,1900,5.0,,1800,5000.0',)
    return "\n".join((heads, *rows, "")).encode()
