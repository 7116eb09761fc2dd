"""The hip rose as SVG: six petals a hip, held against the usual range, with their error.

Radius is distance from the reference mean in its standard deviations; geometry of the drawing only.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from math import asin, cos, pi, radians, sin

from django.utils.translation import gettext, pgettext

from triplane.coach import Direction, DirectionMap, HipMap, Petal, Side
from triplane.web.hips.saying import LEFT_OUT, NOT_YET, ON_ROSE, degrees, said

CENTRE_Z, RIM_Z = -3.7, 1.7
"""Standard deviations from the reference mean at the centre and at the rim."""

NUB_Z = -3.0
"""The shortest petal: what lies below is drawn as a nub of this length."""

TURN_DEG = {
    Direction.FLEXION: -90,
    Direction.EXTENSION: 90,
    Direction.ABDUCTION: -150,
    Direction.ADDUCTION: 30,
    Direction.INTERNAL_ROTATION: -30,
    Direction.EXTERNAL_ROTATION: 150,
}
"""Where a petal of the left rose points, clockwise from the page's right; the right is its mirror."""

INNER = (Direction.INTERNAL_ROTATION, Direction.ADDUCTION)
"""Directions that point to the other hip; one name between the roses serves both."""

Place = tuple[float, float]


@dataclass(frozen=True)
class Sheet:
    """A size to draw at: where the roses sit, how far they reach, and where their words stand.

    ``name_at`` and ``value_at`` are places of the left rose; the right has them mirrored.
    """

    width: float
    height: float
    centre: Place
    rim: float
    name_px: float
    value_px: float
    small_px: float
    name_at: dict[Direction, Place]
    value_at: dict[Direction, Place]

    def radius(self, z: float) -> float:
        """Return how far out a number of standard deviations lies, clamped to nub and rim."""
        return self.rim * (min(max(z, NUB_Z), RIM_Z) - CENTRE_Z) / (RIM_Z - CENTRE_Z)

    def at(self, place: Place, side: Side) -> Place:
        """Return a place of the left rose on a side."""
        return place if side is Side.LEFT else (self.width - place[0], place[1])


PHONE = Sheet(
    342, 242, (85.5, 121), 83, 13.2, 15.6, 13.2,
    name_at={
        Direction.FLEXION: (85.5, 11), Direction.EXTENSION: (85.5, 239),
        Direction.ABDUCTION: (0, 39), Direction.EXTERNAL_ROTATION: (0, 210),
        Direction.INTERNAL_ROTATION: (171, 39), Direction.ADDUCTION: (171, 210),
    },
    value_at={
        Direction.FLEXION: (85.5, 27), Direction.EXTENSION: (85.5, 225),
        Direction.ABDUCTION: (0, 55), Direction.EXTERNAL_ROTATION: (0, 196),
        Direction.INTERNAL_ROTATION: (165, 55), Direction.ADDUCTION: (165, 196),
    },
)  # fmt: skip
LAPTOP = Sheet(
    980, 460, (252, 230), 176, 17, 20.7, 15.3,
    name_at={
        Direction.FLEXION: (252, 22), Direction.EXTENSION: (252, 451),
        Direction.ABDUCTION: (80, 144), Direction.EXTERNAL_ROTATION: (80, 304),
        Direction.INTERNAL_ROTATION: (490, 141), Direction.ADDUCTION: (490, 301),
    },
    value_at={
        Direction.FLEXION: (252, 46), Direction.EXTENSION: (252, 429),
        Direction.ABDUCTION: (80, 167), Direction.EXTERNAL_ROTATION: (80, 327),
        Direction.INTERNAL_ROTATION: (477, 167), Direction.ADDUCTION: (477, 327),
    },
)  # fmt: skip


def hip_rose(hip_map: HipMap, sheet: Sheet, address: str) -> str:
    """Draw both hips. Each petal with its words is a link: ``address`` with the direction behind it."""
    rings = "".join(_ring(hip_map, side, sheet) for side in Side)
    petals = "".join(
        _link(hip_map.on(direction, side), sheet, address) for direction in Direction for side in Side
    )
    lines = "".join(_ring_lines(hip_map, side, sheet) for side in Side)
    told = gettext("Two hip roses, left and right. The table says the same.")
    return (
        f'<svg class="rose" viewBox="0 0 {_n(sheet.width)} {_n(sheet.height)}" role="group" '
        f'aria-label="{told}">{rings}{petals}{lines}</svg>'
    )


