"""Draw a pose or the key poses of a drill as SVG: plain text, the same for the same pose.

Colours come from CSS variables where the page has them, and stand alone where it has none; light and dark.
The working side is told by colour and by shape: left is blue and round, right is orange and square.
"""

import hashlib
from collections.abc import Sequence
from textwrap import wrap
from xml.sax.saxutils import escape

from triplane.body.directions import Side
from triplane.body.drawing.scenery import floor_line, floor_patch, scenery
from triplane.body.drawing.shape import Shape, number, skin
from triplane.body.drawing.silhouette import Body, mark_element, pressed_hands
from triplane.body.drawing.view import Camera, View
from triplane.body.figure import mirrored, place, worked_by
from triplane.body.keys import Keys, stood_up
from triplane.body.pose import Pose

MARGIN = 16.0

WORDS = 13.0
"""Height of a caption's letters at least."""

WORDS_PER_WIDTH = 0.037
"""Letters grow with the sheet and stay 11 px high where a phone shows it 300 px wide or 340 high."""

BADGE, BADGE_FITS = 1.9, 26.0
"""Height of the side's mark in letters; and the letters above which it would lie on the figure beside it."""

LETTER = 0.58
"""Width of a letter of its height, amply."""

LINE = 1.2
"""Height of a line of captions in letters."""

LIES_ACROSS_DEG = 60.0

_COLOURS = {
    # name: (CSS variable, light, dark)
    "body": ("--figure-body", "#c9bcab", "#b3a89a"),
    "body far": ("--figure-body-far", "#b3a595", "#978c7f"),
    "tee": ("--figure-tee", "#e9e5dd", "#dcdad4"),
    "tee far": ("--figure-tee-far", "#d6d1c6", "#c4c1b9"),
    "cloth": ("--figure-cloth", "#343b46", "#535e6d"),
    "cloth far": ("--figure-cloth-far", "#2a3039", "#444e5b"),
    "shoe": ("--figure-cloth", "#343b46", "#535e6d"),
    "shoe far": ("--figure-cloth-far", "#2a3039", "#444e5b"),
    "cap": ("--figure-cloth", "#343b46", "#535e6d"),
    "work left": ("--left-mark", "#2f6fe0", "#6ea3ff"),
    "work left far": ("--left-mark", "#2f6fe0", "#6ea3ff"),
    "work right": ("--right-mark", "#d95f14", "#ff9650"),
    "work right far": ("--right-mark", "#d95f14", "#ff9650"),
    "patch": ("--sunken", "#ebe8e1", "#0e1013"),
    "mark": ("--figure-gap", "#ffffff", "#1d2127"),
    "prop": ("--figure-prop", "#9aa39c", "#7d8a83"),
    "prop top": ("--figure-prop-top", "#b3bbb5", "#93a099"),
    "strap": ("--figure-strap", "#4d5a55", "#a9b5af"),
    "wall": ("--figure-wall", "#dfe1dc", "#2a3038"),
}


def draw_pose(
    pose: Pose,
    view: View = View.SIDE,
    working: Side | None = Side.RIGHT,
    title: str | None = None,
) -> str:
    """Draw one pose.

    Parameters
    ----------
    pose : a pose with the right side working, as in the data files
    view : where it is looked at from
    working : the side to show as working; the left is the mirror image; None colours no side
    title : read out instead of the pose's key

    Returns
    -------
    str
        A whole SVG document with title and description.
    """
    return draw_drill([pose], working, (view,), title)


def draw_small(pose: Pose, working: Side, title: str, *, square: bool = True) -> str:
    """Draw one pose from the side, without words or mark: within a square, or no larger than it is."""
    shown = mirrored(pose) if working is Side.LEFT else pose
    cell = _row(stood_up([shown]), View.SIDE, working)[0]
    width, height = cell.width, cell.height
    if square:
        width = height = max(width, height)
    left = cell.left - (width - cell.width) / 2
    top = cell.top - (height - cell.height) / 2
    placed = f'<g transform="translate({number(-left)} {number(-top)})">{cell.content}</g>'
    return _document(width, height, title, _described([shown], [View.SIDE], working), placed)


