"""Ground heights from a loopback server, read back by rasterio and by the planner's own reader."""

import json
import math
from dataclasses import replace

import numpy as np
import pytest
import rasterio
from click.testing import CliRunner

from mcpp.cli.main import cli
from mcpp.errors import Cancelled, ExportError, InputError, LinkError
from mcpp.flight.terrain import read_terrain
from mcpp.ground.frame import frame_at
from mcpp.io.mission import mission_to_json, read_mission
from mcpp.model import AreaPart, Mission, Uav
from mcpp.planner import NullObserver
from mcpp.terrain.download import load_file
from mcpp.terrain.fetch import bounds_about, fetch_terrain, places_of, squares_about
from mcpp.terrain.setting import with_terrain
from mcpp.terrain.store import TileStore
from mcpp.terrain.tiles import Bounds, Square, pixel_deg, squares_of
from tests.tile_server import TileServer, tile_bytes


def slope(lon, lat):
    """100 m per degree to the east and 1000 to the north, from 10 E 47 N on."""
    return 100 * (lon - 10) + 1000 * (lat - 47)


N47, N48 = Square(47, 11), Square(48, 11)
MIDDLE = [(11.5, 47.5)]


@pytest.fixture
def server():
    with TileServer({}) as running:
        for square in (N47, N48):
            running.add(square.name("GLO-30"), tile_bytes(square.south_deg, square.west_deg, slope))
        yield running


@pytest.fixture
def store(server, tmp_path):
    return TileStore(folder=tmp_path / "tiles", server=server.address)


@pytest.mark.parametrize(
    ("south", "west", "name"),
    [
        (48, 11, "Copernicus_DSM_COG_10_N48_00_E011_00_DEM"),
        (-1, -1, "Copernicus_DSM_COG_10_S01_00_W001_00_DEM"),
        (0, 0, "Copernicus_DSM_COG_10_N00_00_E000_00_DEM"),
        (-14, -172, "Copernicus_DSM_COG_10_S14_00_W172_00_DEM"),
    ],
)
def test_tiles_are_named_by_their_south_west_corner(south, west, name):
    assert Square(south, west).name("GLO-30") == name
    assert Square(south, west).name("GLO-90") == name.replace("_10_", "_30_")


def test_a_place_belongs_to_the_tile_whose_pixels_hold_it():
    second = 1 / 3600

    def at(lon, lat):
        return squares_of(Bounds(west_deg=lon, south_deg=lat, east_deg=lon, north_deg=lat))

    assert at(11.5, 47.5) == (N47,)
    # pixels lie on whole seconds: that of 48 N, 11 E has its middle in the tiles south and east
    assert at(11.0, 48.0) == (N47,)
    assert at(11.0 - 0.4 * second, 47.5) == (N47,)
    assert at(11.0 - 0.6 * second, 47.5) == (Square(47, 10),)
    assert at(11.5, 48 + 0.6 * second) == (N48,)


def test_pixels_widen_towards_the_poles():
    assert pixel_deg(Square(49, 0), "GLO-30")[0] * 3600 == pytest.approx(1)
    assert pixel_deg(Square(50, 0), "GLO-30")[0] * 3600 == pytest.approx(1.5)
    assert pixel_deg(Square(-50, 0), "GLO-30")[0] * 3600 == pytest.approx(1)
    assert pixel_deg(Square(-51, 0), "GLO-90")[0] * 3600 == pytest.approx(4.5)
    assert pixel_deg(Square(84, 0), "GLO-30")[0] * 3600 == pytest.approx(5)


def test_the_margin_is_in_metres_on_all_sides():
    bounds = bounds_about([(11.5, 60.0)], 1000)
    frame = frame_at([(11.5, 60.0)])
    corner = frame.to_m([bounds.east_deg, bounds.north_deg])
    assert corner == pytest.approx([1000, 1000], rel=0.01)
    assert (corner >= 1000 * 0.999).all()


