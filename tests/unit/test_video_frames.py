"""Videos as cameras write them, and as none should be: upright pictures at their times, or a sentence."""

import os
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("av", reason="the packages of the extra `video` are not here")

import videos
from triplane.errors import UnreadableFile
from triplane.formats.video import frames as reading
from triplane.formats.video.frames import open_video


def seen(file: Path) -> list[reading.Frame]:
    with open_video(file) as video:
        return list(video)


def said(file: Path) -> str:
    with pytest.raises(UnreadableFile) as refused:
        seen(file)
    text = str(refused.value)
    assert text.startswith(f"{file.name}: ") and "\n" not in text and len(text) < 160
    return text


def red_corner(frame: reading.Frame) -> str:
    """Return in which corner the red quarter is."""
    picture = np.asarray(frame.picture).astype(int)
    height, width = picture.shape[:2]
    red = picture[:, :, 0] - picture[:, :, 1]
    corners = {
        "left top": red[: height // 2, : width // 2],
        "right top": red[: height // 2, width // 2 :],
        "left bottom": red[height // 2 :, : width // 2],
        "right bottom": red[height // 2 :, width // 2 :],
    }
    return max(corners, key=lambda name: float(corners[name].mean()))


@pytest.mark.parametrize(
    ("matrix", "corner", "size"),
    [
        ((1, 0, 0, 1), "left top", (64, 48)),
        ((0, 1, -1, 0), "right top", (48, 64)),
        ((-1, 0, 0, -1), "right bottom", (64, 48)),
        ((0, -1, 1, 0), "left bottom", (48, 64)),
    ],
)
def test_a_phone_held_any_way_gives_upright_pictures(tmp_path, matrix, corner, size) -> None:
    file = videos.turned(videos.write(tmp_path / "held.mp4", videos.still(3)), matrix)

    first = seen(file)[0]

    assert red_corner(first) == corner
    assert first.picture.size == size


def test_frames_keep_the_times_at_which_they_were_taken(tmp_path) -> None:
    times = [0.0, 0.04, 0.09, 0.2, 0.21, 0.5]
    pictures = ((at, picture) for at, (_, picture) in zip(times, videos.still(6), strict=True))

    found = seen(videos.write(tmp_path / "uneven.mkv", pictures))

    assert [frame.at_s for frame in found] == pytest.approx([0.0, 0.04, 0.09, 0.2, 0.5], abs=0.002)


def test_slow_motion_is_looked_at_sixty_times_a_second_and_keeps_its_times(tmp_path) -> None:
    found = seen(videos.write(tmp_path / "slow.mp4", videos.still(48, rate=240), rate=240))

    assert 11 <= len(found) <= 13
    assert found[-1].at_s == pytest.approx(0.19, abs=0.02)


@pytest.mark.parametrize("ending", [".mjpeg", ".y4m"])
def test_files_that_name_no_times_are_counted_by_their_rate(tmp_path, ending) -> None:
    found = seen(videos.write(tmp_path / f"plain{ending}", videos.still(6)))

    assert np.diff([frame.at_s for frame in found]) == pytest.approx(1 / 30, abs=0.01)


@pytest.mark.parametrize(
    ("ending", "coder", "format"),
    [
        (".mkv", "ffv1", "yuv444p10le"),
        (".mkv", "ffv1", "gray"),
        (".mov", "png", "rgba"),
        (".avi", "mpeg4", "yuv420p"),
        (".webm", "libvpx-vp9", "yuv420p"),
        (".gif", "gif", "rgb8"),
    ],
)
def test_odd_files_and_colours_become_pictures(tmp_path, ending, coder, format) -> None:
    file = videos.write(tmp_path / f"odd{ending}", videos.still(4), coder, format)

    found = seen(file)

    assert len(found) == 4 and found[0].picture.mode == "RGB"
    assert format == "gray" or red_corner(found[0]) == "left top"


def test_large_pictures_are_made_smaller_and_huge_ones_refused(tmp_path) -> None:
    large = videos.write(tmp_path / "large.mp4", videos.still(1, (1920, 1080)))
    assert seen(large)[0].picture.size == (1280, 720)

    huge = videos.write(tmp_path / "huge.mkv", videos.still(1, (4200, 2400)), "mjpeg", "yuvj420p")
    assert "4200 by 2400 points" in said(huge)


def test_sound_alone_is_no_video(tmp_path) -> None:
    assert "no moving pictures" in said(videos.sound(tmp_path / "voice.m4a"))


def test_a_list_of_other_files_is_never_followed(tmp_path) -> None:
    real = videos.write(tmp_path / "real.ts", videos.still(4))
    assert len(seen(real)) == 4
    lists = {
        "list.m3u8": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n{real.name}\n#EXT-X-ENDLIST\n",
        "list.ffconcat": f"ffconcat version 1.0\nfile {real.name}\n",
        "list.mpd": f"<?xml version='1.0'?><MPD><BaseURL>{real.name}</BaseURL></MPD>",
    }
    for name, text in lists.items():
        (tmp_path / name).write_text(text, encoding="ascii")
        assert "no video that we can read" in said(tmp_path / name)


def test_what_is_no_file_is_said(tmp_path) -> None:
    assert "no such file" in said(tmp_path / "gone.mp4")
    assert "no such file" in said(tmp_path)
    os.mkfifo(tmp_path / "endless.mp4")
    assert "no such file" in said(tmp_path / "endless.mp4")
    (tmp_path / "empty.mp4").touch()
    assert "no video that we can read" in said(tmp_path / "empty.mp4")


def test_a_video_without_end_is_watched_for_a_while(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(reading, "LONGEST_S", 0.6)
    file = videos.write(tmp_path / "long.mp4", videos.still(60))

    with open_video(file) as video:
        found = list(video)

    assert found[-1].at_s <= 0.6 and len(found) == 19
    assert any("were looked at" in note for note in video.notes)


def test_a_file_that_breaks_off_gives_what_is_there_and_says_so(tmp_path) -> None:
    file = videos.write(tmp_path / "broken.mkv", videos.still(90), "mjpeg", "yuvj420p")
    with open_video(videos.cut_short(file, 0.6)) as video:
        found = list(video)

    assert 30 < len(found) < 80
    assert any("breaks off" in note for note in video.notes)


@pytest.mark.parametrize("ending", [".mp4", ".mkv", ".avi", ".ts", ".webm", ".mjpeg", ".y4m"])
def test_damaged_files_give_pictures_or_a_sentence(tmp_path, ending) -> None:
    coder = {".webm": "libvpx-vp9", ".avi": "mpeg4"}.get(ending, "")
    whole = videos.write(tmp_path / f"whole{ending}", videos.still(8), coder).read_bytes()
    chance = np.random.default_rng(4)
    file = tmp_path / f"damaged{ending}"
    for turn in range(12):
        data = bytearray(whole[: chance.integers(1, len(whole) + 1)])
        for at in chance.integers(0, len(data), size=turn * 4):
            data[at] = chance.integers(0, 256)
        file.write_bytes(bytes(data))
        try:
            assert seen(file)
        except UnreadableFile as refused:
            assert str(refused).startswith(f"damaged{ending}: ") and "\n" not in str(refused)


def test_noise_is_no_video(tmp_path) -> None:
    chance = np.random.default_rng(5)
    for start in (
        b"",
        b"\0\0\0\x20ftypisom",
        b"\x1aE\xdf\xa3",
        b"RIFF\0\0\0\0AVI ",
        b"\xff\xd8\xff",
        b"#EXTM3U\n",
    ):
        file = tmp_path / "noise.mp4"
        file.write_bytes(start + chance.bytes(4000))
        try:
            seen(file)
        except UnreadableFile as refused:
            assert "\n" not in str(refused)
