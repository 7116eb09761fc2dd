"""An item of a plan laid out as cues: getting into place, the work by the clock, and what is said beside it.

A drill that is new is taught while it is done: its set-up is said while the runner gets into place, its steps
over the first repetitions, which go as slowly as the words. So it plays little longer than it was planned.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property
from typing import Any, NamedTuple

from triplane.body import Side
from triplane.catalogue import Drill, SidesWorked
from triplane.coach.cue import Cue, CueKind
from triplane.coach.cue_words import all_words, changed_by_ear, dose_in_words, felt, speak_s
from triplane.coach.one_repetition import Part, part_of, parts_of
from triplane.history import PlanItem, Prescription

GET_READY_S = 5.0
"""Count-in before every set, the end of the rest where there is one. Coach's default."""

BRIEF_READY_S = 4.0
"""The first count-in of a new drill whose repetitions teach one step each, and begin slowly. Ours."""

SWITCH_S = 8.0
"""Time to change sides, less where the whole set-up of a drill takes less. Coach's default."""

SWITCH_LEAST_S = 4.0
"""The least time to change sides. Coach's default."""

REST_LEAST_S = 3.0
"""What is left of a rest before its count-in, at least. Coach's default."""

READ_S = 4.0
"""How long a line stands on the screen before the next one. Ours."""

TEACHING_TIMES = 1.25
"""How much longer than planned a new drill may play before its steps are said more briefly. Ours."""


class Pace(Enum):
    """How the steps of a new drill lie over its first repetitions."""

    WHOLE = auto()
    """The first repetition goes through all of them, each where it belongs."""
    ONE_EACH = auto()
    """One repetition a step, said where it belongs: for drills of many quick repetitions."""


class _Lesson(NamedTuple):
    """A repetition that teaches, by parts: lines said, seconds they take, whether the end waits for them."""

    lines: tuple[tuple[int, ...], ...]
    seconds: tuple[float, ...]
    waits: tuple[bool, ...]

    @property
    def said(self) -> tuple[int, ...]:
        return tuple(line for lines in self.lines for line in lines)


def item_cues(item: PlanItem, drill: Drill) -> tuple[Cue, ...]:
    """Teach a drill that is new; name one that is known, and leave its set-up time in silence.

    Whether it is new stands on the item, so that a session built again from its plan has the same cues.
    What is changed for the runner is always said.
    """
    if not item.first_exposure:
        return tuple(_Laying(item, drill).cues())
    whole = tuple(_Laying(item, drill, Pace.WHOLE).cues())
    if sum(cue.seconds for cue in whole) <= TEACHING_TIMES * item.minutes * 60:
        return whole
    brief = tuple(_Laying(item, drill, Pace.ONE_EACH).cues())
    return min(whole, brief, key=lambda cues: sum(cue.seconds for cue in cues))


def order_of_sides(item: PlanItem) -> tuple[Side, ...]:
    """Return the sides as they are worked: more to do comes first, while fresh; left where both are alike."""
    sides = [side for side in Side if item.on(side)]
    return tuple(sorted(sides, key=lambda side: -(dose.work_s if (dose := item.on(side)) else 0)))


def switch_s(dose: Prescription) -> float:
    """Return how long changing sides takes before the count-in: no longer than setting up, within bounds."""
    return min(SWITCH_S, max(SWITCH_LEAST_S, dose.setup_s))


def rested_s(dose: Prescription, ready_s: float = GET_READY_S) -> float:
    """Return what of a rest comes before its count-in of so many seconds: that is the end of the rest."""
    return min(dose.rest_s, max(REST_LEAST_S, dose.rest_s - ready_s))


