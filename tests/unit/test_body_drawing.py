"""The drawn figure: whole, readable, told apart by more than colour, and the same every time."""

import re
from xml.etree import ElementTree

import pytest

from drill_poses import DRILLS, poses_of
from night import every
from triplane.body import Side, View, draw_drill, draw_pose

SVG = "{http://www.w3.org/2000/svg}"
TITLED = "half kneeling <stretch> & reach"


def read(svg: str) -> ElementTree.Element:
    return ElementTree.fromstring(svg)


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_every_drill_can_be_drawn_and_says_what_it_shows(drill: str) -> None:
    root = read(draw_drill(poses_of(drill), Side.LEFT, (View.SIDE, View.THREE_QUARTER)))

    assert root.get("role") == "img"
    assert root.findtext(f"{SVG}title")
    described = root.findtext(f"{SVG}desc") or ""
    assert "left side works" in described
    assert "nan" not in ElementTree.tostring(root, encoding="unicode")
    words = [" ".join(span.text or "" for span in text) for text in root.iter(f"{SVG}text")]
    assert all(pose.key.replace("_", " ") in words for pose in poses_of(drill))


@pytest.mark.parametrize("drill", every(2, DRILLS))
def test_the_words_of_a_sheet_are_legible_on_a_phone(drill: str) -> None:
    root = read(draw_drill(poses_of(drill), Side.LEFT))
    shown = 300 / float((root.get("viewBox") or "").split()[2])

    assert all(float(text.get("font-size", 0)) * shown >= 11 for text in root.iter(f"{SVG}text"))


def test_a_figure_lies_within_its_picture() -> None:
    root = read(draw_pose(poses_of("lm_anterior_overhead")[1]))
    width, height = (float(v) for v in (root.get("viewBox") or "").split()[2:])

    assert 100 < width < 600
    assert 200 < height < 600


def test_left_is_round_and_blue_and_right_is_square_and_orange() -> None:
    pose = poses_of("mob_quad_band")[0]
    left, right = draw_pose(pose, working=Side.LEFT), draw_pose(pose, working=Side.RIGHT)

    assert 'class="tp-work-left" fill="#2f6fe0"' in left
    assert 'fill="#d95f14"' not in left
    assert 'class="tp-work-right" fill="#d95f14"' in right
    assert 'fill="#2f6fe0"' not in right
    marks = [e.tag.removeprefix(SVG) for e in read(left).iter() if "tp-mark" in (e.get("class") or "")]
    assert "circle" in marks and "rect" not in marks


def test_no_side_is_coloured_when_none_works() -> None:
    assert 'fill="#d95f14"' not in draw_pose(poses_of("lm_anterior")[0], working=None)


@pytest.mark.parametrize("view", list(View))
def test_the_same_pose_gives_the_same_picture(view: View) -> None:
    pose = poses_of("str_sb_dead_bug")[0]

    assert draw_pose(pose, view) == draw_pose(pose, view)


def test_the_views_differ() -> None:
    pose = poses_of("lm_lateral")[1]

    assert len({draw_pose(pose, view) for view in View}) == 3


def test_words_are_safe_in_a_title() -> None:
    assert read(draw_pose(poses_of("lm_anterior")[0], title=TITLED)).findtext(f"{SVG}title") == TITLED


@pytest.mark.parametrize(
    ("drill", "thing"),
    [
        ("str_step_down", "tp-prop"),
        ("str_fire_hydrant_wall", "tp-wall"),
        ("mob_quad_band", "tp-strap"),
        ("str_band_march", "tp-band"),
        ("rel_hamstring_roller", "tp-prop"),
        ("str_copenhagen", "tp-prop"),
        ("str_sb_dead_bug", "tp-prop"),
        ("rel_quad_ball", "tp-strap"),
    ],
)
def test_what_a_drill_needs_is_in_the_picture(drill: str, thing: str) -> None:
    assert f'class="{thing}' in draw_drill(poses_of(drill)[:1])
    assert f'class="{thing}' not in draw_drill(poses_of("lm_anterior")[:1])


@pytest.mark.parametrize(
    ("drill", "tall"), [("mob_quad_band", False), ("own_hamstring_halfkneel_band", True)]
)
def test_a_band_is_anchored_as_low_or_high_as_it_says(drill: str, tall: bool) -> None:
    body = draw_pose(poses_of(drill)[0]).split("</style>")[1]
    post = next(line for line in body.split("<path") if 'class="tp-prop' in line)
    heights = [float(y) for y in re.findall(r"[ML][\d.-]+ ([\d.-]+)", post)]

    assert (max(heights) - min(heights) > 150) is tall


def test_a_figure_stands_on_a_line_and_lies_on_a_patch_from_above() -> None:
    pose = poses_of("lm_anterior")[0]

    assert "tp-floor" in draw_pose(pose, View.SIDE).split("</style>")[1]
    assert "tp-patch" in draw_pose(pose, View.THREE_QUARTER).split("</style>")[1]


def test_colours_follow_the_page_and_its_light_or_dark() -> None:
    style = draw_pose(poses_of("lm_anterior")[0]).split("<style>")[1].split("</style>")[0]

    assert "var(--right-mark,#d95f14)" in style
    assert "@media (prefers-color-scheme:dark)" in style
    assert "var(--right-mark,#ff9650)" in style
