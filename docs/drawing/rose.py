"""The hip rose: six directions of each hip as petals, held against the usual range, with their error."""

from collections.abc import Iterable
from math import cos, radians, sin

from drawing.page import card, n, paint, side_mark, words
from triplane.coach import Direction, DirectionMap, HipMap, Side

CENTRE_Z, RIM_Z = -3.7, 1.7
"""Standard deviations from the reference mean at the centre and at the rim."""

RIM = 150.0
HALF_WIDTH = 27.0
HUB = 12.0

TURN_DEG = {
    Direction.FLEXION: 90,
    Direction.EXTENSION: -90,
    Direction.ABDUCTION: 150,
    Direction.EXTERNAL_ROTATION: -150,
    Direction.INTERNAL_ROTATION: 30,
    Direction.ADDUCTION: -30,
}
"""Where a petal of the left rose points, counter-clockwise from the page's right; the right is its mirror."""

LEFT_AT, RIGHT_AT, MIDDLE_Y = 262.0, 718.0, 262.0


def hip_rose(hip_map: HipMap) -> str:
    """Draw both hips of a hip map."""
    parts = [_rose(hip_map, Side.LEFT, LEFT_AT), _rose(hip_map, Side.RIGHT, RIGHT_AT)]
    parts += [side_mark("left", 34, 34), words(52, 39, "Left", 16, "left", 650, "start")]
    parts += [side_mark("right", 946, 34), words(928, 39, "Right", 16, "right", 650, "end")]
    parts += _labels(hip_map)
    parts += _legend()
    said = "; ".join(_said(one) for one in hip_map.directions)
    return card(980, 560, "Hip map of the sample runner", f"Two hip roses. {said}.", "".join(parts))


def half_width_deg(one: DirectionMap) -> float | None:
    """Half the width of the 95 % band of a value, as the command line prints it."""
    return None if one.passive is None else 1.96 * one.passive.sd


def _rose(hip_map: HipMap, side: Side, x: float) -> str:
    ring = (
        f'<path fill-rule="evenodd" fill="{paint("norm")}" d="{_circle(_radius(1))}{_circle(_radius(-1))}"/>'
        + "".join(
            f'<circle r="{n(_radius(z))}" fill="none" stroke="{paint("edge")}" stroke-width="1.4" '
            'stroke-dasharray="0.1 4" stroke-linecap="round"/>'
            for z in (-1, 1)
        )
    )
    petals = "".join(_petal(hip_map.on(direction, side), side) for direction in TURN_DEG)
    hub = f'<circle r="{n(HUB)}" fill="{paint("card")}"/>'
    hub += f'<circle r="{n(HUB / 2)}" fill="{paint(f"{side}-mark")}"/>'
    return f'<g transform="translate({n(x)} {n(MIDDLE_Y)})">{ring}{petals}{hub}</g>'


def _petal(one: DirectionMap, side: Side) -> str:
    turn = TURN_DEG[one.direction] if side is Side.LEFT else 180 - TURN_DEG[one.direction]
    end = _radius(-1) if one.finding.is_limited else RIM
    axis = (
        f'<path d="M{n(HUB)} 0H{n(end)}" stroke="{paint("edge")}" stroke-width="1.4" '
        'stroke-dasharray="0.1 5" stroke-linecap="round"/>'
    )
    drawn = axis
    if one.passive is not None and one.norm is not None and one.z is not None:
        spread = one.norm.sd
        reached, half = _radius(one.z), 1.96 * one.passive.sd / spread
        owned = _radius(one.z - one.owned_gap / spread) if one.owned_gap is not None else None
        drawn = _measured(side, reached, _radius(one.z - half), _radius(one.z + half), owned)
        drawn = axis + drawn if one.finding.is_limited else drawn
    return f'<g transform="rotate({n(-turn)})">{drawn}</g>'


def _measured(side: Side, reached: float, low: float, high: float, owned: float | None) -> str:
    mark, deep = paint(f"{side}-mark"), paint(str(side))
    parts = [
        f'<path d="{_outline(reached)}" fill="{paint(f"{side}-soft")}" stroke="{mark}" stroke-width="1.3"/>'
    ]
    if owned is not None:
        parts.append(f'<path d="{_outline(owned)}" fill="{mark}"/>')
    parts.append(
        f'<path d="{_arc((low + high) / 2, 22)}" fill="none" stroke="{mark}" stroke-opacity=".28" '
        f'stroke-width="{n(high - low)}"/>'
    )
    parts += [
        f'<path d="{_arc(edge, 22)}" fill="none" stroke="{mark}" stroke-opacity=".75"/>'
        for edge in (low, high)
    ]
    parts.append(
        f'<path d="{_arc(reached, 26)}" fill="none" stroke="{deep}" stroke-width="4" stroke-linecap="round"/>'
    )
    return "".join(parts)


