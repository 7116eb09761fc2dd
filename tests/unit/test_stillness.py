"""What was held still, told as readings come, is what looking at all of them at once would find."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from triplane.movement.stillness import GAP_S, SMOOTHED_S, STILL_DEG, STILL_S, Stillness

moves = st.lists(
    st.tuples(st.sampled_from([0.1, 0.6, 1.0, 1.4, 3.0]), st.floats(-40, 40), st.booleans()),
    min_size=1,
    max_size=8,
)


def readings(of: list[tuple[float, float, bool]], fps: float, seed: int) -> tuple[list[float], list[float]]:
    """Positions that are held or swung through for so long, with noise, and now and then a gap."""
    dice = np.random.default_rng(seed)
    at_s, now, at, values = 0.0, 0.0, list[float](), list[float]()
    for seconds, target, is_gap in of:
        at_s += 0.7 if is_gap else 0
        for _ in range(int(seconds * fps)):
            now += (target - now) * 0.3
            at_s += 1 / fps
            at.append(at_s)
            values.append(float(now + dice.normal() * 0.8))
    return at, values


def all_at_once(at: list[float], values: list[float]) -> list[tuple[int, int]]:
    """The longest stretches in which nothing moved, found in the plainest way."""
    times = np.array(at)
    calm = [float(np.median(np.array(values)[np.abs(times - one) <= SMOOTHED_S / 2])) for one in at]
    found, start = [], 0
    while start < len(at):
        stop = start + 1
        while stop < len(at) and at[stop] - at[stop - 1] <= GAP_S:
            if max(calm[start : stop + 1]) - min(calm[start : stop + 1]) > STILL_DEG:
                break
            stop += 1
        is_held = at[stop - 1] - at[start] >= STILL_S
        if is_held:
            found.append((start, stop))
        start = stop if is_held else start + 1
    return found


@settings(max_examples=40)
@given(moves, st.sampled_from([8.0, 15.0, 32.0]), st.integers(0, 99))
def test_it_is_the_same_as_looking_at_everything_whenever_it_is_asked(
    of: list[tuple[float, float, bool]], fps: float, seed: int
) -> None:
    at, values = readings(of, fps, seed)
    still = Stillness()
    for number, (at_s, value) in enumerate(zip(at, values, strict=True), 1):
        still.take(at_s, value, 1.0)
        if number % 37 == 0 or number == len(at):
            found = [(one.start, one.stop) for one in still.found()[0]]
            assert found == all_at_once(at[:number], values[:number])
