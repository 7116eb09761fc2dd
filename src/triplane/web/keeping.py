"""Files that only their owner reads: written whole or not at all."""

import os
import secrets
from pathlib import Path

from triplane.errors import UserError


def keep(file: Path, content: bytes) -> None:
    """Write a file for its owner's eyes only, in place of the one that was there.

    Raises
    ------
    OSError
        Where the folder cannot be written.
    """
    beside = file.with_name(f"{file.name}.{secrets.token_hex(4)}")
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            out.write(content)
        os.replace(beside, file)
    except OSError:
        if beside.parent.is_dir():
            beside.unlink(missing_ok=True)
        raise


def kept(file: Path) -> bytes | None:
    """Return a file's content, for its owner's eyes only from here on; nothing where there is none.

    Raises
    ------
    UserError
        Where it is there and cannot be read.
    """
    try:
        os.chmod(file, 0o600)
        return file.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UserError(f"{file} cannot be read ({error.strerror})") from error
