"""Whatever is done to a recording: angles, *not measured*, or one sentence. Nothing else ever escapes."""

import random
import sys
import warnings
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("ezc3d", reason="the laboratory's packages are not here (make test brings them)")

from moving_people import as_axis_points, as_markers, stepping, told, write_c3d
from night import IS_WIDE, every
from triplane.bootstrap.laboratory import Wishes, measure_all
from triplane.errors import UnreadableFile
from triplane.formats.motion import read_motion
from triplane.movement import analyse
from unit.test_recordings import BVH, HIPS, landmarks, mot, trc

WHOLE = {
    "a.trc": trc(as_markers(told(stepping(12)))),
    "a.mot": mot(HIPS + "".join(f"{i / 10}\t1\t{i}\t3\t4\n" for i in range(5))),
    "a.bvh": BVH,
    "a.txt": "Time\tR.ASISX\tR.ASISY\tR.ASISZ\n" + "".join(f"{i / 100}\t1\t2\t3\n" for i in range(5)),
    "a.jsonl": landmarks(4),
}
changes = st.lists(
    st.tuples(
        st.floats(0, 1),
        st.sampled_from(["set", "cut", "insert", "delete", "repeat"]),
        st.sampled_from(
            ["nan", "inf", "-1e308", "\t", "\n", "0", "9" * 400, "}", "{", "\x00", "Zrotation", '"']
        ),
    ),
    min_size=1,
    max_size=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(WHOLE)), changes)
def test_a_recording_in_text_that_was_damaged_is_measured_or_refused_in_a_sentence(tmp_path, name, how):
    text = WHOLE[name]
    for where, what, content in how:
        place = int(where * len(text))
        if what == "set":
            text = text[:place] + content + text[place + len(content) :]
        elif what == "insert":
            text = text[:place] + content + text[place:]
        elif what == "cut":
            text = text[:place]
        elif what == "delete":
            text = text[:place] + text[place + 40 :]
        else:
            text = text[:place] + text[place : place + 200] * 3 + text[place:]
    (tmp_path / name).write_text(text, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = analyse(read_motion(tmp_path / name))
        except UnreadableFile as error:
            assert str(error).startswith(f"{name}: ")
            assert "\n" not in str(error)
            return

    assert found.angles is not None or found.missing


def damaged(content: bytes, seed: int) -> bytes:
    """Return a C3D file with some of its bytes changed, mostly where its sizes and counts stand."""
    dice, made = random.Random(seed), bytearray(content)
    where = dice.choice([(2, 30), (512, 3000), (512, len(made)), (2, len(made))])
    for _ in range(dice.randrange(1, 20)):
        made[dice.randrange(*where)] = dice.choice([0, 1, 127, 128, 255, dice.randrange(256)])
    return bytes(made[: dice.randrange(2, len(made))] if dice.random() < 0.25 else made)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a process takes long to begin")
@pytest.mark.parametrize("seed", every(6, range(6)))
def test_a_folder_of_damaged_c3d_files_is_gone_through_to_its_end(tmp_path: Path, seed: int) -> None:
    whole = write_c3d(tmp_path / "whole.c3d", as_axis_points(told(stepping(40)))).read_bytes()
    files = [tmp_path / "whole.c3d"]
    for number in range(60 if IS_WIDE else 12):
        files.append(tmp_path / f"damaged{number}.c3d")
        files[-1].write_bytes(damaged(whole, 1000 * seed + number))
    done = measure_all(files, Wishes(), jobs=2)

    assert [one.file for one in done] == files
    assert done[0].method is not None
    assert all(one.problem or one.method or one.missing for one in done)
    assert all("\n" not in one.problem for one in done)


@pytest.mark.parametrize("seed", [305, 308, 578])
def test_a_file_that_once_ended_its_reader_is_refused_before_it_is_read(tmp_path: Path, seed: int) -> None:
    whole = write_c3d(tmp_path / "whole.c3d", as_axis_points(told(stepping(40)))).read_bytes()
    (tmp_path / "damaged.c3d").write_bytes(damaged(whole, seed))

    with pytest.raises(UnreadableFile, match="the C3D file's parameters are damaged"):
        read_motion(tmp_path / "damaged.c3d")
