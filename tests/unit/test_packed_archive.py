"""Everything in one file: the lines are the truth, the tables are to be read, nothing hostile is opened."""

import csv
import io
import json
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from browsing import App
from cast import ANNA, MONDAY, easy_run, told
from triplane import coach
from triplane.bootstrap import Practice, open_practice
from triplane.errors import UnreadableFile
from triplane.formats.archive import TABLES, is_packed, pack, packed, unpack, write_archive
from triplane.history import (
    BodyRegion,
    CheckinAnswered,
    DrillDone,
    EndFeel,
    Feeling,
    FeelingKind,
    MeasurementTaken,
    Method,
    NoteWritten,
    SessionLogged,
)

SORE = Feeling(score=4, region=BodyRegion.GROIN, kind=FeelingKind.JOINT, side="left")
FACTS = told(
    ANNA,
    easy_run(MONDAY),
    MeasurementTaken(
        test="flexion_supine", side="left", method=Method.GONIOMETER, readings=(110.0, 112.5, 111.0)
    ),
    MeasurementTaken(
        test="flexion_supine", side="right", method="goniometer", readings=(90,), end_feel=EndFeel.PINCH
    ),
    SessionLogged(minutes=20, effort=5, drills=(DrillDone(drill="own_hip_cars", side="left", pain=(SORE,)),)),
    SessionLogged(minutes=5),
    CheckinAnswered(about=MONDAY.date(), soreness=(SORE,), note='=HYPERLINK("http://x.example")'),
    NoteWritten(text="nothing of a table"),
)
README = Path(__file__).parents[2] / "docs" / "formats.md"


