"""When UAVs take off that fly several times, and which way round: a short search of good orders.

How long a UAV may be late grows from its first take-off on, and batteries and chargers have their
own say: every order is judged by placing all flights as they will be flown. So few are: it begins
with good ones, and each next differs from the best so far in what makes a flight wait.
"""

import heapq
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from mcpp.flight.deconflict import Flight, Placed, Sky
from mcpp.flight.turns import Turn
from mcpp.model import Vehicle
from mcpp.problem.batteries import Batteries

PLACED = 2000
"""Flights that are placed in the search of one plan, and again with other ways, at most."""
MOST_ORDERS = 200
ALIKE_S = 1e-6

_Ended = Callable[[int], float]
"""When a UAV can take off again, or for the first time."""
_Next = Callable[[_Ended], Iterator[Turn]]
_Ends = tuple[float, float]
"""When all have landed, and the sum over UAVs of when each has."""


@dataclass(frozen=True, slots=True, eq=False)
class _Found:
    """An order, its flights by index, and how long each waits."""

    order: list[Turn]
    placed: dict[int, Placed]
    waits_s: dict[int, float]
    ends: _Ends

    def held_up(self) -> list[int]:
        """List flights that wait."""
        return [i for i, wait_s in self.waits_s.items() if wait_s > ALIKE_S]

    def late(self) -> list[int]:
        """List those of them whose UAV is the last to land."""
        last_s = max(one.end_s for one in self.placed.values())
        uavs = {p.flight.sortie.uav for p in self.placed.values() if p.end_s >= last_s - 1.0}
        return [i for i in self.held_up() if self.placed[i].flight.sortie.uav in uavs]


