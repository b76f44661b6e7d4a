"""In what order UAVs take off, and when: apart in the air and on the ground, batteries at hand.

One flight after another is given the earliest time at which it fits. Which goes first decides who
waits, so two orders are tried where UAVs fly more than once.
"""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence

from mcpp.flight.deconflict import OtherWay, Sky, launch_ground_m
from mcpp.flight.terrain import Terrain
from mcpp.model import Sortie, Vehicle
from mcpp.problem.batteries import Batteries

_Ended = Callable[[int], float]
"""When a UAV can take off again, or for the first time."""


def stagger(
    sorties: tuple[Sortie, ...],
    vehicles: Sequence[Vehicle],
    *,
    separation_m: float,
    vertical_separation_m: float,
    pad_clear_s: float = 0.0,
    chargers: int | None = None,
    terrain: Terrain | None = None,
    turned: Mapping[int, OtherWay] | None = None,
) -> tuple[Sortie, ...]:
    """Delay take-offs, in steps, until no two UAVs come too near to each other.

    The longest of the first flights is placed first. Where UAVs fly more than once, the flights
    come round by round, or each UAV's next as soon as it is ready: what lets the fleet finish
    earlier. A delay always exists: after all others.

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

    def placed(order: Callable[[Sequence[Sortie], _Ended], Iterator[int]]) -> tuple[Sortie, ...]:
        ground_m = launch_ground_m(sorties, terrain)
        sky = Sky(ground_m, separation_m, vertical_separation_m, pad_clear_s)
        batteries, out = Batteries(vehicles, chargers), list(sorties)
        ended_s: dict[int, float] = {}

        def ready_s(uav: int) -> float:
            return batteries.ready_s(uav, ended_s[uav]) if uav in ended_s else 0.0

        for i in order(sorties, ready_s):
            uav = sorties[i].uav
            out[i] = sky.soonest(i, sorties[i], ready_s(uav), (turned or {}).get(i))
            ended_s[uav] = float(out[i].time_s[-1])
            batteries.flown(uav, ended_s[uav])
            sky.place(i, out[i])
        return tuple(out)

    found = placed(_by_rounds)
    if sum(sortie.number == 2 for sortie in sorties) > 1:
        found = min(found, placed(_as_ready), key=_finish_s)
    return found


def _finish_s(sorties: Sequence[Sortie]) -> tuple[float, float]:
    """Give when all have landed, and the sum over UAVs of when each has."""
    ends: dict[int, float] = {}
    for sortie in sorties:
        ends[sortie.uav] = max(ends.get(sortie.uav, 0.0), float(sortie.time_s[-1]))
    return round(max(ends.values(), default=0.0), 6), round(sum(ends.values()), 6)


def _longest_first(sortie: Sortie) -> tuple[float, int]:
    return -round(float(sortie.time_s[-1] - sortie.time_s[0]), 3), sortie.uav


def _by_rounds(sorties: Sequence[Sortie], _ready_s: _Ended) -> Iterator[int]:
    """All first flights, then all second ones, and so on; the longest of a round first."""
    yield from sorted(
        range(len(sorties)), key=lambda i: (sorties[i].number, *_longest_first(sorties[i]))
    )


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
