"""Mission files read back by MAVSDK and pymavlink, and the mistakes of others as tests."""

import json
import math
from pathlib import Path
from typing import Any

import pytest
from pymavlink import mavwp

from mcpp.export import qgc_plan, waypoints
from mcpp.export.items import (
    Command,
    MissionItem,
    fence_items,
    flight_items,
    home_item,
    mission_items,
    rally_items,
)
from mcpp.model import Plan
from tests.mavsdk_peer import mission_reader
from tests.plan_doubles import hand_plan
from tests.strategies import ANCHORS_LON_LAT_DEG

SIMPLE_KEYS = {"type", "frame", "command", "params", "autoContinue", "doJumpId"}
HEIGHT_KEYS = {"Altitude", "AltitudeMode", "AMSLAltAboveTerrain"}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


@pytest.fixture(scope="module", params=["ardupilot", "px4", "generic"])
def peer(request):
    with mission_reader(request.param) as reader:
        yield request.param, reader


def document(plan: Plan, index: int = 0) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(qgc_plan.to_text(plan, plan.sorties[index]))
    return found


def assert_same(theirs, ours: MissionItem, *, number: bool = True) -> None:
    assert (theirs.command, theirs.frame) == (ours.command, ours.frame)
    found = (theirs.param1, theirs.param2, theirs.param3, theirs.param4)
    for a, b in zip(found, ours.params, strict=True):
        assert a == pytest.approx(b, rel=1e-6, nan_ok=True) or (math.isnan(b) and not number)
    if ours.frame != 2:
        assert (theirs.x, theirs.y) == (round(ours.lat_deg * 1e7), round(ours.lon_deg * 1e7))
    assert theirs.z == pytest.approx(ours.alt_m, abs=1e-4)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_mavsdk_reads_the_plan_item_by_item(plan, peer, index):
    autopilot, reader = peer
    sortie = plan.sorties[index]
    found = reader.import_qgroundcontrol_mission_from_string(qgc_plan.to_text(plan, sortie))
    items = list(found.mission_items)
    if autopilot == "ardupilot":
        home = items.pop(0)
        ours = home_item(plan, sortie)
        assert (home.x, home.y) == (round(ours.lat_deg * 1e7), round(ours.lon_deg * 1e7))
    for theirs, ours in zip(items, flight_items(plan, sortie), strict=True):
        assert_same(theirs, ours)
    for theirs, ours in zip(found.geofence_items, fence_items(plan, sortie.uav), strict=True):
        assert (theirs.command, theirs.param1) == (ours.command, pytest.approx(ours.params[0]))
        assert (theirs.x, theirs.y) == (round(ours.lat_deg * 1e7), round(ours.lon_deg * 1e7))
    for theirs, ours in zip(found.rally_items, rally_items(plan, sortie.uav), strict=True):
        assert (theirs.x, theirs.y) == (round(ours.lat_deg * 1e7), round(ours.lon_deg * 1e7))
        assert theirs.z == pytest.approx(ours.alt_m)


@pytest.mark.parametrize("index", [0, 2])
def test_mavsdk_reads_the_waypoints_item_by_item(plan, peer, index):
    autopilot, reader = peer
    sortie = plan.sorties[index]
    text = waypoints.to_text(plan, sortie)
    items = list(reader.import_mission_planner_mission_from_string(text).mission_items)
    if autopilot == "ardupilot":  # it puts a home of its own in front of the file's
        items.pop(0)
    ours = (home_item(plan, sortie), *flight_items(plan, sortie))
    for theirs, expected in zip(items, ours, strict=True):
        assert_same(theirs, expected, number=False)
        assert not math.isnan(theirs.param4)


@pytest.mark.parametrize("anchor", ANCHORS_LON_LAT_DEG)
def test_files_are_right_all_over_the_world(anchor):
    plan = hand_plan(anchor=anchor)
    for sortie in plan.sorties:
        with mission_reader("px4") as reader:
            text = qgc_plan.to_text(plan, sortie)
            found = reader.import_qgroundcontrol_mission_from_string(text)
        for theirs, ours in zip(found.mission_items, flight_items(plan, sortie), strict=True):
            assert_same(theirs, ours)
        lons = [i.lon_deg for i in flight_items(plan, sortie) if i.frame == 3]
        assert all(abs((lon - anchor[0] + 180) % 360 - 180) < 0.1 for lon in lons)


@pytest.mark.parametrize("index", [0, 2])
def test_pymavlink_reads_the_waypoints(plan, tmp_path: Path, index):
    sortie = plan.sorties[index]
    path = tmp_path / "mission.waypoints"
    path.write_text(waypoints.to_text(plan, sortie), encoding="utf-8")
    loader = mavwp.MAVWPLoader()
    ours = (home_item(plan, sortie), *flight_items(plan, sortie))
    assert loader.load(str(path)) == len(ours)
    for i, expected in enumerate(ours):
        row = loader.wp(i)
        assert (row.seq, row.command, row.frame) == (i, expected.command, expected.frame)
        assert (row.x, row.y) == pytest.approx((expected.lat_deg, expected.lon_deg), abs=1e-7)
        assert row.z == pytest.approx(expected.alt_m)


