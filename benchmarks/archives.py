"""Everything out and in: a journal of two years as one archive, and as a bundle for a clinic."""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

import commands
from triplane import coach
from triplane.bootstrap import open_practice
from triplane.formats.archive import pack
from triplane.formats.fhir import write_bundle

MOST_S = 3.0
ROUNDS = 3


def main() -> int:
    """Print one table: seconds to write it and to bring it in on another machine, best of some."""
    with TemporaryDirectory() as folder:
        place = Path(folder)
        facts = commands.two_years(place / "here.journal")
        here = open_practice(place / "here.journal", "me", "Europe/Berlin", commands.NOW.isoformat())
        out, brought, clinic = [], [], []
        for turn in range(ROUNDS):
            began = perf_counter()
            (place / "all.zip").write_bytes(pack(here.journal.history("me").facts))
            out.append(perf_counter() - began)
            there = open_practice(place / f"{turn}.journal", "me", "Europe/Berlin", commands.NOW.isoformat())
            began = perf_counter()
            (report,) = there.bring_in([place / "all.zip"]).files
            brought.append(perf_counter() - began)
            assert report.facts_new == facts, report
            began = perf_counter()
            content = write_bundle(coach.clinic_record(here.history(), here.now))
            clinic.append(perf_counter() - began)
        size_mb = (place / "all.zip").stat().st_size / 2**20
        print(f"{facts} facts, {size_mb:.1f} MB packed; bundle for a clinic {len(content) / 2**20:.2f} MB")
        print(f"{'':<24}{'best s':>8}{'at most':>9}")
        print(f"{'archive out':<24}{min(out):8.2f}{MOST_S:9.1f}")
        print(f"{'archive in, elsewhere':<24}{min(brought):8.2f}{MOST_S:9.1f}")
        print(f"{'bundle out':<24}{min(clinic):8.2f}")
    return int(max(min(out), min(brought)) > MOST_S)


if __name__ == "__main__":
    sys.exit(main())
