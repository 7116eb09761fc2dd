"""A fact that is read straight from the text of its row is the fact that was written, of every kind."""

import json
from pathlib import Path

import pytest

from cast import MONDAY, easy_run, told
from triplane import coach
from triplane.errors import JournalError
from triplane.formats.runner_file import sample_runner
from triplane.history import KINDS, Fact, History, ScreeningAnswered, record
from triplane.store import open_journal
from triplane.store.rows import fact_from_row, row_from_fact

ODD_ANSWERS = {
    "H01": True,
    "H12.score": 4,
    "H12.half": 4.5,
    "H12.whole": 4.0,
    "H16.muscle": ("calf", "adductors"),
    "H00.text": "2026-11-23",
    "H00.number": "1",
    "H00.none": (),
}


def test_an_answer_keeps_its_kind_on_the_way_through_its_row() -> None:
    """Numbers, words, several words and dates that are only words stand in one field."""
    fact = record(ScreeningAnswered(answers=ODD_ANSWERS), "anna", MONDAY)
    read = fact_from_row((1, *row_from_fact(fact)))
    assert isinstance(read.body, ScreeningAnswered)
    assert {name: (type(one), one) for name, one in read.body.answers.items()} == {
        name: (type(one), one) for name, one in ODD_ANSWERS.items()
    }


def test_what_a_runner_tells_is_read_from_text_as_from_its_parts() -> None:
    bodies = sample_runner("marathoner", MONDAY.date()).bodies(
        coach.first_questions(), coach.disclaimer().version
    )
    history = History("anna", tuple(record(body, "anna", MONDAY) for body in bodies))
    facts = [*history.facts, *coach.day(history, MONDAY).proposed, *told(easy_run(MONDAY))]
    assert len({fact.kind for fact in facts}) > 7
    for fact in facts:
        text, kind = fact.body.model_dump_json(), KINDS[fact.kind]
        assert kind.model_validate_json(text) == kind.model_validate(json.loads(text)) == fact.body


@pytest.mark.parametrize("body", ["{", "[]", '{"answers": {"H01": NaN}}', '{"answers": 3}', '{"nobody": 1}'])
def test_a_body_that_is_not_what_its_kind_promises_is_a_sentence(body: str) -> None:
    row = list(row_from_fact(record(ScreeningAnswered(answers={}), "anna", MONDAY)))
    with pytest.raises(JournalError, match=r"fact 1 of the journal \(screening_answered\) cannot be read"):
        fact_from_row((1, *row[:-1], body))


def test_facts_that_were_read_share_what_they_can_and_are_changed_apart(tmp_path: Path) -> None:
    with open_journal(tmp_path / "one.journal") as journal:
        journal.append(told(easy_run(MONDAY), easy_run(MONDAY.replace(hour=9))))
        one, two = journal.history("anna").facts
    assert one.__pydantic_fields_set__ is two.__pydantic_fields_set__
    other = one.model_copy(update={"reason": "late"})
    assert (other.reason, one.reason, two.reason) == ("late", "", "")
    assert one.model_dump() == Fact.model_validate(one.model_dump()).model_dump()
