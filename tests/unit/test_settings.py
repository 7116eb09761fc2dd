"""The runner's zone always has a name that every machine knows."""

import sys
from datetime import timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from triplane.bootstrap.settings import named_zone, open_practice
from triplane.errors import UserError


def test_a_named_zone_stays_what_it_is() -> None:
    assert named_zone(ZoneInfo("Europe/Berlin")) == ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(("hours", "name"), [(2, "Etc/GMT-2"), (-7, "Etc/GMT+7"), (0, "Etc/GMT+0")])
def test_a_zone_without_a_name_goes_by_its_offset(hours: int, name: str) -> None:
    assert named_zone(timezone(timedelta(hours=hours), "local")).key == name


@pytest.mark.skipif(sys.platform == "win32", reason="the zone is not told by TZ there")
@pytest.mark.parametrize("told", [":/etc/passwd", "Foo/Bar", "../../etc/passwd", ":", "<+03>-3"])
def test_a_machine_whose_zone_is_nonsense_says_how_to_name_yours(monkeypatch, tmp_path, told: str) -> None:
    monkeypatch.setenv("TZ", told)

    with pytest.raises(UserError, match="name yours, as Europe/Berlin"):
        open_practice(tmp_path / "j", "me", None, None)
    assert open_practice(tmp_path / "j", "me", "Europe/Berlin", None).now.tzinfo == ZoneInfo("Europe/Berlin")
