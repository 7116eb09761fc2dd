"""The runner's zone always has a name that every machine knows."""

from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from triplane.bootstrap.settings import named_zone


def test_a_named_zone_stays_what_it_is() -> None:
    assert named_zone(ZoneInfo("Europe/Berlin")) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("hours", "name"), [(2, "Etc/GMT-2"), (-7, "Etc/GMT+7"), (0, "Etc/GMT+0")])
def test_a_zone_without_a_name_goes_by_its_offset(hours: int, name: str) -> None:
    assert named_zone(timezone(timedelta(hours=hours), "local")).key == name
