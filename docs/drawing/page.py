"""A picture as one SVG card: its own paper, colours for light and dark, a title and a description."""

from collections.abc import Mapping
from xml.sax.saxutils import escape

COLOURS: Mapping[str, tuple[str, str]] = {
    "paper": ("#f5f3ee", "#14171b"),
    "card": ("#ffffff", "#1d2127"),
    "ink": ("#1b2027", "#eceae5"),
    "ink-2": ("#545b65", "#aeb3ba"),
    "edge": ("#7d7a72", "#808894"),
    "norm": ("#e4dfd5", "#30363e"),
    "left": ("#1f5ac8", "#8db6ff"),
    "left-soft": ("#e3ebfb", "#1b2a45"),
    "left-mark": ("#2f6fe0", "#6ea3ff"),
    "right": ("#ad4700", "#ffa566"),
    "right-soft": ("#fbe8da", "#3b2616"),
    "right-mark": ("#d95f14", "#ff9650"),
    "sagittal": ("#3d7a5f", "#7cc4a4"),
    "frontal": ("#7a5ea8", "#b79be6"),
    "transverse": ("#9a7b1f", "#e0c069"),
}
"""Name of a colour, on light and on dark paper. Blue and orange mean left and right, nothing else."""

FONT = "Figtree, system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif"


def card(width: float, height: float, title: str, described: str, content: str, styles: str = "") -> str:
    """Return a whole SVG document of this size in pixels."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {n(width)} {n(height)}" width="{n(width)}" '
        f'height="{n(height)}" role="img" aria-labelledby="title desc" font-family="{FONT}">'
        f'<title id="title">{escape(title)}</title><desc id="desc">{escape(described)}</desc>'
        f"<style>{_dark()}{styles}</style>"
        f'<rect width="{n(width)}" height="{n(height)}" rx="22" fill="{paint("card")}"/>{content}</svg>\n'
    )


def words(
    x: float,
    y: float,
    said: str,
    size: float = 15,
    colour: str = "ink",
    weight: int = 400,
    anchor: str = "middle",
) -> str:
    """Return a line of text; ``anchor`` is start, middle or end."""
    return (
        f'<text x="{n(x)}" y="{n(y)}" text-anchor="{anchor}" font-size="{n(size)}" font-weight="{weight}" '
        f'fill="{paint(colour)}">{escape(said)}</text>'
    )


def side_mark(side: str, x: float, y: float) -> str:
    """Return the side's letter in its shape (left round, right square), centred."""
    shape = (
        f'<circle cx="{n(x)}" cy="{n(y)}" r="11" fill="{paint("left-mark")}"/>'
        if side == "left"
        else f'<rect x="{n(x - 11)}" y="{n(y - 11)}" width="22" height="22" rx="5" '
        f'fill="{paint("right-mark")}"/>'
    )
    return shape + words(x, y + 4.8, side[0].upper(), 13, "card", 700)


def arrow(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 2.5, dash: str = "") -> str:
    """Return a straight arrow."""
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1
    back = ((x2 - x1) / length * 7, (y2 - y1) / length * 7)
    dashed = f' stroke-dasharray="{dash}"' if dash else ""
    way = f"M{n(x1)} {n(y1)}L{n(x2 - back[0])} {n(y2 - back[1])}"
    line = (
        f'<path d="{way}" fill="none" stroke="{paint(colour)}" '
        f'stroke-width="{n(width)}" stroke-linecap="round"{dashed}/>'
    )
    return line + head(x2, y2, x2 - x1, y2 - y1, colour)


def head(x: float, y: float, along_x: float, along_y: float, colour: str, size: float = 11) -> str:
    """Return the head of an arrow whose tip is at (x, y), pointing along a direction."""
    length = (along_x**2 + along_y**2) ** 0.5 or 1
    ux, uy = along_x / length * size, along_y / length * size
    left = (x - ux - uy * 0.5, y - uy + ux * 0.5)
    right = (x - ux + uy * 0.5, y - uy - ux * 0.5)
    return (
        f'<path d="M{n(x)} {n(y)}L{n(left[0])} {n(left[1])}L{n(right[0])} {n(right[1])}Z" '
        f'fill="{paint(colour)}" stroke="none"/>'
    )


def paint(colour: str) -> str:
    """Return a colour as it is written in an attribute; the style swaps it on dark paper."""
    return COLOURS[colour][0]


def n(value: float) -> str:
    """Return a number with one decimal, without a tail."""
    shown = f"{round(float(value) + 0.0, 1):.1f}"
    return shown.removesuffix(".0").replace("-0.0", "0") if shown != "-0.0" else "0"


def _dark() -> str:
    """Swap each colour by its attribute, so that a reader without style sheets still shows the light ones."""
    swaps = "".join(
        f'[{place}="{light}"]{{{place}:{dark}}}'
        for light, dark in COLOURS.values()
        for place in ("fill", "stroke")
    )
    return f"@media (prefers-color-scheme:dark){{{swaps}}}"
