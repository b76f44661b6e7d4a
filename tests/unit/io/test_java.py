"""The Java back-end's input file, with the same meaning."""

import json

import pytest

from mcpp.errors import InputError
from mcpp.io.source import read_source

SQUARE = [
    {"lat": 40.0, "long": 22.0},
    {"lat": 40.0, "long": 22.01},
    {"lat": 40.01, "long": 22.01},
    {"lat": 40.01, "long": 22.0},
]


def value(**changes):
    good = {
        "droneNo": 2,
        "scanningDensity": 20,
        "polygon": SQUARE,
        "obstacles": [],
        "pathsStrictlyInPoly": True,
        "initialPos": [],
        "rPortions": [],
    }
    return {**good, **changes}


@pytest.fixture
def read(tmp_path):
    def reader(java):
        path = tmp_path / "inputVariables.json"
        path.write_text(json.dumps(java))
        return read_source(path)

    return reader


def test_the_file_keeps_its_meaning(read):
    mission = read(
        value(
            obstacles=[SQUARE[:3]],
            initialPos=[{"lat": 40.001, "long": 22.001}, {"lat": 40.009, "long": 22.009}],
            rPortions=[0.7, 0.3],
        )
    )
    assert mission.scan_distance_m == 20
    assert mission.area[0].outer_lon_lat_deg[1] == (22.01, 40.0)
    assert len(mission.no_fly_zones) == 1
    assert [uav.share for uav in mission.uavs] == [0.7, 0.3]
    assert [uav.start_lon_lat_deg for uav in mission.uavs] == [(22.001, 40.001), (22.009, 40.009)]
    assert mission.overshoot_m == 0


def test_empty_lists_let_mcpp_choose(read):
    mission = read(value())
    assert all(uav.start_lon_lat_deg is None and uav.share is None for uav in mission.uavs)


def test_better_coverage_may_leave_the_area_by_a_scan_distance(read):
    assert read(value(pathsStrictlyInPoly=False)).overshoot_m == 20


def test_whole_numbers_decimals_and_closed_rings_are_all_fine(read):
    mission = read(
        value(
            scanningDensity=20.5,
            polygon=[
                *[
                    {"lat": int(p["lat"]) + k, "long": 22 + j}
                    for p, k, j in zip(SQUARE, (0, 0, 1, 1), (0, 1, 1, 0), strict=True)
                ],
                {"lat": 40, "long": 22},
            ],
            rPortions=[1, 0],
        )
    )
    assert mission.scan_distance_m == 20.5
    assert len(mission.area[0].outer_lon_lat_deg) == 4
    assert mission.uavs[0].share == 1.0


def test_two_uavs_may_start_at_one_place(read):
    place = {"lat": 40.001, "long": 22.001}
    mission = read(value(initialPos=[place, place]))
    assert [uav.start_lon_lat_deg for uav in mission.uavs] == [(22.001, 40.001)] * 2


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"droneNo": 0}, "droneNo: 0 is not a whole number from 1"),
        ({"droneNo": -1}, "droneNo: -1"),
        ({"droneNo": 2.5}, "droneNo: 2.5"),
        ({"scanningDensity": "20"}, "scanningDensity: '20' is not a number"),
        ({"polygon": [{"lat": "40", "long": 22.0}]}, r"polygon\[0\].lat: '40' is not a number"),
        ({"polygon": [{"lat": 40.0, "lon": 22.0}]}, r"polygon\[0\]"),
        ({"polygon": {}}, "polygon: {} is not a list"),
        ({"rPortions": [1.0]}, "rPortions: 1 entries for 2 UAVs"),
        ({"initialPos": [{"lat": 40.0, "long": 22.0}]}, "initialPos: 1 entries for 2 UAVs"),
        ({"pathsStrictlyInPoly": "yes"}, "pathsStrictlyInPoly: 'yes'"),
        ({"droneNumber": 3}, "droneNumber: unknown key"),
    ],
)
def test_bad_input_is_one_line(read, changes, words):
    with pytest.raises(InputError, match=words) as caught:
        read(value(**changes))
    assert "\n" not in str(caught.value)


def test_a_missing_key_is_named(read):
    wrong = value()
    del wrong["polygon"]
    with pytest.raises(InputError, match="polygon: it is missing"):
        read(wrong)
    optional = value()
    del optional["obstacles"], optional["initialPos"], optional["rPortions"]
    assert len(read(optional).uavs) == 2
