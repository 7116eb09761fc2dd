"""What comes in and goes out: runs and archives, sessions to take along, the record, the calendar."""

from hashlib import sha256
from typing import Annotated, Literal

from django.core.files.uploadedfile import TemporaryUploadedFile
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from pydantic import Field

from triplane import coach
from triplane.formats.archive import pack
from triplane.formats.fhir import write_bundle
from triplane.value import Value
from triplane.web.feed.keeping import Reminds, feeds_of, new_feed
from triplane.web.handout.view import KINDS, content_of
from triplane.web.offline.file import session_file
from triplane.web.runner import practice_of
from triplane.web.server.api.answers import Key, answer, look_first
from triplane.web.server.api.problems import KeyUsed, TooLarge
from triplane.web.server.api.routes import router
from triplane.web.server.models import Account
from triplane.web.settings_page.bringing import LARGEST_FILE, Brought, on_a_lane, read_in, take_calendar

FileName = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f/\\]{1,120}$")]
Ending = Literal["html", "fit", "txt", "md", "pdf"]
AT_ONCE = 2**16


class LeftOut(Value):
    """Something in a file that did not come in, and why."""

    what: str
    why: str


class FileBrought(Value):
    """What became of a file. A calendar that would thin the usual week out waits and is not recorded.

    ``weeks`` shows what it would change; handing ``sealed`` back within an hour lets the weeks go by it.
    """

    name: str
    read: bool
    says: str
    left_out: tuple[LeftOut, ...] = ()
    weeks: tuple[coach.CalendarWeek, ...] = ()
    sealed: str = ""


class Sealed(Value):
    """A calendar that waited, as it was answered."""

    sealed: Annotated[str, Field(max_length=2 * 2**20)]


class CalendarTaken(Value):
    """What a calendar is called by which the weeks go now."""

    source: str


class Reminding(Value):
    """How many minutes before a session the calendar reminds; 0 is not at all."""

    remind_min: Reminds = 0


class FeedAddressed(Value):
    """Whether there is a calendar to subscribe to, since when; its address only as it is made."""

    since: str = ""
    remind_min: int = 0
    address: str = ""


BYTES = {"schema": {"type": "string", "format": "binary"}}
ANY_FILE = {"requestBody": {"required": True, "content": {"application/octet-stream": BYTES}}}
ARCHIVE = {"responses": {200: {"content": {"application/zip": BYTES}}}}


@router.post("/files", response=FileBrought, openapi_extra=ANY_FILE)
def bring(request: HttpRequest, name: FileName, assume_run: bool = False, mine: bool = False) -> HttpResponse:
    """Bring in a file: a run (FIT, TCX, GPX), an export, a calendar, an archive. A known run stays one.

    ``mine``: an archive of another name is the runner's own, from another machine.
    """
    told = request.headers.get("Content-Length", "")
    if told.isdigit() and int(told) > LARGEST_FILE:
        raise _too_large()
    practice = practice_of(request)
    with on_a_lane(practice), TemporaryUploadedFile(name, "application/octet-stream", 0, None) as upload:
        while part := request.read(AT_ONCE):
            upload.write(part)
            upload.size = (upload.size or 0) + len(part)
            if upload.size > LARGEST_FILE:
                raise _too_large()
        upload.seek(0)
        [found] = read_in(practice, [upload], assume_run, mine=mine)
    return answer(request, _brought(found))