@dataclass(frozen=True)
class _Laying:
    """One item being laid out; ``teaching`` is missing where its drill is known."""

    item: PlanItem
    drill: Drill
    teaching: Pace | None = None

    @cached_property
    def here(self) -> dict[str, Any]:
        return {"item": self.item.id, "drill": self.drill.id}

    @cached_property
    def words(self) -> tuple[str, ...]:
        return all_words(self.item, self.drill)

    @cached_property
    def steps(self) -> tuple[int, ...]:
        """The lines of all words that are steps; what it should feel like comes after them."""
        return tuple(range(self.feel - len(self.drill.steps), self.feel))

    @property
    def feel(self) -> int:
        return len(self.words) - 1

    @cached_property
    def set_up(self) -> tuple[int, ...]:
        first = self.steps[0]
        return tuple(range(first - len(self.drill.setup), first))

    def cues(self) -> Iterator[Cue]:
        yield from self._into_place()
        sides = self._sides()
        for number, (side, dose) in enumerate(sides):
            if number and side:
                yield Cue(
                    kind=CueKind.SWITCH, says=f"Switch. Now {side}.", seconds=switch_s(dose), side=side,
                    shows=self.set_up, **self.here,
                )  # fmt: skip
            yield from self._sets(dose, side, teaching=self.teaching if not number else None)
        dose = sides[0][1]
        if self.teaching and not (self._is_felt_in_work(dose) or self._is_felt_in_rest(dose)):
            yield self._spoken(CueKind.FEELING, felt(self.drill), focus=self.drill.feel)

    def _into_place(self) -> Iterator[Cue]:
        """Which side works is told from the first word on, since one kneels or lies down by it."""
        side, first = self._sides()[0]
        dose = () if self.teaching is Pace.ONE_EACH else (f"{dose_in_words(first)}.",)
        working = (f"{side.capitalize()} side.",) if side else ()
        named = " ".join((f"{self.drill.name}.", *dose, *working))
        changed = (changed_by_ear(self.item.how),) if self.item.how else ()
        told = (*changed, *self.drill.setup) if self.teaching else changed
        left = max(0.0, first.setup_s - GET_READY_S - sum(map(speak_s, told)))
        if not self.teaching:
            yield self._spoken(CueKind.ANNOUNCE, named, least_s=left, side=side, shows=self.set_up)
            yield from (self._spoken(CueKind.SET_UP, says, side=side) for says in told)
            return
        yield self._spoken(CueKind.ANNOUNCE, named, side=side)
        spare = max(0.0, left - speak_s(named)) / len(told)
        for says in told:
            yield self._spoken(CueKind.SET_UP, says, least_s=speak_s(says) + spare, side=side)
        taught = {line for lesson in self._lessons(first, self.teaching).values() for line in lesson.said}
        for line in self.steps:
            if line not in taught:
                yield self._spoken(CueKind.STEP, self.words[line], side=side)

    def _spoken(self, kind: CueKind, says: str, least_s: float = 0, **more: Any) -> Cue:
        return Cue(kind=kind, says=says, seconds=max(speak_s(says), least_s), **self.here, **more)

    def _sides(self) -> list[tuple[Side | None, Prescription]]:
        item = self.item
        if self.drill.dose.sides is not SidesWorked.EACH and (both := item.left or item.right):
            return [(None, both)]
        return [(side, dose) for side in order_of_sides(item) if (dose := item.on(side))]

    def _sets(self, dose: Prescription, side: Side | None, teaching: Pace | None) -> Iterator[Cue]:
        """Each set begins with one thing to mind (R29): what is changed for the runner, else the drill's cue.

        A drill's own cue could speak against what is changed, so it is left out there.
        """
        minded = self.item.how or self.drill.cues
        for number in range(1, dose.sets + 1):
            focus = minded[(number - 1) % len(minded)]
            counted = {**self.here, "side": side, "set": number, "sets": dose.sets, "focus": focus}
            says = f"{self._side_in_words(side)}{focus}"
            is_brief = teaching is Pace.ONE_EACH and number == 1
            ready_s = max(BRIEF_READY_S if is_brief else GET_READY_S, speak_s(says))
            yield Cue(kind=CueKind.GET_READY, says=says, seconds=ready_s, shows=self.steps[:1], **counted)
            yield from self._reps(dose, counted, teaching if number == 1 else None)
            if number < dose.sets and dose.rest_s:
                seconds = rested_s(dose, ready_s)
                says = (
                    f"Rest. {self.words[self.feel]}" if self._says_feel(dose, teaching, number) else "Rest."
                )
                yield Cue(kind=CueKind.REST, says=says, seconds=seconds, shows=(self.feel,), **counted)

    def _says_feel(self, dose: Prescription, teaching: Pace | None, number: int) -> bool:
        return teaching is not None and number == 1 and self._is_felt_in_rest(dose)

    def _side_in_words(self, side: Side | None) -> str:
        if side:
            return f"{side.capitalize()} side. "
        return "In turn, left first. " if self._takes_turns else ""

    @property
    def _takes_turns(self) -> bool:
        return self.drill.dose.sides is SidesWorked.ALTERNATING

    def _reps(self, dose: Prescription, counted: dict[str, Any], teaching: Pace | None) -> Iterator[Cue]:
        reps, passed_s = _reps_of(dose, self._takes_turns), 0.0
        lessons = self._lessons(dose, teaching)
        for rep in range(1, reps + 1):
            at = {**counted, "rep": rep, "reps": reps}
            if self._takes_turns:
                at["turn"] = Side.LEFT if rep % 2 else Side.RIGHT
            parts, lesson = parts_of(self.drill, dose, rep), lessons.get(rep)
            shown = self._shown(parts, passed_s)
            for number, part in enumerate(parts):
                said = lesson.lines[number] if lesson else ()
                yield Cue(
                    kind=part.kind,
                    says=" ".join(self.words[line] for line in said) or part.says,
                    seconds=lesson.seconds[number] if lesson else part.seconds,
                    does=part.does,
                    pose=part.pose,
                    is_way_back=part.is_way_back,
                    shows=said or shown[number],
                    is_taught=lesson is not None and lesson.waits[number],
                    **at,
                )
                passed_s += part.seconds

    def _by_part(self, parts: list[Part]) -> list[tuple[int, ...]]:
        """Which steps belong to each part of a repetition, and to no other moment."""
        at = {line: part_of(when, parts) for line, when in zip(self.steps, self.drill.when, strict=False)}
        return [tuple(line for line, number in at.items() if number == n) for n in range(len(parts))]

    @cached_property
    def loose(self) -> tuple[int, ...]:
        """The steps that hold throughout."""
        return tuple(line for line, when in zip(self.steps, self.drill.when, strict=False) if not when)

    def _lessons(self, dose: Prescription, teaching: Pace | None) -> dict[int, _Lesson]:
        """The repetitions of the first set that teach, by number; what to feel comes after them.

        Each step is said in the part that it belongs to, and what holds throughout in a repetition of its
        own. Steps that are said in none of them are for the set-up.
        """
        if teaching is None:
            return {}
        parts, reps = parts_of(self.drill, dose, 1), _reps_of(dose, self._takes_turns)
        found = [
            *self._step_by_step(dose, teaching),
            *(_throughout(self._say_s(n), n, parts) for n in self.loose),
        ]
        found, rep_s = found[:reps], sum(part.seconds for part in parts)
        if found and not dose.phases and (reps - len(found)) * rep_s >= self._say_s(self.feel):
            nothing = ((),) * (len(parts) - 1)
            as_asked = tuple(part.seconds for part in parts)
            found.append(_Lesson(((self.feel,), *nothing), as_asked, (False,) * len(parts)))
        return dict(enumerate(found, 1))

    def _step_by_step(self, dose: Prescription, teaching: Pace) -> Iterator[_Lesson]:
        """The repetitions that teach each step where it belongs: all at once, or one each."""
        said: set[int] = set()
        for rep in range(1, 1 + (len(self.drill.in_turn) or 1)):
            parts = parts_of(self.drill, dose, rep)
            new = [tuple(line for line in lines if line not in said) for lines in self._by_part(parts)]
            said.update(line for lines in new for line in lines)
            if teaching is Pace.ONE_EACH and not (self.drill.in_turn or dose.phases):
                for number, lines in enumerate(new):
                    yield from (self._aloud(parts, {number: (line,)}) for line in lines)
            elif any(new) or self.drill.in_turn:
                yield self._aloud(parts, dict(enumerate(new)))

    def _aloud(self, parts: list[Part], said: dict[int, tuple[int, ...]]) -> _Lesson:
        """A repetition whose parts last as long as what is said in them."""
        lines = tuple(said.get(number, ()) for number in range(len(parts)))
        said_s = [sum(map(self._say_s, each)) for each in lines]
        seconds = tuple(max(part.seconds, long) for part, long in zip(parts, said_s, strict=True))
        return _Lesson(lines, seconds, tuple(map(bool, lines)))

    def _say_s(self, line: int) -> float:
        return speak_s(self.words[line])

    def _is_felt_in_work(self, dose: Prescription) -> bool:
        return any((self.feel,) in lesson.lines for lesson in self._lessons(dose, self.teaching).values())

    def _is_felt_in_rest(self, dose: Prescription) -> bool:
        rest_s = dose.rest_s - GET_READY_S if dose.sets > 1 else 0
        return not self._is_felt_in_work(dose) and rest_s > speak_s(f"Rest. {self.words[self.feel]}")

    def _shown(self, parts: list[Part], passed_s: float) -> list[tuple[int, ...]]:
        """Which lines stand beside each part of a repetition that nothing is taught in.

        Where there is time to read them, those that belong to it; else what holds throughout takes turns.
        """
        by_part = self._by_part(parts)
        if any(by_part) and all(
            part.seconds >= READ_S * max(1, len(lines)) for part, lines in zip(parts, by_part, strict=True)
        ):
            return [lines or (self.feel,) for lines in by_part]
        every = (*self.loose, self.feel)
        return [(every[int(passed_s // READ_S) % len(every)],)] * len(parts)


def _throughout(say_s: float, line: int, parts: list[Part]) -> _Lesson:
    """A repetition that goes evenly slower, so that a line is said by its end."""
    slower = max(1.0, say_s / sum(part.seconds for part in parts))
    nothing = ((),) * (len(parts) - 1)
    seconds = tuple(round(part.seconds * slower, 1) for part in parts)
    return _Lesson(((line,), *nothing), seconds, (*(False for _ in nothing), True))


def _reps_of(dose: Prescription, takes_turns: bool) -> int:
    return (dose.reps or 1) * (2 if takes_turns else 1)
