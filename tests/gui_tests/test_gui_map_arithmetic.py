"""Projection, tiles, shapes: arithmetic without windows."""

import math

import numpy as np
import pytest
from hypothesis import given, strategies as st

from gui.map import geometry
from gui.map.mercator import (
    Projection,
    graticule_step_deg,
    metres_per_unit,
    scale_bar_m,
    tiles_in,
    zoom_to_fit,
)

places = st.tuples(st.floats(-179.999, 179.999), st.floats(-85.0, 85.0))


@given(places, st.floats(-180, 180))
def test_a_place_comes_back_from_the_map(place, middle):
    projection = Projection(middle)
    lon, lat = projection.place(*projection.point(place))
    assert (lon - place[0] + 180) % 360 - 180 == pytest.approx(0, abs=1e-9)
    assert lat == pytest.approx(place[1], abs=1e-9)


def test_the_world_is_a_tile_wide_and_null_island_is_its_middle():
    assert Projection().point((0.0, 0.0)) == pytest.approx((128.0, 128.0))
    assert Projection().point((-180.0, 85.05112877980659)) == pytest.approx((0.0, 0.0), abs=1e-9)


def test_an_area_across_the_antimeridian_is_in_one_piece():
    xy = Projection(180.0).to_map([(179.9, 0.0), (-179.9, 0.0)])
    assert abs(xy[1, 0] - xy[0, 0]) == pytest.approx(0.2 / 360 * 256)


def test_a_metre_of_the_map_is_a_metre_on_the_ground():
    projection = Projection()
    one, other = (24.4, 40.9), (24.4001, 40.9)
    units = projection.point(other)[0] - projection.point(one)[0]
    on_map = units * metres_per_unit(40.9)
    assert on_map == pytest.approx(geometry.distance_m(one, other), rel=0.005)


def test_tiles_cover_the_box_and_no_more():
    found = tiles_in(10.0, 20.0, 70.0, 120.0, 2)  # tiles of 64 units
    assert (found.x_min, found.x_max, found.y_min, found.y_max) == (0, 1, 0, 1)
    assert len(found) == 4
    assert found.tiles() == [(0, 0), (1, 0), (0, 1), (1, 1)]


def test_the_zoom_that_fits_fills_the_window_in_one_direction():
    zoom = zoom_to_fit(2.0, 1.0, 800.0, 600.0)
    assert 2.0 * 2**zoom == pytest.approx(800.0)


@given(st.floats(1e-3, 1e5), st.floats(20, 500))
def test_the_scale_bar_is_round_and_fits(metres_per_pixel, longest):
    bar = scale_bar_m(metres_per_pixel, longest)
    assert bar / metres_per_pixel <= longest
    assert bar / metres_per_pixel > longest / 2.51
    digit = round(bar / 10 ** math.floor(math.log10(bar) + 1e-9))
    assert digit in {1, 2, 5}


def test_the_graticule_keeps_a_handful_of_lines():
    for across in (300.0, 20.0, 1.0, 0.01, 0.0005):
        assert 2 <= across / graticule_step_deg(across) <= 20


def test_crossing_edges_are_named():
    bow_tie = np.array([(0, 0), (2, 2), (2, 0), (0, 2)], dtype=float)
    square = np.array([(0, 0), (2, 0), (2, 2), (0, 2)], dtype=float)
    assert geometry.crossing_edges(bow_tie) == [(0, 2)]
    assert geometry.crossing_edges(square) == []


def test_an_open_line_has_no_last_edge():
    line = np.array([(0, 0), (2, 0), (2, 2), (1, -1)], dtype=float)
    assert geometry.crossing_edges(line, closed=False) == [(0, 2)]


def test_a_circle_keeps_its_radius():
    ring = geometry.circle_ring((24.4, 40.9), 120.0)
    assert all(geometry.distance_m((24.4, 40.9), p) == pytest.approx(120.0) for p in ring)
    assert geometry.area_m2(ring) == pytest.approx(math.pi * 120**2, rel=0.002)


def test_a_corner_draws_more_than_an_edge():
    square = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], dtype=float)
    assert geometry.snap(0.5, 0.4, [square], 1.0) == geometry.Snap(0.0, 0.0, corner=True)
    assert geometry.snap(5.0, 0.4, [square], 1.0) == geometry.Snap(5.0, 0.0, corner=False)
    assert geometry.snap(5.0, 5.0, [square], 1.0) is None


def test_inside_follows_the_even_odd_rule():
    square = np.array([(0, 0), (10, 0), (10, 10), (0, 10)], dtype=float)
    assert geometry.inside(5, 5, square)
    assert not geometry.inside(15, 5, square)


@pytest.mark.parametrize(("bearing", "wind"), [(0, "N"), (359, "N"), (90, "E"), (225, "SW")])
def test_winds_are_named(bearing, wind):
    assert geometry.compass(bearing) == wind
