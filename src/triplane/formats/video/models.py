"""Where the pose models lie that the build put together, and the nets in them."""

import zipfile
from enum import StrEnum
from pathlib import Path

from triplane.errors import UserError

MODELS = Path(__file__).parent / "models-built"
"""Bundles that page and Python read alike; missing where the build left them out."""


class Model(StrEnum):
    """Which net finds the points: the light one is quicker, the full one surer."""

    LITE = "lite"
    FULL = "full"


def nets(model: Model) -> tuple[bytes, bytes]:
    """Return the net that finds people and the net that finds points on one.

    Raises
    ------
    UserError
        Where the bundles were not built.
    """
    try:
        with zipfile.ZipFile(MODELS / f"pose_{model}.task") as bundle:
            return bundle.read("pose_detector.tflite"), bundle.read("pose_landmarks_detector.tflite")
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise UserError(
            "the pose models were not built here; with a network, install Triplane again"
        ) from error
