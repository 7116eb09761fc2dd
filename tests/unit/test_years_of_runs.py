"""Years of runs at once: archives of training sites, tables beside them, one file in memory at a time."""

import gzip
import io
import re
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from activity_files import START, fit, gpx, table, tcx
from real_files import shared_files
from triplane.bootstrap import importing, open_practice
from triplane.bootstrap.importing import FileReport
from triplane.errors import UnreadableFile
from triplane.formats import read_runs
from triplane.formats.activities import packed
from triplane.formats.activities import read as reading
from triplane.formats.activities.fit import read
from triplane.formats.activities.fit_thinned import SMALLEST, check_sum, thinned
from triplane.history import RunRecorded, runs

BERLIN = ZoneInfo("Europe/Berlin")
LARGE = [path for path in shared_files("data/activities_fit/*.fit") if path.stat().st_size > SMALLEST]


def zip_of(**members: bytes) -> bytes:
    laid = io.BytesIO()
    with zipfile.ZipFile(laid, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_dot_", "."), content)
    return laid.getvalue()


def brought(place: Path, content: bytes, name: str = "export.zip") -> FileReport:
    file = place / name
    file.write_bytes(content)
    practice = open_practice(place / "anna.journal", "anna", "Europe/Berlin", "2026-11-25T08:00")
    (report,) = practice.bring_in([file]).files
    return report


def runs_in(place: Path) -> list[RunRecorded]:
    practice = open_practice(place / "anna.journal", "anna", "Europe/Berlin", "2026-11-25T08:00")
    return [run for _, run in practice.history().all(RunRecorded)]


def test_an_archive_of_a_site_gives_every_run_once_and_those_without_a_file_from_its_table(tmp_path) -> None:
    rows = (
        '1,"Mar 1, 2026, 7:30:00 AM",Run,1900,5.0,activities/1.fit.gz,1800,5000.0',
        '2,"Mar 3, 2026, 6:00:00 AM",Run,2500,7.0,,2400,7000.0',
        '3,"Mar 4, 2026, 6:00:00 AM",Ride,2500,20.0,,2400,20000.0',
    )
    content = zip_of(
        activities_dot_csv=table(*rows), activities__1_dot_fit=fit({}), media__a_dot_jpg=b"x" * 99
    )

    report = brought(tmp_path, content)
    assert (report.runs_new, report.unread) == (2, 0)
    assert report.skipped == (("ride, 04 March 2026 06:00", "it is not a run"),)
    assert sorted(run.distance_m for run in runs_in(tmp_path)) == [5000, 7000]

    again = brought(tmp_path, content)
    assert (again.runs_new, again.runs_known) == (0, 2)


def test_an_archive_within_an_archive_is_read_and_none_deeper(tmp_path) -> None:
    deep = zip_of(c_dot_fit=fit({}, start=START + timedelta(days=9)))
    inner = zip_of(a_dot_fit=fit({}), b_dot_fit=fit({}, start=START + timedelta(days=1)), deep_dot_zip=deep)

    report = brought(tmp_path, zip_of(UploadedFiles_dot_zip=inner))
    assert (report.runs_new, report.unread) == (2, 0)


def test_a_broken_archive_within_one_is_named_and_the_rest_comes_in(tmp_path) -> None:
    inner = zip_of(a_dot_fit=fit({}))
    report = brought(tmp_path, zip_of(a_dot_fit=fit({}), b_dot_zip=inner[:-30]))

    assert (report.runs_new, report.unread) == (1, 1)
    assert report.skipped == (("export.zip/b.zip", "the packing (.zip) is damaged; export it again"),)


def test_what_swells_within_an_archive_is_let_go(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_INNER", 1000)
    inner = zip_of(a_dot_fit=bytes(5000))
    report = brought(tmp_path, zip_of(good_dot_fit=fit({}), b_dot_zip=inner + bytes(5000)))

    assert report.runs_new == 1
    assert "unpacks to more than" in report.skipped[0][1]


@pytest.mark.parametrize("pack", [bytes, gzip.compress], ids=["plain", "packed once more"])
def test_of_what_is_no_activity_only_the_beginning_is_unpacked(tmp_path, monkeypatch, pack) -> None:
    blank = b" " * 2_000_000
    unpacked: list[int] = []
    whole = packed._member

    def member(*told) -> bytes | str:
        content = whole(*told)
        unpacked.append(len(content))
        return content

    monkeypatch.setattr(packed, "_member", member)
    report = brought(tmp_path, zip_of(good_dot_fit=fit({}), blank_dot_gpx=pack(blank)))

    assert (report.runs_new, report.unread) == (1, 1)
    assert "this is not a FIT, TCX or GPX file" in report.skipped[0][1]
    assert max(unpacked) < 10_000


def test_names_that_lead_elsewhere_are_only_names(tmp_path) -> None:
    laid = io.BytesIO()
    with zipfile.ZipFile(laid, "w") as archive:
        archive.writestr("../../outside.fit", fit({}))
        archive.writestr("/etc/a.gpx", gpx())
    before = set(tmp_path.parent.rglob("*"))

    assert brought(tmp_path, laid.getvalue()).runs_new >= 1
    assert {
        path for path in set(tmp_path.parent.rglob("*")) - before if path.name.endswith((".fit", ".gpx"))
    } == set()


def test_what_was_read_stays_where_reading_ends_in_the_middle(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(importing, "AT_A_TIME", 2)
    days = {f"r{number}_dot_fit": fit({}, start=START + timedelta(days=number)) for number in range(5)}
    read_one = packed._member

    def dies(archive: zipfile.ZipFile, member: zipfile.ZipInfo, *more: Any) -> bytes | str:
        if member.filename == "r4.fit":
            raise KeyboardInterrupt
        return read_one(archive, member, *more)

    monkeypatch.setattr(packed, "_member", dies)
    with pytest.raises(KeyboardInterrupt):
        brought(tmp_path, zip_of(**days))
    assert len(runs_in(tmp_path)) == 4

    monkeypatch.setattr(packed, "_member", read_one)
    report = brought(tmp_path, zip_of(**days))
    assert (report.runs_new, report.runs_known) == (1, 4)


def test_a_run_is_looked_for_among_few_however_many_there_are(tmp_path, monkeypatch) -> None:
    compared: list[RunRecorded] = []
    whole = runs.same_run
    for room in (runs, importing):
        monkeypatch.setattr(
            room, "same_run", lambda one, other: compared.append(one) or whole(one, other), raising=False
        )
    starts = [START - timedelta(minutes=20 * number) for number in range(400)]
    lines = [f"{at:%Y-%m-%dT%H:%M:%S},Run,600,600,2000" for at in starts]
    content = "\n".join(["start_date_local,type,moving_time,elapsed_time,distance", *lines]).encode()

    assert brought(tmp_path, content, "many.csv").runs_new == 400
    assert len(compared) < 400 * 10
    again = brought(tmp_path, content, "many.csv")
    assert (again.runs_new, again.runs_known) == (0, 400)


def test_a_file_of_more_tracks_than_anybody_keeps_in_one_is_refused(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "MOST_IN_ONE", 3)
    head, track, end = re.split("(<trk>.*</trk>)", gpx(points=3).decode())
    many = (head + 4 * track + end).encode()
    content = zip_of(good_dot_fit=fit({}), many_dot_gpx=many)
    report = brought(tmp_path, content)

    assert (report.runs_new, report.unread) == (1, 1)
    assert report.skipped[0][1] == "more than 3 activities in one file; export them in several"


def test_more_runs_than_of_a_lifetime_are_not_taken_at_once(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(importing, "MOST_RUNS", 3)
    days = {f"r{number}_dot_fit": fit({}, start=START + timedelta(days=number)) for number in range(5)}
    report = brought(tmp_path, zip_of(**days))

    assert (report.runs_new, report.unread) == (3, 1)
    assert report.skipped[-1] == ("the rest", "3 new runs are taken at once; bring it in again for the rest")
    assert report.problem == ""
    again = brought(tmp_path, zip_of(**days))
    assert (again.runs_new, again.runs_known, again.unread) == (2, 3, 0)


def test_starts_on_the_wall_are_those_of_the_runners_zone() -> None:
    content = (
        b"start_date_local,type,name,moving_time,elapsed_time,distance,average_heartrate\n"
        b"2026-07-01T06:30:00,Run,Morning,1800,1900,5000,141.6\n"
    )
    (run,) = read_runs(content, "i.csv", zone=BERLIN).runs

    assert run.started_at == datetime(2026, 7, 1, 4, 30, tzinfo=UTC)
    assert (run.distance_m, run.duration_s, run.heart_rate_bpm) == (5000, 1800, 141.6)


@pytest.mark.parametrize("content", [b"a,b\n1,2\n", b"Date,Amount\n2026-01-01,5\n", b"\xff\xfe"])
def test_a_table_of_something_else_is_refused_or_empty(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_runs(content, "x.csv")


@pytest.mark.skipif(not LARGE, reason="real activities are not here (set TRIPLANE_SHARED to their folder)")
@pytest.mark.parametrize("path", LARGE, ids=lambda path: path.name)
def test_a_thinned_file_says_what_the_whole_one_says(path: Path, monkeypatch) -> None:
    from triplane.formats.activities import fit as module

    data = path.read_bytes()
    quick = read(data)
    monkeypatch.setattr(module, "thinned", lambda whole: whole)

    assert read(data) == quick
    is_one = int.from_bytes(data[4:8], "little") + data[0] + 2 == len(data)
    if is_one and check_sum(data) == 0:
        assert len(thinned(data)) < len(data) / 2


def test_a_small_or_damaged_file_is_left_as_it_is() -> None:
    assert thinned(fit({})) == fit({})
    large = b"\x0e" + bytes(SMALLEST)
    assert thinned(large) == large
    assert tcx()
