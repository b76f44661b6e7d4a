"""What shapes say about themselves, and what the user says about them."""

import json
import zipfile

import pytest
import shapely

from mcpp.errors import InputError, one_line
from mcpp.io.conditions import condition
from mcpp.io.importing import Choice, chosen, shapes_in
from mcpp.io.missions import mission_from
from mcpp.io.roles import propose
from mcpp.io.shapes import Imported, Shape
from mcpp.io.source import load
from mcpp.io.summary import place_words, summary
from mcpp.io.words import says_area, says_launch, says_zone
from mcpp.model import PolygonZone


def box(west, south, size=0.001, **facts):
    return Shape(geometry=shapely.box(west, south, west + size, south + size), **facts)


def imported(*shapes):
    return Imported(name="file", shapes=shapes)


def roles(*shapes, **choice):
    return [s.role for s in propose(imported(*shapes), Choice(**choice)).shapes]


@pytest.mark.parametrize(
    "word",
    [
        "no_fly_zone", "NFZ1", "noFlyZone", "no-fly", "Exclusion zone", "keep_out", "KEEPOUT 2",
        "obstacles", "Obstacle_12", "tree 0", "buildings", "power line", "Restricted",
        "Flugverbotszone", "Hindernisse", "Sperrgebiet 3", "Bäume", "Baum", "Gebäude",
        "Stromleitung",
        "zone interdite", "bâtiment", "Arbres", "ligne électrique",
        "Zona prohibida", "obstáculo", "edificios", "árboles",
    ],
)  # fmt: skip
def test_words_for_what_is_kept_away_from(word):
    assert says_zone(word)


@pytest.mark.parametrize(
    "word", ["Field 7", "North", "Schlag 12", "streetlight", "Thirty", "Baumann"]
)
def test_words_that_name_no_obstacle(word):
    assert not says_zone(word)


def test_words_for_ground_and_launch_points():
    assert all(says_area(w) for w in ("survey_area", "AOI", "Fläche 2", "parcelle", "Boundary"))
    assert all(says_launch(w) for w in ("Home", "launch1", "takeoff", "Startpunkt", "décollage"))
    assert not any(says_launch(w) for w in ("GCP1", "Restart", "House 4", "marker"))


def test_a_word_near_the_shape_goes_before_one_farther_off():
    field = box(0, 0, name="Field", file="obstacles")
    tree = box(1, 0, name="7", folder="Farm/Obstacles", layer="fields")
    told = box(2, 0, name="tree", properties={"role": "area"})
    assert roles(field, tree, told) == ["area", "zone", "area"]


def test_a_file_named_after_obstacles_holds_obstacles():
    assert roles(box(0, 0, file="nfz"), box(1, 0, file="my_obstacles")) == ["zone", "zone"]
    assert roles(box(0, 0, file="thirty-holes"), box(1, 0, file="fields_and_nfz")) == ["area"] * 2


@pytest.mark.parametrize(
    ("properties", "role"),
    [
        ({"no_fly": True}, "zone"),
        ({"no_fly": "yes"}, "zone"),
        ({"no_fly": False}, "area"),
        ({"obstacle": 1}, "zone"),
        ({"type": "no-fly"}, "zone"),
        ({"kind": "Exclusion"}, "zone"),
        ({"inclusion": False}, "zone"),
        ({"building": "house"}, "zone"),
        ({"building": "no"}, "area"),
        ({"landuse": "farmland"}, "area"),
        ({"man_made": "tower"}, "zone"),
        ({"category": "field", "obstacle": "true"}, "zone"),
    ],
)
def test_flags_types_and_tags_are_understood(properties, role):
    assert roles(box(0, 0, properties=properties)) == [role]


def test_a_role_that_nobody_knows_is_asked_about():
    with pytest.raises(InputError, match=r"role: 'banana' is no role.*--zones"):
        roles(box(0, 0, properties={"role": "banana"}))


def test_an_island_in_a_hole_is_ground_again():
    outer, hole, island = box(0, 0, 1), box(0.2, 0.2, 0.6), box(0.4, 0.4, 0.1)
    assert roles(island, outer, hole) == ["area", "area", "hole"]
    mission = mission_from(propose(imported(outer, hole, island)), scan_distance_m=20)
    assert [len(part.holes_lon_lat_deg) for part in mission.area] == [1, 0]


