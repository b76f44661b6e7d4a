"""Shapes from the files that people have."""

import json
import zipfile

import pyogrio
import pytest
import shapely

from mcpp.errors import InputError
from mcpp.io.importing import shapes_in
from mcpp.io.missions import mission_from
from mcpp.io.source import read_source

FIELD = shapely.Polygon(
    [(22.0, 40.0), (22.01, 40.0), (22.01, 40.01), (22.0, 40.01)],
    [[(22.004, 40.004), (22.005, 40.004), (22.005, 40.005)]],
)
BARN = shapely.box(22.001, 40.001, 22.002, 40.002)

KML = """<?xml version="1.0" encoding="UTF-8"?>
<kml xmlns="http://www.opengis.net/kml/2.2"><Document>
<Placemark><name>Field</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
22.0,40.0,0 22.01,40.0,0 22.01,40.01,0 22.0,40.01,0 22.0,40.0,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>no-fly barn</name><Polygon><outerBoundaryIs><LinearRing><coordinates>
22.001,40.001,0 22.002,40.001,0 22.002,40.002,0 22.001,40.001,0
</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>
<Placemark><name>Home</name><Point><coordinates>22.0005,40.0005,0</coordinates></Point></Placemark>
</Document></kml>"""


def read_area(path, **options):
    return mission_from(shapes_in(path, **options), uavs=2, scan_distance_m=20)


def collection(*rows, **properties):
    features = [
        {"type": "Feature", "properties": p, "geometry": json.loads(shapely.to_geojson(shape))}
        for p, shape in rows
    ]
    return {"type": "FeatureCollection", "properties": properties, "features": features}


def write(path, value):
    path.write_text(json.dumps(value))
    return path


def test_roles_decide(tmp_path):
    path = write(
        tmp_path / "f.geojson",
        collection(
            ({"role": "area"}, FIELD),
            ({"role": "no_fly", "name": "barn"}, BARN),
            ({"role": "start"}, shapely.Point(22.0, 40.0)),
            scan_distance_m=40,
        ),
    )
    mission = read_source(path, uavs=2)
    assert len(mission.area[0].holes_lon_lat_deg) == 1
    assert mission.no_fly_zones[0].name == "barn"
    assert [uav.start_lon_lat_deg for uav in mission.uavs] == [(22.0, 40.0), None]
    assert mission.scan_distance_m == 40


def test_plain_polygons_are_area_and_several_make_several_parts(tmp_path):
    apart = shapely.MultiPolygon([shapely.box(22.02, 40, 22.03, 40.01)])
    path = write(tmp_path / "f.json", collection(({}, FIELD), ({}, apart)))
    mission = read_source(path, scan_distance_m=25)
    assert len(mission.area) == 2
    assert mission.scan_distance_m == 25


def test_a_bare_geometry_will_do(tmp_path):
    path = write(tmp_path / "f.geojson", json.loads(shapely.to_geojson(BARN)))
    assert len(read_area(path).area[0].outer_lon_lat_deg) == 4


def test_kml_and_kmz_are_read_with_zones_and_homes(tmp_path):
    kml = tmp_path / "field.kml"
    kml.write_text(KML)
    kmz = tmp_path / "field.kmz"
    with zipfile.ZipFile(kmz, "w") as archive:
        archive.write(kml, "doc.kml")
    for path in (kml, kmz):
        area = read_area(path)
        assert len(area.area) == 1
        assert area.no_fly_zones[0].name == "no-fly barn"
        assert [u.start_lon_lat_deg for u in area.uavs] == [(22.0005, 40.0005), None]


@pytest.mark.parametrize("suffix", ["shp", "gpkg"])
def test_other_coordinate_systems_become_degrees(tmp_path, suffix):
    from mcpp.ground.frame import LocalFrame

    path = tmp_path / f"field.{suffix}"
    frame = LocalFrame((22.0, 40.0))
    metres = shapely.to_wkb(frame.shape_to_m(FIELD))
    crs = "+proj=aeqd +lat_0=40 +lon_0=22 +datum=WGS84 +units=m"
    pyogrio.raw.write(path, [metres], [], [], geometry_type="Polygon", crs=crs)
    ring = read_area(path).area[0].outer_lon_lat_deg
    assert shapely.Polygon(ring).symmetric_difference(shapely.Polygon(FIELD.exterior)).area < 1e-12


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ({"type": "FeatureCollection", "features": {}}, "features: it is not a list"),
        ({"type": "Topology"}, "type: 'Topology' is no GeoJSON type"),
        (
            collection(({}, shapely.LineString([(0, 0), (1, 1)]))),
            "no polygon that could be the area",
        ),
        (collection(({"role": "area"}, shapely.Point(1, 2))), "role 'area' with a point"),
        ({"type": "Polygon", "coordinates": "here"}, "geometry can not be read"),
    ],
)
def test_what_is_no_area_is_refused(tmp_path, value, words):
    with pytest.raises(InputError, match=words):
        read_source(write(tmp_path / "f.geojson", value), scan_distance_m=20)


