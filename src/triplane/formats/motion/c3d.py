"""C3D: the laboratories' format. Points, the lab's own angles, foot events and the person's lengths."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from triplane.body import Side
from triplane.formats.motion.c3d_guard import check
from triplane.formats.motion.motion_format import METRES, MotionFormat, bare, upright
from triplane.movement import Angles, Event, EventKind, Recording, axis_of_body

Array = NDArray[np.float64]

KEY = 0x50
"""The second byte of every C3D file."""

ANGLE_NAMES = ("HipAngles", "PelvisAngles")
EVENT_KINDS = {"foot strike": EventKind.STRIKE, "foot off": EventKind.OFF}
LENGTHS = ("LegLength", "KneeWidth", "AsisTrocanterDistance")
WHOLE_LENGTHS = ("InterAsisDistance", "MarkerDiameter")


def recognises(start: bytes) -> bool:
    # The first byte counts blocks to the parameters; as a letter it begins another file, such as %PDF.
    return len(start) > 1 and start[1] == KEY and 0 < start[0] < ord(" ")


def read(file: Path) -> Recording:
    """Read a file; points that were not seen (zero, or with a negative residual) are not numbers."""
    import ezc3d

    promised = check(file)
    try:
        content = ezc3d.c3d(str(file))
    except (OSError, RuntimeError, ValueError, IndexError, MemoryError) as error:
        raise ValueError(f"the C3D file is damaged or not by the standard ({_shortly(error)})") from error
    parameters = content["parameters"]
    point = parameters.get("POINT", {})
    written = np.asarray(content["data"]["points"], dtype=float)[:3].transpose(2, 1, 0)
    scale = float(_first(point, "SCALE", -1.0))
    if scale > 0:
        # Whole numbers were cut off towards zero; half a step back takes the bias out.
        written = written + np.sign(written) * scale / 2
    names, notes = _names(point, written.shape[1])
    if len(written) < promised:
        notes.append(f"the file ends early: it holds {len(written)} of {promised} frames")
    header = content["header"]["points"]
    rate = float(_first(point, "RATE", 0.0)) or float(header["frame_rate"])
    metres, unit_note = _metres(point, written, names)
    up, up_note = _up(point, written, names)
    seen = ~(written == 0).all(axis=-1)
    points = np.where(seen[..., None], upright(written, up) * metres, np.nan)
    kept = [index for index, name in enumerate(names) if name and not name.endswith(_ANGLES)]
    first = int(header["first_frame"])
    return Recording(
        rate_hz=rate,
        names=tuple(names[index] for index in kept),
        points_m=points[:, kept],
        given=_given(names, written, seen),
        events=_events(parameters.get("EVENT", {}), first / rate if rate else 0.0),
        measures_m=_measures(parameters.get("PROCESSING", {})),
        notes=tuple(note for note in (*notes, unit_note, up_note) if note),
    )


_ANGLES = ("Angles", "AnglesV", "Force", "Moment", "Power")


def _names(point: Any, count: int) -> tuple[list[str], list[str]]:
    """Return a name for each point; more than 255 stand in a second list, and so on."""
    labels: list[str] = []
    number = 1
    while more := [str(label) for label in _values(point, f"LABELS{number if number > 1 else ''}")]:
        labels, number = labels + more, number + 1
    names, note = bare(labels[:count])
    return names + [""] * (count - len(names)), [note] if note else []


def _metres(point: Any, written: Array, names: list[str]) -> tuple[float, str]:
    unit = str(_first(point, "UNITS", "")).strip().lower()
    if unit in METRES:
        return METRES[unit], ""
    far = (
        np.nanmedian(np.abs(written[:, [i for i, name in enumerate(names) if name]])) if written.size else 0.0
    )
    guessed = "mm" if far > 10 else "m"
    return METRES[guessed], f"the file names no unit that we know ({unit or 'none'}); read as {guessed}"


def _up(point: Any, written: Array, names: list[str]) -> tuple[str, str]:
    """Return the lab's axis that points up. A file that names none is read as most people stand in it."""
    told = str(_first(point, "Y_SCREEN", "")).strip().upper()
    if told[-1:] in ("X", "Y", "Z"):
        return told[-1] if told[0] != "-" else told[0] + told[-1], ""
    places = [index for index, name in enumerate(names) if name]
    seen = np.where((written == 0).all(axis=-1, keepdims=True), np.nan, written)[:, places]
    stands = axis_of_body(tuple(names[index] for index in places), seen)
    return (
        stands or _highest(written),
        "the file does not say which axis points up; found from where the points lie",
    )