def test_heights_are_those_of_the_tile(store, tmp_path):
    fetched = fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store, margin_m=5000)
    with rasterio.open(fetched.path) as source:
        assert source.crs.to_epsg() == 4326
        assert source.dtypes == ("float32",)
        assert "GLO-30" in source.tags()["TIFFTAG_IMAGEDESCRIPTION"]
        assert "COPERNICUS" in source.tags()["TIFFTAG_COPYRIGHT"]
        heights = source.read(1)
        west, south, east, north = source.bounds
        for row in range(source.height):
            for column in range(source.width):
                assert heights[row, column] == pytest.approx(
                    slope(*source.xy(row, column)), abs=1e-3
                )
    assert west < 11.5 - 5000 / 75_000 < 11.5 + 5000 / 75_000 < east
    assert south < 47.5 - 5000 / 111_000 < 47.5 + 5000 / 111_000 < north


def test_tiles_are_joined_across_a_parallel(store, tmp_path, server):
    fetched = fetch_terrain([(11.5, 48.0)], tmp_path / "ground.tif", store=store)
    assert [tile.square for tile in fetched.tiles] == [N47, N48]
    with rasterio.open(fetched.path) as source:
        heights = source.read(1)
        rows, columns = np.indices(heights.shape)
        x, y = source.transform @ (columns + 0.5, rows + 0.5)
    assert heights == pytest.approx(slope(x, y), abs=1e-3)


def test_where_pixels_widen_the_heights_lie_between_their_neighbours(tmp_path, server):
    for square, wide in ((Square(49, 11), 60), (Square(50, 11), 40)):
        data = tile_bytes(square.south_deg, square.west_deg, slope, wide=wide)
        server.add(square.name("GLO-30"), data)
    store = TileStore(folder=tmp_path / "tiles", server=server.address)
    fetched = fetch_terrain([(11.5, 50.0)], tmp_path / "ground.tif", store=store, margin_m=9000)
    with rasterio.open(fetched.path) as source:
        heights = source.read(1)
        rows, columns = np.indices(heights.shape)
        x, y = source.transform @ (columns + 0.5, rows + 0.5)
        assert source.res == pytest.approx((1 / 60, 1 / 60))
    assert heights == pytest.approx(slope(x, y), abs=1e-2)


def test_missing_tiles_are_sea_and_told(server, tmp_path):
    del server.files["/{0}/{0}.tif".format(N48.name("GLO-30"))]
    store = TileStore(folder=tmp_path / "tiles", server=server.address)
    fetched = fetch_terrain([(11.5, 48.0)], tmp_path / "ground.tif", store=store, margin_m=3000)
    with rasterio.open(fetched.path) as source:
        heights = source.read(1)
        for row in range(source.height):
            _, lat = source.xy(row, 0)
            if lat > 48 + 1e-6:
                assert (heights[row] == 0).all()
            else:
                assert (heights[row] > 900).all()
    assert any("only sea" in line and N48.name("GLO-30") in line for line in fetched.told())


def test_a_country_left_out_of_the_finer_model_is_taken_from_the_coarser(server, tmp_path):
    del server.files["/{0}/{0}.tif".format(N48.name("GLO-30"))]
    server.add(N48.name("GLO-90"), tile_bytes(48, 11, slope, pixels=20))
    store = TileStore(folder=tmp_path / "tiles", server=server.address)
    fetched = fetch_terrain([(11.5, 48.0)], tmp_path / "ground.tif", store=store, margin_m=20_000)
    assert [tile.product for tile in fetched.tiles] == ["GLO-30", "GLO-90"]
    with rasterio.open(fetched.path) as source:
        heights = source.read(1)
        rows, columns = np.indices(heights.shape)
        x, y = source.transform @ (columns + 0.5, rows + 0.5)
        assert "GLO-90" in source.tags()["TIFFTAG_IMAGEDESCRIPTION"]
    assert np.isfinite(heights).all()
    away = np.abs(y - 48) > 0.1  # at the seam a pixel or two are filled in
    assert heights[away] == pytest.approx(slope(x, y)[away], abs=0.05)
    assert np.abs(heights - slope(x, y)).max() < 1000 * 4 / 60
    assert any("GLO-90" in line for line in fetched.told())


def test_without_any_tile_nothing_is_taken_for_sea(server, tmp_path):
    server.files.clear()
    store = TileStore(folder=tmp_path / "tiles", server=server.address)
    with pytest.raises(InputError, match="there is no tile"):
        fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store)
    assert not (tmp_path / "ground.tif").exists()


