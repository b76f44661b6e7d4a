"""Weigh one move of the corners of a closed tour, and make it.

A move takes up to three corners out and puts up to three in. It is made when the flight time saved,
in metres at cruise speed, outweighs the ground lost, and no leg leaves free space.
"""

import math
from typing import NamedTuple

from mcpp.ground.transit import crosses
from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.paint import exchange, set_leg
from planners.sweep.raster import Counts, Frame


class Physics(NamedTuple):
    """Cruise speed, what a stop costs in metres at it, the cosine of the sharpest corner flown."""

    speed_m_s: float
    ramp_m: float
    cos_stop: float


UNCOVERED, WORTH_M, MAY_MISS, LEAST_M, CORE_WORTH_M, CORE_MISSED, MOST_WON = range(7)
"""What changes while a tour is polished, by its place in `World.state`: uncovered samples, metres
that each is worth, how many may be, least saving of a move, metres that a core sample is worth,
core samples missed, how many samples a move can win at most.
"""


class World(NamedTuple):
    """What a move is weighed against.

    Samples and those of the core, and where they lie; `state`; edges of free space; and scratch:
    the corners around a move before and after it, two boxes, a table of legs, marks of a row.
    """

    counts: Counts
    frame: Frame
    core: Counts
    core_frame: Frame
    state: FloatArray
    edges: FloatArray
    physics: Physics
    old: FloatArray
    fresh: FloatArray
    boxes: FloatArray
    legs: FloatArray
    marks: IntArray


class Move(NamedTuple):
    """Put so many new corners in place of those taken out at one.

    `slides`: the one corner moves along its line. `makes`: make it, not only weigh it.
    """

    at: int
    taken: int
    put: int
    slides: bool
    makes: bool


FREE, FIXED = -1, -2
"""Kinds of corners; a number from 0 on names the survey line that the corner slides along."""
_WINDOW = 4
CORNERS_SHAPE = (2 * _WINDOW + 4, 2)
BOXES_SHAPE = (2, 4)
AWAKE, ASLEEP = 1.0, 0.0
"""Whether a corner is worth a try: it sleeps when no move paid, till a neighbour changes."""


@kernel
def move_of(at: int, taken: int, put: int, slides: bool, makes: bool) -> Move:
    """Make a move of numbers, lest numba compiles each constant anew."""
    return Move(at, taken, put, slides, makes)


@kernel
def flight(xy: FloatArray, n: int, physics: Physics) -> float:
    """Flight time over the first `n` points, times cruise speed; see `mcpp.ground.kinematics`."""
    ramp, cos_stop = physics.ramp_m, physics.cos_stop
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
def _spread(xy: FloatArray, n: int, move: Move, new: FloatArray, world: World) -> tuple[int, int]:
    """Lay out the corners around a move before and after it; how many stand before and behind."""
    old, fresh = world.old, world.fresh
    i, m, k = move.at, move.taken, move.put
    rest = n - m
    ahead = min(_WINDOW, (rest + 1) // 2)
    behind = min(_WINDOW, rest + 1 - ahead)
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
    return ahead, behind


@kernel
def _straight(world: World, ahead: int, side: int) -> bool:
    """Tell whether a sliding corner stays on the line of its leg on one side, 0 or 1."""
    old, fresh = world.old, world.fresh
    mx, my = fresh[ahead, 0] - old[ahead, 0], fresh[ahead, 1] - old[ahead, 1]
    ox, oy = old[ahead - 1 + 2 * side, 0], old[ahead - 1 + 2 * side, 1]
    return bool(abs(mx * (oy - old[ahead, 1]) - my * (ox - old[ahead, 0])) < 1e-6)


@kernel
def _list_legs(move: Move, ahead: int, world: World) -> None:
    """Put the legs that a move takes off, then those that it puts on, into the table.

    A slide changes its own line only near the two positions of the corner.
    """
    old, fresh, legs = world.old, world.fresh, world.legs
    near, wide, reach = world.boxes[0], world.boxes[1], world.frame.reach_m
    wide[0], wide[1], wide[2], wide[3] = -math.inf, -math.inf, math.inf, math.inf
    first_near, last_near = False, False
    if move.slides:
        near[0] = min(old[ahead, 0], fresh[ahead, 0]) - reach
        near[1] = min(old[ahead, 1], fresh[ahead, 1]) - reach
        near[2] = max(old[ahead, 0], fresh[ahead, 0]) + reach
        near[3] = max(old[ahead, 1], fresh[ahead, 1]) + reach
        first_near, last_near = _straight(world, ahead, 0), _straight(world, ahead, 1)
    for j in range(ahead - 1, ahead + move.taken):
        clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
        set_leg(legs, j - ahead + 1, old[j, 0], old[j, 1], old[j + 1, 0], old[j + 1, 1], clip)
    for j in range(ahead - 1, ahead + move.put):
        clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
        at = j - ahead + move.taken + 2
        set_leg(legs, at, fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], clip)


@kernel
def attempt(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    move: Move,
    new: FloatArray,
    new_kind: IntArray,
    world: World,
) -> float:
    """Make a move if that pays, or only weigh it; return what it saves, 0 where it does not pay."""
    state, fresh, legs, marks = world.state, world.fresh, world.legs, world.marks
    m, k = move.taken, move.put
    ahead, behind = _spread(xy, n, move, new, world)
    gain = flight(world.old, ahead + m + behind, world.physics) - flight(
        fresh, ahead + k + behind, world.physics
    )
    uncovered, worth, least = state[UNCOVERED], state[WORTH_M], state[LEAST_M]
    if gain + worth * min(uncovered, state[MOST_WON]) <= least:
        return 0.0
    for j in range(ahead - 1, ahead + k):
        if crosses(fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], world.edges):
            return 0.0
    _list_legs(move, ahead, world)
    legs_off, legs_all = m + 1, m + k + 2
    lost = exchange(world.counts, world.frame, legs, legs_off, legs_all, marks, False)
    value = gain - worth * lost
    if value <= least or (lost > 0 and uncovered + lost > state[MAY_MISS]):
        return 0.0
    core_lost = exchange(world.core, world.core_frame, legs, legs_off, legs_all, marks, False)
    value -= state[CORE_WORTH_M] * core_lost
    if value <= least or not move.makes:
        return float(value) if value > least else 0.0
    exchange(world.counts, world.frame, legs, legs_off, legs_all, marks, True)
    exchange(world.core, world.core_frame, legs, legs_off, legs_all, marks, True)
    _splice(xy, kind, n, move.at, m, new, new_kind, k)
    state[UNCOVERED] = uncovered + lost
    state[CORE_MISSED] += core_lost
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
