"""The tally of one set: values in, repetitions, holds, faults, cues and the end of the set out.

It judges what is shown live and what is reported alike: the two differ by how noise was taken off the values.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from triplane.movement.form.counting import GAP_S, HALFWAY, LEFT, HoldClock, OwnWay, Repetition, Repetitions
from triplane.movement.form.faults import FaultEye, Judge
from triplane.movement.form.learning import Learnt
from triplane.movement.form.reading import Key
from triplane.movement.form.signals import NOISE, READINGS


class What(StrEnum):
    """What happened."""

    REPETITION = "repetition"
    HOLD = "hold"
    FAULT = "fault"
    CUE = "cue"
    SET_ENDED = "set_ended"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened. ``fault`` is its number in the drill's file, ``seconds`` those of a hold.

    A fault happens where it began; one of pace, where the repetition was over that it was seen in.
    """

    what: What
    at_s: float
    repetition: Repetition | None = None
    fault: int | None = None
    seconds: float = 0.0


class Tally:
    """Counts, holds and judges. ``ended_by`` is the fault that ended the set, ``clean`` counts until then."""

    def __init__(self, learnt: Learnt, counted: Key) -> None:
        count, hold = learnt.form.count, learnt.form.hold
        assert count is not None  # a drill that is learnt is counted
        self._learnt, self._counted = learnt, counted
        self._way = OwnWay(learnt.way)
        self._repetitions = Repetitions(count.least_s)
        deeper = 1.0 if (learnt.way.far > learnt.way.home) is learnt.held_far else -1.0
        self._hold = HoldClock(hold.within, deeper) if hold else None
        rules = sorted(learnt.seen.items())
        eyes = tuple(FaultEye(number, rule, learnt.usual.get(number)) for number, rule in rules)
        noise = NOISE[READINGS[count.signal].unit] / abs(learnt.way.far - learnt.way.home)
        self._judge = Judge(eyes, noise)
        self._seen_s = float("inf")
        self.clean = 0
        self.ended_by: int | None = None

    @property
    def repetitions(self) -> int:
        return self._repetitions.count

    @property
    def held_s(self) -> float:
        """Seconds of the hold that goes on."""
        return self._hold.held_s if self._hold else 0.0

    @property
    def faults(self) -> tuple[int, ...]:
        """Faults that are there now, most important first."""
        return self._judge.there()

    def miss(self, at_s: float) -> list[Happened]:
        """Take it that nothing was seen for a while: a hold ends."""
        return self._hold_ended(self._hold.let_go() if self._hold else None, at_s)

    def step(self, values: Mapping[Key, float | None], at_s: float) -> tuple[float | None, list[Happened]]:
        """Take the values of a frame; return how much of the way is done, and what happened with it."""
        value = values[self._counted]
        if value is None:
            return None, self.miss(at_s) if at_s - self._seen_s > GAP_S else []
        self._seen_s = at_s
        share = self._way.share(value)
        happened: list[Happened] = []
        if self._hold:
            in_place = share > HALFWAY if self._learnt.held_far else share < LEFT
            happened += self._hold_ended(self._hold.step(value, at_s, in_place), at_s)
        whole = self._repetitions.step(share, at_s)
        self._look_for_faults(values, share, at_s, happened)
        if whole is not None:
            self._end_repetition(whole, happened)
        self._speak(at_s, happened)
        return share, happened

    def _look_for_faults(
        self, values: Mapping[Key, float | None], share: float, at_s: float, happened: list[Happened]
    ) -> None:
        is_before = not self._way.has_left and abs(share) < LEFT
        for eye in self._judge.eyes:
            if eye.usual is None:
                continue
            found = values[eye.rule.signal, eye.rule.leg]
            if found is None:
                eye.missed(at_s)
            elif eye.step(found, share, at_s, is_before):
                self._judge.note(eye)
                happened.append(Happened(What.FAULT, at_s, fault=eye.number))
            elif eye.is_there and self._repetitions.is_away:
                self._judge.note(eye)

    def _end_repetition(self, whole: Repetition, happened: list[Happened]) -> None:
        pace = self._learnt.pace
        hurried = self._judge.judge_pace(whole, pace.out_s, pace.back_s)
        happened += (Happened(What.FAULT, whole.end_s, fault=number) for number in hurried)
        faults = self._judge.end_repetition(whole)
        self.clean += not faults and self.ended_by is None
        done = Repetition(whole.number, whole.start_s, whole.end_s, whole.reached, whole.pace, faults)
        happened.append(Happened(What.REPETITION, whole.end_s, done))

    def _speak(self, at_s: float, happened: list[Happened]) -> None:
        if self.ended_by is not None:
            return
        broken = self._judge.broken(at_s)
        if broken is not None:
            self.ended_by = broken.number
            happened.append(Happened(What.SET_ENDED, at_s, fault=broken.number))
            return
        spoken = self._judge.cue(at_s)
        if spoken is not None:
            happened.append(Happened(What.CUE, at_s, fault=spoken.number))

    @staticmethod
    def _hold_ended(seconds: float | None, at_s: float) -> list[Happened]:
        return [] if seconds is None else [Happened(What.HOLD, at_s, seconds=seconds)]
