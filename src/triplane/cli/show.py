"""How the coach's answers look in a terminal: plain words first, colour only as a help."""

from triplane import coach
from triplane.bootstrap import Practice
from triplane.cli.actions import command_for
from triplane.cli.shell import change_in_words, say, show_table
from triplane.cli.terminal import called, show_line

DIRECTION_NAMES = {
    "flexion": "knee up (flexion)",
    "extension": "leg back (extension)",
    "abduction": "leg out (abduction)",
    "adduction": "leg across (adduction)",
    "internal_rotation": "turn in (internal rotation)",
    "external_rotation": "turn out (external rotation)",
}

WENT = {"": "", "done": "done", "partly": "partly done", "skipped": "ended early", "not_done": "not done"}
"""How a session or a run went, in words."""

LEVEL_NAMES = {
    "floors missed": ("directions below their least", 1.0),
    "shortfall": ("minutes short, weighted", 1 / 600),
    "changes": ("drills moved since last plan", 1.0),
    "neatness": ("crowded days, many drills", 1.0),
    "tidiness of these drills": ("changing places, surplus", 1.0),
}
"""What the planner's levels stand for, and what turns their numbers into a person's."""


def show_day(practice: Practice, day: "coach.Day") -> None:
    """Show today: the headline, what changed, what comes next with its why, and the rest."""
    say(f"[bold]{day.date:%A %d %B}[/]  {day.headline}", *day.says)
    for change in day.changes:
        say(f"  Changed: {change_in_words(change)}")
    for due in day.due:
        say(f"  Due: {due.says}  ({command_for(due.what)})")
    for slot in day.slots:
        mark = WENT[slot.went] or ("next" if slot.slot.id == day.next_slot else "    ")
        where = slot.slot.context.replace("_", " ")
        say(
            "",
            f"[bold]{slot.slot.starts_at:%H:%M}[/]  {where}, {_minutes(slot)}  {mark}  {slot.slot.id}",
        )
        for drill in slot.drills:
            new = "  done" if drill.done else "  first time, half dose" if drill.first_time else ""
            say(f"    {drill.name} · {coach.doses_in_words(drill.item)}{new}")
            say(*(f"      {says}" for says in coach.changed_in_words(drill.item.how)))
            say(f"      [dim]{drill.why.says} ({drill.why.rule})[/]")
        if slot.log_to_take_back:
            back = f"{called()} correct {slot.log_to_take_back} --withdraw"
            show_line(f"    There is still time for it today. To have it back: {back}")
    if day.begin_from:
        say("")
        show_line(f"It can be begun from {day.begin_from:%A %H:%M} on, with: {called()} do {day.next_slot}")
    elif day.next_slot:
        say("")
        show_line(f"Begin: {called()} do {day.next_slot}")
    if day.may_bring_one and (soonest := coach.soonest(practice.week(), practice.now)):
        one, at = soonest
        show_line(f"To do one now: {called()} change slot {one.id} --on {at:%Y-%m-%d} --at {at:%H:%M}")


def _minutes(slot: "coach.DaySlot") -> str:
    """Say how long a session is, and how much of it is done where that is a part."""
    part = f"{slot.done_minutes:.0f} of " if slot.done_minutes and slot.went != "done" else ""
    return f"{part}{slot.minutes:.0f} min"


def show_week(week: "coach.Week") -> None:
    """Show Monday to Sunday, then what the plan reaches and how good it was proven to be."""
    for day in week.days:
        fixed = [(one, went) for one, went in day.entries if isinstance(one, coach.Anchor)]
        anchors = ", ".join(f"{_anchor(one)} {WENT[went]}".rstrip() for one, went in fixed)
        say(f"[bold]{day.date:%a %d %b}[/]  {anchors or ('away' if day.away else '')}")
        for slot in day.slots:
            part = f", {slot.done_minutes:.0f} min" if slot.went == "partly" else ""
            went = f"  {WENT[slot.went]}{part}".rstrip()
            names = ", ".join(item.name for item in slot.items)
            where = slot.slot.context.replace("_", " ")
            say(f"   {slot.slot.starts_at:%H:%M} {where:<13}{slot.minutes:4.0f} min  {names}{went}", hang=32)
    say(*(f"Changed: {change_in_words(change)}" for change in week.changes))
    for reason in (*week.clashes, *week.notes):
        say(f"Note: {reason.says}" + (f" ({reason.rule})" if reason.rule else ""))
    if week.targets:
        _show_targets(week)
    if week.levels:
        rows = [(*_level(level), _proof(level), f"{level.seconds:.2f} s") for level in week.levels]
        heads = ("what (less is better)", "reached", "least", "", "searched")
        show_table("How good the plan is", heads, rows)


