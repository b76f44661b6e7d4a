"""Local search on a closed tour: fly less while enough stays covered.

A tour is an array of corners. A corner on a survey line slides along that line only; every other
corner is free. See `planners.sweep.weigh` for what a move is and when it is made.
"""

import math
from dataclasses import dataclass

import numpy as np

from mcpp.kernels import kernel
from mcpp.model import FloatArray, IntArray
from planners.sweep.paint import LEG_SHAPE, MARKS_SHAPE
from planners.sweep.raster import Counts, Frame
from planners.sweep.weigh import (
    ASLEEP,
    AWAKE,
    BOXES_SHAPE,
    CORNERS_SHAPE,
    FIXED,
    FREE,
    LEAST_M,
    MOST_WON,
    Physics,
    World,
    attempt,
    flight,
    move_of,
)


@kernel
def _restructure(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    short: float,
    new: FloatArray,
    new_kind: IntArray,
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
    for option in range(4):
        if option == 0 and line:
            taken, put = 2, 0
        elif option == 1 and line:  # one corner in the middle of the line
            taken, put = 2, 1
            new[0, 0] = (xy[i, 0] + xy[follower, 0]) / 2
            new[0, 1] = (xy[i, 1] + xy[follower, 1]) / 2
            new_kind[0] = FREE
        elif option == 2 and spur:
            taken, put = 3, 0
        elif option == 3 and kind[i] == FREE:
            taken, put = 1, 0
        else:
            continue
        move = move_of(i, taken, put, False, True)
        value = attempt(xy, kind, n, move, new, new_kind, world)
        if value > 0.0:
            return value, n + put - taken
    return 0.0, n


@kernel
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
    saved = 0.0
    i = start
    while i < n and n > 2 and tries > 0:
        if xy[i, 2] == ASLEEP:
            i += 1
            continue
        tries -= 1
        value, n = _restructure(xy, kind, n, i, short, new, new_kind, world)
        if value > 0.0:
            saved += value
            continue
        if kind[i] != FIXED:
            value = _nudge(xy, kind, n, i, directions, steps, new, new_kind, world)
            saved += value
        if value <= 0.0:
            xy[i, 2] = ASLEEP
        i += 1
    return n, i, saved


@kernel
def _nudge(
    xy: FloatArray,
    kind: IntArray,
    n: int,
    i: int,
    directions: FloatArray,
    steps: FloatArray,
    new: FloatArray,
    new_kind: IntArray,
    world: World,
) -> float:
    """Move one corner along its line, or in eight directions and between its neighbours."""
    saved = 0.0
    new_kind[0] = kind[i]
    on_line = kind[i] >= 0
    move = move_of(i, 1, 1, on_line, True)
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
                value = attempt(xy, kind, n, move, new, new_kind, world)
                if value <= 0.0:
                    break
                saved += value
    return saved


@kernel
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
    best, best_at, best_k = 0.0, -1, 0
    state = world.state
    least = state[LEAST_M]
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
            move = move_of(i, 0, 2 * at + 1, False, False)
            state[LEAST_M] = max(best, least)
            value = attempt(xy, kind, n, move, new, new_kind, world)
            if value > best:
                best, best_at, best_k = value, i, 2 * at + 1
                for j in range(best_k):
                    best_new[j, 0], best_new[j, 1] = new[j, 0], new[j, 1]
                    best_kind[j] = new_kind[j]
    state[LEAST_M] = least
    if best_at < 0:
        return 0.0, n
    made = move_of(best_at, 0, best_k, False, True)
    attempt(xy, kind, n, made, best_new, best_kind, world)
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
    samples, core
        What legs are painted on, and where its samples lie: of the target, and of its core.
    state
        See `planners.sweep.weigh`.
    edges
        Shape (n, 4): of free space.
    short_m
        A line shorter than this may be taken out.
    """

    def __init__(
        self,
        tour: Tour,
        samples: tuple[Counts, Frame],
        core: tuple[Counts, Frame],
        state: FloatArray,
        edges: FloatArray,
        physics: Physics,
        short_m: float,
    ) -> None:
        self.tour, self.short_m = tour, short_m
        self._world = World(
            *samples,
            *core,
            state,
            edges,
            physics,
            old=np.empty(CORNERS_SHAPE),
            fresh=np.empty(CORNERS_SHAPE),
            boxes=np.empty(BOXES_SHAPE),
            legs=np.empty(LEG_SHAPE),
            marks=np.empty(MARKS_SHAPE, dtype=np.int32),
        )

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
        state = self._world.state
        state[MOST_WON] = most
        value, tour.n = _insert(tour.xy, tour.kind, tour.n, x_m, y_m, far_m, shares, self._world)
        state[MOST_WON] = math.inf
        return float(value)


def flight_m(xy_m: FloatArray, physics: Physics) -> float:
    """Flight time from rest to rest, times cruise speed."""
    return float(flight(np.ascontiguousarray(xy_m), len(xy_m), physics))