def test_the_second_time_no_server_is_asked(store, server, tmp_path):
    first = fetch_terrain([(11.5, 48.0)], tmp_path / "one.tif", store=store)
    asked = len(server.asked)
    offline = replace(store, offline=True)
    second = fetch_terrain([(11.5, 48.0)], tmp_path / "two.tif", store=offline)
    assert len(server.asked) == asked
    assert first.path.read_bytes() == second.path.read_bytes()
    with pytest.raises(InputError, match="is not on disk"):
        fetch_terrain([(12.5, 48.5)], tmp_path / "three.tif", store=offline)


def test_a_broken_download_goes_on_where_it_ended(server, tmp_path):
    path = f"/{N47.name('GLO-30')}/{N47.name('GLO-30')}.tif"
    server.cut_bytes = 5000
    waited: list[float] = []
    assert load_file(server.address + path, tmp_path / "t", lambda part: None, sleep=waited.append)
    assert (tmp_path / "t").read_bytes() == server.files[path]
    assert server.asked == [(path, None), (path, "bytes=5000-")]
    assert waited == [1.0]
    assert [p.name for p in tmp_path.iterdir()] == ["t"]


def test_a_file_that_changed_meanwhile_is_loaded_from_the_start(server, tmp_path):
    path = f"/{N47.name('GLO-30')}/{N47.name('GLO-30')}.tif"
    server.cut_bytes = 5000

    def change(_seconds):
        server.etag, server.files[path] = '"two"', b"another file"

    assert load_file(server.address + path, tmp_path / "t", lambda part: None, sleep=change)
    assert (tmp_path / "t").read_bytes() == b"another file"


class StopsHalfWay(NullObserver):
    def __init__(self):
        self.seen = []

    def on_progress(self, stage, fraction):
        self.seen.append(fraction)

    def should_stop(self):
        return len(self.seen) == 2


def test_a_stop_is_heard_between_pieces_and_what_is_there_is_kept(tmp_path):
    name = N47.name("GLO-30")
    with TileServer({}) as server:
        server.add(name, tile_bytes(47, 11, slope, pixels=600))  # of many pieces
        store = TileStore(folder=tmp_path / "tiles", server=server.address)
        with pytest.raises(Cancelled):
            fetch_terrain(MIDDLE, tmp_path / "g.tif", store=store, observer=StopsHalfWay())
        assert not (tmp_path / "g.tif").exists()
        kept = (tmp_path / "tiles" / f"{name}.loaded.part").stat().st_size
        assert 0 < kept < len(server.files[f"/{name}/{name}.tif"])
        fetch_terrain(MIDDLE, tmp_path / "g.tif", store=store)
        assert server.asked[-1] == (f"/{name}/{name}.tif", f"bytes={kept}-")


@pytest.mark.parametrize(
    "data",
    [
        b"<html>please log in</html>",
        tile_bytes(47, 12, slope),
        tile_bytes(47, 11, slope, crs="EPSG:4258"),
    ],
    ids=["a page", "another place", "another system"],
)
def test_what_is_no_such_tile_is_not_kept(server, store, tmp_path, data):
    server.add(N47.name("GLO-30"), data)
    with pytest.raises(LinkError, match="no such tile"):
        fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store)
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize("status", [403, 500])
def test_a_server_that_refuses_is_no_sea(server, store, tmp_path, status, monkeypatch):
    monkeypatch.setattr("mcpp.terrain.download._WAITS_S", ())
    server.status = status
    with pytest.raises(LinkError, match=str(status)):
        fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store)
    assert list(store.folder.iterdir()) == []


@pytest.mark.parametrize("address", ["file:///etc", "ftp://host/x", "host", "http://"])
def test_only_http_servers_are_asked(tmp_path, address):
    store = TileStore(folder=tmp_path / "tiles", server=address)
    with pytest.raises(LinkError, match="https://HOST"):
        fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store)


@pytest.mark.parametrize(
    ("places", "words"),
    [
        ([(179.9999, 10.0), (-179.9999, 10.0)], "180th meridian"),
        ([(0.0, 86.0)], "85 degrees"),
        ([(10.0, 47.0), (12.0, 49.0)], "divide it"),
    ],
)
def test_places_that_no_file_is_made_for_are_refused(places, words):
    with pytest.raises(InputError, match=words):
        squares_about(places)


