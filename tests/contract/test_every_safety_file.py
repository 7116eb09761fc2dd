"""What every question, tag, readiness question and sign must keep."""

import re
from itertools import product

import pytest

from screening_cast import MORNING, cleared, screened
from triplane.assessment import battery
from triplane.catalogue import Tag, load
from triplane.datafile import folder
from triplane.errors import DataFileError
from triplane.evidence import sources
from triplane.history import ClearedBy, Sign
from triplane.screening import (
    FollowUpKind,
    Group,
    SafetyLevel,
    first_questions,
    questions,
    readiness_questions,
    screen,
    sign_rules,
    tag_rules,
    words,
)
from triplane.screening.load import _refuse_twins

QUESTIONS = list(questions().values())
ASKED = {q.id for q in QUESTIONS} | {f"{q.id}.{f.key}" for q in QUESTIONS for f in q.follow_up}
OUTCOMES = [(q, outcome) for q in QUESTIONS for outcome in q.leads_to]


def test_the_thirty_four_questions_are_all_there():
    expected = [f"Q{n:02}" for n in range(1, 9)] + [f"H{n:02}" for n in range(1, 19)]
    expected += [f"P{n:02}" for n in range(1, 9)]

    assert sorted(first_questions()) == sorted(expected)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_file_names_begin_with_the_id(question):
    stems = [p.name for p in folder("triplane.screening", "questions").iterdir()]

    assert sum(stem.startswith(question.id.lower() + "_") for stem in stems) == 1


@pytest.mark.parametrize(("question", "outcome"), OUTCOMES, ids=lambda v: getattr(v, "id", ""))
def test_conditions_name_questions_that_are_asked(question, outcome):
    for condition in outcome.when:
        assert set(condition.any_yes) <= set(questions())
        if condition.answer and not condition.answer.startswith("about."):
            assert condition.answer in ASKED
        follow = {f"{q.id}.{f.key}": f for q in QUESTIONS for f in q.follow_up}.get(condition.answer)
        if condition.any_of:
            assert set(condition.any_of) <= {choice.id for choice in follow.choice}


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_a_yes_always_leads_somewhere(question):
    assert question.outcomes({question.id: True})


def some_answers(follow):
    """No answer, and enough answers to meet and to miss every condition on it."""
    if follow.kind is FollowUpKind.YES_NO:
        return (None, True, False)
    if follow.kind is FollowUpKind.NUMBER:
        return (None, *(n for n in range(int(follow.low), int(min(follow.high, 13)) + 1)))
    several = follow.kind is FollowUpKind.CHOICES
    return (None, *((one.id,) if several else one.id for one in follow.choice))


def led_to_by(question, answers):
    told = {f"{question.id}.{key}": answer for key, answer in answers.items() if answer is not None}
    found = question.outcomes({question.id: True, **told})
    return found[0].level, {tag for outcome in found for tag in outcome.tags}


def matters(question, follow, **fixed):
    """Whether some answer to a follow-up leads elsewhere than another, whatever else is answered."""
    others = [f for f in question.follow_up if f.key != follow.key and f.key not in fixed]
    for rest in product(*(some_answers(other) for other in others)):
        known = {**dict(zip((o.key for o in others), rest, strict=True)), **fixed}
        ways = [led_to_by(question, {**known, follow.key: one}) for one in some_answers(follow)]
        if any(way != ways[0] for way in ways):
            return True
    return False


PAIRS = [
    pytest.param(question, listed, follow, id=f"{question.id}-{listed.key}-{follow.key}")
    for question in QUESTIONS
    for listed in question.follow_up
    if listed.choice
    for follow in question.follow_up
    if follow is not listed
]


@pytest.mark.parametrize(("question", "listed", "follow"), PAIRS)
def test_what_belongs_to_some_choices_of_a_list_is_asked_after_these_alone(question, listed, follow):
    """The outer knee is not asked about where nothing is felt there any more."""
    several = listed.kind is FollowUpKind.CHOICES
    as_told = {one.id: (one.id,) if several else one.id for one in listed.choice}
    belongs = {name for name, told in as_told.items() if matters(question, follow, **{listed.key: told})}
    asked = {
        name
        for name, told in as_told.items()
        if not question.leaves_out(follow, {f"{question.id}.{listed.key}": told})
    }

    assert asked == (belongs or set(as_told))


LIMITED = [
    pytest.param(question, follow, id=f"{question.id}-{follow.key}")
    for question in QUESTIONS
    for follow in question.follow_up
    if follow.after
]


