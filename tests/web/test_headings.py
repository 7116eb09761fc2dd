"""Headings that others wrote, in the case of our own."""

import pytest
from django.utils import translation

from triplane.web.server.headings import in_sentence_case


@pytest.mark.usefixtures("configured")
@pytest.mark.parametrize(
    ("theirs", "ours"),
    [
        ("Email Address", "Email address"),
        ("Sign In", "Sign in"),
        ("Reset My Password", "Reset my password"),
        ("Two-Factor Authentication", "Two-factor authentication"),
        ("Add a Third-Party Account", "Add a third-party account"),
        ("Sign in with Google", "Sign in with Google"),
        ("Remind me by e-mail", "Remind me by e-mail"),
        ("Confirm", "Confirm"),
    ],
)
def test_a_heading_begins_with_a_capital_and_no_other_word_does(theirs: str, ours: str) -> None:
    with translation.override("en"):
        assert in_sentence_case(theirs) == ours


@pytest.mark.usefixtures("configured")
def test_german_keeps_its_capitals() -> None:
    with translation.override("de"):
        assert in_sentence_case("Passwort Ändern") == "Passwort Ändern"
