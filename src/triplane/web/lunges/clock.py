"""The lunge clock: where each lunge steps to, seen from above, as a drawing."""

from dataclasses import dataclass
from html import escape
from math import cos, radians, sin
from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from triplane.web.fields import Words
from triplane.web.words import plain

if TYPE_CHECKING:
    from triplane.coach import LungeCell, Side

MIDDLE = 190
SEEN = "-16 40 412 300"
"""The part of the drawing that is shown."""

STAND = 22
"""Radius of the place where one stands."""

RINGS = ((32, 58), (62, 88), (92, 118))
"""Inner and outer radius of a short, a medium and a long step."""

HALF = 14.0
"""Half the angle that a place takes up."""

LABEL = 127
"""Radius at which a place is named."""


@dataclass(frozen=True)
class Place:
    """Where a direction lies on the clock of the right leg: degrees from straight ahead, outwards."""

    name: Words
    angle: float


PLACES = {
    "anterior": Place(_("Forward"), 0),
    "anterolateral": Place(_("Forward out"), 45),
    "lateral": Place(_("Sideways"), 90),
    "posterolateral": Place(_("Back out"), 121),
    "posterior": Place(_("Back"), 180),
    "posteromedial": Place(_("Curtsy"), 225),
    "anteromedial": Place(_("Across"), 315),
    "rotational_open": Place(_("Turn, opening"), 150),
    "rotational_cross": Place(_("Turn, crossing"), 270),
}
"""The nine directions; the opening turn lies between the steps back and out and straight back."""


def clock(cells: "list[LungeCell]", side: "Side") -> str:
    """Draw the plain lunge of each direction: steps done are filled, open ones outlined, others dotted."""
    parts = [_direction(cell, side == "left") for cell in cells]
    told = "; ".join(f"{PLACES[cell.direction].name}: {plain(cell.state)}" for cell in cells)
    leg = gettext("Lunge clock, left leg") if side == "left" else gettext("Lunge clock, right leg")
    here = gettext("stand")
    return (
        f'<svg class="chart clock" viewBox="{SEEN}" role="img" '
        f'aria-label="{escape(leg)}. {escape(told)}.">{"".join(parts)}'
        f'<circle cx="{MIDDLE}" cy="{MIDDLE}" r="{STAND}" fill="var(--ink)"/>'
        f'<text x="{MIDDLE}" y="{MIDDLE + 4}" text-anchor="middle" class="stand">{here}</text></svg>'
    )


def _direction(cell: "LungeCell", mirrored: bool) -> str:
    place = PLACES[cell.direction]
    angle = -place.angle if mirrored else place.angle
    reached = cell.vector.range if cell.state != "locked" else -1
    steps = "".join(
        _wedge(angle, inner, outer, str(cell.state) if number <= reached else "later")
        for number, (inner, outer) in enumerate(RINGS)
    )
    return steps + _label(place, angle, cell.state == "locked")


def _wedge(angle: float, inner: float, outer: float, look: str) -> str:
    """Draw one step as a piece of a ring."""
    (ax, ay), (bx, by) = _at(angle - HALF, outer), _at(angle + HALF, outer)
    (cx, cy), (dx, dy) = _at(angle + HALF, inner), _at(angle - HALF, inner)
    return (
        f'<path class="step {look}" d="M{ax:.1f} {ay:.1f}A{outer} {outer} 0 0 1 {bx:.1f} {by:.1f}'
        f'L{cx:.1f} {cy:.1f}A{inner} {inner} 0 0 0 {dx:.1f} {dy:.1f}Z"/>'
    )


def _label(place: Place, angle: float, locked: bool) -> str:
    x, y = _at(angle, LABEL)
    aside = sin(radians(angle))
    anchor = "middle" if abs(aside) < 0.3 else "start" if aside > 0 else "end"
    lift = 2 if abs(aside) > 0.9 else -2 if y < MIDDLE else 11
    first, _, rest = str(place.name).partition(", ")
    look = "" if locked else ' class="strong"'
    lines = "".join(
        f'<tspan x="{x:.1f}" dy="{0 if number == 0 else 14}">{word}</tspan>'
        for number, word in enumerate((first, rest) if rest else (first,))
    )
    return f'<text x="{x:.1f}" y="{y + lift:.1f}" text-anchor="{anchor}"{look}>{lines}</text>'


def _at(angle: float, radius: float) -> tuple[float, float]:
    return MIDDLE + radius * sin(radians(angle)), MIDDLE - radius * cos(radians(angle))
