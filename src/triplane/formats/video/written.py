"""A file that is written beside its final name first, so that one that is there is whole."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from triplane.errors import UserError


@contextmanager
def whole(place: Path) -> Iterator[Path]:
    """Give the name to write under: it becomes the final one where all went well, else it goes."""
    unfinished = place.with_name(place.name + ".part")
    try:
        yield unfinished
        with writing(place):
            unfinished.replace(place)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def writing(place: Path) -> Iterator[None]:
    """Say of an error which file cannot be written; put around writing alone, as any other error is no such.

    Raises
    ------
    UserError
        Where the disk refuses.
    """
    try:
        yield
    except OSError as error:
        raise UserError(f"{place} cannot be written: {error.strerror}") from error