class Rounds:
    """Flights of a fleet, each with the ways to fly it; those of one UAV in their order.

    Parameters
    ----------
    ways
        Of each flight, one at least; lists that grow are read anew.
    """

    def __init__(
        self,
        sky: Sky,
        ways: Sequence[Sequence[Flight]],
        vehicles: Sequence[Vehicle],
        chargers: int | None,
    ) -> None:
        self._sky, self._ways = sky, ways
        self._vehicles, self._chargers = vehicles, chargers
        self._uav = [own[0].sortie.uav for own in ways]

    def _near(self) -> list[list[int]]:
        """List, for each flight, those that it may meet."""
        flat = [(i, flight) for i, own in enumerate(self._ways) for flight in own]
        near: list[set[int]] = [set() for _ in self._ways]
        for a, b in self._sky.near_pairs([flight for _, flight in flat]):
            near[flat[a][0]].add(flat[b][0])
            near[flat[b][0]].add(flat[a][0])
        return [sorted(one) for one in near]

    def _placed(self, turns: _Next, near: Sequence[Sequence[int]], most_s: float) -> _Found | None:
        """Place flights one after another; None as soon as one lands after `most_s`."""
        batteries = Batteries(self._vehicles, self._chargers)
        order: list[Turn] = []
        out: dict[int, Placed] = {}
        waits_s: dict[int, float] = {}
        ended_s: dict[int, float] = {}
        first_s: dict[int, float] = {}

        def ready_s(uav: int) -> float:
            return batteries.ready_s(uav, ended_s[uav]) if uav in ended_s else 0.0

        for i, way in turns(ready_s):
            uav, flight = self._uav[i], self._ways[i][way]
            others = [out[k] for k in near[i] if k in out]
            least_s = ready_s(uav)
            begin_s = self._sky.begin_s(flight, others, least_s, first_s.get(uav))
            out[i] = Placed(flight, begin_s, first_s.setdefault(uav, begin_s))
            waits_s[i], ended_s[uav] = begin_s - least_s, out[i].end_s
            if ended_s[uav] > most_s:
                return None
            batteries.flown(uav, ended_s[uav])
            order.append((i, way))
        ends = round(max(ended_s.values()), 6), round(sum(ended_s.values()), 6)
        return _Found(order, out, waits_s, ends)

    def _begun(self) -> list[_Next]:
        """List the orders to begin with.

        All first flights, then all second ones and so on, the longest or the shortest of a round
        first; or each UAV's next flight as soon as it is ready.
        """
        every = range(len(self._ways))
        longest = sorted(every, key=self._longest_first)
        number = [own[0].sortie.number for own in self._ways]
        fixed = [sorted(one, key=lambda i: number[i]) for one in (longest, longest[::-1])]
        found: list[_Next] = [_given([(i, 0) for i in one]) for one in fixed]
        return [*found, self._as_ready]

    def _longest_first(self, i: int) -> tuple[float, int]:
        return -round(self._ways[i][0].took_s, 3), self._uav[i]

    def _as_ready(self, ready_s: _Ended) -> Iterator[Turn]:
        """Whoever is ready first; the longest flight of those that are at once."""
        left: dict[int, list[int]] = {}
        numbers = [own[0].sortie.number for own in self._ways]
        for i in sorted(range(len(numbers)), key=lambda i: -numbers[i]):
            left.setdefault(self._uav[i], []).append(i)

        def entry(uav: int) -> tuple[float, float, int]:
            return (round(ready_s(uav), 3), *self._longest_first(left[uav][-1]))

        waiting = [entry(uav) for uav in left]
        heapq.heapify(waiting)
        while waiting:
            *_, uav = heapq.heappop(waiting)
            yield left[uav].pop(), 0
            if left[uav]:
                heapq.heappush(waiting, entry(uav))

    def best(self, more: Callable[[set[int]], bool]) -> list[Placed]:
        """Search orders, and ways where flights have others; the best one's flights, by index.

        Parameters
        ----------
        more
            Makes further ways of some flights; tells whether there are any.
        """
        near = self._near()
        some = [self._placed(turns, near, np.inf) for turns in self._begun()]
        best = min((one for one in some if one), key=lambda one: one.ends)
        while True:
            best = self._improved(best, near)
            wanted = set(best.held_up())
            wanted |= {k for i in wanted for k in near[i]}
            if not wanted or not more(wanted):
                break
            near = self._near()
        return [best.placed[i] for i in range(len(near))]

    def _improved(self, best: _Found, near: Sequence[Sequence[int]]) -> _Found:
        """Try changes of an order one after another; each that is no worse is gone on from."""
        tries = min(MOST_ORDERS, PLACED // len(near))
        for draw in np.random.default_rng(len(near)).random((tries, 5)):
            if not best.held_up():
                break
            changed = self._changed(best, near, draw.tolist())
            found = self._placed(_given(changed), near, best.ends[0] + ALIKE_S)
            if found is not None and found.ends <= best.ends:
                best = found
        return best

    def _changed(
        self, found: _Found, near: Sequence[Sequence[int]], draw: Sequence[float]
    ) -> list[Turn]:
        """Let a flight that waits go elsewhere in an order, or it or one near it another way."""
        order, late, held_up = list(found.order), found.late(), found.held_up()
        some = late if late and draw[0] < 0.7 else held_up
        one = some[int(draw[1] * len(some))]
        places = {i: at for at, (i, _) in enumerate(order)}
        turnable = [i for i in (one, *near[one]) if len(self._ways[i]) > 1]
        if turnable and draw[2] < 0.6:
            i = turnable[int(draw[3] * len(turnable))]
            order[places[i]] = (i, (order[places[i]][1] + 1) % len(self._ways[i]))
            if draw[2] < 0.4:
                return order
        before = [places[i] for i in near[one] if places[i] < places[one]]
        to = before[int(draw[4] * len(before))] if before else int(draw[4] * len(order))
        order.insert(to, order.pop(places[one]))
        return self._in_number(order)

    def _in_number(self, order: Sequence[Turn]) -> list[Turn]:
        """Put the flights of each UAV into their order, in the places that they have together."""
        own: dict[int, list[Turn]] = {}
        for turn in sorted(order, key=lambda turn: -self._ways[turn[0]][0].sortie.number):
            own.setdefault(self._uav[turn[0]], []).append(turn)
        return [own[self._uav[i]].pop() for i, _ in order]


def _given(order: Sequence[Turn]) -> _Next:
    def turns(_ready_s: _Ended) -> Iterator[Turn]:
        return iter(order)

    return turns
