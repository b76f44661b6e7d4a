"""The DARP iteration of Kapoutsis et al. 2017 on the graph: evaluation maps and their correction.

Symbols of the paper: E_i evaluation map of UAV i, A the assignment, k_i and f_i the cells that UAV
i has and should have, m_i its fair-share multiplier, C_i its connectivity multiplier, R_i the part
of its cells that is connected with its start, Q_i the other parts.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray, IntArray
from mcpp.planner import Observer, report_progress
from planners.division.graph import flood

FAIRNESS_STEP = 0.2
"""Step of the fair-share correction."""

PATIENCE = 12
"""Rounds without a better assignment after which the iteration is given up."""

Map = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assignment:
    """What the iteration ends with.

    Attributes
    ----------
    labels
        Shape (k,): UAV of each cell; regions may still be in pieces.
    iterations
        Rounds used.
    converged
        Whether sizes were within one cell of their targets and all regions connected.
    """

    labels: IntArray
    iterations: int
    converged: bool


@kernel
def _steps_from(nb: IntArray, inside: BoolArray, steps: IntArray, queue: IntArray) -> int:
    """Count the steps from the nearest cell inside, in place; returns the largest number."""
    tail = 0
    for c in range(inside.shape[0]):
        if inside[c]:
            steps[c] = 0
            queue[tail] = c
            tail += 1
        else:
            steps[c] = -1
    head = 0
    while head < tail:
        c = queue[head]
        head += 1
        for j in range(4):
            u = nb[c, j]
            if u >= 0 and steps[u] < 0:
                steps[u] = steps[c] + 1
                queue[tail] = u
                tail += 1
    return int(steps[queue[tail - 1]])


@kernel
def _distance_map(out: Map, nb: IntArray, xy: Map, start: int, geodesic: bool) -> None:
    k = nb.shape[0]
    if geodesic:
        inside = np.zeros(k, np.bool_)
        inside[start] = True
        steps = np.empty(k, np.int32)
        _steps_from(nb, inside, steps, np.empty(k, np.int32))
        for c in range(k):
            out[c] = steps[c]
    else:
        for c in range(k):
            dx = xy[c, 0] - xy[start, 0]
            dy = xy[c, 1] - xy[start, 1]
            out[c] = np.sqrt(dx * dx + dy * dy)


@kernel
def _noise(seed: int, c: int) -> float:
    """Draw from [0, 1) by hashing: no state, so it does not depend on the order of the cells."""
    x = np.uint64(seed) + np.uint64(c) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return float((x ^ (x >> np.uint64(31))) >> np.uint64(11)) * 2.0**-53


@kernel
def _assign(
    labels: IntArray, best: Map, maps: Map, i: int, m: float, level: float, seed: int
) -> None:
    """One row of A(x) = argmin over i of m_i E_i(x), each value blurred by the random element."""
    factor = np.float32(m)
    if level == 0.0:
        for c in range(labels.shape[0]):
            x = factor * maps[i, c]
            if i == 0 or x < best[c]:
                best[c] = x
                labels[c] = i
    else:
        for c in range(labels.shape[0]):
            x = factor * maps[i, c] * np.float32(1.0 - level + 2.0 * level * _noise(seed, c))
            if i == 0 or x < best[c]:
                best[c] = x
                labels[c] = i


@kernel
def _reconnect(
    row: Map,
    labels: IntArray,
    nb: IntArray,
    i: int,
    near: BoolArray,
    variation: float,
    queue: IntArray,
) -> None:
    """Multiply E_i by C_i: cheaper near the start's part, dearer near the parts that are cut off.

    C_i(x) is the distance to R_i less the distance to Q_i, scaled to 1 -+ variation.
    """
    k = labels.shape[0]
    far = np.zeros(k, np.bool_)
    for c in range(k):
        far[c] = labels[c] == i and not near[c]
    to_near = np.empty(k, np.int32)
    to_far = np.empty(k, np.int32)
    _steps_from(nb, near, to_near, queue)
    _steps_from(nb, far, to_far, queue)
    low, high = 2**30, -(2**30)
    for c in range(k):
        gap = to_near[c] - to_far[c]
        low = min(low, gap)
        high = max(high, gap)
    for c in range(k):
        gap = to_near[c] - to_far[c]
        row[c] *= np.float32(1.0 - variation + 2.0 * variation * (gap - low) / (high - low))


def assign_cells(
    cells: IntArray,
    nb: IntArray,
    starts: IntArray,
    targets: IntArray,
    *,
    iterations: int,
    random_level: float,
    connectivity_variation: float,
    geodesic: bool,
    rng: np.random.Generator,
    observer: Observer,
) -> Assignment:
    """Divide the cells of a connected graph by DARP's iteration, without any repair.

    Parameters
    ----------
    cells, nb
        Shape (k, 2) and (k, 4).
    starts, targets
        Shape (n,): distinct start cells, and wanted sizes summing to k.
    random_level
        Half-width of the random element on every value of the maps; 0 for none.
    connectivity_variation
        Half-width of C_i around 1.
    geodesic
        Distance in steps on the graph in place of the straight distance.

    Raises
    ------
    Cancelled
        When the observer asks to stop.

    References
    ----------
    Kapoutsis, Chatzichristofis, Kosmatopoulos: DARP: Divide Areas Algorithm for Optimal
    Multi-Robot Coverage Path Planning. J. Intelligent & Robotic Systems 86 (2017), sections 4.1
    to 4.3. doi:10.1007/s10846-016-0461-x
    """
    k, n = len(nb), len(starts)
    maps = np.empty((n, k), np.float32)
    xy = np.ascontiguousarray(cells, dtype=np.float32)
    for i in range(n):
        report_progress(observer, "divide", 0.05 * i / n)
        _distance_map(maps[i], nb, xy, int(starts[i]), geodesic)
    m = np.ones(n)
    labels, best = np.empty(k, np.int32), np.empty(k, np.float32)
    queue = np.empty(k, np.int32)
    best_labels, best_error, best_at = labels, np.inf, 0
    done = 0
    for done in range(1, iterations + 1):
        for i in range(n):
            if observer.should_stop():
                break
            seed = int(rng.integers(2**31)) if random_level > 0.0 else 0
            _assign(labels, best, maps, i, float(m[i]), random_level, seed)
        report_progress(observer, "divide", 0.05 + 0.45 * done / iterations)
        sizes = np.bincount(labels, minlength=n)
        cut_off = 0
        for i in range(n):
            reached = np.full(k, -1, np.int32)  # of it those of R_i get a 0
            near_size = flood(nb, labels, int(starts[i]), 0, reached, queue)
            if near_size < sizes[i]:
                cut_off += int(sizes[i]) - near_size
                report_progress(observer, "divide", 0.05 + 0.45 * done / iterations)
                near = reached >= 0
                _reconnect(maps[i], labels, nb, i, near, connectivity_variation, queue)
        off = np.abs(sizes - targets)
        error = float(off.sum()) + 2.0 * cut_off
        if error < best_error:
            best_error, best_labels, best_at = error, labels.copy(), done
        if cut_off == 0 and off.max() <= 1:
            return Assignment(labels=best_labels, iterations=done, converged=True)
        if done - best_at >= PATIENCE:
            break
        m *= _fairness(sizes, targets)
    return Assignment(labels=best_labels, iterations=done, converged=False)


def _fairness(sizes: npt.NDArray[np.int64], targets: IntArray) -> FloatArray:
    """Factors on m_i: above 1 for a region that has too many cells, whatever the wanted sizes."""
    excess = (sizes - targets) / np.maximum(targets, 1)
    factor: FloatArray = 1.0 + FAIRNESS_STEP * np.clip(excess, -0.8, 2.0)
    return factor
