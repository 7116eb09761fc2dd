"""Resolve restrictions: the five steps of handbook F, for one runner and any drills."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import reduce

from triplane.body import Direction, Leg
from triplane.catalogue import Drill, Exposure, ExposureKind, Reach, Restriction, Stage, Tag, Verdict
from triplane.screening.allowance import Allowance, Gap, Offer
from triplane.screening.clearance import Clearance
from triplane.screening.limits import Limits, limit_sentences, nothing_is_left
from triplane.screening.load import tag_rules, words
from triplane.screening.tag_rule import TagRule


def offer(clearance: Clearance, drills: Iterable[Drill]) -> Offer:
    """Say for each drill whether and how this runner may do it.

    (1) A block: nothing at all. (2) The strictest entry over the runner's tags. (3) Whitelist tags
    allow only drills with an entry; the other tags take away by their own rule. (4) Limits on dose
    and pose. (5) A direction that has lost all drills of a stage is said, never filled silently.

    Sources
    -------
    triplane_handbook, chapter F, restriction resolution.
    """
    if clearance.is_blocked:
        return Offer(blocked=True, messages=clearance.messages)
    drills = tuple(drills)
    allowances = tuple(allowance_of(drill, clearance) for drill in drills)
    gaps = _gaps(drills, {allowance.drill: allowance for allowance in allowances})
    return Offer(blocked=False, allowances=allowances, gaps=gaps, messages=clearance.messages)


def allowance_of(drill: Drill, clearance: Clearance) -> Allowance:
    """Return the word of safety on one drill; a blocked runner gets ``exclude``."""
    if clearance.is_blocked:
        return Allowance(drill=drill.id, verdict=Verdict.EXCLUDE, why=(clearance.messages[0].says,))
    said = [_word_of(tag, drill, clearance) for tag in clearance.tag_names]
    limits = limits_of(clearance)
    left_out = tuple(d for d in Direction if any(d in word.left_out for word in said))
    excluded = [word for word in said if word.verdict is Verdict.EXCLUDE]
    if not excluded and drill.primary_directions and not _is_for_something(drill, left_out):
        excluded = [word for word in said if word.left_out]
    how = tuple(dict.fromkeys([h for word in said for h in word.how] + limit_sentences(drill, limits)))
    changed = bool(how or left_out) or any(word.verdict is Verdict.MODIFY for word in said)
    verdict = Verdict.EXCLUDE if excluded else Verdict.MODIFY if changed else Verdict.ALLOW
    standing = drill.standing_version if excluded else None
    instead = next((w.instead for w in excluded if w.instead), standing)
    return Allowance(
        drill=drill.id,
        verdict=verdict,
        how=() if excluded else how,
        limits=limits,
        left_out=left_out,
        refused_reaches=_refused_reaches(drill, clearance),
        exposures=() if excluded else _exposures_left(drill, left_out),
        instead=instead,
        because=tuple(w.tag for w in (excluded or said) if w.left_out or w.verdict is not Verdict.ALLOW),
        why=tuple(dict.fromkeys(word.why for word in (excluded or said) if word.why)),
        preferred=any(word.preferred for word in said) and not excluded,
        named=any(drill.id in tag_rules()[word.tag].prefer_ids for word in said) and not excluded,
    )


def limits_of(clearance: Clearance) -> Limits:
    """Return the limits of all tags together: the lowest numbers and every switch."""
    each = [_limits_now(tag_rules()[tag], clearance) for tag in clearance.tag_names]
    return reduce(Limits.and_, each, Limits())


def _refused_reaches(drill: Drill, clearance: Clearance) -> tuple[Reach, ...]:
    """The reaches a lunge must not grow into; what the drill itself does has its own entry."""
    if drill.lunge_direction is None:
        return ()
    refused = {reach for tag in clearance.tag_names for reach in tag_rules()[tag].refuse_reaches}
    return tuple(reach for reach in Reach if reach in refused and reach is not drill.lunge_reach)


def _limits_now(rule: TagRule, clearance: Clearance) -> Limits:
    return rule.limits if _is_early(rule, clearance) else rule.limits.model_copy(update={"fatigue_max": None})


@dataclass(frozen=True)
class _Word:
    """What one tag says about one drill."""

    tag: Tag
    verdict: Verdict = Verdict.ALLOW
    how: tuple[str, ...] = ()
    left_out: tuple[Direction, ...] = ()
    instead: str | None = None
    why: str = ""
    preferred: bool = False


def _word_of(tag: Tag, drill: Drill, clearance: Clearance) -> _Word:
    rule = tag_rules()[tag]
    entries = tuple(entry for entry in drill.restriction if entry.tag is tag)
    word = _from_entries(rule, entries, drill)
    if (tag, drill.id) in clearance.drills_added:
        return replace(word, verdict=Verdict.MODIFY if word.how else Verdict.ALLOW, left_out=())
    why = _taken_away(rule, drill, entries, clearance)
    if why:
        return replace(word, verdict=Verdict.EXCLUDE, why=why)
    halves = tuple(e.direction for e in entries if e.direction and e.verdict is Verdict.EXCLUDE)
    return replace(word, left_out=halves, preferred=_is_preferred(rule, drill))


def _from_entries(rule: TagRule, entries: tuple[Restriction, ...], drill: Drill) -> _Word:
    """The strictest of the drill's own entries, and the tag's advice where the drill has no entry."""
    how = [entry.how for entry in entries if entry.how]
    instead = next((entry.instead for entry in entries if entry.instead), None)
    how += [advice.how for advice in rule.advice if advice.fits(drill) and not entries]
    whole = [entry.verdict for entry in entries if entry.direction is None]
    if Verdict.EXCLUDE in whole:
        why = f"It does not suit {rule.name}."
        return _Word(rule.id, Verdict.EXCLUDE, tuple(how), instead=instead, why=why)
    changed = bool(how) or any(entry.verdict is not Verdict.ALLOW for entry in entries)
    if changed and rule.cue:
        how.append(rule.cue)
    why = f"It is changed because of {rule.name}." if changed else ""
    return _Word(rule.id, Verdict.MODIFY if changed else Verdict.ALLOW, tuple(how), (), instead, why)


def _taken_away(rule: TagRule, drill: Drill, entries: tuple[Restriction, ...], clearance: Clearance) -> str:
    """Why the tag takes the drill away, in one sentence; empty when it does not."""
    kept = drill.id in rule.keep
    if any(e.verdict is Verdict.EXCLUDE and e.direction is None for e in entries):
        return f"It does not suit {rule.name}."
    if rule.whitelist and not entries:
        return f"Nobody has looked at it for {rule.name} yet; a professional may add it."
    if (drill.stage in rule.exclude_stages and not kept) or drill.id in rule.exclude_ids:
        return f"It is left out with {rule.name}."
    if drill.position in rule.exclude_positions and not kept:
        return f"It begins in a position that waits with {rule.name}."
    if drill.stage is Stage.MOBILISE and not kept:
        for direction in _end_range(drill, rule.exclude_stage2, entries):
            return f"It goes to the end of the range ({direction.plain_name}), which waits with {rule.name}."
    return _taken_by_kind(rule, drill, clearance)


def _taken_by_kind(rule: TagRule, drill: Drill, clearance: Clearance) -> str:
    if rule.exclude_impact and drill.impact:
        return f"It has impact, which waits with {rule.name}."
    strained = set(clearance.strained) & {*drill.muscles, *drill.stretched}
    if rule.exclude_strained and drill.stage is not Stage.RELEASE and strained:
        return "It works or stretches the strained muscle, which rests for three days."
    cap = rule.limits.fatigue_max
    if cap is not None and drill.fatigue > cap and _is_early(rule, clearance):
        return f"It is too tiring for now with {rule.name}."
    if nothing_is_left(drill, rule.limits) and not _has_entry(drill, rule) and drill.id not in rule.keep:
        return f"Nothing of it is left within the limits of {rule.name}."
    return ""


def _is_early(rule: TagRule, clearance: Clearance) -> bool:
    if rule.fatigue_weeks is None:
        return True
    first = timedelta(weeks=rule.fatigue_weeks)
    return any(clearance.as_of - held.since < first for held in clearance.tags if held.tag is rule.id)


def _end_range(
    drill: Drill, directions: tuple[Direction, ...], entries: tuple[Restriction, ...]
) -> tuple[Direction, ...]:
    """The directions of stage 2 that this drill takes to the end and that no half-drill form leaves out."""
    halved = {e.direction for e in entries if e.direction and e.verdict is Verdict.EXCLUDE}
    reached = {e.direction for e in drill.exposure if _is_end_range(e)}
    if reached <= halved:
        return tuple(d for d in directions if d in reached)
    return tuple(d for d in directions if d in reached - halved)


def _is_end_range(exposure: Exposure) -> bool:
    """Stretch or hold; on the working leg always, on the other leg where the drill is for it."""
    on_the_leg = exposure.leg is Leg.WORKING or exposure.primary
    return on_the_leg and exposure.kind is not ExposureKind.WORK


def _has_entry(drill: Drill, rule: TagRule) -> bool:
    return any(entry.tag is rule.id for entry in drill.restriction)


def _is_preferred(rule: TagRule, drill: Drill) -> bool:
    in_direction = set(drill.primary_directions) & set(rule.prefer_directions)
    at_stage = drill.stage in rule.prefer_stages
    return drill.id in rule.prefer_ids or bool(in_direction) or at_stage


def _is_for_something(drill: Drill, left_out: tuple[Direction, ...]) -> bool:
    return any(exposure.primary for exposure in _exposures_left(drill, left_out))


def _exposures_left(drill: Drill, left_out: tuple[Direction, ...]) -> tuple[Exposure, ...]:
    return tuple(exposure for exposure in drill.exposure if exposure.direction not in left_out)


def _gaps(drills: tuple[Drill, ...], allowances: dict[str, Allowance]) -> tuple[Gap, ...]:
    """Directions that some drill of a stage is for, and no allowed drill of that stage any more."""
    had, left = set(), set()
    for drill in drills:
        had |= {(drill.stage, direction) for direction in drill.primary_directions}
        kept = allowances[drill.id].exposures
        left |= {(drill.stage, exposure.direction) for exposure in kept if exposure.primary}
    return tuple(
        Gap(direction=direction, stage=stage, says=words().direction_gone)
        for stage in Stage
        for direction in Direction
        if (stage, direction) in had - left
    )
