"""What comes out of activity files, and what is said about those that hold no run."""

import gzip
import io
import zipfile
import zlib
from datetime import datetime
from xml.etree.ElementTree import XMLPullParser

import pytest

from activity_files import CYCLING, GENERIC, RUNNING, START, SWIMMING, WALKING, fit, gpx, lap, tcx
from triplane.errors import UnreadableFile
from triplane.formats import read_runs
from triplane.formats.activities import elements, packed


def only(data, name="file"):
    (run,) = read_runs(data, name).runs
    return run


def why(data, name="file"):
    found = read_runs(data, name)

    assert found.runs == ()
    return [reason for _, reason in found.skipped]


def refused(data, name="file.fit"):
    with pytest.raises(UnreadableFile) as error:
        read_runs(data, name)
    sentence = str(error.value)

    assert sentence.startswith(f"{name}: ")
    assert "\n" not in sentence
    return sentence


def zipped(**files):
    packing = io.BytesIO()
    with zipfile.ZipFile(packing, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("_", "."), content)
    return packing.getvalue()


def test_a_fit_file_gives_the_totals_of_its_run():
    run = only(fit({"seconds": 1800.5, "metres": 5000, "strides": 85, "heart": 150}))

    assert run.started_at == START
    assert (run.duration_s, run.distance_m, run.cadence_spm, run.heart_rate_bpm) == (1800.5, 5000, 170, 150)
    assert run.read_from == "fit"


def test_a_tcx_file_adds_its_laps_up():
    laps = lap(600, 2000, more="<AverageHeartRateBpm><Value>120</Value></AverageHeartRateBpm>")
    laps += lap(
        1200, 4000, more="<AverageHeartRateBpm><Value>150</Value></AverageHeartRateBpm><Cadence>80</Cadence>"
    )
    run = only(tcx(laps=laps))

    assert (run.duration_s, run.distance_m, run.heart_rate_bpm, run.cadence_spm) == (1800, 6000, 140, 160)
    assert run.started_at == START


def test_a_highest_heart_rate_is_not_taken_for_the_mean():
    peak = lap(more="<MaximumHeartRateBpm><Value>190</Value></MaximumHeartRateBpm>")

    assert only(tcx(laps=peak)).heart_rate_bpm is None


def test_a_gpx_track_gives_distance_from_positions_that_are_dropped():
    numbers = "<extensions><TrackPointExtension><hr>140</hr><cad>84</cad></TrackPointExtension></extensions>"
    run = only(gpx(extension=numbers))

    assert run.duration_s == 600
    assert run.distance_m == pytest.approx(60 * 27.8, rel=0.01)
    assert (run.heart_rate_bpm, run.cadence_spm) == (140, 168)
    assert not any("lat" in name or "lon" in name or "position" in name for name in run.model_dump())


def test_the_same_run_from_three_programs_is_told_alike():
    runs = [only(fit({"seconds": 600, "metres": 1668})), only(tcx(laps=lap(600, 1668))), only(gpx())]

    assert len({(run.started_at, run.duration_s) for run in runs}) == 1


@pytest.mark.parametrize(("counted", "steps"), [(82, 164), (119, 238), (120, 120), (172, 172)])
def test_cadence_is_steps_of_both_legs(counted, steps):
    assert only(fit({"strides": counted})).cadence_spm == steps


def test_numbers_that_cannot_be_true_are_not_known():
    run = only(fit({"heart": 10, "strides": 5}))

    assert run.heart_rate_bpm is None
    assert run.cadence_spm is None


@pytest.mark.parametrize("sport", [CYCLING, SWIMMING, WALKING], ids=["ride", "swim", "walk"])
def test_what_is_no_run_is_named_and_left_out(sport):
    assert why(fit({"sport": sport})) == ["it is not a run"]
    assert why(tcx("Biking")) == ["it is not a run"]
    assert why(gpx("cycling")) == ["it is not a run"]


def test_of_several_sports_the_run_legs_come_in():
    found = read_runs(
        fit({"sport": SWIMMING}, {"sport": CYCLING}, {"sport": RUNNING}, {"sport": GENERIC}), "tri.fit"
    )

    assert len(found.runs) == 1
    assert [what.split(",")[0] for what, _ in found.skipped] == ["swimming", "cycling", "activity"]


def test_files_in_a_chain_all_count():
    found = read_runs(fit({"seconds": 900}) + fit({"sport": CYCLING}) + fit({"seconds": 700}), "chain.fit")

    assert sorted(run.duration_s for run in found.runs) == [700, 900]
    assert len(found.skipped) == 1


def test_a_chain_that_is_cut_off_keeps_what_was_whole():
    found = read_runs(fit({}) + fit({})[:-5], "chain.fit")

    assert len(found.runs) == 1
    assert found.skipped == (
        ("part 2 of the file", "the FIT file is cut off before its end; export it from the watch again"),
    )