SQUARE = [[22.0, 40.0], [22.01, 40.0], [22.01, 40.01], [22.0, 40.0]]


@pytest.mark.parametrize("ring", [SQUARE[:-1], [[*point, 5.0, 7.0] for point in SQUARE]])
def test_open_rings_and_further_numbers_of_a_position_are_no_obstacle(tmp_path, ring):
    path = write(tmp_path / "f.geojson", {"type": "Polygon", "coordinates": [ring]})
    assert read_area(path).area[0].outer_lon_lat_deg == tuple((x, y) for x, y in SQUARE[:-1])


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (
            {"type": "Feature", "properties": [1], "geometry": None},
            r"features\[0\].properties: \[1\] is not an object",
        ),
        ({**collection(({}, FIELD)), "properties": "x"}, "properties: 'x' is not an object"),
        (
            collection(({}, shapely.box(184000, 6130000, 184100, 6130100))),
            "convert the file to WGS",
        ),
        (
            collection(({}, FIELD), ({"role": "start"}, shapely.Point(5, 95))),
            r"\(5, 95\) is no longitude and latitude",
        ),
    ],
)
def test_what_is_no_geojson_in_degrees_is_told_in_one_line(tmp_path, value, words):
    if value["type"] == "Feature":
        value["geometry"] = json.loads(shapely.to_geojson(FIELD))
    with pytest.raises(InputError, match=words) as caught:
        read_area(write(tmp_path / "f.geojson", value))
    assert "\n" not in str(caught.value)


def test_a_file_in_metres_without_a_coordinate_system_is_refused(tmp_path):
    path = tmp_path / "metres.gpkg"
    shapes = shapely.to_wkb([shapely.box(4e5, 5.3e6, 4.01e5, 5.301e6)])
    with pytest.warns(UserWarning, match="crs"):
        pyogrio.raw.write(path, shapes, [], [], geometry_type="Polygon")
    with pytest.raises(InputError, match="is no longitude and latitude in degrees"):
        read_area(path)


@pytest.mark.parametrize("folder", ["", "deep/er/"])
def test_all_shapefiles_of_a_zip_are_read_from_any_folder_of_it(tmp_path, folder):
    archive = tmp_path / "f.zip"
    with zipfile.ZipFile(archive, "w") as target:
        for name, shape in (("a", FIELD), ("b", shapely.box(22.02, 40, 22.03, 40.01))):
            made = tmp_path / f"{name}.shp"
            pyogrio.raw.write(
                made, shapely.to_wkb([shape]), [], [], geometry_type="Polygon", crs="EPSG:4326"
            )
            for part in tmp_path.glob(f"{name}.*"):
                target.write(part, f"{folder}{part.name}")
    assert len(read_area(archive).area) == 2


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04 cut off"])
def test_a_zip_that_is_none_is_named_in_one_line(tmp_path, content):
    path = tmp_path / "f.zip"
    path.write_bytes(content)
    with pytest.raises(InputError, match="no zip archive, or a broken one"):
        read_area(path)
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("readme.txt", "nothing here")
    with pytest.raises(InputError, match="holds no "):
        read_area(path)


def test_a_scan_distance_must_come_from_somewhere(tmp_path):
    path = write(tmp_path / "f.geojson", collection(({}, FIELD)))
    with pytest.raises(InputError, match="give --scan-distance"):
        read_source(path)


def test_vector_files_that_are_none_are_named(tmp_path):
    path = tmp_path / "field.shp"
    with pytest.raises(InputError, match="there is no such file"):
        read_source(path, scan_distance_m=20)
    path.write_text("nonsense")
    with pytest.raises(InputError, match="can not be read"):
        read_source(path, scan_distance_m=20)
