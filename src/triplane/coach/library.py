"""Looking things up in the catalogue: which drills there are, and all there is to say of one."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from enum import StrEnum
from functools import lru_cache

from triplane import catalogue, evidence
from triplane.body import Direction, Plane, Side
from triplane.catalogue import Dose, Drill, Stage
from triplane.coach.screening_talk import refuse_if_stopped
from triplane.errors import UnknownName
from triplane.evidence import Source, Status
from triplane.history import Context, Equipment, EquipmentListed, History
from triplane.value import Value


class Grounds(StrEnum):
    """What the best of a drill's claims leans on: a published study, an article of coaches, or ourselves."""

    STUDY = "study"
    ARTICLE = "article"
    OURS = "ours"

    @property
    def says(self) -> str:
        """How sure that makes us, as a sentence."""
        return _SURE[self]


_SURE = {
    Grounds.STUDY: "A published study speaks for part of it. None has tried this drill as it stands here.",
    Grounds.ARTICLE: "It comes from coaches who write from practice. No study that we read has tried it.",
    Grounds.OURS: "It is our own choice, on general grounds. No study that we read has tried it.",
}

OWN_WORDS = frozenset({"coach_default", "triplane_calc", "triplane_handbook"})
"""Sources that are ourselves."""


class DrillFilter(Value):
    """What to look for; everything given must hold.

    ``equipment`` is what is at hand, ``at_home`` takes what the runner listed for it; ``uses`` is a thing the
    drill is done with, needed or helpful; ``grounds`` is what its best claim leans on.
    """

    direction: Direction | None = None
    plane: Plane | None = None
    stage: Stage | None = None
    context: Context | None = None
    equipment: frozenset[Equipment] | None = None
    at_home: bool = False
    uses: Equipment | None = None
    grounds: Grounds | None = None
    words: str = ""


class DrillCard(Value):
    """A drill with what stands behind it: its sources in full, its easier and harder ways by name.

    Only ``drill_card`` hands one out; figures and films are drawn from it. ``notice`` stands above it.
    """

    drill: Drill
    planes: tuple[Plane, ...]
    sources: tuple[Source, ...]
    easier: tuple[str, ...]
    harder: tuple[str, ...]
    grounds: Grounds
    notice: str = ""


class DrillsFound(Value):
    """The drills that match, and what stands above them."""

    drills: tuple[Drill, ...]
    notice: str = ""


def drills(history: History, wanted: DrillFilter, now: datetime) -> DrillsFound:
    """Return the drills that match, by stage and then by name, to whoever may read drills.

    Raises
    ------
    Blocked
        As ``refuse_if_stopped``.
    """
    notice = refuse_if_stopped(history, now)
    listed = history.latest(EquipmentListed)
    if wanted.at_home and listed:
        wanted = wanted.model_copy(update={"equipment": listed.equipment})
    return DrillsFound(drills=matching(wanted), notice=notice)


def matching(wanted: DrillFilter) -> tuple[Drill, ...]:
    """Return the drills of the catalogue that match, by stage and then by name."""
    found = [drill for drill in catalogue.load().values() if _matches(drill, wanted)]
    return tuple(sorted(found, key=lambda drill: (drill.stage, drill.name)))


def drill_card(history: History, word: str, now: datetime) -> DrillCard:
    """Return one drill by its id, an old id or its name, to whoever may read drills.

    Raises
    ------
    Blocked
        As ``refuse_if_stopped``.
    UnknownName
        With the nearest ids that exist.
    """
    return drill_cards(history, (word,), now)[word]


def drill_cards(history: History, words: Iterable[str], now: datetime) -> Mapping[str, DrillCard]:
    """Return several drills by the words they were asked for; as ``drill_card``."""
    notice = refuse_if_stopped(history, now)
    return {word: _card(find_drill(word), notice) for word in words}


def _card(drill: Drill, notice: str) -> DrillCard:
    return DrillCard(
        drill=drill,
        planes=planes_of(drill),
        sources=tuple(evidence.source(key) for key in _keys(drill)),
        easier=tuple(_link_names(drill.easier)),
        harder=tuple(_link_names(drill.harder)),
        grounds=grounds_of(drill),
        notice=notice,
    )


def grounds_of(drill: Drill) -> Grounds:
    """Return what the best claim of a drill leans on."""
    leaned_on = [evidence.source(claim.key) for claim in drill.source if claim.key not in OWN_WORDS]
    if any(source.year and source.status is Status.FOUND for source in leaned_on):
        return Grounds.STUDY
    return Grounds.ARTICLE if leaned_on else Grounds.OURS


def name_of(drill_id: str) -> str:
    """Return a drill's name; of one that this release no longer has, the id it was logged under."""
    drill = catalogue.find(drill_id)
    return drill.name if drill else drill_id.replace("_", " ")


