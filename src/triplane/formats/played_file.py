"""What was played from a session's own file, saved as a small file and brought in: one JSON object."""

import json
from typing import Any

from pydantic import ValidationError

from triplane.coach import HAND_IN_VERSION, HandIn
from triplane.errors import UnreadableFile

KIND = "triplane-played/"
SCHEMA = f"{KIND}{HAND_IN_VERSION}"


def is_played(content: bytes) -> bool:
    """Whether these bytes claim to be what was played."""
    return content.lstrip()[:1] == b"{" and KIND.encode() in content[:200]


def read_played(content: bytes, name: str) -> HandIn:
    """Return what was played.

    Raises
    ------
    UnreadableFile
        With what is wrong and where.
    UserError
        When a newer Triplane saved it.
    """
    try:
        told = json.loads(content)
        _take_version(told)
        return HandIn.model_validate_json(json.dumps(told))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UnreadableFile(f"{name}: {where}: {fault['msg']}") from error
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableFile(f"{name}: this is not what a session's file saves") from error


def _take_version(told: dict[str, Any]) -> None:
    """Let the newer count of the two versions that a file may tell; what is no whole number is refused."""
    of_file = int(told.pop("schema", SCHEMA).removeprefix(KIND))
    version = told.get("version", of_file)
    told["version"] = max(version, of_file) if isinstance(version, int) else version
