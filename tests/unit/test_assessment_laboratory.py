"""Twenty real runners of a laboratory: their Thomas and Ober readings make a map."""

import csv
from datetime import timedelta
from pathlib import Path

from cast import MONDAY, history_of
from triplane.assessment import Finding, hip_map
from triplane.body import Direction, Side
from triplane.history import AboutRunner, MeasurementTaken, Method

E, AD = Direction.EXTENSION, Direction.ADDUCTION


def runner(row: dict[str, str]) -> list[AboutRunner | MeasurementTaken]:
    about = AboutRunner(age_years=int(row["Age"]), sex="male" if row["Gender"] == "M" else "female")
    columns = {(Side.LEFT, "LThomas", "thomas"), (Side.RIGHT, "RThomas", "thomas")}
    columns |= {(Side.LEFT, "LOber", "ober"), (Side.RIGHT, "ROber", "ober")}
    taken = [
        MeasurementTaken(test=test, side=side, method=Method.RBDS_LAB, readings=(float(row[column]),))
        for side, column, test in sorted(columns)
    ]
    return [about, *taken]


def test_every_runner_of_the_laboratory_gets_a_map(shared: Path) -> None:
    table = (shared / "data" / "rbds_running" / "runners_1_to_20.tsv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(table.splitlines(), delimiter="\t"))
    maps = {row["Subject"]: hip_map(history_of(*runner(row)), MONDAY + timedelta(hours=1)) for row in rows}

    assert len(maps) == 20
    for drawn in maps.values():
        for side in Side:
            assert drawn.on(AD, side).finding is Finding.NO_REFERENCE
            assert drawn.on(AD, side).z is None
            assert drawn.on(E, side).finding is not Finding.NOT_MEASURED
            assert drawn.on(E, side).methods == (Method.RBDS_LAB,)
            assert drawn.on(Direction.FLEXION, side).finding is Finding.NOT_MEASURED
    limited = {
        (key, side) for key, drawn in maps.items() for side in Side if drawn.on(E, side).finding.is_limited
    }
    assert limited == {("5", Side.RIGHT), ("14", Side.LEFT)}
    assert maps["10"].on(AD, Side.RIGHT).is_lower
    assert maps["8"].on(E, Side.LEFT).is_lower
