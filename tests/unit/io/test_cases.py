"""Files that real programs wrote, or that once were read into their opposite."""

import os
import socket
import subprocess
import sys
from typing import Any

import pytest
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import frame_at
from mcpp.io.importing import shapes_in
from mcpp.io.missions import area_ha, mission_from
from mcpp.io.shapes import Imported
from mcpp.io.source import load, read_source
from mcpp.io.summary import summary


@pytest.fixture(scope="module")
def cases(shared_dir):
    folder = shared_dir / "cases"
    if not folder.is_dir():
        pytest.skip("the shared folder with the failing inputs is not here")
    return folder


def imported(path, **options):
    found = load(path, **options)
    assert isinstance(found, Imported)
    return found


def roles(path):
    return [shape.role for shape in imported(path).shapes]


def test_obstacles_are_known_by_their_names_flags_types_and_folders(cases):
    assert roles(cases / "zone_names_taken_as_area.geojson") == ["area", "zone", "zone"]
    assert roles(cases / "zones-by-flag.geojson") == ["area", "zone", "zone"]
    in_folders = imported(cases / "obstacles-in-folders.kml")
    assert [s.role for s in in_folders.shapes] == ["area", *["zone"] * 13]
    assert in_folders.shapes[-1].kind == "line"


def test_a_pond_inside_a_field_is_a_hole_and_is_told(cases):
    found = imported(cases / "pond-inside.geojson")
    mission = mission_from(found, scan_distance_m=20)
    (part,) = mission.area
    assert len(part.holes_lon_lat_deg) == 1
    assert "1 polygon inside another is a hole" in summary(found)[1]


def test_holes_of_a_polygon_stay_holes(cases):
    (part,) = read_source(cases / "thirty-holes.geojson", scan_distance_m=30).area
    assert len(part.holes_lon_lat_deg) == 30


def test_a_power_line_its_tower_and_a_building_are_zones(cases):
    mission = read_source(cases / "files-osm_powerline.geojson", scan_distance_m=30)
    zones: Any = mission.no_fly_zones
    line, tower, building = zones
    frame = frame_at(line.outer_lon_lat_deg)
    wide = shapely.Polygon(frame.to_m(line.outer_lon_lat_deg))
    wire = shapely.LineString(frame.to_m([(-4.001, 40.0015), (-3.995, 40.0015)]))
    assert wide.area == pytest.approx(20 * wire.length, rel=0.04)
    assert tower.radius_m == 10
    assert len(building.outer_lon_lat_deg) == 4


def test_ground_control_points_are_no_launch_points_and_are_counted(cases):
    found = imported(cases / "files-kml_points_as_gcps.kml")
    assert mission_from(found, uavs=3, scan_distance_m=20).uavs[0].start_lon_lat_deg is None
    assert summary(found)[1].startswith("5 points ('GCP0', 'GCP1', 'GCP2', 'GCP3' and 1 more)")


def test_a_picture_over_the_ground_is_no_area(cases):
    found = imported(cases / "files-ge_doc_and_overlay.kmz")
    assert len(found.shapes) == 1
    assert found.notes == ("1 picture laid over the ground left out",)
    assert area_ha(found.shapes[0]) < 50


@pytest.mark.parametrize(
    ("file", "kind"),
    [
        ("files-ed269_native.json", "ED-269"),
        ("files-ed318_geojson.json", "ED-318"),
        ("files-openaip_geojson.json", "OpenAIP"),
        ("files-faa_uasfm.geojson", "FAA UAS facility map"),
        ("files-openair.txt", "OpenAir"),
    ],
)
def test_airspace_is_never_ground(cases, file, kind):
    with pytest.raises(InputError, match=f"an airspace file .{kind}."):
        imported(cases / file)


@pytest.mark.parametrize(
    ("file", "ha"),
    [
        ("field.poly", 6.01),  # 0.0040432 deg x 0.0017986 deg at 48.2 N: 300 m x 200 m
        ("files-boundary_wkt.csv", 11.38),
        ("files-walked_boundary.gpx", 11.38),
        ("files-mp_fence.fen", 11.38),
        ("files-ge_one_point_path.kml", 11.38),
        ("files-field.gml", 11.22),  # 340 m x 330 m in UTM, whose scale is 0.9997 here
        ("files-qgis_gpkg_with_saved_style.gpkg", 24.0),
        ("survey.plan", 23.86),
    ],
)
def test_files_of_many_programs_are_read_as_the_field_they_show(cases, file, ha):
    found = imported(cases / file)
    areas = [shape for shape in found.shapes if shape.role == "area"]
    assert sum(area_ha(shape) for shape in areas) == pytest.approx(ha, rel=2e-3)
    assert len(mission_from(found, scan_distance_m=20).area) == 1


