"""What is asked of a figure beside what it came to: the last lines of a benchmark, and its exit code."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Asked:
    """A figure and its bound: at most, or at least where ``is_least``."""

    what: str
    figure: float
    bound: float
    unit: str = ""
    is_least: bool = False

    @property
    def holds(self) -> bool:
        return self.figure >= self.bound if self.is_least else self.figure <= self.bound


def told(asked: list[Asked]) -> int:
    """Print each figure beside its bound; return 1 where one is beyond it."""
    print(f"{'asked':<52}{'bound':>16}{'figure':>14}")
    for one in asked:
        bound = f"{'>=' if one.is_least else '<='} {one.bound:g} {one.unit}"
        ends = "" if one.holds else "  beyond its bound"
        print(f"{one.what:<52}{bound:>16}{one.figure:>14.3g}{ends}")
    return int(not all(one.holds for one in asked))
