"""What every test may ask for. Real recordings live outside the project and are found by one setting."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from night import IS_NIGHT

settings.register_profile(
    "quick", max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("night", max_examples=1000, deadline=None)
settings.load_profile("night" if IS_NIGHT else "quick")

pytest_plugins = ["postgres", "browsing"]

SHARED = Path(os.environ.get("TRIPLANE_SHARED", Path(__file__).parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real recordings and reference papers, or a visible skip."""
    if not (SHARED / "data").is_dir():
        pytest.skip("real recordings are not here (set TRIPLANE_SHARED to their folder)")
    return SHARED


def shared_files(*patterns: str) -> list[Path]:
    """Return the real files that match, sorted; an empty list where they are not here."""
    return sorted(path for pattern in patterns for path in SHARED.glob(pattern))
