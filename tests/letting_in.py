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
    address = invited(trainer, role)
    asked = runner.get(address)
    assert "Cara Coach" in asked.text
    assert coach_email in asked.text
    runner.post(address, {})
    assert runner.get(address).status == 404, "an invitation works once"
    return Pair(server, trainer, coach_email, runner, runner_email)
