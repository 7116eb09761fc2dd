"""What a runner may do about something, as pages: each action of the rooms below with its words."""

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy as _

from triplane.errors import Action

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class Way(NamedTuple):
    """A page's name, a button's word beside a sentence that says what for, and words that stand alone."""

    address: str
    button: "StrPromise"
    label: "StrPromise"


WAYS: dict[Action, Way] = {
    Action.BEGIN: Way("begin", _("Begin"), _("Go on with the beginning")),
    Action.SCREENING: Way("begin", _("Answer"), _("Go to the safety questions")),
    Action.CLEARANCE: Way("clearance", _("Look"), _("Record a professional's word")),
    Action.TELL: Way("settings", _("Change"), _("Go to your settings")),
    Action.MEASURE: Way("measure", _("Measure"), _("Measure your hips")),
    Action.CHECKIN: Way("checkin", _("Check in"), _("Check in")),
    Action.DAY: Way("today", _("Today"), _("Go to Today")),
    Action.WEEK: Way("week", _("Look"), _("Go to your week")),
}
