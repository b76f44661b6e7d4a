"""Airspace files, and what of them becomes zones of a mission."""

import json
from dataclasses import replace

import pytest
import shapely

from mcpp.errors import InputError
from mcpp.ground.frame import LocalFrame
from mcpp.io.airspace import AirspaceZone, Limit, read_airspace
from mcpp.io.airspace_zones import with_airspace, with_waivers
from mcpp.model import AreaPart, CircleZone, Mission, PolygonZone, Uav

FIELD = ((-4.0, 40.0), (-3.996, 40.0), (-3.996, 40.003), (-4.0, 40.003))
MISSION = Mission(
    area=(AreaPart(outer_lon_lat_deg=FIELD),), uavs=(Uav(id="a"),), scan_distance_m=20.0
)
PLANT = shapely.box(-3.999, 40.001, -3.998, 40.002)


@pytest.fixture(scope="module")
def cases(shared_dir):
    folder = shared_dir / "cases"
    if not folder.is_dir():
        pytest.skip("the shared folder with the failing inputs is not here")
    return folder


def reaches(limit, height_m, above):
    return limit is not None and limit.above == above and abs(limit.height_m - height_m) < 0.01


def facts(zone):
    return zone.name, zone.kind, zone.lower, zone.upper, zone.radius_m


@pytest.mark.parametrize("file", ["files-ed269_native.json", "files-ed318_geojson.json"])
def test_both_european_formats_give_the_same_zones(cases, file):
    plant, heliport = read_airspace(cases / file)
    ground, top = Limit(0.0, "ground"), Limit(120.0, "ground")
    assert facts(plant) == ("Power plant", "PROHIBITED", ground, top, None)
    assert plant.geometry.symmetric_difference(PLANT).area < 1e-15
    assert (heliport.name, heliport.upper) == ("Heliport", top)
    assert (heliport.radius_m, heliport.geometry.coords[0]) == (60.0, (-3.998, 40.0005))


def test_openaip_gives_heights_in_feet_above_sea(cases):
    danger, control = read_airspace(cases / "files-openaip_geojson.json")
    assert facts(danger)[:2] == ("R-99 RANGE", "restricted")
    assert reaches(control.upper, 762.0, "sea")
    assert control.title == "CTR (CTR)"


def test_a_facility_map_closes_each_cell_above_its_ceiling(cases):
    cells = read_airspace(cases / "files-faa_uasfm.geojson")
    assert cells[0].lower == Limit(0.0, "ground")
    assert reaches(cells[1].lower, 30.48, "ground")
    assert reaches(cells[2].lower, 121.92, "ground")
    mission, _ = with_airspace(MISSION, cells)
    assert [zone.floor_m for zone in mission.no_fly_zones] == [
        None,
        pytest.approx(30.48),
        pytest.approx(121.92),
    ]


def test_openair_gives_polygons_and_circles(cases):
    area, plant = read_airspace(cases / "files-openair.txt")
    assert facts(area)[:2] == ("R-99 RANGE", "R")
    assert reaches(area.upper, 914.4, "sea")
    assert plant.radius_m == pytest.approx(0.05 * 1852)
    assert reaches(plant.upper, 457.2, "ground")


