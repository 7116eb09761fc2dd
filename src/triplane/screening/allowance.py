"""What may be offered, drill by drill: verdict, how, limits, and what is left out of it."""

from functools import cached_property

from triplane.body import Direction
from triplane.catalogue import Exposure, Reach, Stage, Tag, Verdict
from triplane.screening.clearance import Message
from triplane.screening.limits import Limits
from triplane.value import Value


class Allowance(Value):
    """The word of safety on one drill for one runner.

    ``how`` are instructions to the runner, ``limits`` the numbers for dose and pose.
    ``left_out`` are directions of the drill that must not be done (half-drill forms), with their
    exposures removed in ``exposures``. ``refused_reaches`` are reaches a lunge must not grow into.
    ``because`` names the tags that spoke, ``why`` one sentence each.
    ``instead`` is a drill that serves in place of one that is left out.
    ``preferred`` marks what suits the runner's tags, ``named`` what a tag puts first by name.
    """

    drill: str
    verdict: Verdict
    how: tuple[str, ...] = ()
    limits: Limits = Limits()
    left_out: tuple[Direction, ...] = ()
    refused_reaches: tuple[Reach, ...] = ()
    exposures: tuple[Exposure, ...] = ()
    instead: str | None = None
    because: tuple[Tag, ...] = ()
    why: tuple[str, ...] = ()
    preferred: bool = False
    named: bool = False

    @property
    def is_allowed(self) -> bool:
        """Whether the drill may be offered at all."""
        return self.verdict is not Verdict.EXCLUDE


class Gap(Value):
    """A direction that has no drill left at a stage, said plainly; nothing is put in its place."""

    direction: Direction
    stage: Stage
    says: str


class Offer(Value):
    """All drills with the word of safety on each; empty when the runner is blocked."""

    blocked: bool
    allowances: tuple[Allowance, ...] = ()
    gaps: tuple[Gap, ...] = ()
    messages: tuple[Message, ...] = ()

    @cached_property
    def _by_drill(self) -> dict[str, Allowance]:
        return {allowance.drill: allowance for allowance in self.allowances}

    @property
    def allowed(self) -> tuple[Allowance, ...]:
        """The drills that may be offered, changed or not."""
        return tuple(allowance for allowance in self.allowances if allowance.is_allowed)

    def of(self, drill: str) -> Allowance | None:
        """Return the word on one drill; ``None`` when blocked or not among the drills asked about."""
        return self._by_drill.get(drill)

    def allows(self, drill: str) -> bool:
        """Whether one drill may be offered."""
        found = self._by_drill.get(drill)
        return found is not None and found.is_allowed
