"""The personas as runner files, and a reader for persona papers of the same form that are kept elsewhere.

The six of ``tests/personas`` are written out by hand. Others come as YAML (the setting
``TRIPLANE_PERSONAS`` names the file): a list ``personas`` with ``id``, ``who``, ``equipment``, ``minutes``,
``screening``, ``tests`` and ``weeks``. The reader takes what it understands and states here what it assumes
for the rest:

- ``who``: sex and age from "Woman 34", stature and mass from "165 cm" and "70 kg", hours of sitting from
  "desk 9 h", "Beighton 7", kilometres from "15 km" or "70 km a week" ("40 -> 75 km": the newer), number of
  runs from "runs 3x", "3 runs" or "6 runs"; else one run for each ten kilometres, three to six. Minutes at
  ``MIN_PER_KM``. From three runs on the last one is long (a third of the week). Five and more also have
  intervals on Tuesday and a tempo run on Friday. Gym days from "gym 1x" or "lifts 4x".
  A race from "marathon in 10 weeks" or "10 km race in 6 weeks".
- ``equipment``: "gym" is everything a gym holds, "ball" every kind of ball, "dumbbells" and the like are
  found by the word; every home has a wall and a chair.
- ``minutes``: ``weekly`` and ``max_session``; "inside gym" makes gym visits the only place.
- ``screening``: question ids found anywhere in it are answered yes, all others no. "over 6 weeks" answers
  ``since_weeks`` with the weeks told in ``who``, else with one more. Follow-ups are left open otherwise:
  what is not answered counts as the worst.
- ``tests``: [left, right], one number for both, or words ("98,112 with pinch left", "lateral fail",
  [fair, poor]). Angles by phone with a helper, three readings around the value. ``owned_ratio`` becomes an
  active reading of ratio x passive in the same position. Up to 15 degrees passive a ratio says nothing: then
  the active reading lies below the passive one by the missing share of 15 degrees. Extension has no
  active reading at the table's edge, so it is taken face down; leg across has none at all.
"""

import os
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from cast import MONDAY, told
from triplane import screening
from triplane.formats.runner_file import RunnerFile, read_runner_file
from triplane.history import Equipment, History
from triplane.value import Value

FOLDER = Path(__file__).parent / "personas"
NAMES = ("P1", "P2", "P3", "P4", "P5", "P6")
MIN_PER_KM = 6.0
RATIO_FROM_DEG = 15.0
HOME = ("wall", "chair")
GYM = tuple(str(thing) for thing in Equipment if thing is not Equipment.WEIGHT_VEST)
BALLS = ("massage_ball", "ball", "stability_ball")
RUN_DAYS = {
    1: ("sun",),
    2: ("wed", "sun"),
    3: ("tue", "thu", "sun"),
    4: ("tue", "thu", "fri", "sun"),
    5: ("tue", "wed", "fri", "sat", "sun"),
    6: ("tue", "wed", "thu", "fri", "sat", "sun"),
    7: ("mon", "tue", "wed", "thu", "fri", "sat", "sun"),
}
GYM_DAYS = {1: ("thu",), 2: ("mon", "thu"), 3: ("mon", "wed", "fri"), 4: ("mon", "tue", "thu", "fri")}
TEST_OF = {
    "flexion": "flexion_supine",
    "extension_thomas": "extension_thomas",
    "extension_prone": "extension_prone",
    "abduction": "abduction_side_lying",
    "adduction_ober": "adduction_ober",
    "ir_prone": "internal_rotation_prone",
    "ir_seated": "internal_rotation_seated",
    "er_prone": "external_rotation_prone",
    "er_seated": "external_rotation_seated",
    "slr": "straight_leg_raise",
    "slstance_drop": "single_leg_stance",
    "step_down": "step_down",
    "deadbug_clean": "dead_bug",
    "knee_to_wall_cm": "knee_to_wall",
    "bkfo_cm": "bent_knee_fall_out",
    "side_plank_s": "side_plank",
}
METHOD_OF = {
    "single_leg_stance": "phone_self",
    "step_down": "self_rating",
    "dead_bug": "count",
    "knee_to_wall": "tape",
    "bent_knee_fall_out": "tape",
    "side_plank": "timer",
}
COUNTED = ("dead_bug", "step_down", "side_plank")
ALWAYS_ACTIVE = ("single_leg_stance", "step_down", "dead_bug", "knee_to_wall", "side_plank")
RATING = {"poor": 0, "fair": 1, "good": 2, "fail": 0, "pass": 1}
OWNED_TESTS = {
    "flexion": ("flexion", "flexion_supine"),
    "extension": ("extension_thomas", "extension_prone"),
    "abduction": ("abduction", "abduction_side_lying"),
    "ir": ("ir_prone", "internal_rotation_prone"),
    "er": ("er_prone", "external_rotation_prone"),
}
RACES_M = {"half marathon": 21097.5, "marathon": 42195.0}


