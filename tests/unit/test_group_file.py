"""A group's file holds the table and what two dates say of each runner, and harms nobody who opens it."""

import csv
import io
import tracemalloc
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest

from cast import MONDAY
from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.formats.group_file import GroupFile, RunnerTaken, file_name, part_of
from triplane.history import ComparisonTaken, ConsentEnded, ConsentGiven, Deed, SharedAs

COACH = "r-coach"
DEEDS = (Deed.LOOK, Deed.NOTE, Deed.TIGHTEN, Deed.PLAN, Deed.HAND_ON)
LET_IN = ConsentGiven(to=COACH, called="Cara Coach", role=SharedAs.COACH, deeds=DEEDS)
HOSTILE = (
    *('=HYPERLINK("http://x")', "../../etc/passwd", "CON", "", "a/b\\c:d\0"),
    *("\u202egnp.exe", "@x", "\n=1"),
)


def taken(practice: Practice, label: str = "Anna", group: str = "Club") -> RunnerTaken:
    day = practice.now.date()
    found = coach.hand_on(practice.history(), COACH, day - timedelta(days=56), day, practice.now)
    assert found
    line = coach.line_of_day(practice.history(), practice.now)
    return RunnerTaken(label=label, group=group, line=line, compared=found.compared, page="<p>Anna</p>")


def rows(packed: ZipFile, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline="")))


def opened(*runners: RunnerTaken) -> ZipFile:
    return ZipFile(io.BytesIO(b"".join(written(runners))))


def written(runners: Iterable[RunnerTaken], left_out: str = "") -> Iterator[bytes]:
    """The file as it leaves, a runner at a time."""
    file = GroupFile(MONDAY)
    yield file.begin("What this is.")
    for one in runners:
        yield file.add(part_of(one))
    yield file.end(left_out)


def test_it_holds_the_table_and_of_each_runner_a_page_and_a_table(marathoner) -> None:
    practice = marathoner.practice
    practice.record(LET_IN)
    packed = opened(taken(practice), taken(practice, "Ben"))
    assert packed.testzip() is None
    assert packed.namelist() == [
        *("read-me.txt", "001-Anna.html", "001-Anna.csv", "002-Ben.html", "002-Ben.csv", "table.csv")
    ]
    line = coach.line_of_day(practice.history(), practice.now)
    first, second = rows(packed, "table.csv")
    assert (first["runner"], first["group"], first["file"]) == ("Anna", "Club", "001-Anna")
    assert (first["minutes_planned"], second["runner"]) == (str(line.planned_min), "Ben")
    found = taken(practice).compared
    assert (first["compared_from"], first["compared_to"]) == (str(found.before), str(found.after))
    assert {row["part"] for row in rows(packed, "001-Anna.csv")} >= {"done", "felt"}


def test_names_are_no_formulas_and_no_ways_out_of_a_folder(marathoner) -> None:
    practice = marathoner.practice
    practice.record(LET_IN)
    packed = opened(*(taken(practice, label, label) for label in HOSTILE))
    names = packed.namelist()
    assert len(set(names)) == len(names) == 2 + 2 * len(HOSTILE)
    for name in names[1:-1]:
        stem, _, ending = name.rpartition(".")
        assert stem[:3].isdecimal()
        assert ending in ("html", "csv")
        assert all(letter.isalnum() or letter in "-_" for letter in stem), name
    for row in rows(packed, "table.csv"):
        for cell in row.values():
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), cell


def test_a_name_is_never_longer_than_a_file_system_takes() -> None:
    name = file_name(200, "\U00020000" * 120) + ".html"
    assert len(name.encode()) <= 255
    assert file_name(7, "Zoé Lambert") == "007-Zoé-Lambert"


def test_nothing_leaves_of_whoever_does_not_share_any_more(marathoner) -> None:
    practice = marathoner.practice
    day = practice.now.date()
    before = day - timedelta(days=28)
    assert coach.hand_on(practice.history(), COACH, before, day, practice.now) is None
    practice.record(LET_IN.model_copy(update={"deeds": DEEDS[:-1]}))
    assert coach.hand_on(practice.history(), COACH, before, day, practice.now) is None, "it was not asked for"
    practice.record(LET_IN)
    found = coach.hand_on(practice.history(), COACH, before, day, practice.now)
    assert found
    assert found.body == ComparisonTaken(before=before, after=day)
    practice.record(ConsentEnded(to=COACH, called="Cara Coach"))
    assert coach.hand_on(practice.history(), COACH, before, day, practice.now) is None


def test_what_the_fact_says_is_what_left_where_the_runners_day_is_another(marathoner) -> None:
    practice = marathoner.practice
    practice.record(LET_IN)
    today = practice.now.date()
    ahead = coach.hand_on(practice.history(), COACH, today, today + timedelta(days=1), practice.now)
    assert ahead
    assert (ahead.body.before, ahead.body.after) == (today - timedelta(days=1), today)
    assert (ahead.compared.before, ahead.compared.after) == (ahead.body.before, ahead.body.after)


def test_a_coach_takes_no_record_away_and_says_nothing_in_the_runners_place(marathoner) -> None:
    practice = marathoner.practice
    practice.record(LET_IN)
    assert coach.may(practice.history(), COACH, coach.Deed.HAND_ON)
    assert not coach.may(practice.history(), COACH, coach.Deed.TAKE_AWAY)
    told = ComparisonTaken(before=date(2026, 10, 1), after=date(2026, 11, 1))
    with pytest.raises(UserError, match="does not share"):
        coach.act(practice.history(), "r-other", told)
    [fact] = practice.record(told, author=coach.author_of(COACH))
    assert coach.fact_in_words(fact) == (
        "Taken along in a file: a line about you, and the comparison of 1 October 2026 with 1 November 2026."
    )
    assert coach.fact_told(practice.history(), fact.id, practice.now).stays


def test_two_hundred_runners_are_written_one_after_the_other(marathoner, tmp_path: Path) -> None:
    marathoner.practice.record(LET_IN)
    one, page_bytes, many = taken(marathoner.practice), 300_000, 200

    def come() -> Iterator[RunnerTaken]:
        for number in range(many):
            yield one.model_copy(
                update={"label": f"Runner {number}", "page": f"{number:06}" * (page_bytes // 6)}
            )

    list(written([one]))
    sent = tmp_path / "group.zip"
    tracemalloc.start()
    with sent.open("wb") as out:
        for part in written(come()):
            out.write(part)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert len(ZipFile(sent).namelist()) == 2 * many + 2
    assert peak < 10 * page_bytes, "it is as much for two hundred as for a few"


def test_each_runner_leaves_before_the_next_is_made(marathoner) -> None:
    """What came is all of who came so far, even where the rest never comes: no page is held back."""
    marathoner.practice.record(LET_IN)
    one = taken(marathoner.practice)
    parts = written([one, one.model_copy(update={"label": "Ben"})])
    first = next(parts), next(parts)
    assert b"read-me.txt" in first[0]
    assert b"001-Anna.html" in first[1]
    assert b"002-Ben" not in b"".join(first)
    whole = ZipFile(io.BytesIO(b"".join((*first, *parts))))
    assert whole.testzip() is None
    assert whole.read("001-Anna.html") == b"<p>Anna</p>"


def test_who_could_not_be_put_in_is_named_at_its_end(marathoner) -> None:
    marathoner.practice.record(LET_IN)
    packed = ZipFile(io.BytesIO(b"".join(written([taken(marathoner.practice)], "Ben is not in it."))))
    assert packed.namelist()[-2:] == ["left-out.txt", "table.csv"]
    assert packed.read("left-out.txt") == b"Ben is not in it."
