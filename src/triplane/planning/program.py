"""A linear programme in whole numbers, free of any solver: what rules post to and solvers read."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Terms = list[tuple[int, int]]
"""Pairs of coefficient and variable."""


@dataclass(frozen=True)
class Row:
    """``low <= sum of terms <= high``; a missing end does not bind."""

    terms: tuple[tuple[int, int], ...]
    low: int | None
    high: int | None


@dataclass
class Program:
    """Variables with their bounds, and rows over them, in the order they were added."""

    low: list[int] = field(default_factory=list)
    high: list[int] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def variable(self, low: int, high: int) -> int:
        """Add a whole-numbered variable and return its index."""
        self.low.append(low)
        self.high.append(high)
        return len(self.low) - 1

    def constant(self, value: int) -> int:
        """Add a variable that can be nothing else."""
        return self.variable(value, value)

    def binary(self) -> int:
        return self.variable(0, 1)

    def hold(
        self, terms: Iterable[tuple[int, int]], at_least: int | None = None, at_most: int | None = None
    ) -> None:
        """Keep a sum of terms between two ends. Terms of one variable are added up."""
        summed: dict[int, int] = {}
        for coefficient, variable in terms:
            summed[variable] = summed.get(variable, 0) + coefficient
        kept = tuple((coefficient, variable) for variable, coefficient in summed.items() if coefficient)
        self.rows.append(Row(kept, at_least, at_most))

    def binding_rows(self) -> Iterator[Row]:
        """Yield the rows over what is still open.

        What is constant has happened: a row it breaks by itself asks only that nothing makes it worse.
        """
        for row in self.rows:
            if any(self.low[v] < self.high[v] for _, v in row.terms):
                least = sum(c * (self.low[v] if c > 0 else self.high[v]) for c, v in row.terms)
                most = sum(c * (self.high[v] if c > 0 else self.low[v]) for c, v in row.terms)
                low = None if row.low is None or row.low <= least else min(row.low, most)
                high = None if row.high is None or row.high >= most else max(row.high, least)
                if low is not None or high is not None:
                    yield Row(row.terms, low, high)


def value_of(terms: Iterable[tuple[int, int]], solution: "list[int] | tuple[int, ...]") -> int:
    """Return the sum of terms at a solution."""
    return sum(coefficient * solution[variable] for coefficient, variable in terms)