def persona(name: str) -> RunnerFile:
    """Return one of the six personas, as written down beside this file."""
    path = FOLDER / f"{name}.toml"
    return read_runner_file(path.read_bytes(), path.name, MONDAY.date())


def history_of_file(
    file: RunnerFile, runner: str, at: datetime = MONDAY, leave_out: tuple[type[Value], ...] = ()
) -> History:
    """Return the history of a runner who told all of a runner file at one instant, in its order."""
    bodies = file.bodies(screening.first_questions(), screening.words().disclaimer.version)
    kept = [body for body in bodies if not isinstance(body, leave_out)]
    return History(runner, told(*kept, runner=runner, at=at))


def kept_back() -> list[dict[str, Any]]:
    """Return the entries of the persona paper that the setting names; none where it names none."""
    named = os.environ.get("TRIPLANE_PERSONAS")
    return personas_in(Path(named)) if named else []


def personas_in(path: Path) -> list[dict[str, Any]]:
    """Return the entries of a persona paper."""
    return list(yaml.safe_load(path.read_text(encoding="utf-8"))["personas"])


def runner_file(entry: dict[str, Any]) -> RunnerFile:
    """Return an entry of a persona paper as a runner file, by the words at the head of this module."""
    who = str(entry.get("who", ""))
    raw: dict[str, Any] = {
        "schema": "runner/1",
        "disclaimer": True,
        "equipment": sorted(_equipment(entry.get("equipment") or [])),
        "about": _about(who),
        "screening": _screening(entry.get("screening"), who),
        "week": _week(who, entry.get("minutes") or {}),
        "measurement": list(_measurements(entry.get("tests"))),
    }
    raw["race"] = list(_races(who))
    return RunnerFile.model_validate(raw)


def _races(who: str) -> Iterator[dict[str, Any]]:
    found = re.search(r"(half marathon|marathon|(\d+) km race) in (\d+) weeks", who, re.IGNORECASE)
    if found:
        distance_m = float(found[2]) * 1000 if found[2] else RACES_M[found[1].lower()]
        sunday = MONDAY.date() + timedelta(days=7 * int(found[3]) - 1)
        yield {"date": sunday, "distance_m": distance_m}


def _equipment(listed: Iterable[str]) -> set[str]:
    found = set(HOME)
    for entry in listed:
        text = str(entry).lower().replace("-", " ")
        if "gym" in text:
            found |= set(GYM)
        found |= {str(thing) for thing in Equipment if str(thing).replace("_", " ") in text}
        if re.search(r"\bball\b", text) and not re.search(r"massage|lacrosse|stability", text):
            found |= set(BALLS)
        if "lacrosse" in text:
            found.add("massage_ball")
        if "anchor" in text:
            found.add("band_anchor")
        if "roller" in text:
            found.add("foam_roller")
    return found


def _about(who: str) -> dict[str, Any]:
    about: dict[str, Any] = {}
    if found := re.match(r"\s*(woman|man)\s+(\d+)", who, re.IGNORECASE):
        about |= {"sex": {"woman": "female", "man": "male"}[found[1].lower()], "age_years": int(found[2])}
    numbers = {
        "stature_m": r"(\d{3}) cm",
        "mass_kg": r"(\d+(?:\.\d+)?) kg",
        "sitting_h_per_day": r"(?:desk|sits|sitting) (\d+) h",
        "beighton": r"beighton (\d)",
    }
    for field, pattern in numbers.items():
        if found := re.search(pattern, who, re.IGNORECASE):
            about[field] = float(found[1]) / (100 if field == "stature_m" else 1)
    return about


def _screening(told_there: Any, who: str) -> dict[str, Any]:
    text = " ".join(map(str, told_there)) if isinstance(told_there, list) else str(told_there or "")
    answers: dict[str, Any] = dict.fromkeys(re.findall(r"\b[QHPS]\d\d\b", text), True)
    if (over := re.search(r"over (\d+) weeks", text)) and answers:
        weeks = [int(found) for found in re.findall(r"(\d+) weeks", who) if int(found) > int(over[1])]
        answers[f"{next(iter(answers))}.since_weeks"] = weeks[0] if weeks else int(over[1]) + 1
    return answers


def _week(who: str, minutes: dict[str, Any]) -> dict[str, Any]:
    weekly = str(minutes.get("weekly", 60))
    days: dict[str, dict[str, Any]] = {}
    for day, run in _runs(who):
        days.setdefault(day, {}).setdefault("runs", []).append(run)
    visits = re.search(r"(?:gym|lifts) (\d)x", who)
    inside = "gym" in weekly
    for day in GYM_DAYS[min(4, int(visits[1]))] if visits else ("mon", "thu") if inside else ():
        days.setdefault(day, {})["gym"] = [{"at": "18:30:00", "minutes": 60}]
    if re.search(r"\bdesk\b", who):
        for day in ("mon", "tue", "wed", "thu", "fri"):
            days.setdefault(day, {})["desk"] = True
    return {
        "weekly_minutes": _number(weekly),
        "max_session_minutes": _number(str(minutes.get("max_session", 20))),
        "in_gym_only": inside,
        "days": days,
    }


