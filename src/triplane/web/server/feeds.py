"""The secret addresses of calendars, in the tables of accounts instead of a file beside a journal."""

from dataclasses import dataclass

from triplane.bootstrap import Practice
from triplane.web.feed.keeping import Feed, Feeds
from triplane.web.server.models import Account, FeedAddress


@dataclass(frozen=True)
class AccountFeeds:
    """The addresses of all runners of a server."""

    def of(self, runner: str) -> Feed | None:
        found = FeedAddress.objects.filter(account__runner=runner).first()
        return Feed(found.secret, found.since.isoformat(), found.remind_min) if found else None

    def keep(self, runner: str, feed: Feed) -> None:
        """Keep an address; the one before opens nothing from here on."""
        told = {"secret": feed.secret, "since": feed.day, "remind_min": feed.remind_min}
        FeedAddress.objects.update_or_create(account=Account.objects.get(runner=runner), defaults=told)

    def remind(self, runner: str, remind_min: int) -> None:
        """Set how long before a session the calendar reminds."""
        FeedAddress.objects.filter(account__runner=runner).update(remind_min=remind_min)

    def revoke(self, runner: str) -> None:
        """Let the address open nothing any more."""
        FeedAddress.objects.filter(account__runner=runner).delete()


def feeds_of(practice: Practice) -> Feeds:
    """Return the addresses of the server that a practice is on."""
    return AccountFeeds()


def account_of_feed(secret: str) -> Account | None:
    """Return whose calendar an address shows."""
    found = FeedAddress.objects.select_related("account").filter(secret=secret).first()
    return found.account if found and found.account.is_active else None
