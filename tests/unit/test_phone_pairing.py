"""A code pairs one phone and soon ends; a phone's own secret is kept by nobody but the phone."""

from datetime import date

import pytest

from triplane.web.phone.pairing import (
    HOLDS_S,
    MOST_PHONES,
    MOST_TRIES,
    Codes,
    NotPaired,
    Phones,
    TooManyTries,
)

TODAY = date(2026, 11, 22)


class Clock:
    """A clock that stands until it is moved."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def codes(clock: Clock) -> Codes:
    return Codes(clock)


def test_a_code_pairs_once(codes) -> None:
    code = codes.offer()
    codes.use(code, "192.168.1.7")

    with pytest.raises(NotPaired, match="used before"):
        codes.use(code, "192.168.1.7")
    assert codes.offer() != code


def test_a_code_ends_after_ten_minutes(codes, clock) -> None:
    code = codes.offer()
    clock.now += HOLDS_S

    with pytest.raises(NotPaired, match="older than ten minutes"):
        codes.use(code, "192.168.1.7")


def test_a_code_that_soon_ends_is_not_shown_again(codes, clock) -> None:
    code = codes.offer()
    clock.now += HOLDS_S / 2
    assert codes.offer() == code
    clock.now += HOLDS_S / 2 - 10
    assert codes.offer() != code


def test_guessing_is_told_to_stop_and_the_code_that_is_shown_still_pairs(codes, clock) -> None:
    code = codes.offer()
    for _ in range(MOST_TRIES):
        with pytest.raises(NotPaired):
            codes.use("guess", "192.168.1.66")
    with pytest.raises(TooManyTries):
        codes.use("guess", "192.168.1.66")
    codes.use(code, "192.168.1.66")
    with pytest.raises(TooManyTries):
        codes.use(code, "192.168.1.66")

    clock.now += HOLDS_S
    codes.use(codes.offer(), "192.168.1.66")


@pytest.mark.parametrize("code", ["", "é\ud800", "x" * 100_000])
def test_a_code_of_nonsense_pairs_nothing(codes, code) -> None:
    with pytest.raises(NotPaired):
        codes.use(code, "192.168.1.7")
    codes.offer()
    with pytest.raises(NotPaired):
        codes.use(code, "192.168.1.7")


def test_a_paired_phone_is_known_after_a_restart_and_its_secret_is_kept_nowhere(tmp_path) -> None:
    secret = Phones(tmp_path / "paired.json").pair("iPhone", TODAY)
    again = Phones(tmp_path / "paired.json")

    assert again.known(secret) is not None
    assert again.known("another") is None
    assert again.known("") is None
    assert secret not in (tmp_path / "paired.json").read_text()
    assert again.known(again.all()[0].secret_hash) is None, "what is kept opens nothing"


def test_a_forgotten_phone_is_known_no_more_and_the_other_stays(tmp_path) -> None:
    phones = Phones(tmp_path / "paired.json")
    mine, other = phones.pair("iPhone", TODAY), phones.pair("Android phone", TODAY)
    phones.forget(phones.known(mine).id)

    assert phones.known(mine) is None
    assert phones.known(other) is not None


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'[{"id": 1}]', b"\xff\xfe", b'{"a": "b"}'])
def test_a_list_that_cannot_be_understood_lets_nobody_in(tmp_path, content) -> None:
    (tmp_path / "paired.json").write_bytes(content)

    assert Phones(tmp_path / "paired.json").known("anything") is None


def test_phones_do_not_pile_up_for_ever(tmp_path) -> None:
    phones = Phones(tmp_path / "paired.json")
    for _ in range(MOST_PHONES):
        phones.pair("iPhone", TODAY)

    with pytest.raises(NotPaired, match="forget one"):
        phones.pair("iPhone", TODAY)