def draw_drill(
    poses: Sequence[Pose],
    working: Side | None = Side.RIGHT,
    views: Sequence[View] = (View.SIDE, View.FRONT),
    title: str | None = None,
    stands_on: Side | None = None,
    captions: Sequence[str] = (),
) -> str:
    """Draw key poses side by side, one row for each view.

    Parameters
    ----------
    poses : the key poses, right side working
    working : the side to show as working; None colours no side
    views : one row each
    title : read out and shown to screen readers; otherwise the keys
    stands_on : the foot that stays where the other steps, with the right side working
    captions : what stands under each pose, in whatever language; otherwise the keys
    """
    poses, stands_on = worked_by(working, poses, stands_on)
    captions = captions or caption_words(poses)
    keys = stood_up(poses, stands_on)
    rows = [_row(keys, view, working) for view in views]
    column = max(row[0].width for row in rows)
    width = column * len(poses)
    size = _letters(max(width, sum(row[0].height for row in rows)), column, captions)
    parts, top = [], BADGE * size if working and size > BADGE_FITS else 0.0
    for row in rows:
        for k, cell in enumerate(row):
            x = number(k * column + (column - cell.width) / 2 - cell.left)
            parts.append(f'<g transform="translate({x} {number(top - cell.top)})">{cell.content}</g>')
        top += row[0].height
    lines, below = _captions(captions, column, top, size)
    words = title or ", ".join(captions)
    said = _described(poses, views, working)
    return _document(width, top + below, words, said, "".join(parts) + lines + _badge(working, size))


def caption_words(poses: Sequence[Pose]) -> tuple[str, ...]:
    """Return what stands under each pose, in English."""
    return tuple(_spoken(pose.key) for pose in poses)


def _letters(width: float, column: float, captions: Sequence[str]) -> float:
    """How high letters are where a drawing fills a width: legible on a phone, no wider than a column."""
    longest = max(len(word) for caption in captions for word in caption.split())
    return max(WORDS, min(width * WORDS_PER_WIDTH, column / (LETTER * longest)))


def _captions(captions: Sequence[str], column: float, top: float, size: float) -> tuple[str, float]:
    """Each caption once below its column, in lines that fit; and the height they take."""
    room = max(1, int(column / (LETTER * size)))
    found = [wrap(caption, room, break_long_words=False) for caption in captions]
    parts = []
    for k, lines in enumerate(found):
        x = number((k + 0.5) * column)
        spans = "".join(
            f'<tspan x="{x}" y="{number(top + (n + 0.8) * LINE * size)}">{escape(line)}</tspan>'
            for n, line in enumerate(lines)
        )
        parts.append(
            f'<text class="tp-words" text-anchor="middle" font-size="{number(size)}" '
            f'fill="#545b65">{spans}</text>'
        )
    return "".join(parts), (max(map(len, found)) + 0.4) * LINE * size


class _Cell:
    """One figure with the box it needs."""

    def __init__(self, content: str, box: tuple[float, float, float, float]) -> None:
        self.content = content
        self.left, self.top, right, bottom = box
        self.width, self.height = right - self.left, bottom - self.top


def _row(keys: Keys, view: View, working: Side | None) -> list[_Cell]:
    """The keys from one view, all in boxes of one size and on one floor."""
    across = any(abs(pose.pelvis_deg[1]) > LIES_ACROSS_DEG for pose in keys.poses)
    camera = Camera.at(view, working is not Side.LEFT, across)
    placed = place(keys.frames)
    ground = min(0.0, float(keys.ground.min()))
    bodies = [
        Body(placed, k, camera, working, ground, pressed_hands(pose)) for k, pose in enumerate(keys.poses)
    ]
    shapes = [
        sorted(
            [*body.shapes(), *scenery(body, pose, ground), *floor_patch(body, ground)],
            key=lambda shape: shape.depth,
        )
        for body, pose in zip(bodies, keys.poses, strict=True)
    ]
    boxes = [_box(found) for found in shapes]
    top = min(box[1] for box in boxes) - MARGIN
    bottom = max(box[3] for box in boxes) + MARGIN
    width = max(box[2] - box[0] for box in boxes) + 2 * MARGIN
    cells = []
    for body, found, box in zip(bodies, shapes, boxes, strict=True):
        middle = (box[0] + box[2]) / 2
        left, right = middle - width / 2, middle + width / 2
        drawn = floor_line(body, left + 6, right - 6, ground) + "".join(ink(shape) for shape in found)
        cells.append(_Cell(drawn, (left, top, right, bottom)))
    return cells


def _box(shapes: Sequence[Shape]) -> tuple[float, float, float, float]:
    bounds = [shape.bounds() for shape in shapes]
    return (
        min(b[0] for b in bounds),
        min(b[1] for b in bounds),
        max(b[2] for b in bounds),
        max(b[3] for b in bounds),
    )


