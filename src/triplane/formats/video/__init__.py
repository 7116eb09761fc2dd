"""Videos of a person: read into the 33 landmarks of each frame by a pose model, on this machine.

Speaks:  MODELS, Model.      Knows: errors.      Never: what a movement means, and no picture leaves.
"""

from triplane.formats.video.models import MODELS, Model

__all__ = ["MODELS", "Model"]
