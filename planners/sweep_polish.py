"""Local search on a closed tour: fly less while enough stays covered.

A tour is an array of corners. A corner on a survey line slides along that line only, so that
neighbouring lines never come apart; every other corner is free. A move takes up to three corners
out and puts up to three in. It is made when the flight time saved, in metres at cruise speed,
outweighs the ground lost, at `weight` metres for each sample, and no leg leaves free space.
"""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit

from mcpp.model import FloatArray, IntArray
from planners.sweep_raster import Counts, paint

World = tuple[
    Counts, FloatArray, Counts, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray
]
"""What a move is weighed against: samples and their frame, those of the core and their frame, state,
edges of free space, physics, scratch. State: uncovered samples, metres each is worth, how many may
be, least saving of a move, metres a core sample is worth, core samples missed, how many samples a
move can win at most."""

FREE, FIXED = -1, -2
"""Kinds of corners; a number from 0 on names the survey line that the corner slides along."""
_WINDOW = 4
_SCRATCH = (3, 2 * _WINDOW + 4, 4)
AWAKE, ASLEEP = 1.0, 0.0
"""Whether a corner is worth a try: it sleeps when no move paid, till a neighbour changes."""


@njit(cache=True, nogil=True)
def _flight_m(xy: FloatArray, n: int, physics: FloatArray) -> float:
    """Flight time over the first `n` points, times cruise speed; see `mcpp.kinematics`."""
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


@njit(cache=True, nogil=True)
def _blocked(ax: float, ay: float, bx: float, by: float, edges: FloatArray) -> bool:
    low_x, high_x = min(ax, bx), max(ax, bx)
    low_y, high_y = min(ay, by), max(ay, by)
    for k in range(len(edges)):
        cx, cy, dx, dy = edges[k, 0], edges[k, 1], edges[k, 2], edges[k, 3]
        if (cx < low_x and dx < low_x) or (cx > high_x and dx > high_x):
            continue
        if (cy < low_y and dy < low_y) or (cy > high_y and dy > high_y):
            continue
        c_side = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax)
        d_side = (bx - ax) * (dy - ay) - (by - ay) * (dx - ax)
        if (c_side > 0 and d_side > 0) or (c_side < 0 and d_side < 0):
            continue
        a_side = (dx - cx) * (ay - cy) - (dy - cy) * (ax - cx)
        b_side = (dx - cx) * (by - cy) - (dy - cy) * (bx - cx)
        if (a_side > 0 and b_side > 0) or (a_side < 0 and b_side < 0):
            continue
        return True
    return False


@njit(cache=True, nogil=True)
def _repaint(
    old: FloatArray,
    fresh: FloatArray,
    ahead: int,
    m: int,
    k: int,
    first_near: bool,
    last_near: bool,
    near: FloatArray,
    wide: FloatArray,
    counts: Counts,
    frame: FloatArray,
    sign: int,
) -> int:
    """Take the old legs off and put the fresh ones on, or undo it; returns the samples lost."""
    lost = 0
    for turn in range(2):
        points = old if turn == 0 else fresh
        delta = -sign if turn == 0 else sign
        for j in range(ahead - 1, ahead + (m if turn == 0 else k)):
            clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
            lost += paint(
                counts,
                frame,
                points[j, 0],
                points[j, 1],
                points[j + 1, 0],
                points[j + 1, 1],
                delta,
                clip,
            )
    return lost


@njit(cache=True, nogil=True)
def _attempt(
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
    counts, frame, core, core_frame, state, edges, physics, buffer = world
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
    gain = _flight_m(old, old_n, physics) - _flight_m(fresh, new_n, physics)
    uncovered, weight, budget, least = state[0], state[1], state[2], state[3]
    if gain + weight * min(uncovered, state[6]) <= least:
        return 0.0
    for j in range(ahead - 1, ahead + k):
        if _blocked(fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], edges):
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
    lost = _repaint(old, fresh, ahead, m, k, first_near, last_near, near, wide, counts, frame, 1)
    value = gain - weight * lost
    core_lost = 0
    good = value > least and (lost <= 0 or uncovered + lost <= budget)
    if good:
        core_lost = _repaint(
            old, fresh, ahead, m, k, first_near, last_near, near, wide, core, core_frame, 1
        )
        value -= state[4] * core_lost
        good = value > least
        if not good or not keep:
            _repaint(
                old, fresh, ahead, m, k, first_near, last_near, near, wide, core, core_frame, -1
            )
    if not good or not keep:
        _repaint(old, fresh, ahead, m, k, first_near, last_near, near, wide, counts, frame, -1)
        return value if good else 0.0
    _splice(xy, kind, n, i, m, new, new_kind, k)
    state[0] = uncovered + lost
    state[5] += core_lost
    return value


@njit(cache=True, nogil=True)
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


