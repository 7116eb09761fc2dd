"""Videos of a person: read into the 33 landmarks of each frame by a pose model, on this machine.

Speaks:  watch, annotated, whole, writing, WatchedFrame, Model, MODELS.      Knows: movement, errors.      Never: what a movement means; no picture leaves.

What needs the packages of the extra is imported when it is first used.
"""

from typing import TYPE_CHECKING

from triplane.formats.video.models import MODELS as MODELS
from triplane.formats.video.models import Model as Model
from triplane.formats.video.written import whole as whole
from triplane.formats.video.written import writing as writing
from triplane.front_door import front_door

if TYPE_CHECKING:
    from triplane.formats.video.annotating import Annotated as Annotated
    from triplane.formats.video.annotating import annotated as annotated
    from triplane.formats.video.watching import WatchedFrame as WatchedFrame
    from triplane.formats.video.watching import Watching as Watching
    from triplane.formats.video.watching import watch as watch
else:
    __all__, __getattr__ = front_door(__name__)
