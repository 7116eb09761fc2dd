"""Why something was decided, in one sentence with its rule and its sources."""

from enum import StrEnum

from triplane.value import Value


class Strength(StrEnum):
    """How sure we are: A consistent trials, B single trials, C expert practice, D our own default."""

    A = "A"
    B = "B"
    C = "C"
    D = "D"


class Reason(Value):
    """One sentence a coach would say, the rule it comes from and the sources behind the rule."""

    rule: str
    says: str
    sources: tuple[str, ...] = ()
    strength: Strength = Strength.D
