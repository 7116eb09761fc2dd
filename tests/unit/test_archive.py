"""The journal goes out as open text and comes back without loss, or not at all."""

import contextlib
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cast import ANNA, MONDAY, easy_run, told
from triplane.errors import UnreadableFile
from triplane.formats.archive import is_archive, read_archive, write_archive
from triplane.history import NoteWritten

FACTS = told(ANNA, easy_run(MONDAY), NoteWritten(text="line\nbreak \u2028 and \U0001f3c3"))


@pytest.mark.parametrize("compress", [False, True])
def test_a_round_trip_loses_nothing(compress: bool) -> None:
    content = write_archive(FACTS, compress=compress)

    assert is_archive(content)
    assert read_archive(content, "a.jsonl") == FACTS
    assert content == write_archive(read_archive(content, "a.jsonl"), compress=compress)


def test_a_cut_off_archive_is_refused_whole() -> None:
    lines = write_archive(FACTS).splitlines(keepends=True)

    with pytest.raises(UnreadableFile, match="cut off"):
        read_archive(b"".join(lines[:-1]), "a.jsonl")


def test_an_impossible_value_names_its_line() -> None:
    content = write_archive(FACTS).replace(b'"duration_s":2400.0', b'"duration_s":-5')

    with pytest.raises(UnreadableFile, match="line 3"):
        read_archive(content, "a.jsonl")


@given(st.binary(max_size=300))
def test_anything_else_is_one_clear_sentence(content: bytes) -> None:
    with pytest.raises(UnreadableFile):
        read_archive(content, "a.jsonl")


@given(st.integers(0, 2000), st.integers(0, 255), st.booleans())
def test_a_flipped_byte_never_escapes_as_a_traceback(where: int, value: int, compress: bool) -> None:
    content = bytearray(write_archive(FACTS, compress=compress))
    content[where % len(content)] = value
    with contextlib.suppress(UnreadableFile):
        read_archive(bytes(content), "a.jsonl")


def test_an_archive_is_the_record_of_one_runner() -> None:
    mended = told(NoteWritten(text="mended"), at=MONDAY + timedelta(hours=1))[0]
    [about, _, note] = FACTS
    refused = {
        "several runners": [*FACTS, *told(ANNA, runner="ben")],
        "a fact twice": [about, note, about],
        "line 3 corrects a fact that is not in it": [
            about, mended.model_copy(update={"supersedes": note.id})
        ],
    }  # fmt: skip

    for said, facts in refused.items():
        with pytest.raises(UnreadableFile, match=said):
            read_archive(write_archive(facts), "a.jsonl")
    whole = (*FACTS, mended.model_copy(update={"supersedes": note.id}))
    assert read_archive(write_archive(whole), "a.jsonl") == whole


def test_a_fact_recorded_after_today_is_refused_with_its_line() -> None:
    content = write_archive(FACTS)

    assert read_archive(content, "a.jsonl", MONDAY) == FACTS
    with pytest.raises(UnreadableFile, match="line 2 was recorded after today"):
        read_archive(content, "a.jsonl", MONDAY - timedelta(days=2))


@pytest.mark.parametrize(
    ("true", "forged"),
    [
        (b'"zone":"Europe/Berlin"', b'"zone":"Mars/Base"'),
        (b'"version":1,"zone"', b'"version":7,"zone"'),
        (b'"reason":""', b'"reason":"\\ud800"'),
        (b'"version":1,"zone"', b'"version":' + b"1" * 5000 + b',"zone"'),
        (b'"kind":"about_runner"', b'"kind":["about_runner"]'),
    ],
)
def test_what_would_lock_the_journal_is_refused_in_one_sentence(true: bytes, forged: bytes) -> None:
    content = write_archive(FACTS)
    assert true in content

    with pytest.raises(UnreadableFile, match="line 2") as refused:
        read_archive(content.replace(true, forged, 1), "a.jsonl")
    assert "\n" not in str(refused.value)


def test_a_nul_in_words_is_refused_and_the_letters_for_it_are_not() -> None:
    content = write_archive(told(NoteWritten(text="a\0b")))
    with pytest.raises(UnreadableFile, match="line 2 holds a character that is none"):
        read_archive(content, "a.jsonl")

    spelt = told(NoteWritten(text="backslash \\u0000"))
    assert read_archive(write_archive(spelt), "a.jsonl") == spelt
