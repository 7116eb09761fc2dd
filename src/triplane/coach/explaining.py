"""Why something is planned, shown or left out: the reasons with their rules and sources in full."""

from datetime import datetime

from triplane import evidence
from triplane.body import Direction
from triplane.catalogue import load, load_one
from triplane.coach.cue_words import changed_in_words
from triplane.coach.hips import ESTIMATED
from triplane.coach.issued import issued_plan
from triplane.coach.library import find_drill, name_of
from triplane.coach.screening_talk import refuse_if_blocked, refuse_if_stopped
from triplane.coach.situation import Situation
from triplane.errors import UnknownName
from triplane.evidence import Reason, Source
from triplane.history import History, PlanItem
from triplane.planning import begun_too_late
from triplane.screening import Allowance, Offer
from triplane.value import Value


class Ground(Value):
    """A reason, the rule behind it in general words, and its sources in full."""

    reason: Reason
    rule_says: str = ""
    sources: tuple[Source, ...] = ()


class Explanation(Value):
    """What was asked about, and why it is so. ``first`` stands above it: what is changed for the runner."""

    what: str
    first: tuple[str, ...] = ()
    grounds: tuple[Ground, ...]


def why(history: History, word: str, now: datetime) -> Explanation:
    """Explain a planned item, a drill, a direction, a rule or a source.

    Parameters
    ----------
    word : an item's id or a slot's id of this week's plan, a drill's id, a direction, a rule (E72) or
        a source key.

    Raises
    ------
    UnknownName
        When nothing is called so; names what is near.
    Blocked
        When safety stops the runner and a plan or drill is asked about.
    """
    wanted = word.strip()
    if wanted.upper() in evidence.rules():
        return _of_rule(wanted.upper())
    if wanted in evidence.sources():
        return _of_source(wanted)
    refuse_if_blocked(history, now)
    wanted = _id_of(wanted)
    plan = issued_plan(history, now)
    items = [i for i in plan.items if wanted in (i.id, i.slot, i.drill)] if plan else []
    if items:
        reasons = [reason for item in items for reason in item.reasons]
        names = ", ".join(dict.fromkeys(name_of(item.drill) for item in items))
        return Explanation(what=names, first=_changes_of(items), grounds=_grounds(reasons))
    if wanted in set(Direction):
        return _of_direction(history, Direction(wanted), now)
    if wanted in load():
        return _of_drill(history, wanted, now)
    known = [*(item.id for item in plan.items)] if plan else []
    raise UnknownName("item, drill, direction, rule or source", word, [*known, *load(), *Direction])


def _changes_of(items: list[PlanItem]) -> tuple[str, ...]:
    """Say what is changed in drills for this runner, each drill by name where several are asked about."""
    changed = {item.drill: changed_in_words(item.how) for item in items}
    several = len(changed) > 1
    return tuple(f"{name_of(drill)}. {s}" if several else s for drill, says in changed.items() for s in says)


def changed_for(history: History, drill: str, now: datetime) -> tuple[str, ...]:
    """Say what stands above a drill's own words for this runner: it is left out, or how it is changed.

    Raises
    ------
    Blocked
        As ``refuse_if_stopped``.
    """
    refuse_if_stopped(history, now)
    offer = Situation(history, now).offer
    allowance = offer.of(drill)
    if allowance is None:
        return ()
    if not allowance.is_allowed:
        return (*(f"Left out for you: {says}" for says in allowance.why), *in_its_place(allowance, offer))
    return changed_in_words(allowance.how)


def in_its_place(allowance: Allowance, offer: Offer) -> tuple[str, ...]:
    """Name the drill that serves in place of one that is left out; nothing where it is left out as well."""
    if allowance.is_allowed or not allowance.instead or not offer.allows(allowance.instead):
        return ()
    return (f"In its place: {name_of(allowance.instead)}.",)


def _id_of(word: str) -> str:
    """Turn a coach's word into an id: 'turn in' is a direction, a drill's name its drill."""
    folded = word.lower().replace("_", " ")
    for direction in Direction:
        if folded in (direction.plain_name, direction.replace("_", " ")):
            return str(direction)
    try:
        return find_drill(word).id
    except UnknownName:
        return word


def _of_rule(rule_id: str) -> Explanation:
    rule = evidence.rule(rule_id)
    reason = Reason(rule=rule.id, says=rule.says, sources=rule.sources, strength=rule.strength)
    return Explanation(what=f"Rule {rule.id}", grounds=_grounds([reason]))


def _of_source(key: str) -> Explanation:
    source = evidence.source(key)
    reason = Reason(rule="", says=source.note or source.title, sources=(key,))
    return Explanation(what=source.title, grounds=_grounds([reason]))


def _of_direction(history: History, direction: Direction, now: datetime) -> Explanation:
    situation = Situation(history, now)
    entries = [entry for entry in situation.reckoned_hip_map.directions if entry.direction is direction]
    reasons = [reason for entry in entries for reason in entry.reasons]
    reasons += [ESTIMATED] if any(entry.passive or entry.owned for entry in entries) else []
    plan = issued_plan(history, now)
    too_late = begun_too_late(plan) if plan else None
    if too_late:
        reasons.append(too_late)
    elif plan:
        reasons += [target.reason for target in plan.targets if target.direction is direction]
    return Explanation(what=direction.replace("_", " "), grounds=_grounds(reasons))


def _of_drill(history: History, drill_id: str, now: datetime) -> Explanation:
    """Say why a drill is not in the plan: safety's word first, then what adaptation says."""
    situation = Situation(history, now)
    allowance = situation.offer.of(drill_id)
    words = (*allowance.why, *in_its_place(allowance, situation.offer)) if allowance else ()
    reasons = [Reason(rule="", says=says, sources=("triplane_handbook",)) for says in words]
    reasons += [a.reason for a in situation.adjustments if a.drill == drill_id]
    changed = changed_in_words(allowance.how) if allowance else ()
    if not (reasons or changed):
        says = "Nothing stands against it; this week other drills serve your targets in less time."
        reasons = [Reason(rule="", says=says, sources=("coach_default",))]
    return Explanation(what=load_one(drill_id).name, first=changed, grounds=_grounds(reasons))


def _grounds(reasons: list[Reason]) -> tuple[Ground, ...]:
    rules = evidence.rules()
    return tuple(
        Ground(
            reason=reason,
            rule_says=rules[reason.rule].says if reason.rule in rules else "",
            sources=tuple(evidence.source(key) for key in reason.sources),
        )
        for reason in dict.fromkeys(reasons)
    )
