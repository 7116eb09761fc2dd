"""Hold every data file of the project to its contract, all problems at once."""

from collections.abc import Callable, Mapping

from triplane import assessment, catalogue, evidence, screening
from triplane.errors import DataFileError, Problem

_READERS: Mapping[str, Callable[[], object]] = {
    "sources": evidence.sources,
    "rules": evidence.rules,
    "background": evidence.backgrounds,
    "battery": assessment.battery,
    "norms": assessment.norm_tables,
    "questions": screening.questions,
    "tags": screening.tag_rules,
    "readiness": screening.readiness_questions,
    "signs": screening.sign_rules,
    "words": screening.words,
}


def lint() -> tuple[Problem, ...]:
    """Return every problem of every data file: unreadable ones, then those of the drills."""
    problems: list[Problem] = []
    for read in _READERS.values():
        try:
            read()
        except DataFileError as error:
            problems += error.problems
    known = () if problems else evidence.sources()
    return (*problems, *catalogue.lint(known))
