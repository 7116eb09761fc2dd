"""A group of sixty runners of two years each, taken along as a file by their coach, from a server of its own.

The runners are those of ``server.py``. The file is taken twice: first where no line of the coach's table was
worked out before, then as on any day, by a coach who has just looked at the table.
"""

import argparse
import http.client
import io
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZipFile

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

import server as many
import visiting
from postgres import cluster

RUNNERS = 60
MOST_FIRST_S = 1.0
"""Seconds until the first bytes are there."""
WAITS_S = 600


def main() -> int:
    """Print how the file came, twice, and what the processes weigh; 1 where the first bytes are late."""
    told = argparse.ArgumentParser()
    told.add_argument("--runners", type=int, default=RUNNERS)
    runners = told.parse_args().runners
    assert runners <= many.RUNNERS_OF_A_COACH
    with tempfile.TemporaryDirectory() as folder, cluster(many.SETTINGS) as address:
        visiting.STANDING_STILL = Path(__file__).with_name("clock_goes_on.py")
        with visiting.running(address, Path(folder) / "server", CLOCK_BEGAN=str(many.BEGAN)) as server:
            people = many.filled(server, many.COACHES + runners, Path(folder))
            print(many.size(server))
            coach = many.logged_in(server, next(iter(people)))
            late = [taken_along(server, coach, "nothing worked out yet")]
            many.timed(coach, whole=True)
            late.append(taken_along(server, coach, "after a look at the table"))
            print(f"the table after it, until every line was there: {many.timed(coach, whole=True):.1f} s")
            many.weights(server)
            return int(any(late))


def taken_along(server: visiting.Running, coach: visiting.Visitor, when: str) -> bool:
    """Take the group along and print how it came; whether its first bytes were late."""
    token, before = coach.get("/coach/group/").token, many.spent(server)
    body = urlencode(
        {"csrfmiddlewaretoken": token, "group": "Club", "before": "2026-08-01", "after": "2026-11-01"}
    )
    sent = {**coach.heads, **coach.heads_of_a_form}
    connection = http.client.HTTPConnection("127.0.0.1", coach.port, timeout=WAITS_S)
    began = time.perf_counter()
    connection.request("POST", "/coach/group/export/", body, sent)
    answer = connection.getresponse()
    assert answer.status == 200, answer.status
    content, came = b"", [time.perf_counter()]
    first = 0.0
    while part := answer.read1(2**16):
        content += part
        came.append(time.perf_counter())
        first = first or came[-1] - began
    connection.close()
    pages = sum(name.endswith(".html") for name in ZipFile(io.BytesIO(content)).namelist())
    silent = max(later - one for one, later in zip([began, *came], came, strict=False))
    print(
        f"{when}: {pages} runners, {len(content) / 1024:.0f} KB, first bytes after {first:.2f} s, "
        f"whole after {came[-1] - began:.1f} s, silent for {silent:.2f} s at most; "
        f"of the processor for each runner: {many.each(before, many.spent(server), pages)}"
    )
    return first > MOST_FIRST_S


if __name__ == "__main__":
    sys.exit(main())
