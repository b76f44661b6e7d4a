import math
from dataclasses import replace

import numpy as np
import pytest
from shapely.geometry import MultiPolygon

from mcpp.export.items import (
    Command,
    Frame,
    MissionItem,
    fence_items,
    flight_items,
    mission_items,
    rally_items,
    wire_items,
)
from mcpp.model import LegKind, Plan
from tests.plan_doubles import hand_plan

DO_COMMANDS = {
    Command.CONDITION_YAW,
    Command.DO_CHANGE_SPEED,
    Command.DO_MOUNT_CONTROL,
    Command.DO_SET_CAM_TRIGG_DIST,
    Command.IMAGE_START_CAPTURE,
    Command.NAV_RETURN_TO_LAUNCH,
}


@pytest.fixture(scope="module")
def plan() -> Plan:
    return hand_plan()


def commands(items: tuple[MissionItem, ...]) -> list[int]:
    return [item.command for item in items]


def legs_with_photos(items: tuple[MissionItem, ...]) -> list[bool]:
    """For each waypoint, whether the trigger runs on the way to it."""
    running, found = False, []
    for item in items:
        if item.command == Command.DO_SET_CAM_TRIGG_DIST:
            running = item.params[0] > 0
        elif item.command == Command.NAV_WAYPOINT:
            found.append(running)
    return found


def test_ardupilot_starts_with_home_and_px4_does_not(plan):
    one, two = mission_items(plan, plan.sorties[0]), mission_items(plan, plan.sorties[2])
    assert (one[0].command, one[0].frame) == (Command.NAV_WAYPOINT, Frame.ABSOLUTE)
    assert (one[0].lat_deg, one[0].lon_deg) == (one[1].lat_deg, one[1].lon_deg)
    assert one[1].command == two[0].command == Command.NAV_TAKEOFF


def test_photos_are_taken_on_survey_legs_alone(plan):
    for sortie in plan.sorties:
        expected = [kind == LegKind.SURVEY for kind in sortie.kind[1:-1]]
        assert legs_with_photos(flight_items(plan, sortie)) == expected


def test_every_start_of_the_trigger_shoots_at_once_and_has_its_stop(plan):
    for sortie in plan.sorties:
        triggers = [
            item.params[0]
            for item in flight_items(plan, sortie)
            if item.command == Command.DO_SET_CAM_TRIGG_DIST
        ]
        assert triggers == [12.5, 0.0] * 4 or triggers == [12.5, 0.0] * 5
        starts = [i for i in flight_items(plan, sortie) if i.command == 206 and i.params[0] > 0]
        assert all(item.params[2] == 1.0 for item in starts)


def test_the_trigger_stops_before_a_return_without_a_connecting_leg(plan):
    sortie = plan.sorties[0]
    kind = np.where(sortie.kind == LegKind.CONNECT, LegKind.SURVEY, sortie.kind)
    items = flight_items(plan, replace(sortie, kind=kind))
    assert commands(items).count(Command.DO_SET_CAM_TRIGG_DIST) == 2
    assert legs_with_photos(items) == [k == LegKind.SURVEY for k in kind[1:-1]]


def test_a_sortie_that_ends_on_a_survey_leg_still_stops_the_trigger(plan):
    sortie = plan.sorties[0]
    kind = np.where(sortie.kind == LegKind.RETURN, LegKind.SURVEY, sortie.kind)
    items = flight_items(plan, replace(sortie, kind=kind))
    last = [item for item in items if item.command == Command.DO_SET_CAM_TRIGG_DIST][-1]
    assert last.params[0] == 0.0
    assert commands(items)[-2:] == [206, 20]


def test_each_sortie_states_speed_camera_and_trigger_anew(plan):
    for sortie in plan.sorties:
        found = commands(flight_items(plan, sortie))
        first_waypoint = found.index(Command.NAV_WAYPOINT)
        assert Command.DO_CHANGE_SPEED in found[:first_waypoint]
        assert Command.DO_MOUNT_CONTROL in found[:first_waypoint]


def test_speed_follows_the_legs(plan):
    sortie = plan.sorties[0]
    now, flown = math.nan, []
    for item in flight_items(plan, sortie):
        if item.command == Command.DO_CHANGE_SPEED:
            assert item.params[0] == 1.0
            assert item.params[2] == -1.0
            assert item.params[1] != now
            now = item.params[1]
        elif item.command == Command.NAV_WAYPOINT:
            flown.append(now)
    assert flown == sortie.speed_m_s[1:-1].tolist()


def test_a_wing_is_told_its_air_speeds():
    plan = hand_plan(kind="fixed-wing", speed_m_s=16.0, transit_speed_m_s=18.0)
    items = flight_items(plan, plan.sorties[0])
    speeds = [i.params[:2] for i in items if i.command == Command.DO_CHANGE_SPEED]
    assert speeds == [(0.0, 18.0), (0.0, 16.0), (0.0, 18.0)]
    assert items[0].params[0] == 15.0


