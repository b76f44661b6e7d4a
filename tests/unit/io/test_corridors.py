"""Lines that become corridors: by their role, by the user's word, and never by mistake."""

import json

import pytest
import shapely

from mcpp.errors import InputError
from mcpp.io.importing import Choice
from mcpp.io.mission import mission_from_json, mission_schema, mission_value
from mcpp.io.roles import propose
from mcpp.io.shapes import Imported, Shape
from mcpp.io.source import read_source
from mcpp.io.summary import mission_summary, summary

ROAD = ((11.0, 48.0), (11.01, 48.0), (11.01, 48.005))


def line(places=ROAD, **facts):
    return Shape(geometry=shapely.LineString(places), **facts)


def roles(*shapes, **choice):
    found = propose(Imported(name="file", shapes=shapes), Choice(**choice))
    return [shape.role for shape in found.shapes]


def geojson(tmp_path, *features):
    path = tmp_path / "line.geojson"
    rows = [
        {"type": "Feature", "properties": facts, "geometry": shape.__geo_interface__}
        for shape, facts in features
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    return path


def test_a_line_is_a_corridor_by_its_role_or_the_users_word():
    assert roles(line(properties={"role": "corridor"})) == ["corridor"]
    assert roles(line(name="A12"), corridors=("A*",)) == ["corridor"]
    assert roles(line(name="A12"), lines_are_corridors=True) == ["corridor"]
    assert roles(line(name="A12")) == ["unused"]


def test_a_power_line_over_a_field_stays_an_obstacle():
    field = Shape(geometry=shapely.box(11.0, 47.999, 11.02, 48.01))
    wire = line(name="power line")
    assert roles(field, wire, lines_are_corridors=True) == ["area", "zone"]
    # alone in its file and with a width for corridors it is what is to be looked at
    assert roles(wire, lines_are_corridors=True) == ["corridor"]
    assert roles(wire, lines_are_corridors=True, zones=("power*",)) == ["zone"]
    assert roles(line(properties={"role": "no_fly"}), lines_are_corridors=True) == ["zone"]


RING = (*ROAD, ROAD[0])


def walked(places=RING, **facts):
    return Shape(geometry=shapely.Polygon(places), walked=True, **facts)


def test_a_closed_line_is_a_corridor_where_no_other_line_could_be():
    assert roles(walked(), lines_are_corridors=True) == ["corridor"]
    assert roles(walked(), walked(RING[::-1]), lines_are_corridors=True)[0] == "corridor"
    # a walked border beside a road, and one that says what it is
    assert roles(walked(), line(), lines_are_corridors=True) == ["area", "corridor"]
    assert roles(walked(name="no-fly"), lines_are_corridors=True) == ["zone"]
    assert roles(walked()) == ["area"]


def test_a_polygon_is_no_corridor():
    field = Shape(geometry=shapely.box(11.0, 48.0, 11.02, 48.01), name="north")
    with pytest.raises(InputError, match="'north' is a polygon: a corridor is a line"):
        roles(field, corridors=("north",))


def test_a_file_of_lines_becomes_a_mission(tmp_path):
    path = geojson(
        tmp_path,
        (shapely.LineString(ROAD), {"name": "road"}),
        (shapely.LineString([(11.01, 48.0), (11.02, 48.0)]), {"name": "track", "width": "12 m"}),
    )
    found = read_source(
        path,
        uavs=2,
        scan_distance_m=20.0,
        choice=Choice(lines_are_corridors=True),
        corridor_width_m=30.0,
    )
    assert [(c.name, c.width_m) for c in found.corridors] == [("road", 30.0), ("track", 12.0)]
    assert found.corridors[0].line_lon_lat_deg == ROAD
    assert found.area == ()
    assert len(found.uavs) == 2
    assert mission_summary(found) == "line: 2 corridors; at 48.0 N 11.0 E"


def test_a_corridor_of_unknown_width_is_asked_about(tmp_path):
    path = geojson(tmp_path, (shapely.LineString(ROAD), {"role": "corridor", "name": "road"}))
    with pytest.raises(InputError, match="'road': nothing says how wide it is: give --corridor-w"):
        read_source(path, scan_distance_m=20.0)


@pytest.mark.parametrize(("width", "told"), [(-5, "-5"), ("6 ft", "'6 ft'"), ("wide", "'wide'")])
def test_a_width_that_is_none_is_told_though_the_user_gives_one(tmp_path, width, told):
    facts = {"role": "corridor", "name": "road", "width": width}
    path = geojson(tmp_path, (shapely.LineString(ROAD), facts))
    with pytest.raises(InputError, match=f"shape 'road': width {told} is no size"):
        read_source(path, scan_distance_m=20.0, corridor_width_m=30.0)


@pytest.mark.parametrize("width", [None, "", 0, "0 m"])
def test_no_width_leaves_the_users(tmp_path, width):
    facts = {"role": "corridor", "name": "road", "width": width}
    path = geojson(tmp_path, (shapely.LineString(ROAD), facts))
    found = read_source(path, scan_distance_m=20.0, corridor_width_m=30.0)
    assert [corridor.width_m for corridor in found.corridors] == [30.0]


@pytest.mark.parametrize("size", [{"buffer": "30 ft"}, {"radius": -40}, {"buffer": 20_000}])
def test_a_zone_is_not_made_smaller_than_its_file_means(tmp_path, size):
    mast = {"role": "no-fly", "name": "mast", **size}
    path = geojson(
        tmp_path,
        (shapely.LineString(ROAD), {"role": "corridor", "name": "road", "width": 20}),
        (shapely.Point(11.005, 48.002), mast),
    )
    with pytest.raises(InputError, match=f"shape 'mast': {next(iter(size))} .* is no size"):
        read_source(path, scan_distance_m=20.0)


def test_the_summary_tells_corridors_with_their_length():
    found = propose(
        Imported(name="file", shapes=(line(name="road"), line([(11.1, 48), (11.2, 48)]))),
        Choice(corridors=("road",)),
    )
    told = summary(found)
    # a hundredth of a degree of longitude is 745 m there, half of one of latitude 556 m
    assert told[0] == "file: 1 corridor of 1.30 km ('road'); at 48.0 N 11.0 E"
    assert any("(--corridors, --zones)" in row for row in told)


def test_a_mission_of_corridors_comes_back_as_it_was_written():
    value = {
        "corridors": [{"line_lon_lat_deg": [list(p) for p in ROAD], "width_m": 25.0}],
        "uavs": [{"id": "a"}],
        "scan_distance_m": 20.0,
    }
    found = mission_from_json(value)
    assert mission_from_json(mission_value(found)) == found
    assert mission_schema()["$defs"]["Corridor"]["properties"]["width_m"]["maximum"] == 10_000


@pytest.mark.parametrize(
    ("corridor", "words"),
    [
        ({"line_lon_lat_deg": [[11, 48]]}, r"corridors\[0\].width_m: it is missing"),
        ({"line_lon_lat_deg": [[11, 48, 5]], "width_m": 5.0}, "give two numbers"),
        ({"line_lonlat_deg": [], "width_m": 5.0}, "did you mean 'line_lon_lat_deg'"),
    ],
)
def test_what_is_wrong_with_a_corridor_is_told_in_one_line(corridor, words):
    with pytest.raises(InputError, match=words):
        mission_from_json({"corridors": [corridor], "uavs": [{"id": "a"}]})