@njit(cache=True, nogil=True)
def _restructure(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    short: float,
    new: FloatArray,
    new_kind: IntArray,
    move: IntArray,
    world: World,
) -> tuple[float, int]:
    """Take out what stands at a corner: a short line, a spur off a line, the corner itself."""
    follower = (i + 1) % n
    line = (
        kind[i] >= 0
        and kind[follower] == kind[i]
        and n > 4
        and (math.hypot(xy[i, 0] - xy[follower, 0], xy[i, 1] - xy[follower, 1]) < short)
    )
    spur = kind[i] == FIXED and n > 5 and kind[(i + 2) % n] == FIXED and kind[follower] == FREE
    move[0], move[3], move[4] = i, 0, 1
    for option in range(4):
        if option == 0 and line:
            move[1], move[2] = 2, 0
        elif option == 1 and line:  # one corner in the middle of the line
            move[1], move[2] = 2, 1
            new[0, 0] = (xy[i, 0] + xy[follower, 0]) / 2
            new[0, 1] = (xy[i, 1] + xy[follower, 1]) / 2
            new_kind[0] = FREE
        elif option == 2 and spur:
            move[1], move[2] = 3, 0
        elif option == 3 and kind[i] == FREE:
            move[1], move[2] = 1, 0
        else:
            continue
        value = _attempt(xy, kind, n, move, new, new_kind, world)
        if value > 0.0:
            return value, n + move[2] - move[1]
    return 0.0, n


@njit(cache=True, nogil=True)
def _polish(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    directions: FloatArray,
    steps: FloatArray,
    short: float,
    start: int,
    tries: int,
    world: World,
) -> tuple[int, int, float]:
    """Try all moves at the corners from `start` on that are awake, at most `tries` of them.

    Returns the corner count, where to go on, and the metres saved.
    """
    new, new_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    move = np.zeros(5, dtype=np.int32)
    saved = 0.0
    i = start
    while i < n and n > 2 and tries > 0:
        if xy[i, 2] == ASLEEP:
            i += 1
            continue
        tries -= 1
        value, n = _restructure(xy, kind, n, i, short, new, new_kind, move, world)
        if value > 0.0:
            saved += value
            continue
        if kind[i] != FIXED:
            value = _nudge(xy, kind, n, i, directions, steps, new, new_kind, move, world)
            saved += value
        if value <= 0.0:
            xy[i, 2] = ASLEEP
        i += 1
    return n, i, saved


@njit(cache=True, nogil=True)
def _nudge(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    directions: FloatArray,
    steps: FloatArray,
    new: FloatArray,
    new_kind: IntArray,
    move: IntArray,
    world: World,
) -> float:
    """Move one corner: along its line, or in eight directions and towards its neighbours' middle."""
    saved = 0.0
    new_kind[0] = kind[i]
    on_line = kind[i] >= 0
    move[0], move[1], move[2], move[3], move[4] = i, 1, 1, 1 if on_line else 0, 1
    for step in steps:
        for option in range(2 if on_line else 9):
            for _ in range(6):
                x, y = xy[i, 0], xy[i, 1]
                if on_line:
                    sign = 1.0 if option == 0 else -1.0
                    ux, uy = directions[kind[i], 0] * sign, directions[kind[i], 1] * sign
                    passed = False  # not past the other end of its own line
                    for side in range(-1, 2, 2):
                        other = (i + side) % n
                        if kind[other] == kind[i] or kind[other] == FIXED:
                            along = (xy[other, 0] - x) * ux + (xy[other, 1] - y) * uy
                            passed = passed or 0.0 < along <= step + 0.05
                    if passed:
                        break
                elif option < 8:
                    ux, uy = math.cos(option * math.pi / 4), math.sin(option * math.pi / 4)
                else:
                    ux = (xy[(i - 1) % n, 0] + xy[(i + 1) % n, 0]) / 2 - x
                    uy = (xy[(i - 1) % n, 1] + xy[(i + 1) % n, 1]) / 2 - y
                    far = math.hypot(ux, uy)
                    if far < step:
                        break
                    ux /= far
                    uy /= far
                new[0, 0], new[0, 1] = x + step * ux, y + step * uy
                value = _attempt(xy, kind, n, move, new, new_kind, world)
                if value <= 0.0:
                    break
                saved += value
    return saved


