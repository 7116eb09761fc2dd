"""The facts read in order, and the flags they leave: the memory behind ``screen``."""

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from triplane.assessment import is_hypermobile_by_score
from triplane.catalogue import Tag
from triplane.history import (
    AboutRunner,
    Answer,
    CheckinAnswered,
    ClearanceRecorded,
    DisclaimerAccepted,
    Fact,
    History,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
)
from triplane.screening.events import READINESS_H, SORE_DAYS, is_sore_joint_morning, signs_of
from triplane.screening.flags import Flag
from triplane.screening.in_turn import safety_facts, told_in_turn
from triplane.screening.level import SafetyLevel
from triplane.screening.load import questions, readiness_questions, sign_rules, tag_rules
from triplane.screening.question import Outcome, Question, ReadinessQuestion, SignRule
from triplane.screening.tag_rule import Ends

Key = tuple[str, Tag | None]
Take = Callable[["SafetyRecord", Mapping[str, Answer], Fact], None]
ILL = "Q08"
ILL_H = 8
"""Hours for which whoever feels ill rests at least, also late in the evening; coach's default."""
BEIGHTON = "P05.beighton"
AGE = "about.age_years"
HYPERMOBILE = "about.hypermobile_by_score"
"""The answer that nobody gives: what score and age say together (rule B10)."""
HIP_PAIN = "Q08.hip_pain"
NEW_PAIN = "new_pain"
AHEAD = "ahead"
"""Why a question stands open whose only answer is a yes dated after now."""


@dataclass
class SafetyRecord:
    """What safety knows of a runner: answers with their times, flags, what has been reopened.

    ``met_by_an_event`` are questions that something new has reopened (a fall, a pain, a sign, a diagnosis):
    a yes to them is a new one, whatever was cleared before. ``said_yes_at`` says when a question before a
    session was last answered with yes.
    """

    answers: dict[str, Answer] = field(default_factory=dict)
    answered_at: dict[str, datetime] = field(default_factory=dict)
    answered_on: dict[str, date] = field(default_factory=dict)
    flags: dict[Key, Flag] = field(default_factory=dict)
    reopened: dict[str, str] = field(default_factory=dict)
    met_by_an_event: set[str] = field(default_factory=set)
    sore_mornings: list[date] = field(default_factory=list)
    drills_added: dict[tuple[Tag, str], ClearanceRecorded] = field(default_factory=dict)
    unknown_tags: list[str] = field(default_factory=list)
    said_yes_at: dict[str, datetime] = field(default_factory=dict)
    ill_on: date | None = None
    ill_until: datetime | None = None
    disclaimer: str | None = None
    about: tuple[AboutRunner, date] | None = None

    def copied(self) -> "SafetyRecord":
        """Return a record to go on from; what one takes in, the other does not."""
        return SafetyRecord(**{one.name: copy(getattr(self, one.name)) for one in fields(self)})

    @property
    def known(self) -> dict[str, Answer]:
        """The answers, with what follows from them alone."""
        score, age = self.answers.get(BEIGHTON), self.answers.get(AGE)
        if not isinstance(score, (int, float)):
            return self.answers
        years = age if isinstance(age, (int, float)) else None
        says = score if isinstance(score, bool) else is_hypermobile_by_score(score, years)
        return {**self.answers, HYPERMOBILE: says}


def safety_record(history: History, now: datetime) -> SafetyRecord:
    """Read every fact that safety rests on, oldest first.

    What is dated after ``now`` (a clock set back, a file from another machine) still speaks where it
    tightens; what loosens waits for its date. Whoever is handed the record only reads it.
    """
    return history.worked_out(("safety_record", now, now.tzinfo), lambda: _safety_record(history, now))


def _safety_record(history: History, now: datetime) -> SafetyRecord:
    known = history.until(now)
    record = known.follows("safety_record", lambda: _read(known, SafetyRecord())).copied()
    if record.about:
        _take_about(record, record.about, now)
    for fact in safety_facts(history) if known is not history else ():
        if fact.occurred_at > now:
            _take_ahead(record, fact)
    return record


