"""A fact is the same wherever it is made, and what cannot be true is no fact."""

import os
import subprocess
import sys

_ID = """
from datetime import UTC, datetime
from triplane.formats.archive import write_archive
from triplane.history import Equipment, EquipmentListed, record
fact = record(EquipmentListed(equipment=frozenset(Equipment)), "anna", datetime(2026, 11, 23, tzinfo=UTC))
print(fact.id, write_archive([fact]).decode())
"""


def test_every_process_makes_the_same_fact_and_the_same_bytes() -> None:
    def made(seed: str) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", _ID], env=env, check=True, capture_output=True).stdout

    assert made("1") == made("2")
