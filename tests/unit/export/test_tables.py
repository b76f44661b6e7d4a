"""GeoJSON, KML, CSV and the registry of formats."""

import csv
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import shapely
from shapely.geometry import shape

from mcpp.check.gaps import gaps_m
from mcpp.errors import ExportError
from mcpp.export import csv as csv_export, geojson, kml
from mcpp.export.registry import file_stem, get, names, render
from mcpp.ground.frame import LocalFrame
from mcpp.model import Plan
from tests.plan_doubles import hand_plan, small_mission

KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


def features(plan: Plan, kind: str) -> list[dict[str, Any]]:
    found = json.loads(geojson.to_text(plan))
    assert found["type"] == "FeatureCollection"
    return [f for f in found["features"] if f["properties"]["type"] == kind]


def test_routes_keep_survey_and_transit_apart(plan):
    routes = features(plan, "route")
    assert {f["properties"]["kind"] for f in routes} == {"survey", "transit", "connect", "return"}
    assert {(f["properties"]["uav"], f["properties"]["sortie"]) for f in routes} == {
        ("one", 1),
        ("one", 2),
        ("two", 1),
    }


def test_routes_are_the_sorties_in_degrees(plan):
    frame = LocalFrame(plan.origin_lon_lat_deg)
    lines = [
        np.array(f["geometry"]["coordinates"])
        for f in features(plan, "route")
        if f["properties"]["uav"] == "two"
    ]
    joined = np.vstack([lines[0], *[line[1:] for line in lines[1:]]])
    sortie = plan.sorties[2]
    assert np.abs(frame.to_m(joined[:, :2]) - sortie.xyz_m[1:-1, :2]).max() < 0.02
    assert joined[:, 2] == pytest.approx(sortie.xyz_m[1:-1, 2])


def test_outer_rings_run_counter_clockwise(plan):
    for kind in ("region", "no-fly"):
        for feature in features(plan, kind):
            polygon = shape(feature["geometry"])
            assert polygon.exterior.is_ccw
            assert polygon.is_valid
    holed = geojson.shape_geometry(
        shapely.box(0, 0, 9, 9).difference(shapely.box(3, 3, 6, 6)), LocalFrame((10.0, 50.0))
    )
    assert not shape(holed).interiors[0].is_ccw


def test_zones_keep_name_and_radius(plan):
    barn, mast = features(plan, "no-fly")
    assert barn["properties"]["name"] == "barn"
    assert (mast["properties"]["radius_m"], mast["properties"]["buffer_m"]) == (6, 1)


def test_a_landing_point_is_shown_where_it_is_another(plan):
    assert [f["properties"]["uav"] for f in features(plan, "landing")] == ["two"]
    assert len(features(plan, "start")) == 3


def test_gaps_are_what_no_survey_leg_comes_near(plan):
    gaps = gaps_m(plan)
    frame = LocalFrame(plan.origin_lon_lat_deg)
    two = plan.sorties[2].xyz_m
    corner = shapely.Point(two[0, 0] - 100, two[0, 1] + 260)
    assert gaps.contains(corner)
    assert not gaps.intersects(shapely.LineString(plan.sorties[0].xyz_m[3:5, :2]))
    assert frame.to_deg(np.array(corner.coords[0])).shape == (2,)


def words(root: ET.Element, path: str) -> str:
    text = root.findtext(path, namespaces=KML)
    assert text is not None
    return text


def test_kml_holds_every_route_in_longitude_latitude_height(plan):
    root = ET.fromstring(kml.to_text(plan))
    folders = {words(f, "k:name"): f for f in root.iterfind(".//k:Folder", KML)}
    assert list(folders) == ["Regions", "No-fly zones", "Launch and landing", "Routes"]
    marks = folders["Routes"].findall("k:Placemark", KML)
    assert len(marks) == len(features(plan, "route"))
    for mark, feature in zip(marks, features(plan, "route"), strict=True):
        text = words(mark, ".//k:coordinates")
        points = [[float(v) for v in point.split(",")] for point in text.split()]
        assert points == feature["geometry"]["coordinates"]
    styles = {style.get("id") for style in root.iterfind(".//k:Style", KML)}
    used = {words(mark, "k:styleUrl")[1:] for mark in root.iterfind(".//k:Placemark", KML)}
    assert used <= styles


def test_kml_escapes_names():
    plan = hand_plan(replace(small_mission(), name="a <b> & c"))
    root = ET.fromstring(kml.to_text(plan))
    assert words(root, ".//k:Document/k:name") == "a <b> & c"


def test_csv_has_a_row_for_every_point(plan):
    rows = list(csv.DictReader(io.StringIO(csv_export.to_text(plan))))
    assert len(rows) == sum(len(sortie.xyz_m) for sortie in plan.sorties)
    assert tuple(rows[0]) == csv_export.COLUMNS
    last = rows[-1]
    sortie = plan.sorties[-1]
    assert float(last["time_s"]) == pytest.approx(sortie.time_s[-1], abs=0.06)
    length_m = np.linalg.norm(np.diff(sortie.xyz_m, axis=0), axis=1).sum()
    assert float(last["distance_m"]) == pytest.approx(length_m, abs=0.06)
    assert [row["leg"] for row in rows[:3]] == ["start", "takeoff", "transit"]


FLOWN_BY = {"dji-fly": "dji-mini-4-pro", "potensic": "potensic-atom-2"}


def test_every_format_renders_and_gives_the_same_contents_twice():
    for name in names():
        mission = small_mission()
        aircraft = FLOWN_BY.get(name, "dji-mavic-3e")
        uavs = tuple(replace(uav, aircraft=aircraft) for uav in mission.uavs)
        plan = hand_plan(replace(mission, uavs=uavs))
        if name == "potensic":  # which lands where it took off
            plan = replace(plan, sorties=(*plan.sorties[:2], homeward(plan.sorties[2])))
        first, second = render(plan, name), render(plan, name)
        assert first == second
        assert len(first) == (3 if get(name).per == "sortie" else 1)
        assert all(path.endswith(get(name).suffix) for path in first)


def homeward(sortie):
    xyz_m = sortie.xyz_m.copy()
    xyz_m[-2:, :2] = xyz_m[0, :2]
    return replace(sortie, xyz_m=xyz_m)


def test_an_unknown_format_suggests_the_nearest():
    with pytest.raises(ExportError, match="did you mean 'waypoints'"):
        get("waypoint")


def test_file_names_are_safe_and_differ():
    plan = hand_plan()
    uavs = tuple(
        replace(vehicle, id=name)
        for vehicle, name in zip(plan.problem.vehicles, ("a/b", "a?b"), strict=True)
    )
    plan = replace(plan, problem=replace(plan.problem, vehicles=uavs))
    stems = [file_stem(plan, sortie) for sortie in plan.sorties]
    assert stems == ["a_b-uav1-1", "a_b-uav1-2", "a_b-uav2"]


@pytest.mark.parametrize("other", ["one-1", "ONE-2"])
def test_a_uav_named_like_a_flight_of_another_loses_no_mission(other):
    plan = hand_plan()
    first, second = plan.problem.vehicles
    vehicles = (first, replace(second, id=other))
    plan = replace(plan, problem=replace(plan.problem, vehicles=vehicles))
    files = render(plan, "qgc-plan")
    assert len({name.casefold() for name in files}) == len(plan.sorties) == 3
    for sortie in plan.sorties:
        text = files[f"{file_stem(plan, sortie)}.plan"]
        note = json.loads(text)["mcpp"]
        assert note["uav"] == plan.problem.vehicles[sortie.uav].id
        assert note["sortie"] == sortie.number
