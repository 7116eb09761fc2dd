"""A runner moves: the record of another machine becomes the whole record here, where there is none yet."""

from collections.abc import Sequence
from datetime import datetime

from triplane import coach
from triplane.errors import UnreadableFile
from triplane.history import ConsentGiven, Fact, History, is_empty, record, taken_over


def as_own(
    known: History, facts: Sequence[Fact], now: datetime, name: str, *, mine: bool
) -> tuple[Fact, ...]:
    """Return what a record of another name becomes for the runner who says that it is theirs.

    Whoever was let in there is let in nowhere here: each such word ends as the record comes in.

    Raises
    ------
    UnreadableFile
        Where nobody says so, or something is on record already.
    """
    if not is_empty(known):
        if not mine:
            raise UnreadableFile(
                f"{name}: this record stands under another name, and something is on record here already. "
                "Nobody's record is brought in as somebody else's, and your own of another machine only "
                "where nothing was told yet. Nothing was changed"
            )
        raise UnreadableFile(
            f"{name}: your own record of another machine comes in only where nothing was told yet, and "
            "something is on record here already. Nothing was changed"
        )
    if not mine:
        raise UnreadableFile(
            f"{name}: this record stands under another name. If it is your own, from another machine, say so "
            "as you bring it in: then all of it is yours here too. Nothing was changed"
        )
    own = taken_over(facts, known.runner)
    numbered = tuple(fact.model_copy(update={"seq": place}) for place, fact in enumerate(own, 1))
    there = History(known.runner, numbered)
    ended = [body for one in coach.consents(there) for body in coach.consent_ended(there, one.to)]
    return (*own, *(record(body, known.runner, now, reason="came from another machine") for body in ended))


def refuse_made_up(known: History, facts: Sequence[Fact], name: str) -> None:
    """Refuse a record in which somebody did something whom the runner never let in, here or in that record.

    A runner's own record keeps what was done by those whom it says were let in, also where that ended.

    Raises
    ------
    UnreadableFile
        In one sentence.
    """
    both = (*known.facts, *facts)
    let_in = {coach.author_of(fact.body.to) for fact in both if isinstance(fact.body, ConsentGiven)}
    if any(fact.author.startswith(coach.author_of("")) and fact.author not in let_in for fact in facts):
        raise UnreadableFile(
            f"{name}: it says that somebody did something here, and nobody who was let in goes by that name. "
            "Nothing was changed"
        )