@njit(cache=True, nogil=True)
def _insert(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    x: float,
    y: float,
    far: float,
    shares: FloatArray,
    world: World,
) -> tuple[float, int]:
    """Weigh detours towards (x, y) from all legs within `far`, make the best; value, corner count.

    A leg between other corners gets a corner; a survey line stays, and gets a spur out and back.
    """
    new, new_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    best_new, best_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    move = np.zeros(5, dtype=np.int32)
    best, best_at, best_k = 0.0, -1, 0
    state = world[4]
    least = state[3]
    for i in range(n):
        before = (i - 1) % n
        ax, ay = xy[before, 0], xy[before, 1]
        dx, dy = xy[i, 0] - ax, xy[i, 1] - ay
        t = ((x - ax) * dx + (y - ay) * dy) / max(dx * dx + dy * dy, 1e-12)
        t = min(max(t, 0.0), 1.0)
        fx, fy = ax + t * dx, ay + t * dy
        if (fx - x) ** 2 + (fy - y) ** 2 > far * far:
            continue
        on_line = (
            (kind[i] >= 0 and kind[before] == kind[i])
            or (kind[i] == FIXED and kind[before] != FREE)
            or (kind[before] == FIXED and kind[i] != FREE)
        )
        if on_line and (t <= 0.0 or t >= 1.0):
            continue
        for share in shares:
            at = 0
            if on_line:
                new[0, 0], new[0, 1], new[2, 0], new[2, 1] = fx, fy, fx, fy
                new_kind[0], new_kind[2] = FIXED, FIXED
                at = 1
            new[at, 0], new[at, 1] = fx + share * (x - fx), fy + share * (y - fy)
            new_kind[at] = FREE
            move[0], move[1], move[2], move[3], move[4] = i, 0, 2 * at + 1, 0, 0
            state[3] = max(best, least)
            value = _attempt(xy, kind, n, move, new, new_kind, world)
            if value > best:
                best, best_at, best_k = value, i, 2 * at + 1
                for j in range(best_k):
                    best_new[j, 0], best_new[j, 1] = new[j, 0], new[j, 1]
                    best_kind[j] = new_kind[j]
    state[3] = least
    if best_at < 0:
        return 0.0, n
    move[0], move[1], move[2], move[3], move[4] = best_at, 0, best_k, 0, 1
    _attempt(xy, kind, n, move, best_new, best_kind, world)
    return best, n + best_k


@dataclass(slots=True, eq=False)
class Tour:
    """A closed tour under change. The first `n` corners count, the rest is room.

    Attributes
    ----------
    xy
        Shape (room, 3): x, y, and whether the corner is `AWAKE`.
    kind
        Shape (room,): `FREE`, `FIXED` or a line.
    directions
        Shape (lines, 2): unit vector of each line.
    """

    xy: FloatArray
    kind: IntArray
    n: int
    directions: FloatArray

    def loop(self) -> FloatArray:
        """Corners with the first repeated, shape (n + 1, 2)."""
        return np.vstack([self.xy[: self.n, :2], self.xy[:1, :2]])

    def splice_in(self, at: int, xy_m: FloatArray) -> None:
        """Put free corners, shape (k, 2), before corner `at`."""
        k = len(xy_m)
        self.make_room(k)
        self.xy[at + k : self.n + k] = self.xy[at : self.n].copy()
        self.kind[at + k : self.n + k] = self.kind[at : self.n].copy()
        self.xy[at : at + k, :2], self.xy[at : at + k, 2] = xy_m, AWAKE
        self.kind[at : at + k] = FREE
        self.n += k

    def wake(self) -> None:
        """Have all corners tried again."""
        self.xy[: self.n, 2] = AWAKE

    def make_room(self, extra: int) -> None:
        """See to it that `extra` corners can be added."""
        if self.n + extra > len(self.xy):
            more = self.n + extra + 64 - len(self.xy)
            self.xy = np.vstack([self.xy, np.ones((more, 3))])
            self.kind = np.concatenate([self.kind, np.zeros(more, dtype=np.int32)])


def new_tour(xy_m: FloatArray, kind: IntArray, directions: FloatArray) -> Tour:
    """Make a tour of corners, shape (n, 2), the first not repeated."""
    tour = Tour(
        np.hstack([xy_m, np.full((len(xy_m), 1), AWAKE)]),
        np.array(kind, dtype=np.int32),
        len(xy_m),
        np.ascontiguousarray(directions, dtype=np.float64),
    )
    tour.make_room(64)
    return tour


class Moves:
    """The moves on one tour over one raster.

    Parameters
    ----------
    world
        All but the scratch.
    short_m
        A line shorter than this may be taken out.
    """

    def __init__(
        self,
        tour: Tour,
        world: tuple[Counts, FloatArray, Counts, FloatArray, FloatArray, FloatArray, FloatArray],
        short_m: float,
    ) -> None:
        self.tour, self.short_m = tour, short_m
        self._world: World = (*world, np.empty(_SCRATCH))

    def polish(self, steps_m: FloatArray, start: int, tries: int) -> tuple[int, float]:
        """Try moves at up to `tries` corners from `start` on; where to go on, and metres saved."""
        tour = self.tour
        tour.n, at, saved = _polish(
            tour.xy,
            tour.kind,
            tour.n,
            tour.directions,
            steps_m,
            self.short_m,
            start,
            tries,
            self._world,
        )
        return int(at), float(saved)

    def insert(
        self, x_m: float, y_m: float, far_m: float, shares: FloatArray, most: float
    ) -> float:
        """Make the best detour from legs within `far_m` towards a point; metres it is worth.

        At most `most` samples are thought to be won: dear detours are passed over on sight.
        """
        tour = self.tour
        tour.make_room(3)
        state = self._world[4]
        state[6] = most
        value, tour.n = _insert(tour.xy, tour.kind, tour.n, x_m, y_m, far_m, shares, self._world)
        state[6] = math.inf
        return float(value)


def flight_m(xy_m: FloatArray, physics: FloatArray) -> float:
    """Flight time from rest to rest, times cruise speed."""
    return float(_flight_m(np.ascontiguousarray(xy_m), len(xy_m), physics))
