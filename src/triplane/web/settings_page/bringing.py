"""Files handed in through the browser: laid down for a moment, brought in, reported by their names."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core import signing
from django.core.files.uploadedfile import UploadedFile
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from triplane import coach
from triplane.bootstrap import Practice
from triplane.errors import UserError
from triplane.history import CalendarRead
from triplane.web.said import said
from triplane.web.words import sentence

if TYPE_CHECKING:
    Upload = UploadedFile[Any]

    from triplane.bootstrap.importing import FileReport

MOST_FILES = 50
LARGEST_FILE = 64 * 2**20
LARGEST_SENDING = 256 * 2**20
"""What is taken at once: a year of runs from one watch, or any journal. Ours."""

SEAL, WAITS_S = "calendar", 3600
"""What keeps a waiting calendar from being taken for something else, and how long it may wait. Ours."""

LONGEST_NAME = 120
"""Bytes of a file's name that are kept; disks take about twice as many."""

NAMELESS = "…"
"""Stands for a file's name while what is wrong with it is translated."""


@dataclass(frozen=True)
class Brought:
    """What became of one file, in words; ``left_out`` names what of it is no run, and why.

    A calendar that would thin the usual week out waits: ``weeks`` shows what it would change, ``sealed`` is
    what it holds, to be handed back by whoever says that the weeks go by it.
    """

    name: str
    says: str
    read: bool
    left_out: tuple[tuple[str, str], ...] = ()
    weeks: "tuple[coach.CalendarWeek, ...]" = ()
    sealed: str = ""


