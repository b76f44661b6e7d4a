"""Regions that cover the ground: disjoint, whole, connected, of the wanted sizes."""

import numpy as np
import pytest
import shapely
from hypothesis import given, settings, strategies as st

from mcpp.planner import NullObserver
from planners.division.ground import (
    cell_side_m,
    cut_lattice,
    divide_lattice,
    regions_of,
    spread_starts,
)
from planners.division.params import DarpParams
from tests.strategies import polygons

SPACING_M = 20.0


def divided(target, shares, angle_rad=0.3, starts=None):
    count = len(shares)
    side_m = cell_side_m(target, SPACING_M, count)
    lattice = cut_lattice(target, cell_m=side_m, angle_rad=angle_rad)
    places = spread_starts(lattice.grid, starts or [None] * count)
    division = divide_lattice(
        lattice,
        places,
        np.array(shares),
        DarpParams(),
        rng=np.random.default_rng(1),
        observer=NullObserver(),
    )
    return lattice, division, regions_of(lattice, division.labels, count)


def check_regions(target, regions):
    for i, region in enumerate(regions):
        assert region.is_valid
        for other in regions[:i]:
            assert region.intersection(other).area < 1e-6
    whole = shapely.union_all(regions, grid_size=1e-3)
    # borders are snapped to millimetres
    assert whole.symmetric_difference(target).area < 2e-3 * target.length + 1e-3


@settings(max_examples=25)
@given(polygons(), st.integers(2, 4), st.floats(0, 1.5))
def test_regions_cover_the_ground_without_overlap(target, count, angle_rad):
    _, _, regions = divided(target, [1 / count] * count, angle_rad)
    check_regions(target, regions)


def test_shares_are_met_within_the_lattice(shared_dir):
    from mcpp.io.source import read_source
    from mcpp.problem.localize import frame_of, localize

    for number in (1, 10, 15):
        mission = read_source(shared_dir / "rois" / f"roi_{number:02d}.geojson", scan_distance_m=40)
        target = localize(mission, frame_of(mission)).target
        shares = [0.5, 0.3, 0.2]
        _, division, regions = divided(target, shares)
        assert division.exact
        check_regions(target, regions)
        for region, share in zip(regions, shares, strict=True):
            assert region.geom_type == "Polygon"
            assert region.area / target.area == pytest.approx(share, abs=0.03)


def test_a_cut_area_is_divided_along_the_cut():
    rooms = shapely.union(shapely.box(0, 0, 200, 200), shapely.box(230, 0, 430, 200))
    _, _, regions = divided(rooms, [0.5, 0.5], 0.0)
    assert sorted(round(region.centroid.x) for region in regions) == [100, 330]


def test_a_strip_narrower_than_a_cell_still_belongs_to_somebody():
    target = shapely.union(shapely.box(0, 0, 200, 200), shapely.box(200, 95, 400, 99))
    _, _, regions = divided(target, [0.5, 0.5], 0.0)
    check_regions(target, regions)


def test_starts_that_nobody_gave_are_far_apart():
    lattice = cut_lattice(shapely.box(0, 0, 400, 100), cell_m=20, angle_rad=0.0)
    places = spread_starts(lattice.grid, [None, None, (200.0, 50.0)])
    assert places[2].tolist() == [200.0, 50.0]
    assert abs(places[0, 0] - places[1, 0]) > 300


def test_staircases_are_straightened():
    lattice, division, regions = divided(shapely.box(0, 0, 400, 300), [0.4, 0.6], 0.5)
    stairs = sum(shapely.union_all(lattice.pieces[division.labels == i]).length for i in (0, 1))
    assert sum(region.length for region in regions) < stairs
