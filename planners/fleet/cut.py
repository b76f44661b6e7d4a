"""Cut one closed tour into a piece for each UAV, all done at the same time."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CutProblem:
    """A tour as points at which it may be cut, and what each UAV needs.

    Attributes
    ----------
    along_m, stops
        Shape (2 m + 1,): length and number of stops from the first point, twice around.
    onto_s, off_s
        Shape (n, m): time from the launch point to each cut point, and from there to the landing.
    s_per_m, s_per_stop
        Shape (n,): what flying and stopping cost each UAV.
    """

    along_m: FloatArray
    stops: FloatArray
    onto_s: FloatArray
    off_s: FloatArray
    s_per_m: FloatArray
    s_per_stop: FloatArray


@kernel
def _farthest(
    limit: float,
    first: int,
    most: int,
    u: int,
    along: FloatArray,
    stops: FloatArray,
    onto: FloatArray,
    off: FloatArray,
    per_m: FloatArray,
    per_stop: FloatArray,
) -> int:
    """Find the last point that UAV `u` can reach from `first` and be home within the limit."""
    m = onto.shape[1]
    begin = onto[u, first % m]
    best = first
    for k in range(first + 1, most + 1):
        inside = stops[k - 1] - stops[first] if k > first + 1 else 0.0
        work = begin + (along[k] - along[first]) * per_m[u] + (inside + 1) * per_stop[u]
        if work > limit:
            break
        if work + off[u, k % m] <= limit:
            best = k
    return best


@kernel
def _fits(
    limit: float,
    offset: int,
    order: npt.NDArray[np.int64],
    along: FloatArray,
    stops: FloatArray,
    onto: FloatArray,
    off: FloatArray,
    per_m: FloatArray,
    per_stop: FloatArray,
    ends: npt.NDArray[np.int64],
) -> bool:
    m = onto.shape[1]
    at = offset
    for i in range(len(order)):
        at = _farthest(limit, at, offset + m, order[i], along, stops, onto, off, per_m, per_stop)
        ends[i] = at
    return bool(at == offset + m)


@kernel
def _best_cut(
    high: float,
    orders: npt.NDArray[np.int64],
    offsets: npt.NDArray[np.int64],
    along: FloatArray,
    stops: FloatArray,
    onto: FloatArray,
    off: FloatArray,
    per_m: FloatArray,
    per_stop: FloatArray,
) -> tuple[float, int, int]:
    """Bisect on the time that suffices, over all orders and offsets; the first best wins."""
    ends = np.empty(orders.shape[1], np.int64)
    best, best_order, best_offset = high, -1, -1
    for o in range(len(orders)):
        for offset in offsets:
            trial = best * (1 - 1e-4) if best_order >= 0 else best
            if not _fits(trial, offset, orders[o], along, stops, onto, off, per_m, per_stop, ends):
                continue
            low, top = 0.0, trial
            while top - low > 1e-4 * top:
                middle = (low + top) / 2
                if _fits(middle, offset, orders[o], along, stops, onto, off, per_m, per_stop, ends):
                    top = middle
                else:
                    low = middle
            best, best_order, best_offset = top, o, offset
    return best, best_order, best_offset


def cut_tour(
    problem: CutProblem, orders: npt.NDArray[np.int64], offsets: npt.NDArray[np.int64]
) -> list[tuple[int, int, int]]:
    """Find the cut with the least finishing time.

    Parameters
    ----------
    orders
        Shape (k, n): orders of the UAVs along the tour to be tried.
    offsets
        Shape (j,): points at which the first piece may begin.

    Returns
    -------
    For each UAV, in the order found: its index, its first and its last point; points run on beyond
    m where the piece goes past the tour's beginning. A UAV that is not needed has both equal.
    """
    arrays = (
        problem.along_m,
        problem.stops,
        problem.onto_s,
        problem.off_s,
        problem.s_per_m,
        problem.s_per_stop,
    )
    m = problem.onto_s.shape[1]
    whole = problem.along_m[m] * problem.s_per_m + (problem.stops[m] + 1) * problem.s_per_stop
    enough = float((problem.onto_s.max(axis=1) + problem.off_s.max(axis=1) + whole).max())
    limit, order, offset = _best_cut(enough, orders, offsets, *arrays)
    ends = np.empty(orders.shape[1], np.int64)
    _fits(limit, offset, orders[order], *arrays, ends)
    begins = np.concatenate([[offset], ends[:-1]])
    return [(int(u), int(a), int(b)) for u, a, b in zip(orders[order], begins, ends, strict=True)]
