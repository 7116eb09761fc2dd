"""What a fact says, as a plain sentence: one way for every kind there is."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from triplane import assessment, screening
from triplane.catalogue import find
from triplane.errors import UnknownName
from triplane.history import (
    UNKNOWN_DRILL,
    AboutRunner,
    AssistantLetIn,
    CalendarRead,
    CalendarWords,
    CheckinAnswered,
    ClearanceRecorded,
    ComparisonTaken,
    ConsentEnded,
    ConsentGiven,
    DayChanged,
    DefaultChanged,
    DisclaimerAccepted,
    DrillChosen,
    DrillDone,
    EndFeel,
    EquipmentListed,
    Fact,
    Feeling,
    MeasurementTaken,
    NoteWritten,
    PlanIssued,
    PlanKept,
    PreferencesChosen,
    RaceEntered,
    ReadinessAnswered,
    RestrictionTightened,
    RunnerErased,
    RunRecorded,
    ScreeningAnswered,
    SessionLogged,
    SlotMoved,
    Units,
    Weekday,
    WeekDescribed,
    minutes_as_told,
    minutes_in_words,
)
from triplane.value import Value

MOST_NAMED = 3
"""How many things are named before the rest is counted."""


def fact_in_words(fact: Fact) -> str:
    """Say a fact as the runner told it, as one sentence or two."""
    return SAYS[type(fact.body)](fact.body)


def _disclaimer(said: DisclaimerAccepted) -> str:
    return f"You read what this is and is not, and take responsibility yourself (text {said.text_version})."


def _screening(said: ScreeningAnswered) -> str:
    asked = screening.questions()
    main = {name: answer for name, answer in said.answers.items() if name in asked}
    yes = [asked[name].ask for name, answer in main.items() if answer is True]
    if not main:
        return f"You answered details of a safety question: {len(said.answers)}."
    if len(main) == 1:
        [(name, answer)] = main.items()
        ask = asked[name].ask
        return f"You answered yes to: {ask}" if answer is True else f"You answered no to: {ask}"
    return f"You answered {len(main)} safety questions. {_yes(yes)}"


def _readiness(said: ReadinessAnswered) -> str:
    asked = screening.readiness_questions()
    yes = [asked[name].ask for name, answer in said.answers.items() if answer is True and name in asked]
    return f"Questions answered before a session: {len(said.answers)}. {_yes(yes)}"


def _yes(asked: list[str]) -> str:
    return f"Yes to: {_named(asked, ' ')}" if asked else "No to all of them."


def _clearance(said: ClearanceRecorded) -> str:
    who = f"{said.who} ({_plain(said.role)})"
    scope = ", ".join(cleared_in_words(one) for one in said.scope)
    if said.withdrawn:
        return f"{who} took back the clearance of {scope}."
    until = f", until {_day(said.expires_on)}" if said.expires_on else ""
    return f"{who} cleared {scope} on {_day(said.given_on)}{until}."


def cleared_in_words(scope: str) -> str:
    """Say one entry of a clearance's scope: a question, a restriction, or a drill under one."""
    tag, _, drill = scope.partition(":")
    asked, tags = screening.questions(), {str(tag): rule.name for tag, rule in screening.tag_rules().items()}
    told = tags.get(tag) or (f"the question “{asked[tag].ask}”" if tag in asked else tag)
    return f"{told}, for {drill_in_words(drill)}" if drill else told


def _tightened(said: RestrictionTightened) -> str:
    tags = {str(tag): rule.name for tag, rule in screening.tag_rules().items()}
    until = f"until {_day(said.ends_on)}" if said.ends_on else "until a professional clears it"
    return f"A restriction was added: {tags.get(said.tag, _plain(said.tag))}, {until}."


def _about(said: AboutRunner) -> str:
    told = [
        f"{said.age_years} years old" if said.age_years is not None else "",
        f"{said.stature_m * 100:.0f} cm tall" if said.stature_m else "",
        f"{said.mass_kg:g} kg" if said.mass_kg else "",
    ]
    parts = [
        f"You told about yourself: {_listed(told)}." if any(told) else "Age, height and weight are left open."
    ]
    whose = "women and men together" if said.sex == "both" else "women" if said.sex == "female" else "men"
    parts.append(f"Usual ranges are those of {whose}.")
    if said.sitting_h_per_day is not None:
        parts.append(f"You sit {said.sitting_h_per_day:g} hours a day.")
    if said.beighton is not None:
        parts.append(f"Your Beighton score is {said.beighton} of 9.")
    if said.stiff_when_running:
        stiff = [f"{direction.plain_name} on the {side}" for direction, side in said.stiff_when_running]
        parts.append(f"Stiff when you run: {_listed(stiff)}.")
    return " ".join(parts)


