"""What others did with a runner's facts, and how the runner takes each of it back."""

from datetime import date, datetime

from triplane.coach.correcting import fact_told
from triplane.coach.moving import is_last_move_ahead
from triplane.coach.screening_talk import clearance_word
from triplane.coach.sharing import consents, refuse_unless
from triplane.errors import UserError
from triplane.history import AUTHOR, ClearanceRecorded, ClearedBy, Deed, Fact, History
from triplane.value import Value


class OthersAct(Value):
    """What somebody who was let in did: who they are called, the fact, and what it says.

    ``may_go`` says that it may be taken back as a fact, ``puts_back`` that a session may be put where it lay
    before.
    """

    who: str
    fact: Fact
    says: str
    may_go: bool = False
    puts_back: bool = False


def done_by_others(history: History, now: datetime) -> tuple[OthersAct, ...]:
    """Return what others did with a runner's facts, the newest first."""
    called = {one.to: one.called for one in consents(history)}
    done = [fact for fact in history.facts if fact.is_by_another]
    return tuple(_act(history, fact, called, now) for fact in reversed(done))


def _act(history: History, fact: Fact, called: dict[str, str], now: datetime) -> OthersAct:
    told = fact_told(history, fact.id, now)
    return OthersAct(
        who=called.get(fact.author.removeprefix(AUTHOR), ""),
        fact=fact,
        says=told.says,
        may_go=told.may_go,
        puts_back=is_last_move_ahead(history, fact.id, now),
    )


def own_clearance(
    history: History, who: str, given_on: date, scope: tuple[str, ...], expires_on: date | None, now: datetime
) -> ClearanceRecorded:
    """Return a professional's own word, in the name and role that the runner consented to.

    Raises
    ------
    UserError
        As ``clearance_word``, and where the runner did not let them clear.
    """
    refuse_unless(history, who, Deed.CLEAR)
    known = next((one for one in consents(history) if one.to == who), None)
    if known is None:
        raise UserError("a clearance is given in the name and role that the runner knows you by")
    return clearance_word(
        history, known.called, ClearedBy(known.role.value), given_on, scope, expires_on, now
    )
