"""Which drills a sore or painful place speaks about, by its region, its kind and its side."""

from collections.abc import Set
from dataclasses import dataclass
from functools import cached_property

from triplane.body import Direction, Side
from triplane.catalogue import Drill, Muscle, Position, SidesWorked, Stage
from triplane.history import BodyRegion, Feeling, FeelingKind
from triplane.screening import is_joint_soreness

MUSCLES_AT: dict[BodyRegion, frozenset[Muscle]] = {
    BodyRegion.GROIN: frozenset({Muscle.ADDUCTORS, Muscle.ILIOPSOAS}),
    BodyRegion.FRONT_OF_HIP: frozenset(
        {Muscle.ILIOPSOAS, Muscle.RECTUS_FEMORIS, Muscle.TENSOR_FASCIAE_LATAE}
    ),
    BodyRegion.OUTER_HIP: frozenset(
        {Muscle.GLUTEUS_MEDIUS, Muscle.GLUTEUS_MINIMUS, Muscle.TENSOR_FASCIAE_LATAE}
    ),
    BodyRegion.BUTTOCK: frozenset({Muscle.GLUTEUS_MAXIMUS, Muscle.GLUTEUS_MEDIUS, Muscle.DEEP_ROTATORS}),
    BodyRegion.SIT_BONE: frozenset({Muscle.HAMSTRINGS, Muscle.GLUTEUS_MAXIMUS}),
    BodyRegion.INNER_THIGH: frozenset({Muscle.ADDUCTORS}),
    BodyRegion.FRONT_THIGH: frozenset({Muscle.QUADRICEPS, Muscle.RECTUS_FEMORIS}),
    BodyRegion.BACK_THIGH: frozenset({Muscle.HAMSTRINGS}),
    BodyRegion.LOW_BACK: frozenset({Muscle.QUADRATUS_LUMBORUM, Muscle.TRUNK}),
    BodyRegion.PUBIC_BONE: frozenset({Muscle.ADDUCTORS, Muscle.TRUNK}),
    BodyRegion.KNEE: frozenset({Muscle.QUADRICEPS, Muscle.HAMSTRINGS, Muscle.RECTUS_FEMORIS}),
    BodyRegion.CALF: frozenset({Muscle.CALF}),
    BodyRegion.ANKLE_FOOT: frozenset({Muscle.CALF, Muscle.FOOT}),
    BodyRegion.TRUNK: frozenset({Muscle.TRUNK, Muscle.OBLIQUES, Muscle.QUADRATUS_LUMBORUM}),
    BodyRegion.SHOULDER_ARM: frozenset({Muscle.SHOULDER_GIRDLE}),
}
"""Which muscle groups lie where (anatomy, kept as coarse as the muscle list)."""

DIRECTIONS_AT: dict[BodyRegion, frozenset[Direction]] = {
    BodyRegion.GROIN: frozenset({Direction.FLEXION, Direction.INTERNAL_ROTATION, Direction.ADDUCTION}),
    BodyRegion.FRONT_OF_HIP: frozenset({Direction.FLEXION, Direction.INTERNAL_ROTATION, Direction.EXTENSION}),
    BodyRegion.OUTER_HIP: frozenset({Direction.ADDUCTION, Direction.ABDUCTION, Direction.EXTERNAL_ROTATION}),
    BodyRegion.BUTTOCK: frozenset({Direction.FLEXION, Direction.EXTENSION, Direction.INTERNAL_ROTATION}),
    BodyRegion.SIT_BONE: frozenset({Direction.FLEXION, Direction.EXTENSION}),
    BodyRegion.INNER_THIGH: frozenset({Direction.ABDUCTION, Direction.ADDUCTION}),
    BodyRegion.PUBIC_BONE: frozenset({Direction.ABDUCTION, Direction.ADDUCTION}),
    BodyRegion.LOW_BACK: frozenset({Direction.EXTENSION, Direction.FLEXION}),
}
"""Directions a joint ache at a place is usually provoked by (coach's default)."""