def _read(history: History, record: SafetyRecord) -> SafetyRecord:
    """Read the facts in turn; what they leave does not ask what time it is by now."""
    for fact, is_again in told_in_turn(history):
        # Of answers only what tightens speaks again; of who runs everything.
        (_take_ahead if is_again and isinstance(fact.body, ScreeningAnswered) else _take)(record, fact)
    return record


def _take(record: SafetyRecord, fact: Fact) -> None:
    match fact.body:
        case ScreeningAnswered(answers=answers):
            _take_answers(record, answers, fact)
        case ReadinessAnswered(answers=answers):
            _take_readiness(record, answers, fact)
        case AboutRunner() as about:
            record.about = (about, fact.local_date)
            _take_about(record, record.about, fact.occurred_at)
        case ClearanceRecorded() as word:
            _take_clearance(record, word)
        case RestrictionTightened() as tightened:
            _take_tightened(record, tightened, fact)
        case DisclaimerAccepted(text_version=version):
            record.disclaimer = version
        case CheckinAnswered() as checkin:
            _take_checkin(record, checkin, fact)
        case body:
            _take_signs(record, signs_of(body), fact)


def _take_ahead(record: SafetyRecord, fact: Fact) -> None:
    """Take from a fact dated after now only what tightens."""
    match fact.body:
        case ScreeningAnswered(answers=answers):
            _tighten(record, answers, fact)
        case ReadinessAnswered(answers=answers):
            _take_readiness(record, answers, fact, _tighten)
        case AboutRunner() as about:
            known = dict(record.answers)
            _know(record, about, 0)
            _judge_stricter(record, fact.occurred_at)
            record.answers = known
        case DisclaimerAccepted() | ClearanceRecorded(withdrawn=False):
            pass
        case _:
            _take(record, fact)


def _tighten(record: SafetyRecord, answers: Mapping[str, Answer], fact: Fact) -> None:
    """Take every yes. Any other answer counts as well as the one before it, and as if there were none."""
    yes = {name for name, answer in answers.items() if answer is True}
    told = {name for name, answer in answers.items() if not isinstance(answer, bool)}
    other = {name for name in told if answers[name] != record.answers.get(name)}
    for name in yes & questions().keys() - record.answers.keys():
        record.reopened.setdefault(name, AHEAD)
    record.answers.update({name: answers[name] for name in yes | other})
    record.answered_at.update(dict.fromkeys(yes, fact.occurred_at))
    _say_again(record, yes, fact)
    _judge_stricter(record, fact.occurred_at)
    for name in other:
        record.answers.pop(name)
    _judge_stricter(record, fact.occurred_at)
    if ILL in yes:
        _rest(record, fact)


def _rest(record: SafetyRecord, fact: Fact) -> None:
    """Let whoever feels ill rest until midnight where it was said, and some hours at least."""
    midnight = datetime.combine(fact.local_date + timedelta(days=1), time(), ZoneInfo(fact.zone))
    until = max(midnight, fact.occurred_at + timedelta(hours=ILL_H))
    record.ill_on = fact.local_date
    record.ill_until = max(until, record.ill_until or until)


def _judge_stricter(record: SafetyRecord, now: datetime) -> None:
    """Judge again without ending any flag."""
    before = dict(record.flags)
    judge(record, now)
    for key, flag in before.items():
        if flag.asserted:
            record.flags[key] = replace(record.flags[key], asserted=True)


def _take_answers(record: SafetyRecord, answers: Mapping[str, Answer], fact: Fact) -> None:
    """Take answers in; a question answered with anything but yes or no counts as not answered."""
    worse = {n for n, a in answers.items() if a is True and record.answers.get(n) is False}
    nothing_new = all(answer is False and record.answers.get(q) is False for q, answer in answers.items())
    for name, answer in answers.items():
        if name in questions() and not isinstance(answer, bool):
            continue
        record.answers[name] = answer
        record.answered_at[name] = fact.occurred_at
        record.answered_on[name] = fact.local_date
        record.reopened.pop(name, None)
    _say_again(record, {name for name, answer in answers.items() if answer is True}, fact)
    record.met_by_an_event.difference_update(n for n, a in answers.items() if isinstance(a, bool))
    if any(questions()[name].about_pain for name in worse if name in questions()):
        pains = (q.id for q in questions().values() if q.about_pain and q.id not in answers)
        record.reopened.update(dict.fromkeys(pains, "pain_answer_changed"))
    if answers.get("S01") is True:
        asked = {name: "S01" for name in questions() if name not in answers}
        record.reopened.update(asked)
        record.met_by_an_event.update(asked)
    _end_what_was_asked_again(record)
    if not nothing_new:
        judge(record, fact.occurred_at)
    if answers.get(ILL) is True:
        _rest(record, fact)


