"""The islands as they were built: which file an entry has become. Without them the pages go on without."""

import json

from django.conf import settings

PLAYER = "src/player/main.ts"


def script(entry: str) -> str | None:
    """Return the address of an island's script; None where the islands were not built."""
    try:
        manifest = json.loads((settings.BUILT / "manifest.json").read_text(encoding="utf-8"))
        return f"/static/{manifest[entry]['file']}"
    except (OSError, ValueError, KeyError):
        return None
