"""How much an easier week may hold: a share of the fullest of the weeks before it (E75, E76)."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from triplane.catalogue import UNIT_S, Drill, Stage
from triplane.history import History, SessionLogged
from triplane.planning.adjustment import Adjustment
from triplane.planning.familiarity import was_done
from triplane.planning.problem import EasierWeek

EASES = {
    "E75": (Stage.OWN, Stage.STRENGTHEN, Stage.INTEGRATE),
    "E76": (Stage.STRENGTHEN, Stage.INTEGRATE),
}
"""The rules that make a whole week easier, with the stages whose volume they lower."""

WEEKS_BEFORE = 3
"""Weeks among which the fullest one counts as usual (coach's default: one is often an easier one)."""


def easier_of(
    history: History, drills: Mapping[str, Drill], monday: date, adjustments: Iterable[Adjustment]
) -> tuple[EasierWeek, ...]:
    """Return what caps the week that begins on a Monday; nothing where nothing was logged before it."""
    found = []
    adjustments = tuple(adjustments)
    for rule, stages in EASES.items():
        asked = [one for one in adjustments if one.reason.rule == rule and one.dose_factor < 1]
        usual = max(_units_by_week(history, drills, monday, stages), default=0)
        if asked and usual:
            gentlest = min(asked, key=lambda one: one.dose_factor)
            units = int(gentlest.dose_factor * usual)
            found.append(EasierWeek(stages=stages, units=units, reason=gentlest.reason))
    return tuple(found)


def _units_by_week(
    history: History, drills: Mapping[str, Drill], monday: date, stages: tuple[Stage, ...]
) -> list[float]:
    """Return the units of work done in each of the weeks before, both sides together."""
    done = [0.0] * WEEKS_BEFORE
    for fact, session in history.all(SessionLogged):
        weeks_ago = (monday - fact.local_date + timedelta(days=6)).days // 7
        if not 1 <= weeks_ago <= WEEKS_BEFORE:
            continue
        for entry in session.drills:
            drill = drills.get(entry.drill)
            if drill is not None and drill.stage in stages and was_done(entry):
                done[weeks_ago - 1] += entry.work_s / UNIT_S * (1 if entry.side else 2)
    return done