# ------------------------------------------------------- mistakes that other exporters made


def test_latitude_comes_before_longitude_in_both_files(plan):
    sortie = plan.sorties[0]
    row = waypoints.to_text(plan, sortie).splitlines()[1].split("\t")
    assert float(row[8]) == pytest.approx(40.63, abs=0.01)
    assert float(row[9]) == pytest.approx(22.92, abs=0.01)
    mission = document(plan)["mission"]
    assert mission["plannedHomePosition"][:2] == pytest.approx([40.63, 22.92], abs=0.01)
    assert mission["items"][0]["params"][4:6] == pytest.approx([40.63, 22.92], abs=0.01)


@pytest.mark.parametrize(("autopilot", "number"), [("generic", 0), ("ardupilot", 3), ("px4", 12)])
def test_the_firmware_has_the_right_number(autopilot, number):
    plan = hand_plan(autopilot=autopilot)
    assert document(plan)["mission"]["firmwareType"] == number


@pytest.mark.parametrize(("kind", "number"), [("multirotor", 2), ("fixed-wing", 1), ("vtol", 20)])
def test_the_vehicle_has_the_right_number(kind, number):
    assert document(hand_plan(kind=kind))["mission"]["vehicleType"] == number


def test_jump_ids_count_from_one(plan):
    ids = [item["doJumpId"] for item in document(plan)["mission"]["items"]]
    assert ids == list(range(1, len(ids) + 1))


def test_the_waypoints_have_a_home_row_and_the_plan_has_none(plan):
    for index in (0, 2):
        rows = waypoints.to_text(plan, plan.sorties[index]).splitlines()
        assert rows[0] == "QGC WPL 110"
        assert rows[1].split("\t")[:4] == ["0", "1", "0", "16"]
        assert document(plan, index)["mission"]["items"][0]["command"] == Command.NAV_TAKEOFF


def test_frames_differ_between_positions_and_commands(plan):
    frames = {item["command"]: item["frame"] for item in document(plan)["mission"]["items"]}
    assert frames[16] == frames[22] == 3
    assert frames[178] == frames[206] == frames[205] == frames[20] == 2


def test_the_altitude_mode_is_whole_or_absent(plan):
    for item in document(plan)["mission"]["items"]:
        extra = set(item) - SIMPLE_KEYS
        assert extra == (HEIGHT_KEYS if item["frame"] == 3 else set())
        if extra:
            assert item["AltitudeMode"] == 1
            assert item["Altitude"] == item["params"][6]
    assert document(plan)["mission"]["globalPlanAltitudeMode"] == 1


def test_no_leg_of_a_plan_comes_without_the_fences_of_its_zones(plan):
    fence = document(plan)["geoFence"]
    assert [polygon["inclusion"] for polygon in fence["polygons"]] == [True, False]
    assert [circle["inclusion"] for circle in fence["circles"]] == [False]


def test_the_trigger_is_off_before_the_return(plan):
    for sortie in plan.sorties:
        last = [i for i in mission_items(plan, sortie) if i.command == 206][-1]
        assert last.params[0] == 0.0


def test_no_file_holds_a_nan(plan):
    for sortie in plan.sorties:
        assert "nan" not in waypoints.to_text(plan, sortie).lower()
        assert "NaN" not in qgc_plan.to_text(plan, sortie)


def test_open_headings_are_null_in_the_plan_and_courses_in_the_waypoints(plan):
    item = document(plan, 2)["mission"]["items"]
    assert all(i["params"][3] is None for i in item if i["command"] == 16)
    rows = [line.split("\t") for line in waypoints.to_text(plan, plan.sorties[2]).splitlines()[2:]]
    courses = [float(row[7]) for row in rows if row[3] == "16"]
    # to the first line, up, west along it, north to the next, east, ...
    assert courses[:5] == pytest.approx([315, 315, 270, 0, 90], abs=1.0)


# ------------------------------------------------------------------------------- the form


def test_the_plan_has_all_that_its_readers_ask_for(plan):
    found = document(plan)
    assert (found["fileType"], found["version"]) == ("Plan", 1)
    assert found["geoFence"]["version"] == found["rallyPoints"]["version"] == 2
    assert found["mission"]["version"] == 2
    assert all(len(item["params"]) == 7 for item in found["mission"]["items"])
    assert all(item["type"] == "SimpleItem" for item in found["mission"]["items"])


def test_speeds_of_the_plan_are_whole_numbers():
    mission = document(hand_plan(speed_m_s=0.3, transit_speed_m_s=7.6))["mission"]
    assert (mission["hoverSpeed"], mission["cruiseSpeed"]) == (1, 8)
    assert isinstance(mission["hoverSpeed"], int)
    assert isinstance(mission["cruiseSpeed"], int)


def test_rows_have_twelve_fields_between_tabs(plan):
    lines = waypoints.to_text(plan, plan.sorties[0]).splitlines()[1:]
    assert all(len(line.split("\t")) == 12 for line in lines)
    assert [line.split("\t")[0] for line in lines] == [str(i) for i in range(len(lines))]
