"""A test of the battery before the camera: what is read, which ends were held, why nothing is."""

from dataclasses import dataclass, field
from typing import Any

from triplane import coach
from triplane.web.said import said

LONGEST_S = 300.0
"""How long one side may take; what comes later is not read any more. Ours."""

LOOKS_S = 1.0
"""How often it is worked out which ends were held. Ours."""


@dataclass
class RangeEye:
    """One side of a test; ``see`` takes its frames and answers in the runner's language."""

    by: "coach.CameraTest"
    held: list[float] = field(default_factory=list)
    looked_s: float = 0.0
    began_s: float | None = None

    def __post_init__(self) -> None:
        self.ends = self.by.ends()

    def see(self, frame: Any) -> dict[str, Any]:
        """Take a frame; whole degrees, for no camera reads finer."""
        self.began_s = frame.at_s if self.began_s is None else self.began_s
        is_over = frame.at_s - self.began_s > LONGEST_S
        found = None if is_over else self.ends.see(frame)
        if not is_over and frame.at_s - self.looked_s >= LOOKS_S:
            self.looked_s = frame.at_s
            self.held = [round(one.value_deg) for one in self.ends.found()]
        value = None if found is None or isinstance(found, str) else round(found)
        why = said(self.by.says(found)) if isinstance(found, str) else ""
        return {"at": frame.at_s, "value": value, "why": why, "held": self.held}
