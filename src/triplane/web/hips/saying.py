"""How a value of the hip map is said: degrees with their error, findings, and the rows of the table."""

from dataclasses import dataclass

from triplane.coach import Direction, DirectionMap, Finding, HipMap, Side, protocol

NAMES = {direction: direction.plain_name.removeprefix("leg ").capitalize() for direction in Direction}
NAMES[Direction.EXTENSION] = "Leg back"
"""What a direction is called on the page: short, a coach's word."""

NOT_YET, LEFT_OUT, NO_REFERENCE = "not yet", "left out", "no reference"
"""The words in place of a number, or beside it."""

FINDINGS = {
    Finding.FINE: "Fine",
    Finding.LIMITED: "Limited",
    Finding.CLEARLY_LIMITED: "Clearly limited",
    Finding.NO_REFERENCE: "No reference",
    Finding.NOT_MEASURED: "Not yet",
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
    def finding(self) -> tuple[tuple[str, bool], ...]:
        """What is found, once where both sides are alike, and whether it is a limit."""
        if len({(cell.finding, cell.likely) for cell in self.cells}) == 1:
            first = self.cells[0]
            return ((first.finding + first.likely, first.is_limited),)
        return tuple(
            (f"{cell.finding} on the {cell.side}{cell.likely}", cell.is_limited) for cell in self.cells
        )


def degrees(value: float) -> str:
    """Say whole degrees: '19°', with a true minus sign."""
    return f"{round(value)}°".replace("-", "−")


def rows(hip_map: HipMap) -> tuple[Row, ...]:
    """Return the table of a hip map, in the order of the directions."""
    return tuple(_row(hip_map, direction) for direction in Direction)


def said(one: DirectionMap) -> str:
    """Say one direction of one side in full, for whoever does not see the picture."""
    who = f"{NAMES[one.direction]}, {one.side}: "
    if one.shown is None:
        return who + (LEFT_OUT if one.excluded else NOT_YET)
    parts = [f"{round(one.shown.value)} degrees plus or minus {round(one.shown.half_band)}"]
    if one.passive and one.owned:
        parts.append(f"{round(one.owned.value)} owned")
    parts.append(_finding(one).lower() + _likely(one))
    return who + ", ".join(parts)


def usual(one: DirectionMap) -> str:
    """Say the usual range: '27 to 43°', or that there is no reference."""
    if one.norm is None:
        return NO_REFERENCE
    return f"{round(one.norm.low)} to {round(one.norm.high)}°".replace("-", "−")


def _row(hip_map: HipMap, direction: Direction) -> Row:
    both = [hip_map.on(direction, side) for side in Side]
    ranges = list(dict.fromkeys(usual(one) for one in both if one.shown))
    return Row(
        direction=direction,
        name=NAMES[direction],
        textbook=direction.replace("_", " "),
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
        return "owned"
    return f"owned {degrees(one.owned.value)}"


def _elsewhere(one: DirectionMap) -> str:
    """Name the position in which the owned range was taken, where it is another one."""
    if one.owned is None or one.owned_test in (one.test, None):
        return ""
    return protocol(str(one.owned_test)).plain_name.lower()


def _finding(one: DirectionMap) -> str:
    if one.excluded:
        return "Left out for safety"
    return FINDINGS[one.finding] + (", very mobile" if one.very_mobile else "")


def _likely(one: DirectionMap) -> str:
    """Say how likely a limit is, where it is near the line; as good as sure says nothing."""
    if one.excluded or not one.finding.is_limited or one.probability is None or one.probability >= 0.995:
        return ""
    return f", {one.probability:.0%} likely"