def _show_targets(week: "coach.Week") -> None:
    """Show minutes by direction and side, what asks for more than coverage, and what did not fit and why."""
    short = {(lack.direction, lack.side): lack for lack in week.shortfalls}
    cells = {}
    for target in week.targets:
        lack = short.get((target.direction, target.side))
        wanted = f"{target.minutes:.1f}"
        cells[target.direction, target.side] = f"{lack.planned_min:.1f} of {wanted}" if lack else wanted
    rows = [
        (DIRECTION_NAMES[d], *(cells.get((d, side), "") for side in coach.Side))
        for d in dict.fromkeys(target.direction for target in week.targets)
    ]
    show_table("End-range minutes this week, planned of wanted", ("direction", "left", "right"), rows)
    usual = min(target.minutes for target in week.targets)
    say(*(f"More: {t.reason.says}" for t in week.targets if t.minutes > usual and t.offerable))
    causes: dict[str, list[str]] = {}
    for lack in week.shortfalls:
        causes.setdefault(lack.because, []).append(DIRECTION_NAMES[lack.direction])
    say(*(f"Short on {', '.join(dict.fromkeys(names))}: {because}" for because, names in causes.items()))


def _level(level: "coach.Level") -> tuple[str, str, str]:
    """Name a level as a person would, with what is reached and the least that could be."""
    name, share = LEVEL_NAMES.get(level.name, (level.name, 1.0))
    shown = "{:.1f}" if share != 1 else "{:g}"
    return name, shown.format(share * level.value), shown.format(share * level.bound)


def _proof(level: "coach.Level") -> str:
    return "proven" if level.proven else f"within {level.gap:.1%}"


def _anchor(anchor: "coach.Anchor") -> str:
    kind = f"{anchor.kind} run" if anchor.kind and anchor.kind != "race" else anchor.kind or "gym"
    key = " (key)" if anchor.key else ""
    return f"{kind}{key} {anchor.minutes:.0f} min"


def show_hip_map(hip_map: "coach.HipMap") -> None:
    """Show six directions by two sides: value with error, usual range, finding, priority."""
    rows = [
        (
            DIRECTION_NAMES[entry.direction],
            str(entry.side),
            _estimate(entry.passive),
            _estimate(entry.owned),
            _norm(entry.norm),
            _finding(entry),
            f"{entry.priority:.1f}" if entry.priority else "",
        )
        for entry in hip_map.directions
    ]
    heads = ("direction", "side", "passive", "owned", "usual range", "finding", "priority")
    show_table("Hip map", heads, rows)
    for rank, priority in enumerate(hip_map.top_priorities, start=1):
        what = DIRECTION_NAMES.get(str(priority.what), str(priority.what))
        say(f"{rank}. {priority.side} {what}: " + " ".join(reason.says for reason in priority.reasons))
    for control in hip_map.control:
        say(f"Control: {control.reason.says}")
    if hip_map.ankle.reason:
        say(f"Ankle: {hip_map.ankle.reason.says}")
    for note in hip_map.notes:
        say(f"Note: {note.says}")
    if estimated := coach.estimates_said(hip_map):
        say(estimated)


def _estimate(estimate: "coach.Estimate | None") -> str:
    return f"{estimate.value:.0f}° ±{estimate.half_band:.0f}" if estimate else "not measured"


def _norm(norm: "coach.NormBand | None") -> str:
    return f"{norm.mean - norm.sd:.0f}° to {norm.mean + norm.sd:.0f}°" if norm else "no reference"


def _finding(entry: "coach.DirectionMap") -> str:
    words = [str(entry.finding)]
    if entry.probability is not None and entry.finding.is_limited:
        words.append(f"{entry.probability:.0%} sure")
    if entry.is_lower:
        words.append("lower side")
    if entry.excluded:
        words.append("left out for safety")
    return ", ".join(words)
