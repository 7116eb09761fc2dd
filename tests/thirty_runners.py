"""Thirty runners in one coach's table: what the scenes are made of, told by accounts of a server."""

from contextlib import closing
from itertools import cycle, islice
from pathlib import Path

from programs import Account, account_in
from scenes import made
from triplane.coach import asked_for
from triplane.history import ConsentGiven, Fact, History, SharedAs, record
from visiting import Running

LIVES = (
    *(
        "midweek",
        "hurt",
        "sample",
        "sore",
        "urgent",
        "midweek",
        "nothing-measured",
        "measured",
        "refer",
        "away",
    ),
    *("hypermobile", "told"),
)
"""What they went through, each in turn; names of scenes."""

NAMES = (
    *("Anna Weber", "Ben Okafor", "Carla Ruiz", "David Lindqvist", "Emma Schmidt", "Farid Haddad"),
    *("Greta Nowak", "Henrik Aalto", "Ines Ferreira", "Jonas Keller", "Kaya Yilmaz", "Lena Hoffmann"),
    *("Mateo García", "Nora Berg", "Oskar Lang", "Priya Nair", "Quentin Dubois", "Rosa Marin", "Sven Olsen"),
    *(
        "Tereza Nováková",
        "Uli Brandt",
        "Valentina Conti",
        "Wim de Vries",
        "Xenia Papadopoulou",
        "Yuki Tanaka",
    ),
    *("Zoé Lambert", "Aleksandra Wiśniewska-Kowalczyk", "Bo Li"),
    *("Christoph Freiherr von Hohenberg", "Di"),
)
GROUPS = ("Club", "Marathon", "")


def thirty(server: Running, coach: str, folder: Path) -> list[Account]:
    """Let thirty runners share with the coach whose e-mail address it is; return their accounts."""
    [(number, runner)] = server.ask("SELECT id, runner FROM server_account WHERE email = %s", coach)
    accounts = []
    for name, life, group in zip(NAMES, islice(cycle(LIVES), 30), islice(cycle(GROUPS), 30), strict=True):
        account = account_in(server)
        app = made(life, folder)
        history = app.practice.history()
        let_in = ConsentGiven(
            to=str(runner),
            called="Cara Coach",
            role=SharedAs.PHYSIOTHERAPIST,
            deeds=asked_for(SharedAs.PHYSIOTHERAPIST),
        )
        practice = account.practice()
        with closing(practice.journal):
            told = _of(account.runner, history)
            practice.journal.append([*told, record(let_in, account.runner, practice.now)], 0)
        server.tell(
            'INSERT INTO server_sharing (coach_id, runner_id, label, "group") VALUES (%s, %s, %s, %s)',
            *(number, account.number, name, group),
        )
        accounts.append(account)
    return accounts


def _of(runner: str, history: History) -> list[Fact]:
    """Return the facts of a history as another runner's own."""
    return [
        record(
            fact.body,
            runner,
            fact.recorded_at,
            occurred_at=fact.occurred_at,
            author=fact.author,
            reason=fact.reason,
            origin_key=fact.origin_key,
        )
        for fact in history.facts
        if fact.supersedes is None
    ]