THUMB = Sheet(96, 46, (24, 23), 21, 0, 0, 0, name_at={}, value_at={})
"""A rose to know a runner by in a list: no words, and no error that would be seen at this size."""


MOST_THUMBS = 512
"""Small roses that a process keeps drawn, of a few kilobytes each: a table has one in every line. Ours."""


@lru_cache(maxsize=MOST_THUMBS)
def rose_thumb(petals: tuple[Petal, ...], says: str) -> str:
    """Draw both hips small; ``says`` is what they show, for whoever does not see them."""
    ring, hub = _n(THUMB.radius(-1)), _n(THUMB.rim * 0.1)
    under = "".join(
        _placed(f'<circle class="normline" r="{ring}"/><circle class="eye" r="{hub}"/>', side, THUMB)
        for side in Side
    )
    drawn = "".join(_small(petal) for petal in petals)
    return (
        f'<svg class="rose mini" viewBox="0 0 {_n(THUMB.width)} {_n(THUMB.height)}" role="img" '
        f'aria-label="{escape(says)}">{drawn}{under}</svg>'
    )


def _small(petal: Petal) -> str:
    """Draw a petal as a leaf: outlined where it is limited, a dotted axis where nothing is known."""
    x, y = THUMB.at(THUMB.centre, petal.side)
    turn = TURN_DEG[petal.direction] if petal.side is Side.LEFT else 180 - TURN_DEG[petal.direction]
    if petal.z is None or petal.is_shut:
        leaf = f'<path class="axis dotted" d="M3 0H{_n(THUMB.rim * 0.5)}"/>'
    else:
        tip = THUMB.radius(petal.z)
        middle, look = _n(tip * 0.6), "low" if petal.is_limited else "owned"
        leaf = f'<path class="{look}" d="M0 0Q{middle} -5 {_n(tip)} 0Q{middle} 5 0 0Z"/>'
    return f'<g class="{petal.side}" transform="translate({_n(x)} {_n(y)}) rotate({turn})">{leaf}</g>'


def _link(one: DirectionMap, sheet: Sheet, address: str) -> str:
    x, y = sheet.at(sheet.centre, one.side)
    turn = TURN_DEG[one.direction] if one.side is Side.LEFT else 180 - TURN_DEG[one.direction]
    return (
        f'<a class="{one.side}" href="{escape(address)}{one.direction}/" aria-label="{escape(said(one))}">'
        f'<g transform="translate({_n(x)} {_n(y)}) rotate({turn})">'
        f'<path class="hit" d="{_wedge(sheet.rim)}"/>{_petal(one, sheet, turn)}</g>{_words(one, sheet)}</a>'
    )


def _petal(one: DirectionMap, sheet: Sheet, turn: float) -> str:
    """Draw what stands for a direction: a petal, or why there is none."""
    if one.excluded:
        return _open_axis(sheet) + _lock(sheet, turn)
    if one.shown is None:
        dot = f'<circle cx="{_n(sheet.rim * 0.685)}" r="{_n(sheet.rim * 0.06)}" class="axis open"/>'
        return _open_axis(sheet) + dot
    if one.norm is None:
        return _open_axis(sheet, 0.4) + _no_reference(sheet, turn)
    return _measured(one, sheet)


def _measured(one: DirectionMap, sheet: Sheet) -> str:
    shown, norm = one.shown, one.norm
    assert shown is not None
    assert norm is not None
    z, half = norm.z_of(shown.value), shown.half_band / norm.sd
    reach, low, high = (sheet.radius(at) for at in (z, z - half, z + half))
    parts = [f'<path class="{"passive" if one.passive else "owned"}" d="{_outline(reach, sheet.rim)}"/>']
    if one.passive and one.owned_gap is not None:
        inner = min(sheet.radius(z - one.owned_gap / norm.sd), reach)
        parts.append(f'<path class="owned" d="{_outline(inner, sheet.rim)}"/>')
    band = f'stroke-width="{_n(high - low)}" d="{_arc((low + high) / 2, sheet.rim * 0.123)}"'
    parts.append(f'<path class="err-band" {band}/>')
    parts += [f'<path class="err-edge" d="{_arc(edge, sheet.rim * 0.123)}"/>' for edge in (low, high)]
    tip = f'stroke-width="{_n(sheet.rim * 0.022)}" d="{_arc(reach, sheet.rim * 0.15)}"'
    parts.append(f'<path class="tip" {tip}/>')
    if one.is_surely_limited:
        ring = sheet.radius(-1)
        parts.append(f'<path class="miss" d="M{_n(high + 2)} 0H{_n(ring)}"/>')
        parts.append(f'<path class="tip" stroke-width="2" d="{_arc(ring, sheet.rim * 0.093)}"/>')
    return "".join(parts)