def table(content: bytes, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as opened:
        return [*csv.DictReader(io.StringIO(opened.read(name).decode("utf-8-sig")))]


def repacked(content: bytes, change: Callable[[str, bytes], dict[str, bytes]]) -> bytes:
    """Pack an archive anew, each of its files as ``change`` gives it back."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            for called, kept in change(name, old.read(name)).items():
                new.writestr(called, kept)
    return out.getvalue()


def refused(content: bytes) -> str:
    with pytest.raises(UnreadableFile) as error:
        unpack(content, "a.zip")
    assert "\n" not in str(error.value)
    return str(error.value)


def test_everything_comes_back_and_the_same_facts_give_the_same_file() -> None:
    content = pack(FACTS)

    assert unpack(content, "a.zip") == FACTS
    assert pack(unpack(content, "a.zip")) == content


def test_on_another_machine_it_gives_the_same_facts_hip_map_and_plan(marathoner: App, tmp_path: Path) -> None:
    here = marathoner.practice
    file = tmp_path / "hips.zip"
    file.write_bytes(pack(here.history().facts))
    there = open_practice(tmp_path / "there.journal", "anna", "Europe/Berlin", marathoner.now.isoformat())
    (report,) = there.bring_in([file]).files

    assert report.facts_new == len(here.history().facts)
    assert write_archive(there.history().facts) == write_archive(here.history().facts), "byte for byte"
    assert coach.hip_map(there.history(), there.now) == coach.hip_map(here.history(), here.now)
    assert there.week().model_dump_json() == here.week().model_dump_json()
    assert there.bring_in([file]).files[0].facts_known == report.facts_new


def test_tables_say_what_was_measured_done_felt_and_run() -> None:
    content = pack(FACTS)
    measured, void = table(content, "measurements.csv")
    done, bare = table(content, "sessions.csv")
    (morning,) = table(content, "checkins.csv")
    (run,) = table(content, "runs.csv")

    assert (measured["value"], measured["unit"], measured["direction"]) == ("111", "deg", "flexion")
    assert measured["readings"] == "110 112.5 111"
    assert (void["value"], void["end_feel"]) == ("", "pinch")
    assert (done["drill"], done["pain"], bare["drill"]) == ("own_hip_cars", "groin left joint 4", "")
    assert (morning["region"], morning["score"]) == ("groin", "4")
    assert (run["duration_s"], run["distance_m"]) == ("2400", "6400")
    assert measured["fact"] == FACTS[2].id


def test_words_of_a_table_are_never_reckoned() -> None:
    (morning,) = table(pack(FACTS), "checkins.csv")
    assert morning["note"].startswith("'=")


def test_what_was_corrected_says_so() -> None:
    mended = told(NoteWritten(text="mistyped"), at=MONDAY + timedelta(hours=1))[0]
    content = pack([*FACTS, mended.model_copy(update={"supersedes": FACTS[2].id})])

    assert [row["corrected"] for row in table(content, "measurements.csv")] == ["yes", "no"]


def test_a_planned_week_stands_in_its_table(marathoner: App) -> None:
    rows = table(pack(marathoner.practice.history().facts), "plans.csv")

    assert rows
    assert all(row["drill"] and row["week"] == "2026-11-23" and row["reason"] for row in rows)
    assert all(row["left_work_s"] or row["right_work_s"] for row in rows)


def test_every_column_is_told_in_the_papers_and_beside_the_tables() -> None:
    paper = README.read_text(encoding="utf-8")
    with zipfile.ZipFile(io.BytesIO(pack(FACTS))) as opened:
        words = opened.read("README.txt").decode()
        heads = {one.name: opened.read(one.name).decode("utf-8-sig").splitlines()[0] for one in TABLES}

    assert "version 2" in words
    for one in TABLES:
        assert heads[one.name] == ",".join(column.name for column in one.columns)
        assert f"`{one.name}`" in paper
        assert [c.name for c in one.own if f"| `{c.name}` | {c.what} |" not in paper] == []
        assert [c.name for c in one.own if f"{c.name}: {c.what}" not in words] == []


def test_a_table_that_was_changed_changes_nothing() -> None:
    changed = repacked(pack(FACTS), lambda name, kept: {name: b"evil" if name.endswith(".csv") else kept})
    without = repacked(pack(FACTS), lambda name, kept: {} if name.endswith(".csv") else {name: kept})

    assert unpack(changed, "a.zip") == unpack(without, "a.zip") == FACTS


def test_a_folder_around_it_and_what_a_desk_adds_are_no_harm(tmp_path: Path) -> None:
    file = tmp_path / "again.zip"
    file.write_bytes(
        repacked(
            pack(FACTS),
            lambda name, kept: {
                f"hips/{name}": kept,
                f"__MACOSX/hips/._{name}": b"x",
                f"hips/a/b/{name}": b"",
            },
        )
    )
    assert is_packed(file)
    assert unpack(file, "again.zip") == FACTS


@pytest.mark.parametrize(
    "evil", ["../journal.jsonl", "/etc/journal.jsonl", "a\\..\\..\\b", "C:/x", "..\\journal.jsonl"]
)
def test_a_path_that_leads_out_is_refused(evil: str, tmp_path: Path) -> None:
    content = repacked(
        pack(FACTS), lambda name, kept: {name: kept, **({evil: b""} if name == "archive.json" else {})}
    )

    assert "names a place outside" in refused(content)
    assert [*tmp_path.iterdir()] == []


def test_a_file_that_is_in_it_twice_is_refused() -> None:
    with pytest.warns(UserWarning, match="Duplicate"):
        out = io.BytesIO(pack(FACTS))
        with zipfile.ZipFile(out, "a") as opened:
            opened.writestr("journal.jsonl", write_archive(FACTS[:1]))

    assert "journal.jsonl is in it twice" in refused(out.getvalue())


def test_what_swells_is_refused_without_being_taken_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(packed, "LARGEST_BYTES", 2**20)
    swollen = {"journal.jsonl": b"\n" * 2**24, "archive.json": b" " * 2**20}
    for name, kept in swollen.items():
        content = repacked(
            pack(FACTS), lambda called, old, name=name, kept=kept: {called: kept if called == name else old}
        )
        assert len(content) < 2**17
        assert "unpacks to more than" in refused(content)


def test_lines_without_end_are_counted_before_they_are_taken_apart() -> None:
    lines = write_archive(FACTS)
    content = repacked(
        pack(FACTS), lambda name, kept: {name: lines + b"\n" * 2**21 if name == "journal.jsonl" else kept}
    )
    assert "more than 1,000,000 facts" in refused(content)


@pytest.mark.parametrize(
    ("about", "said"),
    [
        (b'{"triplane": "archive", "version": 3}', "version 3 is not known; update Triplane"),
        (b'{"triplane": "other", "version": 2}', "is not known"),
        (b"[" * 4000, "not a Triplane archive"),
        (b"7", "not a Triplane archive"),
    ],
)
def test_another_version_is_said(about: bytes, said: str) -> None:
    assert said in refused(
        repacked(pack(FACTS), lambda name, kept: {name: about if name == "archive.json" else kept})
    )


def test_what_is_cut_off_damaged_or_missing_is_one_sentence() -> None:
    content = pack(FACTS)
    for cut in range(0, len(content), 97):
        refused(content[:cut])
    for place in range(0, len(content), 89):
        broken = bytearray(content)
        broken[place] ^= 0x55
        try:
            assert unpack(bytes(broken), "a.zip") == FACTS, "only a table was hit"
        except UnreadableFile as error:
            assert "\n" not in str(error)
    missing = repacked(content, lambda name, kept: {} if name == "journal.jsonl" else {name: kept})
    assert "journal.jsonl is missing" in refused(missing)


def test_older_archives_are_still_read(tmp_path: Path) -> None:
    practice = open_practice(tmp_path / "a.journal", "anna", "Europe/Berlin", "2026-11-25T08:00")
    for name, content in (
        ("one.jsonl", write_archive(FACTS)),
        ("two.jsonl.gz", write_archive(FACTS, compress=True)),
        ("three.zip", pack(FACTS)),
    ):
        (tmp_path / name).write_bytes(content)
    reports = practice.bring_in(
        [tmp_path / name for name in ("one.jsonl", "two.jsonl.gz", "three.zip")]
    ).files

    assert [(one.facts_new, one.facts_known) for one in reports] == [(8, 0), (0, 8), (0, 8)]
    assert json.loads((tmp_path / "one.jsonl").read_bytes().splitlines()[0])["version"] == 1


def test_an_archive_of_somebody_else_comes_in_nowhere(tmp_path: Path) -> None:
    file = tmp_path / "ben.zip"
    file.write_bytes(pack(told(ANNA, runner="ben")))
    practice: Practice = open_practice(tmp_path / "a.journal", "anna", "Europe/Berlin", "2026-11-25T08:00")

    assert "stands under another name" in practice.bring_in([file]).files[0].problem
