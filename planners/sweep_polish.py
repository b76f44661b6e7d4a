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

FREE, FIXED = -1, -2
"""Kinds of corners; a number from 0 on names the survey line that the corner slides along."""
_WINDOW = 4


@njit(cache=True, nogil=True)
def _flight_m(xy: FloatArray, n: int, physics: FloatArray) -> float:
    """Flight time over the first `n` points, times cruise speed; see `mcpp.kinematics`."""
    speed, ramp, cos_stop = physics[0], physics[1], physics[2]
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
    core: Counts,
    core_frame: FloatArray,
    sign: int,
) -> tuple[int, int]:
    """Take the old legs off and put the fresh ones on, or undo it; samples lost, of all and core."""
    lost, core_lost = 0, 0
    for turn in range(2):
        points = old if turn == 0 else fresh
        delta = -sign if turn == 0 else sign
        for j in range(ahead - 1, ahead + (m if turn == 0 else k)):
            clip = near if (j == ahead - 1 and first_near) or (j == ahead and last_near) else wide
            ax, ay, bx, by = points[j, 0], points[j, 1], points[j + 1, 0], points[j + 1, 1]
            lost += paint(counts, frame, ax, ay, bx, by, delta, clip)
            core_lost += paint(core, core_frame, ax, ay, bx, by, delta, clip)
    return lost, core_lost


@njit(cache=True, nogil=True)
def _attempt(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    m: int,
    new: FloatArray,
    new_kind: IntArray,
    k: int,
    slide: bool,
    counts: Counts,
    frame: FloatArray,
    core: Counts,
    core_frame: FloatArray,
    state: FloatArray,
    edges: FloatArray,
    physics: FloatArray,
    buffer: FloatArray,
    keep: bool,
) -> float:
    """Put `k` new corners in place of the `m` at `i`, if that pays; return what it saves.

    `state` holds uncovered samples, their weight, their limit, least saving, and the weight of
    samples of the core. With `keep` False the move is
    only weighed, never made.
    """
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
    if gain + weight * uncovered + state[4] * state[5] <= least:
        return 0.0
    for j in range(ahead - 1, ahead + k):
        if _blocked(fresh[j, 0], fresh[j, 1], fresh[j + 1, 0], fresh[j + 1, 1], edges):
            return 0.0
    # a slide changes its own line only near the two positions of the corner
    near = np.array([-math.inf, -math.inf, math.inf, math.inf])
    wide = near.copy()
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
    lost, core_lost = _repaint(
        old,
        fresh,
        ahead,
        m,
        k,
        first_near,
        last_near,
        near,
        wide,
        counts,
        frame,
        core,
        core_frame,
        1,
    )
    value = gain - weight * lost - state[4] * core_lost
    good = value > least and (lost <= 0 or uncovered + lost <= budget)
    if not good or not keep:
        _repaint(
            old,
            fresh,
            ahead,
            m,
            k,
            first_near,
            last_near,
            near,
            wide,
            counts,
            frame,
            core,
            core_frame,
            -1,
        )
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
        xy[: n - wrap] = xy[wrap:n].copy()
        kind[: n - wrap] = kind[wrap:n].copy()
        n -= wrap
        i -= wrap
        m -= wrap
    if k != m:
        xy[i + k : n + k - m] = xy[i + m : n].copy()
        kind[i + k : n + k - m] = kind[i + m : n].copy()
    for j in range(k):
        xy[i + j, 0], xy[i + j, 1] = new[j, 0], new[j, 1]
        kind[i + j] = new_kind[j]


@njit(cache=True, nogil=True)
def _polish(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    directions: FloatArray,
    counts: Counts,
    frame: FloatArray,
    core: Counts,
    core_frame: FloatArray,
    state: FloatArray,
    edges: FloatArray,
    physics: FloatArray,
    steps: FloatArray,
    short: float,
    rounds: int,
) -> int:
    """Try all moves at all corners, `rounds` times or until none pays. Returns the corner count."""
    new, new_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    buffer = np.empty((2, 2 * _WINDOW + 4, 2))
    for _ in range(rounds):
        saved = 0.0
        i = 0
        while i < n and n > 2:
            follower = (i + 1) % n
            if (
                kind[i] >= 0
                and kind[follower] == kind[i]
                and n > 4
                and (math.hypot(xy[i, 0] - xy[follower, 0], xy[i, 1] - xy[follower, 1]) < short)
            ):
                value = _attempt(
                    xy,
                    kind,
                    n,
                    i,
                    2,
                    new,
                    new_kind,
                    0,
                    False,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    buffer,
                    True,
                )
                if value > 0.0:
                    saved += value
                    n -= 2
                    continue
                new[0, 0] = (xy[i, 0] + xy[follower, 0]) / 2
                new[0, 1] = (xy[i, 1] + xy[follower, 1]) / 2
                new_kind[0] = FREE
                value = _attempt(
                    xy,
                    kind,
                    n,
                    i,
                    2,
                    new,
                    new_kind,
                    1,
                    False,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    buffer,
                    True,
                )
                if value > 0.0:
                    saved += value
                    n -= 1
                    continue
            if kind[i] == FIXED and n > 5 and kind[(i + 2) % n] == FIXED and kind[follower] == FREE:
                value = _attempt(
                    xy,
                    kind,
                    n,
                    i,
                    3,
                    new,
                    new_kind,
                    0,
                    False,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    buffer,
                    True,
                )
                if value > 0.0:
                    saved += value
                    n -= 3
                    continue
            if kind[i] == FREE:
                value = _attempt(
                    xy,
                    kind,
                    n,
                    i,
                    1,
                    new,
                    new_kind,
                    0,
                    False,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    buffer,
                    True,
                )
                if value > 0.0:
                    saved += value
                    n -= 1
                    continue
            if kind[i] != FIXED:
                saved += _nudge(
                    xy,
                    kind,
                    n,
                    i,
                    directions,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    steps,
                    new,
                    new_kind,
                    buffer,
                )
            i += 1
        if saved <= 1.0:
            break
    return n


