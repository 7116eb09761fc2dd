"""How long every page takes from the server, warm, for one client, on a two-year journal."""

import http.client
import os
import re
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import commands
from triplane import coach
from triplane.bootstrap import Histories, Practice, open_practice
from triplane.history import DayChanged, DrillDone, SessionLogged
from triplane.store import open_journal
from triplane.web import application, serve

WARM, ROUNDS = 3, 30
MOST_MS = {"today": 80.0, "week_pdf": 3000.0}
MOST_OF_ANY_MS = 150.0
"""What is asked of the 95th of a hundred answers; the week as a PDF is laid out page by page. Ours."""

LEFT_ALONE = ("erase",)
"""Pages that are no page to look at."""

NO_PAGE = (404, 405)
"""What answers only to a form, a phone or a secret that this journal has not."""


def filled(practice: Practice) -> Iterator[tuple[str, str]]:
    """Yield every page's name and one address of it, its blanks filled in."""
    application(lambda _: practice)  # the addresses stand in modules that ask Django for its settings
    from triplane.web.urls import urlpatterns

    history, card = practice.history(), coach.drill_card(practice.history(), "mob_quad_band", practice.now)
    drawing, session = coach.drawing_version(card), history.facts_of(SessionLogged)[-1].id
    blanks = {
        "slot": practice.next_slot(),
        "drill": card.drill.id,
        "version": coach.film_version(card),
        "side": "left",
        "what": "away",
        "ending": "fit",
        "name": "flexion_supine",
        "fact": history.facts_of(DayChanged)[-1].id,
    }
    own = {
        **{name: {"version": drawing} for name in ("thumb", "moving", "poster")},
        **{name: {"name": session} for name in ("fact", "fact_anew")},
        "question": {"name": "H02"},
        "direction": {"name": "flexion"},
        "drill": {"name": card.drill.id},
        "why": {"name": "internal_rotation"},
    }
    for pattern in urlpatterns:
        known = blanks | own.get(pattern.name, {})
        address = re.sub(
            r"<\w+:(\w+)>", lambda blank, known=known: known.get(blank[1], "-"), str(pattern.pattern)
        )
        if pattern.name not in LEFT_ALONE:
            yield pattern.name, f"/{address}"


def answers(client: http.client.HTTPConnection, address: str) -> tuple[int, int, list[float]]:
    """Return status, bytes and milliseconds of each answer to one address, the first ones left out."""
    taken, status, size = [], 0, 0
    for number in range(WARM + ROUNDS):
        began = time.perf_counter()
        client.request("GET", address)
        answer = client.getresponse()
        size, status = len(answer.read()), answer.status
        if number >= WARM:
            taken.append((time.perf_counter() - began) * 1000)
    return status, size, sorted(taken)


def free_port() -> int:
    """Return a port that nobody listens at; another benchmark may run beside this one."""
    with socket.create_server(("127.0.0.1", 0)) as asked:
        return int(asked.getsockname()[1])


def serve_on(place: Path, port: int) -> None:
    """Serve the journal with a clock that goes on from the benchmark's instant."""
    began, kept = time.monotonic(), Histories()

    def open_one(*_: object) -> Practice:
        moved = timedelta(seconds=time.monotonic() - began)
        return Practice(open_journal(place), "me", lambda: commands.NOW + moved, kept)

    serve(open_one, open_one, port, lambda _: None)


def served(place: Path, port: int) -> "subprocess.Popen[bytes]":
    """Start the server in a process of its own and wait until it answers."""
    server = subprocess.Popen([sys.executable, __file__, "--serve", str(place), str(port)])
    for _ in range(600):
        try:
            client = http.client.HTTPConnection("127.0.0.1", port)
            client.request("GET", "/stop/")
            client.getresponse().read()
            return server
        except OSError:
            time.sleep(0.1)
    server.kill()
    raise SystemExit("the server does not answer")


def processor_ms(server: "subprocess.Popen[bytes]") -> float:
    """Return what the server has used of its processor, which a busy machine does not change much."""
    words = Path(f"/proc/{server.pid}/stat").read_text().rpartition(") ")[2].split()
    return (int(words[11]) + int(words[12])) * 1000 / os.sysconf("SC_CLK_TCK")


def made_ready(place: Path) -> Practice:
    """Return a practice in which a session may be begun and a change of a day can be looked at."""
    practice = open_practice(place, "me", "Europe/Berlin", commands.NOW.isoformat())
    away = coach.changed_day(practice.history(), commands.NOW.date().replace(day=28), practice.now, away=True)
    hurt = SessionLogged(minutes=10, effort=4, drills=(DrillDone(drill="own_hip_cars", discomfort=5),))
    practice.record(away, hurt)
    practice.day()
    asked = practice.bundle(practice.next_slot()).asks
    practice.answer_readiness({question.id: False for question in asked})
    return practice


def main() -> int:
    """Print one table; milliseconds over HTTP, warm. Return 1 where a page takes longer than asked."""
    slow = []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "two-years.journal"
        facts = commands.two_years(place)
        practice = made_ready(place)
        print(f"{facts} facts, {place.stat().st_size / 2**20:.1f} MB; load {os.getloadavg()[0]:.1f}")
        print(f"{'page':<16}{'status':>7}{'kB':>8}{'processor':>11}{'middle':>9}{'p95':>9}{'most':>7}")
        port = free_port()
        server = served(place, port)
        try:
            client = http.client.HTTPConnection("127.0.0.1", port)
            for name, address in filled(practice):
                used = processor_ms(server)
                status, size, taken = answers(client, address)
                if status in NO_PAGE:
                    continue
                used = (processor_ms(server) - used) / (WARM + ROUNDS)
                p95, most = taken[int(0.95 * len(taken))], MOST_MS.get(name, MOST_OF_ANY_MS)
                line = f"{name:<16}{status:>7}{size / 1024:>8.1f}{used:>11.1f}{taken[len(taken) // 2]:>9.1f}"
                print(f"{line}{p95:>9.1f}{most:>7.0f}{'  too slow' if p95 > most else ''}", flush=True)
                slow += [name] * (p95 > most)
        finally:
            server.terminate()
            server.wait()
    return int(bool(slow))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve_on(Path(sys.argv[2]), int(sys.argv[3]))
    else:
        sys.exit(main())