def _say_again(record: SafetyRecord, yes: set[str], fact: Fact) -> None:
    """Let a yes to what a new event reopened speak, also where an earlier clearance covers the last yes."""
    for key, flag in record.flags.items():
        if flag.origin in yes & record.met_by_an_event:
            record.flags[key] = flag.met_by_an_event(fact.local_date)


def _take_readiness(
    record: SafetyRecord, answers: Mapping[str, Answer], fact: Fact, take: Take = _take_answers
) -> None:
    """A no closes nothing that was never asked. Ill, and a pain that changed, count together within hours."""
    for name, said in answers.items():
        record.said_yes_at.pop(name, None)
        if said is True:
            record.said_yes_at[name] = fact.occurred_at
    for question in readiness_questions().values():
        given = answers.get(question.id)
        if question.answers_question == ILL:
            if given is False and ILL in record.answers:
                take(record, {ILL: False, HIP_PAIN: False}, fact)
        elif given is True:
            _reopen(record, question, fact)
    lately = fact.occurred_at - timedelta(hours=READINESS_H)
    yes = {name for name, at in record.said_yes_at.items() if at >= lately}
    if "ill" in yes and {"ill", NEW_PAIN} & answers.keys():
        # Where nothing was said of a pain, whether a hip hurts as well stays open and is asked.
        hurts = {HIP_PAIN: NEW_PAIN in yes} if NEW_PAIN in yes | answers.keys() else {}
        record.answers.pop(HIP_PAIN, None)
        take(record, {ILL: True, **hurts}, fact)


