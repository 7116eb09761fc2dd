"""A server of 2,000 runners with two years of facts each, in PostgreSQL, while 16 people use it for a minute.

The facts are those of ``commands.two_years``, copied for each runner with something of their own: a tenth of
the mornings and runs is left out, runs are longer or shorter, and every eighth told three days ago that
something hurt. Plans are the same for all, which the database does not know. Twelve people are runners: each
goes through six accounts, opening Today, Week, Today, Hips, Today, Drills with a second's thought between two
pages. Four are coaches, each of a hundred runners, of whom one tells something every second, past the app.

Before that each page is opened by one visitor after the other, and what the processor did for it is printed:
that holds on a busy machine, too, where the times of answers do not.
"""

import argparse
import json
import os
import random
import re
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import commands
import visiting
from postgres import cluster, folder_of, questions
from triplane.bootstrap import open_practice
from triplane.coach import asked_for
from triplane.history import (
    CheckinAnswered,
    ConsentGiven,
    Fact,
    Feeling,
    FeelingKind,
    NoteWritten,
    SharedAs,
    record,
)
from triplane.store import open_journal
from triplane.store.rows import row_from_fact
from triplane.store.schema import COLUMNS

ZONE = "Europe/Berlin"
RUNNERS, COACHES, RUNNERS_OF_A_COACH = 2000, 4, 100
CLIENTS, ACCOUNTS_EACH, THINKS_S, LASTS_S = 16, 6, 1.0, 60
FIRST = 24
"""Accounts whose pages are opened one after the other."""
SITTING = ("/", "/week/", "/", "/hips/", "/", "/drills/")
MOST_MS = {"/": 200.0, "/coach/": 300.0}
MOST_MB = 200.0
BEGAN = time.time()
SETTINGS = "-c shared_buffers=256MB -c max_wal_size=4GB"
"""Of the cluster; all else is PostgreSQL's own."""


def main() -> int:
    """Print what was made, then a table of pages, and what the processes weigh; 1 beyond a bound."""
    told = argparse.ArgumentParser()
    told.add_argument("--runners", type=int, default=RUNNERS)
    told.add_argument("--seconds", type=int, default=LASTS_S)
    how = told.parse_args()
    with tempfile.TemporaryDirectory() as folder, cluster(SETTINGS) as address:
        visiting.STANDING_STILL = Path(__file__).with_name("clock_goes_on.py")
        with visiting.running(address, Path(folder) / "server", CLOCK_BEGAN=str(BEGAN)) as server:
            began = time.perf_counter()
            people = filled(server, how.runners, Path(folder))
            print(f"made in {time.perf_counter() - began:.0f} s: {size(server)}")
            return int(used(server, people, how.seconds))


def filled(server: visiting.Running, runners: int, folder: Path) -> dict[str, str]:
    """Fill the tables and return the name of each account's runner by its e-mail address."""
    people = {f"runner{number}@example.org": f"r-{number:024x}" for number in range(runners)}
    template = folder / "template.journal"
    commands.two_years(template)
    with open_journal(template) as journal:
        rows = journal.rows_after(0, 10**6)
    make_accounts(server, people)
    coach_of = shared(people)
    make_facts(server, rows, list(people.values()), coach_of)
    for email, runner in people.items():
        if runner in coach_of:
            server.tell(
                'INSERT INTO server_sharing (coach_id, runner_id, label, "group") SELECT c.id, r.id, %s, %s '
                "FROM server_account c, server_account r WHERE c.runner = %s AND r.runner = %s",
                *(email, "Club", coach_of[runner], runner),
            )
    return people


def make_accounts(server: visiting.Running, people: dict[str, str]) -> None:
    """Lay the accounts into the tables; one is made by form, whose hash of the password all have."""
    visiting.signed_up(server, "first@example.org")
    [(password,)] = server.ask("SELECT password FROM server_account WHERE email = 'first@example.org'")
    server.tell(
        "INSERT INTO server_account (email, runner, zone, password, is_active, is_staff, since) "
        "SELECT email, runner, %s, %s, true, false, now() "
        "FROM unnest(%s::text[], %s::text[]) AS one (email, runner)",
        *(ZONE, password, list(people), list(people.values())),
    )
    server.tell(
        'INSERT INTO account_emailaddress (user_id, email, verified, "primary") '
        "SELECT id, email, true, true FROM server_account WHERE email <> 'first@example.org'"
    )


