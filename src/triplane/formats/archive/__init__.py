"""The whole journal of a runner to take away and to bring back: open text, or one packed file with tables.

Speaks:  write_archive, read_archive, pack, unpack, TABLES.      Knows: history, assessment, errors.      Never: whose facts may come in.
"""

from triplane.formats.archive.lines import is_archive, read_archive, write_archive
from triplane.formats.archive.packed import is_packed, pack, unpack
from triplane.formats.archive.tables import SHARED, TABLES, Column, Table

__all__ = [
    "SHARED",
    "TABLES",
    "Column",
    "Table",
    "is_archive",
    "is_packed",
    "pack",
    "read_archive",
    "unpack",
    "write_archive",
]
