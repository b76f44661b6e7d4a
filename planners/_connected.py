"""Division of one connected graph: candidates, exact repair, restarts, and the choice."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import BoolArray, FloatArray, IntArray
from mcpp.planner import Observer, report_progress
from planners._evaluate import assign_cells
from planners._graph import keep_main_parts, pins
from planners._smooth import smooth
from planners.partition import distinct_seeds, grow_regions
from planners.repair import Workspace, repair

if TYPE_CHECKING:
    from planners.darp import DarpParams

_AUTO_DARP_CELLS = 200_000
"""UAVs times cells up to which `auto` tries DARP's iteration beside growth: some 0.1 s."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Part:
    """One connected graph and who shares it.

    Attributes
    ----------
    cells, nb
        Shape (k, 2) and (k, 4), counted from 0 within the graph.
    starts, at_home
        Shape (n,): nearest cell to each start, and whether that is the UAV's start cell itself.
    targets
        Shape (n,): wanted sizes, summing to k.
    uavs
        Shape (n,): whose they are, for notes.
    """

    cells: IntArray
    nb: IntArray
    starts: IntArray
    at_home: BoolArray
    targets: IntArray
    uavs: IntArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Result:
    """Labels 0 .. n - 1 of the cells of a `Part`, and how they came about."""

    labels: IntArray
    iterations: int
    border_before: int
    border_after: int
    notes: tuple[str, ...] = ()


@dataclass(slots=True)
class _Candidate:
    labels: IntArray
    iterations: int
    exact: bool
    border_before: int = 0
    border_after: int = 0

    def error(self, targets: IntArray) -> int:
        return int(np.abs(np.bincount(self.labels, minlength=len(targets)) - targets).sum())


class _Search:
    """One run of `divide_connected`: what its steps have in common."""

    def __init__(
        self, part: Part, params: "DarpParams", rng: np.random.Generator, observer: Observer
    ) -> None:
        self.part, self.params, self.rng, self.observer = part, params, rng, observer
        self.seeds = distinct_seeds(part.nb, part.starts)
        self.held = part.at_home & (self.seeds == part.starts)
        self.pinned = pins(self.seeds[self.held], len(part.nb))
        self.work = Workspace(len(part.nb))

    def grown(self, seeds: IntArray, spread: FloatArray | None = None) -> _Candidate:
        part = self.part
        growth = grow_regions(
            part.cells,
            part.nb,
            seeds,
            part.targets,
            iterations=self.params.growth_iterations,
            observer=self.observer,
            spread=spread,
        )
        return _Candidate(growth.labels, growth.iterations, exact=False)

    def assigned(self) -> _Candidate:
        part, params = self.part, self.params
        found = assign_cells(
            part.cells,
            part.nb,
            self.seeds,
            part.targets,
            iterations=params.max_iterations,
            random_level=params.random_level,
            connectivity_variation=params.connectivity_variation,
            geodesic=params.distance == "geodesic",
            rng=self.rng,
            observer=self.observer,
        )
        labels, _ = keep_main_parts(found.labels, part.nb, self.seeds)
        return _Candidate(labels, found.iterations, exact=False)

    def mend(self, candidate: _Candidate, pinned: BoolArray) -> _Candidate:
        part = self.part
        for thorough in (False, True):
            candidate.exact = repair(
                candidate.labels,
                part.nb,
                part.targets,
                pinned,
                self.work,
                observer=self.observer,
                thorough=thorough,
            )
            if candidate.exact:
                break
        return candidate

    def first_draws(self) -> list[_Candidate]:
        method = self.params.method
        candidates = []
        if method != "darp":
            candidates.append(self.mend(self.grown(self.seeds), self.pinned))
        small = len(self.part.nb) * len(self.seeds) <= _AUTO_DARP_CELLS
        if method == "darp" or (method == "auto" and small):
            candidates.append(self.mend(self.assigned(), self.pinned))
        return candidates

    def restarted(self, candidates: list[_Candidate]) -> None:
        """Draw again, with the starts held, then free, until sizes are exact."""
        n, free = len(self.seeds), np.zeros(len(self.part.nb), np.bool_)
        for turn in range(self.params.restarts):
            spread = np.exp((0.2 + 0.1 * turn) * self.rng.standard_normal(n))
            candidates.append(self.mend(self.grown(self.seeds, spread), self.pinned))
            if candidates[-1].exact:
                return
        if self.params.hold_starts:
            return
        nearest = min(candidates, key=lambda found: found.error(self.part.targets))
        loose = _Candidate(nearest.labels.copy(), nearest.iterations, exact=False)
        candidates.append(self.mend(loose, free))
        for _ in range(self.params.restarts):
            if candidates[-1].exact:
                return
            seeds = self.rng.choice(len(free), n, replace=False).astype(np.int32)
            candidates.append(self.mend(self.grown(seeds), free))

    def best(self, candidates: list[_Candidate]) -> _Candidate:
        part, n = self.part, len(self.seeds)
        least = min(found.error(part.targets) for found in candidates)
        finalists = [found for found in candidates if found.error(part.targets) == least]
        for found in finalists:
            kept = self.held & (found.labels[self.seeds] == np.arange(n))
            held = pins(self.seeds[kept], len(part.nb))
            found.border_before, found.border_after = smooth(
                found.labels,
                part.nb,
                n,
                held,
                rounds=self.params.smooth_rounds,
                observer=self.observer,
            )
        return min(finalists, key=lambda found: found.border_after)


