"""Weigh one move of the corners of a closed tour, and make it.

A move takes up to three corners out and puts up to three in. It is made when the flight time saved,
in metres at cruise speed, outweighs the ground lost, and no leg leaves free space.
"""

import math

from mcpp.ground.transit import crosses
from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.paint import exchange, set_leg
from planners.sweep.raster import Counts

World = tuple[
    Counts,
    FloatArray,
    Counts,
    FloatArray,
    FloatArray,
    FloatArray,
    FloatArray,
    FloatArray,
    FloatArray,
    IntArray,
]
"""What a move is weighed against.

Samples and their frame, those of the core and their frame, state, edges of free space, physics, and
three scratch arrays. State: uncovered samples, metres each is worth, how many may be, least saving
of a move, metres a core sample is worth, core samples missed, how many samples a move can win at
most.
"""

FREE, FIXED = -1, -2
"""Kinds of corners; a number from 0 on names the survey line that the corner slides along."""
_WINDOW = 4
SCRATCH = (3, 2 * _WINDOW + 4, 4)
AWAKE, ASLEEP = 1.0, 0.0
"""Whether a corner is worth a try: it sleeps when no move paid, till a neighbour changes."""


@kernel
def flight(xy: FloatArray, n: int, physics: FloatArray) -> float:
    """Flight time over the first `n` points, times cruise speed; see `mcpp.ground.kinematics`."""
    ramp, cos_stop = physics[1], physics[2]
    total, run, px, py = 0.0, 0.0, 0.0, 0.0
    moving = False
    for i in range(n):
        if i + 1 < n:
            dx, dy = xy[i + 1, 0] - xy[i, 0], xy[i + 1, 1] - xy[i, 1]
            length = math.sqrt(dx * dx + dy * dy)
            if length < 1e-9:
                continue
            dx /= length
            dy /= length
        else:
            dx, dy, length = -px, -py, 0.0
        if moving and dx * px + dy * py < cos_stop:
            total += run + ramp if run >= ramp else 2.0 * math.sqrt(run * ramp)
            run = 0.0
        run += length
        px, py = dx, dy
        moving = True
    return total


@kernel
def attempt(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    move: IntArray,
    new: FloatArray,
    new_kind: IntArray,
    world: World,
) -> float:
    """Put `k` new corners in place of the `m` at `i`, if that pays; return what it saves.

    `move` holds i, m, k, whether a corner slides along its line, and whether to make the move or
    only to weigh it: in an array, lest numba compiles each constant anew.
    """
    counts, frame, core, core_frame, state, edges, physics, buffer, legs, marks = world
    i, m, k = move[0], move[1], move[2]
    slide, keep = move[3] != 0, move[4] != 0
    rest = n - m
    ahead = min(_WINDOW, (rest + 1) // 2)
    behind = min(_WINDOW, rest + 1 - ahead)
    old_n, new_n = ahead + m + behind, ahead + k + behind
    old, fresh = buffer[0], buffer[1]
    for j in range(ahead):
        at = (i - ahead + j) % n
        old[j, 0], old[j, 1] = xy[at, 0], xy[at, 1]
        fresh[j, 0], fresh[j, 1] = xy[at, 0], xy[at, 1]
    for j in range(m):
        at = (i + j) % n
        old[ahead + j, 0], old[ahead + j, 1] = xy[at, 0], xy[at, 1]
    for j in range(k):
        fresh[ahead + j, 0], fresh[ahead + j, 1] = new[j, 0], new[j, 1]
    for j in range(behind):
        at = (i + m + j) % n
        old[ahead + m + j, 0], old[ahead + m + j, 1] = xy[at, 0], xy[at, 1]
        fresh[ahead + k + j, 0], fresh[ahead + k + j, 1] = xy[at, 0], xy[at, 1]
    gain = flight(old, old_n, physics) - flight(fresh, new_n, physics)
    uncovered, weight, budget, least = state[0], state[1], state[2], state[3]
    if gain + weight * min(uncovered, state[6]) <= least:
        return 0.0
    for j in range(ahead - 1, ahead + k):
        if crosses(fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], edges):
            return 0.0
    # a slide changes its own line only near the two positions of the corner
    near, wide = buffer[2, 0], buffer[2, 1]
    near[0], near[1], near[2], near[3] = -math.inf, -math.inf, math.inf, math.inf
    wide[0], wide[1], wide[2], wide[3] = -math.inf, -math.inf, math.inf, math.inf
    reach = frame[3]
    first_near, last_near = False, False
    if slide:
        near[0] = min(old[ahead, 0], new[0, 0]) - reach
        near[1] = min(old[ahead, 1], new[0, 1]) - reach
        near[2] = max(old[ahead, 0], new[0, 0]) + reach
        near[3] = max(old[ahead, 1], new[0, 1]) + reach
        mx, my = new[0, 0] - old[ahead, 0], new[0, 1] - old[ahead, 1]
        for side in range(2):
            ox, oy = old[ahead - 1 + 2 * side, 0], old[ahead - 1 + 2 * side, 1]
            straight = abs(mx * (oy - old[ahead, 1]) - my * (ox - old[ahead, 0])) < 1e-6
            if side == 0:
                first_near = straight
            else:
                last_near = straight
    for j in range(ahead - 1, ahead + m):
        clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
        set_leg(legs, j - ahead + 1, old[j, 0], old[j, 1], old[j + 1, 0], old[j + 1, 1], clip)
    for j in range(ahead - 1, ahead + k):
        clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
        at = j - ahead + m + 2
        set_leg(legs, at, fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], clip)
    lost = exchange(counts, frame, legs, m + 1, m + k + 2, marks, False)
    value = gain - weight * lost
    if value <= least or (lost > 0 and uncovered + lost > budget):
        return 0.0
    core_lost = exchange(core, core_frame, legs, m + 1, m + k + 2, marks, False)
    value -= state[4] * core_lost
    if value <= least or not keep:
        return float(value) if value > least else 0.0
    exchange(counts, frame, legs, m + 1, m + k + 2, marks, True)
    exchange(core, core_frame, legs, m + 1, m + k + 2, marks, True)
    _splice(xy, kind, n, i, m, new, new_kind, k)
    state[0] = uncovered + lost
    state[5] += core_lost
    return float(value)


@kernel
def _splice(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    m: int,
    new: FloatArray,
    new_kind: IntArray,
    k: int,
) -> None:
    """Replace corners in place; those that wrap round the end of the array are taken there."""
    wrap = max(0, i + m - n)
    if wrap:
        n -= wrap
        for j in range(n):
            xy[j, 0], xy[j, 1], xy[j, 2] = xy[j + wrap, 0], xy[j + wrap, 1], xy[j + wrap, 2]
            kind[j] = kind[j + wrap]
        i -= wrap
        m -= wrap
    if k < m:
        for j in range(i + m, n):
            to = j + k - m
            xy[to, 0], xy[to, 1], xy[to, 2] = xy[j, 0], xy[j, 1], xy[j, 2]
            kind[to] = kind[j]
    elif k > m:
        for j in range(n - 1, i + m - 1, -1):
            to = j + k - m
            xy[to, 0], xy[to, 1], xy[to, 2] = xy[j, 0], xy[j, 1], xy[j, 2]
            kind[to] = kind[j]
    n += k - m
    for j in range(k):
        xy[i + j, 0], xy[i + j, 1] = new[j, 0], new[j, 1]
        kind[i + j] = new_kind[j]
    for j in range(-2, k + 2):
        xy[(i + j) % n, 2] = AWAKE
