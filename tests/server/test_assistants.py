"""A coach's assistant sees whom the runner lets them see, writes notes, and is gone once anybody ends it."""

import re
from collections.abc import Callable

import pytest
from test_api_coach import account_of

from letting_in import NewRunner, Pair, assist, facts_of, let_in, named, runner_of
from visiting import Page, Running, Visitor


@pytest.fixture
def three(server: Running, new_runner: NewRunner) -> tuple[Pair, Visitor, str]:
    """A coach, a runner who let the coach in, and somebody else."""
    helper, email = new_runner()
    return let_in(server, new_runner), helper, email


def test_whoever_is_asked_to_assist_says_no_and_the_invitation_is_gone(
    three: tuple[Pair, Visitor, str],
) -> None:
    pair, helper, _ = three
    pair.coach.get("/coach/assistants/")
    shown = pair.coach.post("/coach/assistants/", {"called": "Ben Helper", "coach_called": "Cara Coach"})
    [asked] = re.findall(r"https://coach\.example(/assisting/[\w-]{43}/)", shown.html)
    assert "Ben Helper" in pair.coach.get("/coach/assistants/").text
    assert 'name="answer" value="no"' in helper.get(asked).html
    helper.post(asked, {"answer": "no"})
    assert helper.get(asked).status == 404
    assert "Ben Helper" not in pair.coach.get("/coach/assistants/").text
    assert "assist" not in helper.get("/coach/").text.partition("Cara Coach")[2]


def test_an_assistants_address_is_read_by_the_coach_who_asked_alone(three: tuple[Pair, Visitor, str]) -> None:
    pair, helper, email = three
    named(pair.coach, helper)
    assert email in pair.coach.get("/coach/assistants/").text
    asked = pair.runner.get("/sharing/")
    assert "Ben Helper assists Cara Coach" in asked.text
    assert email not in asked.html
    [agree] = re.findall(r'action="(/sharing/assistant/\d+/agree/)"', asked.html)
    pair.runner.post(agree, {})
    assert email not in pair.runner.get("/sharing/").html
    assert email not in str(account_of(pair.server, pair.runner_email).program("write").get("sharing").body)


def test_a_program_reads_who_assists_and_what_each_may_and_ends_it(three: tuple[Pair, Visitor, str]) -> None:
    pair, helper, email = three
    assist(pair, helper)
    own = account_of(pair.server, pair.coach_email)
    [one] = own.program("coach").get("coach/assistants").json
    assert (one["called"], one["email"], one["may"]) == ("Ben Helper", email, ["look", "note"])
    runners = account_of(pair.server, pair.runner_email).program("read").get("sharing").json
    [seen] = [line for line in runners if line["through"]]
    assert (seen["called"], seen["may"]) == ("Ben Helper", ["look", "note"])

    at = f"coach/assistants/{one['number']}"
    assert own.program("coach").delete(at).kind == "read-only"
    assert account_of(pair.server, email).program("coaching").delete(at).json == []
    assert len(own.program("coach").get("coach/assistants").json) == 1, "nobody ends another's"
    assert own.program("coaching").delete(at).json == []
    assert own.program("coaching").delete(at).json == []
    assert "Anna of the club" not in helper.get("/coach/").text
    runners = account_of(pair.server, pair.runner_email).program("read").get("sharing").json
    assert next(line for line in runners if line["through"])["may"] == []


def looks(pair: Pair, helper: Visitor, email: str) -> Page:
    return Pair(pair.server, helper, email, pair.runner, pair.runner_email).look()


def test_an_assistant_sees_nobody_before_the_runner_says_yes(three: tuple[Pair, Visitor, str]) -> None:
    pair, helper, _ = three
    named(pair.coach, helper)
    before = facts_of(pair.server, pair.runner_email)
    assert "Anna of the club" not in helper.get("/coach/").text
    asked = pair.runner.get("/sharing/")
    assert "Ben Helper" in asked.text
    assert "Without your yes they see nothing" in asked.text
    assert facts_of(pair.server, pair.runner_email) == before
    [agree] = re.findall(r'action="(/sharing/assistant/\d+/agree/)"', asked.html)
    for other in (helper, pair.coach):
        other.get("/sharing/")
        assert other.post(agree, {}).status in (403, 404), "the runner's yes is the runner's"


