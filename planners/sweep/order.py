"""Order and direction of line parts on a closed tour: a generalised travelling salesman.

Part `e` has the ends 2 e and 2 e + 1 and is flown from one to the other. Local search by reversals
and moves of up to three parts, then kicks of a few parts each, kept where they pay. A move pays
when it saves more than the rounding of the costs that it adds up, and the number of moves is
bounded: the search ends whatever the costs are.
"""

import math

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray

ROUNDING = 1e-12
"""Part of the largest cost that a gain must exceed: some thousand times what rounding makes up."""
MOVES_PER_PART = 50
"""Most moves of one descent, for each part: many times what any takes."""


@kernel
def _nearest_tour(cost: FloatArray, first: int) -> IntArray:
    """Visit the nearest open part, from the end `first`; entry ends in order."""
    parts = len(cost) // 2
    entry = np.empty(parts, dtype=np.int32)
    done = np.zeros(parts, dtype=np.bool_)
    at = first
    for k in range(parts):
        if k:
            best, least = -1, np.inf
            for end in range(2 * parts):
                if not done[end // 2] and (cost[at ^ 1, end] < least or best < 0):
                    best, least = end, cost[at ^ 1, end]
            at = best
        entry[k] = at
        done[at // 2] = True
    return entry


@kernel
def _length(entry: IntArray, cost: FloatArray) -> float:
    total = 0.0
    for k in range(len(entry)):
        total += cost[entry[k - 1] ^ 1, entry[k]]
    return total


@kernel
def reverse_stretch(entry: IntArray, i: int, j: int) -> None:
    """Fly the parts from position `i` to `j` the other way round, the last first."""
    while i < j:
        entry[i], entry[j] = entry[j] ^ 1, entry[i] ^ 1
        i += 1
        j -= 1
    if i == j:
        entry[i] ^= 1


@kernel
def _best_reversal(
    entry: IntArray, cost: FloatArray, i: int, best: float
) -> tuple[float, int, int]:
    """Find the stretch from, or up to, position `i` whose reversal changes the length by least.

    Returns
    -------
    The change, and first and last position; `best` and -1 where none lies below `best`.
    """
    n = len(entry)
    first, last = -1, -1
    for j in range(n):  # reverse i..j, or j..i-1
        low, high = (i, j) if j >= i else (j, i - 1)
        if high - low + 1 >= n:
            continue
        left, right = entry[low - 1] ^ 1, entry[(high + 1) % n]
        delta = (
            cost[left, entry[high] ^ 1]
            + cost[entry[low], right]
            - cost[left, entry[low]]
            - cost[entry[high] ^ 1, right]
        )
        if delta < best:
            best, first, last = delta, low, high
    return best, first, last


@kernel
def _best_shift(
    entry: IntArray, cost: FloatArray, i: int, best: float
) -> tuple[float, int, int, bool]:
    """Find how far a block of up to three parts at `i` goes to change the length by least.

    Returns
    -------
    The change, after which position the block goes, how many parts it has, and whether it is
    turned; `best` and -1 where none lies below `best`.
    """
    n = len(entry)
    before = entry[i - 1] ^ 1
    to, size, turned = -1, 0, False
    for length in range(1, 4):
        if i + length > n or length + 2 > n:
            break
        head, tail = entry[i], entry[i + length - 1] ^ 1
        after = entry[(i + length) % n]
        gain = cost[before, head] + cost[tail, after] - cost[before, after]
        for k in range(n):  # put the block between k and k + 1
            if i - 1 <= k < i + length or (i == 0 and k == n - 1):
                continue
            left, right = entry[k] ^ 1, entry[(k + 1) % n]
            add = -cost[left, right] - gain
            as_it_is = add + cost[left, head] + cost[tail, right]
            the_other_way = add + cost[left, tail] + cost[head, right]
            if as_it_is < best:
                best, to, size, turned = as_it_is, k, length, False
            if the_other_way < best:
                best, to, size, turned = the_other_way, k, length, True
    return best, to, size, turned


@kernel
def _shift(entry: IntArray, i: int, size: int, to: int, turned: bool) -> None:
    """Put the block of `size` parts at `i` behind position `to`."""
    block = entry[i : i + size].copy()
    if turned:
        reverse_stretch(block, 0, size - 1)
    if to >= i + size:
        for k in range(i, to - size + 1):
            entry[k] = entry[k + size]
        to -= size
    else:
        for k in range(i - 1, to, -1):
            entry[k + size] = entry[k]
    for k in range(size):
        entry[to + 1 + k] = block[k]


@kernel
def _improve_at(entry: IntArray, cost: FloatArray, i: int, least: float) -> bool:
    """Make the best reversal from, or move of a block at, position `i`, if it saves `least`."""
    best, first, last = _best_reversal(entry, cost, i, -least)
    _, to, size, turned = _best_shift(entry, cost, i, best)
    if size:
        _shift(entry, i, size, to, turned)
    elif first >= 0:
        reverse_stretch(entry, first, last)
    return bool(size > 0 or first >= 0)


@kernel
def _descend(entry: IntArray, cost: FloatArray, least: float) -> None:
    idle, i, moves = 0, 0, 0
    n = len(entry)
    while idle < n and moves < MOVES_PER_PART * n:
        if _improve_at(entry, cost, i, least):
            idle = 0
            moves += 1
        else:
            idle += 1
            i = (i + 1) % n


@kernel
def _three(state: np.uint64, span: int) -> tuple[int, int, int, np.uint64]:
    """Three places below `span`, in order, from a linear congruential generator (Knuth's MMIX)."""
    low, middle, high = span, span, -1
    total = 0
    for _ in range(3):
        state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
        place = int(state >> np.uint64(33)) % span
        low, high = min(low, place), max(high, place)
        total += place
    middle = total - low - high
    return low, middle, high, state


@kernel
def _order(cost: FloatArray, starts: int, kicks: int, seed: int, gain: float) -> IntArray:
    parts = len(cost) // 2
    best = _nearest_tour(cost, 0)
    if parts < 3:
        if parts == 2 and cost[best[0] ^ 1, best[1]] + cost[best[1] ^ 1, best[0]] > (
            cost[best[0] ^ 1, best[1] ^ 1] + cost[best[1], best[0]]
        ):
            best[1] ^= 1
        return best
    _descend(best, cost, gain)
    least = _length(best, cost)
    for k in range(1, starts):
        entry = _nearest_tour(cost, (k * 2 * parts) // starts)
        _descend(entry, cost, gain)
        length = _length(entry, cost)
        if length < least - gain:
            best, least = entry, length
    state = np.uint64(seed * 2 + 1)
    entry = best.copy()
    active = np.zeros(4, dtype=np.int64)
    for _ in range(kicks if parts > 4 else 0):
        span = min(parts, 30)
        cut_a, cut_b, cut_c, state = _three(state, span)
        state = state * np.uint64(6364136223846793005) + np.uint64(1442695040888963407)
        shift = int(state >> np.uint64(33)) % parts
        # swap two neighbouring blocks, a..b-1 and b..c, of the tour turned by `shift`
        for i in range(parts):
            source = i
            if cut_a <= i < cut_a + cut_c + 1 - cut_b:
                source = i - cut_a + cut_b
            elif cut_a + cut_c + 1 - cut_b <= i <= cut_c:
                source = i - (cut_c + 1 - cut_b)
            entry[i] = best[(source + shift) % parts]
        active[0], active[1] = 0, cut_a % parts
        active[2], active[3] = (cut_a + cut_c + 1 - cut_b) % parts, (cut_c + 1) % parts
        settled, moves = False, 0
        while not settled and moves < MOVES_PER_PART * parts:
            settled = True
            for place in active:
                for near in range(-1, 2):
                    if _improve_at(entry, cost, int(place + near) % parts, gain):
                        settled = False
                        moves += 1
        length = _length(entry, cost)
        if length < least - gain:
            _descend(entry, cost, gain)
            least = _length(entry, cost)
            for i in range(parts):
                best[i] = entry[i]
    return best


def order_parts(cost: FloatArray, *, starts: int, kicks: int, seed: int) -> tuple[IntArray, float]:
    """Find a short closed tour through all parts.

    Parameters
    ----------
    cost
        Shape (2 n, 2 n), symmetric: of flying from one end to another. Infinite costs are allowed,
        but a tour that needs one has infinite length.

    Returns
    -------
    The end at which each part is entered, in order, shape (n,), and the cost of the ways between.
    """
    known = np.isfinite(cost)
    most = float(np.abs(cost[known]).max(initial=0.0))
    # dearer than any tour without it, and no dearer: larger numbers drown the differences
    blocked = (len(cost) + 1) * (most + 1.0)
    finite = np.where(known, cost, blocked)
    gain = 1e-9 + ROUNDING * (most if known.all() else blocked)
    entry = _order(finite, starts, kicks, seed, gain)
    way = float(_length(entry, finite))
    return entry, way if way < blocked else math.inf
