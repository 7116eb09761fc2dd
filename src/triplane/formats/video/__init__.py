"""Videos of a person: read into the 33 landmarks of each frame by a pose model, on this machine.

Speaks:  watch, annotated, whole, writing, WatchedFrame, Model, MODELS.      Knows: movement, errors.      Never: what a movement means; no picture leaves.

What needs the packages of the extra is imported when it is first used.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from triplane.formats.video.models import MODELS, Model
from triplane.formats.video.written import whole, writing

if TYPE_CHECKING:
    from triplane.formats.video.annotating import Annotated, annotated
    from triplane.formats.video.watching import WatchedFrame, Watching, watch

__all__ = [
    "MODELS",
    "Annotated",
    "Model",
    "WatchedFrame",
    "Watching",
    "annotated",
    "watch",
    "whole",
    "writing",
]

_HOME_OF = {
    "Annotated": "annotating",
    "WatchedFrame": "watching",
    "Watching": "watching",
    "annotated": "annotating",
    "watch": "watching",
}


def __getattr__(name: str) -> Any:
    if name not in _HOME_OF:
        raise AttributeError(f"videos have no {name}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
