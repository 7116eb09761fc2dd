"""The bundles of the pose models: stored as they are, told how a picture becomes their input."""

import struct
import zipfile

import pytest

from assemble import BUFFERS, ENTRIES, VARIANTS
from flatbuffer import fields_of, referred, root_of, with_entry
from triplane.errors import UserError
from triplane.formats.video import MODELS, Model
from triplane.formats.video import models as video_models

BUILT = [MODELS / f"pose_{variant}.task" for variant in VARIANTS]
needs_models = pytest.mark.skipif(
    not all(one.is_file() for one in BUILT), reason="the pose models were not built here"
)


def told_about(net: bytes) -> bytes:
    """Return what a net tells under the name that runtimes ask for."""
    fields = fields_of(net, root_of(net))
    told = {}
    for entry in referred(net, fields[ENTRIES]):
        at = fields_of(net, entry)
        name_at = at[0] + struct.unpack_from("<I", net, at[0])[0]
        (length,) = struct.unpack_from("<I", net, name_at)
        number = struct.unpack_from("<I", net, at[1])[0] if 1 in at else 0
        told[net[name_at + 4 : name_at + 4 + length]] = number
    buffer = referred(net, fields[BUFFERS])[told[b"TFLITE_METADATA"]]
    content = fields_of(net, buffer)[0]
    begins = content + struct.unpack_from("<I", net, content)[0]
    (length,) = struct.unpack_from("<I", net, begins)
    return net[begins + 4 : begins + 4 + length]


@needs_models
@pytest.mark.parametrize("bundle", BUILT, ids=lambda path: path.stem)
def test_a_bundle_holds_both_nets_and_each_tells_its_input(bundle) -> None:
    with zipfile.ZipFile(bundle) as nets:
        assert {one.compress_type for one in nets.infolist()} == {zipfile.ZIP_STORED}
        person, points = nets.read("pose_detector.tflite"), nets.read("pose_landmarks_detector.tflite")

    for net, mean, sd in ((person, 127.5, 127.5), (points, 0.0, 255.0)):
        told = told_about(net)
        assert told[4:8] == b"M001"
        assert struct.pack("<If", 1, sd) in told
        assert struct.pack("<If", 1, mean) in told


@needs_models
def test_python_reads_the_nets_out_of_the_bundles_of_the_browser() -> None:
    for model in Model:
        person, points = video_models.nets(model)
        assert person[4:8] == points[4:8] == b"TFL3"


def test_a_model_with_something_unknown_is_not_cut_short() -> None:
    root = struct.pack("<I4sHHHHi", 16, b"TFL3", 8, 8, 4, 0, 8) + struct.pack("<I", 3)

    with pytest.raises(ValueError, match="would be lost"):
        with_entry(root, vectors=(BUFFERS, ENTRIES), kept={}, name=b"x", content=b"y")


def test_without_the_models_one_sentence_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(video_models, "MODELS", tmp_path)

    with pytest.raises(UserError, match="pose models were not built"):
        video_models.nets(Model.FULL)