def divide_connected(
    part: Part,
    params: "DarpParams",
    *,
    rng: np.random.Generator,
    observer: Observer,
    warm: IntArray | None = None,
) -> Result:
    """Divide a connected graph into connected regions of the wanted sizes.

    Raises
    ------
    InfeasibleError
        ``params.hold_starts`` and the starts can not all be held.
    Cancelled
        When the observer asks to stop.
    """
    n, k = len(part.targets), len(part.nb)
    if n == 1:
        return Result(labels=np.zeros(k, np.int32), iterations=0, border_before=0, border_after=0)
    search = _Search(part, params, rng, observer)
    candidates = []
    if warm is not None:
        candidates.append(search.mend(_warmed(part, search, warm), search.pinned))
    if not any(found.exact for found in candidates):
        candidates += search.first_draws()
    if not any(found.exact for found in candidates):
        search.restarted(candidates)
    found = search.best(candidates)
    report_progress(observer, "divide", 1.0)
    return Result(
        labels=found.labels,
        iterations=found.iterations,
        border_before=found.border_before,
        border_after=found.border_after,
        notes=_notes(part, params, found),
    )


def _warmed(part: Part, search: _Search, warm: IntArray) -> _Candidate:
    """Make an earlier division connected around the starts that it holds."""
    n = len(part.targets)
    seeds = search.seeds.copy()
    for i in range(n):
        if warm[seeds[i]] != i:
            seeds[i] = np.flatnonzero(warm == i)[0]
    labels, _ = keep_main_parts(warm, part.nb, seeds)
    return _Candidate(labels, 0, exact=False)


def _notes(part: Part, params: "DarpParams", found: _Candidate) -> tuple[str, ...]:
    notes = []
    sizes = np.bincount(found.labels, minlength=len(part.targets))
    for i in np.flatnonzero(sizes != part.targets):
        notes.append(
            f"UAV {part.uavs[i]}: its region has {sizes[i]} cells, {part.targets[i]} were wanted"
        )
    astray = np.flatnonzero(part.at_home & (found.labels[part.starts] != np.arange(len(sizes))))
    if len(astray) and params.hold_starts:
        names = ", ".join(str(part.uavs[i]) for i in astray)
        msg = f"the regions of UAVs {names} can not hold their starts: move the starts apart"
        raise InfeasibleError(msg, witness=[int(part.uavs[i]) for i in astray])
    for i in astray:
        cells = part.cells[found.labels == i].astype(np.float64)
        away = np.hypot(*(cells - part.cells[part.starts[i]]).T).min()
        notes.append(
            f"UAV {part.uavs[i]}: its region does not hold its start, it lies {away:.1f} cells away"
        )
    return tuple(notes)
