"""Read the facts in order and keep what stands: the memory behind ``screen``."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain

from triplane.catalogue import Tag
from triplane.history import (
    AboutRunner,
    Answer,
    CheckinAnswered,
    ClearanceRecorded,
    DisclaimerAccepted,
    Fact,
    History,
    MeasurementTaken,
    ReadinessAnswered,
    RestrictionTightened,
    ScreeningAnswered,
    SessionLogged,
)
from triplane.screening.events import SORE_DAYS, is_sore_joint_morning, signs_of
from triplane.screening.level import SafetyLevel
from triplane.screening.load import questions, readiness_questions, sign_rules, tag_rules
from triplane.screening.question import Outcome, Question, ReadinessQuestion, SignRule
from triplane.screening.standing import Standing
from triplane.screening.tag_rule import Ends

KINDS_READ = (
    AboutRunner, CheckinAnswered, ClearanceRecorded, DisclaimerAccepted, MeasurementTaken,
    ReadinessAnswered, RestrictionTightened, ScreeningAnswered, SessionLogged,
)  # fmt: skip
Key = tuple[str, Tag | None]
ILL = "Q08"
AHEAD = "ahead"
"""Why a question stands open whose only answer is a yes dated after now."""


@dataclass
class Reading:
    """The state while reading: answers with their times, what stands, what has been reopened."""

    answers: dict[str, Answer] = field(default_factory=dict)
    answered_at: dict[str, datetime] = field(default_factory=dict)
    answered_on: dict[str, date] = field(default_factory=dict)
    standings: dict[Key, Standing] = field(default_factory=dict)
    reopened: dict[str, str] = field(default_factory=dict)
    sore_mornings: list[date] = field(default_factory=list)
    drills_added: dict[tuple[Tag, str], ClearanceRecorded] = field(default_factory=dict)
    unknown_tags: list[str] = field(default_factory=list)
    ill_on: date | None = None
    disclaimer: str | None = None
    about: tuple[AboutRunner, date] | None = None


def read(history: History, now: datetime) -> Reading:
    """Read every fact that safety rests on, oldest first.

    What is dated after ``now`` (a clock set back, a file from another machine) still speaks where it
    tightens; what loosens waits for its date.
    """
    reading = Reading()
    for fact in _safety_facts(history.until(now)):
        _take(reading, fact)
    if reading.about:
        _take_about(reading, reading.about, now)
    for fact in _safety_facts(history):
        if fact.occurred_at > now:
            _take_ahead(reading, fact)
    return reading


def _safety_facts(history: History) -> list[Fact]:
    facts = chain.from_iterable(history.facts_of(kind) for kind in KINDS_READ)
    return sorted(facts, key=lambda fact: (fact.occurred_at, fact.seq))


def _take(reading: Reading, fact: Fact) -> None:
    match fact.body:
        case ScreeningAnswered(answers=answers):
            _take_answers(reading, answers, fact)
        case ReadinessAnswered(answers=answers):
            _take_readiness(reading, answers, fact)
        case AboutRunner() as about:
            reading.about = (about, fact.local_date)
            _take_about(reading, reading.about, fact.occurred_at)
        case ClearanceRecorded() as word:
            _take_clearance(reading, word)
        case RestrictionTightened() as tightened:
            _take_tightened(reading, tightened, fact)
        case DisclaimerAccepted(text_version=version):
            reading.disclaimer = version
        case CheckinAnswered() as checkin:
            _take_checkin(reading, checkin, fact)
        case body:
            _take_signs(reading, signs_of(body), fact)


def _take_ahead(reading: Reading, fact: Fact) -> None:
    """Take from a fact dated after now only what tightens."""
    match fact.body:
        case ScreeningAnswered(answers=answers):
            _tighten(reading, answers, fact)
        case ReadinessAnswered(answers=answers):
            _take_readiness(reading, answers, fact, _tighten)
        case AboutRunner() as about:
            known = dict(reading.answers)
            _know(reading, about, 0)
            _judge_stricter(reading, fact.occurred_at)
            reading.answers = known
        case DisclaimerAccepted() | ClearanceRecorded(withdrawn=False):
            pass
        case _:
            _take(reading, fact)


def _tighten(reading: Reading, answers: Mapping[str, Answer], fact: Fact) -> None:
    """Take every yes. Any other answer counts as well as the one before it, and as if there were none."""
    yes = {name for name, answer in answers.items() if answer is True}
    told = {name for name, answer in answers.items() if not isinstance(answer, bool)}
    other = {name for name in told if answers[name] != reading.answers.get(name)}
    for name in yes & questions().keys() - reading.answers.keys():
        reading.reopened.setdefault(name, AHEAD)
    reading.answers.update({name: answers[name] for name in yes | other})
    reading.answered_at.update(dict.fromkeys(yes, fact.occurred_at))
    _judge_stricter(reading, fact.occurred_at)
    for name in other:
        reading.answers.pop(name)
    _judge_stricter(reading, fact.occurred_at)
    if ILL in yes:
        reading.ill_on = fact.local_date


def _judge_stricter(reading: Reading, now: datetime) -> None:
    """Judge again without ending anything that stood."""
    before = dict(reading.standings)
    judge(reading, now)
    for key, standing in before.items():
        if standing.asserted:
            reading.standings[key] = replace(reading.standings[key], asserted=True)


def _take_answers(reading: Reading, answers: Mapping[str, Answer], fact: Fact) -> None:
    """Take answers in; a question answered with anything but yes or no counts as not answered."""
    worse = {n for n, a in answers.items() if a is True and reading.answers.get(n) is False}
    nothing_new = all(answer is False and reading.answers.get(q) is False for q, answer in answers.items())
    for name, answer in answers.items():
        if name in questions() and not isinstance(answer, bool):
            continue
        reading.answers[name] = answer
        reading.answered_at[name] = fact.occurred_at
        reading.answered_on[name] = fact.local_date
        reading.reopened.pop(name, None)
    if any(questions()[name].about_pain for name in worse if name in questions()):
        pains = (q.id for q in questions().values() if q.about_pain and q.id not in answers)
        reading.reopened.update(dict.fromkeys(pains, "pain_answer_changed"))
    if answers.get("S01") is True:
        reading.reopened.update({name: "S01" for name in questions() if name not in answers})
    _end_what_was_asked_again(reading)
    if not nothing_new:
        judge(reading, fact.occurred_at)
    if answers.get(ILL) is True:
        reading.ill_on = fact.local_date


def _take_readiness(
    reading: Reading,
    answers: Mapping[str, Answer],
    fact: Fact,
    take: Callable[[Reading, Mapping[str, Answer], Fact], None] = _take_answers,
) -> None:
    for question in readiness_questions().values():
        given = answers.get(question.id)
        if not isinstance(given, bool):
            continue
        if question.answers_question:
            hurts = given and answers.get("new_pain") is True
            into = {question.answers_question: given, f"{question.answers_question}.hip_pain": hurts}
            take(reading, into, fact)
        elif given:
            _reopen(reading, question, fact)


def _take_about(reading: Reading, about: tuple[AboutRunner, date], now: datetime) -> None:
    runner, on = about
    _know(reading, runner, int((now.date() - on).days // 365.25))
    judge(reading, now)


def _know(reading: Reading, runner: AboutRunner, years_ago: int) -> None:
    if runner.age_years is not None:
        reading.answers["about.age_years"] = runner.age_years + years_ago
    if runner.beighton is not None:
        said = reading.answers.get("P05.beighton")
        score = max(runner.beighton, said) if isinstance(said, (int, float)) else runner.beighton
        reading.answers["P05.beighton"] = score


def _take_clearance(reading: Reading, word: ClearanceRecorded) -> None:
    """Question or rule ids in the scope lift blocks, tags lift tags, ``tag:drill`` adds a drill."""
    for entry in word.scope:
        tag, _, drill = entry.partition(":")
        if drill and tag in tuple(Tag):
            reading.drills_added[Tag(tag), drill] = word
            continue
        for key, standing in reading.standings.items():
            blocks = standing.tag is None or tag_rules()[standing.tag].blocks
            if (standing.origin == entry and blocks) or standing.tag == entry:
                reading.standings[key] = standing.cleared(word)


def _take_tightened(reading: Reading, tightened: RestrictionTightened, fact: Fact) -> None:
    if tightened.tag not in tuple(Tag):
        reading.unknown_tags.append(tightened.tag)
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
    found = Standing(
        f"added:{tag}", tag, level, fact.occurred_at, ends_at=ends, says=f"Added by hand: {rule.name}.",
        do=(rule.note or "Keep to it until it is lifted.",), sources=rule.source,
    )  # fmt: skip
    _stand(reading, found)


def _take_checkin(reading: Reading, checkin: CheckinAnswered, fact: Fact) -> None:
    """Two mornings of joint soreness within two weeks refer (E52)."""
    _take_signs(reading, signs_of(checkin), fact)
    if not is_sore_joint_morning(checkin):
        return
    near = any(0 < abs((checkin.about - other).days) <= SORE_DAYS for other in reading.sore_mornings)
    reading.sore_mornings.append(checkin.about)
    if near:
        rule = sign_rules()["joint_sore_twice"]
        block = Standing(
            "E52", None, rule.level, fact.occurred_at, says=rule.says, do=rule.do, sources=rule.source
        )
        # Each new pair of sore mornings begins anew, so a clearance given earlier does not cover it.
        reading.standings[block.key] = block


def _take_signs(reading: Reading, signs: tuple[str, ...], fact: Fact) -> None:
    for sign in signs:
        _reopen(reading, sign_rules()[sign], fact)


def _reopen(reading: Reading, rule: SignRule | ReadinessQuestion, fact: Fact) -> None:
    """Bring questions back and put tags on at once."""
    reading.reopened.update(dict.fromkeys(rule.reopens, rule.id))
    for tag in rule.tags:
        found = Standing(
            rule.id, tag, SafetyLevel.RESTRICT, fact.occurred_at,
            says=rule.says, do=rule.do, sources=rule.source,
        )  # fmt: skip
        reading.standings[found.key] = found


def _end_what_was_asked_again(reading: Reading) -> None:
    """Tags that the runner's own answer may end leave once the questions they reopened are answered."""
    for key, standing in reading.standings.items():
        rule = sign_rules().get(standing.origin) or readiness_questions().get(standing.origin)
        if rule is None or standing.tag is None or tag_rules()[standing.tag].ends is Ends.CLEARANCE:
            continue
        if not set(rule.reopens) & set(reading.reopened):
            reading.standings[key] = replace(standing, asserted=False, stays=False)


