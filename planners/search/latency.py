"""Order of line parts on one flight so that what they find is found early.

The travelling repairman with weights (Blum et al., *The minimum latency problem*, 1994): each part
has a probability to find and the cost is the mean time until it is found, together with a small
weight of the time until all is flown. Simulated annealing by reversals and by moves of blocks.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.order import reverse_stretch

MOST_TRIES = 300_000
_WORK = 150_000_000
"""Parts looked at in all tries together."""
_HOT, _COLD = 0.02, 1e-5
"""First and last temperature, in parts of the cost of the first order."""


@kernel
def _cost_s(
    entry: IntArray,
    onto_s: FloatArray,
    between_s: FloatArray,
    takes_s: FloatArray,
    found_s: FloatArray,
    gain: FloatArray,
    last: float,
) -> float:
    """Mean time until found, over the parts in their order, and `last` times the whole time."""
    time_s, total = onto_s[entry[0]], 0.0
    for k in range(len(entry)):
        end = entry[k]
        if k:
            time_s += between_s[entry[k - 1] ^ 1, end]
        total += gain[end // 2] * (time_s + found_s[end])
        time_s += takes_s[end // 2]
    return float(total + last * time_s)


@kernel
def _moved(entry: IntArray, out: IntArray, i: int, size: int, to: int, turned: bool) -> None:
    """Write the order with the block i..i+size-1 taken out and put before position `to` of it."""
    n, k = len(entry), 0
    for p in range(n - size + 1):
        if p == to:
            for q in range(size):
                out[k] = entry[i + size - 1 - q] ^ 1 if turned else entry[i + q]
                k += 1
        if p < n - size:
            out[k] = entry[p] if p < i else entry[p + size]
            k += 1


@kernel
def _annealed(
    first: IntArray,
    onto_s: FloatArray,
    between_s: FloatArray,
    takes_s: FloatArray,
    found_s: FloatArray,
    gain: FloatArray,
    last: float,
    tries: int,
    seed: int,
    hot: float,
    cold: float,
) -> IntArray:
    n = len(first)
    now, best, new = first.copy(), first.copy(), first.copy()
    cost = _cost_s(now, onto_s, between_s, takes_s, found_s, gain, last)
    least, scale = cost, max(cost, 1e-9)
    state = np.uint64(2 * seed + 1)
    for turn in range(tries):
        draws = np.empty(5)
        for d in range(5):  # Knuth's MMIX generator
            state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
            draws[d] = float(state >> np.uint64(11)) / 9007199254740992.0
        i = int(draws[0] * n)
        if draws[1] < 0.4:
            j = min(n - 1, i + int(draws[2] ** 2 * n))
            for k in range(n):
                new[k] = now[k]
            reverse_stretch(new, i, j)
        else:
            size = min(n - i, 1 + int(draws[2] ** 3 * n / 2))
            to = int(draws[3] * (n - size + 1))
            _moved(now, new, i, size, to, draws[1] < 0.7)
        then = _cost_s(new, onto_s, between_s, takes_s, found_s, gain, last)
        heat = scale * hot * (cold / hot) ** (turn / tries)
        if then < cost or draws[4] < math.exp((cost - then) / heat):
            cost = then
            for k in range(n):
                now[k] = new[k]
            if cost < least:
                least = cost
                for k in range(n):
                    best[k] = now[k]
    return best


def early_order(
    first: IntArray,
    onto_s: FloatArray,
    between_s: FloatArray,
    takes_s: FloatArray,
    found_s: FloatArray,
    gain: FloatArray,
    *,
    last: float,
    seed: int,
) -> IntArray:
    """Order parts so that what they find is found early.

    Part `e` has the ends 2 e and 2 e + 1 and is flown from one to the other.

    Parameters
    ----------
    first
        An order to begin with, shape (n,): the end at which each part is entered.
    onto_s, between_s
        Shapes (2 n,) and (2 n, 2 n): ways to each end, and between them.
    takes_s, found_s
        Shapes (n,) and (2 n,): how long a part takes, and how long after it was entered at an end
        what it finds is found in the mean.
    gain
        Shape (n,): how likely it finds.
    last
        Weight of the time until all is flown.

    Returns
    -------
    An order that costs no more than `first` and than the greedy one.
    """
    tries = int(min(MOST_TRIES, _WORK / max(len(first), 1)))
    tables = (onto_s, between_s, takes_s, found_s, gain, last)
    begins = [np.asarray(first, np.int32), _greedy(onto_s, between_s, takes_s, gain)]
    found = [_annealed(begin, *tables, tries, seed, _HOT, _COLD) for begin in begins]
    return min(found, key=lambda order: float(_cost_s(order, *tables)))


def _greedy(
    onto_s: FloatArray, between_s: FloatArray, takes_s: FloatArray, gain: FloatArray
) -> IntArray:
    """Take next what finds most in the time that it takes with the way there."""
    left = np.repeat(np.ones(len(takes_s), dtype=np.bool_), 2)
    takes, find = np.repeat(takes_s, 2), np.repeat(gain, 2)
    entry, way_s = np.empty(len(takes_s), dtype=np.int32), onto_s
    for k in range(len(entry)):
        worth = (find + 1e-9) / np.maximum(way_s + takes, 1e-9)
        end = int(np.argmax(np.where(left, worth, -1.0)))
        entry[k] = end
        left[end // 2 * 2 : end // 2 * 2 + 2] = False
        way_s = between_s[end ^ 1]
    return entry