def _outline(reach: float) -> str:
    """A petal from the centre to ``reach``; how wide depends on the distance from the centre alone."""
    steps = [reach * k / 20 for k in range(18)]
    there = "".join(f"L{n(r)} {n(-_wide(r))}" for r in steps)
    back = "".join(f"L{n(r)} {n(_wide(r))}" for r in reversed(steps))
    shoulder = _wide(reach * 0.85)
    tip = f"Q{n(reach)} {n(-shoulder)} {n(reach)} 0Q{n(reach)} {n(shoulder)} {n(steps[-1])} {n(shoulder)}"
    return f"M0 0{there}{tip}{back}Z"


def _wide(radius: float) -> float:
    return HALF_WIDTH * (1 - (1 - min(radius, 90) / 90) ** 2)


def _arc(radius: float, half: float) -> str:
    half = min(half, _wide(radius))
    x = max(radius**2 - half**2, 0) ** 0.5
    return f"M{n(x)} {n(-half)}A{n(radius)} {n(radius)} 0 0 1 {n(x)} {n(half)}"


def _circle(radius: float) -> str:
    r = n(radius)
    return f"M-{r} 0a{r} {r} 0 1 0 {n(2 * radius)} 0a{r} {r} 0 1 0 {n(-2 * radius)} 0z"


def _radius(z: float) -> float:
    share = (min(max(z, CENTRE_Z + 0.35), RIM_Z) - CENTRE_Z) / (RIM_Z - CENTRE_Z)
    return RIM * share


def _labels(hip_map: HipMap) -> Iterable[str]:
    for side, x in ((Side.LEFT, LEFT_AT), (Side.RIGHT, RIGHT_AT)):
        for direction in (
            Direction.FLEXION,
            Direction.EXTENSION,
            Direction.ABDUCTION,
            Direction.EXTERNAL_ROTATION,
        ):
            turn = radians(TURN_DEG[direction])
            along = cos(turn) if side is Side.LEFT else -cos(turn)
            reach = RIM + (42 if abs(along) > 0.1 else 36)
            at_x, at_y = x + along * reach, MIDDLE_Y - sin(turn) * reach + 2
            yield words(at_x, at_y - 8, direction.plain_name, 15, "ink-2", 560)
            yield _value(hip_map.on(direction, side), at_x, at_y + 14)
    for direction, y in ((Direction.INTERNAL_ROTATION, 178.0), (Direction.ADDUCTION, 338.0)):
        yield words(490, y - 8, direction.plain_name, 15, "ink-2", 560)
        yield _value(hip_map.on(direction, Side.LEFT), 452, y + 16)
        yield _value(hip_map.on(direction, Side.RIGHT), 530, y + 16)


def _value(one: DirectionMap, x: float, y: float) -> str:
    half = half_width_deg(one)
    if one.passive is None or half is None:
        return words(x, y, "not yet", 14, "ink-2")
    colour = str(one.side) if one.finding.is_limited else "ink"
    return (
        f'<text x="{n(x)}" y="{n(y)}" text-anchor="middle" font-size="19" font-weight="720" '
        f'fill="{paint(colour)}">{one.passive.value:.0f}°'
        f'<tspan dx="4" font-size="14" font-weight="500" fill="{paint("ink-2")}">±{half:.0f}</tspan></text>'
    )


def _legend() -> Iterable[str]:
    y = 518.0
    mark, soft, deep = paint("left-mark"), paint("left-soft"), paint("left")
    yield f'<path d="M70 {n(y)}h26" stroke="{mark}" stroke-width="13" stroke-linecap="round"/>'
    yield words(112, y + 5, "owned: held by muscle", 14, "ink-2", anchor="start")
    yield (
        f'<rect x="290" y="{n(y - 8)}" width="38" height="16" rx="8" fill="{soft}" '
        f'stroke="{mark}" stroke-width="1.3"/>'
    )
    yield words(338, y + 5, "passive: with help", 14, "ink-2", anchor="start")
    yield f'<rect x="516" y="{n(y - 9)}" width="34" height="18" fill="{mark}" fill-opacity=".28"/>'
    yield f'<path d="M533 {n(y - 10)}v20" stroke="{deep}" stroke-width="4" stroke-linecap="round"/>'
    yield words(560, y + 5, "value and its error", 14, "ink-2", anchor="start")
    yield f'<rect x="708" y="{n(y - 9)}" width="34" height="18" fill="{paint("norm")}"/>'
    yield words(752, y + 5, "usual range: mean ± 1 SD", 14, "ink-2", anchor="start")


def _said(one: DirectionMap) -> str:
    half = half_width_deg(one)
    if one.passive is None or half is None:
        return f"{one.side} {one.direction.plain_name} not measured"
    owned = f", owned {one.owned.value:.0f}" if one.owned else ""
    return (
        f"{one.side} {one.direction.plain_name} {one.passive.value:.0f} degrees "
        f"plus or minus {half:.0f}{owned}, {one.finding.replace('_', ' ')}"
    )
