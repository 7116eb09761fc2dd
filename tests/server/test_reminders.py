"""Reminders: who asked for them gets a time, a length and a link, once; nobody else gets anything."""

import re
from collections.abc import Callable
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from club import ZONE, Club
from triplane import catalogue
from visiting import HOST, Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]
HOST_OF_MAILS = f"https://{HOST}"


@pytest.fixture(scope="module")
def club(server: Running, told_on_monday: Path) -> Club:
    return Club(server, told_on_monday)


def test_who_asked_is_reminded_once_and_nobody_who_did_not_ask_or_may_not_or_is_not_there(club: Club) -> None:
    asked, both = club.joins(), club.joins(ahead=120, most=3)
    later = club.joins(ahead=10)
    nobody = {"did not ask": club.joins(asked=False), **club.who_may_not_train()}

    def got() -> dict[str, int]:
        people = {"asked": asked, "both": both, "later": later, **nobody}
        return {name: number for name, email in people.items() if (number := len(club.mails(email)))}

    first = club.round(20)
    assert (first.returncode, first.stderr) == (0, "")
    assert got() == {"asked": 1, "both": 1}
    club.round(19)
    assert got() == {"asked": 1, "both": 1}, "never twice"
    club.round(5)
    assert got() == {"asked": 1, "both": 1, "later": 1, "quiet": 1}, "quiet hours are over before it begins"
    late = club.joins()
    club.round(0)
    assert club.mails(late) == [], "what has begun is not announced"


def test_a_reminder_tells_a_time_a_length_and_a_link_and_nothing_of_what_is_done(club: Club) -> None:
    email = club.joins()
    club.round(20)
    [mail] = club.mails(email)
    text = mail.get_content()  # type: ignore[attr-defined]
    at = f"{club.slot.starts_at.astimezone(ZoneInfo(ZONE)):%H:%M}"
    assert re.fullmatch(rf"{at}: Triplane, \d+ minutes?", mail["Subject"])
    lines = text.splitlines()
    assert lines[0] == mail["Subject"]
    assert re.fullmatch(rf"{HOST_OF_MAILS}/session/{re.escape(club.slot.id)}/(?:play/)?", lines[1])
    whole = mail.as_string()
    words = set(re.findall(r"\w+", whole))
    assert [one.id for one in catalogue.load().values() if one.id in words or one.name in whole] == []
    assert not re.search(r"\b(hip|stretch|strength|mobil)", whole, re.IGNORECASE)
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip("<>") in lines
    assert mail["Auto-Submitted"] == "auto-generated"


def test_two_rounds_at_once_send_it_once(club: Club) -> None:
    email = club.joins()
    rounds = [club.begin_round(20) for _ in range(2)]
    said = [one.communicate(timeout=120) for one in rounds]
    assert [one.returncode for one in rounds] == [0, 0], said
    assert len(club.mails(email)) == 1


def test_a_mail_server_that_is_away_loses_no_reminder(club: Club) -> None:
    email = club.joins()
    away = club.round(20, EMAIL_URL="smtp://127.0.0.1:1")
    assert away.returncode == 2
    assert away.stderr.startswith("triplane: the mail server takes nothing just now (ConnectionRefusedError)")
    assert "Traceback" not in away.stderr
    assert club.mails(email) == []
    club.round(15)
    assert len(club.mails(email)) == 1


def test_the_link_in_the_mail_ends_reminders_once_somebody_says_so(club: Club, stranger: Visitor) -> None:
    email = club.joins(most=3)
    club.round(20)
    [mail] = club.mails(email)
    address = mail["List-Unsubscribe"].strip("<>").removeprefix(HOST_OF_MAILS)

    def still() -> int:
        asked = "SELECT count(*) FROM server_reminderchoice JOIN server_account a ON a.id = account_id"
        [(number,)] = club.server.ask(f"{asked} WHERE email = %s", email)
        return int(str(number))

    assert "End all reminders?" in stranger.get(address).text
    assert still() == 1, "a program that looks at links ends nothing"
    said = stranger.once(
        "POST", address, {"List-Unsubscribe": "One-Click"}, {"Origin": "https://mail.example"}
    )
    assert (said.status, still()) == (200, 0)
    assert "No more reminders go out." in said.text

    guessed = stranger.once("POST", "/accounts/reminders/end/guessed/", {})
    hidden = re.compile(r"guessed|secret-\d+")
    assert hidden.sub("", guessed.text) == hidden.sub("", said.text), "nobody learns which links are known"
    assert address.split("/")[-2] not in club.server.log.read_text()


def test_reminders_are_off_until_asked_for_and_end_where_they_were_asked_for(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    choice = "SELECT ahead_min, most_a_day FROM server_reminderchoice r JOIN server_account a"

    def chosen() -> list[tuple[object, ...]]:
        return server.ask(f"{choice} ON a.id = r.account_id WHERE email = %s", email)

    assert "Nothing is sent unless you ask for it here." in visitor.get("/accounts/reminders/").text
    assert chosen() == []
    wrong = visitor.post("/accounts/reminders/", {"ahead_min": "1", "most_a_day": "99"})
    assert wrong.status == 400
    assert "Choose one of these." in wrong.text
    assert chosen() == []
    kept = visitor.post("/accounts/reminders/", {"ahead_min": "60", "most_a_day": "2", "mail": "on"})
    assert f"Reminders go to {email}" in kept.text
    assert chosen() == [(60, 2)]
    visitor.post("/accounts/reminders/", {"ahead_min": "10", "most_a_day": "2"})
    assert chosen() == [(10, 2)]
    visitor.post("/accounts/reminders/", {"end": "1"})
    assert chosen() == []


def test_nobody_chooses_without_logging_in(stranger: Visitor) -> None:
    answer = stranger.once("GET", "/accounts/reminders/")
    assert answer.status == 302
    assert answer.headers["Location"].startswith("/accounts/login/")
