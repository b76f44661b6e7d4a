"""Tours over regions, each made once and side by side; of those over a region the best is kept."""

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

import numpy as np
from shapely.geometry.base import BaseGeometry

from mcpp.errors import InfeasibleError
from mcpp.model import Problem
from mcpp.planner import Observer
from mcpp.processes import thread_count
from mcpp.stops import heedful
from planners.fleet.single import Covered, CoverParams, cover
from planners.sweep.bend import bent
from planners.sweep.effort import Begin
from planners.sweep.finish import Watch
from planners.sweep.layout import Ground, Layout

SLACK_PERCENT = 0.01
"""How far below the wanted coverage a tour counts as keeping it."""

_Tried = tuple[int, bytes, CoverParams, bytes]
_Place = tuple[int, bytes, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Wanted:
    """A region to be covered by a UAV; `like` is a tour over nearly the same ground, if any."""

    uav: int
    region: BaseGeometry
    like: Covered | None = None

    def place(self, params: CoverParams) -> _Place:
        """Name what tours over it are known by; the coverage of a draft is an estimate."""
        return self.uav, self.region.wkb, params.sweep.effort == "draft"

    def tried(self, params: CoverParams) -> _Tried:
        """Name what its tour depends on."""
        return self.uav, self.region.wkb, params, self.like.xy_m.tobytes() if self.like else b""

    def begin(self) -> Begin | None:
        """Begin with the tour that is given, bent to the ground; None is a search."""
        like = self.like
        if like is None:
            return None

        def begin(ground: Ground, watch: Watch) -> Layout | None:
            watch()
            return bent(ground, like.xy_m)

        return begin


class _Quiet:
    """Passes on the wish to stop, not the progress of each small tour."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer

    def on_progress(self, stage: str, fraction: float) -> None:
        return None

    def should_stop(self) -> bool:
        return self._observer.should_stop()


def quiet(observer: Observer) -> Observer:
    """Pass on an observer's wish to stop, and no progress."""
    return _Quiet(observer)


class KnownTours:
    """Covers regions for the UAVs of a problem, and knows what was covered before.

    What it answers depends on what was asked for before, never on how many cores there are.
    """

    def __init__(self, problem: Problem, rng: np.random.Generator, observer: Observer) -> None:
        self._problem, self._observer = problem, quiet(observer)
        self._seed = int(rng.integers(2**63))
        self._tried: set[_Tried] = set()
        self._best: dict[_Place, Covered | InfeasibleError] = {}

    def _made(self, one: Wanted, params: CoverParams) -> Covered | InfeasibleError:
        # a generator of its own, so that a tour does not depend on which were made before it
        rng = np.random.default_rng((self._seed, one.uav))
        straight = self._problem.vehicles[one.uav].keeps_spacing
        try:
            return cover(
                self._problem,
                one.uav,
                one.region,
                params,
                rng=rng,
                observer=self._observer,
                begin=None if straight else one.begin(),
            )
        except InfeasibleError as error:
            return error

    def _cost(self, found: Covered | InfeasibleError | None) -> tuple[float, float]:
        """Give what it lacks of the wanted coverage, in percent, and its time."""
        if not isinstance(found, Covered):
            return 101.0, 0.0
        lacks = self._problem.coverage_percent - SLACK_PERCENT - found.coverage_percent
        return max(0.0, lacks), found.time_s

    def make(self, wanted: Iterable[Wanted], params: CoverParams) -> None:
        """Cover what was not tried yet, side by side: the work hardly holds the interpreter."""
        new = {one.tried(params): one for one in wanted}
        new = {tried: one for tried, one in new.items() if tried not in self._tried}
        if not new:
            return
        self._tried.update(new)
        make = partial(self._made, params=params)
        if len(new) == 1:
            made = [make(*new.values())]
        else:
            with ThreadPoolExecutor(min(len(new), thread_count())) as pool:
                made = list(pool.map(heedful(make), new.values()))
        for one, found in zip(new.values(), made, strict=True):
            place = one.place(params)
            before = self._best.get(place)
            if before is None or self._cost(found) < self._cost(before):
                self._best[place] = found

    def make_unknown(self, wanted: Iterable[Wanted], params: CoverParams) -> None:
        """Cover what no tour is known over; by a search, where a bent tour covers too little."""
        new = [one for one in wanted if one.place(params) not in self._best]
        self.make(new, params)
        poor = [one for one in new if self._cost(self._best[one.place(params)])[0] > 0]
        self.make((replace(one, like=None) for one in poor), params)

    def best(self, wanted: Iterable[Wanted], params: CoverParams) -> tuple[Covered, ...]:
        """Give the best tour known over each region, in order; unknown ones are made.

        Raises
        ------
        InfeasibleError
            When a region leaves no room to fly.
        Cancelled
        """
        every = list(wanted)
        self.make_unknown(every, params)
        covered = []
        for one in every:
            found = self._best[one.place(params)]
            if isinstance(found, InfeasibleError):
                raise found
            covered.append(found)
        return tuple(covered)
