"""Reference values: published rows, and the one row that a reading is held against."""

from typing import Annotated, Literal

from pydantic import Field

from triplane.evidence import Status
from triplane.history import AboutRunner, Sex
from triplane.value import Interval, Value

ADULT_AGE = 35
"""Age in years used to choose a band when none is told. Coach's default."""


class NormRow(Value):
    """One published row. At most one row per test, mode, sex and age band is the ``reference``.

    ``mean``, ``sd`` and ``ci`` are in the test's unit. ``sd_source`` is ``coach_default`` where the
    source gives no spread. Rows that are not the reference stay for comparison and say why.
    """

    quantity: str = "range"
    active: bool = False
    sex: Sex
    age_years: Interval
    method: str
    sample: str = ""
    mean: float
    sd: Annotated[float, Field(gt=0)] | None = None
    sd_source: str = ""
    ci: Interval | None = None
    source: str
    status: Status
    reference: bool = False
    note: str = ""


class NormTable(Value):
    """All rows for one test; the file stem is the test's id."""

    schema_: Annotated[Literal["norms/1"], Field(alias="schema")] = "norms/1"
    id: str
    row: Annotated[tuple[NormRow, ...], Field(min_length=1)]


class NormBand(Value):
    """The reference that was used: mean and one standard deviation to either side, and which band."""

    mean: float
    sd: Annotated[float, Field(gt=0)]
    sources: tuple[str, ...]
    status: Status
    band: str

    @property
    def low(self) -> float:
        return self.mean - self.sd

    @property
    def high(self) -> float:
        return self.mean + self.sd

    def z_of(self, value: float) -> float:
        """Return how many standard deviations a value lies above the mean."""
        return (value - self.mean) / self.sd


def reference(rows: tuple[NormRow, ...], active: bool, about: AboutRunner | None) -> NormBand | None:
    """Return the one reference band for a runner, or ``None`` where there is none.

    A runner's own sex comes first, then the rows for both; sex unknown uses both. Outside every age
    band the nearest is taken, and ``band`` says so.
    """
    sex = about.sex if about else Sex.BOTH
    age = about.age_years if about else None
    usable = [row for row in rows if row.reference and row.active is active and row.sd]
    fitting = [row for row in usable if row.sex is sex] or [row for row in usable if row.sex is Sex.BOTH]
    if not fitting:
        return None
    asked = ADULT_AGE if age is None else age
    row = min(fitting, key=lambda row: (_years_off(row, asked), row.age_years))
    assert row.sd is not None
    return NormBand(
        mean=row.mean,
        sd=row.sd,
        sources=tuple(dict.fromkeys(key for key in (row.source, row.sd_source) if key)),
        status=row.status,
        band=_band(row, age),
    )


def _years_off(row: NormRow, age: float) -> float:
    low, high = row.age_years
    return max(low - age, age - high, 0)


_WHO = {Sex.FEMALE: "women", Sex.MALE: "men", Sex.BOTH: "women and men"}


def _band(row: NormRow, age: int | None) -> str:
    low, high = row.age_years
    said = f"{_WHO[row.sex]} {low:g} to {high:g}"
    if age is None:
        return f"{said}, age not told"
    return said if _years_off(row, age) == 0 else f"{said}, the nearest band to age {age}"
