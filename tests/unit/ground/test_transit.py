"""Shortest legal ways."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.errors import InfeasibleError
from mcpp.ground.transit import FreeSpace
from mcpp.stops import heeding

FIELD = shapely.box(0, 0, 100, 100)
WALLED = FIELD.difference(shapely.box(40, -1, 60, 90))


def length_m(way):
    return float(np.hypot(*np.diff(way, axis=0).T).sum())


def test_a_free_way_is_straight():
    way = FreeSpace(FIELD).path((10, 10), (90, 80))
    assert way.tolist() == [[10, 10], [90, 80]]


def test_a_way_goes_round_a_wall_and_stays_inside():
    space = FreeSpace(WALLED)
    way = space.path((10, 10), (90, 10))
    assert WALLED.covers(shapely.LineString(way))
    taut = np.hypot(30, 80) + 20 + np.hypot(30, 80)
    assert taut <= length_m(way) <= taut + 0.2


def test_distances_agree_with_paths():
    space = FreeSpace(WALLED)
    rng = np.random.default_rng(3)
    a, b = (rng.uniform(0, [38, 100], (6, 2)), rng.uniform([62, 0], 100, (5, 2)))
    table = space.distances(a, b)
    for i in range(6):
        for j in range(5):
            assert table[i, j] == pytest.approx(length_m(space.path(a[i], b[j])), abs=1e-9)


def test_parts_that_do_not_touch_have_no_way():
    space = FreeSpace(shapely.union(FIELD, shapely.box(200, 0, 300, 100)))
    assert np.isinf(space.distances([(50, 50)], [(250, 50)])).all()
    with pytest.raises(InfeasibleError, match="no legal way"):
        space.path((50, 50), (250, 50))


def test_a_leg_along_the_border_is_legal_and_one_across_is_not():
    space = FreeSpace(WALLED)
    assert space.legal([(0, 0), (10, 50)], [(0, 100), (90, 50)]).tolist() == [True, False]


@settings(max_examples=40)
@given(
    st.lists(
        st.tuples(st.integers(5, 85), st.integers(5, 85), st.integers(2, 30), st.integers(2, 30)),
        max_size=6,
    ),
    st.integers(0, 1000),
)
def test_every_way_is_legal_and_symmetric(walls, seed):
    space = FIELD.difference(
        shapely.union_all([shapely.box(x, y, x + w, y + h) for x, y, w, h in walls])
    )
    free = FreeSpace(space)
    rng = np.random.default_rng(seed)
    points = rng.uniform(0, 100, (40, 2))
    points = points[free.contains(points)][:2]
    if len(points) < 2:
        return
    table = free.distances(points, points)
    if np.isinf(table[0, 1]):
        with pytest.raises(InfeasibleError):
            free.path(points[0], points[1])
        return
    way = free.path(points[0], points[1])
    assert space.covers(shapely.LineString(way))
    assert length_m(way) == pytest.approx(table[0, 1])
    assert table[0, 1] == pytest.approx(table[1, 0])
    assert table[0, 1] >= np.hypot(*(points[0] - points[1])) - 1e-9


def test_several_threads_may_ask_at_a_time():
    hole = shapely.Point(150, 100).buffer(70, quad_segs=64)
    free = FreeSpace(shapely.box(0, 0, 300, 200).difference(hole))
    ends = np.random.default_rng(5).uniform((0, 0), (300, 200), (4000, 2))
    wanted = FreeSpace(shapely.box(0, 0, 300, 200).difference(hole)).legal(ends[:2000], ends[2000:])
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: free.legal(ends[:2000], ends[2000:]), range(12)))
    assert all(np.array_equal(one, wanted) for one in found)


def test_ways_among_points_are_those_between_them():
    ring = shapely.box(0, 0, 300, 200).difference(shapely.box(60, 40, 240, 160))
    free = FreeSpace(ring)
    points = np.random.default_rng(3).uniform((0, 0), (300, 200), (150, 2))
    inside = points[free.contains(points)]
    looks = []
    found = free.distances_among(inside, lambda: looks.append(1))
    assert np.allclose(found, FreeSpace(ring).distances(inside, inside))
    assert np.array_equal(found, found.T)
    assert len(looks) > len(inside) / 64


def test_work_in_small_pieces_and_what_is_kept_change_no_way(monkeypatch):
    pond = shapely.Point(150, 100).buffer(60, quad_segs=5)
    room = shapely.box(0, 0, 300, 200).difference(pond)
    points = np.random.default_rng(8).uniform((0, 0), (300, 200), (40, 2))
    inside = points[FreeSpace(room).contains(points)]
    whole = FreeSpace(room)
    wanted = whole.distances(inside[:5], inside)
    ways = [whole.path(inside[0], end).tolist() for end in inside]
    for name, most in (("_TESTS_AT_ONCE", 70), ("_SUMS_AT_ONCE", 900), ("_MOST_KEPT", 100)):
        monkeypatch.setattr(f"mcpp.ground.transit.{name}", most)
    pieces = FreeSpace(room)
    for _ in range(2):  # the second time from what is kept
        assert np.array_equal(pieces.distances(inside[:5], inside), wanted)
        assert [pieces.path(inside[0], end).tolist() for end in inside] == ways
    looks = []

    def look() -> bool:
        looks.append(1)
        return False

    with heeding(look):
        FreeSpace(room).distances(inside[:5], inside)
    assert len(looks) > 10