def ink(shape: Shape) -> str:
    """One shape as an element, painted by attribute and, where CSS is understood, by class."""
    if shape.paint == "band":
        return (
            f'<path class="tp-band" d="{skin(shape.circles)}" fill="none" stroke="#4d5a55" stroke-width="3"/>'
        )
    if shape.paint.startswith("wall glass"):
        return (
            f'<path class="tp-glass" d="{skin(shape.circles)}" fill="none" stroke="#7d7a72" '
            'stroke-width="1.2" stroke-dasharray="4 5"/>'
        )
    paint = shape.paint.removesuffix(" patch")
    css, fill = f"tp-{paint.replace(' ', '-')}", _COLOURS[paint][1]
    if shape.element:
        return shape.element.replace("/>", f' class="{css}" fill="{fill}"/>')
    if shape.paint.endswith(" patch"):
        return f'<path class="{css}" d="{skin(shape.circles)}" fill="{fill}"/>'
    return (
        f'<path class="{css} tp-edge" d="{skin(shape.circles)}" fill="{fill}" '
        'stroke="#ffffff" stroke-width="1.4" stroke-linejoin="round"/>'
    )


def _badge(working: Side | None, size: float) -> str:
    if working is None:
        return ""
    paint, scale = f"work {working}", size / WORDS
    mark = mark_element(working, 18 * scale, 18 * scale, 10 * scale).replace(
        "/>", f' class="tp-work-{working}" fill="{_COLOURS[paint][1]}"/>'
    )
    letter = str(working)[0].upper()
    return (
        f'{mark}<text class="tp-mark" x="{number(18 * scale)}" y="{number(22.6 * scale)}" '
        f'text-anchor="middle" font-size="{number(size)}" font-weight="700" fill="#ffffff">{letter}</text>'
    )


def _spoken(key: str) -> str:
    return key.replace("_", " ")


def _described(poses: Sequence[Pose], views: Sequence[View], working: Side | None) -> str:
    side = f"The {working} side works, marked with a {_MARK_WORD[working]}. " if working else ""
    seen = " and ".join(
        {View.SIDE: "the side", View.FRONT: "the front"}.get(v, "the front corner") for v in views
    )
    steps = "; ".join(f"{_spoken(p.key)}: {_rests(p)}" for p in poses)
    return f"A figure seen from {seen}. {side}{steps}."


_MARK_WORD = {Side.LEFT: "circle", Side.RIGHT: "square"}


_ON_THE_FLOOR, _WITH = "on the floor", "with these"


def _rests(pose: Pose) -> str:
    named = [str(contact).replace("_", " ") for contact in pose.floor]
    words = f"{_ON_THE_FLOOR}: {', '.join(named)}" if named else "nothing on the floor"
    props = ", ".join(f"{str(prop.kind).replace('_', ' ')} ({prop.at})" for prop in pose.props)
    return f"{words}; {_WITH}: {props}" if props else words


def _document(width: float, height: float, title: str, described: str, content: str) -> str:
    w, h = number(width), number(height)
    # Several figures stand on one page: each is named by what it shows.
    own = hashlib.sha256(f"{title}{described}".encode()).hexdigest()[:8]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}" role="img" '
        f'aria-labelledby="tp-title-{own} tp-desc-{own}" font-family="Figtree, system-ui, sans-serif">'
        f'<title id="tp-title-{own}">{escape(title)}</title>'
        f'<desc id="tp-desc-{own}">{escape(described)}</desc>'
        f"<style>{drawing_style()}</style>{content}</svg>\n"
    )


def drawing_style() -> str:
    """The colours of a drawing as CSS, for light and for dark."""

    def rules(shade: int) -> str:
        fills = "".join(
            f".tp-{name.replace(' ', '-')}{{fill:var({colour[0]},{colour[shade]})}}"
            for name, colour in _COLOURS.items()
        )
        gap, ink, edge, strap = _TONES[shade]
        return fills + (
            f".tp-edge{{stroke:var(--figure-gap,{gap})}}.tp-words{{fill:var(--ink-2,{ink})}}"
            f".tp-floor,.tp-glass{{stroke:var(--edge,{edge})}}"
            f".tp-band{{stroke:var(--figure-strap,{strap})}}"
        )

    return f"{rules(1)}@media (prefers-color-scheme:dark){{{rules(2)}}}"


_TONES = {
    1: ("#ffffff", "#545b65", "#7d7a72", "#4d5a55"),
    2: ("#1d2127", "#aeb3ba", "#808894", "#a9b5af"),
}
