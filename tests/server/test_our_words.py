"""Pages and e-mails of accounts speak our words: what allauth writes there stands in none of them."""

import ast
import re
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from visiting import Running

pytest.importorskip("allauth", reason="the packages of the extra called server are not here")

OURS = Path(__file__).parents[2] / "src/triplane/web/server"
ROOMS = ("account", "mfa", "socialaccount", "usersessions")
NOT_HERE = (
    "login_code",
    "confirm_code",
    "_code.html",
    "phone",
    "passkey",
    "trust",
    "signup_form",
    "reset_code",
)
"""Parts of names of templates that nothing leads to here: codes by e-mail, telephones."""

SENTENCE = re.compile(
    r"""{%\s*trans(?:late)?\s+(?:"([^"]*)"|'([^']*)')"""
    r"|{%\s*blocktrans(?:late)?\b[^%]*%}(.*?){%\s*endblocktrans",
    re.DOTALL,
)


def written() -> dict[str, str]:
    """Return every sentence of allauth's templates, as it is asked for, by the template it stands in."""
    package = find_spec("allauth")
    assert package and package.origin
    folder = Path(package.origin).with_name("templates")
    found = {}
    for room in ROOMS:
        for file in (folder / room).rglob("*.*"):
            name = str(file.relative_to(folder))
            if not any(part in name for part in NOT_HERE) and not (OURS / "templates" / name).exists():
                for one in SENTENCE.findall(file.read_text(encoding="utf-8")):
                    for part in re.split(r"{%\s*plural\s*%}", "".join(one)):
                        told = re.sub(r"{{\s*(\w+)\s*}}", r"%(\1)s", part)
                        found[" ".join(told.split())] = name
    return found


def test_no_sentence_and_no_title_of_a_page_or_an_e_mail_is_theirs(configured: None) -> None:
    from triplane.web.server.our_words import OUR_WORDS

    theirs = {text: name for text, name in written().items() if text not in OUR_WORDS}
    in_title_case = [text for text in theirs if re.search(r"[a-z] [A-Z][a-z]", text)]
    sentences = [text for text in theirs if text.count(" ") > 2]

    assert in_title_case == []
    assert [one for one in sentences if one not in UNSAID] == []
    assert set(OUR_WORDS) - set(written()) == set(), "allauth words this otherwise by now"


UNSAID = (
    "Confirmation email sent to %(email)s.",
    "Successfully signed in as %(name)s.",
    "You have signed out.",
)
"""What is never shown: everybody sees it for themselves (``adapter.py``)."""


def test_what_is_ours_holds_the_same_values_as_theirs(configured: None) -> None:
    from triplane.web.server.our_words import OUR_WORDS

    for theirs, ours in OUR_WORDS.items():
        assert set(re.findall(r"%\(\w+\)s", ours)) <= set(re.findall(r"%\(\w+\)s", theirs)), theirs
        assert '"' not in ours or "%(" in ours, "a quotation mark would end a sentence of a template early"


def test_a_template_of_others_says_our_words(configured: None) -> None:
    from django.template import Context, Engine

    engine = Engine(libraries={"i18n": "triplane.web.server.their_words"})
    said = engine.from_string(
        "{% load i18n %}{% trans 'Sign In' %}|{% translate \"Bad Token\" as told %}{{ told }}|"
        "{% blocktrans %}You have\n  confirmed {{ email }}.{% endblocktrans %}|"
        "{% blocktranslate count count=many %}You have added {{ count }} security key.{% plural %}"
        "You have added {{ count }} security keys.{% endblocktranslate %}|{% translate 'Of nobody' %}"
    ).render(Context({"email": "<a@b>", "many": 2}))

    assert said.split("|") == [
        "Sign in",
        "This link does not work any more",
        "&lt;a@b&gt; is confirmed.",
        "You have 2 of them.",
        "Of nobody",
    ]


def test_a_page_and_an_e_mail_of_an_account_are_said_in_our_words_and_in_german(
    server: Running, new_runner: Any
) -> None:
    _, email = new_runner()
    visitor = server.visitor()
    page = visitor.get("/accounts/password/reset/", **{"Accept-Language": "de"})
    visitor.post("/accounts/password/reset/", {"email": email})
    english = server.mail_to(email)

    assert "Eine E-Mail führt dich zu einem neuen Passwort" in page.text
    assert "An e-mail leads you to a new password" in visitor.get("/accounts/password/reset/").text
    mails = [file.read_text(encoding="utf-8") for file in server.mails.glob("*")]
    assert any("Subject: Triplane: Choose a new password" in one for one in mails)
    assert "do nothing, and the old one holds" in " ".join(english.split())
    assert "You're receiving" not in english and "Password Reset" not in english


