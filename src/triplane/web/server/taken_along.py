"""A group of a coach's table leaving as a file: made and sent a runner at a time, however many there are.

Of each runner consent is asked as their part is made, and that it leaves is recorded once the part is whole
and only to be handed over: nobody is told of what could not be made, or of what nobody waits for any more.
The last one before a connection breaks may have been told too much, never too little.
"""

import logging
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from asgiref.sync import sync_to_async
from django.contrib.staticfiles import finders
from django.db import close_old_connections
from django.http import StreamingHttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext

from triplane.errors import JournalError, Overtaken, UserError
from triplane.formats.group_file import GroupFile, RunnersPart, RunnerTaken, part_of
from triplane.web.headers import digest
from triplane.web.progress.comparison import comparison_told
from triplane.web.server.models import Account, Sharing
from triplane.web.server.whose import practices

if TYPE_CHECKING:
    from triplane.bootstrap import ToHandOn
    from triplane.coach import HandedOn

MOST = 200
"""Runners in one file. Ours."""

TRIES = 5
"""How often a part is made of a runner of whom something is told meanwhile. Ours."""

SHEETS = ("tokens.css", "base.css", "app.css", "comparison.css")

LOG = logging.getLogger("triplane.server")

Told = ParamSpec("Told")
Found = TypeVar("Found")


@dataclass(frozen=True)
class TakenAlong:
    """A group that leaves: whose table it is of, who is inside, and the name under which each is told, once.

    ``now`` is in the zone of whoever asks, and so is every day that is said.
    """

    account: Account
    name: str
    inside: list[Sharing]
    dates: tuple[date, date]
    now: datetime
    origin: str

    def answer(self) -> StreamingHttpResponse:
        """Return the file as an answer that goes as it is made.

        Raises
        ------
        UserError
            Where more stand in it than a file holds.
        """
        if len(self.inside) > MOST:
            most = gettext("a file holds at most %(most)s runners; make two groups of them") % {"most": MOST}
            raise UserError(most)
        headers = {
            "Content-Disposition": f'attachment; filename="triplane-group-{self.now:%Y-%m-%d}.zip"',
            "Cache-Control": "no-store",
            "X-Accel-Buffering": "no",  # what a proxy hoards would look as if it had left
        }
        return StreamingHttpResponse(self._parts(), content_type="application/zip", headers=headers)

    async def _parts(self) -> AsyncIterator[bytes]:
        """Give the file in parts; it is asked for the next one when the last was taken.

        Whoever asked may leave at each step that is waited for here: then nothing behind it is done.
        """
        file, left_out, is_away = GroupFile(self.now), list[str](), False
        yield file.begin(await self._here(_about, self.name, self.dates, self.now))
        for one in self.inside:
            if is_away:  # each would be waited for, and who waits for the file hears nothing meanwhile
                left_out.append(one.label)
                continue
            try:
                part = await self._part(file, one)
            except Exception as error:  # whatever befalls one, the others' parts leave
                LOG.error("a runner is left out of a group's file", exc_info=error)
                left_out.append(one.label)
                is_away = await self._here(_is_away)
                continue
            if part:
                yield part
        yield file.end(await self._here(_missing, left_out) if left_out else "")

    async def _part(self, file: GroupFile, one: Sharing) -> bytes:
        """Return one runner's part, which is on their record by then; nothing where it may not leave."""
        for _ in range(TRIES):
            found = await self._here(self._made, one)
            if found is None:
                return b""
            try:
                return await self._here(self._handed_over, file, one, *found)
            except Overtaken:
                continue
        raise Overtaken("something is told of this runner all the time")

    async def _here(self, step: "Callable[Told, Found]", *told: "Told.args", **more: "Told.kwargs") -> Found:
        """Take a step in the thread of the request, which keeps nothing that others wait for afterwards."""

        def taken() -> Found:
            try:
                with timezone.override(self.now.tzinfo):  # the language goes along by itself
                    return step(*told, **more)
            finally:
                close_old_connections()

        return await sync_to_async(taken)()

    def _made(self, one: Sharing) -> "tuple[ToHandOn, RunnersPart] | None":
        """Return what leaves of a runner, as they let it now; nothing where they or their coach are gone."""
        there = Sharing.objects.filter(pk=one.pk, coach__is_active=True, runner__is_active=True)
        if not there.exists():
            return None
        who, runner = self.account.runner, one.runner
        made = practices().to_hand_on(who, runner.runner, runner.zone, *self.dates)
        if made is None:
            return None
        page = self._printable(one.label, made.taken)
        compared = made.taken.compared
        part = RunnerTaken(label=one.label, group=one.group, line=made.line, compared=compared, page=page)
        return made, part_of(part)

    def _handed_over(self, file: GroupFile, one: Sharing, made: "ToHandOn", part: RunnersPart) -> bytes:
        practices().handed_on(self.account.runner, one.runner.runner, one.runner.zone, made, self.origin)
        return file.add(part)

    def _printable(self, label: str, taken: "HandedOn") -> str:
        """Return a comparison as a page of its own that asks for nothing, to be printed or kept."""
        found, styles = taken.compared, _styles()
        looks = {"styles": styles, "looks_digest": digest(styles)}
        page = {"found": found, **comparison_told(found, taken.units), "label": label, "now": self.now}
        return render_to_string("server/compared_file.html", page | looks)


def _is_away() -> bool:
    """Whether the journal does not answer, whoever is asked about."""
    try:
        practices().answers()
    except JournalError:
        return True
    return False


def _about(name: str, dates: tuple[date, date], now: datetime) -> str:
    """Say what a file is, to whoever finds it."""
    told = {"name": name, "day": now.date(), "before": dates[0], "after": dates[1]}
    return "\n".join(
        (
            gettext("Triplane: the group %(name)s on %(day)s, compared from %(before)s to %(after)s.") % told,
            gettext("table.csv is the table. Each runner has a page to print and the same as a table."),
            gettext(
                "Where a runner's day was not yet the second date, their own day counts: the dates of each"
                " stand in table.csv."
            ),
            gettext("Only runners who had agreed to that when this was made stand in it, and each was told."),
            gettext("Where somebody's part could not be made, left-out.txt at the end says whose."),
            gettext("It tells of people's health: keep it to yourself, and delete what you no longer need."),
            "",
        )
    )


def _missing(left_out: list[str]) -> str:
    """Say who is not in a file, and what to do."""
    says = gettext(
        "These runners are not in this file, because their part could not be made. Nothing of theirs left,"
        " and nothing about it stands on their record. Take the group along once more, later:"
    )
    return "\n".join((says, "", *left_out, ""))


@cache
def _styles() -> str:
    """Return the looks of a page that lies alone, without the font: it would weigh more than the page."""
    sheets = "\n".join(Path(str(finders.find(name))).read_text(encoding="utf-8") for name in SHEETS)
    return re.sub(r"@font-face\s*{[^}]*}", "", sheets)