def _open_axis(sheet: Sheet, share: float = 0.6) -> str:
    return f'<path class="axis dotted" d="M{_n(sheet.rim * 0.12)} 0H{_n(sheet.rim * share)}"/>'


def _lock(sheet: Sheet, turn: float) -> str:
    """Draw a small lock, upright wherever the axis points."""
    size, away = sheet.rim * 0.075, sheet.rim * 0.69
    s, wide, high = _n(size), _n(2 * size), _n(1.5 * size)
    arm, span = _n(size * 0.6), _n(size * 1.2)
    bow = f'<path class="bow" d="M-{arm} 0v-{s}a{arm} {arm} 0 0 1 {span} 0v{s}"/>'
    body = f'<rect class="body" x="-{s}" width="{wide}" height="{high}" rx="{_n(size * 0.25)}"/>'
    return f'<g class="lock" transform="translate({_n(away)} 0) rotate({-turn})">{bow}{body}</g>'


def _no_reference(sheet: Sheet, turn: float) -> str:
    first, rest = pgettext("on a petal, in two words", "no ref.").split(maxsplit=1)
    lines = f'<tspan x="0" dy="-.1em">{first}</tspan><tspan x="0" dy="1em">{rest}</tspan>'
    words = f'<text class="pm" text-anchor="middle" font-size="{_n(sheet.small_px)}">{lines}</text>'
    return f'<g transform="translate({_n(sheet.rim * 0.68)} 0) rotate({-turn})">{words}</g>'


def _words(one: DirectionMap, sheet: Sheet) -> str:
    """Write a direction's name and value; the name between the roses stands once."""
    parts = []
    if one.direction not in INNER or one.side is Side.LEFT:
        x, y = sheet.at(sheet.name_at[one.direction], one.side)
        parts.append(
            _text(x, y, _anchor(one, sheet, name=True), "lab", sheet.name_px, str(ON_ROSE[one.direction]))
        )
    x, y = sheet.at(sheet.value_at[one.direction], one.side)
    anchor = _anchor(one, sheet)
    if one.excluded or one.shown is None:
        word = LEFT_OUT if one.excluded else NOT_YET
        return "".join(parts) + _text(x, y, anchor, "pm", sheet.small_px, str(word))
    error = f'<tspan class="pm" font-size="{_n(sheet.small_px)}"> ±{round(one.shown.half_band)}</tspan>'
    low = "val low" if one.is_surely_limited else "val"
    value = degrees(one.shown.value) + error
    return "".join(parts) + _text(x, y, anchor, low, sheet.value_px, value)


def _anchor(one: DirectionMap, sheet: Sheet, *, name: bool = False) -> str:
    """Words lean towards what they stand beside; on the phone the outer ones start at the edge."""
    if one.direction in (Direction.FLEXION, Direction.EXTENSION) or (name and one.direction in INNER):
        return "middle"
    starts = (one.side is Side.LEFT) is (sheet is PHONE)
    if one.direction in INNER:
        starts = one.side is Side.RIGHT
    return "start" if starts else "end"


def _text(x: float, y: float, anchor: str, name: str, size: float, words: str) -> str:
    return (
        f'<text x="{_n(x)}" y="{_n(y)}" text-anchor="{anchor}" class="{name}" font-size="{_n(size)}">'
        f"{words}</text>"
    )


def _gaps(hip_map: HipMap, side: Side) -> set[Direction]:
    """Return directions that were measured and have no usual range to be held against."""
    found = (hip_map.on(direction, side) for direction in Direction)
    return {one.direction for one in found if one.shown and one.norm is None and not one.excluded}