def test_neighbours_that_touch_are_no_holes():
    assert roles(box(0, 0, 1), box(1, 0, 1), box(0, 1, 1)) == ["area"] * 3


def test_the_same_shape_twice_is_used_once_and_told():
    found = propose(imported(box(0, 0), box(0, 0), box(1, 0)))
    assert [s.role for s in found.shapes] == ["area", "unused", "area"]
    assert any("it stands there twice" in line for line in summary(found))


def test_lines_and_points_are_used_by_name_alone():
    line = shapely.LineString([(0, 0), (0.001, 0.001)])
    shapes = [
        Shape(geometry=line, name="Path 3"),
        Shape(geometry=line, name="power line"),
        Shape(geometry=shapely.Point(0, 0), name="GCP 1"),
        Shape(geometry=shapely.Point(0, 0), name="Home"),
        Shape(geometry=shapely.Point(0, 0), name="mast"),
    ]
    assert roles(*shapes) == ["unused", "zone", "unused", "launch", "zone"]


def test_the_user_goes_before_the_words():
    field, tree, other = box(0, 0, name="a"), box(1, 0, name="tree"), box(2, 0, layer="west")
    assert roles(field, tree, other, areas=("TREE",)) == ["unused", "area", "unused"]
    assert roles(field, tree, other, zones=("a",)) == ["zone", "zone", "area"]
    assert roles(field, tree, other, unused=("w*",)) == ["area", "zone", "unused"]
    crop = box(3, 0, properties={"Crop": "Wheat"})
    assert roles(field, crop, areas=("crop=wh*",)) == ["unused", "area"]


def test_a_hole_stays_one_when_the_user_names_the_ground():
    pond, other = box(0.2, 0.2, 0.1), box(5, 5, 1)
    assert roles(box(0, 0, 1, name="Field"), pond, other, areas=("field",)) == [
        "area",
        "hole",
        "unused",
    ]


@pytest.mark.parametrize(
    ("choice", "words"),
    [
        ({"zones": ("treez",)}, r"--zones 'treez': there is no such shape.*'tree'"),
        ({"launch": ("tree",)}, "'tree' is a polygon: a launch point is a point"),
    ],
)
def test_a_pattern_that_means_nothing_is_refused(choice, words):
    with pytest.raises(InputError, match=words):
        roles(box(0, 0, name="tree"), **choice)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("crop=wheat", True),
        ("crop!=wh*", False),
        ("ha>2", True),
        ("HA<=2", False),
        ("ha=2.5", True),
        ("soil=clay", False),
    ],
)
def test_conditions_on_attributes(text, holds):
    assert condition(text).holds({"crop": "Wheat", "ha": 2.5}) is holds


@pytest.mark.parametrize("text", ["crop", "=x", "ha>much"])
def test_what_is_no_condition_is_refused(text):
    with pytest.raises(InputError, match="--where"):
        condition(text)


def test_one_parcel_is_picked_out_of_many():
    many = imported(
        *(box(i, 0, properties={"id": i}, layer="a" if i < 5 else "b") for i in range(9))
    )
    picked = chosen(many, Choice(where=(condition("id>=3"),), layers=("a",)))
    assert [s.properties["id"] for s in picked.shapes] == [3, 4]
    with pytest.raises(InputError, match="the attributes are 'id'"):
        chosen(many, Choice(where=(condition("no=1"),)))
    with pytest.raises(InputError, match="there are 'a', 'b'"):
        chosen(many, Choice(layers=("c",)))


def test_the_summary_names_what_there_is_and_where():
    field = Shape(geometry=shapely.box(11.3, 48.2, 11.304, 48.202), name="Field")
    tree = Shape(geometry=shapely.box(11.301, 48.2005, 11.302, 48.201), name="tree")
    lap = Shape(geometry=shapely.box(11.303, 48.2, 11.306, 48.202), name="Field 2")
    first, *more = summary(propose(imported(field, tree, lap)))
    assert first == (
        "file: 2 areas of 11.57 ha ('Field', 'Field 2'), 1 no-fly zone ('tree'); at 48.2 N 11.3 E"
    )
    assert more == ["areas 'Field' and 'Field 2' overlap by 1.65 ha: that is flown once"]


def test_places_of_all_quarters():
    assert place_words([(-70.65, -33.44)]) == "33.4 S 70.7 W"


