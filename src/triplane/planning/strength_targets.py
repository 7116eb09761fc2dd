"""How many hard sets a week groups of drills should reach together (E30 to E33), and the ankle drill."""

from collections.abc import Iterable
from dataclasses import dataclass

from triplane.assessment import HipMap
from triplane.catalogue import Muscle, Stage
from triplane.evidence import Reason, reason
from triplane.planning.adjustment import Adjustment
from triplane.planning.control import TRUNK_TESTS
from triplane.planning.problem import Candidate, StrengthTarget


@dataclass(frozen=True)
class Group:
    """Prime movers that get hard sets together. ``sets`` a week and side once the ramp is over."""

    name: str
    muscles: frozenset[Muscle]
    sets: float


GROUPS = (
    Group("hip extensors", frozenset({Muscle.GLUTEUS_MAXIMUS, Muscle.HAMSTRINGS}), 6),
    Group("hip abductors", frozenset({Muscle.GLUTEUS_MEDIUS, Muscle.GLUTEUS_MINIMUS}), 4),
    Group("adductors", frozenset({Muscle.ADDUCTORS}), 4),
)
"""The lower ends of E33: 6 to 10 hard sets a side for extensors, 4 to 8 for the other two."""

CONTROL_SETS = 4.0
"""Hard sets a week and side for control where a test of it was limited (coach's default)."""

LOADED_SETS = 4.0
"""Sets a week and side of drills that carry load, now or soon: bodyweight adds no range (E08; default)."""

LOADED_WEIGHT = 2.0
"""They count double: what is to grow must begin early to be loaded by the fourth week (coach's default)."""

NAMED_SETS = 2.0
"""Sets a week and side of each drill that a restriction puts first by name (coach's default)."""

ANKLE_SETS = 4.0
"""Sets of the ankle drill a week and side where an ankle is stiff (coach's default)."""

PRIME_MOVERS = 2
"""So many of a drill's muscles, in the order of its file, count as its prime movers."""

RAMP = (1 / 3, 2 / 3, 1.0)
"""Shares of the sets in the first weeks: two strength sessions a week by week 3 (E30)."""

FULL_FROM_MIN = 75.0
"""Below so many minutes a week the sets go down with the minutes (coach's default)."""

WEEK_RULES = frozenset({"E63", "E75", "E76"})
"""Rules that make a whole week easier; strength targets go down with the doses they lower."""


def strength_targets(
    hip_map: HipMap,
    candidates: Iterable[Candidate],
    training_week: int,
    minutes: float,
    adjustments: Iterable[Adjustment] = (),
    loadable: frozenset[str] = frozenset(),
    named: frozenset[str] = frozenset(),
) -> tuple[StrengthTarget, ...]:
    """Return the strength targets of a week; groups that no candidate trains are left out.

    ``training_week`` is 1 in the first week, ``minutes`` all minutes of the week (0 or more),
    ``loadable`` the drills that can carry a weight the runner has, ``named`` those that a restriction
    puts first.
    """
    offered = tuple(candidates)
    ramp = RAMP[min(training_week, len(RAMP)) - 1]
    share = ramp * min(1.0, minutes / FULL_FROM_MIN) * _easing(adjustments)
    groups = [_of_group(group, offered, share) for group in GROUPS]
    targets = [
        *groups,
        _loaded(offered, loadable, share),
        *_named(offered, named, share),
        *_control(hip_map, offered, share),
        _ankle(hip_map, offered),
    ]
    return tuple(target for target in targets if target is not None and target.drills)


def _easing(adjustments: Iterable[Adjustment]) -> float:
    return min((a.dose_factor for a in adjustments if a.reason.rule in WEEK_RULES), default=1.0)


def _of_group(group: Group, candidates: tuple[Candidate, ...], share: float) -> StrengthTarget:
    drills = tuple(
        one.drill
        for one in candidates
        if one.stage >= Stage.STRENGTHEN and group.muscles & set(one.muscles[:PRIME_MOVERS])
    )
    sets = round(group.sets * share, 1)
    says = (
        f"Your {group.name} get {_spoken(sets)} a side this week, two or three repetitions left in reserve."
    )
    return StrengthTarget(name=group.name, drills=drills, sets=sets, reason=reason("E33", says))


def _spoken(sets: float) -> str:
    """Say a number of hard sets as a person would: nobody does a fifth of one."""
    if sets < 1:
        return "less than one hard set"
    return "about 1 hard set" if round(sets) == 1 else f"about {round(sets)} hard sets"


def _loaded(candidates: tuple[Candidate, ...], loadable: frozenset[str], share: float) -> StrengthTarget:
    """Sets of drills that carry load, of those already begun where there are any: load follows practice."""
    able = [one for one in candidates if one.drill in loadable]
    drills = tuple(one.drill for one in [one for one in able if not one.new] or able)
    says = "Some strength work is of a kind that can carry weight, because bodyweight alone adds no range."
    return StrengthTarget(
        name="loaded",
        drills=drills,
        sets=round(LOADED_SETS * share, 1),
        weight=LOADED_WEIGHT,
        reason=reason("E08", says),
    )


def _named(candidates: tuple[Candidate, ...], named: frozenset[str], share: float) -> list[StrengthTarget]:
    """Sets for each drill that a restriction puts first, so that none of them is crowded out."""
    says = "This drill suits a hip like yours best, so it gets sets of its own."
    why = Reason(rule="F", says=says, sources=("triplane_handbook",))
    return [
        StrengthTarget(name=one.drill, drills=(one.drill,), sets=round(NAMED_SETS * share, 1), reason=why)
        for one in candidates
        if one.drill in named and one.sets_per_unit > 0
    ]


def _control(hip_map: HipMap, candidates: tuple[Candidate, ...], share: float) -> list[StrengthTarget]:
    """Sets for control, weighted above the groups: a finding here outranks more stretching.

    Trunk and pelvis get theirs apart, so that what trains the one does not stand for the other.
    """
    scores = [one.score for one in hip_map.top_priorities if one.what == "control"]
    if not scores:
        return []
    says = "Control of pelvis and trunk comes with drills for it, not with more stretching."
    limited = [found for found in hip_map.control if found.finding.is_limited]
    told = {
        "control of the trunk": {found.reason for found in limited if found.test in TRUNK_TESTS},
        "control": {found.reason for found in limited if found.test not in TRUNK_TESTS},
    }
    return [
        StrengthTarget(
            name=name,
            drills=tuple(one.drill for one in candidates if _answers(one, reasons)),
            sets=round(CONTROL_SETS * share, 1),
            weight=1 + max(scores),
            reason=reason("B12", says),
        )
        for name, reasons in told.items()
        if reasons
    ]


def _answers(candidate: Candidate, told: set[Reason]) -> bool:
    trains = candidate.stage >= Stage.OWN and candidate.sets_per_unit > 0
    return trains and bool(told & set(candidate.reasons))


def _ankle(hip_map: HipMap, candidates: tuple[Candidate, ...]) -> StrengthTarget | None:
    if hip_map.ankle.reason is None:
        return None
    drills = tuple(one.drill for one in candidates if one.ankle)
    return StrengthTarget(name="ankle", drills=drills, sets=ANKLE_SETS, reason=hip_map.ankle.reason)