@njit(cache=True, nogil=True)
def _nudge(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    directions: FloatArray,
    counts: Counts,
    frame: FloatArray,
    core: Counts,
    core_frame: FloatArray,
    state: FloatArray,
    edges: FloatArray,
    physics: FloatArray,
    steps: FloatArray,
    new: FloatArray,
    new_kind: IntArray,
    buffer: FloatArray,
) -> float:
    """Move one corner: along its line, or in eight directions and towards its neighbours' middle."""
    saved = 0.0
    new_kind[0] = kind[i]
    for step in steps:
        options = 2 if kind[i] >= 0 else 9
        for option in range(options):
            for _ in range(6):
                x, y = xy[i, 0], xy[i, 1]
                if kind[i] >= 0:
                    sign = 1.0 if option == 0 else -1.0
                    ux, uy = directions[kind[i], 0] * sign, directions[kind[i], 1] * sign
                    # not past the other end of its own line
                    passed = False
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
                    ux = (xy[i - 1 if i else n - 1, 0] + xy[(i + 1) % n, 0]) / 2 - x
                    uy = (xy[i - 1 if i else n - 1, 1] + xy[(i + 1) % n, 1]) / 2 - y
                    far = math.hypot(ux, uy)
                    if far < step:
                        break
                    ux /= far
                    uy /= far
                new[0, 0], new[0, 1] = x + step * ux, y + step * uy
                value = _attempt(
                    xy,
                    kind,
                    n,
                    i,
                    1,
                    new,
                    new_kind,
                    1,
                    kind[i] >= 0,
                    counts,
                    frame,
                    core,
                    core_frame,
                    state,
                    edges,
                    physics,
                    buffer,
                    True,
                )
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
    counts: Counts,
    frame: FloatArray,
    core: Counts,
    core_frame: FloatArray,
    state: FloatArray,
    edges: FloatArray,
    physics: FloatArray,
    far: float,
    share: FloatArray,
) -> tuple[float, int]:
    """Weigh detours towards (x, y) from all legs within `far`, make the best; value, corner count."""
    new, new_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    best_new, best_kind = np.empty((3, 2)), np.empty(3, dtype=np.int32)
    buffer = np.empty((2, 2 * _WINDOW + 4, 2))
    best, best_at, best_k = 0.0, -1, 0
    for i in range(n):
        before = i - 1 if i else n - 1
        ax, ay = xy[before, 0], xy[before, 1]
        dx, dy = xy[i, 0] - ax, xy[i, 1] - ay
        square = dx * dx + dy * dy
        t = min(max(((x - ax) * dx + (y - ay) * dy) / max(square, 1e-12), 0.0), 1.0)
        fx, fy = ax + t * dx, ay + t * dy
        if (fx - x) ** 2 + (fy - y) ** 2 > far * far:
            continue
        on_line = (
            (kind[i] >= 0 and kind[before] == kind[i])
            or (kind[i] == FIXED and kind[before] >= 0)
            or (kind[before] == FIXED and kind[i] >= 0)
        )
        if on_line and (t <= 0.0 or t >= 1.0):
            continue
        for part in share:
            qx, qy = fx + part * (x - fx), fy + part * (y - fy)
            if on_line:
                new[0, 0], new[0, 1], new[2, 0], new[2, 1] = fx, fy, fx, fy
                new_kind[0], new_kind[1], new_kind[2] = FIXED, FREE, FIXED
                new[1, 0], new[1, 1] = qx, qy
                k = 3
            else:
                new[0, 0], new[0, 1] = qx, qy
                new_kind[0] = FREE
                k = 1
            value = _attempt(
                xy,
                kind,
                n,
                i,
                0,
                new,
                new_kind,
                k,
                False,
                counts,
                frame,
                core,
                core_frame,
                state,
                edges,
                physics,
                buffer,
                False,
            )
            if value > best:
                best, best_at, best_k = value, i, k
                best_new[:] = new
                best_kind[:] = new_kind
    if best_at < 0:
        return 0.0, n
    _attempt(
        xy,
        kind,
        n,
        best_at,
        0,
        best_new,
        best_kind,
        best_k,
        False,
        counts,
        frame,
        core,
        core_frame,
        state,
        edges,
        physics,
        buffer,
        True,
    )
    return best, n + best_k


@dataclass(slots=True, eq=False)
class Tour:
    """A closed tour under change. The first `n` corners count, the rest is room.

    Attributes
    ----------
    xy
        Shape (room, 2).
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
        return np.vstack([self.xy[: self.n], self.xy[:1]])

    def make_room(self, extra: int) -> None:
        """See to it that `extra` corners can be added."""
        if self.n + extra > len(self.xy):
            more = self.n + extra + 64 - len(self.xy)
            self.xy = np.vstack([self.xy, np.empty((more, 2))])
            self.kind = np.concatenate([self.kind, np.zeros(more, dtype=np.int32)])


def new_tour(xy_m: FloatArray, kind: IntArray, directions: FloatArray) -> Tour:
    """Make a tour of corners, shape (n, 2), the first not repeated."""
    tour = Tour(
        np.array(xy_m, dtype=np.float64),
        np.array(kind, dtype=np.int32),
        len(xy_m),
        np.ascontiguousarray(directions, dtype=np.float64),
    )
    tour.make_room(64)
    return tour
