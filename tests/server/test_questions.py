"""How often a page asks the database does not grow with what there is."""

from collections.abc import Callable

from test_sharing_served import let_in, runner_of

from postgres import questions
from triplane.bootstrap import open_practice
from triplane.history import NoteWritten
from visiting import Running, Visitor

NewRunner = Callable[[], tuple[Visitor, str]]


def asked_for(server: Running, visitor: Visitor, page: str) -> list[str]:
    """What the database is asked for a page that was looked at before, in whichever process answers."""
    found = []
    for _ in range(6):
        with questions(server.database) as asked:
            assert visitor.once("GET", page).status == 200
        found.append(asked)
    return min(found, key=len)


def test_today_asks_no_oftener_for_a_long_history(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    before = asked_for(server, pair.runner, "/")
    runner = runner_of(server, pair.runner_email)
    practice = open_practice(server.database, runner, "Europe/Berlin", "2026-11-24T06:00")
    with practice.journal:
        practice.record(*(NoteWritten(text=f"Day {number}") for number in range(300)))
    after = asked_for(server, pair.runner, "/")
    assert 0 < len(after) == len(before) < 12, after


def test_a_coachs_table_asks_no_oftener_for_many_runners(server: Running, new_runner: NewRunner) -> None:
    pair = let_in(server, new_runner)
    before = asked_for(server, pair.coach, "/coach/")
    [(who,)] = server.ask("SELECT id FROM server_account WHERE email = %s", pair.coach_email)
    for number in range(12):
        name = f"r-many{number}-{who}"
        server.tell(
            "INSERT INTO server_account (email, runner, zone, password, is_active, is_staff, since) "
            "VALUES (%s, %s, 'Europe/Berlin', '!', true, false, now())",
            *(f"{name}@example.org", name),
        )
        server.tell(
            'INSERT INTO server_sharing (coach_id, runner_id, label, "group") '
            "SELECT %s, id, 'Ben', '' FROM server_account WHERE runner = %s",
            *(who, name),
        )
        server.tell(
            "INSERT INTO facts (id, runner, kind, version, occurred_at, recorded_at, local_date, zone,"
            " author, reason, supersedes, origin_key, body)"
            " SELECT substr(encode(sha256((%s || chr(10) || origin_key)::bytea), 'hex'), 1, 24), %s, kind,"
            " version, occurred_at, recorded_at, local_date, zone, author, reason, NULL, origin_key, body"
            " FROM facts WHERE runner = %s ORDER BY seq",
            *(name, name, runner_of(server, pair.runner_email)),
        )
    assert pair.coach.get("/coach/").text.count("Look") >= 13
    after = asked_for(server, pair.coach, "/coach/")
    assert 0 < len(after) == len(before) < 12, after
