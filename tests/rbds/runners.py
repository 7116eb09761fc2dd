"""Twenty real runners as runner files, by the written mapping beside this file."""

import csv
import re
import tomllib
from pathlib import Path
from typing import Any

from triplane.formats.runner_file import RunnerFile

MAPPING: dict[str, Any] = tomllib.loads((Path(__file__).parent / "mapping.toml").read_text(encoding="utf-8"))
NUMBERS = range(1, 21)
Row = dict[str, str]


def rows(shared: Path) -> dict[int, Row]:
    """Return the table's rows by the runner's number."""
    with (shared / MAPPING["table"]).open(encoding="utf-8", newline="") as table:
        return {int(row["Subject"]): row for row in csv.DictReader(table, delimiter="\t")}


def runner_file(row: Row) -> RunnerFile:
    """Return one row as a runner file."""
    return RunnerFile.model_validate(
        {
            "schema": "runner/1",
            "disclaimer": True,
            "equipment": MAPPING["equipment"]["at_hand"],
            "about": {
                "age_years": int(row["Age"]),
                "sex": MAPPING["about"]["sex"][row["Gender"]],
                "stature_m": float(row["Height"]) / 100,
                "mass_kg": float(row["Mass"]),
            },
            "screening": _answers(row),
            "week": _week(row),
            "measurement": _measurements(row),
        }
    )


def injury_year(row: Row) -> int | None:
    """Return the year of a past injury, the only part of its date that both orders agree on."""
    found = re.search(r"\b(\d{4})$", row["InjuryOnDate"])
    return int(found[1]) if found else None


def _answers(row: Row) -> dict[str, Any]:
    rule = MAPPING["screening"]["stress_fracture"]
    if any(word in row["Diagnostic"].lower() for word in rule["words"]):
        return {rule["question"]: True, f"{rule['question']}.which": (rule["which"],)}
    return {}


def _week(row: Row) -> dict[str, Any]:
    told = MAPPING["week"]
    days = told["days"][row["SessionsPerWk"]]
    pace = float(row["Pace"]) * told["training_pace_factor"]
    minutes = told["kilometres"][row["Volume"].strip()] * pace
    long = told["long_share"] * minutes
    each = (minutes - long) / (len(days) - 1)
    return {
        "weekly_minutes": told["weekly_minutes"],
        "max_session_minutes": told["max_session_minutes"],
        "days": {
            day: {
                "runs": [
                    {
                        "at": told["weekend_at"] if day in ("sat", "sun") else told["weekday_at"],
                        "minutes": round(long if day == days[-1] else each),
                    }
                ]
            }
            for day in days
        },
    }


def _measurements(row: Row) -> list[dict[str, Any]]:
    told = MAPPING["measurement"]
    return [
        {
            "test": column["test"],
            "side": side,
            "method": told["method"],
            "readings": [float(row[column[side]])],
        }
        for column in told["columns"]
        for side in ("left", "right")
    ]
