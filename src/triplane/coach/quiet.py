"""A day on which nothing is to come: what kind of day it is, decided here for every shell."""

from enum import StrEnum


class Quiet(StrEnum):
    """Why nothing is to come today, the first that holds."""

    PAUSED = "paused"
    RACE = "race"
    MISSED = "missed"
    PARTLY = "partly"
    DONE = "done"
    AWAY = "away"
    BEGINS_ON_MONDAY = "begins_on_monday"
    EMPTY_WEEK = "empty_week"
    REST = "rest"


HEADLINES = {
    Quiet.PAUSED: "No session just now.",
    Quiet.RACE: "Race day. Nothing else today.",
    Quiet.MISSED: "Nothing more today.",
    Quiet.PARTLY: "Nothing more today.",
    Quiet.DONE: "Done for today.",
    Quiet.AWAY: "You are away today. Nothing is planned.",
    Quiet.BEGINS_ON_MONDAY: "Your sessions begin on Monday.",
    Quiet.EMPTY_WEEK: "This week holds no session.",
    Quiet.REST: "Nothing more today. A rest day counts.",
}
"""What is said first of each. Of one whose sessions were not done neither that they were, nor that it was
for rest."""
