"""What a format module gives: activities as totals, and what the format is called."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Activity:
    """One activity as its file tells it: totals only. ``sport`` is the file's own word, lower case.

    ``is_local`` says that a start without a zone is one on the runner's wall; else it is UTC.
    ``sport`` missing: the file does not say. ``cadence`` is as written, per leg or both.
    Metres, seconds, beats and steps a minute, watts; what the file does not hold is missing.
    """

    sport: str | None
    started_at: datetime | None
    duration_s: float | None
    distance_m: float | None = None
    ascent_m: float | None = None
    cadence: float | None = None
    heart_rate_bpm: float | None = None
    power_w: float | None = None
    is_local: bool = False


@dataclass(frozen=True)
class Format:
    """One file format. ``reads`` turns bytes into activities and the (what, why) of damaged parts.

    ``recognises`` looks at the first bytes. ``reads`` raises ``ValueError`` with half a sentence that
    says what is wrong; anything else it raises is a fault of ours.
    """

    name: str
    suffixes: tuple[str, ...]
    title: str
    recognises: Callable[[bytes], bool]
    reads: Callable[[bytes], tuple[list[Activity], list[tuple[str, str]]]]
