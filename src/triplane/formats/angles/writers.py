"""One writer for each kind of file; all take what was found and the name of the recording."""

import io
from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from triplane.formats.angles.columns import columns, cycle_columns
from triplane.formats.angles.curves import curves
from triplane.formats.angles.report import report
from triplane.movement import HipMotion

Array = NDArray[np.float64]


def csv(found: HipMotion, name: str) -> bytes:
    """Return a table, one row a frame; what was not measured is empty."""
    return _csv(columns(found))


def cycles_csv(found: HipMotion, name: str) -> bytes:
    """Return the mean cycle with its spread, one row a percent; only the head where nobody walked."""
    return _csv(cycle_columns(found) or {"cycle_percent": np.empty(0)})


def parquet(found: HipMotion, name: str) -> bytes:
    """Return the same table as Parquet; what was not measured is null."""
    import pyarrow
    from pyarrow import parquet as writer

    table = pyarrow.table(
        {name: pyarrow.array(values, from_pandas=True) for name, values in columns(found).items()}
    )
    stream = io.BytesIO()
    writer.write_table(table, stream)
    return stream.getvalue()


def mot(found: HipMotion, name: str) -> bytes:
    """Return OpenSim motion in its own names and signs: tilt back +, adduction +, turning in +; degrees."""
    table = {"time": found.times_s}
    if found.angles is not None:
        tilt, lists, turned = (found.angles.pelvis_deg * (-1, 1, 1)).T
        table.update(pelvis_tilt=tilt, pelvis_list=lists, pelvis_rotation=turned)
        for side, hip in found.angles.hip_deg.items():
            for label, values in zip(
                ("flexion", "adduction", "rotation"), (hip * (1, -1, -1)).T, strict=True
            ):
                table[f"hip_{label}_{side[0]}"] = values
    rows = np.stack(list(table.values()), axis=-1)
    head = f"{name}\nversion=1\nnRows={len(rows)}\nnColumns={len(table)}\ninDegrees=yes\nendheader\n"
    lines = ["\t".join(table), *("\t".join(f"{value:.6f}" for value in row) for row in rows)]
    return (head + "\n".join(lines) + "\n").encode()


def svg(found: HipMotion, name: str) -> bytes:
    """Return the curves as a drawing."""
    return curves(found, name, "svg")


def png(found: HipMotion, name: str) -> bytes:
    """Return the curves as a picture."""
    return curves(found, name, "png")


def html(found: HipMotion, name: str) -> bytes:
    """Return one page with the curves, their table, and how all of it was come by."""
    return report(found, name).encode()


def _csv(table: Mapping[str, Array]) -> bytes:
    rows = zip(*(_cells(values) for values in table.values()), strict=True)
    return "\n".join([",".join(table), *(",".join(row) for row in rows), ""]).encode()


def _cells(values: Array) -> list[str]:
    return ["" if not np.isfinite(value) else f"{value:.4f}" for value in values]


WRITERS: Mapping[str, tuple[str, Callable[[HipMotion, str], bytes]]] = {
    "csv": (".angles.csv", csv),
    "cycles": (".cycles.csv", cycles_csv),
    "parquet": (".angles.parquet", parquet),
    "mot": (".angles.mot", mot),
    "svg": (".angles.svg", svg),
    "png": (".angles.png", png),
    "html": (".angles.html", html),
}
"""Each kind of file: its ending, and what writes it."""
