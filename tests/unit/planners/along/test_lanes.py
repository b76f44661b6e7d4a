"""Lanes along a corridor: spacing, sides, no crossing; and the way round a zone."""

import math

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.ground.transit import FreeSpace
from mcpp.model import APART, BROKEN_PERCENT, Strip
from planners.along.lanes import lay_lanes, round_zones
from tests.strategies import bent_lines


def ground_of(strip):
    line = shapely.LineString(strip.line_m)
    return line.buffer(strip.width_m / 2, cap_style="flat", quad_segs=16)


def test_lanes_over_a_straight_corridor_are_even_and_end_with_it():
    strip = Strip(line_m=((0.0, 0.0), (400.0, 0.0)), width_m=50.0)
    lanes = lay_lanes([strip], ground_of(strip), 20.0)
    # 50 m at most 20 m apart: three lanes, the outer ones half a gap inside
    assert sorted(float(lane[0, 1]) for lane in lanes) == pytest.approx([-50 / 3, 0.0, 50 / 3])
    for lane in lanes:
        assert sorted(lane[[0, -1], 0].tolist()) == pytest.approx([0.0, 400.0])


def test_a_corridor_no_wider_than_the_spacing_has_its_line_for_a_lane():
    places = ((0.0, 0.0), (300.0, 0.0), (300.0, 300.0))
    strip = Strip(line_m=places, width_m=20.0)
    (lane,) = lay_lanes([strip], ground_of(strip), 20.0)
    assert np.allclose(lane, places)


def test_lanes_go_round_the_outside_of_a_bend_and_are_cut_on_its_inside():
    strip = Strip(line_m=((0.0, 0.0), (200.0, 0.0), (200.0, 200.0)), width_m=60.0)
    lanes = lay_lanes([strip], ground_of(strip), 30.0)
    inside, outside = sorted(lanes, key=lambda lane: shapely.LineString(lane).length)[-2:]
    assert np.allclose(inside, [(0, 15), (185, 15), (185, 200)])
    corner = shapely.Point(200, 0)
    away = shapely.distance(shapely.LineString(outside), corner)
    assert away == pytest.approx(15.0, abs=0.35)  # a hundredth of the spacing, for few corners


@settings(max_examples=60, deadline=None)
@given(bent_lines(), st.floats(15, 150), st.floats(12, 40))
def test_lanes_keep_their_spacing_and_never_cross(places, width_m, spacing_m):
    strip = Strip(line_m=places, width_m=width_m)
    ground = ground_of(strip)
    lanes = lay_lanes([strip], ground, spacing_m)
    lines = [shapely.LineString(lane) for lane in lanes]
    deep = shapely.buffer(ground, -spacing_m)
    near = shapely.union_all([line.buffer(APART * spacing_m) for line in lines])
    assert deep.difference(near).area <= BROKEN_PERCENT / 100 * deep.area + 1e-6
    whole = [line for line in lines if line.length > spacing_m]
    for i, one in enumerate(whole):
        for other in whole[:i]:
            # each lies at a distance of its own from the middle line, but for the smoothing
            assert one.distance(other) > 0.2 * min(spacing_m, width_m / max(len(whole), 1)) or (
                min(one.length, other.length) < 3 * spacing_m
            )


def test_a_lane_goes_round_a_tree_and_ends_at_a_wood():
    ground = shapely.box(0, -30, 400, 30)
    tree, wood = shapely.Point(100, 0).buffer(6), shapely.box(250, -25, 300, 25)
    room = ground.difference(tree).difference(wood)
    lane = np.array([(0.0, 0.0), (400.0, 0.0)])
    ways = round_zones(lane, room.buffer(-0.02), FreeSpace(room), 20.0)
    assert len(ways) == 2
    first = shapely.LineString(ways[0])
    assert room.covers(first)
    assert first.bounds[2] == pytest.approx(250, abs=0.1)
    # there and on: half round the tree at most
    assert first.length <= 250 + (math.pi / 2 - 1) * 12 + 0.5
    assert ways[1][:, 0].min() == pytest.approx(300, abs=0.1)