def test_a_drawing_without_a_coordinate_system_asks_for_one(cases):
    found = imported(cases / "files-field.dxf")
    with pytest.raises(InputError, match="say by --crs"):
        mission_from(found, scan_distance_m=20)
    known = imported(cases / "files-field.dxf", crs="EPSG:25830")
    assert area_ha(known.shapes[0]) == pytest.approx(11.22, rel=1e-3)


def test_one_sliver_does_not_refuse_a_parcel_file_and_is_told(cases):
    found = imported(cases / "files-gpkg_sliver_parcel.gpkg")
    assert len(mission_from(found, scan_distance_m=20).area) == 1
    assert any("'sliver'" in line and "encloses no area" in line for line in summary(found))


def test_both_folders_of_a_zip_are_read(cases):
    found = imported(cases / "files-zip_two_folders_of_shapefiles.zip")
    assert [(s.name, s.folder, s.role) for s in found.shapes] == [
        ("F1", "f1", "area"),
        ("F2", "f2", "area"),
    ]


def test_the_crs_member_of_old_geojson_is_heeded(cases):
    (shape,) = imported(cases / "files-geojson_crs_dhdn.geojson").shapes
    lon, lat = shapely.get_coordinates(shape.geometry)[0]
    # DHDN to WGS84 moves a place in Germany by some 150 m
    moved_m = frame_at([(10.0, 50.0)]).to_m((lon, lat))
    assert 100 < float((moved_m**2).sum() ** 0.5) < 200


def test_a_survey_of_qgroundcontrol_gives_area_and_home(cases):
    found = imported(cases / "survey.plan")
    assert any("mcpp wrote this flight" in note for note in found.notes)
    assert [s.role for s in found.shapes] == ["area", "launch"]


@pytest.mark.parametrize("file", ["vrt_local.kml", "vrt_ssrf.kml"])
@pytest.mark.parametrize("suffix", [".kml", ".gpkg", ".shp", ".dxf", ".gml", ".gpx"])
def test_a_file_that_is_another_format_opens_nothing_else(cases, tmp_path, file, suffix):
    (tmp_path / "secret.csv").write_text("wkt,name\nPOINT (1 2),secret\n")
    path = tmp_path / f"field{suffix}"
    path.write_bytes((cases / file).read_bytes())
    with pytest.raises(InputError, match="can not be read") as caught:
        imported(path)
    assert "secret" not in str(caught.value)


def test_no_address_is_fetched(cases, tmp_path):
    """A server on the loopback, where a file says to fetch, hears nothing."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        server.settimeout(0.2)
        port = server.getsockname()[1]
        text = (cases / "vrt_ssrf.kml").read_text().replace("18999", str(port))
        for suffix in (".kml", ".shp", ".gml"):
            path = tmp_path / f"field{suffix}"
            path.write_text(text)
            with pytest.raises(InputError, match="can not be read"):
                imported(path)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize("file", ["broken_prj_172.zip", "g_badtype.geojson"])
def test_damaged_files_are_refused_in_one_line(cases, file):
    with pytest.raises(InputError) as caught:
        imported(cases / file)
    assert "\n" not in str(caught.value)


def test_a_geometry_whose_type_is_a_list_is_told(cases):
    with pytest.raises(InputError, match=r"\[1\] is no type of geometry"):
        read_source(cases / "geometry_type_list.geojson", scan_distance_m=20)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_devices_pipes_and_folders_are_refused(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    for path in (pipe, "/dev/zero"):
        with pytest.raises(InputError, match="no plain file"):
            shapes_in(path) if path is pipe else read_source(path)
    with pytest.raises(InputError, match="is a folder"):
        read_source(tmp_path)


def test_the_child_reads_with_one_driver_alone(cases):
    """What the child has registered is what its environment leaves it."""
    from mcpp.io.vector import _other_drivers

    code = "import pyogrio; print(sorted(pyogrio.list_drivers()))"
    environment = os.environ | {"GDAL_SKIP": _other_drivers("GPKG")}
    run = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert run.stdout.strip() == "['GPKG']"