def make_facts(
    server: visiting.Running, rows: list[tuple[Any, ...]], runners: list[str], coach_of: dict[str, str]
) -> None:
    """Copy the rows of one runner for each, varied, as the journal writes them."""
    import psycopg

    named = [dict(zip(COLUMNS, row, strict=True)) for row in rows]
    columns = COLUMNS[1:]
    with psycopg.connect(server.database) as connection:
        indexes = connection.execute(
            "SELECT indexname, indexdef FROM pg_indexes WHERE indexname IN ('facts_by_kind', 'facts_by_seq')"
        ).fetchall()
        for name, _ in indexes:
            connection.execute(f"DROP INDEX {name}")  # made anew below, as a restore does
        with connection.cursor().copy(f"COPY facts ({', '.join(columns)}) FROM STDIN") as copy:
            for number, runner in enumerate(runners):
                for row in varied(named, runner, random.Random(number)):
                    copy.write_row([row[column] for column in columns])
                for fact in besides(runner, coach_of.get(runner), hurts=number % 8 == 0):
                    copy.write_row(row_from_fact(fact))
        for _, definition in indexes:
            connection.execute(definition)
    with psycopg.connect(server.database, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def varied(rows: list[dict[str, Any]], runner: str, dice: random.Random) -> Iterator[dict[str, Any]]:
    """Yield one runner's rows: some mornings and runs less, runs longer or shorter."""
    ids = {}
    pace = dice.uniform(0.7, 1.4)
    for row in rows:
        often = row["kind"] in ("checkin_answered", "run_recorded")
        if often and row["recorded_at"] < LATELY and dice.random() < 0.1:
            continue
        own = sha256(f"{runner}\n{row['origin_key']}".encode()).hexdigest()[:24]
        ids[row["id"]] = own
        body = row["body"]
        if row["kind"] == "run_recorded":
            body = LENGTH.sub(lambda found: f"{found[1]}{float(found[2]) * pace:.1f}", body)
        yield {**row, "runner": runner, "id": own, "body": body, "supersedes": ids.get(row["supersedes"])}


LATELY = (commands.NOW - timedelta(days=9)).isoformat()
LENGTH = re.compile(r'("distance_m":)(\d+(?:\.\d+)?)')


def besides(runner: str, who: str | None, *, hurts: bool) -> Iterator[Fact]:
    """Yield what only some runners told: that something hurt, before the week was planned; a consent."""
    at = commands.NOW - timedelta(days=3)
    if hurts:
        sore = Feeling(score=4, region="knee", side=None, kind=FeelingKind.MUSCLE)
        yield record(CheckinAnswered(about=at.date(), soreness=(sore,)), runner, at, origin_key="hurt")
    if who:
        yield record(
            ConsentGiven(to=who, called="Cara", role=SharedAs.COACH, deeds=asked_for(SharedAs.COACH)),
            runner,
            at,
        )


def shared(people: dict[str, str]) -> dict[str, str]:
    """Return the coach of each runner who has one."""
    known = list(people.values())
    return {
        runner: known[number]
        for number in range(COACHES)
        for runner in known[COACHES + number * RUNNERS_OF_A_COACH :][:RUNNERS_OF_A_COACH]
    }


def size(server: visiting.Running) -> str:
    """Say how much there is."""
    [(facts, runners)] = server.ask("SELECT count(*), count(DISTINCT runner) FROM facts")
    [(whole, table)] = server.ask(
        "SELECT pg_database_size(current_database()) / 1048576, pg_total_relation_size('facts') / 1048576"
    )
    return f"{facts} facts of {runners} runners, database {whole} MB, of it facts {table} MB"


class Client(threading.Thread):
    """Somebody at a browser: looks at a page, thinks, looks at the next."""

    def __init__(self, visitors: list[visiting.Visitor], pages: tuple[str, ...], until: float) -> None:
        super().__init__()
        self.visitors, self.pages, self.until = visitors, pages, until
        self.taken: list[tuple[str, float]] = []
        self.faults: list[str] = []

    def run(self) -> None:
        dice = random.Random(id(self))
        time.sleep(dice.random() * THINKS_S)
        while True:
            for visitor in self.visitors:
                for page in self.pages:
                    if time.monotonic() > self.until:
                        return
                    began = time.perf_counter()
                    answer = visitor.once("GET", page)
                    self.taken.append((page, (time.perf_counter() - began) * 1000))
                    if answer.status != 200:
                        self.faults.append(f"{page}: {answer.status}")
                    time.sleep(THINKS_S)


def used(server: visiting.Running, people: dict[str, str], seconds: int) -> bool:
    """Use the server as sixteen people do and print what was measured; whether a bound was passed."""
    known = list(people.items())
    coaches = [logged_in(server, email) for email, _ in known[:COACHES]]
    first = [timed(coach) for coach in coaches]
    print(f"coach's table, nothing worked out yet: {', '.join(f'{one:.1f}' for one in first)} s")
    whole = [timed(coach, whole=True) for coach in coaches]
    print(f"until every line was there: {', '.join(f'{one:.1f}' for one in whole)} s")
    for_each = CLIENTS - COACHES
    rest = known[-for_each * ACCOUNTS_EACH :]
    runners = [
        [logged_in(server, email) for email, _ in rest[number::for_each]] for number in range(for_each)
    ]
    count_questions(server, coaches[0], runners[0][0])
    others = [email for email, _ in known[: -for_each * ACCOUNTS_EACH]]
    spent_on_pages(server, coaches, [at_the_door(server, email) for email in others[-FIRST:]])
    until = time.monotonic() + seconds
    clients = [Client([coach], ("/coach/",), until) for coach in coaches]
    clients += [Client(visitors, SITTING, until) for visitors in runners]
    load, before = os.getloadavg()[0], spent(server)
    for client in clients:
        client.start()
    told = telling(server, list(shared(people)), until)
    for client in clients:
        client.join()
    after = os.getloadavg()[0]
    answers = sum(len(client.taken) for client in clients)
    print(f"{seconds} s, {CLIENTS} clients, {told} facts told; load before {load:.1f}, after {after:.1f}")
    print(f"{answers} answers, of the processor each: {each(before, spent(server), answers)}")
    return any((*pages(clients), *weights(server)))


def telling(server: visiting.Running, runners: list[str], until: float) -> int:
    """Let one of the coaches' runners tell something every second, past the app: nothing is prepared."""
    dice, told = random.Random(1), 0
    while time.monotonic() < until:
        at = commands.NOW + timedelta(seconds=time.time() - BEGAN - 1)
        practice = open_practice(server.database, dice.choice(runners), ZONE, at.isoformat())
        with practice.journal:
            practice.record(NoteWritten(text=f"left shoe {told}"))
        told += 1
        time.sleep(1)
    return told


def logged_in(server: visiting.Running, email: str) -> visiting.Visitor:
    """Log in as anybody does."""
    visitor = server.visitor()
    visiting.log_in(visitor, email, visiting.PASSWORD)
    assert "session" in str(visitor.cookies), email
    return visitor


def at_the_door(server: visiting.Running, email: str) -> visiting.Visitor:
    """Log in without looking at the page that it leads to."""
    visitor = server.visitor()
    token = visitor.get("/accounts/login/").token
    told = {"csrfmiddlewaretoken": token, "login": email, "password": visiting.PASSWORD}
    visitor.once("POST", "/accounts/login/", told)
    assert "session" in str(visitor.cookies), email
    return visitor


def timed(coach: visiting.Visitor, *, whole: bool = False) -> float:
    """Return the seconds until a coach's table is there, or until every line in it is."""
    began = time.perf_counter()
    while True:
        with suppress(TimeoutError):
            shown = coach.once("GET", "/coach/")
            assert shown.status == 200, shown.text
            if not whole or "Being worked out" not in shown.text:
                return time.perf_counter() - began
            time.sleep(0.5)


def spent_on_pages(
    server: visiting.Running, coaches: list[visiting.Visitor], runners: list[visiting.Visitor]
) -> None:
    """Print what the processor does for each page, opened by one after the other, and for the first look."""
    rounds = [("first look at /", "/", runners), *((page, page, runners) for page in dict.fromkeys(SITTING))]
    for name, page, visitors in (*rounds, ("/coach/", "/coach/", coaches * 5)):
        before = spent(server)
        for visitor in visitors:
            visitor.once("GET", page)
        print(f"{name}: {each(before, spent(server), len(visitors))}")


def each(before: dict[str, float], after: dict[str, float], answers: int) -> str:
    """Say what was spent on each of some answers."""
    return ", ".join(f"{(after[name] - before[name]) / answers * 1000:.1f} ms {name}" for name in after)


def spent(server: visiting.Running) -> dict[str, float]:
    """Return the seconds of processor that the server's processes took so far, and those of the database."""
    postmaster = int((folder_of(server.database) / "data/postmaster.pid").read_text().split()[0])
    found = {"server": server.process.pid, "database": postmaster}
    parents, seconds = {}, {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            told = place.read_text().rpartition(")")[2].split()
            number = int(place.parent.name)
            parents[number] = int(told[1])
            seconds[number] = sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return {name: sum(seconds[one] for one in family(root, parents)) for name, root in found.items()}


def family(root: int, parents: dict[int, int]) -> set[int]:
    """Return a process and all that it began, and so on."""
    inside = {root}
    while more := {one for one, parent in parents.items() if parent in inside} - inside:
        inside |= more
    return inside


def count_questions(server: visiting.Running, coach: visiting.Visitor, runner: visiting.Visitor) -> None:
    """Print what the database is asked for each page, the page having been looked at before."""
    found = {}
    for page, visitor in (("/coach/", coach), *((page, runner) for page in dict.fromkeys(SITTING))):
        visitor.once("GET", page)
        with questions(server.database) as asked:
            visitor.once("GET", page)
        found[page] = len(asked)
    print("questions to the database: " + ", ".join(f"{page} {count}" for page, count in found.items()))


def pages(clients: list[Client]) -> list[bool]:
    """Print how long each page took; for each, whether it was too slow."""
    taken = defaultdict(list)
    for client in clients:
        for fault in client.faults:
            print("  refused", fault)
        for page, ms in client.taken:
            taken[page].append(ms)
    print(f"{'page':<10}{'answers':>8}{'middle':>9}{'p95':>9}{'worst':>9}{'most':>7}")
    found = [any(client.faults for client in clients)]
    for page, ms in taken.items():
        ms.sort()
        p95, most = ms[int(0.95 * len(ms))], MOST_MS.get(page)
        found.append(most is not None and p95 > most)
        line = f"{page:<10}{len(ms):>8}{ms[len(ms) // 2]:>9.1f}{p95:>9.1f}{ms[-1]:>9.1f}"
        print(f"{line}{most or '':>7}{'  too slow' if found[-1] else ''}")
    return found


def weights(server: visiting.Running) -> list[bool]:
    """Print what each process that answers weighs; for each, whether it is too heavy."""
    lines = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    found = []
    for process in sorted({line["process"] for line in lines if line.get("says") == "answered"}):
        status = Path(f"/proc/{process}/status").read_text()
        now, peak = (int(re.findall(rf"{name}:\s+(\d+)", status)[0]) / 1024 for name in ("VmRSS", "VmHWM"))
        found.append(peak > MOST_MB)
        print(f"process {process}: {now:.0f} MB, at most {peak:.0f} MB{'  too heavy' if found[-1] else ''}")
    return found


if __name__ == "__main__":
    sys.exit(main())
