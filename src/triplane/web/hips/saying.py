"""How a value of the hip map is said: degrees with their error, findings, and the rows of the table."""

from dataclasses import dataclass

from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from triplane.coach import Direction, DirectionMap, Finding, HipMap, Side
from triplane.web.said import said as told

NAMES = {
    Direction.FLEXION: _("Knee up"),
    Direction.EXTENSION: _("Leg back"),
    Direction.ABDUCTION: pgettext_lazy("direction of a leg", "Out"),
    Direction.ADDUCTION: pgettext_lazy("direction of a leg", "Across"),
    Direction.INTERNAL_ROTATION: _("Turn in"),
    Direction.EXTERNAL_ROTATION: _("Turn out"),
}
"""What a direction is called on the page: short, a coach's word."""

ON_ROSE = {
    Direction.FLEXION: pgettext_lazy("on the rose, ten letters or so", "Knee up"),
    Direction.EXTENSION: pgettext_lazy("on the rose, ten letters or so", "Leg back"),
    Direction.ABDUCTION: pgettext_lazy("on the rose, ten letters or so", "Out"),
    Direction.ADDUCTION: pgettext_lazy("on the rose, ten letters or so", "Across"),
    Direction.INTERNAL_ROTATION: pgettext_lazy("on the rose, ten letters or so", "Turn in"),
    Direction.EXTERNAL_ROTATION: pgettext_lazy("on the rose, ten letters or so", "Turn out"),
}
"""The same in the picture, where a language with long words has to find short ones."""

NOT_YET, LEFT_OUT, NO_REFERENCE = _("not yet"), _("left out"), _("no reference")
"""The words in place of a number, or beside it."""

FINDINGS = {
    Finding.FINE: _("Fine"),
    Finding.LIMITED: _("Limited"),
    Finding.CLEARLY_LIMITED: _("Clearly limited"),
    Finding.NO_REFERENCE: _("No reference"),
    Finding.NOT_MEASURED: _("Not yet"),
}


@dataclass(frozen=True)
class Cell:
    """One direction on one side as the table says it."""

    side: Side
    value: str
    error: str
    owned: str
    finding: str
    likely: str
    is_limited: bool


@dataclass(frozen=True)
class Row:
    """One direction of both hips as the table says it."""

    direction: Direction
    name: str
    textbook: str
    usual: str
    owned_in: str
    cells: tuple[Cell, ...]

    @property
    def has_usual(self) -> bool:
        return bool(self.usual) and self.usual != str(NO_REFERENCE)

    @property
    def finding(self) -> tuple[tuple[str, bool], ...]:
        """What is found, once where both sides are alike, and whether it is a limit."""
        if len({(cell.finding, cell.likely) for cell in self.cells}) == 1:
            first = self.cells[0]
            return ((first.finding + first.likely, first.is_limited),)
        return tuple((_on_side(cell) + cell.likely, cell.is_limited) for cell in self.cells)


def _on_side(cell: Cell) -> str:
    told = gettext("%(what)s on the left") if cell.side is Side.LEFT else gettext("%(what)s on the right")
    return told % {"what": cell.finding}


def degrees(value: float) -> str:
    """Say whole degrees: '19°', with a true minus sign."""
    return f"{round(value)}°".replace("-", "−")


def rows(hip_map: HipMap) -> tuple[Row, ...]:
    """Return the table of a hip map, in the order of the directions."""
    return tuple(_row(hip_map, direction) for direction in Direction)


def said(one: DirectionMap) -> str:
    """Say one direction of one side in full, for whoever does not see the picture."""
    who = f"{NAMES[one.direction]}, {told(one.side)}: "
    if one.shown is None:
        return who + str(LEFT_OUT if one.excluded else NOT_YET)
    numbers = {"value": round(one.shown.value), "error": round(one.shown.half_band)}
    degrees_said = ngettext(
        "%(value)s degree plus or minus %(error)s",
        "%(value)s degrees plus or minus %(error)s",
        abs(round(one.shown.value)),
    )
    parts = [degrees_said % numbers]
    if one.passive and one.owned:
        parts.append(gettext("%(value)s owned") % {"value": round(one.owned.value)})
    found = _finding(one)
    parts.append(found[:1].lower() + found[1:] + _likely(one))
    return who + ", ".join(parts)


def usual(one: DirectionMap) -> str:
    """Say the usual range: '27 to 43°', or that there is no reference."""
    if one.norm is None:
        return str(NO_REFERENCE)
    told = {"low": round(one.norm.low), "high": round(one.norm.high)}
    return (gettext("%(low)s to %(high)s°") % told).replace("-", "−")


def _row(hip_map: HipMap, direction: Direction) -> Row:
    both = [hip_map.on(direction, side) for side in Side]
    ranges = list(dict.fromkeys(usual(one) for one in both if one.shown))
    return Row(
        direction=direction,
        name=str(NAMES[direction]),
        textbook=told(direction.replace("_", " ")),
        usual="; ".join(ranges),
        owned_in=next(filter(None, map(_elsewhere, both)), ""),
        cells=tuple(_cell(one) for one in both),
    )


def _cell(one: DirectionMap) -> Cell:
    shown = one.shown
    return Cell(
        side=one.side,
        value=degrees(shown.value) if shown else "",
        error=f"±{round(shown.half_band)}" if shown else "",
        owned=_owned(one),
        finding=_finding(one),
        likely=_likely(one),
        is_limited=one.finding.is_limited and not one.excluded,
    )


def _owned(one: DirectionMap) -> str:
    if one.owned is None:
        return ""
    if one.passive is None:
        return gettext("owned")
    return gettext("owned %(value)s") % {"value": degrees(one.owned.value)}


def _elsewhere(one: DirectionMap) -> str:
    """Name the position in which the owned range was taken, where it is another one."""
    return told(one.owned_elsewhere) if one.owned and one.owned_elsewhere else ""


def _finding(one: DirectionMap) -> str:
    if one.excluded:
        return gettext("Left out for safety")
    return str(FINDINGS[one.finding]) + (gettext(", very mobile") if one.very_mobile else "")


def _likely(one: DirectionMap) -> str:
    """Say how likely a limit is, where it is near the line; as good as sure says nothing."""
    if one.excluded or not one.finding.is_limited or one.probability is None or one.probability >= 0.995:
        return ""
    return gettext(", %(chance)s%% likely") % {"chance": round(one.probability * 100)}
