"""What every activity format keeps, and every real file we have."""

import warnings
from pathlib import Path

import pytest

from activity_files import fit, gpx, table, tcx
from real_files import shared_files
from triplane.errors import UnreadableFile
from triplane.formats import all_formats, read_runs

SAMPLES = {"fit": fit({}), "tcx": tcx(), "gpx": gpx(), "table": table()}
REAL = shared_files("data/activities_fit/**/*.fit", "data/activities_gpx_tcx/*.[gt][pc]x")
RUNS = {
    "2013-02-06-12-11-14.fit": [(2625, 4835, None)],
    "activity-small-fenix2-run.fit": [(2832, 9008, 162)],
    "developer-types-sample.fit": [(3424, 6754, 148)],
    "garmin-fenix-5-run.fit": [(57, 158, 167.3)],
    "sample_mulitple_header.fit": [(2851, 9806, 167)],
    "activity-large-fenxi2-multisport.fit": [(2295, 2245, None), (6764, 12740, None)],
    "3173437224.tcx": [(3510, 4508, 120)],
}


def test_the_folder_is_the_registry():
    assert [form.name for form in all_formats()] == sorted(SAMPLES)


@pytest.mark.parametrize("form", all_formats(), ids=lambda form: form.name)
def test_a_format_knows_its_own_and_no_other(form):
    assert form.suffixes and form.title
    assert [name for name, sample in SAMPLES.items() if form.recognises(sample[:4096])] == [form.name]
    assert read_runs(SAMPLES[form.name]).runs[0].read_from == form.name


@pytest.mark.skipif(not REAL, reason="real activities are not here (set TRIPLANE_SHARED to their folder)")
@pytest.mark.parametrize("path", REAL, ids=lambda path: path.name)
def test_real_files_give_their_runs_or_one_clear_line(path: Path):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            found = read_runs(path)
        except UnreadableFile as error:
            assert str(error).startswith(f"{path.name}: ")
            assert "\n" not in str(error)
            assert path.name not in RUNS
            return
    told = [(round(run.duration_s), round(run.distance_m), run.cadence_spm) for run in found.runs]

    assert found.runs or found.skipped
    if path.parent.name != "bad":
        assert told == RUNS.get(path.name, [])


@pytest.mark.skipif(not REAL, reason="real activities are not here (set TRIPLANE_SHARED to their folder)")
def test_swim_row_walk_and_the_clock_of_1901_are_named(shared):
    def said(name):
        return read_runs(next(shared.glob(f"data/**/{name}"))).skipped[0]

    assert said("garmin-fr935-cr.fit")[0].startswith("swimming")
    assert said("20170518-191602-1740899583.fit")[0].startswith("fitness equipment")
    assert said("garmin-fenix-5-walk.fit")[0].startswith("walking")
    assert "1901" in said("Mojstrovka.gpx")[1]
