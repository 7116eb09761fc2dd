"""What was played from a session's own file, saved as a small file and brought in: one JSON object."""

import json

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
        told.setdefault("version", int(told.pop("schema", SCHEMA).removeprefix(KIND)))
        return HandIn.model_validate_json(json.dumps(told))
    except ValidationError as error:
        fault = error.errors()[0]
        where = ".".join(str(part) for part in fault["loc"])
        raise UnreadableFile(f"{name}: {where}: {fault['msg']}") from error
    except (ValueError, AttributeError, RecursionError) as error:
        raise UnreadableFile(f"{name}: this is not what a session's file saves") from error