def judge(reading: Reading, now: datetime) -> None:
    """Hold every question's outcomes against the answers and bring what stands up to date."""
    for question in questions().values():
        found = _standings_of(question, reading, now)
        for key, standing in reading.standings.items():
            if standing.origin == question.id and key not in found:
                reading.standings[key] = replace(standing, asserted=False)
        for standing in found.values():
            _stand(reading, standing)


def _stand(reading: Reading, found: Standing) -> None:
    before = reading.standings.get(found.key)
    reading.standings[found.key] = before.raised(found) if before else found


def _standings_of(question: Question, reading: Reading, now: datetime) -> dict[Key, Standing]:
    """What one question's answers lead to now: at most one block, and its tags."""
    found: dict[Key, Standing] = {}
    given_at = reading.answered_at.get(question.id, now)
    said = reading.answers.get(question.id) is True
    for outcome in question.outcomes(reading.answers):
        if outcome.level.needs_professional:
            found.setdefault((question.id, None), _standing(question, outcome, None, now, given_at, said))
        for tag in outcome.tags:
            found.setdefault((question.id, tag), _standing(question, outcome, tag, now, given_at, said))
    return found


def _standing(
    question: Question, outcome: Outcome, tag: Tag | None, now: datetime, given_at: datetime, said: bool
) -> Standing:
    rule = tag_rules()[tag] if tag else None
    lasts = timedelta(hours=outcome.lasts_h) if rule and outcome.lasts_h else None
    mild = rule is not None and not rule.blocks
    return Standing(
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
