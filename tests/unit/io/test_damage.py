"""Files that were damaged in many ways: each ends in a mission or in one line."""

import json
import random
import re
import zipfile
from dataclasses import replace

import pytest
import shapely

from mcpp.errors import InputError, McppError
from mcpp.export.registry import render
from mcpp.io.mission import mission_from_json, mission_value
from mcpp.io.missions import mission_from
from mcpp.io.shapes import Imported
from mcpp.io.source import load, read_source
from mcpp.io.summary import summary
from tests.plan_doubles import hand_plan, small_mission as hand_mission

FIELD = shapely.box(11.3, 48.2, 11.304, 48.202)
TREE = shapely.box(11.301, 48.2005, 11.302, 48.201)
CORNERS = " ".join(f"{x},{y}" for x, y in FIELD.exterior.coords)
KML = f"""<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>farm</name>
<Folder><name>Fields</name><Placemark><name>North</name><Polygon><outerBoundaryIs><LinearRing>
<coordinates>{CORNERS}</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></Folder>
<Placemark><name>power line</name><LineString><coordinates>11.3,48.2 11.31,48.21</coordinates>
</LineString></Placemark><Placemark><name>Home</name><Point><coordinates>11.3,48.2</coordinates>
</Point></Placemark></Document></kml>"""
GPX = "<gpx><trk><name>a</name><trkseg>{}</trkseg></trk></gpx>".format(
    "".join(f'<trkpt lat="{y}" lon="{x}"/>' for x, y in FIELD.exterior.coords)
)
GEOJSON = json.dumps(
    {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4258"}},
        "features": [
            {"type": "Feature", "properties": p, "geometry": json.loads(shapely.to_geojson(g))}
            for p, g in (
                ({"name": "north", "ha": 6.5}, FIELD),
                ({"role": "obstacle", "height": 12, "no_fly": True}, TREE),
                ({"power": "line"}, shapely.LineString([(11.3, 48.2), (11.31, 48.21)])),
            )
        ],
    }
)
LAT_LON = [[y, x] for x, y in FIELD.exterior.coords]
PLAN = json.dumps(
    {
        "fileType": "Plan",
        "geoFence": {
            "polygons": [
                {"inclusion": True, "polygon": [[y, x] for x, y in FIELD.exterior.coords]}
            ],
            "circles": [{"inclusion": False, "circle": {"center": [48.2, 11.3], "radius": 5}}],
        },
        "mission": {"plannedHomePosition": [48.2, 11.3, 0], "items": [{"type": "SimpleItem"}]},
    }
)
SEEDS = {
    ".kml": KML,
    ".gpx": GPX,
    ".geojson": GEOJSON,
    ".plan": PLAN,
    ".csv": f'id,name,WKT\n1,Field,"{FIELD.wkt}"\n2,tree,"{TREE.wkt}"\n',
    ".wkt": f"{FIELD.wkt}\n{TREE.wkt}\n",
    ".poly": "#a\n" + "\n".join(f"{y} {x}" for x, y in FIELD.exterior.coords),
    ".fen": "#a\n48.2 11.3\n" + "\n".join(f"{y} {x}" for x, y in FIELD.exterior.coords),
}
ODD = [
    b"NaN", b"1e999", b"-1", b"9" * 4400, b"null", b"[]", b"{}", b"\xe2\x80\xae", b"\x00", b"<a>",
    b"&x;", b'"', b"0", b"true", b"\xff",
]  # fmt: skip


def damaged(rng, data):
    """Change a few bytes, words or numbers."""
    changed = bytearray(data)
    for _ in range(rng.choice([1, 1, 2, 4])):
        if not changed:
            break
        at, kind = rng.randrange(len(changed)), rng.randrange(6)
        if kind == 0:
            changed[at] ^= 1 << rng.randrange(8)
        elif kind == 1:
            del changed[at : at + rng.randrange(1, 40)]
        elif kind == 2:
            changed[at:at] = changed[at : at + rng.randrange(1, 60)]
        elif kind == 3:
            del changed[at:]
        elif kind == 4:
            changed[at : at + rng.randrange(6)] = rng.choice(ODD)
        else:
            numbers = list(re.finditer(rb"-?\d+\.?\d*", bytes(changed)))
            if numbers:
                number = rng.choice(numbers)
                changed[number.start() : number.end()] = rng.choice([b"1e308", b"91", b"-0", b"x"])
    return bytes(changed)


