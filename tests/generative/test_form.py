"""Whatever a camera, a page or a file sends: a watch neither falls over nor makes something up."""

import json
from math import isfinite

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triplane.body import Side
from triplane.catalogue import learnt, load_one
from triplane.formats.motion import landmark_frame
from triplane.movement import LandmarkFrame, Watch, analyse_form

LEARNT = learnt(load_one("own_hip_cars"))

numbers = st.one_of(
    st.floats(-0.5, 1.5),
    st.sampled_from([0.0, 1e9, -1e300, 1e308, float("nan"), float("inf"), -float("inf")]),
)
points = st.one_of(
    st.just(()),
    st.lists(st.tuples(numbers, numbers), min_size=33, max_size=33).map(tuple),
    st.lists(st.tuples(numbers, numbers), max_size=40).map(tuple),
)
deep = st.one_of(
    st.just(()),
    st.lists(st.tuples(numbers, numbers, numbers), min_size=33, max_size=33).map(tuple),
    st.lists(st.tuples(numbers, numbers, numbers), max_size=3).map(tuple),
)
frames = st.builds(
    LandmarkFrame,
    at_s=st.one_of(st.floats(0, 60), st.floats()),
    image=points,
    world=deep,
    visibility=st.lists(numbers, min_size=33, max_size=33).map(tuple),
    aspect=st.floats(0.2, 5),
    people=st.integers(0, 3),
    light=st.one_of(st.none(), st.floats(0, 1)),
)


@given(st.lists(frames, max_size=30), st.sampled_from(Side))
def test_a_watch_takes_any_frames_and_shows_only_numbers(sent: list[LandmarkFrame], side: Side) -> None:
    watch = Watch(LEARNT, side)
    for frame in sent:
        seen = watch.see(frame)
        assert seen.clean <= seen.repetitions
        assert seen.share is None or isfinite(seen.share)
        assert all(one.value is None or isfinite(one.value) for one in seen.shown)
        assert seen.held_s >= 0


@given(st.lists(frames, min_size=1, max_size=30))
def test_a_report_is_made_of_any_frames_or_refused_in_words(sent: list[LandmarkFrame]) -> None:
    try:
        found = analyse_form(sent, LEARNT, Side.RIGHT)
    except ValueError as refused:
        assert "frame" in str(refused)
    else:
        assert found.clean <= len(found.repetitions)


json_values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=20,
)


@given(
    st.one_of(
        st.text(max_size=200),
        json_values.map(json.dumps),
        st.fixed_dictionaries(
            {"t": json_values, "world": json_values},
            optional={
                "image": json_values,
                "visibility": json_values,
                "aspect": json_values,
                "people": json_values,
            },
        ).map(json.dumps),
    )
)
def test_a_message_is_a_frame_or_half_a_sentence(sent: str) -> None:
    try:
        frame = landmark_frame(sent)
    except ValueError as refused:
        assert str(refused)
    else:
        assert isfinite(frame.at_s)


def test_a_million_points_are_refused_before_they_are_read() -> None:
    with pytest.raises(ValueError, match="33 points"):
        landmark_frame(json.dumps({"t": 0, "world": [[0, 0, 0]] * 1_000_000}))
