"""GPX, GeoPackage and DXF of a plan, read back by gpxpy, by SQLite, by ezdxf, and as a mission."""

import io
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import gpxpy
import numpy as np
import pytest
import rasterio
import shapely
from affine import Affine
from ezdxf.filemanagement import read as read_dxf
from pyproj import Transformer

from mcpp.export.registry import render
from mcpp.ground.frame import LocalFrame
from mcpp.io.importing import shapes_in
from mcpp.io.missions import area_ha, mission_from
from mcpp.model import Plan
from tests.plan_doubles import hand_plan


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


def only_file(plan: Plan, name: str) -> tuple[str, bytes]:
    ((file, content),) = render(plan, name).items()
    return file, content.encode() if isinstance(content, str) else content


def in_air_m(plan: Plan, index: int) -> np.ndarray:
    return plan.sorties[index].xyz_m[1:-1]


# ---------------------------------------------------------------------------------------------- GPX


def test_gpx_holds_a_route_a_flight_and_no_height_that_is_not_known(plan):
    found = gpxpy.parse(only_file(plan, "gpx")[1].decode())
    assert found.version == "1.1"
    assert [route.name for route in found.routes] == [
        "one flight 1",
        "one flight 2",
        "two flight 1",
    ]
    frame = LocalFrame(plan.origin_lon_lat_deg)
    for index, route in enumerate(found.routes):
        xy_m = frame.to_m(np.array([[p.longitude, p.latitude] for p in route.points]))
        assert np.abs(xy_m - in_air_m(plan, index)[:, :2]).max() < 0.02
        assert {p.elevation for p in route.points} == {None}
    assert [w.name for w in found.waypoints] == ["home one", "home two", "landing two"]
    assert [t.name for t in found.tracks] == ["area", "no-fly barn", "no-fly mast"]


def test_gpx_heights_are_above_the_sea_where_the_ground_is_known(tmp_path: Path):
    plan = hand_plan()
    lon, lat = plan.origin_lon_lat_deg
    path = tmp_path / "ground.tif"
    with rasterio.open(
        path, "w", driver="GTiff", width=20, height=20, count=1, dtype="float32",
        crs="EPSG:4326", transform=Affine(0.001, 0, lon - 0.01, 0, -0.001, lat + 0.01),
    ) as ground:  # fmt: skip
        ground.write(np.full((1, 20, 20), 300.0, np.float32))
    flight = replace(plan.mission.flight, terrain=str(path))
    found = gpxpy.parse(
        only_file(replace(plan, mission=replace(plan.mission, flight=flight)), "gpx")[1].decode()
    )
    heights = [point.elevation for point in found.routes[0].points]
    assert heights == pytest.approx((300.0 + in_air_m(plan, 0)[:, 2]).tolist())


# --------------------------------------------------------------------------------------- GeoPackage


def rows_of(data: bytes, tmp_path: Path, layer: str) -> list[dict[str, Any]]:
    """Read a layer by SQLite alone: a geometry is WKB behind a header (OGC 12-128, 2.1.3)."""
    path = tmp_path / "read.gpkg"
    path.write_bytes(data)
    with sqlite3.connect(path) as base:
        base.row_factory = sqlite3.Row
        rows = [dict(row) for row in base.execute(f'select * from "{layer}"')]
    base.close()
    for row in rows:
        blob = row["geom"]
        assert blob[:2] == b"GP"
        envelope = (0, 32, 48, 48, 64)[(blob[3] >> 1) & 7]
        row["geom"] = shapely.from_wkb(blob[8 + envelope :])
    return rows