def _calendar(said: CalendarRead) -> str:
    if not said.entries:
        return f"The calendar “{said.source}” no longer speaks about your week."
    runs = sum(not one.is_gym for one in said.entries)
    gym = len(said.entries) - runs
    return f"The calendar “{said.source}” was read until {_day(said.until)}: runs {runs}, gym visits {gym}."


def _calendar_words(said: CalendarWords) -> str:
    number = sum(len(words) for words in said.model_dump().values())
    return f"You chose the words by which entries of a calendar are known: {number}."


def _equipment(said: EquipmentListed) -> str:
    at_hand = [_plain(one) for one in sorted(said.equipment)]
    return f"At hand at home: {_listed(at_hand)}." if at_hand else "Nothing is at hand at home."


def _week(said: WeekDescribed) -> str:
    runs = [day.plain_name for day in Weekday if day in said.days and said.days[day].runs]
    gym = [day.plain_name for day in Weekday if day in said.days and said.days[day].gym]
    told = f"You have {said.weekly_minutes:g} minutes a week, at most {said.max_session_minutes:g} at once."
    told += f" Your running days are {_listed(runs)}." if runs else " No run is planned in it."
    return told + (f" Your gym days are {_listed(gym)}." if gym else "")


def _changed_day(said: DayChanged) -> str:
    day = _day(said.date)
    if said.away:
        return f"You are away on {day}."
    if said.pattern is None:
        return f"{day} goes as usual again."
    runs = len(said.pattern.runs)
    told = [f"number of runs {runs}" if runs > 1 else "a single run" if runs else "no run"]
    if said.pattern.minutes is not None:
        told.append(f"{minutes_as_told(said.pattern.minutes)} at home")
    return f"{day} goes otherwise: {_listed(told)}."


def _moved(said: SlotMoved) -> str:
    if said.to is None:
        return "A session lies where it usually does again."
    return f"A session was put at {_day(said.to.date())}, {said.to:%H:%M}."


def _race(said: RaceEntered) -> str:
    called = f" You call it {said.called}." if said.called else ""
    if said.cancelled:
        return f"The race on {_day(said.date)} is cancelled.{called}"
    return f"You entered a race of {said.distance_m / 1000:g} km on {_day(said.date)}.{called}"


def _run(said: RunRecorded) -> str:
    far = f"{said.distance_m / 1000:.1f} km in " if said.distance_m else ""
    kind = f", {_plain(said.kind)}" if said.kind else ""
    key = ", a key run" if said.key else ""
    source = "typed in" if said.read_from == "typed" else f"read from {said.read_from}"
    return f"You ran {far}{minutes_in_words(said.duration_s / 60)}{kind}{key} ({source})."


def _measured(said: MeasurementTaken) -> str:
    try:
        test = assessment.find_test(said.test)
        name, unit = test.plain_name, {"deg": "°"}.get(test.unit, f" {test.unit}")
    except UnknownName:
        name, unit = _plain(said.test), ""
    mode = "owned" if said.active else "passive"
    read = ", ".join(f"{value:g}{unit}" for value in said.readings)
    pain = f" Pain {said.pain} of 10." if said.pain else ""
    stopped = f" {_STOPPED[said.end_feel]}" if said.end_feel else ""
    by = f" Read by {_plain(said.method)}."
    return f"{name}, {said.side}, {mode}: {read}.{by}{stopped}{pain}"


_STOPPED = {
    EndFeel.STRETCH: "A stretch stopped the movement.",
    EndFeel.BLOCK: "A firm stop ended the movement.",
    EndFeel.PINCH: "A pinch stopped the movement.",
    EndFeel.PAIN: "Pain stopped the movement.",
}


def _plan(said: PlanIssued) -> str:
    return f"We planned the week of {_day(said.plan.week)}: {said.because}."


def _kept(said: PlanKept) -> str:
    return f"We looked at the plan again and kept it: {said.because}."


def _session(said: SessionLogged) -> str:
    done = [one for one in said.drills if not one.skipped and one.drill != UNKNOWN_DRILL]
    names = dict.fromkeys(drill_in_words(one.drill) for one in done)
    told = f"You trained {minutes_in_words(max(1, said.minutes))}"
    told += f": {_named(list(names), ', ')}." if names else "."
    if said.effort is not None:
        told += f" Effort {said.effort} of 10."
    left_out = len({one.drill for one in said.drills if one.skipped})
    if left_out:
        told += f" Drills that were left out: {left_out}."
    told += _form_in(said.drills)
    hurt = _hurt_in(said.drills)
    return f"{told} {hurt}" if hurt else told


def _form_in(drills: Iterable[DrillDone]) -> str:
    """Say which drills had a set that ended by form, and how often the runner said that form slipped."""
    seen = [(drill_in_words(one.drill), one.form) for one in drills if one.form]
    broke = dict.fromkeys(name for name, form in seen if form.ended_by)
    slipped = sum(len(form.slipped) for _, form in seen)
    told = f" Form broke and ended a set: {_named(list(broke), ', ')}." if broke else ""
    return told + (f" Slips of form that you told of: {slipped}." if slipped else "")