def problem_with(files: Sequence["Upload"]) -> str:
    """Return why nothing of this is taken, as a sentence; empty where it may come in."""
    if not files:
        return _("Choose at least one file.")
    if len(files) > MOST_FILES:
        told = {"most": MOST_FILES, "number": len(files)}
        return _("Choose at most %(most)s files at once; these are %(number)s.") % told
    if sum(file.size or 0 for file in files) > LARGEST_SENDING:
        told = {"size": LARGEST_SENDING // 2**20}
        return _("These are more than %(size)s MB together; send them in parts.") % told
    large = [file.name for file in files if (file.size or 0) > LARGEST_FILE]
    if not large:
        return ""
    what = {"name": large[0], "size": LARGEST_FILE // 2**20}
    return _("%(name)s is larger than %(size)s MB; no run is that long.") % what


def bring_in(
    practice: Practice, files: Sequence["Upload"], assume_run: bool, *, mine: bool = False
) -> list[Brought]:
    """Bring the files in on a lane; what cannot be read is named and the rest still comes in.

    ``mine`` says that an archive of another name is the runner's own, from another machine.

    Raises
    ------
    Later
        As ``on_a_lane``.
    """
    with on_a_lane(practice):
        return read_in(practice, files, assume_run, mine=mine)


def read_in(
    practice: Practice, files: Sequence["Upload"], assume_run: bool, *, mine: bool = False
) -> list[Brought]:
    """Bring the files in as ``bring_in`` does, for whoever is on a lane already."""
    with TemporaryDirectory(prefix="triplane-") as folder:
        places = [_laid_down(Path(folder), number, file) for number, file in enumerate(files)]
        report = practice.bring_in(places, assume_run=assume_run, asks=True, mine=mine)
    found = zip(files, places, report.files, strict=True)
    return [_brought(str(file.name), place, one) for file, place, one in found]


def on_a_lane(practice: Practice) -> AbstractContextManager[None]:
    """Return what is held while files of a runner are read: on a server one lane of a few, else nothing.

    Raises
    ------
    Later
        On entering it, where no lane is free. Nothing of the files was taken.
    """
    if settings.LANES is None:
        return nullcontext()
    lane: AbstractContextManager[None] = import_string(settings.LANES)(practice)
    return lane


def _laid_down(folder: Path, number: int, file: "Upload") -> Path:
    """Write one file under its own name, each in a folder of its own."""
    place = folder / str(number) / _safe_name(str(file.name))
    place.parent.mkdir()
    with place.open("wb") as out:
        out.writelines(file.chunks())
    return place


def _safe_name(name: str) -> str:
    """Return a name that every disk takes, with its ending kept: the ending tells the format."""
    told = "".join(letter if letter.isprintable() else "_" for letter in Path(name).name) or "file"
    return told.encode(errors="replace")[-LONGEST_NAME:].decode(errors="ignore")


def _brought(name: str, place: Path, report: "FileReport") -> Brought:
    if report.problem:
        return Brought(name, sentence(_without_name(report.problem, place)), read=False)
    if report.held:
        return Brought(name, _held(report), True, report.skipped, report.thinned, _sealed(report))
    told = [said(report.played)] if report.played else []
    if report.calendar:
        told.append(_of_calendar(report))
    elif report.is_clinic:
        told.append(_of_clinic(report))
    elif (report.facts_new or report.facts_known) and not report.played:
        facts = {"new": report.facts_new, "known": report.facts_known}
        told.append(_("%(new)s new facts, %(known)s known before") % facts)
    if report.runs_new or report.runs_known or not told:
        runs = {"new": report.runs_new, "known": report.runs_known}
        told.append(
            ngettext(
                "%(new)s run new, %(known)s known before",
                "%(new)s runs new, %(known)s known before",
                report.runs_new,
            )
            % runs
        )
    return Brought(name, "; ".join(told), read=True, left_out=report.skipped)


def _without_name(problem: str, place: Path) -> str:
    """Say what is wrong with a file in the page's language, without the name that stands above it.

    A sentence that begins with the name is known with it; what stands in its place is nothing to translate.
    """
    bare = problem.removeprefix(f"{place}: ").removeprefix(f"{place.name}: ")
    return said(problem) if bare == problem else said(f"{NAMELESS}: {bare}").removeprefix(f"{NAMELESS}: ")


def from_address(practice: Practice, address: str) -> list[Brought]:
    """Fetch a calendar from its address, and say what became of it; as ``bring_in``."""
    with on_a_lane(practice):
        (report,) = practice.bring_from(address, asks=True).files
    return [_brought(report.file, Path(report.file), report)]


def take_calendar(practice: Practice, sealed: str) -> str:
    """Let the weeks go by a calendar that was read a moment ago and waited; return what it is called.

    Raises
    ------
    UserError
        Where this is not what a page of ours was given.
    """
    try:
        told = signing.loads(sealed, salt=SEAL, max_age=WAITS_S)
        body = CalendarRead.model_validate_json(told)
    except (signing.BadSignature, ValueError) as error:
        raise UserError(_("This calendar is no longer at hand. Bring it in again.")) from error
    practice.go_by_calendar(body.source, body.entries)
    return body.source


def _sealed(report: "FileReport") -> str:
    """Return what a calendar holds as text that only we can have written."""
    first = report.thinned[0].monday
    body = CalendarRead(source=report.calendar, first=first, until=first, entries=report.held)
    return signing.dumps(body.model_dump_json(), salt=SEAL, compress=True)


def _of_clinic(report: "FileReport") -> str:
    measured = {"new": report.facts_new, "known": report.facts_known}
    told = ngettext(
        "%(new)s measurement new, %(known)s known before",
        "%(new)s measurements new, %(known)s known before",
        report.facts_new,
    )
    return told % measured


def _held(report: "FileReport") -> str:
    held = ngettext(
        "%(number)s run, gym visit or race in the weeks ahead",
        "%(number)s runs, gym visits and races in the weeks ahead",
        report.entries,
    )
    return held % {"number": report.entries}


def _of_calendar(report: "FileReport") -> str:
    changed = _("your weeks follow it") if report.facts_new else _("nothing has changed in it")
    return f"{_held(report)} ({changed})"