def square_mission(lon: float, lat: float) -> Mission:
    side = 0.003
    ring = ((lon, lat), (lon + side, lat), (lon + side, lat + side), (lon, lat + side))
    return Mission(
        area=(AreaPart(outer_lon_lat_deg=ring),),
        uavs=(Uav(id="one", start_lon_lat_deg=(lon - side, lat)),),
        scan_distance_m=40,
    )


def test_the_planner_reads_what_was_fetched(store, tmp_path):
    mission = square_mission(11.5, 47.9)
    fetched = fetch_terrain(places_of(mission), tmp_path / "ground.tif", store=store)
    places = np.array(places_of(mission))
    frame = frame_at(places)
    terrain = read_terrain(with_terrain(mission, fetched.path), frame, frame.to_m(places))
    assert terrain is not None
    found = terrain.ground_m(frame.to_m(places))
    assert found == pytest.approx(slope(places[:, 0], places[:, 1]), abs=1e-2)
    assert math.isclose(found[0], 150 + 900, abs_tol=0.01)


def test_where_the_crew_may_stand_is_in_the_file_too():
    mission = square_mission(11.5, 47.9)
    crew = AreaPart(outer_lon_lat_deg=((11.6, 47.9), (11.61, 47.9), (11.61, 47.91)))
    assert (11.61, 47.91) in places_of(replace(mission, crew_area=(crew,)))


def run(*args, env):
    return CliRunner().invoke(cli, ["-q", *map(str, args)], env=env)


def test_the_command_writes_heights_and_mission(server, tmp_path):
    env = {"MCPP_CACHE_DIR": str(tmp_path / "cache"), "MCPP_TERRAIN_SERVER": server.address}
    source = tmp_path / "field.json"
    source.write_text(mission_to_json(square_mission(11.5, 47.9)))
    assert "not loaded" in run("terrain", "list", source, env=env).output
    done = run("terrain", "fetch", source, "--mission", tmp_path / "hilly.json", env=env)
    assert done.exit_code == 0, done.output
    assert "flight.terrain is set" in done.output
    mission = read_mission(tmp_path / "hilly.json")
    assert mission.flight.terrain == str(tmp_path / "field-terrain.tif")
    assert "GLO-30" in run("terrain", "list", source, env=env).output
    listed = json.loads(run("terrain", "list", "--json", env=env).output)
    assert [row["tile"] for row in listed["tiles"]] == [N47.name("GLO-30")]
    again = run("terrain", "fetch", source, env=env)
    assert again.exit_code == 1
    assert "already there" in again.output


def test_the_command_takes_shapes_and_tells_how_to_use_the_file(server, tmp_path):
    env = {"MCPP_CACHE_DIR": str(tmp_path / "cache"), "MCPP_TERRAIN_SERVER": server.address}
    ring = [[11.5, 47.5], [11.51, 47.5], [11.51, 47.51], [11.5, 47.5]]
    area = tmp_path / "field.geojson"
    area.write_text(json.dumps({"type": "Polygon", "coordinates": [ring]}))
    done = run("terrain", "fetch", area, "-o", tmp_path / "g.tif", env=env)
    assert done.exit_code == 0, done.output
    assert f"mcpp plan {area} --terrain {tmp_path / 'g.tif'}" in done.output
    made = tmp_path / "m.json"
    options = ("--scan-distance", 40, "--terrain", tmp_path / "g.tif", "-o", made)
    assert run("convert", area, *options, env=env).exit_code == 0
    assert read_mission(made).flight.terrain == str(tmp_path / "g.tif")
    refused = run("terrain", "fetch", area, "--mission", tmp_path / "m.json", env=env)
    assert refused.exit_code == 1
    assert "is no mission" in refused.output


def test_a_folder_that_can_not_be_written_is_told(server, tmp_path):
    (tmp_path / "tiles").write_text("a file stands in its place")
    store = TileStore(folder=tmp_path / "tiles", server=server.address)
    with pytest.raises(ExportError, match="can not be written"):
        fetch_terrain(MIDDLE, tmp_path / "ground.tif", store=store)
