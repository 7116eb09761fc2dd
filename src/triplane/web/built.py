"""The islands as they were built: which file an entry has become. Without them the pages go on without."""

import json
from typing import Any

from django.conf import settings

PLAYER = "src/islands/player.ts"
KEEPER = "src/islands/keep.ts"
OFFLINE = "src/islands/offline.ts"
WORKER = "src/islands/worker.ts"
FILE = "src/islands/file.ts"
LEVEL = "src/islands/level.ts"
RANGE = "src/islands/range.ts"
REMIND = "src/islands/remind.ts"


def script(entry: str) -> str | None:
    """Return the address of an island's script; None where the islands were not built."""
    try:
        return f"/static/{_manifest()[entry]['file']}"
    except (OSError, ValueError, KeyError):
        return None


def files_of(entry: str, manifest_name: str = "manifest.json") -> tuple[str, ...]:
    """Return the addresses of all scripts that an island may load, its own first."""
    manifest, found, ahead = _manifest(manifest_name), list[str](), [entry]
    while ahead:
        one = manifest[ahead.pop(0)]
        if one["file"] not in found:
            found.append(one["file"])
            ahead += [*one.get("imports", ()), *one.get("dynamicImports", ())]
    return tuple(f"/static/{file}" for file in found)


def _manifest(name: str = "manifest.json") -> dict[str, Any]:
    found: dict[str, Any] = json.loads((settings.BUILT / name).read_text(encoding="utf-8"))
    return found
