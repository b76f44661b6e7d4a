"""Candidates for the division of one connected graph: draws, exact repair, and the choice."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mcpp.model import BoolArray, FloatArray, IntArray
from mcpp.planner import Observer, report_progress
from planners.division.chokes import Proof, starts_proof
from planners.division.darp_iteration import assign_cells
from planners.division.exact_sizes import repair
from planners.division.graph import keep_main_parts, pins
from planners.division.growth import distinct_seeds, grow_regions
from planners.division.peel import peel
from planners.division.push import Workspace
from planners.division.smooth import smooth

if TYPE_CHECKING:
    from planners.division.params import DarpParams

_AUTO_DARP_CELLS = 200_000
"""UAVs times cells up to which `auto` tries DARP's iteration beside growth: some 0.1 s."""

_APART_ROUNDS = 8
"""Rounds of moving seeds of a common start to the middle of their regions."""

_PEELS = 8
"""Depth-first trees tried for each restart; they are cheap."""


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
    exact
        Shape (n,): the sizes by share, before rounding.
    uavs
        Shape (n,): whose they are, for notes.
    alone
        Whether the graph is the whole grid, so that no other component can take cells over.
    """

    cells: IntArray
    nb: IntArray
    starts: IntArray
    at_home: BoolArray
    targets: IntArray
    exact: FloatArray
    uavs: IntArray
    alone: bool

    @property
    def least(self) -> IntArray:
        """Shape (n,): the least sizes that are within one cell of the shares."""
        least = np.ceil(self.exact - 1.0 - 1e-9).astype(np.int32)
        return np.clip(least, 1, self.targets)

    def uneven(self, sizes: IntArray) -> bool:
        """Whether a size is more than one cell off its share, and off its target."""
        far = np.abs(sizes - self.exact) > 1.0 + 1e-9
        return bool((far & (sizes != self.targets)).any())


@dataclass(slots=True)
class Candidate:
    """One division of the cells, with what it took to find it."""

    labels: IntArray
    iterations: int
    targets: IntArray
    exact: bool = False
    border_before: int = 0
    border_after: int = 0

    def error(self) -> int:
        sizes = np.bincount(self.labels, minlength=len(self.targets))
        return int(np.abs(sizes - self.targets).sum())


class Search:
    """One run of `planners.division.connected.divide_connected`: what its steps have in common."""

    def __init__(
        self, part: Part, params: "DarpParams", rng: np.random.Generator, observer: Observer
    ) -> None:
        self.part, self.params, self.rng, self.observer = part, params, rng, observer
        self.seeds = distinct_seeds(part.nb, part.starts)
        self.held = part.at_home & (self.seeds == part.starts)
        self.pinned = pins(self.seeds[self.held], len(part.nb))
        self.work = Workspace(len(part.nb))

    def grown(self, seeds: IntArray, spread: FloatArray | None = None) -> Candidate:
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
        return Candidate(growth.labels, growth.iterations, part.targets)

    def assigned(self) -> Candidate:
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
        return Candidate(labels, found.iterations, part.targets)

    def mend(self, candidate: Candidate, pinned: BoolArray) -> Candidate:
        part = self.part
        for thorough in (False, True):
            candidate.exact = repair(
                candidate.labels,
                part.nb,
                candidate.targets,
                pinned,
                self.work,
                observer=self.observer,
                thorough=thorough,
            )
            if candidate.exact:
                break
        return candidate

    def first_draws(self) -> list[Candidate]:
        method = self.params.method
        candidates = []
        if method != "darp":
            candidates.append(self.mend(self.grown(self.seeds), self.pinned))
        small = len(self.part.nb) * len(self.seeds) <= _AUTO_DARP_CELLS
        if method == "darp" or (method == "auto" and small):
            candidates.append(self.mend(self.assigned(), self.pinned))
        if not self.held.all():
            candidates.append(self.mend(self.grown(self.apart()), self.pinned))
        return candidates

    def apart(self) -> IntArray:
        """Move the seeds that are no start of their own to the middle of their regions.

        From a common start regions would grow around one another.
        """
        part, seeds = self.part, self.seeds
        for _ in range(_APART_ROUNDS):
            growth = grow_regions(
                part.cells, part.nb, seeds, part.targets, iterations=2, observer=self.observer
            )
            seeds = seeds.copy()
            for i in np.flatnonzero(~self.held):
                inside = np.flatnonzero(growth.labels == i)
                cells = part.cells[inside]
                off = ((cells - cells.mean(axis=0)) ** 2).sum(axis=1)
                seeds[i] = inside[np.argmin(off.round(9))]
        return seeds

    def flexed(self, last: Candidate, pinned: BoolArray) -> Candidate:
        """Take sizes that came out within one cell of the shares as the targets, and mend again.

        A start in a pocket of three cells can not have a region of just two, say.
        """
        part = self.part
        sizes = np.bincount(last.labels, minlength=len(part.targets))
        taken = (sizes != last.targets) & (np.abs(sizes - part.exact) <= 1.0 + 1e-9) & part.alone
        targets = last.targets.copy()
        targets[taken] = sizes[taken]
        while (gap := len(part.nb) - int(targets.sum())) != 0:
            step = 1 if gap > 0 else -1
            off = np.abs(targets + step - part.exact) + np.where(taken | (targets + step < 1), 9, 0)
            i = int(np.argmin(off.round(9)))
            if off[i] > 1.0 + 1e-9:
                return last
            targets[i] += step
            taken[i] = True
        return self.mend(Candidate(last.labels.copy(), last.iterations, targets), pinned)

    def settle(self, candidate: Candidate, pinned: BoolArray) -> Candidate:
        """Mend, and bend the targets where that does not do."""
        self.mend(candidate, pinned)
        return candidate if candidate.exact else self.flexed(candidate, pinned)

    def restarted(self, candidates: list[Candidate]) -> None:
        """Draw again until sizes are exact: all starts held, then fewer and fewer."""
        for draw in self._further_draws(candidates.copy()):
            candidates.append(draw)
            if draw.exact:
                return

    def _further_draws(self, first: list[Candidate]) -> Iterator[Candidate]:
        part, n, turns = self.part, len(self.seeds), range(self.params.restarts)
        for found in first:
            yield self.flexed(found, self.pinned)
        if self.proof() is None:
            for turn in turns:
                spread = np.exp((0.2 + 0.1 * turn) * self.rng.standard_normal(n))
                yield self.settle(self.grown(self.seeds, spread), self.pinned)
        if self.params.hold_starts:
            return
        last = min(first, key=lambda found: found.error())
        stuck = np.zeros(n, np.bool_)
        for _ in turns:
            last = min(last, self.reseeded(last, stuck), key=lambda found: found.error())
            yield last
        free = np.zeros(len(part.nb), np.bool_)
        yield self.settle(Candidate(last.labels.copy(), last.iterations, part.targets), free)
        cells = part.cells.astype(np.float64)
        for _ in range(_PEELS * len(turns)):
            report_progress(self.observer, "divide", 0.9)
            labels = peel(part.nb, cells, part.starts, part.targets, self.rng)
            if labels is not None:
                yield Candidate(labels, 0, part.targets, exact=True)
        for _ in turns:
            seeds = self.rng.choice(len(free), n, replace=False).astype(np.int32)
            yield self.settle(self.grown(seeds), free)

    def reseeded(self, last: Candidate, stuck: BoolArray) -> Candidate:
        """Grow anew with those that lack cells seeded where others have too many.

        `stuck` takes in, in place, who has lost the hold of its start.
        """
        part, n = self.part, len(self.seeds)
        spare = np.bincount(last.labels, minlength=n) - part.targets
        stuck |= spare < 0
        seeds = self.seeds.copy()
        seeds[stuck] = -1
        open_ = np.flatnonzero((spare > 0)[last.labels] & ~np.isin(np.arange(len(part.nb)), seeds))
        for i in np.flatnonzero(stuck):
            away = ((part.cells[open_] - part.cells[self.seeds[i]]) ** 2).sum(axis=1)
            # any of the nearest cells will do, and another one next time
            nearest = open_[np.argsort(away, kind="stable")[: max(int(part.targets[i]), 1)]]
            seeds[i] = self.rng.choice(nearest) if len(nearest) else self.seeds[i]
            open_ = open_[open_ != seeds[i]]
        if len(np.unique(seeds)) < n:
            seeds = self.seeds
        pinned = pins(self.seeds[self.held & ~stuck], len(part.nb))
        return self.settle(self.grown(seeds), pinned)

    def proof(self) -> Proof | None:
        """Why the starts can not all be held, if a choke shows it."""
        held = np.flatnonzero(self.held)
        proof = starts_proof(self.part.nb, self.part.starts[held], self.part.least[held])
        return proof and Proof(cell=proof.cell, regions=tuple(held[list(proof.regions)].tolist()))

    def best(self, candidates: list[Candidate]) -> Candidate:
        part, n = self.part, len(self.seeds)
        least = min(found.error() for found in candidates)
        finalists = [found for found in candidates if found.error() == least]
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
        return min(finalists, key=self.cost)

    def cost(self, found: Candidate) -> tuple[int, float]:
        """Order of candidates: starts not held, then border steps and cells flown to regions."""
        part, n = self.part, len(self.seeds)
        astray = np.flatnonzero(part.at_home & (found.labels[part.starts] != np.arange(n)))
        way = sum(cells_away(part, found.labels, i) for i in astray.tolist())
        return len(astray), round(found.border_after + way, 6)


def cells_away(part: Part, labels: IntArray, i: int) -> float:
    """Distance from a start to the nearest cell of its region, in cells."""
    gap = part.cells[labels == i] - part.cells[part.starts[i]]
    return float(np.sqrt((gap.astype(np.float64) ** 2).sum(axis=1).min()))