def what_hurt_in_words(drills: Iterable[DrillDone]) -> str:
    """Say what hurt in drills and whether they were too much; empty where nothing of it was told."""
    done = list(drills)
    too_much = "It was too much." if any(one.too_much for one in done) else ""
    return " ".join(part for part in (_hurt_in(done), too_much) if part)


def _hurt_in(drills: Iterable[DrillDone]) -> str:
    done = list(drills)
    pain = [_feeling(felt) for one in done for felt in one.pain]
    signs = [_plain(sign) for one in done for sign in one.signs]
    return f"What hurt: {_listed(list(dict.fromkeys(pain + signs)))}." if pain or signs else ""


def _checkin(said: CheckinAnswered) -> str:
    felt = _listed([_feeling(one) for one in said.soreness])
    course = {"goes_away": " It goes away when warm.", "stays": " It stays when warm.",
              "comes_back": " It comes back after the warm-up.",
              "unknown": " Whether it goes away when warm is not known."}.get(said.course, "")  # fmt: skip
    note = f" You noted: {said.note}" if said.note else ""
    return f"The morning after {_day(said.about)}: {felt or 'nothing sore'}.{course}{note}"


def _feeling(felt: Feeling) -> str:
    where = f"{felt.side} {felt.region.plain_name}" if felt.side else felt.region.plain_name
    return f"{where} at {felt.score} of 10 ({_plain(felt.kind)})"


def _default(said: DefaultChanged) -> str:
    what = _plain(said.key.partition(".")[2] or said.key)
    if said.value is None:
        return f"A default is ours again: {what}."
    return f"The default “{what}” was set to {said.value:g}."


def _chosen(said: DrillChosen) -> str:
    name, until = drill_in_words(said.drill), _day(said.until)
    if said.wanted is None:
        return f"{name} is neither chosen nor left out any more."
    return f"{name} was chosen until {until}." if said.wanted else f"{name} was left out until {until}."


def _preferences(said: PreferencesChosen) -> str:
    units = "kilometres, kilograms and centimetres"
    if said.units is Units.IMPERIAL:
        units = "miles, pounds and inches"
    sound = {"off": "no sound", "tones": "tones only", "voice": "tones and voice"}[said.sound]
    told = f"You chose {units}, and {sound} in a session."
    if said.quiet_from is not None and said.quiet_until is not None:
        told += f" Quiet hours are from {said.quiet_from:%H:%M} to {said.quiet_until:%H:%M}."
    return told


def _note(said: NoteWritten) -> str:
    return said.text


def _consent(said: ConsentGiven) -> str:
    return f"You let {said.called} ({_plain(said.role)}) see everything on record."


def _assistant(said: AssistantLetIn) -> str:
    return f"You let {said.called}, who assists somebody you let in, see everything on record."


def _consent_ended(said: ConsentEnded) -> str:
    return f"{said.called} sees nothing of it any more."


def _comparison_taken(said: ComparisonTaken) -> str:
    before, after = _day(said.before), _day(said.after)
    return f"Taken along in a file: a line about you, and the comparison of {before} with {after}."


def _erased(said: RunnerErased) -> str:
    return f"Everything before was deleted. Number of facts: {said.facts}."


SAYS: dict[type[Value], Callable[[Any], str]] = {
    DisclaimerAccepted: _disclaimer,
    ScreeningAnswered: _screening,
    ReadinessAnswered: _readiness,
    ClearanceRecorded: _clearance,
    RestrictionTightened: _tightened,
    AboutRunner: _about,
    EquipmentListed: _equipment,
    WeekDescribed: _week,
    CalendarRead: _calendar,
    CalendarWords: _calendar_words,
    DayChanged: _changed_day,
    SlotMoved: _moved,
    RaceEntered: _race,
    RunRecorded: _run,
    MeasurementTaken: _measured,
    PlanIssued: _plan,
    PlanKept: _kept,
    SessionLogged: _session,
    CheckinAnswered: _checkin,
    DefaultChanged: _default,
    DrillChosen: _chosen,
    PreferencesChosen: _preferences,
    NoteWritten: _note,
    ConsentGiven: _consent,
    AssistantLetIn: _assistant,
    ConsentEnded: _consent_ended,
    ComparisonTaken: _comparison_taken,
    RunnerErased: _erased,
}
"""How each kind of fact is said."""


def drill_in_words(name: str) -> str:
    """Return what a drill is called; one that is no longer there by its id."""
    found = find(name)
    return found.name if found else _plain(name)


def _plain(word: object) -> str:
    return str(word).replace("_", " ")


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(parts: Iterable[str]) -> str:
    """Say things one after the other: 'a, b and c'."""
    told = [part for part in parts if part]
    return " and ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)


def _named(parts: list[str], between: str) -> str:
    """Name the first few, and count the rest."""
    more = len(parts) - MOST_NAMED
    return between.join(parts[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
