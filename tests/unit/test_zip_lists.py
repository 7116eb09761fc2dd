"""How many files a packed file lists is known before its list is read, and is not believed but counted."""

import io
import struct
import zipfile
from pathlib import Path

import pytest

from triplane.errors import UnreadableFile
from triplane.formats import read_runs
from triplane.formats.activities import packed as runs
from triplane.formats.archive import is_packed, unpack
from triplane.formats.zip_table import lists_more


def listed(names: int, *, says: int | None = None, comment: bytes = b"") -> bytes:
    """Return a packed file that lists so many files, whatever it says."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(names):
            file.writestr(f"{number}.fit", b"")
        file.comment = comment
    content = out.getvalue()
    if says is None:
        return content
    at = content.rindex(b"PK\x05\x06")
    return content[: at + 8] + struct.pack("<HH", says, says) + content[at + 12 :]


def of_large_files(content: bytes) -> bytes:
    """Return the same with the record of large files before its end, which alone says where the list lies."""
    at = content.rindex(b"PK\x05\x06")
    size, begins = struct.unpack_from("<LL", content, at + 12)
    record = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, size, begins)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, at, 1)
    end = content[at : at + 8] + b"\xff" * 12 + b"\0\0"
    return content[:at] + record + locator + end


@pytest.mark.parametrize("says", [None, 0, 1, 9])
@pytest.mark.parametrize("comment", [b"", b"hello"])
def test_lines_are_counted_whatever_the_end_says(says: int | None, comment: bytes) -> None:
    file = io.BytesIO(listed(9, says=says, comment=comment))

    assert lists_more(file, 8)
    assert not lists_more(file, 9)


def test_the_record_of_large_files_is_counted_as_it_is_read(tmp_path: Path) -> None:
    file = tmp_path / "large.zip"
    file.write_bytes(of_large_files(listed(9)))

    assert len(zipfile.ZipFile(file).infolist()) == 9, "which is how the library reads it"
    assert lists_more(file, 8)
    assert not lists_more(file, 9)


def test_a_list_of_few_files_may_not_be_long_either() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        member = zipfile.ZipInfo("a.fit")
        member.comment = b"x" * 60_000
        file.writestr(member, b"")
    assert lists_more(out, 100)
    assert not lists_more(out, 200)


def test_what_lists_too_much_is_refused_before_the_library_reads_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runs, "MOST_MEMBERS", 8)
    file = tmp_path / "many.zip"
    file.write_bytes(listed(300))
    monkeypatch.setattr(zipfile, "ZipFile", None)

    assert not is_packed(file)
    with pytest.raises(UnreadableFile, match="more than 200 files in it"):
        unpack(file, "many.zip")
    for content in (file, file.read_bytes()):
        with pytest.raises(UnreadableFile, match="more than 8 files in one archive"):
            read_runs(content, "many.zip")


def test_archives_within_an_archive_share_its_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runs, "MOST_MEMBERS", 8)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for number in range(3):
            file.writestr(f"{number}.zip", listed(6))

    found = dict(runs.unpack(out.getvalue(), "all.zip"))

    assert found == {f"all.zip/{number}.zip": "more than 5 files in one archive" for number in range(3)}


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x05\x06", b"PK\x05\x06" + b"\xff" * 18, b"x" * 100])
def test_what_is_no_packed_file_lists_nothing(content: bytes) -> None:
    assert not lists_more(io.BytesIO(content), 1)
