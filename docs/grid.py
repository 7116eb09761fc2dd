"""Every drill and every lunge in all conditions, clean and with each fault: ``python docs/grid.py`` (hours).

Writes what came of it beside the paper, which ``make docs`` lays into its table. What is known of this very
code is kept until it is asked for ``--anew``, so that a run that was stopped goes on. To see everything in
part before anything in full: first ``--every 7``, then all.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from code_tried import code_of, code_of_lunge

from acting import CONDITIONS, Take, acted, cell, truly_held_s
from triplane.catalogue import learnt, load, load_one
from triplane.catalogue.lunges import DIRECTION_ORDER, REACH_ORDER, learnt_lunge
from triplane.history import LungeVector
from triplane.movement import LandmarkFrame, Learnt, SeenBy, Watch, What, analyse_form

FOUND = Path(__file__).parent / "form_tried.tsv"
HEADS = ("what", "fault", "sets", "right", "miscounted", "blamed", "worst_hold_s", "code", "examples")
RESTLESS = 2.0
"""How many times as restless the points of the second look are."""


@dataclass(frozen=True)
class Tried:
    """What came of one drill, clean or with one fault (its number), in all conditions.

    ``right`` sets were counted exactly and nothing was wrong in them, or had their fault found. ``code`` says
    of which code.
    """

    what: str
    fault: str
    sets: int
    right: int
    miscounted: int = 0
    blamed: int = 0
    worst_hold_s: float = 0.0
    code: str = ""
    examples: str = ""

    @property
    def line(self) -> str:
        values = (self.sets, self.right, self.miscounted, self.blamed, f"{self.worst_hold_s:.2f}", self.code)
        return "\t".join((self.what, self.fault, *map(str, values), self.examples))


def tried() -> dict[tuple[str, str], Tried]:
    """Return what is known by drill and fault."""
    if not FOUND.is_file():
        return {}
    rows = [line.split("\t") for line in FOUND.read_text(encoding="utf-8").splitlines()[1:]]
    return {
        (row[0], row[1]): Tried(row[0], row[1], *map(int, row[2:6]), float(row[6]), *row[7:]) for row in rows
    }


def clean(name: str, what: Learnt, takes: Sequence[Take]) -> Tried:
    """Try clean sets: counted exactly, live and as a recording, held as long, and nothing wrong in them."""
    miscounted = blamed = right = 0
    worst, examples = 0.0, []
    for take in takes:
        frames = acted(name, take)
        count, faults, held_s = live(what, take, frames)
        told = analyse_form(frames, what, take.side)
        is_off = count != take.repetitions or len(told.repetitions) != take.repetitions
        is_blamed = bool(faults or told.faults)
        if what.form.hold:
            times = take.repetitions + (not what.held_far)
            worst = max(worst, abs(held_s - truly_held_s(name, take)) / times)
        miscounted, blamed = miscounted + is_off, blamed + is_blamed
        right += not is_off and not is_blamed
        if is_off or is_blamed:
            examples.append(f"{take.seed}:{count}/{len(told.repetitions)}:{sorted(faults)}")
    return Tried(name, "", len(takes), right, miscounted, blamed, worst, examples=" ".join(examples[:6]))


def faulty(name: str, what: Learnt, number: int, rule: SeenBy, takes: Sequence[Take]) -> Tried:
    """Try sets that have one fault: it is found."""
    missed = [take.seed for take in takes if number not in live(what, take, acted(name, take, rule))[1]]
    examples = " ".join(map(str, missed[:6]))
    return Tried(name, str(number), len(takes), len(takes) - len(missed), examples=examples)


def live(what: Learnt, take: Take, frames: Sequence[LandmarkFrame]) -> tuple[int, frozenset[int], float]:
    """Watch a set; return how many were counted, the faults that were seen, and the seconds held."""
    watch, faults, held_s, count, going_s = Watch(what, take.side), set[int](), 0.0, 0, 0.0
    for frame in frames:
        seen = watch.see(frame)
        count, going_s = seen.repetitions, seen.held_s
        for one in seen.happened:
            held_s += one.seconds
            faults |= {one.fault} if one.what is What.FAULT and one.fault is not None else set()
            faults |= set(one.repetition.faults) if one.repetition else set()
    return count, frozenset(faults), held_s + going_s


@dataclass(frozen=True)
class Try:
    """One thing to be tried: a drill or a lunge, clean or with one fault (its number)."""

    drill_id: str = ""
    fault: int | None = None
    vector: LungeVector | None = None

    @property
    def what(self) -> str:
        """Its name in the table."""
        one = self.vector
        return f"lunge {one.direction} {one.reach} {one.range}" if one else self.drill_id

    @property
    def code(self) -> str:
        """The mark of the code as it is."""
        return code_of_lunge(self.vector) if self.vector else code_of(self.drill_id)

    def come_of(self, takes: Sequence[Take]) -> Tried:
        """Try it."""
        if self.vector:
            found = clean(cell(self.vector), learnt_lunge(self.vector), takes)
        elif self.fault is None:
            found = clean(self.drill_id, learnt(load_one(self.drill_id)), takes)
        else:
            drill = load_one(self.drill_id)
            found = faulty(self.drill_id, learnt(drill), self.fault, drill.seen_faults[self.fault], takes)
        return replace(found, what=self.what, code=self.code)


def every() -> Iterator[Try]:
    """Give everything that can be tried, every drill clean before any with a fault, lunges last."""
    seen = [drill for drill in load().values() if drill.form and not drill.form.unseen]
    yield from (Try(drill.id) for drill in seen)
    yield from (Try(drill.id, number) for drill in seen for number in sorted(drill.seen_faults))
    for direction, reach, step in product(DIRECTION_ORDER, REACH_ORDER, (0, 1, 2)):
        yield Try(vector=LungeVector(direction=direction, reach=reach, range=step))


def tried_today() -> dict[tuple[str, str], Tried]:
    """Return what is known of the code as it is."""
    today = {(one.what, _number(one)): one.code for one in every()}
    return {key: one for key, one in tried().items() if today.get(key) == one.code}


def how_many() -> str:
    """Say how much of what can be tried was tried of the code as it is."""
    known, asked = tried_today(), list(every())
    parts = [
        f"{sum((one.what, _number(one)) in known for one in some)} of {len(some)} {named}"
        for named, some in (
            ("drills clean", [one for one in asked if one.vector is None and one.fault is None]),
            ("faults", [one for one in asked if one.fault is not None]),
            ("lunges", [one for one in asked if one.vector is not None]),
        )
    ]
    sets = sum(one.sets for one in known.values())
    return f"Tried of the code as it is, in {sets} sets: {', '.join(parts)}. Nothing else is counted here."


def _number(one: Try) -> str:
    return "" if one.fault is None else str(one.fault)


def lines() -> Iterator[tuple[str, ...]]:
    """Give what came of it for the paper: drills one by one, lunges by their direction."""
    known = tried_today()
    for (name, fault), one in sorted(known.items()):
        if fault or name.startswith("lunge "):
            continue
        faults = [each for (what, number), each in sorted(known.items()) if what == name and number]
        drill = load()[name]
        found = "<br>".join(
            f"{drill.fault[int(each.fault)].happens} {each.right} of {each.sets}" for each in faults
        )
        held = f"{one.worst_hold_s:.1f} s" if one.worst_hold_s else ""
        yield f"`{name}`", f"{one.sets - one.miscounted} of {one.sets}", str(one.blamed), held, found
    lunges: dict[str, list[Tried]] = defaultdict(list)
    for (name, _), one in known.items():
        if name.startswith("lunge "):
            lunges[name.split()[1]].append(one)
    for direction, each in lunges.items():
        sets = sum(one.sets for one in each)
        exact = sets - sum(one.miscounted for one in each)
        blamed = sum(one.blamed for one in each)
        yield f"{len(each)} lunges, {direction}", f"{exact} of {sets}", str(blamed), "", ""


def main() -> None:
    """Try what is not known yet of the code as it is, and keep each as soon as it is known."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--anew", action="store_true", help="forget what is known")
    asked.add_argument(
        "--restless", action="store_true", help="points twice as restless; says it, keeps nothing"
    )
    asked.add_argument("--every", type=int, default=1, help="only every nth condition")
    asked.add_argument("--jobs", type=int, default=1, help="so many processes")
    wishes = asked.parse_args()
    takes = CONDITIONS[:: wishes.every]
    if wishes.restless:
        takes = [replace(take, jitter=take.jitter * RESTLESS) for take in takes]
    known = {} if wishes.anew else tried()
    open_now = [
        one
        for one in every()
        if wishes.restless or not _is_known(known.get((one.what, _number(one))), one, len(takes))
    ]
    with ProcessPoolExecutor(wishes.jobs) as processes:
        for done in as_completed([processes.submit(one.come_of, takes) for one in open_now]):
            found = done.result()
            print(found.line, flush=True)
            if not wishes.restless:
                known[found.what, found.fault] = found
                _keep(known)


def _is_known(found: Tried | None, one: Try, sets: int) -> bool:
    return found is not None and found.code == one.code and found.sets >= sets


def _keep(known: Mapping[tuple[str, str], Tried]) -> None:
    text = "\n".join(["\t".join(HEADS), *(known[key].line for key in sorted(known))])
    FOUND.write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
