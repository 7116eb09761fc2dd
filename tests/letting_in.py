"""A coach and a runner who lets them in, as both do it: by an invitation and a yes."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from triplane.bootstrap import open_practice
from triplane.formats.runner_file import sample_runner
from visiting import Page, Running, Visitor

MONDAY = "2026-11-23T05:30"

NewRunner = Callable[[], tuple[Visitor, str]]


def runner_of(server: Running, email: str) -> str:
    [(name,)] = server.ask("SELECT runner FROM server_account WHERE email = %s", email)
    return str(name)


def facts_of(server: Running, email: str) -> list[tuple[object, ...]]:
    query = "SELECT kind, author, reason, body FROM facts WHERE runner = %s ORDER BY seq"
    return server.ask(query, runner_of(server, email))


@dataclass
class Pair:
    """A coach and a runner who lets them in."""

    server: Running
    coach: Visitor
    coach_email: str
    runner: Visitor
    runner_email: str

    def look(self) -> Page:
        found = re.findall(r"/coach/runner/\d+/(?=\")", self.coach.get("/coach/").html)
        assert found, "nobody stands in the table"
        return self.coach.post(found[0], {})


def invited(trainer: Visitor, role: str = "coach") -> str:
    """Return the path of a new invitation."""
    told = {"called": "Cara Coach", "role": role, "label": "Anna of the club", "group": "Club"}
    trainer.get("/coach/")
    shown = trainer.post("/coach/invite/", told)
    found = re.search(r"https://coach\.example(/invitation/[\w-]{43}/)", shown.html)
    assert found, shown.text
    return found[1]


def let_in(server: Running, new_runner: NewRunner, role: str = "coach") -> Pair:
    (trainer, coach_email), (runner, runner_email) = new_runner(), new_runner()
    practice = open_practice(server.database, runner_of(server, runner_email), "Europe/Berlin", MONDAY)
    with practice.journal:
        practice.tell(sample_runner("marathoner", practice.now.date()))
        practice.week()
    pair = Pair(server, trainer, coach_email, runner, runner_email)
    say_yes(pair, role)
    return pair


def say_yes(pair: Pair, role: str = "coach") -> None:
    """Let the coach of a pair invite its runner, who agrees."""
    address = invited(pair.coach, role)
    asked = pair.runner.get(address)
    assert "Cara Coach" in asked.text
    assert pair.coach_email in asked.text
    pair.runner.post(address, {})
    assert pair.runner.get(address).status == 404, "an invitation works once"


def named(trainer: Visitor, helper: Visitor) -> None:
    """Let a coach name somebody as an assistant, who says yes."""
    trainer.get("/coach/assistants/")
    shown = trainer.post("/coach/assistants/", {"called": "Ben Helper", "coach_called": "Cara Coach"})
    found = re.search(r"https://coach\.example(/assisting/[\w-]{43}/)", shown.html)
    assert found, shown.text
    assert "Cara Coach" in helper.get(found[1]).text
    helper.post(found[1], {})
    assert helper.get(found[1]).status == 404, "it works once"


def assist(pair: Pair, helper: Visitor) -> None:
    """Let somebody assist the coach of a pair, and the runner say yes to that."""
    pair.coach.post("/coach/runner/leave/", {})
    named(pair.coach, helper)
    asked = pair.runner.get("/sharing/")
    [agree] = re.findall(r'action="(/sharing/assistant/\d+/agree/)"', asked.html)
    pair.runner.post(agree, {})
