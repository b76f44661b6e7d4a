"""Whole numbers of cells from shares, and which UAV serves which component of the graph."""

import numpy as np
import numpy.typing as npt

from mcpp.model import FloatArray, IntArray
from mcpp.planner import Observer, report_progress

_MOST_SUMS = 1_000
"""Sums of targets kept while a group is sought that fills a component."""

Table = npt.NDArray[np.int64]


def integer_targets(shares: FloatArray, k: int) -> IntArray:
    """Cells for each share of `k` by largest remainder, ties by index; at least one for each.

    A share that rounds to no cell takes one from the region that has most above its share: a UAV
    is never left without a region.

    Parameters
    ----------
    shares
        Shape (n,), positive, summing to 1; n at most k.
    """
    exact = np.asarray(shares, dtype=np.float64) * k
    targets = np.floor(exact + 1e-9).astype(np.int64)
    order = np.lexsort((np.arange(len(exact)), -(exact - targets).round(9)))
    targets[order[: k - int(targets.sum())]] += 1
    for i in np.flatnonzero(targets == 0):
        givers = np.where(targets > 1, targets - exact, -np.inf)
        targets[int(np.argmax(givers.round(9)))] -= 1
        targets[i] = 1
    return targets.astype(np.int32)


def _subset_near(
    targets: list[int], cost: list[float], wanted: int, slack: int
) -> list[int] | None:
    """Find the cheapest indices whose targets, each bent by `slack` at most, sum to `wanted`."""
    reach = wanted + slack * len(targets)
    best: dict[int, tuple[int, float, tuple[int, ...]]] = {0: (0, 0.0, ())}
    for i, target in enumerate(targets):
        if len(best) > _MOST_SUMS:
            cheap = sorted(best.items(), key=lambda item: (item[1][1], -item[0]))[:_MOST_SUMS]
            best = dict(cheap)
        for total, (count, price, chosen) in list(best.items()):
            key = total + target
            entry = (count + 1, price + cost[i], (*chosen, i))
            if key <= reach and (key not in best or entry < best[key]):
                best[key] = entry
    fits = [
        (count, price, abs(total - wanted), chosen)
        for total, (count, price, chosen) in best.items()
        if count > 0 and abs(total - wanted) <= slack * count and wanted >= count
    ]
    return list(min(fits, key=lambda fit: (fit[1], *fit))[3]) if fits else None


def _bend(
    exact: FloatArray, targets: IntArray, chosen: list[int], wanted: int, tolerance: int
) -> bool:
    """Change the chosen targets in place to sum to `wanted`, within `tolerance` cells of exact."""
    trial = targets.copy()
    while (gap := wanted - int(trial[chosen].sum())) != 0:
        step = 1 if gap > 0 else -1
        off = np.abs(trial[chosen] + step - exact[chosen]) + (trial[chosen] + step < 1) * 1e9
        at = int(np.argmin(off.round(9)))
        if off[at] > tolerance + 1e-9:
            return False
        trial[chosen[at]] += step
    targets[:] = trial
    return True


def apportion(
    exact: FloatArray,
    targets: IntArray,
    sizes: IntArray,
    cost: FloatArray,
    tolerance: int,
    observer: Observer,
) -> Table:
    """Cells that each UAV takes of each component, with few UAVs in more than one.

    A transportation problem with the fewest splits (which is hard to solve to the optimum), in
    three steps: components that some UAVs fill to within `tolerance` cells of each one's share are
    given to those UAVs whole; then UAVs go whole into the component nearest to them that has room,
    the largest first; the UAVs and the room left over meet in order of distance. At most as many
    UAVs as there are components left, less one, are split more than once.

    Parameters
    ----------
    exact, targets
        Shape (n,): share times k, and the whole numbers wanted, summing to k.
    sizes
        Shape (m,): cells of each component, summing to k.
    cost
        Shape (n, m): distance from each start to each component.
    tolerance
        How many cells a region may differ from its share to stay in one piece.

    Returns
    -------
    Table
        Shape (n, m), row sums within `tolerance` of `exact` (or equal to `targets`), column sums
        `sizes`.

    Raises
    ------
    Cancelled
        When the observer asks to stop.
    """
    n, m = cost.shape
    targets = targets.copy()
    given = np.zeros((n, m), np.int64)
    free, open_ = list(range(n)), list(range(m))
    _whole_groups(exact, targets, sizes, cost, tolerance, given, free, open_, observer)
    room = np.array(sizes, dtype=np.int64)
    room[[c for c in range(m) if c not in open_]] = 0
    rest = np.zeros(n, np.int64)
    rest[free] = _rebalanced(exact, targets, free, int(room.sum()))
    for i in sorted(free, key=lambda i: (-rest[i], i)):
        fits = [c for c in open_ if room[c] >= rest[i]]
        if fits:
            c = min(fits, key=lambda c: (cost[i, c], room[c], c))
            given[i, c] += rest[i]
            room[c] -= rest[i]
            rest[i] = 0
    for i in sorted(free, key=lambda i: (-rest[i], i)):
        while rest[i] > 0:
            report_progress(observer, "divide", 0.0)
            # a component that the UAV can use up leaves nothing for others to split over
            c = min(np.flatnonzero(room).tolist(), key=lambda c: (room[c] > rest[i], cost[i, c], c))
            amount = min(rest[i], room[c])
            given[i, c] += amount
            rest[i] -= amount
            room[c] -= amount
    return given


def _rebalanced(exact: FloatArray, targets: IntArray, free: list[int], room: int) -> Table:
    """Targets of the free UAVs, changed by single cells until they sum to `room`."""
    rest = targets[free].astype(np.int64)
    while (gap := room - int(rest.sum())) != 0:
        step = 1 if gap > 0 else -1
        off = np.abs(rest + step - exact[free]) + (rest + step < 1) * 1e9
        rest[int(np.argmin(off.round(9)))] += step
    return rest


def _whole_groups(
    exact: FloatArray,
    targets: IntArray,
    sizes: IntArray,
    cost: FloatArray,
    tolerance: int,
    given: Table,
    free: list[int],
    open_: list[int],
    observer: Observer,
) -> None:
    """Give components to groups of UAVs that fill them, as long as there are such groups."""
    for c in sorted(open_, key=lambda c: (-sizes[c], c)):
        report_progress(observer, "divide", 0.0)
        if not free:
            return
        wanted = int(sizes[c])
        chosen = _subset_near(
            [int(targets[i]) for i in free],
            [float(cost[i, c] - cost[i].min()) for i in free],
            wanted,
            tolerance,
        )
        if chosen is None:
            continue
        group = [free[at] for at in chosen]
        trial = targets.copy()
        if not _bend(exact, trial, group, wanted, tolerance):
            continue
        left = [i for i in free if i not in group]
        room = int(sum(sizes[x] for x in open_ if x != c))
        # the others must be able to take up what is left within their tolerance, too
        if left and not _bend(exact, trial, left, room, tolerance):
            continue
        if not left and room > 0:
            continue
        targets[:] = trial
        given[group, c] = targets[group]
        free[:] = left
        open_.remove(c)