def test_a_file_that_names_no_sport_is_a_run_only_when_the_runner_says_so():
    assert why(gpx(kind=None)) == ["the file does not say that it is a run"]
    assert why(tcx("Other")) == ["the file does not say that it is a run"]
    assert len(read_runs(gpx(kind=None), "walk.gpx", assume_run=True).runs) == 1
    assert read_runs(gpx(kind="cycling"), "ride.gpx", assume_run=True).runs == ()


def test_a_clock_that_was_never_set_is_said():
    assert why(gpx(start=datetime(1901, 12, 13, 20, 45))) == [
        "the watch's clock said 1901, so we cannot place it in your weeks"
    ]
    assert "clock said 1989" in why(tcx(start="1989-12-31T00:00:00Z"))[0]


def test_too_short_too_long_and_without_times_are_said():
    assert why(gpx(points=1)) == ["it lasts 0 s, too short to be a run"]
    assert why(tcx(laps=lap(seconds=8 * 24 * 3600))) == ["its duration cannot be true"]
    assert why(gpx(points=0)) == ["it holds no times"]


@pytest.mark.parametrize("start", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59"])
def test_a_clock_at_the_edge_of_time_is_said(start):
    assert "clock said" in why(tcx(start=start))[0]


def test_times_with_and_without_a_zone_may_stand_in_one_file():
    points = "".join(
        f"<Trackpoint><Time>2026-03-01T07:{at}</Time></Trackpoint>" for at in ("30:00Z", "50:00")
    )

    assert only(tcx(laps=f"<Lap><Track>{points}</Track></Lap>")).duration_s == 1200


def test_blanks_before_the_file_do_no_harm():
    assert only(b" \n" + gpx()).duration_s == 600
    assert only(b" \n" + tcx()).duration_s == 1800


def test_what_is_shown_fits_on_one_line():
    odd = gpx("cyc\nling\x7f")
    found = read_runs(zipped(**{"bad\nname_fit": fit({})[:-3], "odd_gpx": odd}), "all.zip")

    assert [what.isprintable() for what, _ in found.skipped] == [True, True]


def test_broken_files_get_one_clear_line():
    whole = fit({})
    bad_sum = whole[:-1] + bytes([whole[-1] ^ 1])

    assert "cut off" in refused(whole[:-5])
    assert "damaged" in refused(bad_sum)
    assert "damaged" in refused(tcx()[:-30], "file.tcx")
    assert "damaged" in refused(gpx()[:-30], "file.gpx")
    assert "empty" in refused(b"")
    assert "not a FIT, TCX or GPX file" in refused(b"\xff\xd8\xff\xe0 a picture", "me.jpg")
    assert "no activity" in refused(fit())


def test_an_enormous_file_is_refused_before_it_is_read(monkeypatch):
    monkeypatch.setattr("triplane.formats.activities.read.LARGEST_BYTES", 100)

    assert "larger than" in refused(gpx(), "file.gpx")


def test_xml_that_defines_entities_is_not_opened():
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'

    assert "definitions" in refused(bomb + b"<gpx>&b;</gpx>", "bomb.gpx")
    assert "definitions" in refused(
        bomb + b"<TrainingCenterDatabase>&b;</TrainingCenterDatabase>", "bomb.tcx"
    )


ATTRIBUTES = " ".join(f'a{number}=">"' for number in range(400_000))
HEAVY = {
    "a tag as long as the file": (f"<gpx {ATTRIBUTES}/>", "one tag"),
    "the same in a comment": (f"<gpx><!-- {ATTRIBUTES} --></gpx>", "one tag"),
    "elements within elements": ("<gpx>" + "<a>" * 1_000_000, "within each other"),
    "attributes of one element": (f"<gpx {' '.join(ATTRIBUTES.split()[:100])}/>", "attributes"),
}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("case", HEAVY)
def test_a_track_made_to_take_long_is_left_after_its_first_pieces(case, encoding, monkeypatch):
    """The parser's own time grew as the square of a tag, so what counts is how little of it is read."""
    text, why = HEAVY[case]
    pieces = fed(monkeypatch)

    assert why in refused(text.encode(encoding), "heavy.gpx")
    assert why in refused(text.replace("gpx", "TrainingCenterDatabase").encode(encoding), "heavy.tcx")
    assert sum(pieces) <= 2 * (elements.LONGEST_TAG + elements.PIECE)


@pytest.mark.parametrize("part", ["<a/>", '<a b="1"/>'])
def test_more_elements_than_any_run_has_are_not_read_to_the_end(part, monkeypatch):
    monkeypatch.setattr(elements, "MOST_PARTS", 10_000)
    pieces = fed(monkeypatch)

    assert "10,000 elements" in refused(b"<gpx>" + part.encode() * 500_000 + b"</gpx>", "heavy.gpx")
    assert sum(pieces) <= 10_000 * len(part) + elements.PIECE


def test_a_marathon_every_second_stays_far_below_the_bounds():
    point = (
        '<trkpt lat="50" lon="8"><ele>1</ele><time>2026-03-01T07:30:00Z</time>'
        "<extensions><power>250</power><t><atemp>20</atemp><hr>150</hr><cad>88</cad></t></extensions></trkpt>"
    )
    outer = [f'x{number}="http://www.topografix.com/GPX/1/1"' for number in range(15)]
    counted = sum(
        1 + len(element.attrib)
        for event, element in elements.elements(f"<gpx {' '.join(outer)}>{point * 144}</gpx>".encode())
        if event == "start"
    )

    assert counted * 100 < elements.MOST_PARTS / 8


def fed(monkeypatch) -> list[int]:
    """The bytes of each piece that the parser of XML is given from now on."""
    pieces: list[int] = []

    class Counted(XMLPullParser):
        def feed(self, data):
            pieces.append(len(data))
            super().feed(data)

    monkeypatch.setattr("xml.etree.ElementTree.XMLPullParser", Counted)
    return pieces


def test_packed_files_are_unpacked():
    assert len(read_runs(gzip.compress(fit({})), "run.fit.gz").runs) == 1
    archive = zipped(one_fit=fit({}), two_tcx=tcx(), three_gpx_gz=gzip.compress(gpx()), notes_txt=b"hello")

    assert len(read_runs(archive, "all.zip").runs) == 3


def test_in_an_archive_a_broken_file_is_named_and_the_others_come_in():
    found = read_runs(
        zipped(good_fit=fit({}), bad_fit=fit({})[:-9], ride_fit=fit({"sport": CYCLING})), "all.zip"
    )

    assert len(found.runs) == 1
    assert (
        "all.zip/bad.fit",
        "the FIT file is cut off before its end; export it from the watch again",
    ) in found.skipped
    assert len(found.skipped) == 2


def test_a_file_without_a_name_in_an_archive_is_passed_over():
    archive = zipped(x=b"nobody", run_fit=fit({}))
    place = archive.index(b"PK\x01\x02")
    nameless = archive[: place + 28] + b"\0\0" + archive[place + 30 : place + 46] + archive[place + 47 :]
    size = nameless.rindex(b"PK\x05\x06") + 12
    shorter = int.from_bytes(nameless[size : size + 4], "little") - 1
    nameless = nameless[:size] + shorter.to_bytes(4, "little") + nameless[size + 4 :]

    assert len(read_runs(nameless, "all.zip").runs) == 1


def test_broken_packing_is_said():
    assert "damaged" in refused(gzip.compress(fit({}))[:10] + b"\xff" * 40, "run.fit.gz")
    assert "ends too early" in refused(gzip.compress(fit({}))[:-9], "run.fit.gz")
    assert "damaged" in refused(zipped(one_fit=fit({}))[:40], "all.zip")
    assert "no FIT, TCX or GPX" in refused(zipped(notes_txt=b"hello"), "all.zip")


def test_of_a_zip_what_cannot_be_read_is_counted_and_nothing_at_all_is_refused():
    bad, ride = b"no run", fit({"sport": CYCLING})

    assert "nothing in it can be read" in refused(zipped(a_fit=bad, b_gpx=b""), "all.zip")
    assert read_runs(zipped(a_fit=bad, b_fit=ride, c_fit=fit({})), "all.zip").unread == 1
    assert read_runs(zipped(b_fit=ride), "all.zip").unread == 0
    assert read_runs(fit({}) + fit({})[:-5], "chain.fit").unread == 1


def test_nothing_swells_beyond_its_bounds(monkeypatch):
    monkeypatch.setattr(packed, "LARGEST_MEMBER", 1000)
    swollen = zlib.compressobj(wbits=31)
    bomb = swollen.compress(b"\0" * 10**6) + swollen.flush()

    assert "unpacks to more" in refused(bomb, "run.fit.gz")
    assert (
        "unpacks to more"
        in read_runs(zipped(a_fit=fit({}) + b"\0" * 10**6, b_fit=fit({})), "all.zip").skipped[0][1]
    )
    monkeypatch.setattr(packed, "LARGEST_TOTAL", 50)
    assert "unpacks to more" in refused(zipped(a_fit=fit({}), b_fit=fit({})), "all.zip")


def test_a_missing_file_is_said(tmp_path):
    with pytest.raises(UnreadableFile, match=r"nowhere\.fit: cannot be read"):
        read_runs(tmp_path / "nowhere.fit")
