"""The secret address of a runner's calendar: kept beside the journal, for its owner's eyes only.

It is no fact: whoever gets a copy of the journal does not get the address with it.
"""

import json
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Literal, Protocol, get_args

from django.conf import settings
from django.utils.module_loading import import_string

from triplane.bootstrap import Practice, is_address
from triplane.errors import UserError
from triplane.web.feed_address import is_same, new_secret
from triplane.web.keeping import keep, kept

Reminds = Literal[0, 5, 10, 30]
REMINDS_MIN: tuple[int, ...] = get_args(Reminds)
"""Minutes before a session that a calendar may remind; 0 is not at all. Ours."""

_ONE_CHANGE = threading.Lock()
"""Held from reading to writing, by whichever request: each opens the file for itself."""


@dataclass(frozen=True)
class Feed:
    """One address: its secret, since when, and how many minutes before a session it reminds."""

    secret: str
    since: str
    remind_min: int = 0

    @property
    def day(self) -> date:
        return date.fromisoformat(self.since)


class Feeds(Protocol):
    """The addresses of runners, wherever they are kept; one runner has one, or none."""

    def of(self, runner: str) -> Feed | None:
        """Return a runner's address."""

    def keep(self, runner: str, feed: Feed) -> None:
        """Keep an address; the one before opens nothing from here on."""

    def remind(self, runner: str, remind_min: int) -> None:
        """Set how long before a session the calendar reminds."""

    def revoke(self, runner: str) -> None:
        """Let the address open nothing any more."""


def new_feed(feeds: Feeds, runner: str, today: date, remind_min: int, begins: str = "") -> Feed:
    """Make an address in place of the one before; ``begins`` is how its secret does."""
    new = Feed(new_secret(begins), today.isoformat(), remind_min)
    feeds.keep(runner, new)
    return new


def opened(feeds: Feeds, runner: str, secret: str) -> Feed | None:
    """Return the address that a secret opens."""
    found = feeds.of(runner)
    return found if found is not None and is_same(found.secret, secret) else None


@dataclass
class FeedsInFile:
    """The addresses of the runners of one journal; a file that cannot be understood holds none."""

    file: Path

    def of(self, runner: str) -> Feed | None:
        return self._all().get(runner)

    def keep(self, runner: str, feed: Feed) -> None:
        """Keep an address; the one before opens nothing from here on."""
        self._change(runner, lambda _: feed)

    def remind(self, runner: str, remind_min: int) -> None:
        """Set how long before a session the calendar reminds."""
        self._change(runner, lambda found: replace(found, remind_min=remind_min) if found else None)

    def revoke(self, runner: str) -> None:
        """Let the address open nothing any more."""
        self._change(runner, lambda _: None)

    def _all(self) -> dict[str, Feed]:
        try:
            told = json.loads(kept(self.file) or b"{}")
            return {str(runner): Feed(**one) for runner, one in told.items()}
        except (ValueError, TypeError, AttributeError):
            return {}

    def _change(self, runner: str, changed: Callable[[Feed | None], Feed | None]) -> None:
        with _ONE_CHANGE:
            told = self._all()
            before = told.pop(runner, None)
            feed = changed(before)
            if feed == before:
                return
            if feed is not None:
                told[runner] = feed
            try:
                keep(self.file, json.dumps({name: asdict(one) for name, one in told.items()}).encode())
            except OSError as error:
                raise UserError(
                    f"{self.file.parent} cannot be written; your calendar's address is kept there"
                ) from error


def feeds_of(practice: Practice) -> Feeds:
    """Return the addresses that lie beside a practice's journal, or in a server's tables (``FEEDS``).

    Raises
    ------
    UserError
        Where the journal lies in a database that no server of accounts stands before: nothing is beside it.
    """
    if settings.FEEDS is not None:
        elsewhere: Feeds = import_string(settings.FEEDS)(practice)
        return elsewhere
    if is_address(practice.journal.place):
        raise UserError("a journal in a database has a calendar only on a server with accounts")
    place = Path(practice.journal.place)
    return FeedsInFile(place.with_name(f"{place.name}.feeds"))
