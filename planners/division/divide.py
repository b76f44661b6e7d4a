"""Divide the mega-cells among the UAVs: connected, disjoint regions of exactly the wanted sizes.

`divide` runs DARP's iteration (`darp_iteration`), weighted growth (`growth`), or both, mends what
comes out until every size is exact (`exact_sizes`), shortens the borders (`smooth`) and keeps the
best.
"""

from dataclasses import dataclass

import numpy as np

from mcpp.errors import InfeasibleError
from mcpp.model import CoverageGrid, FloatArray, IntArray
from mcpp.planner import NullObserver, Observer, report_progress
from planners.division.apportion import apportion, integer_targets
from planners.division.candidates import Part
from planners.division.connected import Result, divide_connected
from planners.division.graph import component_of_cells, neighbour_table
from planners.division.growth import nearest_cells, nearest_of
from planners.division.params import DarpParams

__all__ = ["Division", "divide", "nearest_cells"]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Division:
    """Which UAV surveys which cell.

    Attributes
    ----------
    labels
        Shape (k,): UAV of each cell.
    targets, sizes
        Shape (n,): cells that each UAV should have, and has.
    iterations
        Rounds of DARP or growth in the division that was kept.
    exact
        Whether all sizes are their targets.
    border_steps, border_steps_before
        Steps between cells of different regions, after and before the borders were shortened.
    notes
        What the user should know, a line each.
    """

    labels: IntArray
    targets: IntArray
    sizes: IntArray
    iterations: int
    exact: bool
    border_steps: int
    border_steps_before: int
    notes: tuple[str, ...] = ()


class _Forward:
    """Passes progress on, but never backwards and never beyond the stage."""

    def __init__(self, observer: Observer) -> None:
        self._observer, self._most = observer, 0.0
        self.low, self.high = 0.0, 1.0

    def on_progress(self, stage: str, fraction: float) -> None:
        self._most = max(self._most, self.low + (self.high - self.low) * fraction)
        self._observer.on_progress(stage, self._most)

    def should_stop(self) -> bool:
        return self._observer.should_stop()


def divide(
    grid: CoverageGrid,
    starts_cell: IntArray,
    shares: FloatArray,
    params: DarpParams,
    *,
    rng: np.random.Generator,
    observer: Observer | None = None,
    warm_start_labels: IntArray | None = None,
) -> Division:
    """Divide the grid's cells into one region for each UAV.

    Regions are disjoint, cover every cell, and have the sizes that the largest remainder gives
    (`integer_targets`), at least one cell each; other sizes within one cell of the shares where
    the starts can not be held otherwise. On a connected graph each region is connected and
    holds its start cell. Starts are soft: when several share a cell, or the graph leaves no room,
    a region lies as near as the search can bring it, and a note says so. Sizes that are missed
    without a proof that they must be are told in a note, and ``exact`` is False.

    Where the graph falls into components, UAVs get whole ones as far as the sizes allow it within
    ``params.tolerance_cells`` of each share (so targets may differ from the largest remainder by
    that); a UAV that must have a piece in each of several has one connected piece in each, and a
    note says so. See `planners.division.apportion.apportion`.

    Parameters
    ----------
    starts_cell
        Shape (n,): nearest cell to each start, as `nearest_cells` gives it; may coincide.
    shares
        Shape (n,): positive, summing to 1.
    rng
        The only source of chance: same input and state, same division.
    warm_start_labels
        Shape (k,): an earlier division, mended to the new shares where that succeeds; quick when
        they differ little.

    Raises
    ------
    InfeasibleError
        More UAVs than cells (witness: the UAVs beyond); sizes that no connected regions can have
        within one cell, as a choke proves, unless ``params.allow_uneven`` (witness: UAVs that do
        not fit beside it); ``params.hold_starts`` and starts that are not held (witness: those
        UAVs).
    Cancelled
        When the observer asks to stop.
    """
    k, n = len(grid.cells), len(shares)
    shares = np.asarray(shares, dtype=np.float64)
    starts = np.asarray(starts_cell, dtype=np.int32)
    if starts.shape != (n,) or n == 0:
        msg = f"{len(starts)} start cells do not fit {n} shares: one each is needed"
        raise ValueError(msg)
    if n > k:
        msg = f"{n} UAVs but only {k} cells to divide: use {k} UAVs or a smaller scan distance"
        raise InfeasibleError(msg, witness=range(k, n))
    forward = _Forward(observer or NullObserver())
    nb = neighbour_table(grid)
    targets = integer_targets(shares, k)
    notes = _rounding_notes(shares * k, targets)
    report_progress(forward, "divide", 0.0)
    component, count = component_of_cells(nb)
    if count == 1:
        given = targets[:, None].astype(np.int64)
    else:
        given = _spread(grid, component, count, starts, shares * k, targets, params, forward)
        targets = given.sum(axis=1).astype(np.int32)
        notes += _split_notes(given)
    labels = np.full(k, -1, np.int32)
    results = []
    for c in range(count):
        forward.low, forward.high = c / count, (c + 1) / count
        report_progress(forward, "divide", 0.0)
        members = np.flatnonzero(given[:, c]).astype(np.int32)
        inside = np.flatnonzero(component == c).astype(np.int32)
        sizes = given[members, c].astype(np.int32)
        wanted = shares * k if count == 1 else sizes.astype(np.float64)
        part = _part(grid, nb, inside, members, starts, sizes, wanted)
        warm = _local(warm_start_labels, inside, members)
        result = divide_connected(part, params, rng=rng, observer=forward, warm=warm)
        labels[inside] = members[result.labels]
        if count == 1:
            targets = result.targets
        results.append(result)
        notes += result.notes
    return _division(labels, targets, results, notes)


