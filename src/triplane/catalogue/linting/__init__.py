"""Read the drill files with a strict eye: everything that breaks the house's promises, all at once."""

from collections.abc import Callable, Iterable, Iterator
from importlib.resources.abc import Traversable

from triplane.catalogue.drill import Drill
from triplane.catalogue.linting.bodies import contacts_make_sense, poses_keep_joint_limits
from triplane.catalogue.linting.book import Book, drill_file
from triplane.catalogue.linting.coverage import every_direction_is_served
from triplane.catalogue.linting.doses import doses_are_humane, phases_lead_to_poses_that_are_there
from triplane.catalogue.linting.forms import (
    faults_can_be_acted,
    forms_are_whole,
    signals_are_seen_from_there,
)
from triplane.catalogue.linting.links import links_lead_somewhere, links_make_no_loop, links_rise
from triplane.catalogue.linting.marks import (
    contexts_fit_the_drill,
    exposures_are_sound,
    lunges_name_their_cell,
    marks_agree,
    restrictions_are_sound,
)
from triplane.catalogue.linting.words import (
    files_begin_with_their_schema,
    names_are_unique,
    sources_exist,
    stems_are_ids,
    words_are_calm,
    words_hold_no_dose,
    words_promise_nothing,
    words_take_no_side,
)
from triplane.catalogue.load import drills_folder
from triplane.datafile import check_folder
from triplane.errors import Problem

__all__ = ["RULES", "Book", "lint"]

RULES: tuple[Callable[[Book], Iterator[Problem]], ...] = (
    files_begin_with_their_schema,
    stems_are_ids,
    names_are_unique,
    sources_exist,
    words_take_no_side,
    words_hold_no_dose,
    words_promise_nothing,
    words_are_calm,
    doses_are_humane,
    phases_lead_to_poses_that_are_there,
    links_lead_somewhere,
    links_make_no_loop,
    links_rise,
    exposures_are_sound,
    restrictions_are_sound,
    marks_agree,
    contexts_fit_the_drill,
    lunges_name_their_cell,
    contacts_make_sense,
    poses_keep_joint_limits,
    forms_are_whole,
    signals_are_seen_from_there,
    faults_can_be_acted,
    every_direction_is_served,
)
"""Every rule, in the order in which its problems are reported; the docstring of each says why."""


def lint(known_sources: Iterable[str], place: Traversable | None = None) -> list[Problem]:
    """Return every problem of every drill file, unreadable files first.

    Parameters
    ----------
    known_sources : the keys of the bibliography
    place : another folder of drill files than this release's own
    """
    place = place or drills_folder()
    drills, problems = check_folder(place, Drill)
    texts = {name: place.joinpath(drill_file(name)).read_text(encoding="utf-8") for name in drills}
    book = Book(drills, texts, frozenset(known_sources))
    return problems + [problem for rule in RULES for problem in rule(book)]