def _runs(who: str) -> Iterator[tuple[str, dict[str, Any]]]:
    far = re.search(r"(\d+) *-> *(\d+) km", who)
    told_km = [float(found) for found in re.findall(r"(\d+) km", who)]
    km = float(far[2]) if far else max(told_km, default=0.0)
    counted = re.search(r"runs? (\d)x", who) or re.search(r"(\d) runs", who)
    number = int(counted[1]) if counted else min(6, max(3, round(km / 10)))
    number = max(1, min(7, number))
    total = (km or 8.0 * number) * MIN_PER_KM
    long = total / 3 if number >= 3 else total / number
    each = (total - long) / (number - 1) if number > 1 else 0
    for day in RUN_DAYS[number]:
        run: dict[str, Any] = {"at": "09:00:00" if day in ("sat", "sun") else "06:30:00"}
        is_long = day == "sun" and number >= 3
        run["minutes"] = round(long if is_long or number == 1 else each)
        kind = "long" if is_long else {"tue": "interval", "fri": "tempo"}.get(day) if number >= 5 else None
        yield day, run | ({"kind": kind} if kind else {})


def _number(text: str) -> float:
    found = re.search(r"\d+(?:\.\d+)?", text)
    return float(found[0]) if found else 0.0


def _measurements(tests: Any) -> Iterator[dict[str, Any]]:
    if not isinstance(tests, dict):
        return
    for key, told_there in tests.items():
        if key == "owned_ratio":
            yield from _owned(told_there, tests)
        elif key == "lunge_screen":
            yield from _lunge_screens(str(told_there))
        elif key in TEST_OF:
            left, right, pinched = _sides(told_there)
            for side, value in (("left", left), ("right", right)):
                yield _taken(TEST_OF[key], side, value, pinched=side in pinched)


def _sides(told_there: Any) -> tuple[float, float, tuple[str, ...]]:
    """Return left, right and the sides that pinched."""
    if isinstance(told_there, list):
        left, right = (RATING.get(str(value).lower(), value) for value in told_there)
        return float(left), float(right), ()
    if isinstance(told_there, (int, float)):
        return float(told_there), float(told_there), ()
    numbers = [float(found) for found in re.findall(r"-?\d+(?:\.\d+)?", str(told_there))]
    pinched = re.search(r"pinch (left|right|both)", str(told_there))
    sides = () if not pinched else ("left", "right") if pinched[1] == "both" else (pinched[1],)
    return numbers[0], numbers[-1], sides


def _taken(
    test: str, side: str, value: float, active: bool | None = None, pinched: bool = False
) -> dict[str, Any]:
    spread = 0.0 if test in COUNTED else 0.2 if METHOD_OF.get(test) == "tape" else 1.0
    raw: dict[str, Any] = {
        "test": test,
        "side": side,
        "active": test in ALWAYS_ACTIVE if active is None else active,
        "method": METHOD_OF.get(test, "phone_helper"),
        "readings": [round(value + step * spread, 1) for step in (-1, 0, 1)] if spread else [value],
    }
    return raw | ({"end_feel": "pinch"} if pinched else {})


def _lunge_screens(text: str) -> Iterator[dict[str, Any]]:
    for lunge, verdict in re.findall(r"(forward|lateral|rotational) (fail|pass)", text):
        for side in ("left", "right"):
            yield {
                "test": f"lunge_screen_{lunge}",
                "side": side,
                "active": True,
                "method": "self_rating",
                "readings": [RATING[verdict]],
            }


def _owned(ratios: dict[str, float], tests: dict[str, Any]) -> Iterator[dict[str, Any]]:
    shares = dict.fromkeys(OWNED_TESTS, ratios["all"]) if "all" in ratios else ratios
    for direction, ratio in shares.items():
        if direction not in OWNED_TESTS or OWNED_TESTS[direction][0] not in tests:
            continue
        passive, test = OWNED_TESTS[direction]
        left, right, _ = _sides(tests[passive])
        for side, value in (("left", left), ("right", right)):
            yield _taken(test, side, owned_range(value, ratio), active=True)


def owned_range(passive_deg: float, ratio: float) -> float:
    """Return the active range in degrees that a ratio stands for, to half a degree."""
    if passive_deg > RATIO_FROM_DEG:
        return round(2 * ratio * passive_deg) / 2
    return round(2 * (passive_deg - (1 - ratio) * RATIO_FROM_DEG)) / 2
