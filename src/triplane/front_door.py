"""A front door that opens a module only when somebody first asks for what lies in it.

A room that needs much to plan or to draw, and little to show a day, lists what it gives under
``if TYPE_CHECKING:``, a line for each name: ``from triplane.body.reach import Reach as Reach``. Types,
editors and the linter of rooms take that list for the imports it is, and so does the door, which reads it
off the room's own source. So a name stands in one place; what stands in none is a mistake for all of them.
"""

import re
import sys
from collections.abc import Callable
from importlib import import_module
from importlib.abc import InspectLoader

LISTED = re.compile(r"^(?: {4})?from (?P<module>\S+) import (?P<name>\w+) as (?P=name)$", re.MULTILINE)


def front_door(room: str) -> tuple[list[str], Callable[[str], object]]:
    """Return a room's ``__all__`` and its ``__getattr__``.

    What was asked for once stands in the room from then on, as if it had been imported at once.
    """
    door = sys.modules[room]
    loader = door.__spec__.loader if door.__spec__ else None
    assert isinstance(loader, InspectLoader), f"{room} lies where its list cannot be read"
    module_of = {found["name"]: found["module"] for found in LISTED.finditer(loader.get_source(room) or "")}

    def opened(name: str) -> object:
        if name not in module_of:
            raise AttributeError(f"module {room!r} has no attribute {name!r}")
        found = getattr(import_module(module_of[name]), name)
        setattr(door, name, found)
        return found

    return sorted(module_of), opened