def ends_well(path):
    """Read a file to a mission, or have it refused in one line."""
    try:
        found = load(path)
        if isinstance(found, Imported):
            assert all("\n" not in line and "\u202e" not in line for line in summary(found))
            mission_from(found, scan_distance_m=20)
    except McppError as error:
        text = str(error)
        assert "\n" not in text
        assert "\u202e" not in text
        assert len(text) < 1200
        return False
    return True


@pytest.mark.parametrize("suffix", SEEDS)
def test_damaged_files_end_in_a_mission_or_in_one_line(tmp_path, suffix):
    rng = random.Random(suffix)
    path = tmp_path / f"f{suffix}"
    seed = SEEDS[suffix].encode()
    path.write_bytes(seed)
    assert ends_well(path)
    for _ in range(40):
        path.write_bytes(damaged(rng, seed))
        ends_well(path)


def test_damaged_archives_end_in_a_mission_or_in_one_line(tmp_path):
    rng = random.Random(7)
    path = tmp_path / "f.kmz"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("doc.kml", KML)
    seed = path.read_bytes()
    assert ends_well(path)
    for _ in range(60):
        path.write_bytes(damaged(rng, seed))
        ends_well(path)


def test_so_many_zones_are_refused_before_the_planning(small_mission):
    value = mission_value(small_mission)
    value["no_fly_zones"] = value["no_fly_zones"] * 3000
    with pytest.raises(InputError, match="no_fly_zones: there are 6,000: a mission takes 5,000"):
        mission_from_json(value)


@pytest.mark.parametrize("name", ["uav1.plan", "routes.geojson", "report.html", "uav1.waypoints"])
def test_files_of_ours_lead_back_to_their_mission(tmp_path, small_mission, name):
    route = {"type": "route", "uav": "a", "sortie": 1, "kind": "survey"}
    line = {"type": "LineString", "coordinates": [[0, 0], [1, 1]]}
    contents = {
        "uav1.plan": json.dumps({"fileType": "Plan", "mcpp": {"uav": "a"}}),
        "routes.geojson": json.dumps(
            {
                "type": "FeatureCollection",
                "features": [{"type": "Feature", "properties": route, "geometry": line}],
            }
        ),
        "report.html": "<html></html>",
        "uav1.waypoints": "QGC WPL 110\n",
    }
    path = tmp_path / name
    path.write_text(contents[name])
    with pytest.raises(InputError):
        read_source(path, scan_distance_m=20)
    plan = {"format": "mcpp-plan", "mission": mission_value(small_mission)}
    (tmp_path / "plan.json").write_text(json.dumps(plan))
    assert read_source(path) == small_mission


@pytest.mark.parametrize("name", ["dji-fly", "wpml", "litchi", "csv"])
def test_flights_for_apps_lead_back_too_and_are_no_ground(tmp_path, name):
    aircraft = {"wpml": "dji-mavic-3e"}.get(name, "dji-mini-4-pro")
    mission = hand_mission()
    uavs = tuple(replace(uav, aircraft=aircraft) for uav in mission.uavs)
    plan = hand_plan(replace(mission, uavs=uavs))
    file, content = next(iter(render(plan, name).items()))
    path = tmp_path / file
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with pytest.raises(InputError, match="it is the waypoints of a flight, and no area"):
        read_source(path, scan_distance_m=20)
    whole = {"format": "mcpp-plan", "mission": mission_value(plan.mission)}
    (tmp_path / "plan.json").write_text(json.dumps(whole))
    assert read_source(path) == plan.mission


@pytest.mark.parametrize("metres", [[4e5, 4.4e6], [11.3, 4820.0]])
def test_what_is_no_place_has_no_size_and_no_place_in_the_summary(tmp_path, metres):
    east, north = metres
    ring = [[east, north], [east + 0.01, north], [east, north + 0.01], [east, north]]
    path = tmp_path / "f.geojson"
    path.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    found = load(path)
    assert isinstance(found, Imported)
    assert summary(found)[0] == "f: 1 area"
    with pytest.raises(InputError, match="no longitude and latitude in degrees"):
        mission_from(found, scan_distance_m=20)
