"""Whatever is done to a file: runs, named reasons, or one clear line. Nothing else ever escapes."""

import gzip
import io
import zipfile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from activity_files import CYCLING, fit, gpx, lap, tcx
from triplane.errors import UnreadableFile
from triplane.formats import ReadResult, read_runs
from triplane.history import RunRecorded


def zip_of(content: bytes) -> bytes:
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.fit", content)
        archive.writestr("b.gpx", gpx(points=3))
    return packing.getvalue()


POINT = "<Trackpoint><Time>2026-03-01T07:30:00Z</Time></Trackpoint>"
WHOLE = {
    "fit": fit({"strides": 80}, {"sport": CYCLING}) + fit({}),
    "tcx": tcx(laps=lap(more=f"<Cadence>80</Cadence><Track>{POINT}</Track>")),
    "gpx": gpx(points=5, extension="<extensions><hr>140</hr></extensions>"),
    "gz": gzip.compress(gpx(points=5)),
    "zip": zip_of(fit({})),
}  # fmt: skip
changes = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["set", "cut", "insert", "copy", "delete"]),
        st.binary(min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=8,
)


def broken(data: bytes, how) -> bytes:
    for where, what, content in how:
        place = int(where * len(data))
        if what == "set":
            data = data[:place] + content + data[place + len(content) :]
        elif what == "insert":
            data = data[:place] + content + data[place:]
        elif what == "copy":
            data = data[:place] + data[place // 2 : place // 2 + 40] + data[place:]
        elif what == "delete":
            data = data[:place] + data[place + len(content) * 5 :]
        else:
            data = data[: max(place, 1)]
    return data


def read_calmly(data: bytes, name: str) -> None:
    try:
        found = read_runs(data, name)
    except UnreadableFile as error:
        assert str(error).startswith(f"{name}: ")
        assert "\n" not in str(error) and len(str(error)) < 200
        return

    assert isinstance(found, ReadResult)
    assert all(isinstance(run, RunRecorded) and 2000 <= run.started_at.year <= 2080 for run in found.runs)
    assert all(what and why and "\n" not in what + why for what, why in found.skipped)


@pytest.mark.parametrize("form", list(WHOLE))
@given(changes)
def test_a_damaged_file_never_does_more_than_say_so(form, how):
    read_calmly(broken(WHOLE[form], how), f"run.{form}")


@pytest.mark.parametrize("form", ["fit"])
@given(st.binary(max_size=300))
@example(b"")
def test_any_bytes_with_a_right_check_sum(form, body):
    """The check sum keeps most damage out, so here it is right and what lies within is anything."""
    import struct

    from activity_files import crc

    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    header += struct.pack("<H", crc(header))
    read_calmly(header + body + struct.pack("<H", crc(header + body)), "run.fit")


@given(st.text(max_size=30), st.text(max_size=30))
def test_any_words_in_the_places_of_numbers(first, second):
    from xml.sax.saxutils import escape

    def clean(text):
        return escape("".join(c for c in text if c.isprintable()))

    word, number = clean(first).replace('"', ""), clean(second)
    laps = f'<Lap StartTime="{word}"><TotalTimeSeconds>{number}</TotalTimeSeconds></Lap>'
    read_calmly(tcx(sport=word, laps=laps), "run.tcx")
    read_calmly(gpx(kind=clean(first)).replace(b"<ele>1", f"<ele>{clean(second)}".encode()), "run.gpx")
    read_calmly(gpx().replace(b"2026-03-01T07:31", clean(second).encode()), "run.gpx")


@given(st.floats(allow_nan=True, allow_infinity=True), st.floats(allow_nan=True, allow_infinity=True))
def test_any_number_in_the_places_of_numbers(one, other):
    more = f"<AverageHeartRateBpm><Value>{other}</Value></AverageHeartRateBpm><Cadence>{one}</Cadence>"
    read_calmly(tcx(laps=lap(one, other, more=more)), "run.tcx")
    read_calmly(
        gpx().replace(b'lon="0"', f'lon="{one}"'.encode()).replace(b"<ele>1", f"<ele>{other}".encode()),
        "r.gpx",
    )
