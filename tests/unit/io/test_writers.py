"""Files that GDAL wrote, in each format that is read: the same field must come back."""

import json
from typing import Any

import numpy as np
import pyogrio
import pytest
import shapely

from mcpp.errors import InputError
from mcpp.io.importing import shapes_in
from mcpp.io.missions import area_ha, mission_from
from mcpp.model import CircleZone, PolygonZone

FIELD = shapely.Polygon([(11.3, 48.2), (11.304, 48.2), (11.304, 48.202), (11.3, 48.2)])
TREE = shapely.box(11.302, 48.2004, 11.3022, 48.2006)
UTM = "EPSG:32632"


def in_utm(shape):
    from pyproj import Transformer

    turn = Transformer.from_crs("EPSG:4326", UTM, always_xy=True)
    return shapely.transform(shape, turn.transform, interleaved=False)


def written(path, shapes, names, kind="Polygon", crs="EPSG:4326", **options):
    pyogrio.raw.write(
        path,
        shapely.to_wkb(shapes),
        [names],
        ["name"],
        geometry_type=kind,
        crs=crs,
        **options,
    )
    return path


@pytest.mark.parametrize(
    ("suffix", "driver"),
    [
        ("kml", "KML"),
        ("kml", "LIBKML"),
        ("kmz", "LIBKML"),
        ("geojson", "GeoJSON"),
        ("gpkg", "GPKG"),
        ("shp", "ESRI Shapefile"),
        ("gml", "GML"),
    ],
)
def test_a_field_and_its_tree_come_back_from_gdals_own_files(tmp_path, suffix, driver):
    names = np.array(["North field", "tree 1"], object)
    path = written(tmp_path / f"farm.{suffix}", [FIELD, TREE], names, driver=driver)
    mission = mission_from(shapes_in(path), scan_distance_m=20)
    (part,), (zone,) = mission.area, mission.no_fly_zones
    assert (part.name, zone.name) == ("North field", "tree 1")
    read = shapely.Polygon(part.outer_lon_lat_deg)
    assert read.symmetric_difference(FIELD).area < 1e-9 * FIELD.area + 1e-13


def test_reading_leaves_nothing_beside_the_users_file(tmp_path):
    path = written(tmp_path / "f.gml", [FIELD], np.array(["a"], object), driver="GML")
    before = sorted(p.name for p in tmp_path.iterdir())
    shapes_in(path)
    assert sorted(p.name for p in tmp_path.iterdir()) == before


def test_layers_of_a_dxf_give_roles(tmp_path):
    path = tmp_path / "site.dxf"
    shapes = shapely.to_wkb([in_utm(FIELD), in_utm(TREE)])
    layers = np.array(["SURVEY", "Hindernisse"], object)
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.raw.write(path, shapes, [layers], ["Layer"], geometry_type="Polygon", driver="DXF")
    found = shapes_in(path, crs=UTM)
    assert [(s.layer, s.role) for s in found.shapes] == [
        ("SURVEY", "area"),
        ("Hindernisse", "zone"),
    ]
    assert area_ha(found.shapes[0]) == pytest.approx(area_ha(shapes_in_memory(FIELD)), rel=1e-6)


def shapes_in_memory(geometry):
    from mcpp.io.shapes import Shape

    return Shape(geometry=geometry)


def test_a_closed_track_of_gpx_is_ground_and_its_home_a_launch_point(tmp_path):
    path = tmp_path / "walk.gpx"
    line = shapely.LineString(FIELD.exterior.coords)
    written(path, [line], np.array(["walk"], object), "LineString", driver="GPX", layer="routes")
    (shape,) = shapes_in(path).shapes
    assert (shape.kind, shape.role, shape.walked) == ("polygon", "area", True)
    assert shape.geometry.equals(FIELD)


@pytest.mark.parametrize("gap_deg", [0.00005, 0.002])
def test_a_walk_whose_ends_nearly_meet_is_closed_and_another_is_not(tmp_path, gap_deg):
    corners = [*FIELD.exterior.coords[:-1], (11.3 + gap_deg, 48.2)]
    path = tmp_path / "walk.gpx"
    written(
        path,
        [shapely.LineString(corners)],
        np.array(["walk"], object),
        "LineString",
        driver="GPX",
        layer="routes",
    )
    (shape,) = shapes_in(path).shapes
    assert shape.kind == ("polygon" if gap_deg < 0.001 else "line")


def test_a_table_of_gdal_with_wkt_is_read(tmp_path):
    path = tmp_path / "fields.csv"
    names = np.array(["f1"], object)
    written(path, [FIELD], names, driver="CSV", layer_options={"GEOMETRY": "AS_WKT"})
    assert shapes_in(path).shapes[0].geometry.equals(FIELD)


