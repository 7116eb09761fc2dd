"""Names made to harm: in the e-mails that go out, and on the pages of those whom they are shown to."""

from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from test_api_coach import account_of

from letting_in import NewRunner, let_in
from visiting import PASSWORD, Running

TURNED, ENDS = "\u202e", "\r\n"

ADDRESSES = {
    "a header": f"kim@example.org{ENDS}Bcc: victim@example.net",
    "a header in quotes": f'"kim{ENDS}Bcc: victim@example.net"@example.org',
    "signs in quotes": '"kim\x01\x1b[2J"@example.org',
    "two people": "kim@example.org,victim@example.net",
    "a name beside it": "Triplane <victim@example.net>",
    "a name in quotes": '"Triplane <victim@example.net>"@example.org',
    "a page": "<img/src=x>@example.org",
    "turned round": f"kim{TURNED}@example.org",
    "a domain turned round": f"kim@{TURNED}example.org",
    "ten thousand letters": "k" * 10_000 + "@example.org",
}


def mails(server: Running) -> list[EmailMessage]:
    """Return every e-mail that went out, as it was written."""
    parts = (part for file in server.mails.glob("*") for part in file.read_bytes().split(b"\n" + b"-" * 79))
    return [message_from_bytes(one.strip(), policy=policy.default) for one in parts if one.strip()]  # type: ignore[misc]


def is_plain(mail: EmailMessage) -> bool:
    """Whether a mail goes to one address, is text alone, and holds no sign that nobody sees."""
    body = mail.get_content()
    unseen = [one for one in body if not one.isprintable() and one != "\n"]
    people = [*mail["To"].addresses]
    alone = len(people) == 1 and not people[0].display_name and mail["Bcc"] is None and mail["Cc"] is None
    short = all(len(line) < 998 for line in mail.as_bytes().splitlines()) and len(body) < 5000
    return alone and short and not unseen and mail.get_content_type() == "text/plain"


@pytest.mark.parametrize("where", ["/accounts/signup/", "/accounts/password/reset/"])
@pytest.mark.parametrize("kind", ADDRESSES)
def test_no_address_writes_into_an_e_mail(server: Running, where: str, kind: str) -> None:
    before, visitor = len(mails(server)), server.visitor()
    visitor.get(where)
    told = {"email": ADDRESSES[kind], "password1": PASSWORD, "zone": "UTC"}
    page = visitor.post(where, told)

    assert page.status in (200, 400), page.text
    assert len(mails(server)) == before, "refused, and nobody is written to"
    assert "victim" not in page.text or page.path == where


def test_what_a_browser_calls_itself_stands_in_no_e_mail_as_anything_but_text(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    browser = "Kim\t<a href=//x.example>\x1b[2J" + "\u202e".encode().decode("latin-1") + "k" * 10_000
    visitor.get("/accounts/password/change/")
    told = {"oldpassword": PASSWORD, "password1": f"{PASSWORD}-2", "password2": f"{PASSWORD}-2"}
    visitor.post("/accounts/password/change/", told, **{"User-Agent": browser})

    [told_of] = [mail for mail in mails(server) if mail["To"] == email and "kkkk" in mail.get_content()]
    assert is_plain(told_of), told_of.as_string()


def test_every_e_mail_that_went_out_is_one_persons_plain_text(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    visitor.get("/accounts/password/reset/")
    visitor.post("/accounts/password/reset/", {"email": email})
    found = [mail for mail in mails(server) if mail["To"] == email]

    assert len({mail["Subject"] for mail in found}) >= 2, "a confirmation, and a reset"
    for mail in found:
        assert is_plain(mail), mail.as_string()
        assert mail["Subject"].startswith("Triplane: ") and len(mail["Subject"]) < 80


def test_an_e_mail_links_to_this_server_alone(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    token = visitor.get("/accounts/password/reset/").token
    before = len(mails(server))
    sent = {"csrfmiddlewaretoken": token, "email": email}
    for headers in ({"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}):
        visitor.once("POST", "/accounts/password/reset/?next=https://evil.example/", sent, headers)
    assert not any("evil.example" in mail.as_string() for mail in mails(server)[before:])


def test_a_name_turned_round_reads_as_it_was_typed(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    pair.coach.get("/coach/")
    told = {
        "called": f"Kim {TURNED}naicisyhp\u2066\x07<blink>",
        "role": "coach",
        "label": f"Anna{TURNED}\n\u200d",
        "group": f"x{TURNED}",
    }
    page = pair.coach.post("/coach/invite/", told)
    assert page.status == 200
    for sign in (TURNED, "\u2066", "\x07", "<blink>"):
        assert sign not in page.html
        kept = server.ask('SELECT called || label || "group" FROM server_invitation ORDER BY id DESC LIMIT 1')
        assert sign == "<blink>" or sign not in str(kept[0][0])


def test_a_program_that_sends_signs_which_nobody_sees_is_refused(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    program = account_of(pair.server, pair.coach_email).program("coaching")
    [line] = program.get("coach/runners").json["items"]
    for text in (f"Well{TURNED}run.", "Well\u2067run.", "Well\x07run."):
        assert program.post(f"coach/runners/{line['number']}/notes", {"text": text}).kind == "invalid", text
