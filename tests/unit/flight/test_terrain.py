"""Heights above ground from a GeoTIFF."""

from dataclasses import replace

import numpy as np
import pytest
import rasterio
from rasterio import Affine

from mcpp.check.flights import flight_findings
from mcpp.errors import InputError
from mcpp.flight.fly import fly
from mcpp.flight.terrain import follow_ground, lowest_clearance_m, mission_terrain, read_terrain
from mcpp.ground.frame import LocalFrame
from mcpp.model import LegKind, Mission, Plan, Route, Solution
from mcpp.problem.localize import frame_of, localize

ROUTE = np.array([[-80, -80], [-80, 80], [80, 80], [80, -80]], float)


def hill(x_m, y_m):
    """A ridge of 40 m along the middle, from north to south, on ground at 100 m."""
    return 100 + 40 * np.exp(-((x_m / 40) ** 2)) + 0.0 * y_m


def write_tiff(path, frame: LocalFrame, *, half_m=400.0, crs="EPSG:4326", no_data=None):
    lon_lat = frame.to_deg(np.array([[-half_m, -half_m], [half_m, half_m]]))
    (west, south), (east, north) = lon_lat
    size = 321
    lon = west + (np.arange(size) + 0.5) / size * (east - west)
    lat = north - (np.arange(size) + 0.5) / size * (north - south)
    grid = np.stack(np.meshgrid(lon, lat), axis=-1)
    xy = frame.to_m(grid)
    heights = hill(xy[..., 0], xy[..., 1]).astype("float32")
    if no_data is not None:
        heights[:, : size // 2] = no_data
    with rasterio.open(
        path, "w", driver="GTiff", width=size, height=size, count=1, dtype="float32", crs=crs,
        transform=Affine(
            (east - west) / size, 0, west, 0, (south - north) / size, north
        ), nodata=no_data,
    ) as out:  # fmt: skip
        out.write(heights, 1)


@pytest.fixture
def hilly(tmp_path, plain_mission):
    path = tmp_path / "hill.tif"
    write_tiff(path, frame_of(plain_mission))
    return replace(
        plain_mission,
        flight=replace(plain_mission.flight, terrain=str(path), terrain_tolerance_m=3.0),
    )


def flown(mission: Mission) -> Plan:
    frame = frame_of(mission)
    problem = localize(mission, frame)
    solution = Solution(
        planner="by hand", routes=(Route(uav=0, xy_m=ROUTE, survey=np.ones(3, bool)),)
    )
    return Plan(
        mission=mission,
        origin_lon_lat_deg=frame.origin_lon_lat_deg,
        problem=problem,
        solution=solution,
        sorties=fly(problem, solution, terrain=mission_terrain(mission, frame, problem)),
        report=None,  # type: ignore[arg-type]  # not looked at
        version="test",
    )


def test_heights_are_read_to_a_few_centimetres(hilly) -> None:
    frame = frame_of(hilly)
    xy = np.random.default_rng(1).uniform(-90, 90, (200, 2))
    terrain = mission_terrain(hilly, frame, localize(hilly, frame))
    assert terrain is not None
    assert terrain.ground_m(xy) == pytest.approx(hill(*xy.T), abs=0.1)
    assert terrain.height_m.shape < (321, 321)  # only what is needed


def test_a_survey_keeps_its_height_above_the_ground_within_the_tolerance(hilly) -> None:
    (sortie,) = flown(hilly).sorties
    work = np.flatnonzero(sortie.kind == LegKind.SURVEY)
    assert len(work) > 3  # waypoints were added over the ridge
    launch = hill(*sortie.xyz_m[0, :2])
    for i in work:
        leg = np.linspace(sortie.xyz_m[i], sortie.xyz_m[i + 1], 50)
        above = leg[:, 2] + launch - hill(leg[:, 0], leg[:, 1])
        assert above == pytest.approx(60, abs=3.3)


def test_climb_limits_are_kept_on_the_way_over_the_ridge(hilly) -> None:
    slow = replace(hilly, flight=replace(hilly.flight, climb_m_s=1.0, descent_m_s=0.8))
    (sortie,) = flown(slow).sorties
    rate = np.diff(sortie.xyz_m[:, 2]) / np.diff(sortie.time_s)
    assert rate.max() <= 1.0 + 1e-9
    assert rate.min() >= -0.8 - 1e-9
    assert sortie.time_s[-1] > flown(hilly).sorties[0].time_s[-1]


def test_flat_ground_adds_no_waypoints(hilly, plain_mission) -> None:
    flat = replace(hilly, flight=replace(hilly.flight, terrain_tolerance_m=50.0))
    (followed,), (plain,) = flown(flat).sorties, flown(plain_mission).sorties
    assert np.array_equal(followed.kind, plain.kind)
    assert np.allclose(followed.xyz_m[:, :2], plain.xyz_m[:, :2])


def test_a_flight_that_follows_the_ground_has_no_findings_and_a_level_one_has(hilly) -> None:
    plan = flown(hilly)
    assert [finding.code for finding in flight_findings(plan)] == []
    level = replace(plan.sorties[0], xyz_m=plan.sorties[0].xyz_m * [1, 1, 0] + np.array([0, 0, 60]))
    (error,) = [f for f in flight_findings(replace(plan, sorties=(level,))) if f.code == "terrain"]
    assert error.level == "error"
    assert error.amount_m is not None
    assert error.amount_m == pytest.approx(20, abs=1.5)


def test_a_flight_too_far_above_the_ground_is_an_error(hilly) -> None:
    plan = flown(hilly)
    high = replace(plan.sorties[0], xyz_m=plan.sorties[0].xyz_m + np.array([0, 0, 100]))
    found = {f.code for f in flight_findings(replace(plan, sorties=(high,)))}
    assert "too-high" in found


def test_the_nearest_place_to_the_ground_is_found(hilly) -> None:
    frame = frame_of(hilly)
    terrain = mission_terrain(hilly, frame, localize(hilly, frame))
    assert terrain is not None
    xyz = np.array([[-90, 0, 0], [-90, 0, 70], [90, 0, 70], [90, 0, 0]], float)
    clear, place = lowest_clearance_m(xyz, terrain, xyz[0, :2])
    assert clear == pytest.approx(70 - hill(0, 0) + hill(-90, 0), abs=0.5)
    assert abs(place[0]) < 5


def test_landing_lower_than_launch_ends_on_the_ground(hilly) -> None:
    frame = frame_of(hilly)
    terrain = mission_terrain(hilly, frame, localize(hilly, frame))
    assert terrain is not None
    xyz = np.array([[0, 0, 0], [0, 0, 60], [90, 0, 60], [90, 0, 0]], float)
    points, kinds = follow_ground(xyz, np.array([0, 4, 5], dtype=np.int32), terrain)
    assert len(points) == len(kinds) + 1
    assert points[0, 2] == pytest.approx(0)
    assert points[-1, 2] == pytest.approx(hill(90, 0) - hill(0, 0), abs=0.2)


def test_files_that_can_not_serve_are_refused_in_one_line(tmp_path, hilly) -> None:
    frame, places = frame_of(hilly), np.array([[-90.0, -90], [90, 90]])

    def read(name: str, at=places):
        mission = replace(hilly, flight=replace(hilly.flight, terrain=str(tmp_path / name)))
        terrain = read_terrain(mission, frame, at)
        assert terrain is not None
        return terrain.ground_m(at)

    with pytest.raises(InputError, match=r"flight\.terrain: there is no file"):
        read("none.tif")
    (tmp_path / "text.tif").write_text("no raster")
    with pytest.raises(InputError, match="can not be read as a GeoTIFF"):
        read("text.tif")
    with pytest.raises(InputError, match="does not cover the area"):
        read("hill.tif", places + 5000)
    with pytest.raises(InputError, match="no ground height at"):
        read("hill.tif", places + 350)
    write_tiff(tmp_path / "holes.tif", frame, no_data=-9999.0)
    with pytest.raises(InputError, match="no ground height at"):
        read("holes.tif")


def test_without_a_file_there_is_no_terrain(plain_mission) -> None:
    frame = frame_of(plain_mission)
    assert mission_terrain(plain_mission, frame, localize(plain_mission, frame)) is None
