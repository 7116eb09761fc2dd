"""What can go wrong, in words a person can act on.

Speaks:  TriplaneError and its kinds, Action, Problem.      Knows: nothing.      Never: how an error is shown.
"""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    """What a runner may do about something; each shell knows its own way there, none is named below it."""

    BEGIN = "begin"
    SCREENING = "screening"
    CLEARANCE = "clearance"
    TELL = "tell"
    MEASURE = "measure"
    CHECKIN = "checkin"
    DAY = "day"
    WEEK = "week"


class TriplaneError(Exception):
    """The root of everything Triplane raises on purpose."""


class UserError(TriplaneError):
    """Something the person can put right; shown as one sentence, with the ``action`` that leads on.

    ``field`` names what of several things told it is about, where that is known.
    """

    def __init__(self, *said: object, action: Action | None = None, field: str = "") -> None:
        super().__init__(*said)
        self.action = action
        self.field = field


class UnknownName(UserError):
    """A drill, test, rule or other name that does not exist; carries the nearest ones that do."""

    def __init__(self, kind: str, name: str, known: "tuple[str, ...] | list[str]" = ()) -> None:
        from difflib import get_close_matches

        near = get_close_matches(name, known, n=3, cutoff=0.5)
        hint = f"; did you mean {' or '.join(near)}?" if near else ""
        super().__init__(f"there is no {kind} called {name!r}{hint}")


class NotPlanned(UnknownName):
    """A session, or a drill of one, that no plan of now holds: it never was, or the plan changed since."""


class NoPlan(UserError):
    """The week is not made yet, or something happened that its plan has not answered; looking never plans."""


class NotOnRecord(UnknownName):
    """A fact that stands on no list: there is none, or the program wrote it, as a plan."""


class UnreadableFile(UserError):
    """A file from outside (activity, archive, runner file) that cannot be understood."""


class JournalError(UserError):
    """The journal is locked, read-only, damaged or from a newer version. Nothing was lost."""


class Overtaken(JournalError):
    """Something was recorded since what this rests on was looked at; nothing of it was recorded."""


class Blocked(UserError):
    """Safety screening stops this; nothing but a recorded clearance opens it again."""


class NotReady(UserError):
    """The questions before a session are not answered, or were answered too long ago; names them."""

    def __init__(self, slot: str, questions: "tuple[str, ...]") -> None:
        self.slot, self.questions = slot, questions
        super().__init__(
            "the questions before a session come first; nothing is played until they are answered"
        )


class OtherRunner(UserError):
    """What was kept for one runner was handed in to another, or does not say whose it is."""


class MoveChanged(UserError):
    """A session would break other rules in its new place now than those that were shown."""

    def __init__(self) -> None:
        super().__init__("other rules speak against it now than those you were shown; look at them first")


class Later(UserError):
    """As much of something is under way as may be at once; ``wait_s`` are the seconds to ask again after."""

    def __init__(self, *said: object, wait_s: int) -> None:
        super().__init__(*said)
        self.wait_s = wait_s


class SaidSince(UserError):
    """A page is sent again whose word gave way since; nothing was recorded a second time."""

    def __init__(self) -> None:
        super().__init__(
            "this page is older than what was told since, so nothing of it was recorded; open it anew and "
            "tell it there"
        )


@dataclass(frozen=True)
class Problem:
    """One thing wrong with one place in one of our own data files."""

    file: str
    where: str
    value: str
    problem: str
    hint: str = ""

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.file}: {self.where}: {self.value}: {self.problem}{hint}"


class DataFileError(TriplaneError):
    """Data files that break their contract; holds every problem, not only the first."""

    def __init__(self, problems: "tuple[Problem, ...] | list[Problem]") -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(p) for p in self.problems))