def _take_about(record: SafetyRecord, about: tuple[AboutRunner, date], now: datetime) -> None:
    runner, on = about
    _know(record, runner, int((now.date() - on).days // 365.25))
    judge(record, now)


def _know(record: SafetyRecord, runner: AboutRunner, years_ago: int) -> None:
    if runner.age_years is not None:
        record.answers[AGE] = runner.age_years + years_ago
    if runner.beighton is not None:
        said = record.answers.get(BEIGHTON)
        score = max(runner.beighton, said) if isinstance(said, (int, float)) else runner.beighton
        record.answers[BEIGHTON] = score


def _take_clearance(record: SafetyRecord, word: ClearanceRecorded) -> None:
    """Question or rule ids in the scope lift blocks, tags lift tags, ``tag:drill`` adds a drill."""
    for entry in word.scope:
        tag, _, drill = entry.partition(":")
        if drill and tag in tuple(Tag):
            record.drills_added[Tag(tag), drill] = word
            continue
        for key, flag in record.flags.items():
            if flag.answers_to(entry):
                record.flags[key] = flag.cleared(word)


def _take_tightened(record: SafetyRecord, tightened: RestrictionTightened, fact: Fact) -> None:
    if tightened.tag not in tuple(Tag):
        record.unknown_tags.append(tightened.tag)
        return
    tag = Tag(tightened.tag)
    blocks = tag_rules()[tag].blocks
    ends = None
    if tightened.ends_on is not None:
        # Noon in UTC of the day after is past midnight everywhere: a restriction never ends early.
        after = datetime.combine(tightened.ends_on, datetime.min.time(), fact.recorded_at.tzinfo)
        ends = after + timedelta(days=1, hours=12)
    level = SafetyLevel.REFER if blocks else SafetyLevel.RESTRICT
    rule = tag_rules()[tag]
    found = Flag(
        f"added:{tag}", tag, level, fact.occurred_at, ends_at=ends, says=f"Added by hand: {rule.name}.",
        do=(rule.note or "Keep to it until it is lifted.",), sources=rule.source,
    )  # fmt: skip
    # A clearance covers what was put on before it; what is put on again stands until it is cleared again.
    if found.key in record.flags:
        record.flags[found.key] = replace(record.flags[found.key], lifted=None)
    _raise(record, found)


def _take_checkin(record: SafetyRecord, checkin: CheckinAnswered, fact: Fact) -> None:
    """Two mornings of joint soreness within two weeks refer (E52)."""
    _take_signs(record, signs_of(checkin), fact)
    if not is_sore_joint_morning(checkin):
        return
    near = any(0 < abs((checkin.about - other).days) <= SORE_DAYS for other in record.sore_mornings)
    record.sore_mornings.append(checkin.about)
    if near:
        rule = sign_rules()["joint_sore_twice"]
        block = Flag(
            "E52", None, rule.level, fact.occurred_at, says=rule.says, do=rule.do, sources=rule.source
        )
        # Each new pair of sore mornings begins anew, so a clearance given earlier does not cover it.
        record.flags[block.key] = block


def _take_signs(record: SafetyRecord, signs: tuple[str, ...], fact: Fact) -> None:
    for sign in signs:
        _reopen(record, sign_rules()[sign], fact)


def _reopen(record: SafetyRecord, rule: SignRule | ReadinessQuestion, fact: Fact) -> None:
    """Bring questions back and put tags on at once."""
    record.reopened.update(dict.fromkeys(rule.reopens, rule.id))
    record.met_by_an_event.update(rule.reopens)
    for tag in rule.tags:
        found = Flag(
            rule.id, tag, SafetyLevel.RESTRICT, fact.occurred_at,
            says=rule.says, do=rule.do, sources=rule.source,
        )  # fmt: skip
        record.flags[found.key] = found


def _end_what_was_asked_again(record: SafetyRecord) -> None:
    """Tags that the runner's own answer may end leave once the questions they reopened are answered."""
    for key, flag in record.flags.items():
        rule = sign_rules().get(flag.origin) or readiness_questions().get(flag.origin)
        if rule is None or flag.tag is None or tag_rules()[flag.tag].ends is Ends.CLEARANCE:
            continue
        if not set(rule.reopens) & set(record.reopened):
            record.flags[key] = replace(flag, asserted=False, stays=False)


def judge(record: SafetyRecord, now: datetime) -> None:
    """Hold every question's outcomes against the answers and bring the flags up to date."""
    known = record.known
    for question in questions().values():
        found = _flags_of(question, record, known, now)
        for key, flag in record.flags.items():
            if flag.origin == question.id and key not in found:
                record.flags[key] = replace(flag, asserted=False)
        for flag in found.values():
            _raise(record, flag)


def _raise(record: SafetyRecord, found: Flag) -> None:
    before = record.flags.get(found.key)
    record.flags[found.key] = before.raised(found) if before else found


def _flags_of(
    question: Question, record: SafetyRecord, known: Mapping[str, Answer], now: datetime
) -> dict[Key, Flag]:
    """What one question's answers lead to now: at most one block, and its tags."""
    found: dict[Key, Flag] = {}
    given_at = record.answered_at.get(question.id, now)
    said = record.answers.get(question.id) is True
    for outcome in question.outcomes(known):
        if outcome.level.needs_professional:
            found.setdefault((question.id, None), _flag(question, outcome, None, now, given_at, said))
        for tag in outcome.tags:
            found.setdefault((question.id, tag), _flag(question, outcome, tag, now, given_at, said))
    return found


def _flag(
    question: Question, outcome: Outcome, tag: Tag | None, now: datetime, given_at: datetime, said: bool
) -> Flag:
    rule = tag_rules()[tag] if tag else None
    lasts = timedelta(hours=outcome.lasts_h) if rule and outcome.lasts_h else None
    mild = rule is not None and not rule.blocks
    return Flag(
        origin=question.id,
        tag=tag,
        level=min(outcome.level, SafetyLevel.RESTRICT, key=lambda level: level.rank)
        if mild
        else outcome.level,
        since=now,
        # What follows from an age or a score alone leaves when that number is put right.
        stays=(rule is None or rule.ends is Ends.CLEARANCE) and said,
        ends_at=given_at + lasts if lasts else None,
        roles=question.cleared_by,
        says=outcome.says,
        do=outcome.do,
        sources=question.source,
    )
