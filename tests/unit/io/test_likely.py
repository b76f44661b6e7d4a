"""A probability map from files: polygons with weights, a GeoTIFF, and what is wrong."""

import json

import pytest
from click.testing import CliRunner
from shapely.geometry import box, mapping

from mcpp.cli.main import cli
from mcpp.errors import InputError
from mcpp.io.likely import read_likely
from mcpp.io.mission import read_mission, write_mission


def feature(shape, **properties):
    return {"type": "Feature", "properties": properties, "geometry": mapping(shape)}


def geojson(path, *features):
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


EAST, WEST = box(22.1, 40.0, 22.2, 40.1), box(22.0, 40.0, 22.1, 40.1)


def test_polygons_keep_their_weights_and_names(tmp_path):
    path = geojson(
        tmp_path / "map.geojson",
        feature(EAST, weight=3, name="ridge"),
        feature(WEST, POA="0.5"),
        feature(box(22.3, 40, 22.4, 40.1)),
    )
    found = read_likely(path)
    assert [a.weight for a in found.areas] == [3.0, 0.5, 1.0]
    assert found.areas[0].name == "ridge"
    assert len(found.areas[0].outer_lon_lat_deg) == 4
    assert found.raster is None


def test_a_geotiff_is_kept_by_its_path():
    assert read_likely("map.tif").raster == "map.tif"


@pytest.mark.parametrize(
    ("features", "words"),
    [
        ([feature(EAST, weight=-1)], "polygon 1: weight -1"),
        ([feature(EAST, weight="much")], "polygon 1: weight 'much' is no weight"),
        ([feature(EAST.centroid)], "no polygon that could be a likely area"),
        ([feature(EAST.difference(EAST.buffer(-0.02)), weight=1)], "polygon 1 has holes"),
    ],
)
def test_a_file_that_is_no_map_is_refused(tmp_path, features, words):
    with pytest.raises(InputError, match=words):
        read_likely(geojson(tmp_path / "map.geojson", *features))


def run(*args):
    return CliRunner().invoke(cli, ["-q", *map(str, args)])


def test_the_command_line_plans_by_a_map_and_tells_when_it_finds(tmp_path, plain_mission):
    path, out = tmp_path / "mission.json", tmp_path / "out"
    write_mission(path, plain_mission)
    ring = plain_mission.area[0].outer_lon_lat_deg
    lon, lat = ring[0]
    likely = geojson(tmp_path / "map.geojson", feature(box(lon - 1e-3, lat, lon, lat + 1e-3)))
    options = ("--likely", likely, "--elsewhere", 1, "--detection", 0.8)
    done = run("plan", path, *options, "--effort", "draft", "-o", out)
    assert done.exit_code == 0, done.output
    assert "expected time, if found" in done.output
    assert "found by the end" in done.output
    value = json.loads((out / "plan.json").read_text())
    assert 0.5 < value["report"]["search"]["found"] < 1
    assert value["mission"]["probability"]["detection"] == 0.8
    page = (out / "report.html").read_text()
    assert "Found by when" in page
    assert 'class="found"' in page
    assert run("check", out / "plan.json").exit_code == 0


def test_the_command_line_flies_a_pattern(tmp_path, plain_mission):
    path, out = tmp_path / "mission.json", tmp_path / "out"
    write_mission(path, plain_mission)
    lon, lat = plain_mission.area[0].outer_lon_lat_deg[0]
    datum = f"{lon - 1e-3},{lat + 9e-4}"
    done = run(
        "plan", path, "--pattern", "sector", "--datum", datum, "--radius", 60, "--first-leg", 30,
        "-o", out,
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    written = json.loads((out / "plan.json").read_text())["mission"]
    assert written["search"]["kind"] == "sector"
    assert written["search"]["direction_deg"] == 30
    (tmp_path / "again.json").write_text(json.dumps(written))
    assert read_mission(tmp_path / "again.json").search is not None


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--detection", 0.5), "--detection: the mission has no probability map"),
        (("--radius", 50), "--radius: the mission has no search pattern"),
        (("--pattern", "sector"), "search.datum_lon_lat_deg: a sector needs one"),
        (("--likely", "no-such.geojson"), "no-such.geojson"),
        (("--likely", "no-such.tif"), "probability.raster: there is no file 'no-such.tif'"),
    ],
)
def test_what_does_not_fit_is_one_line(tmp_path, plain_mission, options, words):
    path = tmp_path / "mission.json"
    write_mission(path, plain_mission)
    done = run("plan", path, *options, "-o", tmp_path / "out")
    assert done.exit_code == 1
    assert words in done.output
    assert "Traceback" not in done.output
    assert not (tmp_path / "out").exists()
