"""A thousand activities as a training site hands them out: how long they take, and how much memory.

Real files are repeated with other dates where they are here (``TRIPLANE_SHARED``); else long ones are made.
"""

import resource
import struct
import sys
import zipfile
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
from activity_files import START, crc, fit, table, tcx
from real_files import shared_files
from triplane.bootstrap import open_practice

ACTIVITIES = 1000
AN_HOUR = 3600
MOST_S, MOST_MB = 300, 300


def with_records(whole: bytes, seconds: int = AN_HOUR) -> bytes:
    """Lay a record for every second before what a small file says."""
    header, body = whole[:14], whole[14:-2]
    fields = ((253, 4, 0x86), (0, 4, 0x85), (1, 4, 0x85), (3, 1, 0x02), (4, 1, 0x02), (5, 4, 0x86))
    records = struct.pack("<BBBHB", 0x42, 0, 0, 20, len(fields))
    records += b"".join(struct.pack("BBB", *field) for field in fields)
    records += b"".join(
        struct.pack("<BIiiBBI", 2, second, 1, 1, 140, 85, second * 3) for second in range(seconds)
    )
    head = bytearray(header)
    head[4:8] = struct.pack("<I", len(records) + len(body))
    head[12:14] = struct.pack("<H", crc(bytes(head[:12])))
    told = bytes(head) + records + body
    return told + struct.pack("<H", crc(told))


def archive(place: Path) -> None:
    """Write an archive of a thousand runs, an hour each, packed one by one, with the table beside them."""
    real = [path.read_bytes() for path in shared_files("data/activities_gpx_tcx/*.tcx")]
    long = with_records(fit({"seconds": AN_HOUR}))
    rows = []
    with zipfile.ZipFile(place, "w", zipfile.ZIP_STORED) as laid:
        for number in range(ACTIVITIES):
            at = START - timedelta(days=number)
            if number % 10 == 9:
                content = real[0] if real else tcx(start=f"{at:%Y-%m-%dT%H:%M:%SZ}")
                laid.writestr(f"activities/{number}.tcx", content)
            else:
                shifted = moved(long, number)
                laid.writestr(f"activities/{number}.fit", shifted)
            rows.append(f'{number},"x",Run,3600,10,activities/{number}.fit,3600,10000')
        laid.writestr("activities.csv", table(*rows))


def moved(whole: bytes, days: int) -> bytes:
    """The same run some days before: its start stands in the last message."""
    body = bytearray(whole[:-2])
    at = len(body) - 15
    (began,) = struct.unpack_from("<I", body, at)
    struct.pack_into("<I", body, at, began - days * 86_400)
    sum_ = quick_sum(bytes(body))
    return bytes(body) + struct.pack("<H", sum_)


def quick_sum(data: bytes) -> int:
    from triplane.formats.activities.fit_thinned import check_sum

    return check_sum(data)


def main() -> int:
    """Bring the archive in twice and print what it took."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        archive(place / "export.zip")
        before_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        practice = open_practice(place / "a.journal", "anna", "Europe/Berlin", "2026-11-25T08:00")
        for turn in ("first", "again"):
            began = perf_counter()
            (report,) = practice.bring_in([place / "export.zip"]).files
            took_s = perf_counter() - began
            peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size_mb = (place / "export.zip").stat().st_size / 2**20
            print(
                f"{turn}: {report.runs_new} new, {report.runs_known} known, {report.unread} unread "
                f"of {ACTIVITIES} activities ({size_mb:.0f} MB): {took_s:.1f} s (at most {MOST_S}), "
                f"{peak_mb:.0f} MB (at most {MOST_MB}; {before_mb:.0f} before)"
            )
            if took_s > MOST_S or peak_mb > MOST_MB:
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
