"""Redraw every picture of README and docs into docs/pictures/: ``make docs``."""

from collections.abc import Callable, Mapping
from pathlib import Path

from drawing.figures import axes, directions, drills
from drawing.rose import hip_rose
from drawing.sample import MONDAY, sample_history

from triplane import coach

PICTURES: Mapping[str, Callable[[], str]] = {
    "drills": drills,
    "axes": axes,
    "directions": directions,
    "hip-map": lambda: hip_rose(coach.hip_map(sample_history(), MONDAY)),
}
"""File stem and what draws it."""

FOLDER = Path(__file__).parent / "pictures"


def main() -> None:
    """Write every picture and take away what is no longer drawn."""
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.glob("*.svg"):
        if old.stem not in PICTURES:
            old.unlink()
    for stem, draw in PICTURES.items():
        (FOLDER / f"{stem}.svg").write_text(draw(), encoding="utf-8")


if __name__ == "__main__":
    main()
