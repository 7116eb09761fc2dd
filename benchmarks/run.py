"""All benchmarks, one table after the other, each in a process of its own: ``make bench``."""

import ast
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PARTS = (
    *("readers", "laboratory", "form", "video", "live", "commands", "pages", "people", "playing", "weeks"),
    *("years_of_runs", "archives", "figure", "phone_pages", "server", "group_file"),
)


def main() -> int:
    """Run every part, whatever became of the one before; return 1 where one could not run through."""
    broken = []
    for name in PARTS:
        file = HERE / f"{name}.py"
        about = ast.get_docstring(ast.parse(file.read_text(encoding="utf-8"))) or name
        print(f"\n== {about.splitlines()[0]}", flush=True)
        if subprocess.run([sys.executable, str(file)], check=False).returncode:
            broken.append(name)
    if broken:
        print(f"\nnot run through, or beyond its bound: {', '.join(broken)}")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
