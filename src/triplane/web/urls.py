"""All paths, gathered from the rooms: a folder here with a ``view`` that has ``paths`` is a page."""

from importlib import import_module
from pathlib import Path

from django.urls import URLPattern

HERE = Path(__file__).parent


def _paths() -> list[URLPattern]:
    rooms = sorted(place.parent.name for place in HERE.glob("*/view.py"))
    return [path for room in rooms for path in import_module(f"triplane.web.{room}.view").paths]


urlpatterns = _paths()
handler400 = "triplane.web.faults.too_much"
handler404 = "triplane.web.faults.not_found"
handler500 = "triplane.web.faults.ours"
