"""Runners of a server who asked to be reminded, all with the same week, and the rounds that remind them."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import Message
from itertools import count
from pathlib import Path

from triplane import coach
from triplane.bootstrap import Practice, open_practice
from triplane.history import Slot
from triplane.history.fact import id_of
from visiting import Running, environment

ROUND = Path(__file__).with_name("reminding_round.py")
ZONE = "Europe/Berlin"

_numbers = count(1)


class Club:
    """Runners of one server, all with the same week, planned on Monday."""

    def __init__(self, server: Running, told: Path) -> None:
        self.server = server
        practice = open_practice(told, "anna", ZONE, "2026-11-24T04:00")
        with practice.journal:
            history = practice.history()
        self.facts = history.facts
        plan = history.issued_plan(date(2026, 11, 23))
        assert plan
        self.slot: Slot = min(
            (one for one in plan.slots if one.starts_at > practice.now and self._holds(plan, one)),
            key=lambda one: one.starts_at,
        )

    @staticmethod
    def _holds(plan: "coach.Plan", slot: Slot) -> bool:
        return any(item.slot == slot.id for item in plan.items)

    def before(self, minutes: float) -> datetime:
        """Return an instant so long before the session."""
        return self.slot.starts_at - timedelta(minutes=minutes)

    def joins(
        self, *, ahead: int = 30, most: int = 1, asked: bool = True, active: bool = True, by_mail: bool = True
    ) -> str:
        """Let somebody join with the week of all and return their e-mail address."""
        number = next(_numbers)
        email, runner = f"reminded{number}@example.org", f"r-reminded-{number}"
        [(account,)] = self.server.ask(
            "INSERT INTO server_account (email, runner, zone, password, is_active, is_staff, since)"
            " VALUES (%s, %s, %s, '!', %s, false, now()) RETURNING id",
            *(email, runner, ZONE, active),
        )
        if asked:
            self.server.ask(
                "INSERT INTO server_reminderchoice "
                "(account_id, ahead_min, most_a_day, language, secret, by_mail) "
                "VALUES (%s, %s, %s, 'en', %s, %s) RETURNING id",
                *(account, ahead, most, f"secret-{number}", by_mail),
            )
        with self.practice(email, self.before(60)) as practice:
            practice.append(
                tuple(
                    fact.model_copy(update={"runner": runner, "id": id_of(runner, fact.origin_key), "seq": 0})
                    for fact in self.facts
                )
            )
        return email

    def who_may_not_train(self, **how: bool) -> dict[str, str]:
        """Let somebody join for each reason not to be reminded, and return their addresses by it.

        ``quiet`` has quiet hours until seven minutes before the session.
        """
        reasons = ("stopped", "ill", "away", "had enough", "done", "quiet")
        found = {"closed": self.joins(active=False, **how)} | {one: self.joins(**how) for one in reasons}
        told = {
            "stopped": coach.screening_answers({"Q07": True}),
            "ill": coach.readiness_answers({"ill": True}),
        }
        for reason, body in told.items():
            with self.practice(found[reason], self.before(50)) as practice:
                practice.record(body)
        day = self.slot.starts_at.date()
        with self.practice(found["away"], self.before(50)) as practice:
            practice.decide(lambda history, now: (coach.changed_day(history, day, now, away=True),))
        with self.practice(found["done"], self.before(25)) as practice:
            practice.log(self.slot.id, coach.SessionAnswers(minutes=12), occurred_at=self.before(40))
        with self.practice(found["quiet"], self.before(50)) as practice:
            chosen = coach.preferences(practice.history())
            hours = {"quiet_from": self.before(60).time(), "quiet_until": self.before(7).time()}
            practice.record(coach.chosen_preferences(chosen.units, chosen.sound, **hours))
        self.server.ask(
            "INSERT INTO server_reminded (account_id, slot, day, way)"
            " SELECT id, 'another', %s, 'mail' FROM server_account WHERE email = %s RETURNING id",
            *(day, found["had enough"]),
        )
        return found

    def practice(self, email: str, now: datetime) -> "Opened":
        """Open the practice of somebody who joined, at an instant."""
        [(runner,)] = self.server.ask("SELECT runner FROM server_account WHERE email = %s", email)
        return Opened(open_practice(self.server.database, str(runner), ZONE, now.isoformat()))

    def round(self, minutes: float, **more: str) -> "subprocess.CompletedProcess[str]":
        """Send what is due so long before the session."""
        process = self.begin_round(minutes, **more)
        out, err = process.communicate(timeout=120)
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def begin_round(self, minutes: float, **more: str) -> "subprocess.Popen[str]":
        told = environment(self.server.database, self.server.mails)
        told |= {"STANDS_AT": self.before(minutes).isoformat(), **more}
        words = [sys.executable, str(ROUND), "reminders"]
        return subprocess.Popen(
            words, env={**os.environ, **told}, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def mails(self, email: str) -> "list[Message]":
        """Return every reminder that somebody got."""
        return [mail for mail in self._all_mails() if mail["To"] == email and mail["List-Unsubscribe"]]

    def _all_mails(self) -> "Iterator[Message]":
        for file in sorted(self.server.mails.glob("*")):
            for part in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
                if part.strip():
                    yield message_from_bytes(part.strip(), policy=policy.default)


class Opened:
    """A practice until the block ends."""

    def __init__(self, practice: Practice) -> None:
        self.opened = practice

    def __enter__(self) -> Practice:
        return self.opened

    def __exit__(self, *_: object) -> None:
        self.opened.journal.close()