def _division(
    labels: IntArray, targets: IntArray, results: list[Result], notes: list[str]
) -> Division:
    sizes = np.bincount(labels, minlength=len(targets)).astype(np.int32)
    return Division(
        labels=labels,
        targets=targets,
        sizes=sizes,
        iterations=max(result.iterations for result in results),
        exact=bool(np.array_equal(sizes, targets)),
        border_steps=sum(result.border_after for result in results),
        border_steps_before=sum(result.border_before for result in results),
        notes=tuple(notes),
    )


def _rounding_notes(exact: FloatArray, targets: IntArray) -> list[str]:
    return [
        f"UAV {i}: its share is {exact[i]:.2f} cells, it gets {targets[i]}: no UAV is left out"
        for i in np.flatnonzero(np.abs(targets - exact) > 1.0 + 1e-9)
    ]


def _split_notes(given: np.ndarray[tuple[int, int], np.dtype[np.int64]]) -> list[str]:
    return [
        f"UAV {i}: its region lies in {(row > 0).sum()} separate parts of the area, "
        f"the largest of {row.max()} cells"
        for i, row in enumerate(given)
        if (row > 0).sum() > 1
    ]


def _spread(
    grid: CoverageGrid,
    component: IntArray,
    count: int,
    starts: IntArray,
    exact: FloatArray,
    targets: IntArray,
    params: DarpParams,
    observer: Observer,
) -> np.ndarray[tuple[int, int], np.dtype[np.int64]]:
    """Cells that each UAV has in each component."""
    cells = grid.cells.astype(np.float64)
    sizes = np.bincount(component, minlength=count).astype(np.int32)
    cost = np.empty((len(starts), count))
    for c in range(count):
        report_progress(observer, "divide", 0.0)
        inside = cells[component == c]
        nearest = nearest_of(inside, cells[starts])
        cost[:, c] = np.hypot(*(inside[nearest] - cells[starts]).T)
    return apportion(exact, targets, sizes, cost, params.tolerance_cells, observer)


def _part(
    grid: CoverageGrid,
    nb: IntArray,
    inside: IntArray,
    members: IntArray,
    starts: IntArray,
    sizes: IntArray,
    exact: FloatArray,
) -> Part:
    """Cut out the problem of one component, its cells counted from 0."""
    local = np.full(len(nb) + 1, -1, np.int32)  # the last entry serves the index -1
    local[inside] = np.arange(len(inside), dtype=np.int32)
    at = local[starts[members]]
    away = at < 0
    if away.any():
        cells = grid.cells.astype(np.float64)
        at[away] = nearest_of(cells[inside], cells[starts[members][away]])
    return Part(
        cells=np.ascontiguousarray(grid.cells[inside]),
        nb=np.ascontiguousarray(local[nb[inside]]),
        starts=at,
        at_home=~away,
        targets=sizes,
        exact=exact,
        uavs=members,
        alone=len(inside) == len(nb),
    )


def _local(labels: IntArray | None, inside: IntArray, members: IntArray) -> IntArray | None:
    """Cut an earlier division down to one component; None when its UAVs differ."""
    if labels is None:
        return None
    chosen = np.asarray(labels, dtype=np.int32)[inside]
    if not np.array_equal(np.unique(chosen), members):
        return None
    return np.searchsorted(members, chosen).astype(np.int32)
