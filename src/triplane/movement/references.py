"""What others' hips do in the same gait, for a look beside one's own; never a target."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from triplane.movement.feet import Gait


@dataclass(frozen=True)
class Reference:
    """Mean and standard deviation over people, degrees, by what they are of."""

    of: str
    who: str
    source: str
    values: Mapping[str, tuple[float, float]]


def reference(gait: Gait) -> Reference | None:
    """Return what is known of others in this gait; none where nothing is."""
    if not gait.cadence_spm:
        return None
    return next((one for running, one in _references() if running == gait.is_running), None)


@cache
def _references() -> tuple[tuple[bool, Reference], ...]:
    text = files("triplane.movement").joinpath("reference.toml").read_text(encoding="utf-8")
    found = []
    for entry in tomllib.loads(text)["reference"]:
        of, who, source = entry.pop("of"), entry.pop("who"), entry.pop("source")
        running = entry.pop("running")
        values = {name.replace("_", " "): (mean, sd) for name, (mean, sd) in entry.items()}
        found.append((running, Reference(of, who, source, values)))
    return tuple(found)
