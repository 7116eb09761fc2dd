"""For every address that takes something: a good sending of it, and what no sending may do. Found by name."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from triplane import coach
from triplane.history import DrillDone, SessionLogged

Fields = dict[str, Any]

HOSTILE = {
    "empty": "",
    "words": "many",
    "below": "-99999999",
    "not a number": "nan",
    "control characters": "a\x1b[31m\r\nb\x07",
    "turned writing": "\u202eevil\u2066",
    "nothing at all": "a\0b",
    "markup": "<script>alert(1)</script>{{ 7 }}{% now %}'\"`;--",
    "long": "x" * 2**18,
    "the last day there is": "9999-12-31",
    "the first day there is": "0001-01-01",
    "a day beyond our years": "2201-01-01",
}
"""What somebody may send in place of an answer. Bytes that are no letters are tried beside these."""

QUIET = {"form-TOTAL_FORMS": "2", "form-INITIAL_FORMS": "0"}
FELT = {"form-0-region": "buttock", "form-0-side": "left", "form-0-kind": "muscle", "form-0-score": "3"}
WEEK = {"weekly_minutes": "75", "session_minutes": "25", "home_at": "18:00", "wed_run": "on"}
RUN = {"wed_at": "07:00", "wed_minutes": "45", "wed_kind": "easy"}
READINGS = {"left_reading": ["30", "31", "30"], "left_pain": "0", "left_end_feel": "stretch"}


@dataclass(frozen=True)
class Row:
    """One address: where it is for a runner, and a sending that is taken; whether the week is made anew."""

    where: str
    good: Fields = field(default_factory=dict)
    place: Callable[[Any], str] = lambda app: ""
    is_json: bool = False
    plans: bool = False

    def address(self, app: Any) -> str:
        return self.where.replace("SLOT", self.place(app))

    def told(self, app: Any) -> Fields:
        """Return the good sending, for the runner who is there."""
        return {**self.good, "mark": app.practice.history().mark} if "mark" in self.good else self.good


def _slot(app: Any) -> str:
    return str(app.practice.day().next_slot)


def _fact(app: Any) -> str:
    return str(coach.facts_told(app.practice.history(), None, 999, app.now)[0].id)


def _hurt(app: Any) -> str:
    practice = app.practice
    logged = practice.history().facts_of(SessionLogged)
    if not logged:
        hurt = DrillDone(drill="own_hip_cars", discomfort=5)
        logged = practice.record(SessionLogged(minutes=10, drills=(hurt,)))
    return str(logged[-1].id)


FELT_ANEW = {**QUIET, **dict.fromkeys(coach.asked_before_a_session(), "no"), "effort": "5", "discomfort": "1"}
PLAYED = {"key": "0a1b2c3d-0000", "mark": "", "played": None, "effort": 5, "discomfort": 1}

ROWS = {
    "welcome": Row("/begin/welcome/"),
    "question": Row("/begin/safety/H01/", {"answer": "no"}),
    "about": Row(
        "/begin/about/", {"age": "34", "sex": "female", "height_cm": "170", "mass_kg": "60", "sitting_h": "8"}
    ),
    "equipment": Row("/begin/equipment/", {"equipment": ["mini_band", "wall"]}),
    "usual_week": Row("/begin/week/", {**WEEK, **RUN}),
    "change_undo": Row("/change/undo/", {"day": "2026-11-26", "kind": "day"}, plans=True),
    "change_tell": Row(
        "/change/race/", {"day": "2026-12-06", "km": "10", "at": "09:00", "called": "Ten"}, plans=True
    ),
    "checkin": Row("/checkin/", {**QUIET, **FELT, "course": "stays", "hours": "12"}),
    "measure_test": Row("/measure/flexion_supine/", {"method": "phone_helper", **READINGS}),
    "before_test": Row("/measure/flexion_supine/before/", {"H01": "no"}),
    "move": Row("/week/move/SLOT/", {"on": "2026-11-25", "at": "18:30", "insist": "yes"}, _slot, plans=True),
    "move_back": Row("/week/move/SLOT/back/", {}, _slot, plans=True),
    "bring": Row("/week/bring/", {"files": ""}),
    "phone_forget": Row("/phone/forget/", {"phone": "0011"}),
    "pair": Row("/phone/pair/guess/"),
    "plan": Row("/plan/", {"back": "/"}),
    "drill_choose": Row("/drills/str_step_down/choose/", {"wish": "left_out"}),
    "eye": Row("/eye/", {"slot": "any", "item": "any", "side": "left"}),
    "hurts": Row("/session/SLOT/play/hurts/", {**QUIET, **FELT, "item": "any", "side": "left"}, _slot),
    "count": Row("/session/SLOT/play/count/", PLAYED, _slot, is_json=True),
    "played": Row("/session/SLOT/play/done/", PLAYED, _slot, is_json=True),
    "hand_in": Row("/hand-in/", PLAYED, is_json=True),
    "sample": Row("/sample/", plans=True),
    "sample_leave": Row("/sample/leave/"),
    "session": Row("/session/SLOT/", {"ill": "no"}, _slot),
    "how_it_was": Row("/session/SLOT/how-it-was/", {**QUIET, "effort": "5", "discomfort": "1"}, _slot),
    "settings": Row(
        "/settings/",
        {"units": "metric", "sound": "voice", "rate": "1", "quiet_from": "22:00", "quiet_until": "07:00"},
    ),
    "language": Row("/settings/language/", {"language": "de"}),
    "theme": Row("/settings/theme/", {"theme": "dark"}),
    "defaults": Row("/settings/defaults/", {"caps.new_drills": "2"}),
    "files": Row("/settings/files/", {"files": "", "assume_run": "on", "mine": "on"}),
    "clearance": Row(
        "/settings/clearance/",
        {
            "who": "A. Example",
            "role": "physician",
            "given": "2026-11-25",
            "until": "2027-02-28",
            "scope": ["H01"],
        },
    ),
    "fact_anew": Row("/settings/facts/SLOT/anew/", FELT_ANEW, _hurt),
    "fact": Row("/settings/facts/SLOT/", {"reason": "told twice"}, _fact),
    "calendar_words": Row("/settings/calendar-words/", {"since": "", "add_race": "kermesse", "do": "save"}),
    "feed_settings": Row("/settings/feed/", {"remind": "10"}),
    "feed_revoke": Row("/settings/feed/revoke/"),
    "bring_from": Row("/week/bring/address/", {"address": "https://10.0.0.1/club.ics"}),
    "calendar_go_by": Row("/week/calendar/", {"calendar": "made-up"}),
    "calendar_forget": Row("/week/calendar/forget/", {"calendar": "Club"}),
    "erase": Row("/settings/delete/", {"name": "someone"}),
}