def _too_large() -> TooLarge:
    return TooLarge(_("a file may have %(size)s MB at most") % {"size": LARGEST_FILE // 2**20})


def _brought(found: Brought) -> FileBrought:
    left_out = tuple(LeftOut(what=what, why=why) for what, why in found.left_out)
    return FileBrought(
        name=found.name,
        read=found.read,
        says=found.says,
        left_out=left_out,
        weeks=found.weeks,
        sealed=found.sealed,
    )


@router.post("/files/calendar", response=CalendarTaken)
def go_by_calendar(request: HttpRequest, told: Sealed) -> HttpResponse:
    """Let the weeks go by a calendar that was read and waits; a second time changes nothing."""
    return answer(request, CalendarTaken(source=take_calendar(practice_of(request), told.sealed)))


@router.get("/sessions/{slot}/bundle", response=coach.Bundle)
def bundle(request: HttpRequest, slot: str) -> HttpResponse:
    """A session to take along for a day, with the questions to answer there before it."""
    look_first(request)
    return answer(request, practice_of(request).bundle(slot))


FILES = {kind.partition(";")[0]: BYTES for kind in ("text/html", *KINDS.values())}
SESSION_FILE = {"responses": {200: {"content": FILES}}}


@router.get("/sessions/{slot}/file/{ending}", response={200: None}, openapi_extra=SESSION_FILE)
def file_of_session(request: HttpRequest, slot: str, ending: Ending) -> HttpResponse:
    """A session as a file: a page that plays it, a watch's workout, text, Markdown or PDF."""
    look_first(request)
    practice = practice_of(request)
    if ending == "html":
        return HttpResponse(session_file(practice, slot), content_type="text/html; charset=utf-8")
    found = coach.handout(practice.history(), slot, practice.now)
    return HttpResponse(content_of(ending, (found,), practice), content_type=KINDS[ending])


@router.get("/archive", response={200: None}, openapi_extra=ARCHIVE)
def archive(request: HttpRequest) -> HttpResponse:
    """The whole record in one file, as the settings hand it out."""
    content = pack(practice_of(request).history().facts)
    return HttpResponse(content, content_type="application/zip")


FHIR = {"responses": {200: {"content": {"application/fhir+json": {"schema": {"type": "object"}}}}}}


@router.get("/fhir", response={200: None}, openapi_extra=FHIR)
def fhir(request: HttpRequest) -> HttpResponse:
    """What a clinic's program reads; the plan is in it only for whom safety does not stop."""
    practice = practice_of(request)
    content = write_bundle(coach.clinic_record(practice.history(), practice.now))
    return HttpResponse(content, content_type="application/fhir+json")


@router.get("/feed", response=FeedAddressed)
def feed(request: HttpRequest) -> HttpResponse:
    """Whether there is a calendar to subscribe to. Its address is a secret and is not told again."""
    practice = practice_of(request)
    found = feeds_of(practice).of(practice.runner)
    told = FeedAddressed(since=found.since, remind_min=found.remind_min) if found else FeedAddressed()
    return answer(request, told)


@router.post("/feed", response=FeedAddressed)
def make_feed(request: HttpRequest, key: Key, told: Reminding) -> HttpResponse:
    """Make a new address; the one before opens nothing from here on. Under the same key it is told again.

    A secret begins with the mark of its key: nothing else is kept of it, and nothing of what was revoked.
    """
    practice = practice_of(request)
    feeds, mark = feeds_of(practice), sha256(key.encode()).hexdigest()[:10]
    account: Account = request.account  # type: ignore[attr-defined]
    with transaction.atomic():  # one after the other, where one key comes twice at once
        Account.objects.select_for_update().get(pk=account.pk)
        made = feeds.of(practice.runner)
        if made is None or not made.secret.startswith(mark):
            made = new_feed(feeds, practice.runner, practice.now.date(), told.remind_min, mark)
    if made.remind_min != told.remind_min:
        raise KeyUsed("this idempotency key was used for something else; take a new one")
    address = request.build_absolute_uri(reverse("feed", args=[made.secret]))
    return answer(request, FeedAddressed(since=made.since, remind_min=made.remind_min, address=address))


@router.delete("/feed", response=FeedAddressed)
def revoke_feed(request: HttpRequest) -> HttpResponse:
    """Let the address open nothing any more."""
    practice = practice_of(request)
    feeds_of(practice).revoke(practice.runner)
    return answer(request, FeedAddressed())
