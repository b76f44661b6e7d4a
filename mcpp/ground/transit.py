"""Shortest legal ways: the visibility graph of where legs may run.

The nodes are the corners at which free space bends inward, drawn 2 cm into it, so that no leg of a
way touches the border and every test of crossing is clear. Lozano-Perez and Wesley, *An algorithm
for planning collision-free paths among polyhedral obstacles* (1979).
"""

import heapq
import math
import threading
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import shapely
from shapely.geometry.base import BaseGeometry

from mcpp.errors import NoWayError
from mcpp.ground.shapes import prepared_copy
from mcpp.kernels import kernel
from mcpp.model import BoolArray, FloatArray
from mcpp.stops import heed

NODE_INSET_M = 0.02
"""How far a node stands from the corner that it goes round."""
_MOST_KEPT = 4_000_000  # lengths between points and nodes
_TESTS_AT_ONCE = 20_000_000  # of a leg against an edge, between two looks at the observer
_SUMS_AT_ONCE = 100_000_000
_MOST_PATHS = 20_000
_AT_ONCE = 64  # points whose ways are measured between two looks at the observer


@kernel
def crosses(ax: float, ay: float, bx: float, by: float, edges: FloatArray) -> bool:
    """Tell whether the leg a-b meets any of the edges, shape (m, 4), touching included.

    Compiled; for kernels.
    """
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


@kernel
def _visible_lengths(a: FloatArray, b: FloatArray, edges: FloatArray) -> FloatArray:
    """Length of the straight leg from each of `a` to each of `b`, infinite where it is blocked."""
    out = np.full((len(a), len(b)), np.inf)
    for i in range(len(a)):
        for j in range(len(b)):
            if not crosses(a[i, 0], a[i, 1], b[j, 0], b[j, 1], edges):
                out[i, j] = math.hypot(a[i, 0] - b[j, 0], a[i, 1] - b[j, 1])
    return out


@kernel
def _shorten(out: FloatArray, via: float, onward: FloatArray) -> None:
    """Shorten ways to all places by going on from one that is `via` away."""
    if via < np.inf:
        for j in range(len(out)):
            if via + onward[j] < out[j]:
                out[j] = via + onward[j]


@kernel
def _by_way_of(best: FloatArray, first: int, last: int) -> None:
    """Shorten the ways between all nodes by going by some of them (Floyd and Warshall)."""
    for k in range(first, last):
        for i in range(len(best)):
            _shorten(best[i], best[i, k], best[k])


@kernel
def _joined(left: FloatArray, right: FloatArray) -> FloatArray:
    """Matrix product with minimum for sum and sum for product."""
    out = np.full((len(left), right.shape[1]), np.inf)
    for i in range(len(left)):
        for h in range(len(right)):
            _shorten(out[i], left[i, h], right[h])
    return out


def _corners(ring: FloatArray, *, exterior: bool) -> FloatArray:
    """Return nodes beside the corners of a ring at which the free space bends inward."""
    points = ring[:-1]
    before, after = np.roll(points, 1, axis=0), np.roll(points, -1, axis=0)
    incoming, outgoing = points - before, after - points
    incoming /= np.maximum(np.hypot(incoming[:, 0], incoming[:, 1]), 1e-12)[:, None]
    outgoing /= np.maximum(np.hypot(outgoing[:, 0], outgoing[:, 1]), 1e-12)[:, None]
    turn = incoming[:, 0] * outgoing[:, 1] - incoming[:, 1] * outgoing[:, 0]
    counter_clockwise = shapely.is_ccw(shapely.linearrings(ring))
    # free space lies left of a counter-clockwise exterior and right of a counter-clockwise hole
    free_on_left = counter_clockwise == exterior
    bends = turn < -1e-9 if free_on_left else turn > 1e-9
    direction = incoming[bends] - outgoing[bends]  # away from the inside of the corner's wedge
    direction /= np.maximum(np.hypot(direction[:, 0], direction[:, 1]), 1e-12)[:, None]
    return np.asarray(points[bends] + NODE_INSET_M * direction, dtype=np.float64)


def _as_points(points: npt.ArrayLike) -> FloatArray:
    return np.ascontiguousarray(np.asarray(points, dtype=np.float64).reshape(-1, 2))


