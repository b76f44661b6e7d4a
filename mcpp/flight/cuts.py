"""Where to cut a tour that one battery can not fly: where the ways home are short.

The greedy cut (`mcpp.flight.sorties.cut_route`) needs the fewest flights from where the tour is
entered, but lands wherever the battery ends. Here all cuts, and where the tour begins, are chosen
together (`mcpp.flight.best_cuts`) by an estimate that the real flights then have to bear out.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise, product

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.flight.best_cuts import Cuts, best_cuts
from mcpp.flight.legs import Airway
from mcpp.flight.other_ways import Limits, flown_in_one
from mcpp.flight.sorties import CountItems
from mcpp.model import BoolArray, FloatArray, Sortie, Vehicle
from mcpp.problem.batteries import Batteries

FEW_BEGINS = 24
"""Where a closed tour may be entered, to foretell its flights."""
_MARGINS = (1.0, 0.99, 0.98, 0.965, 0.95, 0.92)
"""Parts of the battery that the estimate is let use, one after the other."""


def well_cut(
    airway: Airway,
    xy_m: FloatArray,
    survey: BoolArray,
    greedy: tuple[Sortie, ...],
    *,
    max_items: int,
    count_items: CountItems | None = None,
) -> tuple[Sortie, ...]:
    """Cut a route that takes several flights so that all have landed earliest.

    A closed route may begin at any of its points, an open one at either end.

    Parameters
    ----------
    greedy
        Its flights as `cut_route` gives them: kept where nothing better is found.
    """
    if len(greedy) < 2:
        return greedy
    closed = bool(np.array_equal(xy_m[0], xy_m[-1]))
    best = greedy
    ways = [(xy_m, survey)] if closed else [(xy_m, survey), (xy_m[::-1], survey[::-1])]
    for (xy, mask), turn_s in product(ways, _turns_s(airway.vehicle)):
        for margin in _MARGINS:
            try:
                cuts = best_cuts(airway, xy, mask, margin=margin, turn_s=turn_s)
            except InfeasibleError:
                break
            found = None if cuts is None else _built(airway, cuts, max_items, count_items)
            if found is not None:
                best = min(best, found, key=lambda sorties: _landed_s(airway, sorties))
                break
    return best


def _turns_s(vehicle: Vehicle) -> tuple[float, ...]:
    """Give times on the ground between two flights to reckon with: a swap, and charging.

    With charging it is what each flight waits in the long run; few flights wait for none.
    """
    if vehicle.batteries is None:
        return (vehicle.swap_s,)
    cycle_s = (vehicle.endurance_s + vehicle.charge_s) / vehicle.batteries
    return (vehicle.swap_s, max(vehicle.swap_s, cycle_s - vehicle.endurance_s))


def _lands_s(vehicle: Vehicle, took_s: Iterable[float]) -> float:
    """Tell when a UAV alone has landed for good, by the times of its flights."""
    batteries, at_s = Batteries([vehicle]), 0.0
    for flight_s in took_s:
        at_s = batteries.ready_s(0, at_s) + flight_s if at_s else flight_s
        batteries.flown(0, at_s)
    return at_s


def _best_order(vehicle: Vehicle, took_s: Sequence[float]) -> list[int]:
    """Choose which flight is the first, and whether the tour's order or its reverse is kept.

    Where batteries are waited for, short flights at first have them charged earlier.
    """
    count = len(took_s)
    if vehicle.batteries is None or count <= vehicle.batteries:
        return list(range(count))
    orders = [
        [(i + k * step) % count for k in range(count)] for step in (1, -1) for i in range(count)
    ]
    return min(orders, key=lambda order: round(_lands_s(vehicle, (took_s[i] for i in order)), 3))


def _landed_s(airway: Airway, sorties: tuple[Sortie, ...]) -> float:
    took_s = (float(sortie.time_s[-1] - sortie.time_s[0]) for sortie in sorties)
    return round(_lands_s(airway.vehicle, took_s), 3)


def foretold_s(airway: Airway, xy_m: FloatArray, survey: BoolArray) -> float:
    """Foretell when a UAV alone has landed for good after a route, well cut.

    No flight is made for that. Infinite where a part of the route is too far away for one battery.
    """
    closed = bool(np.array_equal(xy_m[0], xy_m[-1]))
    ways = [(xy_m, survey)] if closed else [(xy_m, survey), (xy_m[::-1], survey[::-1])]
    least_s = np.inf
    for (xy, mask), turn_s in product(ways, _turns_s(airway.vehicle)):
        try:
            cuts = best_cuts(airway, xy, mask, margin=1.0, turn_s=turn_s, most_begins=FEW_BEGINS)
        except InfeasibleError:
            continue
        if cuts is not None:
            flights_s = [took_s for took_s in cuts.took_s if took_s > 0]
            order = _best_order(airway.vehicle, flights_s)
            least_s = min(least_s, _lands_s(airway.vehicle, (flights_s[i] for i in order)))
    return least_s


def _built(
    airway: Airway,
    cuts: Cuts,
    max_items: int,
    count_items: CountItems | None,
) -> tuple[Sortie, ...] | None:
    """Make the flights; None where one does not bear the estimate out."""
    flights: list[Sortie] = []
    for first, last in pairwise(cuts.at):
        xy, mask = without_straights(cuts.xy_m[first : last + 1], cuts.survey[first:last])
        if not mask.any():
            continue
        alone = flown_in_one(airway, xy, mask, Limits(max_items, count_items))
        if not alone:
            return None
        flights.append(alone[0])
    order = _best_order(airway.vehicle, [float(flight.time_s[-1]) for flight in flights])
    sorties: list[Sortie] = []
    for number, i in enumerate(order, start=1):
        begin_s = float(sorties[-1].time_s[-1]) + airway.vehicle.swap_s if sorties else 0.0
        sorties.append(replace(flights[i], number=number, time_s=flights[i].time_s + begin_s))
    return tuple(sorties)


def without_straights(xy_m: FloatArray, survey: BoolArray) -> tuple[FloatArray, BoolArray]:
    """Leave out points in the middle of a straight of one kind, which the cuts needed."""
    before, after = xy_m[1:-1] - xy_m[:-2], xy_m[2:] - xy_m[1:-1]
    size = np.linalg.norm(before, axis=1) * np.linalg.norm(after, axis=1)
    if xy_m.shape[1] == 2:
        cross = np.abs(before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0])
    else:
        cross = np.linalg.norm(np.cross(before, after), axis=1)
    straight = (cross <= 1e-9 * size) & ((before * after).sum(axis=1) > 0)
    keep = np.ones(len(xy_m), dtype=np.bool_)
    keep[1:-1] = ~(straight & (survey[:-1] == survey[1:]))
    return xy_m[keep], survey[keep[:-1]]
