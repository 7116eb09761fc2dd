"""What a coach's program sees of the runners who share, by their own word each time; and who ends it."""

import re
from collections.abc import Callable
from contextlib import closing

import pytest

from letting_in import Pair, let_in, runner_of
from programs import Account, Program, account_in, drills_in
from triplane import coach
from triplane.bootstrap import open_practice
from triplane.history import SharedAs
from visiting import NOW, Running, Visitor, signed_up

NewRunner = Callable[[], tuple[Visitor, str]]


def account_of(server: Running, email: str) -> Account:
    [(number, runner)] = server.ask("SELECT id, runner FROM server_account WHERE email = %s", email)
    assert isinstance(number, int)
    return Account(server, number, str(runner))


@pytest.fixture(scope="module")
def pair(server: Running) -> Pair:
    names = iter(("api-coach@example.org", "api-runner@example.org"))

    def make() -> tuple[Visitor, str]:
        email = next(names)
        return signed_up(server, email), email

    return let_in(server, make)


@pytest.fixture
def program(server: Running, pair: Pair) -> Program:
    return account_of(server, pair.coach_email).program("coach")


def ways(program: Program) -> list[str]:
    """Every address at which something of a runner is seen, as the description has them."""
    described = program.get("openapi.json").json["paths"]
    found = [path for path in described if path.startswith("/api/v1/coach/runners/{number}")]
    assert len(found) >= 8
    looks = [path for path in found if "get" in described[path]]
    told = {"{direction}": "flexion", "{word}": "flexion", "{drill}": "own_hip_cars"}
    return [re.sub(r"{(?!number)\w+}", lambda blank: told[blank[0]], path) for path in looks]


def test_a_coach_sees_in_documents_what_the_pages_show(server: Running, pair: Pair, program: Program) -> None:
    [line] = program.get("coach/runners").json["items"]
    assert (line["label"], line["group"]) == ("Anna of the club", "Club")
    assert program.get("coach/runners?group=Another").json["items"] == []
    at = f"coach/runners/{line['number']}"
    practice = open_practice(server.database, runner_of(server, pair.runner_email), "Europe/Berlin", NOW)
    with closing(practice.journal):
        history, now = practice.history(), practice.now
        assert coach.RunnersLine.model_validate(line["line"]) == coach.runners_line(history, now)
        assert coach.HipMap.model_validate(program.get(f"{at}/map").json) == coach.hip_map(history, now)
        assert coach.Week.model_validate(program.get(f"{at}/week").json) == coach.week(history, now)
        assert coach.Day.model_validate(program.get(f"{at}/day").json) == practice.look()
    assert program.get(f"{at}/safety").json["screened_on"]
    page = program.get(f"{at}/facts?limit=1").json
    assert page["next"].startswith(f"/api/v1/{at}/facts?limit=1&before=")
    assert program.get(page["next"]).json["items"] != page["items"]


def test_pages_of_runners_meet_each_once_and_end_whatever_changes_meanwhile(server: Running) -> None:
    ours, group, them = account_in(server), "Track & Field", []
    for name in ("Zoe", "Anna", "Mia", "Ben"):
        runner = account_in(server)
        them.append(runner.runner)
        with closing(runner.practice().journal) as journal:
            history = journal.history(runner.runner)
        runner.told(*coach.consent(history, ours.runner, "Cara Coach", SharedAs.COACH))
        server.tell(
            'INSERT INTO server_sharing (coach_id, runner_id, label, "group") VALUES (%s, %s, %s, %s)',
            *(ours.number, runner.number, name, group),
        )
    program, met = ours.program("coach"), []
    at = "coach/runners?limit=1&group=Track%20%26%20Field"
    program.get(at)
    [(worked_out,)] = server.ask("SELECT count(*) FROM worked_out WHERE runner = ANY(%s)", them)
    assert worked_out == 2, "a page works out its own lines and, to know that there is more, one behind them"
    while at and len(met) < 9:
        page = program.get(at).json
        met += [one["label"] for one in page["items"]]
        server.tell("DELETE FROM server_sharing WHERE label = %s AND coach_id = %s", met[0], ours.number)
        at = page["next"]
    assert met == ["Zoe", "Anna", "Mia", "Ben"], "in the order in which they came to the coach"