def _looked_up(
    kept: dict[tuple[float, float], FloatArray],
    points: FloatArray,
    measure: Callable[[FloatArray], FloatArray],
) -> FloatArray:
    """Take rows of lengths that are kept, and measure those of the other points; shape (n, k)."""
    keys = [(x, y) for x, y in points.tolist()]
    rows = [kept.get(key) for key in keys]
    new = [i for i, row in enumerate(rows) if row is None]
    if new:
        found = measure(np.ascontiguousarray(points[new]))
        if (len(kept) + len(new)) * found.shape[1] > _MOST_KEPT:
            kept.clear()
        for i, row in zip(new, found, strict=True):
            rows[i] = kept[keys[i]] = row.copy()
    return np.array(rows)


class FreeSpace:
    """Where legs may run, with shortest ways inside; several threads may ask at a time.

    Parameters
    ----------
    space
        (Multi)Polygon in metres.
    """

    def __init__(self, space: BaseGeometry) -> None:
        self._lock = threading.Lock()
        self._space = prepared_copy(space)
        edges, nodes = [np.empty((0, 4))], [np.empty((0, 2))]
        for part in shapely.get_parts(space):
            rings = [(part.exterior, True), *((hole, False) for hole in part.interiors)]
            for ring, exterior in rings:
                xy = shapely.get_coordinates(ring)
                edges.append(np.hstack([xy[:-1], xy[1:]]))
                nodes.append(_corners(xy, exterior=exterior))
        self._edges = np.ascontiguousarray(np.vstack(edges))
        corners = np.vstack(nodes)
        inside = shapely.contains_xy(self._space, corners) if len(corners) else np.empty(0, bool)
        self.nodes_m: FloatArray = np.ascontiguousarray(corners[inside])
        self._rows: dict[int, FloatArray] = {}
        self._between: FloatArray | None = None
        # a launch point and the points of a tour are asked for again and again; the test of a leg
        # may differ in the last bit from that of its reverse, so that both ways have their own
        self._onto: dict[tuple[float, float], FloatArray] = {}
        self._off: dict[tuple[float, float], FloatArray] = {}
        self._paths: dict[bytes, FloatArray] = {}

    def contains(self, points: npt.ArrayLike) -> BoolArray:
        """Tell which points, shape (n, 2), lie inside or on the border; shape (n,)."""
        with self._lock:
            inside: BoolArray = shapely.intersects_xy(self._space, _as_points(points))
        return inside

    def legal(self, a: npt.ArrayLike, b: npt.ArrayLike) -> BoolArray:
        """Tell, exactly, which straight legs a[i] to b[i] stay inside; shapes (n, 2), (n,)."""
        ends = np.stack([_as_points(a), _as_points(b)], axis=1)
        with self._lock:
            covered: BoolArray = shapely.covers(self._space, shapely.linestrings(ends))
        return covered

    def lengths(self, a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
        """Measure the straight leg of all pairs, infinite where it is blocked; shape (n, m)."""
        starts, ends = _as_points(a), _as_points(b)
        pairs = max(1, _TESTS_AT_ONCE // max(len(self._edges), 1))
        columns = min(max(len(ends), 1), pairs)
        rows = max(1, pairs // columns)
        found: FloatArray = np.empty((len(starts), len(ends)))
        for i in range(0, len(starts), rows):
            for j in range(0, len(ends), columns):
                heed("measuring ways")
                some, others = slice(i, i + rows), slice(j, j + columns)
                found[some, others] = _visible_lengths(starts[some], ends[others], self._edges)
        return found

    def _nodes_apart(self) -> FloatArray:
        """Measure the shortest way between all nodes, once."""
        if self._between is None:
            best, count = self.lengths(self.nodes_m, self.nodes_m), len(self.nodes_m)
            at_once = max(1, _SUMS_AT_ONCE // max(count * count, 1))
            for first in range(0, count, at_once):
                heed("measuring ways")
                _by_way_of(best, first, min(first + at_once, count))
            self._between = best
        return self._between

    def _by_nodes(self, onto: FloatArray, off: FloatArray) -> FloatArray:
        """Measure the shortest ways that go by nodes, from (n, nodes) and (nodes, m); (n, m)."""
        between = self._nodes_apart()
        rows = max(1, _SUMS_AT_ONCE // max(len(between) * max(off.shape[1], len(between)), 1))
        around: FloatArray = np.empty((len(onto), off.shape[1]))
        for first in range(0, len(onto), rows):
            heed("measuring ways")
            some = slice(first, first + rows)
            around[some] = _joined(_joined(onto[some], between), off)
        return around

    def _to_nodes(self, points: FloatArray) -> FloatArray:
        """Measure the straight legs from points to all nodes, shape (n, nodes)."""
        return _looked_up(self._onto, points, lambda new: self.lengths(new, self.nodes_m))

    def _from_nodes(self, points: FloatArray) -> FloatArray:
        """Measure the straight legs from all nodes to points, shape (nodes, n)."""
        rows = _looked_up(self._off, points, lambda new: self.lengths(self.nodes_m, new).T)
        return np.ascontiguousarray(rows.T)

    def distances(self, a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
        """Measure the shortest way of all pairs, infinite where there is none; shape (n, m)."""
        start, end = _as_points(a), _as_points(b)
        direct = self.lengths(start, end)
        if not len(self.nodes_m) or np.isfinite(direct).all():
            return direct
        around = self._by_nodes(self._to_nodes(start), self._from_nodes(end))
        return np.minimum(direct, around)

    def distances_among(
        self, points: npt.ArrayLike, watch: Callable[[], None] = lambda: None
    ) -> FloatArray:
        """Measure the shortest way of all pairs of points, infinite where there is none.

        Parameters
        ----------
        points
            Shape (n, 2).
        watch
            Called between short pieces of work; raises to leave.

        Returns
        -------
        Shape (n, n), symmetric.
        """
        ends = _as_points(points)
        blocks = [slice(first, first + _AT_ONCE) for first in range(0, len(ends), _AT_ONCE)]
        direct: FloatArray = np.full((len(ends), len(ends)), np.inf)
        for block in blocks:
            direct[block, block.start :] = self.lengths(ends[block], ends[block.start :])
            watch()
        direct = np.asarray(np.minimum(direct, direct.T))
        if not len(self.nodes_m) or np.isfinite(direct).all():
            return direct
        self._nodes_apart()
        watch()
        onto = np.empty((len(ends), len(self.nodes_m)))
        for block in blocks:
            onto[block] = self.lengths(ends[block], self.nodes_m)
            watch()
        off = np.ascontiguousarray(onto.T)
        for block in blocks:
            around = self._by_nodes(onto[block], off)
            direct[block] = np.minimum(direct[block], around)
            watch()
        return np.asarray(np.minimum(direct, direct.T))

    def path(self, a: npt.ArrayLike, b: npt.ArrayLike) -> FloatArray:
        """Find the shortest legal way from `a` to `b`.

        Returns
        -------
        Shape (k, 2), both ends included.

        Raises
        ------
        NoWayError
            When the two points lie in different parts of the space, or outside it.
        """
        ends = np.vstack([_as_points(a), _as_points(b)])
        key = ends.tobytes()
        way = self._paths.get(key)
        if way is None:
            if len(self._paths) >= _MOST_PATHS:
                self._paths.clear()
            way = self._paths[key] = self._path(ends)
        return way.copy()

    def _path(self, ends: FloatArray) -> FloatArray:
        if self.legal(ends[:1], ends[1:])[0]:
            return ends
        nodes = self.nodes_m
        onto, off = self._to_nodes(ends) if len(nodes) else np.empty((2, 0))
        to_go = np.hypot(*(nodes - ends[1]).T)
        cost = onto.copy()
        parent = np.full(len(nodes), -1)
        queue = [(float(cost[i] + to_go[i]), int(i)) for i in np.flatnonzero(np.isfinite(cost))]
        heapq.heapify(queue)
        best, last = math.inf, -1
        done = np.zeros(len(nodes), bool)
        while queue:
            bound, i = heapq.heappop(queue)
            if bound >= best:
                break
            if done[i]:
                continue
            done[i] = True
            if cost[i] + off[i] < best:
                best, last = float(cost[i] + off[i]), i
            reached = cost[i] + self._row(i)
            for j in np.flatnonzero(reached < cost - 1e-12):
                cost[j], parent[j] = reached[j], i
                heapq.heappush(queue, (float(cost[j] + to_go[j]), int(j)))
        if last < 0:
            (ax, ay), (bx, by) = ends.tolist()
            msg = "no legal way: no-fly zones or the border part two places"
            raise NoWayError(msg, ends_m=((ax, ay), (bx, by)))
        way = [ends[1]]
        while last >= 0:
            way.append(nodes[last])
            last = int(parent[last])
        way.append(ends[0])
        return np.array(way[::-1])

    def _row(self, i: int) -> FloatArray:
        if i not in self._rows:
            self._rows[i] = self.lengths(self.nodes_m[i : i + 1], self.nodes_m)[0]
        return self._rows[i]
