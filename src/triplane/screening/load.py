"""Read the safety data: questions, tags, readiness questions, signs and the words of stop pages."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from triplane.catalogue import Tag
from triplane.datafile import folder, read_folder, read_one
from triplane.errors import DataFileError, Problem
from triplane.screening.question import Group, Question, ReadinessQuestion, SignRule
from triplane.screening.tag_rule import TagRule
from triplane.screening.words import Words

_ROOM = "triplane.screening"
_GROUPS = tuple(Group)


@cache
def questions() -> Mapping[str, Question]:
    """Return every safety question by its id, in the order they are asked: red flags first."""
    files = read_folder(folder(_ROOM, "questions"), Question)
    read = tuple(files.values())
    _refuse_twins(files)
    ordered = sorted(read, key=lambda question: (_GROUPS.index(question.group), question.id))
    return MappingProxyType({question.id: question for question in ordered})


def _refuse_twins(files: Mapping[str, Question]) -> None:
    """Of two questions with one id, one would hide the other and never be asked."""
    ids = [question.id for question in files.values()]
    problems = [
        Problem(f"{stem}.toml", "id", question.id, "two questions have this id", "give each its own")
        for stem, question in files.items()
        if ids.count(question.id) > 1
    ]
    if problems:
        raise DataFileError(problems)


@cache
def tag_rules() -> Mapping[Tag, TagRule]:
    """Return the rule of every restriction tag."""
    return MappingProxyType({r.id: r for r in read_folder(folder(_ROOM, "tags"), TagRule).values()})


@cache
def readiness_questions() -> Mapping[str, ReadinessQuestion]:
    """Return the questions before a session by id, in the order they are asked."""
    read = read_folder(folder(_ROOM, "readiness"), ReadinessQuestion).values()
    return MappingProxyType({q.id: q for q in sorted(read, key=lambda question: question.order)})


@cache
def sign_rules() -> Mapping[str, SignRule]:
    """Return what follows each stop sign and each feeling that leads back to the questions."""
    return MappingProxyType(read_folder(folder(_ROOM, "signs"), SignRule))


@cache
def words() -> Words:
    """Return the words of stop pages and the disclaimer (English)."""
    return read_one(folder(_ROOM, "words"), "en", Words, "language")