def _ring(hip_map: HipMap, side: Side, sheet: Sheet) -> str:
    """Draw the usual range as one ring; a direction without a reference leaves a gap in it."""
    low, high, gaps = sheet.radius(-1), sheet.radius(1), _gaps(hip_map, side)
    if not gaps:
        path = f'<path class="norm" fill-rule="evenodd" d="{_circle(high)}{_circle(low)}"/>'
    else:
        path = "".join(
            f'<path class="norm" d="{_sector(low, high)}" transform="rotate({turn})"/>'
            for turn in _turns(side, gaps)
        )
    return _placed(path, side, sheet)


def _ring_lines(hip_map: HipMap, side: Side, sheet: Sheet) -> str:
    """Draw the ring's dotted edges and the hub over the petals."""
    edges, gaps = (sheet.radius(-1), sheet.radius(1)), _gaps(hip_map, side)
    if not gaps:
        lines = "".join(f'<circle class="normline" r="{_n(r)}"/>' for r in edges)
    else:
        lines = "".join(
            f'<path class="normline" d="{_arc(r, r / 2)}" transform="rotate({turn})"/>'
            for turn in _turns(side, gaps)
            for r in edges
        )
    hub = (
        f'<circle class="hub" r="{_n(sheet.rim * 0.085)}"/><circle class="eye" r="{_n(sheet.rim * 0.042)}"/>'
    )
    return _placed(lines + hub, side, sheet)


def _turns(side: Side, gaps: set[Direction]) -> Iterable[float]:
    for direction, turn in TURN_DEG.items():
        if direction not in gaps:
            yield turn if side is Side.LEFT else 180 - turn


def _placed(drawn: str, side: Side, sheet: Sheet) -> str:
    x, y = sheet.at(sheet.centre, side)
    return f'<g class="{side} under" transform="translate({_n(x)} {_n(y)})">{drawn}</g>'


def _wide(radius: float, rim: float) -> float:
    """Half the width of a petal: it depends on the distance from the centre alone."""
    return rim * 0.155 * sin(pi / 2 * min(radius / (rim * 0.52), 1.0))


def _outline(reach: float, rim: float) -> str:
    """A petal from the centre to ``reach``, with a blunt end and round shoulders."""
    wide = _wide(reach, rim)
    corner = min(rim * 0.07, wide * 0.6)
    neck = (reach**2 - wide**2) ** 0.5 - corner
    steps = [neck * number / 14 for number in range(15)]
    there = "".join(f"L{_n(r)} {_n(-_wide(r, rim))}" for r in steps)
    back = "".join(f"L{_n(r)} {_n(_wide(r, rim))}" for r in reversed(steps))
    shoulder, end = (reach**2 - wide**2) ** 0.5, wide - corner
    x = (reach**2 - end**2) ** 0.5
    tip = (
        f"Q{_n(shoulder)} {_n(-wide)} {_n(x)} {_n(-end)}A{_n(reach)} {_n(reach)} 0 0 1 {_n(x)} {_n(end)}"
        f"Q{_n(shoulder)} {_n(wide)} {_n(neck)} {_n(_wide(neck, rim))}"
    )
    return f"M0 0{there}{tip}{back}Z"


def _arc(radius: float, half: float) -> str:
    """An arc across the axis, ``half`` to either side, no wider than 30 degrees of turn."""
    turn = min(asin(min(half / radius, 0.99)), pi / 6)
    x, y = radius * cos(turn), radius * sin(turn)
    return f"M{_n(x)} {_n(-y)}A{_n(radius)} {_n(radius)} 0 0 1 {_n(x)} {_n(y)}"


def _sector(low: float, high: float) -> str:
    c, s = cos(radians(30)), sin(radians(30))
    return (
        f"M{_n(low * c)} {_n(-low * s)}A{_n(low)} {_n(low)} 0 0 1 {_n(low * c)} {_n(low * s)}"
        f"L{_n(high * c)} {_n(high * s)}A{_n(high)} {_n(high)} 0 0 0 {_n(high * c)} {_n(-high * s)}Z"
    )


def _wedge(rim: float) -> str:
    c, s = rim * cos(radians(29)), rim * sin(radians(29))
    return f"M0 0L{_n(c)} {_n(-s)}A{_n(rim)} {_n(rim)} 0 0 1 {_n(c)} {_n(s)}Z"


def _circle(radius: float) -> str:
    r = _n(radius)
    return f"M-{r} 0a{r} {r} 0 1 0 {_n(2 * radius)} 0a{r} {r} 0 1 0 {_n(-2 * radius)} 0z"


def _n(number: float) -> str:
    return f"{number:.1f}".removesuffix(".0")
