"""Puts the pose models together: the nets of npm's @mediapipe/pose, in bundles for browser and Python.

A bundle holds two nets: one finds people in a picture, one finds 33 points on a person. The nets lack what
the browser's runtime asks for, how a picture's values become the nets' inputs; it is added here. Called by
the build hook; needs the standard library alone.
"""

import base64
import struct
import sys
import zipfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
from flatbuffer import with_entry

PACKAGE = Path("node_modules/@mediapipe/pose")
"""Where the package lies below the front end."""

VARIANTS = ("lite", "full")
"""The bundles: one for slow devices, one for all others."""

BUFFERS, ENTRIES = 4, 6
KEPT = {0: "number", 1: "reference", 2: "reference", 3: "reference", 5: "reference", 7: "reference"}
"""The fields of a model's root: its buffers, what is told about it, and those that stay as they are."""

INPUT_TOLD = base64.b64decode(
    "FAAAAE0wMDEMAAwACAAAAAAABAAMAAAACAAAAOgAAAABAAAAEAAAAAwADAAAAAAACAAEAAwAAAAIAAAANAAAAAUAAAAoAAAA"
    "HAAAABQAAAAMAAAABAAAAPD////0////+P////z///8EAAQABAAAAAEAAAAUAAAAAAAOABAADAAAAAAACAAEAA4AAAAMAAAA"
    "UAAAAGQAAAABAAAADAAAAAgADAALAAQACAAAABAAAAAAAAABCAAMAAgABAAIAAAACAAAAAwAAAABAAAAAAB/QwEAAAAAAAAA"
    "CAAKAAkABAAIAAAADAAAAAACBgAIAAcABgAAAAAAAAEFAAAAaW1hZ2UAAAATAAAAQmxhemVQb3NlIGxhbmRtYXJrcwA="
)
"""What is told about a net with one picture as input and five outputs: mean 0, standard deviation 255."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every file in a bundle, so that the same nets make the same bundle."""


def assemble(sources: Path, into: Path) -> None:
    """Write the bundles, and the notice that goes with them, into a folder."""
    package = sources / PACKAGE
    into.mkdir(parents=True, exist_ok=True)
    detector = package / "pose_solution_packed_assets.data"
    for variant in VARIANTS:
        nets = {
            "pose_detector.tflite": _told(detector, mean=127.5, sd=127.5),
            "pose_landmarks_detector.tflite": _told(
                package / f"pose_landmark_{variant}.tflite", mean=0.0, sd=255.0
            ),
        }
        _bundle(into / f"pose_{variant}.task", nets)
    notice = sources / "licences" / "mediapipe.NOTICE.txt"
    (into / notice.name).write_bytes(notice.read_bytes())


def _told(net: Path, mean: float, sd: float) -> bytes:
    """Return a net that tells by which mean and standard deviation its input is made of a picture."""
    told = bytearray(INPUT_TOLD)
    values = INPUT_TOLD.index(struct.pack("<If", 1, 255.0))
    struct.pack_into("<f", told, values + 4, sd)
    struct.pack_into("<f", told, values + 12, mean)
    model = net.read_bytes()
    if model[4:8] != b"TFL3":
        raise ValueError(f"{net.name} is no net of the kind that we know")
    return with_entry(
        model, vectors=(BUFFERS, ENTRIES), kept=KEPT, name=b"TFLITE_METADATA", content=bytes(told)
    )


def _bundle(place: Path, nets: dict[str, bytes]) -> None:
    """Write nets as they are, not packed: the runtime reads them where they lie."""
    unfinished = place.with_name(place.name + ".part")
    with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as bundle:
        for name, net in nets.items():
            bundle.writestr(zipfile.ZipInfo(name, EPOCH), net)
    unfinished.replace(place)


if __name__ == "__main__":
    assemble(Path(sys.argv[1]), Path(sys.argv[2]))
