"""A fact is the same wherever it is made, and what cannot be true is no fact."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError

from cast import ANNA, MONDAY, told
from triplane.coach import SessionAnswers
from triplane.errors import JournalError
from triplane.formats.archive import read_archive, write_archive
from triplane.history import (
    KIND_VERSION,
    KINDS,
    UPGRADES,
    Fact,
    Feeling,
    NoteWritten,
    SessionLogged,
)
from triplane.store import open_journal

_ID = """
from datetime import UTC, datetime
from triplane.formats.archive import write_archive
from triplane.history import Equipment, EquipmentListed, record
fact = record(EquipmentListed(equipment=frozenset(Equipment)), "anna", datetime(2026, 11, 23, tzinfo=UTC))
print(fact.id, write_archive([fact]).decode())
"""


def test_every_process_makes_the_same_fact_and_the_same_bytes() -> None:
    def made(seed: str) -> bytes:
        env = {**os.environ, "PYTHONHASHSEED": seed}
        return subprocess.run([sys.executable, "-c", _ID], env=env, check=True, capture_output=True).stdout

    assert made("1") == made("2")


FORGED: dict[str, Any] = {
    "an unknown zone": {"zone": "Mars/Base"},
    "a zone that is a path": {"zone": "../../etc/passwd"},
    "a version of tomorrow": {"version": 7},
    "no version": {"version": 0},
    "words for a version": {"version": "one"},
    "a kind that is no word": {"kind": []},
    "a kind nobody knows": {"kind": "wished"},
    "another id": {"id": "0" * 24},
    "another runner's id": {"runner": "ben"},
    "a date far from its instant": {"local_date": "2026-11-26"},
    "an instant before anybody": {"occurred_at": "0001-01-01T00:00:00+05:00"},
    "an instant after everybody": {"recorded_at": "9999-12-31T23:59:59-05:00"},
    "told before it happened": {"occurred_at": "2026-12-24T06:00:00+01:00", "local_date": "2026-12-24"},
    "an instant without a zone": {"recorded_at": "2026-11-23T06:00:00"},
}


@pytest.mark.parametrize("what", FORGED)
def test_what_cannot_be_true_is_no_fact(what: str) -> None:
    [fact] = told(NoteWritten(text="true"))
    true = fact.model_dump(mode="json")

    assert Fact.model_validate(true) == fact
    with pytest.raises(ValueError):
        Fact.model_validate({**true, **FORGED[what]})


def test_a_fact_does_not_correct_itself() -> None:
    [fact] = told(ANNA)

    with pytest.raises(ValueError, match="itself"):
        Fact.model_validate(fact.model_dump() | {"supersedes": fact.id})


@pytest.fixture
def _notes_at_three(monkeypatch: pytest.MonkeyPatch) -> None:
    """A kind that once called its text ``words``, and before that ``said``."""
    monkeypatch.setitem(KIND_VERSION, "note_written", 3)
    monkeypatch.setitem(UPGRADES, ("note_written", 1), lambda body: {"words": body["said"]})
    monkeypatch.setitem(UPGRADES, ("note_written", 2), lambda body: {"text": body["words"]})


@pytest.mark.usefixtures("_notes_at_three")
@pytest.mark.parametrize(("version", "field"), [(1, "said"), (2, "words"), (3, "text")])
def test_an_older_fact_is_brought_up_to_date_from_journal_and_archive(
    tmp_path: Path, version: int, field: str
) -> None:
    [now] = told(NoteWritten(text="my knee"))
    assert now.version == 3

    lines = write_archive([now]).decode().splitlines()
    old = json.loads(lines[1]) | {"version": version, "body": {field: "my knee"}}
    assert read_archive(f"{lines[0]}\n{json.dumps(old)}\n".encode(), "old.jsonl") == (now,)

    place = tmp_path / "old.journal"
    with open_journal(place) as journal:
        journal.append([now])
    with sqlite3.connect(place) as raw:
        raw.execute("DROP TRIGGER facts_never_change")
        raw.execute("UPDATE facts SET version = ?, body = ?", (version, json.dumps(old["body"])))
    with open_journal(place) as journal:
        assert journal.history("anna").latest(NoteWritten) == NoteWritten(text="my knee")


@pytest.mark.usefixtures("_notes_at_three")
def test_a_body_that_is_not_what_its_version_promises_is_refused() -> None:
    [now] = told(NoteWritten(text="my knee"))

    with pytest.raises(ValueError, match="not what version 1"):
        Fact.model_validate(now.model_dump() | {"version": 1, "body": {"sung": "my knee"}})


def test_every_step_to_the_present_version_is_there() -> None:
    steps = {(kind, step) for kind, version in KIND_VERSION.items() for step in range(1, version)}

    assert steps == set(UPGRADES)
    assert set(KIND_VERSION) <= set(KINDS)


def test_a_row_that_cannot_be_true_is_one_sentence(tmp_path: Path) -> None:
    place = tmp_path / "anna.journal"
    with open_journal(place) as journal:
        journal.append(told(ANNA, at=MONDAY))
    with sqlite3.connect(place) as raw:
        raw.execute("DROP TRIGGER facts_never_change")
        raw.execute("UPDATE facts SET zone = 'Mars/Base'")

    with open_journal(place) as journal, pytest.raises(JournalError, match="no time zone called 'Mars/Base'"):
        journal.history("anna")


@pytest.mark.parametrize(
    "body",
    [
        {"kind": "restriction_tightened", "tag": "fai", "ends_on": "9999-12-31"},
        {"kind": "clearance_recorded", "who": "Dr A", "role": "physician", "given_on": "9999-06-01"},
        {"kind": "run_recorded", "started_at": "0001-01-01T00:00:00+14:00", "duration_s": 60},
        {"kind": "run_recorded", "started_at": "9999-12-31T23:59:59-12:00", "duration_s": 60},
    ],
    ids=lambda body: (
        f"{body['kind']} {body.get('ends_on') or body.get('given_on') or body.get('started_at')}"
    ),
)
def test_dates_that_cannot_be_reckoned_with_are_refused(body: dict[str, object]) -> None:
    kind = str(body.pop("kind"))

    with pytest.raises(ValidationError):
        KINDS[kind].model_validate(body)


def test_what_was_felt_stands_once_in_a_drill_also_where_an_older_fact_holds_it_many_times() -> None:
    groin = {"region": "groin", "kind": "joint", "score": 6}
    knee = {**groin, "region": "knee"}
    drill = {"drill": "str_sl_bridge", "pain": [groin, knee] * 500, "signs": ["groin_pinch"] * 400}
    body = SessionLogged.model_validate({"minutes": 5, "drills": [drill]})

    assert [felt.region for felt in body.drills[0].pain] == ["groin", "knee"]
    assert body.drills[0].signs == ("groin_pinch",)


def test_more_than_can_be_felt_in_a_session_is_refused_by_its_field() -> None:
    felt = [("str_sl_bridge", Feeling(region="groin", kind="joint", score=6))] * 20_000
    with pytest.raises(ValidationError, match="at most"):
        SessionAnswers(pain=felt)
    with pytest.raises(ValidationError, match="at most"):
        SessionAnswers(signs=[("str_sl_bridge", "groin_pinch")] * 20_000)
