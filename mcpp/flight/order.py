"""In what order UAVs take off, and when: apart in the air and on the ground, batteries at hand.

One flight after another is given the earliest time at which it fits. Which goes first decides who
waits, so orders are tried: of UAVs that fly once many (`mcpp.flight.turns`), else the longest or
the shortest first.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from mcpp.flight.deconflict import Apart, Flight, OtherWay, Placed, Sky, launch_ground_m
from mcpp.flight.terrain import Terrain
from mcpp.flight.turns import Turns
from mcpp.model import Sortie, Vehicle
from mcpp.problem.batteries import Batteries

_Ended = Callable[[int], float]
"""When a UAV can take off again, or for the first time."""
_Order = Callable[[_Ended], Iterator[int]]


def stagger(
    sorties: tuple[Sortie, ...],
    vehicles: Sequence[Vehicle],
    *,
    apart: Apart,
    pad_clear_s: float = 0.0,
    chargers: int | None = None,
    terrain: Terrain | None = None,
    turned: Mapping[int, OtherWay] | None = None,
) -> tuple[Sortie, ...]:
    """Delay take-offs, in steps, until no two UAVs can come too near to each other.

    Of the orders that are tried (see `_orders`), that which lets the fleet finish earliest is kept.
    A delay always exists: after all others.

    Parameters
    ----------
    pad_clear_s
        Between take-offs and landings of different UAVs at one place; see `Problem`.
    chargers
        Of the fleet; None is enough.
    turned
        For some indices of `sorties`: the same flight the other way round, asked for only where
        the given one would have to wait, and taken where it ends earlier.

    Returns
    -------
    The sorties in their old order.
    """
    ground_m = launch_ground_m(sorties, terrain)
    sky = Sky(apart, vehicles, pad_clear_s)
    flights = [sky.flight(s, float(h)) for s, h in zip(sorties, ground_m, strict=True)]
    ways: dict[int, Flight | None] = {}

    def other_way(i: int) -> Flight | None:
        if turned is None or i not in turned:
            return None
        if i not in ways:
            sortie = turned[i]()
            ways[i] = None if sortie is None else sky.flight(sortie, float(ground_m[i]))
        return ways[i]

    def placed(order: _Order, *, as_given: bool) -> dict[int, Placed]:
        batteries, out = Batteries(vehicles, chargers), dict[int, Placed]()
        ended_s: dict[int, float] = {}
        first_s: dict[int, float] = {}

        def ready_s(uav: int) -> float:
            return batteries.ready_s(uav, ended_s[uav]) if uav in ended_s else 0.0

        for i in order(ready_s):
            flight, uav = flights[i], sorties[i].uav
            least_s, others, first = ready_s(uav), [*out.values()], first_s.get(uav)
            begin_s = sky.begin_s(flight, others, least_s, first)
            other = other_way(i) if begin_s > least_s and not as_given else None
            if other is not None:
                other_s = sky.begin_s(other, others, least_s, first)
                if other_s + other.took_s < begin_s + flight.took_s:
                    flight, begin_s = other, other_s
            out[i] = Placed(flight, begin_s, first_s.setdefault(uav, begin_s))
            ended_s[uav] = out[i].end_s
            batteries.flown(uav, ended_s[uav])
        return out

    least_s = max((flight.took_s for flight in flights), default=0.0)
    best: dict[int, Placed] = {}
    chosen: _Order | None = None
    for order in _orders(sorties, sky, flights):
        found = placed(order, as_given=True)
        if chosen is None or _finish_s(found) < _finish_s(best):
            best, chosen = found, order
        if _finish_s(best)[0] <= least_s + 1e-6:
            break  # nothing can end earlier
    if turned and chosen is not None:
        best = min(best, placed(chosen, as_given=False), key=_finish_s)
    return tuple(best[i].taken_off for i in range(len(sorties)))


def _finish_s(placed: Mapping[int, Placed]) -> tuple[float, float]:
    """Give when all have landed, and the sum over UAVs of when each has."""
    ends: dict[int, float] = {}
    for one in placed.values():
        uav = one.flight.sortie.uav
        ends[uav] = max(ends.get(uav, 0.0), one.end_s)
    return round(max(ends.values(), default=0.0), 6), round(sum(ends.values()), 6)


def _orders(sorties: Sequence[Sortie], sky: Sky, flights: Sequence[Flight]) -> list[_Order]:
    """List the orders to try.

    All first flights, then all second ones and so on, the longest or the shortest of a round first;
    or each UAV's next flight as soon as it is ready. Where all fly once, the best that is found.
    """
    longest = sorted(range(len(sorties)), key=lambda i: _longest_first(sorties[i]))
    fixed = [sorted(one, key=lambda i: sorties[i].number) for one in (longest, longest[::-1])]
    if len(sorties) > 1 and all(sortie.number == 1 for sortie in sorties):
        fixed = [Turns(sky, flights).best(fixed)]
    orders: list[_Order] = [partial(_fixed, order) for order in fixed]
    if sum(sortie.number == 2 for sortie in sorties) > 1:
        orders.append(partial(_as_ready, sorties))
    return orders


def _longest_first(sortie: Sortie) -> tuple[float, int]:
    return -round(float(sortie.time_s[-1] - sortie.time_s[0]), 3), sortie.uav


def _fixed(order: Sequence[int], _ready_s: _Ended) -> Iterator[int]:
    return iter(order)


def _as_ready(sorties: Sequence[Sortie], ready_s: _Ended) -> Iterator[int]:
    """Whoever is ready first; the longest flight of those that are at once."""
    left: dict[int, list[int]] = {}
    for i in sorted(range(len(sorties)), key=lambda i: -sorties[i].number):
        left.setdefault(sorties[i].uav, []).append(i)

    def entry(uav: int) -> tuple[float, float, int]:
        return (round(ready_s(uav), 3), *_longest_first(sorties[left[uav][-1]]))

    waiting = [entry(uav) for uav in left]
    heapq.heapify(waiting)
    while waiting:
        *_, uav = heapq.heappop(waiting)
        yield left[uav].pop()
        if left[uav]:
            heapq.heappush(waiting, entry(uav))