def test_a_vtol_takes_off_and_lands_upright():
    plan = hand_plan(kind="vtol")
    assert flight_items(plan, plan.sorties[2])[0].command == Command.NAV_VTOL_TAKEOFF
    assert flight_items(plan, plan.sorties[2])[-1].command == Command.NAV_VTOL_LAND


def test_it_returns_to_launch_or_lands_where_it_should(plan):
    assert flight_items(plan, plan.sorties[0])[-1].command == Command.NAV_RETURN_TO_LAUNCH
    landing = flight_items(plan, plan.sorties[2])[-1]
    above = flight_items(plan, plan.sorties[2])[-2]
    assert (landing.command, landing.alt_m) == (Command.NAV_LAND, 0.0)
    assert (landing.lat_deg, landing.lon_deg) == (above.lat_deg, above.lon_deg)


def test_commands_without_a_position_have_the_mission_frame(plan):
    for sortie in plan.sorties:
        for item in flight_items(plan, sortie):
            assert item.frame == (2 if item.command in DO_COMMANDS else 3)
            assert item.frame != 2 or (item.lat_deg, item.lon_deg) == (0.0, 0.0)


def test_frames_on_the_wire_are_the_int_twins(plan):
    frames = [item.frame for item in wire_items(mission_items(plan, plan.sorties[0]))]
    assert frames[:3] == [5, 6, 2]
    assert set(frames[1:]) == {2, 6}


def test_coordinates_have_seven_decimals(plan):
    for item in mission_items(plan, plan.sorties[0]):
        assert item.lat_deg == round(item.lat_deg, 7)
        assert item.lon_deg == round(item.lon_deg, 7)


def test_only_px4_gets_an_open_heading(plan):
    for sortie in plan.sorties:
        points = [i for i in flight_items(plan, sortie) if i.command == Command.NAV_WAYPOINT]
        assert {math.isnan(i.params[3]) for i in points} == {sortie.uav == 1}


@pytest.mark.parametrize(("asked", "given"), [(30.0, 30.0), (0.0, 360.0), (-90.0, 270.0)])
def test_px4_gets_a_held_heading_at_each_waypoint(asked, given):
    plan = hand_plan(heading="fixed", heading_deg=asked)
    points = [i for i in flight_items(plan, plan.sorties[2]) if i.frame == Frame.RELATIVE]
    assert {item.params[3] for item in points} == {given}


def test_ardupilot_gets_a_held_heading_as_a_command():
    plan = hand_plan(heading="fixed", heading_deg=30.0)
    items = flight_items(plan, plan.sorties[0])
    assert [i.params[0] for i in items if i.command == Command.CONDITION_YAW] == [30.0]
    assert all(i.params[3] == 0.0 for i in items)


def test_hovering_takes_a_photo_at_rest_no_further_apart_than_wanted():
    plan = hand_plan(trigger="hover", trigger_distance_m=50.0, hover_s=2.0)
    items = flight_items(plan, plan.sorties[0])
    assert Command.DO_SET_CAM_TRIGG_DIST not in commands(items)
    # four lines of 160 m: one photo at each start, then four steps of 40 m
    assert commands(items).count(Command.IMAGE_START_CAPTURE) == 4 * (1 + 4)
    stops = [item for item in items if item.params[0] == 2.0 and item.command == 16]
    assert len(stops) == 16


def test_without_a_trigger_no_photo_is_taken():
    plan = hand_plan(trigger="none", trigger_distance_m=None, camera=None)
    found = commands(flight_items(plan, plan.sorties[0]))
    assert not {205, 206, 2000} & set(found)


def test_a_camera_without_trigger_is_still_pointed():
    plan = hand_plan(trigger="none", camera="video", gimbal_pitch_deg=-45.0)
    items = flight_items(plan, plan.sorties[0])
    mount = next(item for item in items if item.command == Command.DO_MOUNT_CONTROL)
    assert (mount.params[0], mount.alt_m) == (-45.0, 2.0)


def test_fence_items_state_the_number_of_corners(plan):
    items = fence_items(plan, 0)
    rings = [item for item in items if item.command in (5001, 5002)]
    assert {item.command for item in items} == {5001, 5002, 5004}
    assert [item.params[0] for item in rings if item.command == 5002] == [4.0] * 4
    assert items[-1].params[0] == pytest.approx(6.0, abs=0.1)


def test_rally_points_are_landing_points_away_from_the_launch(plan):
    plan = replace(plan, problem=replace(plan.problem, no_fly=MultiPolygon()))
    assert rally_items(plan, 0) == ()
    (point,) = rally_items(plan, 1)
    landing = flight_items(plan, plan.sorties[2])[-1]
    assert (point.lat_deg, point.lon_deg, point.alt_m) == (landing.lat_deg, landing.lon_deg, 30.0)