def test_a_donut_zone_keeps_its_middle_free():
    ring = Shape(
        geometry=shapely.box(0, 0, 0.02, 0.02).difference(shapely.box(0.005, 0.005, 0.015, 0.015)),
        name="nfz",
    )
    field = box(0.007, 0.007, 0.004, name="field")
    zones = mission_from(propose(imported(field, ring)), scan_distance_m=20).no_fly_zones
    shapes = [shapely.Polygon(z.outer_lon_lat_deg) for z in zones if isinstance(z, PolygonZone)]
    assert len(shapes) == len(zones)
    assert shapely.union_all(shapes).symmetric_difference(ring.geometry).area < 1e-12


def test_a_damaged_obstacle_is_never_left_out_in_silence(tmp_path):
    rows = [
        {"type": "Feature", "properties": {"name": name}, "geometry": geometry}
        for name, geometry in (
            ("field", json.loads(shapely.to_geojson(shapely.box(0, 0, 0.01, 0.01)))),
            ("mast", {"type": "Polygon", "coordinates": [[[0, 0], [0, 0]]]}),
        )
    ]
    path = tmp_path / "f.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": rows}))
    with pytest.raises(InputError, match="'mast' is to be kept away from"):
        shapes_in(path)
    kept = shapes_in(path, choice=Choice(unused=("mast",)))
    assert [s.role for s in kept.shapes] == ["area", "unused"]


def test_a_zip_that_unpacks_to_far_more_than_it_holds_is_refused(tmp_path):
    path = tmp_path / "bomb.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.shp", bytes(8 * 2**20))
    with pytest.raises(InputError, match="from next to nothing"):
        shapes_in(path)


def test_entities_of_xml_are_refused(tmp_path):
    path = tmp_path / "bomb.kml"
    path.write_text('<!DOCTYPE kml [<!ENTITY a "aaaa">]><kml>&a;</kml>')
    with pytest.raises(InputError, match="declares entities"):
        shapes_in(path)


def test_a_key_that_stands_twice_is_refused(tmp_path):
    path = tmp_path / "m.geojson"
    path.write_text('{"type": "Point", "type": "Polygon", "coordinates": []}')
    with pytest.raises(InputError, match="the key 'type' stands twice"):
        shapes_in(path)


def test_messages_hold_no_marks_that_turn_them_round_and_no_endless_number():
    assert one_line("a\u202eb\nc\x1b[31m") == "a\\u202eb c\\u001b[31m"
    assert one_line("x " + "9" * 4000) == f"x {'9' * 60}...(4000 characters)"
    assert str(InputError("bad \u202e name")) == "bad \\u202e name"


def test_more_shapes_than_get_their_roles_in_seconds_are_refused():
    with pytest.raises(InputError, match=r"it has 20,001 shapes.*--layer or --where"):
        propose(imported(*[box(0, 0)] * 20_001))


def test_the_users_choice_comes_before_what_a_file_is_refused_for(tmp_path):
    path = tmp_path / "f.csv"
    path.write_text('name,role,WKT\na,banana,"POLYGON ((0 0, 0.01 0, 0 0.01, 0 0))"\n')
    with pytest.raises(InputError, match="'banana' is no role"):
        load(path)
    found = load(path, choice=Choice(areas=("a",)))
    assert isinstance(found, Imported)
    assert [shape.role for shape in found.shapes] == ["area"]


def test_too_many_shapes_are_refused_by_their_count_before_any_is_looked_at(tmp_path, monkeypatch):
    """100,000 zones took a dozen seconds to be refused; a choice by attribute may cut them down."""
    row = {"type": "Feature", "properties": {"type": "no-fly"}, "geometry": None}
    path = tmp_path / "many.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": 20_001 * [row]}))
    looked_at = []

    def look(*_):
        looked_at.append(1)
        return {}

    monkeypatch.setattr("mcpp.io.geojson.properties_of", look)
    with pytest.raises(InputError, match="it has 20,001 shapes, of which 20,000 are taken at once"):
        shapes_in(path)
    assert len(looked_at) == 0
    with pytest.raises(InputError, match="no shape meets it"):
        shapes_in(path, choice=Choice(where=(condition("type=x"),)))
    assert len(looked_at) > 20_000
    mark = "<Placemark><Point><coordinates>1,2</coordinates></Point></Placemark>"
    path = tmp_path / "many.kml"
    path.write_text(f"<kml><Document>{20_001 * mark}</Document></kml>")
    with pytest.raises(InputError, match="it has 20,001 shapes, of which 20,000 are taken at once"):
        shapes_in(path)
