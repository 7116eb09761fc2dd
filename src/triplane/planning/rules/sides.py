"""Both sides get the same, unless one needs more."""

from collections.abc import Iterator

from triplane.body import Side
from triplane.planning.board import Board, Pair, worked_sides
from triplane.planning.leaning import MOST_APART, leading_side, open_sides
from triplane.planning.problem import Placement, Schedule
from triplane.planning.week_model import WeekModel

IDS = ("R16",)
WHY = "Both sides get the same, and only the side that needs more gets more."


def post(model: WeekModel) -> None:
    """Let the leading side lead by ``MOST_APART`` units or work alone; keep the others equal."""
    for drill, pairs in model.slots_of.items():
        if not pairs:
            continue
        leading = leading_side(model.board, drill)
        for group in model.groups:
            inside = [pair for pair in pairs if model.group(pair.slot) == group]
            more = leading or _side_alone(model, inside)
            if inside and more:
                _tie(model, drill, group, inside, more, leading is not None)


def _side_alone(model: WeekModel, pairs: list[Pair]) -> Side | None:
    """The side that works where the other may not; the model keeps one count for drills with none."""
    for pair in pairs:
        sides = open_sides(model.board, pair.drill, pair.slot)
        if len(sides) == 1:
            return sides[0]
    return Side.LEFT if (pairs and _has_two_counts(model, pairs[0])) else None


def _has_two_counts(model: WeekModel, pair: Pair) -> bool:
    group = model.group(pair.slot)
    counts = {model.counted.get((pair.drill, group, side)) for side in Side}
    return len(counts) == 2 and None not in counts


def _tie(model: WeekModel, drill: str, group: str, pairs: list[Pair], more: Side, leads: bool) -> None:
    """Post how far the side ``more`` may be ahead in a group of slots, and that the other never is."""
    ahead, behind = (model.counted.get((drill, group, side)) for side in (more, more.other))
    most = model.board.candidates[drill].max_units
    both = [pair for pair in pairs if all((pair, side) in model.worked for side in Side)]
    if leads:
        for pair in both:
            model.program.hold(
                [(1, model.worked[pair, more]), (-1, model.worked[pair, more.other])], at_least=0
            )
    if ahead is None or behind is None:
        return
    room = MOST_APART if leads else 0
    terms = [(1, ahead), (-1, behind)]
    lead_room = [(-most, model.worked[p, more]) for p in pairs if (p, more) in model.worked]
    lead_room += [(most - room, model.worked[p, more.other]) for p in both]
    model.program.hold(terms + lead_room, at_most=0)
    behind_alone = [p for p in pairs if open_sides(model.board, drill, p.slot) == (more.other,)]
    model.program.hold(terms + [(most, model.worked[p, more.other]) for p in behind_alone], at_least=0)


def broken(board: Board, schedule: Schedule) -> Iterator[tuple[Placement, ...]]:
    """Yield placements whose sides differ though neither needs more, or differ by too much."""
    for placement in schedule.placements:
        if not board.is_open(placement.slot):
            continue
        open_ = open_sides(board, placement.drill, placement.slot)
        if len(open_) == 2 and not _is_fair(board, placement):
            yield (placement,)


def _is_fair(board: Board, placement: Placement) -> bool:
    leading = leading_side(board, placement.drill)
    if leading is None:
        return placement.left_units == placement.right_units
    ahead = placement.units(leading) - placement.units(leading.other)
    return worked_sides(placement) == (leading,) or 0 <= ahead <= MOST_APART
