"""Realistic weeks made from a seed, so that the planner is always measured on the same problems.

``drill_shapes.tsv`` is a frozen table of what the planner sees of a drill. It is not the catalogue: a
drill that is added or mended must not move the figures of earlier planners.
"""

import csv
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from triplane.body import Direction, Leg, Side
from triplane.catalogue import Exposure, ExposureKind, Muscle, Position, SidesWorked, Stage
from triplane.evidence import Reason
from triplane.history import Context, RunKind, Slot, Target
from triplane.planning.problem import Anchor, Candidate, Caps, StrengthTarget, WeekProblem

MONDAY = date(2026, 3, 2)
_KIND = {"s": ExposureKind.STRETCH, "h": ExposureKind.HOLD, "w": ExposureKind.WORK}
_DIRECTION = {
    "fl": Direction.FLEXION,
    "ex": Direction.EXTENSION,
    "ab": Direction.ABDUCTION,
    "ad": Direction.ADDUCTION,
    "ir": Direction.INTERNAL_ROTATION,
    "er": Direction.EXTERNAL_ROTATION,
}


def at(day: int, hour: float) -> datetime:
    """Return an instant in the benchmark week: ``day`` 0 (Monday) to 6, ``hour`` 0 to 24, UTC."""
    return datetime(MONDAY.year, MONDAY.month, MONDAY.day, tzinfo=UTC) + timedelta(days=day, hours=hour)


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def _exposure(code: str) -> Exposure:
    return Exposure(
        leg=Leg.WORKING if code[0] == "w" else Leg.OTHER,
        direction=_DIRECTION[code[1:3]],
        kind=_KIND[code[3]],
        share=float(code[4:].rstrip("!")),
        primary=code.endswith("!"),
    )


@cache
def all_drills() -> tuple[Candidate, ...]:
    """Return every drill shape as a candidate that is familiar and unrestricted."""
    text = (Path(__file__).parent / "drill_shapes.tsv").read_text("utf-8")
    return tuple(_candidate(row) for row in csv.DictReader(text.splitlines(), delimiter="\t"))


def _candidate(row: dict[str, str]) -> Candidate:
    flags = _words(row["flags"])
    return Candidate(
        drill=row["id"],
        stage=Stage(int(row["stage"])),
        position=Position(row["position"]),
        contexts=tuple(Context(word) for word in _words(row["contexts"])),
        fatigue=int(row["fatigue"]),
        sides=SidesWorked(row["sides"]),
        exposures=tuple(_exposure(code) for code in _words(row["exposures"])),
        muscles=tuple(Muscle(word) for word in _words(row["muscles"])),
        stretched=tuple(Muscle(word) for word in _words(row["stretched"])),
        held="held" in flags,
        banded="banded" in flags,
        dynamic="dynamic" in flags,
        lunge="lunge" in flags,
        ankle="ankle" in flags,
        cars="cars" in flags,
        needs_equipment=tuple(_words(row["equipment"])),
        setup_s=float(row["setup_s"]),
        rest_s_per_unit=float(row["rest_s"]),
        hold_s_per_unit=float(row["hold_s"]),
        sets_per_unit=float(row["sets"]),
        max_units=int(row["max_units"]),
    )


def made_week(seed: int, size: str = "usual") -> WeekProblem:
    """Return the week of one seed; ``size`` is ``small``, ``usual`` or ``full`` (up to 6 slots a day)."""
    dice = Random(seed)
    slots, anchors = _diary(dice, size)
    minutes = dice.choice([25, 40, 60, 90, 120, 180] if size != "full" else [90, 150, 240])
    targets = _targets(dice)
    return WeekProblem(
        week=MONDAY,
        now=at(0, 5),
        slots=tuple(slots),
        anchors=tuple(anchors),
        candidates=_offered(dice, size),
        targets=targets,
        strength=_strength(dice),
        caps=Caps(weekly_minutes=minutes, session_minutes=dice.choice([12, 20, 25, 30, 40])),
        catalogue_version="made",
    )


def _offered(dice: Random, size: str) -> tuple[Candidate, ...]:
    missing = set(dice.sample(["band", "mini_band", "ball", "roller", "bench", "step"], dice.randint(0, 4)))
    if size == "full":
        missing = set()
    all_new = dice.random() < 0.2
    keep = {"small": 14, "usual": 65, "full": 65}[size]
    offered = [c for c in all_drills() if not missing & set(c.needs_equipment)]
    offered = sorted(dice.sample(offered, min(keep, len(offered))), key=lambda c: c.drill)
    return tuple(_for_this_runner(c, dice, all_new) for c in offered)