def _highest(written: Array) -> str:
    """Return the axis along which points lie above the floor and spread over a body's height."""
    seen = written[~(written == 0).all(axis=-1)]
    seen = seen[np.isfinite(seen).all(axis=-1)]
    if not len(seen):
        return "Z"
    low, high = np.percentile(seen, (1, 99), axis=0)
    # On the floor: no lower than a tenth of what it rises. Y is asked first: treadmills and OpenSim.
    standing = [axis for axis in (1, 2, 0) if high[axis] > 0 and low[axis] > -0.1 * high[axis]]
    return "XYZ"[max(standing or [2], key=lambda axis: high[axis] - low[axis])]


def _given(names: list[str], written: Array, seen: NDArray[np.bool_]) -> Angles | None:
    """Return the lab's own angles in our signs: theirs are flexion, adduction, internal rotation positive."""
    columns = {}
    for side in Side:
        for kind in ANGLE_NAMES:
            for suffix in ("", "V"):
                name = f"{side[0].upper()}{kind}{suffix}"
                if name in names:
                    at = names.index(name)
                    columns[side, kind] = np.where(seen[:, at, None], written[:, at], np.nan)
    hips = {side: columns[side, "HipAngles"] * (1, -1, -1) for side in Side if (side, "HipAngles") in columns}
    if not hips:
        return None
    nowhere = np.full((len(written), 3), np.nan)
    if (Side.RIGHT, "PelvisAngles") in columns:
        pelvis = columns[Side.RIGHT, "PelvisAngles"] * (1, -1, 1)
    elif (Side.LEFT, "PelvisAngles") in columns:
        pelvis = columns[Side.LEFT, "PelvisAngles"] * (1, 1, -1)
    else:
        pelvis = nowhere
    return Angles(pelvis, hips)


def _events(group: Any, first_s: float) -> tuple[Event, ...]:
    labels, contexts = _values(group, "LABELS"), _values(group, "CONTEXTS")
    times = np.asarray(_values(group, "TIMES"), dtype=float)
    if times.ndim == 1 and times.size == 2 * len(labels):
        # Some files give minutes and seconds one after the other instead of in two rows.
        times = times.reshape(-1, 2).T
    if times.ndim != 2 or times.shape[0] != 2:
        return ()
    found = []
    for label, context, minutes, seconds in zip(labels, contexts, *times, strict=False):
        kind, side = EVENT_KINDS.get(str(label).strip().lower()), str(context).strip().lower()
        if kind is not None and side in ("left", "right"):
            found.append(Event(kind, Side(side), float(minutes * 60 + seconds) - first_s))
    return tuple(sorted(found, key=lambda event: event.at_s))


def _measures(group: Any) -> dict[str, float]:
    """Return the person's lengths; laboratories write them in millimetres, whatever the points are in."""
    found = {}
    for name in LENGTHS:
        for side in Side:
            found[f"{side.title()}{name}"] = _length(group, f"{side[0].upper()}{name}")
    for name in WHOLE_LENGTHS:
        found[name] = _length(group, name)
    return {name: length for name, length in found.items() if length}


def _length(group: Any, name: str) -> float:
    value = _first(group, name, 0.0)
    return float(value) / 1000 if isinstance(value, (int, float)) and 0 < value < 3000 else 0.0


def _values(group: Any, name: str) -> Any:
    return group[name]["value"] if name in group else []


def _first(group: Any, name: str, otherwise: Any) -> Any:
    values = _values(group, name)
    if len(values) == 0:
        return otherwise
    return values[0].item() if isinstance(values[0], np.generic) else values[0]


def _shortly(error: BaseException) -> str:
    return str(error).strip().partition(".")[0].lower() or type(error).__name__


FORMAT = MotionFormat("c3d", (".c3d",), "C3D (motion capture)", recognises, read)
