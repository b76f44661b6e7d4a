"""The paper's figures, on the paper's own paths and on small ones."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from shapely.geometry import LineString, Polygon, box, shape

from mcpp.check.evaluate import HALF_VIEW_TAN, Evaluation, evaluate, sample_step
from mcpp.cli.evaluate import evaluation_of
from mcpp.errors import GeometryError, InputError
from mcpp.model import FOOTPRINT_RADIUS
from tests.strategies import points_lon_lat_deg, ring_lon_lat_deg

AREAS = (1, 2, 3, 5, 6, 7, 9, 10, 12, 14, 15, 17)
PUBLISHED = [(area, m) for area in AREAS for m in ("m0", "m3") if (area, m) != (6, "m0")]
OTHER_RUN = (15, "m3")  # the stored waypoints are not those that were evaluated


def published(shared_dir: Path, area: int, method: str) -> tuple[Evaluation, dict[str, Any]]:
    """Our figures for a published path, and the published ones."""
    rois = shared_dir / "rois"
    path_file = rois / "published_paths" / f"roi_{area:02d}_{method}.geojson"
    ground = json.loads((rois / f"roi_{area:02d}.geojson").read_text())
    paths = json.loads(path_file.read_text())["features"]
    shapes: dict[str, list[Polygon]] = {"area": [], "no_fly": []}
    for feature in ground["features"]:
        shapes[feature["properties"]["role"]].append(shape(feature["geometry"]))
    evaluation = evaluate(
        shapes["area"][0],
        shapes["no_fly"],
        [shape(feature["geometry"]) for feature in paths],
        ground["properties"]["scan_distance_m"],
        sample_step_m=ground["properties"]["sample_step_m"],
    )
    figures = json.loads((rois / "published.json").read_text())["areas"][str(area)]
    return evaluation, figures[paths[0]["properties"]["method"]]


@pytest.mark.parametrize(("area", "method"), PUBLISHED)
def test_published_paths_give_the_published_figures(
    shared_dir: Path, area: int, method: str
) -> None:
    ours, theirs = published(shared_dir, area, method)
    if (area, method) == OTHER_RUN:
        assert ours.fleet.length_m == pytest.approx(theirs["length_m"] - 160, abs=0.01)
        return
    # Published with four decimals: that is less than one sample on most areas, and two on two.
    one_sample = max(100 / ours.samples, 1.01e-4)
    assert ours.fleet.poc_percent == pytest.approx(theirs["PoC"], abs=one_sample / 2)
    assert ours.fleet.pooc_percent == pytest.approx(theirs["PoOC"], abs=one_sample / 2)
    # Of area 2, m3, one waypoint less is stored than was counted.
    assert ours.fleet.turns == theirs["turns"] - ((area, method) == (2, "m3"))
    assert ours.fleet.length_m == pytest.approx(theirs["length_m"], abs=1e-3)
    assert ours.fleet.length_per_1000_m2 == pytest.approx(theirs["length_per_1000m2"], abs=2e-4)
    assert ours.fleet.outside_m == pytest.approx(theirs["metres_outside"], abs=0.4)
    assert ours.fleet.no_fly_m == pytest.approx(theirs["metres_in_no_fly"], abs=0.4)


def test_exact_area_and_samples_agree_on_a_published_path(shared_dir: Path) -> None:
    ours, _ = published(shared_dir, 9, "m3")
    assert ours.fleet.coverage_percent == pytest.approx(ours.fleet.poc_percent, abs=0.02)


def square_mission_figures(
    points_m: list[tuple[float, float]], zones: tuple[Polygon, ...] = (), **options: Any
) -> Evaluation:
    """Evaluate one path over a square of 200 m."""
    return evaluate(
        Polygon(ring_lon_lat_deg(box(0, 0, 200, 200))),
        [Polygon(ring_lon_lat_deg(zone)) for zone in zones],
        [points_lon_lat_deg(np.array(points_m))],
        40.0,
        **options,
    )


def test_the_footprint_is_that_of_the_model() -> None:
    assert pytest.approx(HALF_VIEW_TAN, abs=1e-6) == FOOTPRINT_RADIUS


def test_one_straight_line_covers_one_strip() -> None:
    fleet = square_mission_figures([(-50, 100), (100, 100), (250, 100)]).fleet
    assert fleet.poc_percent == pytest.approx(100 * 2 * HALF_VIEW_TAN * 40 / 200, abs=0.3)
    assert fleet.coverage_percent == pytest.approx(100 * 2 * HALF_VIEW_TAN * 40 / 200, abs=0.01)
    assert fleet.pooc_percent == 0
    assert (fleet.turns, fleet.stops) == (2, 0)
    assert fleet.length_m == pytest.approx(300, abs=0.01)
    assert fleet.outside_m == pytest.approx(100, abs=0.01)
    assert fleet.time_s == pytest.approx(300 / 5 + 2.5, abs=0.01)


def test_a_line_flown_out_and_back_is_covered_twice_and_is_outside_twice() -> None:
    fleet = square_mission_figures([(100, 100), (250, 100), (100, 100)]).fleet
    assert fleet.pooc_percent == fleet.poc_percent > 0
    assert fleet.outside_m == pytest.approx(100, abs=0.01)
    assert (fleet.turns, fleet.stops) == (3, 2)


def test_metres_in_overlapping_zones_count_once_and_leave_the_area() -> None:
    zones = (box(50, 50, 100, 150), box(80, 50, 120, 150))
    ours = square_mission_figures([(10, 100), (190, 100)], zones)
    assert ours.fleet.no_fly_m == pytest.approx(70, abs=0.01)
    assert ours.fleet.outside_m == 0
    assert ours.area_m2 == pytest.approx(200 * 200 - 70 * 100, rel=1e-4)


def test_a_fleet_is_the_union_of_its_paths() -> None:
    area = Polygon(ring_lon_lat_deg(box(0, 0, 200, 200)))
    lines = [
        LineString(points_lon_lat_deg(np.array([(0.0, y), (200.0, y)]))) for y in (50.0, 150.0)
    ]
    ours = evaluate(area, [], [*lines, lines[0]], 40.0)
    one, other, again = ours.paths
    assert one == again
    assert ours.fleet.poc_percent == pytest.approx(one.poc_percent + other.poc_percent)
    assert ours.fleet.pooc_percent == pytest.approx(one.poc_percent)
    assert ours.fleet.length_m == pytest.approx(600, abs=0.05)
    assert ours.fleet.time_s == max(path.time_s for path in ours.paths)


def test_the_antimeridian_is_no_special_place() -> None:
    area = box(0, 0, 200, 200)
    path = np.array([(20.0, 20.0), (180.0, 20.0), (180.0, 60.0), (20.0, 60.0)])
    found = []
    for anchor in ((179.999, -17.0), (20.0, -17.0)):
        ring = Polygon(ring_lon_lat_deg(area, anchor))
        found.append(evaluate(ring, [], [points_lon_lat_deg(path, anchor)], 40.0).fleet)
    assert found[0].length_m == pytest.approx(found[1].length_m, abs=1e-3)
    assert found[0].coverage_percent == pytest.approx(found[1].coverage_percent, abs=1e-3)
    assert found[0].outside_m == 0


def test_the_step_keeps_the_samples_bounded() -> None:
    for area_m2 in (1.0, 1e5, 1e6, 3e6, 1e9):
        step_m = sample_step(area_m2)
        assert area_m2 / step_m**2 <= 1e6
        assert step_m == 0.5 or area_m2 / (step_m / 2) ** 2 > 1e6


@pytest.mark.parametrize(
    ("options", "field"),
    [
        ({"sample_step_m": 0.0}, "sample_step_m"),
        ({"footprint_radius_m": -3.0}, "footprint_radius_m"),
        ({"speed_m_s": float("nan")}, "speed_m_s"),
        ({"acceleration_m_s2": 0.0}, "acceleration_m_s2"),
    ],
)
def test_numbers_that_can_not_be_are_refused(options: dict[str, Any], field: str) -> None:
    with pytest.raises(InputError, match=field):
        square_mission_figures([(0, 0), (10, 10)], **options)


@pytest.mark.parametrize("bad", [(40.63, 22.92), (float("nan"), 40.0), (22.92, 95.0)])
def test_a_point_that_is_not_near_the_area_is_refused_by_name(bad: tuple[float, float]) -> None:
    area = Polygon(ring_lon_lat_deg(box(0, 0, 200, 200)))
    with pytest.raises(InputError, match=r"paths\[1\]: point 1 at longitude, latitude"):
        evaluate(area, [], [[(22.92, 40.63)], [(22.92, 40.63), bad]], 40.0)


def test_an_area_that_is_none_is_refused() -> None:
    path = [points_lon_lat_deg(np.array([(0.0, 0.0), (1.0, 1.0)]))]
    area = Polygon(ring_lon_lat_deg(box(0, 0, 200, 200)))
    with pytest.raises(GeometryError, match="nothing of it is left"):
        evaluate(area, [area.buffer(0.01)], path, 40.0)
    with pytest.raises(GeometryError, match="no vertices"):
        evaluate(Polygon(), [], path, 40.0)
    with pytest.raises(GeometryError, match="Self-intersection"):
        evaluate(Polygon([(0, 0), (0.001, 0.001), (0.001, 0), (0, 0.001)]), [], path, 40.0)
    with pytest.raises(InputError, match="paths"):
        evaluate(area, [], [], 40.0)


def test_a_camera_mission_is_measured_at_the_spacing_that_its_camera_gives(
    tmp_path, small_mission
) -> None:
    uav = replace(small_mission.uavs[0], camera="Sony A6000 16 mm", scan_distance_m=None)
    flight = replace(small_mission.flight, sidelap=0.7)
    mission = replace(small_mission, uavs=(uav,), scan_distance_m=None, flight=flight)
    path = [np.array(mission.area[0].outer_lon_lat_deg[:2])]
    found = evaluation_of(mission, path, 5.0)
    assert 10 < found.scan_distance_m < 60
    other = replace(uav, id="other", height_m=30.0)
    with pytest.raises(InputError, match=r"scan_distance_m: the mission names none.*--scan-dist"):
        evaluation_of(replace(mission, uavs=(uav, other)), path, 5.0)
