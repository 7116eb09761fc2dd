"""Secrets of a second step lie sealed; another key, none and an old plain one do what was promised."""

import pytest

from triplane.web.server import second_step as step

OLD, NEW = ("an old secret that nobody guesses, not at all 0123456", "a new secret that nobody guesses 789")
PLAIN = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def test_what_is_sealed_shows_nothing_and_opens_again() -> None:
    one, other = step.sealed(PLAIN, [OLD]), step.sealed(PLAIN, [OLD])

    assert PLAIN not in one
    assert one != other
    assert step.opened(one, [OLD]) == step.opened(one, [NEW, OLD]) == PLAIN


def test_what_lay_there_before_is_read_and_sealed() -> None:
    assert step.opened(PLAIN, [OLD]) == PLAIN
    anew = step.sealed_anew(PLAIN, [OLD])
    assert anew
    assert step.opened(anew, [OLD]) == PLAIN != anew
    assert step.sealed_anew(anew, [OLD]) is None


def test_a_new_key_takes_over_from_one_before_and_does_without_it_then() -> None:
    anew = step.sealed_anew(step.sealed(PLAIN, [OLD]), [NEW, OLD])

    assert anew
    assert step.opened(anew, [NEW]) == PLAIN
    assert step.sealed_anew(step.sealed(PLAIN, [OLD]), [NEW]) is None


def test_what_no_key_opens_lets_nobody_in(caplog: pytest.LogCaptureFixture) -> None:
    lost = step.sealed(PLAIN, [OLD])
    first, second = step.opened(lost, [NEW]), step.opened(lost, [NEW])

    assert PLAIN not in (first, second)
    assert first != second, "a secret that is always the same would be reckoned with"
    assert len(first) == 32
    assert "another SECRET_KEY" in caplog.text
    assert PLAIN not in caplog.text
