"""How long commands take from a cold start, and how much memory they need, on a two-year journal."""

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from triplane import coach
from triplane.bootstrap import open_practice
from triplane.formats.runner_file import sample_runner
from triplane.history import (
    CheckinAnswered,
    DrillDone,
    Fact,
    PlanIssued,
    RunRecorded,
    SessionLogged,
    record,
)
from triplane.store import open_journal

NOW = datetime(2026, 11, 25, 5, 30, tzinfo=ZoneInfo("Europe/Berlin"))
WEEKS = 104
COMMANDS = (
    ("today",),
    ("map",),
    ("week",),
    ("progress",),
    ("lunges",),
    ("why", "internal_rotation"),
    ("drills",),
)
ROUNDS = 5


def two_years(place: Path) -> int:
    """Write a journal of two years: a plan every week, two runs in three days, sessions and mornings."""
    first = NOW - timedelta(weeks=WEEKS)
    practice = open_practice(place, "me", "Europe/Berlin", first.isoformat())
    practice.tell(sample_runner("marathoner", first.date()))
    practice.week()
    issued = practice.history().facts[-1]
    assert isinstance(issued.body, PlanIssued)
    with open_journal(place) as journal:
        for week in range(1, WEEKS):
            journal.append(tuple(_lived(issued, issued.body, week)))
    current = open_practice(place, "me", "Europe/Berlin", NOW.isoformat())
    current.tell(sample_runner("marathoner", NOW.date()).model_copy(update={"measurement": (), "race": ()}))
    current.record(coach.screening_answers(dict.fromkeys(coach.first_questions(), False)))
    current.day()
    return len(current.history().facts)


def _lived(issued: Fact, body: PlanIssued, week: int) -> Iterator[Fact]:
    shift = timedelta(weeks=week)
    at = issued.occurred_at + shift
    plan = body.plan.model_copy(update={"id": f"{body.plan.id}-{week}", "week": body.plan.week + shift})
    yield record(body.model_copy(update={"plan": plan}), "me", at.astimezone(NOW.tzinfo))
    for slot in {item.slot for item in plan.items}:
        items = [item for item in plan.items if item.slot == slot]
        starts = next(s.starts_at for s in plan.slots if s.id == slot) + shift
        drills = tuple(DrillDone(drill=i.drill, work_s=60, clean_reps=8, reps_asked=8) for i in items)
        log = SessionLogged(slot=f"{slot}-{week}", plan=plan.id, minutes=10, effort=5, drills=drills)
        yield record(log, "me", starts.astimezone(NOW.tzinfo))
    for day in range(7):
        morning = (at + timedelta(days=day)).astimezone(NOW.tzinfo)
        yield record(CheckinAnswered(about=morning.date() - timedelta(days=1)), "me", morning)
        if day % 3 != 2:
            run = RunRecorded(started_at=morning, duration_s=3000 + week, distance_m=10_000)
            yield record(run, "me", morning)


def timed(words: tuple[str, ...], place: Path) -> tuple[float, float, float]:
    """Return best and median wall seconds and peak megabytes of a command started cold."""
    env, call = _cold(words, place, NOW)
    seconds = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        subprocess.run(call, env=env, check=True, capture_output=True)
        seconds.append(time.perf_counter() - began)
    return min(seconds), sorted(seconds)[ROUNDS // 2], _peak_mb(env, call)


def planned(place: Path) -> tuple[float, float]:
    """Return wall seconds and peak megabytes of a command that plans a week, which it does only once."""
    env, call = _cold(("week",), place, NOW + timedelta(weeks=1))
    began = time.perf_counter()
    peak = _peak_mb(env, call)
    return time.perf_counter() - began, peak


def _cold(words: tuple[str, ...], place: Path, now: datetime) -> tuple[dict[str, str], list[str]]:
    env = {**os.environ, "TRIPLANE_NOW": now.isoformat(), "TRIPLANE_ZONE": "Europe/Berlin"}
    return env, [sys.executable, "-m", "triplane.cli", "--journal", str(place), *words]


def _peak_mb(env: dict[str, str], call: list[str]) -> float:
    peak = subprocess.run(
        [sys.executable, "-c", _PEAK, *call], env=env, check=True, capture_output=True, text=True
    )
    return float(peak.stdout) / 1024


_PEAK = (
    "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, capture_output=True); "
    "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
)


def imports_of_today() -> tuple[float, list[str]]:
    """Return the import seconds of ``triplane today`` and which heavy packages it loaded."""
    code = (
        "import time, sys, json; b = time.perf_counter(); import triplane.cli.app, triplane.coach.today, "
        "triplane.cli.commands.cmd_today, triplane.bootstrap; e = time.perf_counter() - b; "
        "print(json.dumps([e, [m for m in ('numpy', 'ortools', 'highspy', 'scipy') if m in sys.modules]]))"
    )
    runs = [
        json.loads(
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout
        )
        for _ in range(ROUNDS)
    ]
    return min(seconds for seconds, _ in runs), runs[0][1]


def main() -> None:
    """Print one table."""
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "two-years.journal"
        facts = two_years(place)
        print(f"Journal of two years: {facts} facts, {place.stat().st_size / 2**20:.1f} MB")
        print(f"{'command':<28}{'best s':>8}{'median s':>10}{'peak MB':>9}")
        for words in COMMANDS:
            best, median, peak = timed(words, place)
            print(f"{'triplane ' + ' '.join(words):<28}{best:8.2f}{median:10.2f}{peak:9.0f}")
        once, peak = planned(place)
        print(f"{'triplane week, planned anew':<28}{once:8.2f}{'':>10}{peak:9.0f}")
    seconds, heavy = imports_of_today()
    print(f"imports of today: {seconds:.2f} s; heavy packages among them: {', '.join(heavy) or 'none'}")


if __name__ == "__main__":
    main()