def test_it_shows_nothing_of_the_coachs_own_and_other_kinds_show_no_runner(
    server: Running, pair: Pair, program: Program
) -> None:
    for address in ("runner", "day", "facts", "archive", "sharing"):
        assert program.get(address).kind == "other-scope", address
    assert program.post("plan").kind == "other-scope"
    account = account_of(server, pair.coach_email)
    for scope in ("read", "write"):
        assert account.program(scope).get("coach/runners").kind == "other-scope"


def test_another_coachs_number_and_none_open_nothing(
    server: Running, pair: Pair, program: Program, new_runner: NewRunner
) -> None:
    number = program.get("coach/runners").json["items"][0]["number"]
    _, email = new_runner()
    other = account_of(server, email).program("coach")
    assert other.get("coach/runners").json == {"items": [], "next": ""}
    for path in ways(program):
        for guess in (number, 0, 999_999):
            assert other.get(path.replace("{number}", str(guess))).kind == "unknown", path
    assert other.get(f"coach/runners/{2**70}/day").kind == "invalid"


def test_a_blocked_runner_shows_a_coach_no_drill_and_leads_nowhere(
    server: Running, new_runner: NewRunner
) -> None:
    blocked = let_in(server, new_runner)
    account = account_of(server, blocked.runner_email)
    program = account_of(server, blocked.coach_email).program("coach")
    account.told(coach.screening_answers({"Q07": True}))
    [line] = program.get("coach/runners").json["items"]
    assert [call["need"] for call in line["line"]["calls"]] == ["blocked"]
    at = f"coach/runners/{line['number']}"
    assert program.get(f"{at}/day").json["state"] == "blocked"
    week = program.get(f"{at}/week")
    assert week.kind == "blocked" and "next" not in week.json
    for path in ways(program):
        assert drills_in(program.get(path.replace("{number}", str(line["number"])))) == set(), path


def test_the_runner_ends_it_by_a_program_and_it_is_ended_at_once(
    server: Running, new_runner: NewRunner
) -> None:
    pair = let_in(server, new_runner)
    coachs = account_of(server, pair.coach_email).program("coach")
    runners = account_of(server, pair.runner_email).program()
    number = coachs.get("coach/runners").json["items"][0]["number"]
    assert coachs.get(f"coach/runners/{number}/day").status == 200
    [shared] = runners.get("sharing").json
    assert (shared["called"], shared["role"], shared["ended"]) == ("Cara Coach", "coach", None)

    assert runners.delete("sharing/r-nobody").kind == "unknown"
    [ended] = runners.delete(f"sharing/{shared['to']}").json
    assert ended["ended"]
    assert runners.delete(f"sharing/{shared['to']}").status == 200
    assert coachs.get("coach/runners").json["items"] == []
    for path in ways(coachs):
        assert coachs.get(path.replace("{number}", str(number))).kind == "unknown", path


def test_a_line_without_the_runners_word_shows_nothing(server: Running, new_runner: NewRunner) -> None:
    (_, coach_email), (_, runner_email) = new_runner(), new_runner()
    server.tell(
        "INSERT INTO server_sharing (coach_id, runner_id, label, \"group\") VALUES (%s, %s, 'Anna', '')",
        account_of(server, coach_email).number,
        account_of(server, runner_email).number,
    )
    program = account_of(server, coach_email).program("coach")
    [(number,)] = server.ask("SELECT max(id) FROM server_sharing")
    assert program.get("coach/runners").json["items"] == []
    assert program.get(f"coach/runners/{number}/day").kind == "unknown"
