"""Read any recording of movement: its format by its first bytes, and whether what comes out can be."""

import importlib
import pkgutil
from functools import cache
from pathlib import Path

import numpy as np

from triplane.errors import UnreadableFile
from triplane.formats import motion
from triplane.formats.motion.motion_format import MotionFormat
from triplane.movement import Recording

LARGEST_BYTES = 512 * 2**20
"""Bytes of a recording that is read at all; an hour of forty markers at 200 Hz is about 460 MB. Ours."""

FARTHEST_M = 100.0
"""A point farther away than this was never in a laboratory: the unit is wrong. Ours."""


@cache
def motion_formats() -> tuple[MotionFormat, ...]:
    """Return every format of this folder, in order of names: a module with a ``FORMAT`` is one."""
    names = sorted(info.name for info in pkgutil.iter_modules(motion.__path__))
    modules = (importlib.import_module(f"{motion.__name__}.{name}") for name in names)
    return tuple(module.FORMAT for module in modules if hasattr(module, "FORMAT"))


def is_recording(file: Path) -> bool:
    """Whether a file begins as one of the recordings we read."""
    try:
        start = _start_of(file)
    except ValueError:
        return False
    return any(one.recognises(start) for one in motion_formats())


def read_motion(file: Path) -> Recording:
    """Read a C3D, TRC, MOT/STO, BVH, table or landmark file into our frame, metres and signs.

    Raises
    ------
    UnreadableFile
        One line with the file's name, when it cannot be understood.
    """
    try:
        start = _start_of(file)
        found = next((one for one in motion_formats() if one.recognises(start)), None)
        if found is None:
            known = ", ".join(one.title for one in motion_formats())
            raise ValueError(f"it is none of the recordings we read ({known})")
        recording = found.reads(file)
        _check(recording)
    except ValueError as error:
        raise UnreadableFile(f"{file.name}: {error}") from error
    except (LookupError, ArithmeticError, TypeError, RecursionError, OSError) as error:
        # What no reader foresaw in a file from outside is the file's fault, and one sentence.
        raise UnreadableFile(f"{file.name}: it is damaged ({type(error).__name__})") from error
    return recording


def _start_of(file: Path) -> bytes:
    try:
        if file.is_dir() or (file.exists() and not file.is_file()):
            raise ValueError("this is no file; name a recording")
        if file.stat().st_size > LARGEST_BYTES:
            raise ValueError(f"larger than {LARGEST_BYTES // 2**20} MB")
        with file.open("rb") as stream:
            return stream.read(4096)
    except OSError as error:
        raise ValueError(f"cannot be read ({error.strerror})") from error


def _check(recording: Recording) -> None:
    if not np.isfinite(recording.rate_hz) or not 1 <= recording.rate_hz <= 10_000:
        raise ValueError(f"it says {recording.rate_hz:g} frames a second, which no camera takes")
    if recording.frames == 0:
        raise ValueError("there is no frame in it")
    if (np.abs(recording.points_m) > FARTHEST_M).any():
        raise ValueError("its points lie a hundred metres and more away; the unit it names is wrong")