def test_arcs_of_openair_lie_on_their_circle(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text(
        "AC D\nAN CTR\nAL SFC\nAH FL65\nV D=+\nV X=40:00:00 N 004:00:00 W\nDA 10,270,360\n"
        "V D=-\nDB 40:05:00 N 004:00:00 W, 40:00:00 N 004:06:32 W\n"
    )
    (zone,) = read_airspace(path)
    xy = LocalFrame((-4.0, 40.0)).to_m(shapely.get_coordinates(zone.geometry))
    radii = (xy**2).sum(axis=1) ** 0.5
    assert radii[:91] == pytest.approx(18520.0, abs=1)
    assert radii[91:-1] == pytest.approx(9250.0, rel=0.01)
    quarter = 3.14159 / 4 * (18520.0**2 - 9260.0**2)
    assert shapely.Polygon(xy).area == pytest.approx(quarter, rel=0.01)
    assert zone.kind == "class D"
    assert reaches(zone.upper, 1981.2, "standard")


def test_times_are_kept_in_words(tmp_path, cases):
    value = json.loads((cases / "files-ed269_native.json").read_text())
    value["features"][0]["applicability"] = [
        {
            "permanent": "NO",
            "startDateTime": "2026-05-01T00:00:00Z",
            "endDateTime": "2026-09-30T00:00:00Z",
            "schedule": [{"day": ["MON", "TUE"], "startTime": "08:00", "endTime": "16:00"}],
        }
    ]
    path = tmp_path / "z.json"
    path.write_text(json.dumps(value))
    zone = read_airspace(path)[0]
    assert zone.times == "2026-05-01T00:00:00Z to 2026-09-30T00:00:00Z MON/TUE 08:00-16:00"
    mission, told = with_airspace(MISSION, [zone])
    assert mission.no_fly_zones[0].times == zone.times
    assert told[1].endswith("MON/TUE 08:00-16:00")


def zone(lower=None, upper=None, geometry=PLANT, **facts):
    return AirspaceZone(geometry=geometry, name="Z", lower=lower, upper=upper, **facts)


def test_zones_that_do_not_touch_the_mission_are_left_out():
    far = shapely.box(-3.9, 40.1, -3.8, 40.2)
    mission, told = with_airspace(MISSION, [zone(), zone(geometry=far)])
    assert len(mission.no_fly_zones) == 1
    assert told[0] == "airspace: 1 of 2 zones touch the mission"
    reaching = zone(geometry=shapely.Point(-3.9, 40.0), radius_m=10_000.0)
    assert len(with_airspace(MISSION, [reaching])[0].no_fly_zones) == 1


@pytest.mark.parametrize(
    ("lower", "ground_m", "floor_m"),
    [
        (Limit(150.0, "ground"), None, 150.0),
        (Limit(900.0, "sea"), None, None),  # not known: kept away from at all heights
        (Limit(900.0, "sea"), 700.0, 200.0),
        (Limit(600.0, "sea"), 700.0, None),
        (Limit(1981.2, "standard"), 700.0, 681.2),  # less 600 m for the pressure of the day
    ],
)
def test_heights_above_sea_need_the_ground(lower, ground_m, floor_m):
    mission, told = with_airspace(MISSION, [zone(lower)], ground_height_m=ground_m)
    (made,) = mission.no_fly_zones
    assert made.floor_m == (None if floor_m is None else pytest.approx(floor_m))
    unknown = lower.above == "sea" and ground_m is None
    assert ("--ground-height" in told[1]) is unknown


def test_a_terrain_model_gives_the_ground(tmp_path):
    import numpy as np
    import rasterio

    path = tmp_path / "ground.tif"
    heights = np.linspace(600, 700, 100 * 100, dtype="float32").reshape(100, 100)
    place = rasterio.Affine(0.001, 0, -4.05, 0, -0.001, 40.05)
    with rasterio.open(
        path, "w", driver="GTiff", width=100, height=100, count=1, dtype="float32",
        crs="EPSG:4326", transform=place,
    ) as raster:  # fmt: skip
        raster.write(heights, 1)
    flight = replace(MISSION.flight, terrain=str(path))
    mission, _ = with_airspace(replace(MISSION, flight=flight), [zone(Limit(900.0, "sea"))])
    # the ground under the field lies at 647 to 650 m; the highest counts
    assert mission.no_fly_zones[0].floor_m == pytest.approx(900 - 650, abs=1.5)


def test_round_zones_stay_round_and_holes_stay_open():
    ring = PLANT.buffer(0.01).difference(PLANT.buffer(0.005))
    mission, _ = with_airspace(
        MISSION, [zone(geometry=ring), zone(geometry=shapely.Point(-4, 40), radius_m=50.0)]
    )
    *pieces, circle = mission.no_fly_zones
    assert isinstance(circle, CircleZone)
    shapes = [shapely.Polygon(p.outer_lon_lat_deg) for p in pieces if isinstance(p, PolygonZone)]
    assert shapely.union_all(shapes).symmetric_difference(ring).area < 1e-9


def test_zones_are_waived_by_name_with_a_reason():
    mission, _ = with_airspace(MISSION, [zone(kind="CTR"), zone(kind="R")])
    waived = with_waivers(mission, [("z (ctr)", "permit 12/34")])
    assert [z.waived for z in waived.no_fly_zones] == ["permit 12/34", ""]
    with pytest.raises(InputError, match=r"there is no such zone; there are 'Z \(CTR\)'"):
        with_waivers(mission, [("tower", "x")])
    with pytest.raises(InputError, match="give the reason"):
        with_waivers(mission, [("Z*", " ")])


FAR = json.dumps(
    {
        "features": [
            {
                "properties": {"CEILING": 100, "UNIT": "Feet", "APT1_ICAO": "KX"},
                "geometry": {
                    "type": "Polygon",
                    "coordinates": [[[0, 0], [1e300, 0], [0, 1], [0, 0]]],
                },
            }
        ]
    }
)
LOW = json.dumps(
    {
        "features": [
            {
                "restriction": "PROHIBITED",
                "geometry": [{"lowerLimit": "low", "horizontalProjection": {"type": "Circle"}}],
            }
        ]
    }
)


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.json", '{"type": "FeatureCollection", "features": []}', "no airspace file"),
        ("a.txt", "hello", "no airspace file"),
        ("a.json", FAR, "zone 'KX 100 ft': a corner is no longitude and latitude"),
        ("a.txt", "AC R\nAN x\nAL GND\nAH 10\nDP zz\n", "can not be read"),
        (
            "a.json",
            LOW,
            r"features\[0\].geometry\[0\].lowerLimit: 'low' is no height",
        ),
    ],
)
def test_what_is_no_airspace_is_refused_in_one_line(tmp_path, name, text, words):
    path = tmp_path / name
    path.write_text(text)
    with pytest.raises(InputError, match=words):
        read_airspace(path)
