"""Everything the rooms say about a runner at one instant, each worked out once and only when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from triplane import adaptation, assessment, catalogue, planning, screening
from triplane.adaptation import Event, Worked
from triplane.assessment import HipMap
from triplane.body import Direction
from triplane.catalogue import Drill
from triplane.history import History
from triplane.planning import Adjustment, WeekProblem
from triplane.screening import Clearance, Offer


@dataclass(frozen=True)
class Situation:
    """One runner at one instant. ``history`` is what is known then; nothing later speaks."""

    history: History
    now: datetime

    @cached_property
    def clearance(self) -> Clearance:
        """What safety says."""
        return screening.screen(self.history, self.now)

    @cached_property
    def drills(self) -> Mapping[str, Drill]:
        """The whole catalogue."""
        return catalogue.load()

    @cached_property
    def offer(self) -> Offer:
        """What the restriction tags leave of the catalogue."""
        return screening.offer(self.clearance, self.drills.values())

    @property
    def excluded_directions(self) -> frozenset[Direction]:
        """Directions whose end range a restriction tag leaves out: they are not chased, however low."""
        rules = screening.tag_rules()
        return frozenset(d for tag in self.clearance.tag_names for d in rules[tag].exclude_stage2)

    @cached_property
    def reckoned_hip_map(self) -> HipMap:
        """Both hips in six directions as the coach reckons with them, whoever is stopped.

        Directions left out by safety have priority 0. A runner is shown ``coach.hip_map``.
        """
        return assessment.hip_map(self.history, self.now, self.excluded_directions)

    @cached_property
    def events(self) -> Mapping[Worked, tuple[Event, ...]]:
        """What each drill went through on each side up to now; one log is read through once."""
        known = self.history.until(self.now)
        return known.follows("events", lambda: adaptation.events_of(known, self.drills, self.now))

    @cached_property
    def adjustments(self) -> tuple[Adjustment, ...]:
        """What lived days change about the doses."""
        return adaptation.adjust(
            self.history,
            self.drills,
            self.now,
            hip_map=self.reckoned_hip_map,
            tags=self.clearance.tag_names,
            events=self.events,
        )

    @cached_property
    def problem(self) -> WeekProblem:
        """The week as a problem to be solved."""
        return planning.build(
            self.history,
            self.reckoned_hip_map,
            self.offer,
            self.drills,
            self.adjustments,
            self.now,
            no_more=adaptation.sore_notice(self.history, self.drills, self.now),
            catalogue_version=catalogue.catalogue_version(),
        )
