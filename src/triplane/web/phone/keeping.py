"""What pairs phones, kept for its owner's eyes only."""

from pathlib import Path

from triplane.errors import UserError
from triplane.web import keeping


def keep(file: Path, content: bytes) -> None:
    """Write a file of the phones' door.

    Raises
    ------
    UserError
        Where the folder cannot be written.
    """
    try:
        keeping.keep(file, content)
    except OSError as error:
        raise UserError(
            f"{file.parent} cannot be written ({error.strerror}); what pairs your phones is kept there"
        ) from error
