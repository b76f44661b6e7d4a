"""A probability map in metres: weights are kept, and what is wrong is told."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from rasterio import Affine
from shapely.geometry import box

from mcpp.errors import GeometryError, InputError
from mcpp.ground.frame import LocalFrame
from mcpp.model import LikelyArea, Mission, ProbabilityMap, Uav
from mcpp.problem.odds import Sampling, has_odds, odds_of
from tests.strategies import (
    ANCHOR_LON_LAT_DEG,
    area_part_of,
    points_lon_lat_deg,
    ring_lon_lat_deg,
)

FRAME = LocalFrame(ANCHOR_LON_LAT_DEG)
GROUND = box(0, 0, 400, 200)
MISSION = Mission(area=(area_part_of(GROUND),), uavs=(Uav(id="one"),), scan_distance_m=20)


def likely(shape, weight=1.0):
    return LikelyArea(outer_lon_lat_deg=ring_lon_lat_deg(shape), weight=weight)


def with_map(**parts):
    return replace(MISSION, probability=ProbabilityMap(**parts))


def odds_in(mission, ground, sampling=None):
    odds = odds_of(mission, FRAME, ground, sampling or Sampling())
    assert odds is not None
    return odds


def inside(odds, shape):
    x0, y0, x1, y1 = shape.bounds
    x, y = odds.xy_m.T
    return float(odds.mass[(x > x0) & (x < x1) & (y > y0) & (y < y1)].sum())


@pytest.mark.parametrize("turn", [0.0, 1.0])
def test_polygons_hold_their_part_of_the_weight(turn):
    east = box(300, 50, 380, 150)
    mission = with_map(areas=(likely(box(0, 0, 100, 200), 3), likely(east, 1)), elsewhere_weight=4)
    odds = odds_in(mission, GROUND, Sampling(count=9000, turn_rad=turn))
    assert odds.contained == pytest.approx(1.0)
    assert inside(odds, box(0, 0, 100, 200)) == pytest.approx(3 / 8, abs=1e-3)
    assert inside(odds, east) == pytest.approx(1 / 8, abs=1e-3)
    assert odds.area_m2.sum() == pytest.approx(GROUND.area, rel=1e-6)


def test_what_lies_outside_the_ground_stays_part_of_the_whole():
    mission = with_map(areas=(likely(box(-100, 0, 100, 200), 1), likely(box(300, 0, 400, 100), 1)))
    odds = odds_in(mission, GROUND)
    assert odds.contained == pytest.approx(0.25 + 0.5, abs=1e-3)


def test_overlapping_polygons_add_up():
    mission = with_map(areas=(likely(box(0, 0, 200, 200)), likely(box(100, 0, 200, 200))))
    odds = odds_in(mission, GROUND)
    assert inside(odds, box(100, 0, 200, 200)) == pytest.approx(0.75, abs=5e-3)


def test_a_polygon_smaller_than_the_samples_is_not_lost():
    mission = with_map(areas=(likely(box(50.1, 50.1, 52.1, 52.1)), likely(box(300, 0, 400, 200))))
    odds = odds_in(mission, GROUND, Sampling(count=100))
    assert inside(odds, box(40, 40, 60, 60)) == pytest.approx(0.5)


def test_priority_places_are_a_map_of_their_own():
    places = points_lon_lat_deg(np.array([[10.0, 10.0], [390.0, 190.0], [500.0, 0.0]]))
    odds = odds_in(replace(MISSION, priority_lon_lat_deg=tuple(places)), GROUND)
    assert odds.mass == pytest.approx([1 / 3, 1 / 3])
    assert odds_of(MISSION, FRAME, GROUND) is None
    assert not has_odds(MISSION)


@pytest.fixture
def raster(tmp_path):
    def written(values, crs="EPSG:32634", name="map.tif", size_m=50.0):
        from pyproj import Transformer

        lon, lat = FRAME.to_deg((0.0, 200.0))
        east, north = Transformer.from_crs("EPSG:4326", "EPSG:32634", always_xy=True).transform(
            lon, lat
        )
        path = tmp_path / name
        band = np.array(values, np.float32)
        with rasterio.open(
            path, "w", driver="GTiff", height=band.shape[0], width=band.shape[1], count=1,
            dtype="float32", crs=crs, nodata=-1,
            transform=Affine(size_m, 0, east, 0, -size_m, north),
        ) as out:  # fmt: skip
            out.write(band, 1)
        return str(path)

    return written


def test_a_raster_holds_its_weights_where_they_are(raster):
    values = np.zeros((4, 8))
    values[0, 0], values[3, 7], values[2, 2] = 1, 2, -1  # north-west, south-east, no data
    odds = odds_in(
        with_map(raster=raster(values)), GROUND.buffer(20)
    )  # UTM's north is 1 degree off
    assert odds.contained == pytest.approx(1.0, abs=0.01)
    assert inside(odds, box(-20, 130, 70, 220)) == pytest.approx(1 / 3, abs=0.01)
    assert inside(odds, box(330, -20, 420, 70)) == pytest.approx(2 / 3, abs=0.01)
    assert odds.area_m2.sum() == pytest.approx(2 * 50.0**2, rel=0.01)


def test_a_raster_in_part_on_the_ground_counts_in_part(raster):
    odds = odds_in(with_map(raster=raster(np.ones((4, 8)))), box(0, 0, 200, 200))
    assert odds.contained == pytest.approx(0.5, abs=0.02)


@pytest.mark.parametrize(
    ("values", "crs", "words"),
    [
        ([[0.0, 0.0]], "EPSG:32634", "no weight above 0"),
        ([[-2.0, 1.0]], "EPSG:32634", "weights below 0"),
        ([[1.0, 1.0]], None, "no coordinate system"),
        ([[1.0, 1.0]], "EPSG:32611", "no weight on the area"),
    ],
)
@pytest.mark.filterwarnings("ignore::rasterio.errors.NotGeoreferencedWarning")
def test_a_raster_that_can_not_be_is_refused(raster, values, crs, words):
    with pytest.raises(InputError, match=rf"probability\.raster: .*{words}"):
        odds_of(with_map(raster=raster(values, crs)), FRAME, GROUND)


@pytest.mark.parametrize(
    ("chances", "words"),
    [
        ({}, "probability.areas: there is none"),
        ({"raster": "no-such.tif"}, "there is no file 'no-such.tif'"),
        ({"raster": "a.tif", "areas": (likely(GROUND),)}, "areas and a raster"),
        ({"raster": "a.tif", "elsewhere_weight": 1.0}, "elsewhere_weight: a raster has"),
        ({"areas": (likely(box(900, 0, 950, 50)),)}, "areas: none of them lies on the ground"),
        ({"areas": (likely(GROUND, 0.0),)}, r"probability.areas\[0\].weight: 0 is outside"),
        ({"areas": (likely(GROUND),), "detection": 1.5}, "probability.detection: 1.5 is outside"),
    ],
)
def test_a_map_that_can_not_be_is_refused(chances, words):
    with pytest.raises(InputError, match=words):
        odds_of(with_map(**chances), FRAME, GROUND)


def test_a_polygon_that_crosses_itself_is_refused():
    ring = tuple(points_lon_lat_deg(np.array([[0.0, 0], [100, 100], [100, 0], [0, 100]])))
    with pytest.raises(GeometryError, match=r"probability.areas\[0\].outer_lon_lat_deg"):
        odds_of(with_map(areas=(LikelyArea(outer_lon_lat_deg=ring),)), FRAME, GROUND)


def test_a_map_and_priority_places_are_one_too_many():
    mission = replace(
        with_map(areas=(likely(GROUND),)),
        priority_lon_lat_deg=tuple(points_lon_lat_deg(np.array([[10.0, 10.0]]))),
    )
    with pytest.raises(InputError, match="priority_lon_lat_deg: the mission has a probability map"):
        odds_of(mission, FRAME, GROUND)