def _for_this_runner(candidate: Candidate, dice: Random, all_new: bool) -> Candidate:
    change: dict[str, Any] = {}
    if candidate.stage >= 2 and (all_new or dice.random() < 0.15):
        change = {"new": True, "settled": False, "max_units": max(1, candidate.max_units // 2)}
    if dice.random() < 0.05:
        change["excluded_sides"] = (dice.choice([Side.LEFT, Side.RIGHT]),)
    if dice.random() < 0.15:
        change["weight"] = dice.choice([0.8, 1.2, 1.5])
    return candidate.model_copy(update=change)


def _targets(dice: Random) -> tuple[Target, ...]:
    made = []
    limited = set(dice.sample(list(Direction), dice.randint(1, 3)))
    one_sided = dice.random() < 0.5
    for direction in Direction:
        worse = dice.choice([Side.LEFT, Side.RIGHT])
        priority = round(dice.uniform(0.3, 2.3), 1)
        for side in Side:
            hit = direction in limited and (not one_sided or side is worse)
            minutes = min(10.0, 3 + 3 * priority) if hit else 2.0
            reason = Reason(rule="R16", says="This side is limited." if hit else "This keeps what you have.")
            weight = 1 + priority if hit else 1.0
            made.append(
                Target(
                    direction=direction,
                    side=side,
                    minutes=minutes,
                    floor_minutes=1,
                    weight=weight,
                    reason=reason,
                )
            )
    return tuple(made)


def _strength(dice: Random) -> tuple[StrengthTarget, ...]:
    groups = {"extensors": ("ex", 6), "abductors": ("ab", 4), "adductors": ("ad", 4)}
    reason = Reason(rule="E33", says="Hard sets keep the new range.", strength="D")
    made = []
    for name, (code, sets) in groups.items():
        drills = tuple(
            c.drill
            for c in all_drills()
            if c.stage >= 4 and any(e.direction is _DIRECTION[code] and e.primary for e in c.exposures)
        )
        made.append(StrengthTarget(name=name, drills=drills, sets=dice.choice([2, sets]), reason=reason))
    return tuple(made)


def _diary(dice: Random, size: str) -> tuple[list[Slot], list[Anchor]]:
    slots: list[Slot] = []
    anchors: list[Anchor] = []
    run_days = sorted(dice.sample(range(7), dice.randint(2, 5)))
    key_days = set(dice.sample(run_days, min(2, len(run_days))))
    gym_days = set(dice.sample(range(7), dice.choice([0, 0, 1, 2])))
    breaks = {"small": 0, "usual": dice.choice([0, 1, 2]), "full": 3}[size]
    for day in range(7):
        if day in run_days:
            hour = dice.choice([6.5, 12, 18])
            kind = (
                dice.choice([RunKind.INTERVAL, RunKind.TEMPO, RunKind.LONG])
                if day in key_days
                else RunKind.EASY
            )
            anchors.append(Anchor(starts_at=at(day, hour), minutes=50, kind=kind, key=day in key_days))
            slots.append(_slot(day, hour - 0.2, Context.PRE_RUN, dice.choice([6, 8, 10])))
            if size != "small" and dice.random() < (1 if size == "full" else 0.4):
                slots.append(_slot(day, hour + 1, Context.POST_RUN, 10))
        if day in gym_days:
            muscles = (Muscle.QUADRICEPS, Muscle.GLUTEUS_MAXIMUS, Muscle.ADDUCTORS)
            anchors.append(Anchor(starts_at=at(day, 19.5), minutes=60, muscles=muscles))
            slots += [_slot(day, 19.3, Context.PRE_GYM, 8), _slot(day, 19.8, Context.BETWEEN_SETS, 8)]
        if day not in run_days:
            slots.append(_slot(day, 17, Context.REST_DAY, dice.choice([12, 20, 30])))
        elif dice.random() < (1 if size == "full" else 0.3):
            slots.append(_slot(day, 21, Context.FULL_SESSION, dice.choice([25, 30, 40])))
        if day < 5 or size == "full":
            slots += [_slot(day, hour, Context.DESK_BREAK, 3) for hour in (9.5, 11.5, 15)[:breaks]]
    return sorted(slots, key=lambda slot: slot.starts_at), anchors


def _slot(day: int, hour: float, context: Context, minutes: float) -> Slot:
    return Slot(
        id=f"{day}-{context.value}-{hour:g}", starts_at=at(day, hour), context=context, minutes=minutes
    )