def test_a_geopackage_holds_the_routes_with_their_facts(plan, tmp_path):
    rows = rows_of(only_file(plan, "gpkg")[1], tmp_path, "routes")
    two = [row for row in rows if row["uav"] == "two"]
    assert {row["kind"] for row in rows} == {"transit", "survey", "connect", "return"}
    line = np.vstack([shapely.get_coordinates(row["geom"], include_z=True) for row in two])
    line = line[np.r_[True, (np.diff(line[:, :3], axis=0) != 0).any(axis=1)]]
    assert np.abs(line[:, 2] - in_air_m(plan, 2)[:, 2]).max() < 0.011
    xy_m = LocalFrame(plan.origin_lon_lat_deg).to_m(line[:, :2])
    assert np.abs(xy_m - in_air_m(plan, 2)[:, :2]).max() < 0.02
    assert two[0]["start_s"] == pytest.approx(plan.sorties[2].time_s[1], abs=0.06)


def test_a_geopackage_keeps_zones_apart_with_the_facts_that_each_has(plan, tmp_path):
    barn, mast = rows_of(only_file(plan, "gpkg")[1], tmp_path, "no_fly_zones")
    assert (barn["name"], barn["radius_m"]) == ("barn", None)
    assert (mast["name"], mast["radius_m"], mast["buffer_m"]) == ("mast", 6, 1)
    regions = rows_of(only_file(plan, "gpkg")[1], tmp_path, "regions")
    assert [row["uav"] for row in regions] == ["one", "two"]


# ---------------------------------------------------------------------------------------------- DXF


def test_a_dxf_is_drawn_in_metres_on_layers_that_say_what_they_hold(plan):
    file, data = only_file(plan, "dxf")
    assert file == "routes-epsg32634.dxf"  # 22.92 E is in zone 34, which begins at 18 E
    drawing: Any = read_dxf(io.StringIO(data.decode()))
    assert not drawing.audit().has_errors
    space = drawing.modelspace()
    (area,) = space.query('LWPOLYLINE[layer=="AREA"]')
    assert area.closed
    ring = shapely.Polygon(area.get_points("xy"))
    assert ring.area == pytest.approx(400 * 300, rel=2e-3)  # the scale of UTM is 0.9996 to 1.001
    assert len(space.query('LWPOLYLINE[layer=="NO_FLY"]')) == 2
    assert {e.dxf.layer for e in space.query("POINT")} == {"HOME", "LANDING"}
    first = space.query('LWPOLYLINE[layer=="two survey"]')[0]  # at one height
    places = np.array(first.get_points("xy"))
    lon_lat = Transformer.from_crs("EPSG:32634", "EPSG:4326", always_xy=True).transform(
        places[:, 0], places[:, 1]
    )
    xy_m = LocalFrame(plan.origin_lon_lat_deg).to_m(np.column_stack(lon_lat))
    assert np.abs(xy_m - in_air_m(plan, 2)[2:4, :2]).max() < 0.02
    assert first.dxf.elevation == 60.0


def test_south_of_the_equator_a_dxf_names_the_southern_zone():
    file, _ = only_file(hand_plan(anchor=(-70.5, -33.4)), "dxf")
    assert file == "routes-epsg32719.dxf"


# ------------------------------------------------------------------------------- read as a mission


@pytest.mark.parametrize(("name", "crs"), [("gpx", None), ("gpkg", None), ("dxf", "EPSG:32634")])
def test_what_is_written_is_read_back_as_area_zones_and_launch_points(plan, tmp_path, name, crs):
    file, data = only_file(plan, name)
    path = tmp_path / file
    path.write_bytes(data)
    found = shapes_in(path, crs=crs)
    (area,) = [shape for shape in found.shapes if shape.role == "area"]
    (part,) = plan.mission.area
    same = shapely.Polygon(part.outer_lon_lat_deg).symmetric_difference(area.geometry)
    assert same.area < 1e-5 * area.geometry.area
    assert area_ha(area) == pytest.approx(12.0, rel=1e-3)
    mission = mission_from(found, uavs=2, scan_distance_m=40)
    assert len(mission.no_fly_zones) == 2
    for uav, meant in zip(mission.uavs, plan.mission.uavs, strict=True):
        assert uav.start_lon_lat_deg == pytest.approx(meant.start_lon_lat_deg, abs=2e-7)
