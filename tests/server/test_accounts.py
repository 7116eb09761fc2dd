"""Accounts on a server that runs: who logs in sees their own pages, and nobody else sees any of them."""

import re
import threading
from collections.abc import Callable

from visiting import PASSWORD, Running, Visitor, log_in

NewRunner = Callable[[], tuple[Visitor, str]]

PAGES = (
    "/",
    "/week/",
    "/hips/",
    "/settings/",
    "/settings/facts/",
    "/settings/export/",
    "/progress/",
    "/begin/welcome/",
)


def begin(visitor: Visitor) -> None:
    visitor.get("/begin/welcome/")
    visitor.post("/begin/welcome/", {})


def test_nobody_sees_a_page_of_anybody_and_is_led_to_log_in_and_back(stranger: Visitor) -> None:
    for path in PAGES:
        answer = stranger.once("GET", path)
        assert answer.status == 302, path
        assert answer.headers["Location"].startswith("/accounts/login/?next=/"), path
        assert not answer.body
    told = stranger.once("GET", "/hand-in/", headers={"Sec-Fetch-Mode": "cors"})
    assert told.status == 409, "a script keeps what it has and tries again"
    assert b"Log in first" in told.body


def test_somebody_signs_up_by_e_mail_begins_and_is_somebody_whose_name_tells_nothing(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    begin(visitor)

    [(runner, zone)] = server.ask("SELECT runner, zone FROM server_account WHERE email = %s", email)
    assert zone == "Europe/Berlin"
    assert re.fullmatch(r"r-[0-9a-f]{24}", str(runner))
    facts = server.ask("SELECT kind, zone, body, origin_key FROM facts WHERE runner = %s", runner)
    assert facts[0][:2] == ("disclaimer_accepted", "Europe/Berlin")
    assert email.split("@")[0] not in str(server.ask("SELECT * FROM facts"))


def test_an_address_that_is_not_confirmed_lets_nobody_in(server: Running, stranger: Visitor) -> None:
    stranger.get("/accounts/signup/")
    told = {"email": "hasty@example.org", "password1": PASSWORD, "zone": "UTC"}
    stranger.post("/accounts/signup/", told)
    log_in(stranger, "hasty@example.org")
    assert stranger.once("GET", "/").status == 302


def test_two_runners_see_nothing_of_each_other(new_runner: NewRunner) -> None:
    (one, _), (other, _) = new_runner(), new_runner()
    begin(one)
    facts = one.get("/settings/facts/")
    assert "What this is and is not" in facts.text
    names = set(re.findall(r"/settings/facts/([0-9a-f]{24})/", facts.html))

    assert "What this is and is not" not in other.get("/settings/facts/").text
    assert not other.get("/settings/export/").body.count(b"disclaimer")
    for name in names:
        assert other.get(f"/settings/facts/{name}/").status == 404


def test_a_wrong_password_says_the_same_for_who_is_known_and_who_is_not(
    server: Running, new_runner: NewRunner
) -> None:
    _, email = new_runner()
    said = set()
    for address in (email, "nobody@example.org"):
        visitor = server.visitor()
        log_in(visitor, address, "not the password")
        assert visitor.seen is not None
        said.add(re.sub(r"\S+@example\.org", "", visitor.seen.text))
        assert visitor.once("GET", "/").status == 302
    assert len(said) == 1


def test_guessing_is_slowed_down_in_all_processes_together(server: Running, new_runner: NewRunner) -> None:
    _, email = new_runner()
    guesser = server.visitor()
    for number in range(8):
        log_in(guesser, email, f"guess number {number}")
    log_in(guesser, email)
    assert guesser.once("GET", "/").status == 302, "even the right one is too late"
    assert guesser.seen is not None
    assert "too many" in guesser.seen.text.lower()


def test_the_session_is_another_one_after_logging_in_and_gone_after_logging_out(
    server: Running, new_runner: NewRunner
) -> None:
    _, email = new_runner()
    visitor = server.visitor()
    visitor.get("/accounts/login/")
    visitor.cookies["__Host-session"] = fixed = "a" * 32
    log_in(visitor, email)
    held = visitor.cookies["__Host-session"]
    assert held != fixed
    assert visitor.get("/settings/").status == 200

    visitor.get("/accounts/logout/")
    out = visitor.once("POST", "/accounts/logout/", {"csrfmiddlewaretoken": visitor.seen.token})
    assert '"storage"' in out.headers["Clear-Site-Data"]
    visitor.cookies["__Host-session"] = held
    assert visitor.once("GET", "/settings/").status == 302


def test_sessions_are_listed_and_all_others_are_ended(server: Running, new_runner: NewRunner) -> None:
    here, email = new_runner()
    there = server.visitor()
    log_in(there, email)
    assert there.get("/settings/").status == 200
    shown = here.get("/accounts/sessions/")
    assert shown.text.count("203.0.113.") >= 2

    here.post("/accounts/sessions/", {})
    assert there.once("GET", "/settings/").status == 302
    assert here.once("GET", "/settings/").status == 200


def test_a_forgotten_password_is_set_anew_by_e_mail_once(server: Running, new_runner: NewRunner) -> None:
    _, email = new_runner()
    visitor = server.visitor()
    visitor.get("/accounts/password/reset/")
    visitor.post("/accounts/password/reset/", {"email": email})
    link = re.search(r"https://coach\.example(/accounts/password/reset/key/\S+)", server.mail_to(email))
    assert link
    shown = visitor.get(link[1])
    new = "quite another walk, uphill"
    visitor.post(shown.path, {"password1": new, "password2": new})
    log_in(visitor, email, new)
    assert visitor.get("/settings/").status == 200
    assert "password1" not in server.visitor().get(link[1]).html, "the link works once"


def test_cookies_and_pages_are_kept_to_encrypted_connections(server: Running, new_runner: NewRunner) -> None:
    visitor, _ = new_runner()
    answer = visitor.once("GET", "/accounts/")
    assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    plain = visitor.once("GET", "/accounts/login/", headers={"X-Forwarded-Proto": "http"})
    assert (plain.status, plain.headers["Location"]) == (301, "https://coach.example/accounts/login/")
    stranger = server.visitor().once("GET", "/accounts/login/")
    for line in stranger.headers.get_all("Set-Cookie") or ():
        assert "secure" in line.lower()
        assert line.startswith("__Host-")
    elsewhere = stranger = server.visitor().once("GET", "/accounts/login/", headers={"Host": "evil.example"})
    assert elsewhere.status == 400


def test_a_form_without_its_token_changes_nothing(server: Running, new_runner: NewRunner) -> None:
    visitor, email = new_runner()
    answer = visitor.once("POST", "/accounts/", {"zone": "Asia/Tokyo"})
    assert answer.status == 403
    assert server.ask("SELECT zone FROM server_account WHERE email = %s", email) == [("Europe/Berlin",)]
    visitor.get("/accounts/")
    visitor.post("/accounts/", {"zone": "Asia/Tokyo"})
    assert server.ask("SELECT zone FROM server_account WHERE email = %s", email) == [("Asia/Tokyo",)]


def test_the_calendar_opens_for_who_knows_its_address_until_it_is_revoked(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, _ = new_runner()
    visitor.get("/settings/feed/")
    shown = visitor.post("/settings/feed/", {"remind": "5"})
    found = re.search(r"https://coach\.example(/feed/[\w-]{43}\.ics)", shown.html)
    assert found, shown.text
    calendar = server.visitor().get(found[1])
    assert calendar.body.startswith(b"BEGIN:VCALENDAR")
    assert server.visitor().get(f"/feed/{'a' * 43}.ics").status == 404

    visitor.post("/settings/feed/revoke/", {})
    assert server.visitor().get(found[1]).status == 404


def test_closing_the_account_removes_it_and_all_facts_and_leaves_a_receipt(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    begin(visitor)
    [(runner,)] = server.ask("SELECT runner FROM server_account WHERE email = %s", email)
    visitor.get("/accounts/close/")
    if visitor.seen and "reauthenticate" in visitor.seen.path:
        visitor.post(visitor.seen.path, {"password": PASSWORD})
    visitor.post("/accounts/close/", {"email": "somebody else"})
    assert server.ask("SELECT 1 FROM server_account WHERE email = %s", email)
    visitor.post("/accounts/close/", {"email": email})

    assert not server.ask("SELECT 1 FROM server_account WHERE email = %s", email)
    assert server.ask("SELECT kind FROM facts WHERE runner = %s", runner) == [("runner_erased",)]
    log_in(visitor, email)
    assert visitor.once("GET", "/").status == 302


def test_what_another_device_still_sends_while_the_account_is_closed_leaves_nothing(
    server: Running, new_runner: NewRunner
) -> None:
    visitor, email = new_runner()
    begin(visitor)
    [(runner,)] = server.ask("SELECT runner FROM server_account WHERE email = %s", email)
    others = [server.visitor() for _ in range(4)]
    for other in others:
        log_in(other, email)
        other.get("/change/")
    over = threading.Event()
    met: list[int] = []

    def goes_on(other: Visitor) -> None:
        while not over.is_set():
            told = {"csrfmiddlewaretoken": other.cookies.get("csrftoken", ""), "units": "metric"}
            met.append(other.once("POST", "/settings/", told).status)

    threads = [threading.Thread(target=goes_on, args=(other,)) for other in others]
    for thread in threads:
        thread.start()
    visitor.get("/accounts/close/")
    if visitor.seen and "reauthenticate" in visitor.seen.path:
        visitor.post(visitor.seen.path, {"password": PASSWORD})
    visitor.post("/accounts/close/", {"email": email})
    over.set()
    for thread in threads:
        thread.join()

    assert server.ask("SELECT DISTINCT kind FROM facts WHERE runner = %s", runner) == [("runner_erased",)]
    assert met and max(met) < 500, sorted(set(met))


def test_pages_of_one_machine_are_not_on_a_server(new_runner: NewRunner) -> None:
    visitor, _ = new_runner()
    assert visitor.get("/phone/").status == 404
    settings = visitor.get("/settings/").html
    assert "/phone/" not in settings
    assert 'href="/accounts/"' in settings
    for path in PAGES:
        assert "stays on this device" not in visitor.get(path).text, path