HIP_REGIONS = frozenset(
    {
        BodyRegion.GROIN,
        BodyRegion.FRONT_OF_HIP,
        BodyRegion.OUTER_HIP,
        BodyRegion.BUTTOCK,
        BodyRegion.SIT_BONE,
        BodyRegion.INNER_THIGH,
        BodyRegion.PUBIC_BONE,
    }
)
"""Where an ache of the joint kind is taken as the hip's."""

STRONG = 5
"""A score of 10 from which an ache of the hip rests the whole hip, and any soreness holds back what was
not even done: E52 halves from here, E50 stops above it (coach's default)."""

_KNEELING = {Position.HALF_KNEELING, Position.QUADRUPED, Position.PIGEON}


@dataclass(frozen=True)
class DrillOnSide:
    """A drill with its working side: the muscles, sides, and directions by leg that it touches."""

    drill: Drill
    working: Side

    @cached_property
    def legs(self) -> frozenset[tuple[Direction, Side]]:
        """Directions and legs that the drill is for; all it touches where it is for none."""
        touched = [e for e in self.drill.exposure if e.primary] or self.drill.exposure
        return frozenset((e.direction, e.leg.on(self.working)) for e in touched)

    @cached_property
    def sides(self) -> frozenset[Side]:
        if self.drill.dose.sides is not SidesWorked.EACH:
            return frozenset(Side)
        return frozenset({self.working, *(side for _, side in self.legs)})

    @cached_property
    def muscles(self) -> frozenset[Muscle]:
        return frozenset((*self.drill.muscles, *self.drill.stretched))


def place_of(feeling: Feeling) -> str:
    """Return where something is felt, as a runner says it: 'left groin'."""
    place = str(feeling.region).replace("_", " ")
    return f"{feeling.side} {place}" if feeling.side else place


def touches(sided: DrillOnSide, feeling: Feeling) -> bool:
    """Say whether a drill strains a sore place at all, whenever it was done."""
    if is_joint_soreness(feeling):
        return provokes(sided, feeling, frozenset(), was_done=True)
    return strains(sided, feeling)


def is_harmless_cramp(drill: Drill, kind: FeelingKind) -> bool:
    """Say whether this is the cramp that a hard isometric hold may bring, which is not pain (R10, E55)."""
    return kind is FeelingKind.CRAMP and drill.stage is Stage.OWN


def strains(sided: DrillOnSide, feeling: Feeling) -> bool:
    """Say whether a drill works or stretches the muscles at the place, on the side that is sore."""
    return _on_side(sided, feeling) and not MUSCLES_AT[feeling.region].isdisjoint(sided.muscles)


def provokes(
    sided: DrillOnSide, feeling: Feeling, trained: Set[tuple[Direction, Side]], *, was_done: bool
) -> bool:
    """Say whether a drill of stages 2 to 5 loads the joint that aches.

    A drill that was done in the days before is always taken to, on a side it works. ``trained`` are the
    directions and legs of stages 2 to 5 in the two days before: any of them may have brought on an ache
    in the hip, so they are held back with those of the place. A strong ache in the hip speaks of all.
    """
    if sided.drill.stage is Stage.RELEASE:
        return False
    is_here = _on_side(sided, feeling)
    if is_here and feeling.region in HIP_REGIONS and feeling.score >= STRONG:
        return True
    if is_here and was_done:
        return feeling.region in HIP_REGIONS or _is_near(sided, feeling)
    wanted = DIRECTIONS_AT.get(feeling.region, frozenset())
    in_the_hip = feeling.region in HIP_REGIONS
    loads = any(
        (direction in wanted or (in_the_hip and (direction, side) in trained))
        and feeling.side in (None, side)
        for direction, side in sided.legs
    )
    return loads or (is_here and not in_the_hip and _is_near(sided, feeling))


def _is_near(sided: DrillOnSide, feeling: Feeling) -> bool:
    """Say whether a place outside the hip is worked or leaned on."""
    kneels = feeling.region is BodyRegion.KNEE and sided.drill.position in _KNEELING
    return kneels or strains(sided, feeling)


def _on_side(sided: DrillOnSide, feeling: Feeling) -> bool:
    return feeling.side is None or feeling.side in sided.sides
