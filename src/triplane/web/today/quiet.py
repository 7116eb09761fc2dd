"""What the page says of a day on which nothing is to come: one title and one sentence for each kind."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from triplane.coach import Quiet
from triplane.web.said import said

if TYPE_CHECKING:
    from triplane.coach import Day

TITLES = {
    Quiet.PAUSED: _("Rest until you are well"),
    Quiet.RACE: _("Race day"),
    Quiet.MISSED: _("Nothing more today"),
    Quiet.PARTLY: _("Nothing more today"),
    Quiet.DONE: _("Done for today"),
    Quiet.AWAY: _("You are away today"),
    Quiet.BEGINS_ON_MONDAY: _("Your sessions begin on Monday"),
    Quiet.EMPTY_WEEK: _("This week holds no session"),
    Quiet.REST: _("A rest day"),
}

LEADS = {
    Quiet.PAUSED: _("The plan waits. Nothing has to be made up for."),
    Quiet.RACE: _("Nothing else today. A light warm-up you know is enough."),
    Quiet.MISSED: _("What was planned for today was not done. Nothing has to be made up for."),
    Quiet.PARTLY: _("A part of what was planned for today was done. Nothing has to be made up for."),
    Quiet.DONE: _("Nothing more today. Tomorrow morning we ask once how your hips feel."),
    Quiet.AWAY: _("Nothing is planned, and nothing has to be made up for."),
    Quiet.BEGINS_ON_MONDAY: "",
    Quiet.EMPTY_WEEK: _(
        "There is no room for one: no minutes at home, no run and no desk day is left in it."
    ),
    Quiet.REST: _("Nothing is planned. Rest is part of the plan."),
}
"""The sentence below the title; where it is empty, the first that the coach says stands in its place."""


@dataclass(frozen=True)
class QuietDay:
    """The title, the sentence below it, and what else the coach says."""

    title: str
    lead: str
    says: tuple[str, ...]


def quiet_day(day: "Day") -> QuietDay | None:
    """Return what is said of a day on which nothing is to come; nothing where a session is."""
    if day.quiet is None:
        return None
    lead, rest = str(LEADS[day.quiet]), tuple(map(said, day.says))
    if not lead:
        lead, rest = rest[0], rest[1:]
    return QuietDay(str(TITLES[day.quiet]), lead, rest)
