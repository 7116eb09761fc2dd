"""Files of what was played elsewhere: whatever one holds is a sentence, and the others come in."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from cast import ANNA, MONDAY, told
from triplane import coach
from triplane.bootstrap import Practice
from triplane.bootstrap.importing import import_files
from triplane.errors import UnreadableFile, UserError
from triplane.formats.archive import write_archive
from triplane.formats.played_file import read_played
from triplane.history import FormSeen, NoteWritten, SessionLogged
from triplane.store import open_journal

NOW = MONDAY + timedelta(hours=2)
KEY = "0a1b2c3d-0000"


def saved(folder: Path, **more: object) -> Path:
    file = folder / "triplane-played.json"
    file.write_text(json.dumps({"schema": "triplane-played/1", "key": KEY, **more}))
    return file


def faulty(told: "coach.HandIn") -> "coach.HandedIn":
    """A mistake of ours, met only once everything of the file was read."""
    FormSeen(ended_by=("the knee falls in",) * 21)
    raise AssertionError("it is refused")


def lost(told: "coach.HandIn") -> "coach.HandedIn":
    raise KeyError("a drill that is gone")


@pytest.mark.parametrize("fault", [faulty, lost], ids=["too much of something", "something is missing"])
def test_what_can_be_of_no_session_is_a_sentence_and_the_next_file_comes_in(tmp_path: Path, fault) -> None:
    archive = tmp_path / "anna.jsonl"
    archive.write_bytes(write_archive(told(coach.disclaimer_accepted(), ANNA, NoteWritten(text="mine"))))
    with open_journal(tmp_path / "anna.journal") as journal:
        report = import_files([saved(tmp_path), archive], journal, "anna", NOW, hand_in=fault)

    bad, good = report.files
    assert "in words" in bad.problem
    assert not any(raw in bad.problem for raw in ("validation error", "pydantic", "KeyError", "Traceback"))
    assert good.facts_new == 3


@pytest.mark.parametrize("told", [{"played": {"seconds": []}}, {"reference": {"plan": "p", "items": []}}])
def test_odd_files_are_refused_in_one_line_and_nothing_is_recorded(tmp_path: Path, told) -> None:
    with open_journal(tmp_path / "anna.journal") as journal:
        practice = Practice(journal, "anna", lambda: NOW)
        (report,) = practice.bring_in([saved(tmp_path, **told)]).files

        assert report.problem and "\n" not in report.problem
        assert not list(practice.history().all(SessionLogged))


@pytest.mark.parametrize(("schema", "version"), [(2, 1), (1, 2), (3, 2), (2, None)])
def test_the_newer_of_two_versions_counts(schema: int, version: int | None) -> None:
    told = {"schema": f"triplane-played/{schema}", "key": KEY} | ({"version": version} if version else {})
    with pytest.raises(UserError, match="Update Triplane"):
        read_played(json.dumps(told).encode(), "played.json")


@pytest.mark.parametrize("version", ["1", "2", True, 1.0, None])
def test_a_version_that_is_no_whole_number_is_refused_by_its_name(version: object) -> None:
    told = {"schema": "triplane-played/1", "version": version, "key": KEY}
    with pytest.raises(UnreadableFile, match="version"):
        read_played(json.dumps(told).encode(), "played.json")
