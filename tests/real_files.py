"""Where real recordings and reference papers lie: outside the project, found by one setting."""

import os
from pathlib import Path

SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))


def shared_files(*patterns: str) -> list[Path]:
    """Return the real files that match, sorted; an empty list where they are not here."""
    return sorted(path for pattern in patterns for path in SHARED.glob(pattern))