FORMS = (
    "account/forms.py",
    "account/fields.py",
    "account/adapter.py",
    "mfa/adapter.py",
    "socialaccount/adapter.py",
)
NOT_ASKED = (
    *("Username", "Phone", "Login", "Remember Me", "phone", "optional", "Email (again)", "confirmation"),
    *(
        "is not assigned to any user",
        "Please select only one",
        "more than %d",
        "Invalid token",
        "Invalid login",
    ),
    *(
        "cannot deactivate two-factor",
        "your %s account",
        "Email address",
        "same email",
        "The username and/or",
    ),
)
"""Parts of what no form says here: of names and telephones, of addresses told twice, of who is known."""
AS_OURS = {"Password", "Code", "Forgot your password?", "Use your password"}
"""What we would say as well."""


def said_by_forms() -> set[str]:
    """Return every label, explanation and refusal that allauth writes in its code."""
    package = find_spec("allauth")
    assert package and package.origin
    room = Path(package.origin).parent
    found = set()
    for file in (*(room / name for name in FORMS), *(room / "mfa").rglob("forms.py")):
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and "_" in call.func.id[:1]:
                found |= {one.value for one in call.args if isinstance(one, ast.Constant)}
    return {one for one in found if isinstance(one, str)}


def test_no_label_and_no_refusal_of_a_form_is_theirs(configured: None) -> None:
    from triplane.web.server.form_words import FORM_WORDS

    theirs = {one for one in said_by_forms() if not any(part in one for part in NOT_ASKED)}
    assert len(theirs) > 25
    assert theirs - set(FORM_WORDS) - AS_OURS == set()
    of_django = {"This field is required.", "Enter a valid email address."}
    assert set(FORM_WORDS) - said_by_forms() == of_django, "allauth words this otherwise by now"


@pytest.mark.parametrize("language", ["en", "de"])
def test_no_two_sentences_of_theirs_are_taken_for_one_another(configured: None, language: str) -> None:
    """They are known by how they are said in the language of the page."""
    from django.utils.translation import gettext, override

    from triplane.web.server.form_words import FORM_WORDS, in_our_words

    with override(language):
        for theirs, ours in FORM_WORDS.items():
            assert in_our_words(gettext(theirs)) == gettext(ours), theirs
        assert in_our_words("Of nobody") == "Of nobody"


TOLD = {
    "/accounts/login/": (
        {"login": "nobody@example.org", "password": "a wrong one, certainly"},
        "Address and password do not belong together.",
        "Adresse und Passwort gehören nicht zusammen.",
    ),
    "/accounts/password/reset/": (
        {"email": "no address"},
        "Write an e-mail address, as name@example.org.",
        "Schreib eine E-Mail-Adresse, etwa name@example.org.",
    ),
    "/accounts/signup/": (
        {"email": "", "password1": "123456789", "zone": "UTC"},
        "A password here has 10 signs at least.",
        "Ein Passwort hat hier mindestens 10 Zeichen.",
    ),
    "/accounts/password/change/": (
        {"oldpassword": "not it", "password1": "a walk by a river", "password2": "a walk by a lake"},
        "Write the new password twice.",
        "Schreib das neue Passwort zweimal.",
    ),
    "/accounts/email/": ({"email": "no address", "action_add": ""}, *["name@example.org."] * 2),
}


@pytest.mark.parametrize("path", TOLD)
def test_what_a_form_refuses_is_said_beside_its_field_in_our_words_and_in_german(
    server: Running, new_runner: Any, path: str
) -> None:
    told, english, german = TOLD[path]
    needs_account = "change" in path or "email" in path
    visitor = new_runner()[0] if needs_account else server.visitor()
    for says, language in ((english, "en"), (german, "de")):
        speaks = {"Accept-Language": language}
        visitor.get(path, **speaks)
        page = visitor.post(path, told, **speaks)
        assert says in page.text, page.text
        assert "placeholder" not in page.html
        for described in re.findall(r'aria-describedby="([^"]+)"', page.html):
            assert all(f'id="{one}"' in page.html for one in described.split()), described
        assert 'class="problem"' in page.html