def test_a_runner_never_stands_in_a_table_under_the_assistants_own_name(
    three: tuple[Pair, Visitor, str],
) -> None:
    """Where the coach has lost the line, there is no name for the runner to take over."""
    pair, helper, _ = three
    lost = "DELETE FROM server_sharing WHERE coach_id = (SELECT id FROM server_account WHERE email = %s)"
    pair.server.tell(lost, pair.coach_email)
    assist(pair, helper)
    table = helper.get("/coach/").text
    assert "A runner of Cara Coach" in table
    assert "Ben Helper" not in table.partition("A runner of Cara Coach")[2]


def test_an_assistant_looks_writes_notes_and_does_nothing_else(three: tuple[Pair, Visitor, str]) -> None:
    pair, helper, email = three
    assist(pair, helper)
    looks(pair, helper, email)
    page = helper.get("/coach/runner/")
    assert "Write it" in page.text
    for word in ("Add the restriction", "Change the default", "Fix the time", "Which drill", "clearance"):
        assert word not in page.text, word
    assert "let you in before" not in page.text
    helper.post("/coach/runner/", {"what": "note", "text": "Well run."})
    for told in (
        {"what": "careful", "tag": "fai", "reason": "x"},
        {"what": "default", "key": "caps.new_drills", "value": "1", "reason": "x"},
        {"what": "drill", "drill": "own_hip_cars", "wish": "left_out", "reason": "x"},
        {"what": "clear", "scope": "H01", "given": "2026-11-23"},
    ):
        helper.post("/coach/runner/", told)
    author = f"coach:{runner_of(pair.server, email)}"
    assert [fact[0] for fact in facts_of(pair.server, pair.runner_email) if fact[1] == author] == [
        "note_written"
    ]
    shown = pair.runner.get("/sharing/").text
    assert "Ben Helper" in shown
    assert "Well run." in shown


def by_the_runner(pair: Pair, helper: Visitor, email: str) -> None:
    pair.runner.get("/sharing/")
    pair.runner.post(f"/sharing/{runner_of(pair.server, email)}/end/", {})


def by_the_coach(pair: Pair, helper: Visitor, email: str) -> None:
    [end] = re.findall(r'action="(/coach/assistants/\d+/end/)"', pair.coach.get("/coach/assistants/").html)
    assert helper.post(end, {}).status in (403, 404)
    pair.coach.get("/coach/assistants/")
    pair.coach.post(end, {})


def by_the_assistant(pair: Pair, helper: Visitor, email: str) -> None:
    [end] = re.findall(r'action="(/coach/assisting/\d+/end/)"', helper.get("/coach/").html)
    helper.post(end, {})


def with_the_coach(pair: Pair, helper: Visitor, email: str) -> None:
    pair.runner.get("/sharing/")
    pair.runner.post(f"/sharing/{runner_of(pair.server, pair.coach_email)}/end/", {})


@pytest.mark.parametrize("ends", [by_the_runner, by_the_coach, by_the_assistant, with_the_coach])
def test_whoever_ends_it_ends_it_at_once_in_the_middle_of_looking(
    three: tuple[Pair, Visitor, str], ends: Callable[[Pair, Visitor, str], None]
) -> None:
    pair, helper, email = three
    assist(pair, helper)
    looks(pair, helper, email)
    assert "You are looking at" in helper.get("/hips/").text
    helper.get("/coach/")
    ends(pair, helper, email)
    assert "You are looking at" not in helper.get("/hips/").text
    assert "Anna of the club" not in helper.get("/coach/").text
    assert "consent_ended" in [fact[0] for fact in facts_of(pair.server, pair.runner_email)]
