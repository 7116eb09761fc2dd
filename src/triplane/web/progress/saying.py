"""What progress is said in: a value with its error, how sure a change is, how it was measured."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext

from triplane import coach
from triplane.web.said import said
from triplane.web.units import shown, shown_unit
from triplane.web.words import method_name, sentence

if TYPE_CHECKING:
    from triplane.coach import RangeChange, Series
    from triplane.history import Units


@dataclass(frozen=True)
class Verdict:
    """How sure a change is, as a word, a look and an icon: never by colour alone."""

    says: str
    look: str
    icon: str


def verdict_of(change: "RangeChange") -> Verdict:
    """Say how sure a change is; a real one for the worse is not shown as good."""
    if change.certainty is coach.Certainty.REAL:
        return Verdict(gettext("Real change"), *(("real", "done") if change.better else ("maybe", "maybe")))
    looks = {
        coach.Certainty.MAYBE: ("maybe", "maybe"),
        coach.Certainty.WITHIN_NOISE: ("noise", "same"),
        coach.Certainty.NOT_COMPARABLE: ("noise", "why"),
    }
    look, icon = looks[change.certainty]
    return Verdict(sentence(said(str(change.certainty))), look, icon)


def method_in_words(series: "Series") -> str:
    """Say how it was measured; what is read with a phone, also with whom."""
    return sentence(method_name(str(series.method or "")))


def with_error(series: "Series", value: float, units: "Units") -> str:
    """Say a value with the half width of its band: no value stands without its error."""
    kind = shown_unit(series.unit, units)
    unit, value = _unit(kind), shown(value, kind)
    if series.error is None:
        return f"{value:g}{unit}"
    half = shown(series.error.half_band, kind)
    return f"{value:.0f}{unit} ±{half:.0f}" if half >= 2 else f"{value:.1f}{unit} ±{half:.1f}"


def moved_by(series: "Series", delta: float, units: "Units") -> str:
    """Say a difference of two values, with its sign."""
    kind = shown_unit(series.unit, units)
    value = shown(delta, kind)
    return f"{value:+.0f}{_unit(kind)}" if abs(value) >= 2 else f"{value:+.1f}{_unit(kind)}"


def _unit(kind: str) -> str:
    return "°" if kind == "deg" else f" {kind}"