def takes_turns(drill: Drill) -> bool:
    """Say whether the sides of a drill take turns, repetition by repetition."""
    return drill.dose.sides is catalogue.SidesWorked.ALTERNATING


def drill_thumb(card: DrillCard, side: Side, *, square: bool = True) -> str:
    """Draw a drill's last key pose alone, as a small SVG text."""
    return _thumb(card.drill.id, side, square)


@lru_cache(maxsize=256)
def _thumb(name: str, side: Side, square: bool) -> str:
    from triplane import body

    drill = catalogue.load_one(name)
    return body.draw_small(drill.pose[-1], side, drill.name, square=square)


def drill_figure(card: DrillCard, side: Side, say: Callable[[str], str] = str) -> str:
    """Draw a drill's key poses, side and front view, as an SVG text; ``say`` puts captions into a language.

    Captions are broken into lines that fit, which has to be done in the language they are read in.
    """
    from triplane import body

    return _figure(card.drill.id, side, tuple(map(say, body.caption_words(card.drill.pose))))


@lru_cache(maxsize=256)
def _figure(drill_id: str, side: Side, captions: tuple[str, ...]) -> str:
    from triplane import body

    drill = catalogue.load_one(drill_id)
    return body.draw_drill(drill.pose, working=side, title=drill.name, captions=captions)


def dose_range_in_words(drill: Drill) -> str:
    """Say a drill's usual dose with its ranges: '2 to 3 sets of 6 to 8, 5 to 10 seconds each'."""
    dose = drill.dose
    parts = [_sets(dose)]
    if dose.hold_s[1] and not dose.phases:
        parts.append(f"held {_span(dose.hold_s)} s")
    elif any(dose.tempo_s) and not dose.phases:
        parts.append(f"tempo {'-'.join(f'{s:g}' for s in dose.tempo_s)} s")
    if dose.rest_s[1]:
        parts.append(f"rest {_span(dose.rest_s)} s")
    words = ", ".join(parts)
    if dose.source == "coach_default":
        words = f"{words} (coach's default)"
    phases = " ".join(f"{_span(phase.s)} s: {phase.do}" for phase in dose.phases)
    return f"{words}. {phases}" if phases else words


def _sets(dose: Dose) -> str:
    if dose.sets == (1, 1):
        return "1 set" if dose.reps == (1, 1) else f"1 set of {_span(dose.reps)}"
    sets = f"{_span(dose.sets)} sets"
    return sets if dose.reps == (1, 1) else f"{sets} of {_span(dose.reps)}"


def _span(interval: tuple[float, float]) -> str:
    low, high = interval
    return f"{low:g}" if low == high else f"{low:g} to {high:g}"


def planes_of(drill: Drill) -> tuple[Plane, ...]:
    """Return the planes a drill exposes a hip in, each once, primary ones first."""
    ordered = sorted(drill.exposure, key=lambda exposure: not exposure.primary)
    return tuple(dict.fromkeys(exposure.direction.plane for exposure in ordered))


def find_drill(word: str) -> Drill:
    """Return a drill by its id, an old id, its name or another name it goes by.

    Raises
    ------
    UnknownName
        With the nearest ids that exist.
    """
    wanted = word.strip().lower()
    for drill in catalogue.load().values():
        names = {drill.id, drill.name.lower(), *drill.was, *(alias.lower() for alias in drill.aliases)}
        if wanted in names or wanted.replace(" ", "_").replace("-", "_") == drill.id:
            return drill
    raise UnknownName("drill", word, list(catalogue.load()))


def _matches(drill: Drill, wanted: DrillFilter) -> bool:
    at_hand = wanted.equipment
    text = " ".join((drill.id, drill.name, *drill.aliases)).lower()
    return (
        (wanted.direction is None or any(e.direction is wanted.direction for e in drill.exposure))
        and (wanted.plane is None or wanted.plane in planes_of(drill))
        and (wanted.stage is None or drill.stage is wanted.stage)
        and (wanted.context is None or wanted.context in drill.contexts)
        and (at_hand is None or set(drill.needs) <= at_hand)
        and (at_hand is None or not drill.needs_one_of or bool(at_hand & set(drill.needs_one_of)))
        and (wanted.uses is None or wanted.uses in (*drill.needs, *drill.needs_one_of, *drill.helps))
        and (wanted.grounds is None or grounds_of(drill) is wanted.grounds)
        and all(word in text for word in wanted.words.lower().split())
    )


def _keys(drill: Drill) -> Iterable[str]:
    return dict.fromkeys([*(claim.key for claim in drill.source), drill.dose.source])


def _link_names(links: "tuple[catalogue.Link, ...]") -> Iterable[str]:
    for link in links:
        name = catalogue.load_one(link.drill).name if link.drill else ""
        yield f"{name}: {link.say}" if name and link.say else name or link.say
