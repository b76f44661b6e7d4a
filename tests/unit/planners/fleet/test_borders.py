"""Borders that are moved: who passes how much to whom, and what the regions are then."""

import numpy as np
import pytest
import shapely
from shapely.geometry import MultiPolygon, Polygon, box

from mcpp.ground.overlay import joined_ground, shared_ground
from planners.fleet.borders import borders_m, flows, moved, passed_on

LEFT, MIDDLE, RIGHT = box(0, 0, 100, 100), box(100, 0, 200, 100), box(200, 0, 300, 100)


def test_a_straight_border_moves_by_the_area_over_its_length():
    found = passed_on(LEFT, MIDDLE, 1000.0, 100.0, 10.0)
    assert found is not None
    giver, taker = found
    assert giver.area == pytest.approx(9000.0, abs=20.0)
    assert taker.bounds == pytest.approx((90.0, 0.0, 200.0, 100.0), abs=0.2)


def test_borders_are_as_long_as_what_is_shared_and_a_corner_is_none():
    above = box(100, 100, 200, 200)
    shared_m = borders_m([LEFT, MIDDLE, RIGHT, above])
    expected = np.zeros((4, 4))
    for i, j in ((0, 1), (1, 2), (1, 3)):
        expected[i, j] = expected[j, i] = 100.0
    assert shared_m == pytest.approx(expected, abs=0.1)


def test_ground_goes_through_those_between():
    chain = np.array([[0.0, 1.0, 0.0], [1.0, 0.0, 2.0], [0.0, 2.0, 0.0]])
    passed = flows(np.array([-3.0, 1.0, 2.0]), chain)
    expected = np.zeros((3, 3))
    expected[0, 1], expected[1, 2] = 3.0, 2.0
    assert passed == pytest.approx(expected)


def test_where_no_border_leads_nothing_passes():
    apart = np.zeros((2, 2))
    assert not flows(np.array([-1.0, 1.0]), apart).any()


def test_all_borders_move_at_once_and_the_whole_stays_the_whole():
    regions = moved([LEFT, MIDDLE, RIGHT], np.array([-1500.0, 0.0, 1500.0]), 10.0)
    areas = [region.area for region in regions]
    assert areas == pytest.approx([8500.0, 10000.0, 11500.0], abs=80.0)
    assert joined_ground(regions).area == pytest.approx(30000.0, abs=1e-3)
    for i, one in enumerate(regions):
        assert one.geom_type == "Polygon"
        for other in regions[:i]:
            assert shared_ground(one, other).area < 1e-3


def test_a_region_is_not_torn_where_it_is_narrow():
    hourglass = Polygon(
        [
            *[(0, 0), (100, 0), (100, 40), (60, 50), (100, 60)],
            *[(100, 100), (0, 100), (0, 60), (40, 50), (0, 40)],
        ]
    )
    beside = Polygon([(100, 0), (200, 0), (200, 100), (100, 100), (100, 60), (60, 50), (100, 40)])
    assert passed_on(hourglass, beside, 1500.0, 100.0, 15.0) is None
    assert passed_on(beside, hourglass, 1500.0, 100.0, 15.0) is not None


def test_ground_beyond_a_zone_stays_with_the_giver():
    zone = box(90, 20, 100, 100)
    giver = LEFT.difference(zone)
    found = passed_on(giver, MIDDLE, 300.0, 20.0, 5.0)
    assert found is not None
    kept, taken = found
    assert taken.geom_type == kept.geom_type == "Polygon"
    assert kept.area == pytest.approx(giver.area - 300.0, abs=10.0)


def test_parts_of_a_region_that_lie_apart_stay_its_own():
    island = box(0, 200, 50, 250)
    found = passed_on(MultiPolygon([LEFT, island]), MIDDLE, 1000.0, 100.0, 10.0)
    assert found is not None
    kept, taken = found
    assert len(shapely.get_parts(kept)) == 2
    assert kept.area == pytest.approx(LEFT.area + island.area - 1000.0, abs=20.0)
    assert taken.geom_type == "Polygon"