@pytest.mark.parametrize(("question", "follow"), LIMITED)
def test_a_follow_up_that_is_left_out_matters_nowhere_and_is_asked_while_that_is_not_known(question, follow):
    before = next(one for one in question.follow_up if one.key == follow.after.key)

    assert not question.leaves_out(follow, {question.id: True})
    for told in some_answers(before):
        if question.leaves_out(follow, {f"{question.id}.{before.key}": told}):
            assert not matters(question, follow, **{before.key: told})


@pytest.mark.parametrize(("question", "follow"), LIMITED)
def test_nothing_of_it_is_due_once_it_is_left_out(question, follow):
    name, before = f"{question.id}.{follow.key}", f"{question.id}.{follow.after.key}"
    listed = next(one for one in question.follow_up if one.key == follow.after.key)

    for told in some_answers(listed)[1:]:
        due = screen(screened({question.id: True, before: told}), MORNING).unanswered_follow_ups
        is_asked = not question.leaves_out(follow, {before: told}) and not follow.optional
        assert (name in due) is is_asked


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.id)
def test_a_block_can_be_lifted_and_only_by_the_right_people(question):
    history = screened({question.id: True})
    if not screen(history, MORNING).level.needs_professional:
        return
    lifted = [
        r
        for r in ClearedBy
        if not screen(screened({question.id: True}, cleared(question.id, role=r)), MORNING).is_blocked
    ]

    assert lifted
    assert set(lifted) <= set(question.cleared_by) | {ClearedBy.PHYSICIAN, ClearedBy.SURGEON}


def test_every_restriction_tag_has_a_rule_and_something_that_leads_to_it():
    led_to = {tag for _, outcome in OUTCOMES for tag in outcome.tags}
    led_to |= {tag for rule in sign_rules().values() for tag in rule.tags}

    assert set(tag_rules()) == set(Tag)
    assert led_to == set(Tag)


def test_every_tag_of_a_drill_can_be_reached():
    used = {entry.tag for drill in load().values() for entry in drill.restriction}

    assert used <= set(tag_rules())


@pytest.mark.parametrize("rule", list(tag_rules().values()), ids=lambda rule: rule.id)
def test_tags_name_drills_that_exist(rule):
    named = {
        *rule.keep,
        *rule.exclude_ids,
        *rule.prefer_ids,
        *(i for advice in rule.advice for i in advice.ids),
    }

    assert named <= set(load())


def test_every_stop_sign_has_its_consequence():
    assert {rule.sign for rule in sign_rules().values() if rule.sign} == set(Sign)
    for sign in Sign:
        assert sign_rules()[sign].sign is sign


@pytest.mark.parametrize(
    "rule", [*sign_rules().values(), *readiness_questions().values()], ids=lambda r: r.id
)
def test_what_is_reopened_is_a_question(rule):
    assert set(rule.reopens) <= set(questions())


def test_sources_exist():
    cited = {key for q in QUESTIONS for key in q.source}
    for rules in (tag_rules().values(), sign_rules().values(), readiness_questions().values()):
        cited |= {key for rule in rules for key in rule.source}

    assert cited <= set(sources())


def sentences():
    for question in QUESTIONS:
        yield from (question.ask, question.why, *(f.ask for f in question.follow_up))
        for outcome in question.leads_to:
            yield from (outcome.says, *outcome.do)
    for rule in (*sign_rules().values(), *readiness_questions().values()):
        yield from (rule.says, *rule.do)
    yield from (*words().titles.values(), *words().advice.values(), *words().disclaimer.says)
    yield from words().stop_during_session


@pytest.mark.parametrize("sentence", sorted(set(sentences())))
def test_sentences_are_calm_and_claim_nothing(sentence):
    assert "!" not in sentence
    assert not re.search(r"\bprevent|diagnos(e|es|ed) you|\bcure|guarantee", sentence, re.IGNORECASE)


def test_nothing_asks_a_runner_to_provoke_pain():
    for sentence in sentences():
        if re.search(r"\bhop(ping)?\b|\bjump(ing)?\b", sentence, re.IGNORECASE):
            assert re.search(r"not|stop|leave|do not", sentence, re.IGNORECASE)


def test_every_level_has_title_and_advice_and_every_group_questions():
    assert set(words().titles) == set(words().advice) == set(SafetyLevel)
    assert {question.group for question in QUESTIONS} == set(Group)


def test_two_questions_with_one_id_are_refused() -> None:
    first, second = QUESTIONS[0], QUESTIONS[1].model_copy(update={"id": QUESTIONS[0].id})

    with pytest.raises(DataFileError, match="two questions have this id"):
        _refuse_twins({"one": first, "other": second})


@pytest.mark.parametrize("rule", tag_rules().values(), ids=lambda rule: rule.id)
def test_tests_left_out_are_tests_of_the_battery(rule):
    numbers = [test.handbook for test in battery().values()]

    for letters in rule.exclude_tests:
        assert any(number.startswith(letters) for number in numbers)
