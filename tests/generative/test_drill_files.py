"""However a drill file is broken, what comes back is a list of problems, never a crash."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplane.catalogue import drills_folder, lint, load
from triplane.errors import Problem

TEXT = drills_folder().joinpath("int_airplane.toml").read_text(encoding="utf-8")
LINES = TEXT.splitlines()
VALUES = [line.partition("=")[0] for line in LINES if "=" in line]

junk = st.one_of(
    st.text(max_size=30),
    st.sampled_from(
        [
            "nan",
            "inf",
            "-1",
            "1e400",
            "[]",
            "{}",
            "[[]]",
            '""',
            "true",
            "1979-05-27",
            "0x10",
            "[1, 2, 3]",
            '["',
            "[" * 40,
        ]
    ),
)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("drills")


def problems_of(place: Path, content: bytes) -> list[Problem]:
    (place / "int_airplane.toml").write_bytes(content)
    return [each for each in lint(["triplane_calc", "coach_default"], place) if each.file != "catalogue"]


@given(st.data())
def test_a_file_with_one_line_changed_is_read_or_its_problems_are_told(
    place: Path, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(LINES) - 1))
    name = data.draw(st.sampled_from(VALUES))
    changed = [*LINES[:at], f"{name}= {data.draw(junk)}", *LINES[at + 1 :]]
    for problem in problems_of(place, "\n".join(changed).encode("utf-8", "surrogatepass")):
        assert str(problem).startswith("int_airplane.toml: ")


@given(st.binary(max_size=200), st.integers(0, len(TEXT)))
def test_a_file_cut_short_and_followed_by_noise_is_told(place: Path, noise: bytes, kept: int) -> None:
    for problem in problems_of(place, TEXT.encode()[:kept] + noise):
        assert "\n" not in problem.file
        assert problem.problem


def test_an_endless_nest_of_brackets_is_told(place: Path) -> None:
    found = problems_of(place, b"name = " + b"[" * 100_000)
    assert [each.problem.partition(":")[0] for each in found] == ["is not TOML"]


def test_a_number_too_long_to_read_is_told(place: Path) -> None:
    found = problems_of(place, b"stage = " + b"9" * 100_000)
    assert [each.problem.partition(":")[0] for each in found] == ["is not TOML"]


def test_the_untouched_file_has_only_the_links_out_of_this_folder(place: Path) -> None:
    found = problems_of(place, TEXT.encode())
    assert {each.problem for each in found} == {"is not a drill"}
    assert "int_airplane" in load()