def test_corners_in_a_table_make_one_polygon_for_each_name(tmp_path):
    path = tmp_path / "corners.csv"
    rows = [f"{n};{lat};{lon}" for n in ("a", "b") for lon, lat in SQUARES[n]]
    path.write_text("\n".join(["Name;Latitude;Longitude", *rows]).replace(".", ","))
    found = shapes_in(path)
    assert [s.name for s in found.shapes] == ["a", "b"]
    assert found.shapes[1].geometry.equals(shapely.Polygon(SQUARES["b"]))


SQUARES = {
    "a": [(11.0, 48.0), (11.01, 48.0), (11.01, 48.01), (11.0, 48.01)],
    "b": [(11.1, 48.0), (11.11, 48.0), (11.11, 48.01), (11.1, 48.01)],
}


def test_wkt_with_its_own_reference_number_is_turned_into_degrees(tmp_path):
    path = tmp_path / "f.wkt"
    path.write_text(f"SRID=32632;{in_utm(FIELD).wkt}\n")
    (shape,) = shapes_in(path).shapes
    assert shape.geometry.symmetric_difference(FIELD).area < 1e-12


def test_rings_of_osmosis_give_area_and_hole(tmp_path):
    outer = "\n".join(f"   {x:E}  {y:E}" for x, y in SQUARES["a"])
    pond = shapely.box(11.004, 48.004, 11.005, 48.005)
    hole = "\n".join(f"  {x} {y}" for x, y in pond.exterior.coords)
    (tmp_path / "f.poly").write_text(f"farm\n1\n{outer}\nEND\n!2\n{hole}\nEND\nEND\n")
    mission = mission_from(shapes_in(tmp_path / "f.poly"), scan_distance_m=20)
    (zone,) = mission.no_fly_zones
    assert isinstance(zone, PolygonZone)
    assert shapely.Polygon(zone.outer_lon_lat_deg).equals(pond)


QGC_SURVEY: dict[str, Any] = {
    "fileType": "Plan",
    "version": 1,
    "groundStation": "QGroundControl",
    "geoFence": {
        "version": 2,
        "polygons": [
            {"inclusion": True, "polygon": [[48.19, 11.29], [48.19, 11.32], [48.22, 11.3]]},
            {"inclusion": False, "polygon": [[48.2, 11.302], [48.201, 11.302], [48.2, 11.303]]},
        ],
        "circles": [
            {"inclusion": False, "circle": {"center": [48.2005, 11.303], "radius": 8.0}},
        ],
    },
    "rallyPoints": {"version": 2, "points": []},
    "mission": {
        "version": 2,
        "firmwareType": 12,
        "vehicleType": 2,
        "cruiseSpeed": 15,
        "hoverSpeed": 5,
        "plannedHomePosition": [48.1995, 11.3001, 500.0],
        "items": [
            {
                "type": "ComplexItem",
                "complexItemType": "survey",
                "version": 5,
                "angle": 0,
                "polygon": [[lat, lon] for lon, lat in FIELD.exterior.coords[:-1]],
            }
        ],
    },
}  # fmt: skip


def test_a_survey_of_qgroundcontrol_gives_area_zones_and_home(tmp_path):
    path = tmp_path / "survey.plan"
    path.write_text(json.dumps(QGC_SURVEY))
    found = shapes_in(path)
    mission = mission_from(found, scan_distance_m=20)
    assert shapely.Polygon(mission.area[0].outer_lon_lat_deg).equals(FIELD)
    assert [type(zone).__name__ for zone in mission.no_fly_zones] == ["PolygonZone", "CircleZone"]
    circle = mission.no_fly_zones[1]
    assert isinstance(circle, CircleZone)
    assert circle.radius_m == 8.0
    assert mission.uavs[0].start_lon_lat_deg == (11.3001, 48.1995)
    assert any("inclusion fence is left out" in note for note in found.notes)


def test_a_plan_of_waypoints_alone_has_no_area(tmp_path):
    plan = QGC_SURVEY | {"geoFence": {"version": 2, "polygons": [], "circles": []}}
    plan["mission"] = QGC_SURVEY["mission"] | {"items": [{"type": "SimpleItem", "command": 16}]}
    path = tmp_path / "flight.plan"
    path.write_text(json.dumps(plan))
    found = shapes_in(path)
    assert "1 waypoint or command left out" in found.notes
    with pytest.raises(InputError, match="no polygon that could be the area"):
        mission_from(found, scan_distance_m=20)
